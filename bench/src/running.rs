//! The program while it serves: started on a free port, found ready, ended when dropped.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::Bench;
use crate::http::Client;

/// A demo account as the program prints it.
#[derive(Debug, Clone)]
pub struct Account {
    pub name: String,
    pub password: String,
}

/// A running server.
pub struct Running {
    pub port: u16,
    /// From the start of the process to the first good answer.
    pub ready_after: Duration,
    pub accounts: BTreeMap<String, Account>,
    child: Child,
}

impl Running {
    /// Serves the demo kept in a database, making it first when the database is not there.
    pub fn demo(bench: &Bench, database: &Path, limit: Duration) -> Result<Self, String> {
        let port = free_port()?;
        let mut command = Command::new(&bench.program);
        command.args(["demo", "--listen", &format!("127.0.0.1:{port}"), "--database", &format!("sqlite:{}", database.display())]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let began = Instant::now();
        let mut child = command.spawn().map_err(|why| format!("{}: {why}", bench.program.display()))?;
        let said = listen_to(&mut child)?;
        let mut running = Self { port, ready_after: Duration::ZERO, accounts: BTreeMap::new(), child };
        running.wait_until_ready(began, limit)?;
        running.ready_after = began.elapsed();
        running.accounts = accounts_soon(&said);
        Ok(running)
    }

    fn wait_until_ready(&mut self, began: Instant, limit: Duration) -> Result<(), String> {
        while began.elapsed() < limit {
            if Client::new(self.port).get("/healthz").is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("the program ended before it served: {status}"));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Err(format!("the program did not serve within {} s", limit.as_secs()))
    }

    /// Memory in use, in MB, as the kernel counts it: with every page of a mapped file, once for each map.
    pub fn resident_mb(&self) -> Result<f64, String> {
        self.memory_mb("VmRSS:")
    }

    /// The part of it that is the program's own and no file's.
    pub fn own_mb(&self) -> Result<f64, String> {
        self.memory_mb("RssAnon:")
    }

    fn memory_mb(&self, name: &str) -> Result<f64, String> {
        let path = format!("/proc/{}/status", self.child.id());
        let text = std::fs::read_to_string(&path).map_err(|why| format!("{path}: {why}"))?;
        let line = text.lines().find_map(|line| line.strip_prefix(name)).ok_or_else(|| format!("no {name}"))?;
        let kb: f64 = line.trim().trim_end_matches(" kB").parse().map_err(|_| format!("{name} is {line:?}"))?;
        Ok(kb * 1024.0 / 1e6)
    }

    /// Processor time used so far, in milliseconds (the kernel's ticks are hundredths of a second).
    pub fn processor_ms(&self) -> Result<f64, String> {
        let path = format!("/proc/{}/stat", self.child.id());
        let text = std::fs::read_to_string(&path).map_err(|why| format!("{path}: {why}"))?;
        let after = text.rsplit_once(')').ok_or_else(|| format!("{path}: no name"))?.1;
        let ticks: Option<u64> = after.split_whitespace().skip(11).take(2).map(|n| n.parse::<u64>().ok()).sum();
        ticks.map(|t| t as f64 * 10.0).ok_or_else(|| format!("{path}: no times"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Asked to end it closes its database in good order; if it is gone already there is nothing to end.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
    }
}

/// Keeps reading what the program prints, so that it never waits for us.
fn listen_to(child: &mut Child) -> Result<Arc<Mutex<Vec<String>>>, String> {
    let out = child.stdout.take().ok_or("the program has no output")?;
    let said = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&said);
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if let Ok(mut kept) = kept.lock() {
                kept.push(line);
            }
        }
    });
    Ok(said)
}

/// The accounts are printed about when the port opens; a moment's patience covers either order.
fn accounts_soon(said: &Mutex<Vec<String>>) -> BTreeMap<String, Account> {
    for _ in 0..100 {
        let accounts = said.lock().map(|lines| lines.iter().filter_map(|line| account(line)).collect()).unwrap_or_else(|_| BTreeMap::new());
        if accounts.contains_key("director") {
            return accounts;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    BTreeMap::new()
}

/// `account <role> <name> <password>`
fn account(line: &str) -> Option<(String, Account)> {
    let mut words = line.split_whitespace();
    (words.next()? == "account").then_some(())?;
    Some((words.next()?.to_string(), Account { name: words.next()?.to_string(), password: words.next()?.to_string() }))
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|why| format!("no free port: {why}"))?;
    Ok(listener.local_addr().map_err(|why| why.to_string())?.port())
}
