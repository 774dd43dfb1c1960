//! trueppm-scheduler, the peer: its Monte Carlo on the same network as far as its model goes, through `bench/peer/trueppm.py`.
//!
//! It counts whole days, lags by the clock, and draws a beta distribution from three points; of constraints it knows the
//! earliest start, and between two activities only one link. Durations and lags are rounded to days, what it does not know
//! is left out.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use lantu_calendar::{CalendarSpec, Span};
use lantu_risk::{DurationRange, Range, RiskModel};
use lantu_schedule::{Activity, ConstraintKind, Lag, Link, LinkKind};
use serde_json::{Value, json};

use super::day;
use crate::schedule::network;

const DRIVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peer/trueppm.py");
/// Counted runs, after one that is not.
const RUNS: u32 = 7;

pub struct Answer {
    /// The median run of its Monte Carlo, from its own objects to its result.
    pub milliseconds: f64,
    /// A date.
    pub p50: String,
}

/// Asks the package that was fetched or is installed.
pub fn ask(dir: &Path, model: &RiskModel, iterations: u32) -> Result<Answer, String> {
    let file = dir.join("trueppm.json");
    std::fs::write(&file, text(model).to_string()).map_err(|why| format!("{}: {why}", file.display()))?;
    let mut python = Command::new("python3");
    python.arg(DRIVER).arg(&file).arg(iterations.to_string()).arg(RUNS.to_string());
    let fetched: PathBuf = dir.join("trueppm");
    if fetched.is_dir() {
        python.env("PYTHONPATH", &fetched);
    }
    let out = python.output().map_err(|why| format!("python3 does not start: {why}"))?;
    let said = String::from_utf8_lossy(&out.stdout);
    let words: Vec<&str> = said.split_whitespace().collect();
    match (out.status.success(), words.as_slice()) {
        (true, &[milliseconds, p50]) => {
            let milliseconds = milliseconds.parse().map_err(|_| format!("no time: {milliseconds}"))?;
            Ok(Answer { milliseconds, p50: p50.to_string() })
        }
        _ => Err(last_line(&String::from_utf8_lossy(&out.stderr))),
    }
}

fn last_line(said: &str) -> String {
    let why = said.lines().last().unwrap_or("it said nothing");
    match why.contains("ModuleNotFoundError") {
        true => "it is not there (`cargo xtask bench risk --with-peer`)".to_string(),
        false => why.to_string(),
    }
}

fn text(model: &RiskModel) -> Value {
    let network = &model.network;
    let mut tasks: Vec<Value> = network.activities.iter().map(task).collect();
    for DurationRange { activity, range } in &model.ranges {
        if let (Range::Triangular { min, mode, max }, Some(task)) = (range, tasks.get_mut(activity.at())) {
            task["range"] = json!([days(*min), days(*mode), days(*max)]);
        }
    }
    let uid = |at: lantu_schedule::ActivityIx| network.activities[at.at()].uid.to_string();
    let link = |link: &&Link| json!([uid(link.predecessor), uid(link.successor), kind(link.kind), lag(link.lag)]);
    let mut tied = HashSet::new();
    let links: Vec<&Link> = network.links.iter().filter(|link| tied.insert((link.predecessor, link.successor))).collect();
    json!({
        "start": day(network.options.start),
        "calendars": network::calendars().iter().map(calendar).collect::<Vec<_>>(),
        "tasks": tasks,
        "links": links.iter().map(link).collect::<Vec<_>>(),
    })
}

fn task(activity: &Activity) -> Value {
    let earliest = activity.constraint().filter(|constraint| constraint.kind == ConstraintKind::StartNoEarlierThan);
    json!({
        "uid": activity.uid.to_string(),
        "days": days(activity.duration),
        "calendar": activity.calendar.0.to_string(),
        "earliest": earliest.map(|constraint| day(constraint.date)),
    })
}

fn calendar(spec: &CalendarSpec) -> Value {
    let works = |hours: &Option<lantu_calendar::Hours>| hours.as_ref().is_some_and(|hours| !hours.is_empty());
    let mask: u32 = spec.week.iter().zip(0..).map(|(hours, day)| u32::from(works(hours)) << day).sum();
    let off: Vec<_> = spec.exceptions.iter().map(|off| [off.from.to_string(), off.to.to_string()]).collect();
    json!({ "mask": mask, "off": off })
}

fn kind(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::FinishStart => "FS",
        LinkKind::StartStart => "SS",
        LinkKind::FinishFinish => "FF",
        LinkKind::StartFinish => "SF",
    }
}

fn lag(lag: Lag) -> i64 {
    match lag {
        Lag::Work(span) => days(span),
        Lag::Elapsed(span) => span.as_seconds().div_euclid(24 * 3_600),
        Lag::Percent(_) | Lag::ElapsedPercent(_) => 0,
    }
}

/// Days of eight hours, begun ones whole.
fn days(span: Span) -> i64 {
    -(-span.as_seconds()).div_euclid(8 * 3_600)
}
