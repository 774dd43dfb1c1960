//! The web pages: their packages, their build, their own checks.

use std::path::PathBuf;
use std::process::Command;

use crate::{shell, stamp};

/// The folder of the web app.
pub fn dir() -> PathBuf {
    shell::root().join("web")
}

/// Whether there is a web app to build.
pub fn exists() -> bool {
    dir().join("package.json").is_file()
}

/// An npm command in the web app's folder.
pub fn npm(args: &[&str]) -> Command {
    let mut command = shell::program("npm", args);
    command.current_dir(dir()).env("npm_config_fund", "false").env("npm_config_audit", "false");
    command.env("npm_config_update_notifier", "false");
    command
}

/// What a step did.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    Done,
    Current,
    Failed,
}

/// Installs the packages when the lock file changed.
pub fn packages() -> Result<Step, String> {
    let stamp = dir().join("node_modules/.lantu-stamp");
    let hash = stamp::of(&[dir().join("package.json"), dir().join("package-lock.json")]);
    if stamp::is_current(&stamp, &hash) {
        return Ok(Step::Current);
    }
    if !shell::tell(&mut npm(&["ci", "--no-progress"]))?.ok {
        return Ok(Step::Failed);
    }
    stamp::keep(&stamp, &hash)?;
    Ok(Step::Done)
}

/// Builds the pages when a source changed.
pub fn build() -> Result<Step, String> {
    let stamp = dir().join("dist/.lantu-stamp");
    let hash = stamp::of(&sources());
    if stamp::is_current(&stamp, &hash) && dir().join("dist/index.html").is_file() {
        return Ok(Step::Current);
    }
    if !shell::tell(&mut npm(&["run", "build"]))?.ok {
        return Ok(Step::Failed);
    }
    stamp::keep(&stamp, &hash)?;
    Ok(Step::Done)
}

/// Everything the built pages depend on: sources, public files and the settings beside them.
fn sources() -> Vec<PathBuf> {
    let mut paths = vec![dir().join("src"), dir().join("public")];
    let beside = std::fs::read_dir(dir()).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = beside.filter(|path| path.is_file()).collect();
    files.sort();
    paths.extend(files);
    paths
}
