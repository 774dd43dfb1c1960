//! A PostgreSQL of our own for one test run: in a temporary folder, on a free port, gone afterwards.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{debian, shell};

const START_LIMIT: Duration = Duration::from_secs(30);

/// A running server; dropping it stops it and removes its folder, however the tests ended.
pub struct Postgres {
    pub url: String,
    dir: PathBuf,
    server: Child,
}

impl Postgres {
    /// Starts one, installing PostgreSQL first where that is allowed.
    pub fn start() -> Result<Self, String> {
        let bin = match programs() {
            Some(bin) => bin,
            None => {
                debian::install(&["postgresql"])?;
                programs().ok_or("postgresql was installed, but initdb and postgres are not where Debian puts them")?
            }
        };
        let dir = fresh_dir()?;
        Self::start_in(&bin, &dir).inspect_err(|_| {
            let _ = std::fs::remove_dir_all(&dir);
        })
    }

    fn start_in(bin: &Path, dir: &Path) -> Result<Self, String> {
        let data = dir.join("data");
        init(bin, &data)?;
        let port = free_port()?;
        let log = std::fs::File::create(dir.join("log")).map_err(|why| why.to_string())?;
        let mut command = as_server_user(&bin.join("postgres"));
        command.arg("-D").arg(&data).arg("-k").arg(dir).args(["-h", "127.0.0.1", "-p", &port.to_string()]);
        for setting in ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200"] {
            command.args(["-c", setting]);
        }
        command.current_dir(dir).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let server = command.spawn().map_err(|why| format!("postgres does not start: {why}"))?;
        let url = format!("postgres://lantu@127.0.0.1:{port}/postgres");
        let mut postgres = Self { url, dir: dir.to_path_buf(), server };
        postgres.wait_until_ready(bin, port)?;
        Ok(postgres)
    }

    fn wait_until_ready(&mut self, bin: &Path, port: u16) -> Result<(), String> {
        let began = Instant::now();
        while began.elapsed() < START_LIMIT {
            let port = port.to_string();
            let mut ask = shell::program(&bin.join("pg_isready").to_string_lossy(), &["-q", "-h", "127.0.0.1", "-p", &port]);
            if ask.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            if self.server.try_wait().is_ok_and(|ended| ended.is_some()) {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        let log = std::fs::read_to_string(self.dir.join("log")).unwrap_or_default();
        Err(format!("the temporary PostgreSQL did not come up:\n{}", log.trim()))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let pid = self.server.id().to_string();
        // SIGINT is PostgreSQL's fast shutdown; if it is gone already there is nothing to stop.
        let _ = shell::program("kill", &["-INT", &pid]).status();
        let _ = self.server.wait();
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// Where `initdb` and `postgres` are: Debian keeps them off the path, one folder per version.
fn programs() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> =
        std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin")).collect();
    versions.sort_by_key(|bin| version_of(bin));
    let has_both = |bin: &PathBuf| bin.join("initdb").is_file() && bin.join("postgres").is_file();
    let on_path = || shell::find("postgres").and_then(|file| file.parent().map(Path::to_path_buf));
    versions.into_iter().rev().find(has_both).or_else(|| on_path().filter(has_both))
}

fn version_of(bin: &Path) -> u32 {
    bin.parent().and_then(Path::file_name).and_then(|name| name.to_string_lossy().parse().ok()).unwrap_or(0)
}

const FOLDER: &str = "lantu-postgres-";

fn fresh_dir() -> Result<PathBuf, String> {
    sweep(&std::env::temp_dir());
    let dir = std::env::temp_dir().join(format!("{FOLDER}{}", std::process::id()));
    let made = std::fs::create_dir_all(&dir).map_err(|why| format!("{}: {why}", dir.display()));
    made?;
    if shell::is_root() {
        shell::quiet(&mut shell::program("chown", &["nobody", &dir.to_string_lossy()]))?;
    }
    Ok(dir)
}

/// Removes what a killed run left: its server ended with it, its folder could not.
fn sweep(dir: &Path) {
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.strip_prefix(FOLDER).and_then(|pid| pid.parse::<u32>().ok());
        if owner.is_some_and(|pid| !Path::new(&format!("/proc/{pid}")).exists()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn init(bin: &Path, data: &Path) -> Result<(), String> {
    let mut command = as_server_user(&bin.join("initdb"));
    command.arg("-D").arg(data).args(["-U", "lantu", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
    command.current_dir(data.parent().unwrap_or(Path::new("/"))).stdin(Stdio::null());
    shell::quiet(&mut command).map(|_| ())
}

/// PostgreSQL refuses to run as root, so root becomes nobody; and the server ends when we do.
fn as_server_user(program: &Path) -> Command {
    if shell::find("setpriv").is_none() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]);
    if shell::is_root() {
        command.args(["--reuid", "nobody", "--regid", "nogroup", "--clear-groups"]);
    }
    command.arg("--").arg(program);
    command
}

/// A port nobody listens on now.
pub fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|why| format!("no free port: {why}"))?;
    Ok(listener.local_addr().map_err(|why| why.to_string())?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_folders_of_ended_runs_are_swept() {
        let dir = std::env::temp_dir().join(format!("lantu-sweep-{}", std::process::id()));
        // No process has the highest number a pid can take.
        let (ended, ours) = (dir.join(format!("{FOLDER}4194305")), dir.join(format!("{FOLDER}{}", std::process::id())));
        std::fs::create_dir_all(ended.join("data")).unwrap();
        std::fs::create_dir_all(&ours).unwrap();
        sweep(&dir);
        assert!(!ended.exists() && ours.exists());
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_server_answers_and_leaves_nothing_behind() {
        if programs().is_none() {
            eprintln!("skipped: PostgreSQL is not installed");
            return;
        }
        let postgres = Postgres::start().unwrap();
        let dir = postgres.dir.clone();
        assert!(dir.join("data/PG_VERSION").is_file());
        drop(postgres);
        assert!(!dir.exists());
    }
}
