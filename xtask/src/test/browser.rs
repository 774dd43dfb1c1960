//! What the browser tests need: a browser with a Chinese font, and the files to run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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
pub fn tests(files: &[String], chromium: &Path) -> Command {
    let mut command = shell::program("node", &["--test", "--test-reporter=spec", "--test-concurrency=1", "--test-timeout=600000"]);
    command.args(files).current_dir(web::dir());
    command.env("LANTU_BIN", rust::binary()).env("LANTU_CHROMIUM", chromium);
    command
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
