//! The checker over the corpus: on what the kernel gives, and on what the programs themselves stored.
mod shared;

use lantu_planfile::{Plan, json};
use lantu_schedule::{Instant, Row, Schedule, Span, check, schedule};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn inputs(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.to_string_lossy().ends_with(".input.json"));
    files.sort();
    files
}

fn plan(file: &Path) -> Plan {
    json::read(&std::fs::read(file).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", file.display())).plans.remove(0)
}

#[test]
fn what_the_kernel_gives_for_the_corpus_keeps_the_rules() {
    for folder in ["schedule/json", "schedule/synth_peer"] {
        let Some(folder) = shared::folder(folder) else { return };
        let (mut rows, mut broken) = (0, vec![]);
        for file in inputs(&folder) {
            let network = plan(&file).network();
            let schedule = schedule(&network).unwrap_or_else(|p| panic!("{}: {}", file.display(), p[0]));
            rows += schedule.rows.len();
            broken.extend(check(&network, &schedule).iter().map(|b| format!("{}: {b}", file.display())));
        }
        assert!(rows > 1_000, "{} rows", rows);
        assert!(broken.is_empty(), "{} of {rows} rows\n{}", broken.len(), broken.join("\n"));
    }
}

/// What Microsoft Project and P6 themselves stored keeps the rules too, but for files that a tool edited after the last
/// calculation and rows whose rule is not known; the share is held so that the checker does not come to report noise.
#[test]
fn most_of_what_the_programs_stored_keeps_the_rules() {
    let Some(folder) = shared::folder("schedule/json") else { return };
    let (mut rows, mut broken) = (0, BTreeMap::<&str, usize>::new());
    let mut rows_broken = 0;
    for file in inputs(&folder) {
        let plan = plan(&file);
        let network = plan.network();
        let Ok(computed) = schedule(&network) else { continue };
        let dates = stored(&file, &plan, &computed);
        let breaches = check(&network, &dates);
        rows += network.activities.len();
        rows_broken += breaches.iter().map(|b| b.activities.first()).collect::<std::collections::BTreeSet<_>>().len();
        breaches.iter().for_each(|b| *broken.entry(b.code).or_default() += 1);
    }
    println!("stored dates: {rows_broken} of {rows} rows break a rule: {broken:?}");
    assert!(rows_broken * 100 < rows * 7, "{rows_broken} of {rows}: {broken:?}");
}

/// The dates that the corpus expects, as a schedule; rows without dates take the kernel's.
fn stored(file: &Path, plan: &Plan, computed: &Schedule) -> Schedule {
    let path = file.to_string_lossy().replace(".input.json", ".expected.json");
    let document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut by_uid = BTreeMap::new();
    for (list, summary) in [("activities", false), ("summaries", true)] {
        for row in document[list].as_array().into_iter().flatten() {
            by_uid.insert((summary, row["uid"].as_i64().unwrap()), row.clone());
        }
    }
    let mut dates = computed.clone();
    for (activity, row) in plan.activities.iter().zip(&mut dates.rows) {
        if let Some(expected) = by_uid.get(&(activity.is_summary(), activity.uid)) {
            take(row, expected);
        }
    }
    let real = |row: &&Row| row.early_finish < Instant::MAX;
    dates.finish = dates.rows.iter().filter(real).map(|r| r.early_finish).max().unwrap_or(dates.finish);
    dates.start = dates.rows.iter().map(|r| r.start).min().unwrap_or(dates.start);
    dates
}

fn take(row: &mut Row, expected: &Value) {
    let date = |key: &str, into: &mut Instant| {
        if let Some(at) = expected[key].as_str().and_then(|t| t.parse().ok()) {
            *into = at;
        }
    };
    date("es", &mut row.early_start);
    date("ef", &mut row.early_finish);
    date("ls", &mut row.late_start);
    date("lf", &mut row.late_finish);
    date("start", &mut row.start);
    date("finish", &mut row.finish);
    let span = |key: &str, into: &mut Span| {
        if let Some(minutes) = expected[key].as_f64() {
            *into = Span::from_minutes(minutes);
        }
    };
    span("tf", &mut row.total_float);
    span("ff", &mut row.free_float);
    if let Some(critical) = expected["critical"].as_bool() {
        row.critical = critical;
    }
}
