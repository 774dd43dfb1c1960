//! Databases to measure on, made once by the program itself and kept.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::Bench;
use crate::running::Running;

const DEMO_LIMIT: Duration = Duration::from_secs(300);

/// The demo county, already there.
pub fn demo(bench: &Bench) -> Result<PathBuf, String> {
    let database = bench.dir.join("demo.db");
    if !database.is_file() {
        Running::demo(bench, &database, DEMO_LIMIT)?;
    }
    Ok(database)
}

/// A county of many projects, lived from one seed; made under another name until it is whole.
pub fn large(bench: &Bench, projects: u32) -> Result<PathBuf, String> {
    let database = bench.dir.join(format!("large-{projects}.db"));
    if database.is_file() {
        return Ok(database);
    }
    let half = bench.dir.join(format!("large-{projects}.half"));
    remove(&half);
    println!("making {projects} projects (once; kept in {}) …", database.display());
    let mut command = Command::new(&bench.program);
    command.args(["simulate", "--seed", "1", "--projects", &projects.to_string(), "--months", "1"]);
    command.args(["--database", &format!("sqlite:{}", half.display())]);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status().map_err(|why| why.to_string())?;
    if !status.success() {
        remove(&half);
        return Err(format!("lantu simulate ended with {status}"));
    }
    std::fs::rename(&half, &database).map_err(|why| why.to_string())?;
    Ok(database)
}

fn remove(database: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", database.display()));
    }
}
