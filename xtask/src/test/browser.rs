//! What the browser tests need: a browser, and a demo county that each test file copies.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::{debian, rust, shell, stamp, web};

/// The browser, installed first where that is allowed.
pub fn chromium() -> Result<PathBuf, String> {
    let find = || std::env::var_os("LANTU_CHROMIUM").map(PathBuf::from).or_else(|| shell::find("chromium"));
    if find().is_none() || !has_chinese() {
        debian::install(&["chromium", "fonts-noto-cjk"])?;
    }
    find().ok_or_else(|| "chromium was installed but is not on the path".to_string())
}

/// Without a Chinese font every picture shows boxes.
fn has_chinese() -> bool {
    stamp::files_below("/usr/share/fonts".as_ref()).iter().any(|file| file.to_string_lossy().contains("CJK"))
}

/// The test files to run: all, or those of one scene.
pub fn files(scene: Option<u32>) -> Vec<String> {
    let entries = fs::read_dir(web::dir().join("e2e")).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut wanted: Vec<String> = names.filter(|name| name.ends_with(".test.mjs") && of_scene(name, scene)).collect();
    wanted.sort();
    wanted.iter().map(|name| format!("e2e/{name}")).collect()
}

/// `scene1.test.mjs` and `scene1_bad_list.test.mjs` are of scene 1, `scene10.test.mjs` is not.
fn of_scene(name: &str, scene: Option<u32>) -> bool {
    let Some(scene) = scene else { return true };
    let after = name.strip_prefix(&format!("scene{scene}"));
    after.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The command that runs them, one file after another: two cores, one browser each.
pub fn tests(files: &[String], chromium: &Path, seed: &Path) -> Command {
    let mut command = shell::program("node", &["--test", "--test-reporter=spec", "--test-concurrency=1", "--test-timeout=600000"]);
    command.args(files).current_dir(web::dir());
    command.env("LANTU_BIN", rust::binary()).env("LANTU_CHROMIUM", chromium).env("LANTU_SEED_DB", seed);
    command
}

/// A finished demo database, made by the program once and again whenever the program changed.
pub fn seed() -> Result<PathBuf, String> {
    let dir = shell::target().join("e2e");
    fs::create_dir_all(&dir).map_err(|why| format!("{}: {why}", dir.display()))?;
    let (database, made_by) = (dir.join("seed.db"), dir.join("seed.stamp"));
    let hash = stamp::of(&[rust::binary()]);
    if database.is_file() && stamp::is_current(&made_by, &hash) {
        return Ok(database);
    }
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(dir.join(format!("seed.db{suffix}")));
    }
    make(&database)?;
    stamp::keep(&made_by, &hash)?;
    Ok(database)
}

/// Lets the program make its demo, and stops it as soon as it serves it.
fn make(database: &Path) -> Result<(), String> {
    let mut command = Command::new(rust::binary());
    command.args(["demo", "--listen", "127.0.0.1:0", "--database"]).arg(format!("sqlite:{}", database.display()));
    let mut server = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(|why| format!("lantu does not start: {why}"))?;
    let served = wait_until_served(&mut server);
    // Asked to end, it closes the database in good order; the copies need the whole of it in one file.
    let _ = shell::program("kill", &["-TERM", &server.id().to_string()]).status();
    let _ = server.wait();
    served
}

fn wait_until_served(server: &mut Child) -> Result<(), String> {
    let out = server.stdout.take().ok_or("the demo has no output")?;
    for line in BufReader::new(out).lines().map_while(Result::ok) {
        if line.starts_with("listening ") {
            return Ok(());
        }
    }
    Err("lantu demo ended before it listened".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scene_is_told_by_its_whole_number() {
        assert!(of_scene("scene1.test.mjs", Some(1)));
        assert!(of_scene("scene1_bad_list.test.mjs", Some(1)));
        assert!(!of_scene("scene10.test.mjs", Some(1)));
        assert!(of_scene("sign_in.test.mjs", None));
    }
}
