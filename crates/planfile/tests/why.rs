//! Reasons over the corpus: someone decides for every row, and what decides gives the very date that it explains.
mod shared;

use lantu_planfile::json;
use lantu_schedule::{ActivityIx, Network, Schedule, Tongue, schedule, why};
use std::path::{Path, PathBuf};

fn networks(folder: &Path) -> Vec<(PathBuf, Network, Schedule)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.to_string_lossy().ends_with(".input.json"));
    files.sort();
    let read = |file: PathBuf| {
        let network = json::read(&std::fs::read(&file).unwrap()).unwrap().plans.remove(0).network();
        let dates = schedule(&network).unwrap_or_else(|p| panic!("{}: {}", file.display(), p[0]));
        (file, network, dates)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_date_has_a_reason_that_gives_it() {
    let (mut steps, mut without) = (0, vec![]);
    for folder in ["schedule/json", "schedule/synth_peer"] {
        let Some(folder) = shared::folder(folder) else { return };
        for (file, network, dates) in networks(&folder) {
            // Some rows of each file: a row's reasons take time linear in the network.
            let stride = (network.activities.len() / 25).max(1);
            for row in (0..network.activities.len()).step_by(stride) {
                let why = why(&network, &dates, ActivityIx(row as u32));
                let uid = network.activities[row].uid;
                for step in &why.early {
                    steps += 1;
                    let mut decided = step.considered.iter().filter(|c| c.decides).peekable();
                    let given = decided.peek().is_some() && decided.all(|c| c.start == step.start);
                    without.extend((!given).then(|| format!("{}: {uid}, start of {}: {step:?}", file.display(), step.row.0)));
                }
                for step in &why.late {
                    steps += 1;
                    let given = step.considered.iter().any(|b| b.decides);
                    without.extend((!given).then(|| format!("{}: {uid}, finish of {}: {step:?}", file.display(), step.row.0)));
                }
                assert!(!why.say(Tongue::Chinese, &|row| row.0.to_string()).contains("：。"), "{uid}");
            }
        }
    }
    eprintln!("{steps} steps");
    assert!(without.is_empty(), "{} of {steps} steps\n{}", without.len(), without.join("\n"));
}
