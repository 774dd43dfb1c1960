//! One command from a clean clone to a county in the browser.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::{rust, shell, toolchain, web};

/// Builds what changed and serves the demo; `args` go on to `lantu demo`.
pub fn run(args: &[String]) -> Result<bool, String> {
    let began = Instant::now();
    println!("C compiler: {}", toolchain::c_compiler()?);
    if !build()? {
        return Ok(false);
    }
    println!("ready after {:.1} s; starting lantu demo", began.elapsed().as_secs_f64());
    let mut command = Command::new(rust::binary());
    command.arg("demo").current_dir(shell::root());
    if !args.iter().any(|arg| arg.starts_with("--database")) {
        command.arg("--database").arg(format!("sqlite:{}", database()?.display()));
    }
    if !args.iter().any(|arg| arg.starts_with("--listen")) {
        command.args(["--listen", "127.0.0.1:8600"]);
    }
    let status = command.args(args).status().map_err(|why| format!("lantu does not start: {why}"))?;
    Ok(status.success())
}

/// Where the demo county is kept.
fn database() -> Result<PathBuf, String> {
    if let Some(path) = std::env::var_os("LANTU_DEMO_DB") {
        return Ok(PathBuf::from(path));
    }
    let dir = shell::target().join("demo");
    std::fs::create_dir_all(&dir).map_err(|why| format!("{}: {why}", dir.display()))?;
    Ok(dir.join("demo.db"))
}

/// Web packages, web pages, program: each only when something changed.
pub fn build() -> Result<bool, String> {
    if web::exists() {
        println!("node: {}", toolchain::node()?);
        if !step("web packages", web::packages)? || !step("web pages", web::build)? {
            return Ok(false);
        }
    }
    step("program", || Ok(if rust::build()? { web::Step::Done } else { web::Step::Failed }))
}

fn step(name: &str, work: impl FnOnce() -> Result<web::Step, String>) -> Result<bool, String> {
    let began = Instant::now();
    let done = work()?;
    let word = match done {
        web::Step::Done => "done",
        web::Step::Current => "unchanged",
        web::Step::Failed => "FAILED",
    };
    println!("{name}: {word} ({:.1} s)", began.elapsed().as_secs_f64());
    Ok(done != web::Step::Failed)
}
