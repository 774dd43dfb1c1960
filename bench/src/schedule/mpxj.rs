//! MPXJ, the peer: its schedulers on the same networks, in a warm Java machine, through `bench/peer/Harness.java`.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use lantu_calendar::{CalendarSpec, Instant, Span};
use lantu_schedule::{Activity, Constraint, ConstraintKind, Dialect, Kind, Lag, Link, LinkKind, Network, schedule};

use super::network;

const HARNESS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peer/Harness.java");
/// Runs on a network of so many activities; the first, which is not counted, warms the machine up.
const RUNS: [(usize, u32); 2] = [(20_000, 5), (usize::MAX, 1)];

/// Where MPXJ and our harness are.
pub struct Peer {
    classpath: String,
    dir: PathBuf,
}

/// What the peer took, in milliseconds, and what share of all early and late dates, in hundredths, is ours too.
pub struct Answer {
    pub milliseconds: f64,
    pub agrees: f64,
}

impl Peer {
    /// Compiles the harness against the jars named by `LANTU_MPXJ`, else against the fetched or installed Python package.
    pub fn find(dir: &Path) -> Result<Self, String> {
        let jars = jars(dir).ok_or("no jars of it (LANTU_MPXJ, or `cargo xtask bench schedule --with-peer`)")?;
        let dir = dir.join("peer");
        std::fs::create_dir_all(&dir).map_err(|why| format!("{}: {why}", dir.display()))?;
        let classpath = format!("{}/*", jars.display());
        let mut javac = Command::new("javac");
        javac.args(["-cp", &classpath, "-d"]).arg(&dir).arg(HARNESS);
        run(&mut javac)?;
        Ok(Self { classpath: format!("{classpath}:{}", dir.display()), dir })
    }

    pub fn ask(&self, network: &Network) -> Result<Answer, String> {
        let file = self.dir.join("network.txt");
        std::fs::write(&file, text(network)).map_err(|why| format!("{}: {why}", file.display()))?;
        let runs = RUNS.iter().find(|(up_to, _)| network.activities.len() <= *up_to).map_or(1, |(_, runs)| *runs);
        let mut java = Command::new("java");
        java.args(["-Xss512m", "-cp", &self.classpath, "Harness"]).arg(&file).arg(runs.to_string());
        let said = run(&mut java)?;
        let mut lines = said.lines();
        let milliseconds = lines.next().and_then(|line| line.parse().ok()).ok_or("the harness gave no time")?;
        Ok(Answer { milliseconds, agrees: agreement(network, lines) })
    }
}

fn run(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let out = command.output().map_err(|why| format!("{name} does not start: {why}"))?;
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&out.stderr);
    Err(format!("{name} ended with {}: {}", out.status, said.lines().take(3).collect::<Vec<_>>().join(" / ")))
}

fn jars(dir: &Path) -> Option<PathBuf> {
    let named = std::env::var_os("LANTU_MPXJ").map(PathBuf::from);
    let candidates = named.into_iter().chain([dir.join("mpxj/mpxj/lib")]).chain(installed());
    candidates.into_iter().find(|folder| folder.join("mpxj.jar").is_file())
}

/// The jars inside an installed Python package, without loading it.
fn installed() -> Option<PathBuf> {
    let script = "import importlib.util as u; print(u.find_spec('mpxj').submodule_search_locations[0])";
    let said = run(Command::new("python3").args(["-c", script])).ok()?;
    Some(PathBuf::from(said.trim()).join("lib"))
}

/// One line for each fact; what the words mean is in the harness.
fn text(network: &Network) -> String {
    let mut out = String::new();
    let p6 = network.options.dialect == Dialect::P6;
    // Writing to a String does not fail.
    let _ = writeln!(out, "P {} {}", if p6 { "P6" } else { "MSP" }, network.options.start);
    for (place, spec) in network::calendars().iter().enumerate() {
        calendar(&mut out, place, spec);
    }
    for activity in &network.activities {
        line_of_activity(&mut out, activity);
    }
    for link in &network.links {
        line_of_link(&mut out, network, link);
    }
    out
}

fn calendar(out: &mut String, place: usize, spec: &CalendarSpec) {
    let _ = writeln!(out, "C {place}");
    for (day, hours) in (1..).zip(&spec.week) {
        let _ = write!(out, "D {day}");
        for (from, to) in hours.iter().flat_map(|hours| hours.spans()) {
            let _ = write!(out, " {} {}", from / 60, to / 60);
        }
        out.push('\n');
    }
    for exception in &spec.exceptions {
        let _ = writeln!(out, "X {} {}", exception.from, exception.to);
    }
}

fn line_of_activity(out: &mut String, activity: &Activity) {
    let kind = match activity.kind {
        Kind::StartMilestone => "START_MILESTONE",
        Kind::FinishMilestone => "FINISH_MILESTONE",
        _ => "TASK_DEPENDENT",
    };
    let minutes = activity.duration.as_seconds() / 60;
    let _ = write!(out, "A {} {} {minutes} {kind}", activity.uid, activity.calendar.0);
    let _ = match activity.constraint() {
        Some(Constraint { kind, date }) => writeln!(out, " {} {date}", constraint(kind)),
        None => writeln!(out, " AS_SOON_AS_POSSIBLE"),
    };
}

fn constraint(kind: ConstraintKind) -> &'static str {
    match kind {
        ConstraintKind::AsLateAsPossible => "AS_LATE_AS_POSSIBLE",
        ConstraintKind::StartNoEarlierThan => "START_NO_EARLIER_THAN",
        ConstraintKind::StartNoLaterThan => "START_NO_LATER_THAN",
        ConstraintKind::FinishNoEarlierThan => "FINISH_NO_EARLIER_THAN",
        ConstraintKind::FinishNoLaterThan => "FINISH_NO_LATER_THAN",
        ConstraintKind::StartOn => "START_ON",
        ConstraintKind::FinishOn => "FINISH_ON",
        ConstraintKind::MustStartOn => "MUST_START_ON",
        ConstraintKind::MustFinishOn => "MUST_FINISH_ON",
    }
}

fn line_of_link(out: &mut String, network: &Network, link: &Link) {
    let kind = match link.kind {
        LinkKind::FinishStart => "FINISH_START",
        LinkKind::StartStart => "START_START",
        LinkKind::FinishFinish => "FINISH_FINISH",
        LinkKind::StartFinish => "START_FINISH",
    };
    let (unit, lag) = match link.lag {
        Lag::Elapsed(span) => ("E", span),
        Lag::Work(span) => ("W", span),
        Lag::Percent(_) | Lag::ElapsedPercent(_) => ("W", Span::ZERO),
    };
    let uid = |at: lantu_schedule::ActivityIx| network.activities[at.at()].uid;
    let _ = writeln!(out, "L {} {} {kind} {unit} {}", uid(link.predecessor), uid(link.successor), lag.as_seconds() / 60);
}

/// Hundredths of the four dates of all activities between whose two values no work of the activity's calendar lies.
fn agreement<'a>(network: &Network, lines: impl Iterator<Item = &'a str>) -> f64 {
    let Ok(ours) = schedule(network) else { return 0.0 };
    let (mut all, mut same) = (0usize, 0usize);
    for ((line, row), activity) in lines.zip(&ours.rows).zip(&network.activities) {
        let theirs = line.split(' ').skip(1).map(|word| word.parse::<Instant>().ok());
        let dates = [row.early_start, row.early_finish, row.late_start, row.late_finish];
        let calendar = &network.calendars[activity.calendar.at()];
        for (mine, theirs) in dates.into_iter().zip(theirs) {
            all += 1;
            same += usize::from(theirs.is_some_and(|t| calendar.work_between(mine, t).is_zero()));
        }
    }
    100.0 * same as f64 / all.max(1) as f64
}
