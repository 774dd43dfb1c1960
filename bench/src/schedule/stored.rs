//! The corpus's own table: how many of the dates that the vendors' programs stored are ours too, beside MPXJ.

use std::path::PathBuf;
use std::process::Command;

use crate::Bench;

/// Runs the scorer that lies beside the corpus, if both are there.
pub fn print(bench: &Bench) {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("LANTU_SHARED").map_or_else(beside, PathBuf::from);
    let scorer = shared.join("tools/score_schedule.py");
    if !scorer.is_file() {
        println!("stored dates are not scored: no {}", scorer.display());
        return;
    }
    for via in ["json", "original"] {
        println!("dates stored by the programs themselves, beside MPXJ (--via {via}):");
        let ran = Command::new("python3").arg(&scorer).arg(&bench.program).arg(shared.join("schedule")).args(["--via", via]).output();
        match ran {
            Ok(out) if out.status.success() => print!("{}", String::from_utf8_lossy(&out.stdout)),
            Ok(out) => println!("the scorer ended with {}: {}", out.status, String::from_utf8_lossy(&out.stderr).trim()),
            Err(why) => println!("python3 does not start: {why}"),
        }
    }
}
