//! Builds the program and the measuring program beside it, and lets that print its table.

use crate::{rust, shell};

/// The peer of the schedule engine, as the Python package index has it; its jars lie inside.
const PEER: &str = "mpxj==16.10.0";

pub fn run(args: &[String]) -> Result<bool, String> {
    let release = args.iter().any(|arg| arg == "--release");
    if args.iter().any(|arg| arg == "--with-peer") {
        fetch_peer()?;
    }
    let names = args.iter().filter(|arg| !arg.starts_with("--"));
    let built = if release {
        shell::tell(&mut shell::cargo(&["build", "--package", "lantu", "--locked", "--release"]))?.ok
    } else {
        rust::build()?
    };
    if !built {
        return Ok(false);
    }
    let profile = if release { "release" } else { "dev" };
    let binary = shell::target().join(if release { "release/lantu" } else { "debug/lantu" });
    // It measures the schedule library inside itself.
    let mut command = shell::cargo(&["run", "--quiet", "--release", "--package", "bench", "--locked", "--"]);
    command.args(names).env("LANTU_BIN", binary).env("LANTU_BENCH_PROFILE", profile).env("LANTU_BENCH_DIR", shell::target().join("bench"));
    Ok(shell::tell(&mut command)?.ok)
}

/// Puts the peer where the measuring program looks for it.
fn fetch_peer() -> Result<(), String> {
    let dir = shell::target().join("bench/mpxj");
    if dir.join("mpxj/lib/mpxj.jar").is_file() {
        return Ok(());
    }
    let place = dir.to_string_lossy();
    let args = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", &place, PEER];
    match shell::tell(&mut shell::program("python3", &args))?.ok {
        true => Ok(()),
        false => Err(format!("pip did not fetch {PEER}")),
    }
}
