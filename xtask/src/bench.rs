//! Builds the program and the measuring program beside it, and lets that print its table.

use crate::{rust, shell};

pub fn run(args: &[String]) -> Result<bool, String> {
    let release = args.iter().any(|arg| arg == "--release");
    let names = args.iter().filter(|arg| *arg != "--release");
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
    let mut command = shell::cargo(&["run", "--quiet", "--package", "bench", "--locked", "--"]);
    command.args(names).env("LANTU_BIN", binary).env("LANTU_BENCH_PROFILE", profile).env("LANTU_BENCH_DIR", shell::target().join("bench"));
    Ok(shell::tell(&mut command)?.ok)
}
