//! Measures the built program from outside, as a user meets it, and prints a table.
//!
//! `cargo xtask bench [NAME]` builds the program and says where it is; nothing here is a timed test.

mod county;
mod http;
mod import;
mod outlook;
mod pages;
mod risk;
mod running;
mod schedule;
mod start;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use table::Row;

/// What every measurement is given.
pub struct Bench {
    /// The built program.
    pub program: PathBuf,
    /// A folder for files made once and kept between runs.
    pub dir: PathBuf,
}

type Measure = fn(&Bench) -> Result<Vec<Row>, String>;

const ALL: [(&str, Measure); 8] = [
    ("import", import::measure),
    ("cold_start", start::cold_start),
    ("idle_memory", start::idle_memory),
    ("http_pages", pages::measure),
    ("schedule", schedule::measure),
    ("schedule_peer", schedule::breadth),
    ("risk", risk::measure),
    ("outlook", outlook::measure),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match schedule::memory_child(&args).unwrap_or_else(|| run(args)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("bench: {problem}");
            ExitCode::from(2)
        }
    }
}

fn run(names: Vec<String>) -> Result<bool, String> {
    if let Some(unknown) = names.iter().find(|name| !ALL.iter().any(|(known, _)| known == name)) {
        let known: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
        return Err(format!("no measurement is called {unknown:?}; there are: {}", known.join(" ")));
    }
    let bench = Bench { program: path("LANTU_BIN", "target/debug/lantu"), dir: path("LANTU_BENCH_DIR", "target/bench") };
    std::fs::create_dir_all(&bench.dir).map_err(|why| format!("{}: {why}", bench.dir.display()))?;
    let profile = std::env::var("LANTU_BENCH_PROFILE").unwrap_or_else(|_| "unknown".to_string());
    println!("program: {} ({profile} profile)", bench.program.display());
    let mut rows = Vec::new();
    let mut complete = true;
    for (name, measure) in ALL.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|wanted| wanted == name)) {
        println!("measuring {name} …");
        match measure(&bench) {
            Ok(measured) => {
                complete &= measured.iter().all(|row| !row.value.is_nan());
                rows.extend(measured);
            }
            Err(why) => {
                complete = false;
                eprintln!("{name}: not measured: {why}");
            }
        }
    }
    table::print(&rows);
    Ok(complete)
}

fn path(name: &str, otherwise: &str) -> PathBuf {
    let path = std::env::var_os(name).map_or_else(|| PathBuf::from(otherwise), PathBuf::from);
    std::path::absolute(&path).unwrap_or(path)
}
