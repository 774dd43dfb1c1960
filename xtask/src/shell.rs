//! Runs programs: shows what they say while they say it, and keeps it for counting.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

/// How a program ended and what it said on both streams.
pub struct Said {
    pub ok: bool,
    pub text: String,
}

/// The root of the work tree.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask is a folder of the work tree").to_path_buf()
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A program in a folder of the work tree, without terminal, colours or questions.
pub fn program(name: &str, args: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(args).current_dir(root()).stdin(Stdio::null());
    command.env("NO_COLOR", "1").env("CARGO_TERM_COLOR", "never").env_remove("FORCE_COLOR");
    command
}

/// The cargo that runs us.
pub fn cargo(args: &[&str]) -> Command {
    let name = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_string());
    program(&name, args)
}

/// Runs a program to its end, passing on and keeping what it says.
pub fn tell(command: &mut Command) -> Result<Said, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|why| format!("{name} does not start: {why}"))?;
    let kept = Arc::new(Mutex::new(String::new()));
    let out = child.stdout.take().expect("stdout was piped");
    let err = child.stderr.take().expect("stderr was piped");
    let readers = [copy(out, Arc::clone(&kept)), copy(err, Arc::clone(&kept))];
    for reader in readers {
        reader.join().map_err(|_| format!("the reader of {name} broke"))?;
    }
    let status = child.wait().map_err(|why| format!("{name}: {why}"))?;
    let text = kept.lock().map_err(|_| format!("the reader of {name} broke"))?.clone();
    Ok(Said { ok: status.success(), text })
}

fn copy(stream: impl Read + Send + 'static, kept: Arc<Mutex<String>>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut lines = BufReader::new(stream);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line);
            // A closed pipe on our own side must not stop the program under test.
            let _ = std::io::stdout().lock().write_all(text.as_bytes());
            if let Ok(mut kept) = kept.lock() {
                kept.push_str(&text);
            }
            line.clear();
        }
    })
}

/// Runs a program and gives only its standard output, or why it failed.
pub fn quiet(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let out = command.output().map_err(|why| format!("{name} does not start: {why}"))?;
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    Err(format!("{name} failed: {}", String::from_utf8_lossy(&out.stderr).trim()))
}

/// Whether a program of this name is on the path.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// Whether we run as root: only then may packages be installed.
pub fn is_root() -> bool {
    quiet(&mut program("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}

/// Whether a service that checks for us runs us, where a silent skip would be a lie.
pub fn under_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_both_streams_and_the_outcome() {
        let said = tell(&mut program("sh", &["-c", "echo ; echo err >&2; echo out; exit 3"])).unwrap();
        assert!(!said.ok);
        assert!(said.text.contains("out\n") && said.text.contains("err\n"));
    }

    #[test]
    fn says_which_program_is_missing() {
        assert!(tell(&mut program("no-such-program-here", &[])).is_err_and(|why| why.contains("no-such-program-here")));
    }
}
