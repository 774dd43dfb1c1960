//! Builds the program and the measuring program beside it, and lets that print its table.

use crate::{rust, shell};

/// A measurement's peer, as the Python package index has it.
struct Peer {
    measurement: &'static str,
    package: &'static str,
    /// Where the measuring program looks for it.
    dir: &'static str,
    /// What is there when it has been fetched.
    holds: &'static str,
    /// Whether it stands on other packages.
    alone: bool,
}

const PEERS: [Peer; 2] = [
    // Its jars lie inside.
    Peer { measurement: "schedule", package: "mpxj==16.10.0", dir: "bench/mpxj", holds: "mpxj/lib/mpxj.jar", alone: true },
    Peer {
        measurement: "risk",
        package: "trueppm-scheduler==0.4.0rc2",
        dir: "bench/trueppm",
        holds: "trueppm_scheduler/engine.py",
        alone: false,
    },
];

pub fn run(args: &[String]) -> Result<bool, String> {
    let release = args.iter().any(|arg| arg == "--release");
    let names: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    if args.iter().any(|arg| arg == "--with-peer") {
        let wanted = |peer: &&Peer| names.is_empty() || names.iter().any(|name| *name == peer.measurement);
        PEERS.iter().filter(wanted).try_for_each(fetch)?;
    }
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

/// Puts a peer where the measuring program looks for it.
fn fetch(peer: &Peer) -> Result<(), String> {
    let dir = shell::target().join(peer.dir);
    if dir.join(peer.holds).is_file() {
        return Ok(());
    }
    let place = dir.to_string_lossy();
    let mut args = vec!["-m", "pip", "install", "--quiet", "--target", &place, peer.package];
    if peer.alone {
        args.push("--no-deps");
    }
    match shell::tell(&mut shell::program("python3", &args))?.ok {
        true => Ok(()),
        false => Err(format!("pip did not fetch {}", peer.package)),
    }
}
