//! Our dates beside the peer's on random networks: a disagreement is a question to the vendor's rules, not a failure.
//!
//! The networks and MPXJ's dates of them are sample data outside of this repository. Of a chain of disagreements only
//! the first counts as a root: early dates differ though those of all predecessors agree, late dates though those of all
//! successors do. Roots are grouped by what meets in them; each group shows its smallest network.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use lantu_calendar::{Calendar, Instant, Span};
use lantu_schedule::{Activity, ActivityIx, Dialect, Kind, Lag, Link, Network, Row as Dates, schedule};
use serde_json::Value;

use crate::Bench;
use crate::table::Row;

/// What the peer says of one activity.
struct Peer {
    /// Early start and finish, late start and finish.
    dates: [Option<Instant>; 4],
    total_float: Option<Span>,
}

const NAMES: [&str; 4] = ["ES", "EF", "LS", "LF"];

#[derive(Default)]
struct Count {
    networks: usize,
    activities: usize,
    agree: usize,
    roots: usize,
}

/// The roots that share a cause, and the smallest network that shows one.
#[derive(Default)]
struct Group {
    roots: usize,
    size: usize,
    example: String,
}

pub fn measure(_: &Bench) -> Result<Vec<Row>, String> {
    let folder = folder();
    let names = inputs(&folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let mut counts: [(&str, Count); 2] = [("MS Project's", Count::default()), ("P6's", Count::default())];
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for name in &names {
        let (network, peers) = pair(name)?;
        let side = usize::from(network.options.dialect == Dialect::P6);
        compare(name, &network, &peers, &mut counts[side].1, &mut groups);
    }
    print(&groups);
    Ok(counts.into_iter().map(row).collect())
}

fn folder() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    std::env::var_os("LANTU_SHARED").map_or_else(beside, PathBuf::from).join("schedule/synth_peer")
}

fn inputs(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    names.retain(|name| name.to_string_lossy().ends_with(".input.json"));
    names.sort();
    Ok(names)
}

fn row((program, count): (&'static str, Count)) -> Row {
    Row {
        what: format!("dates as the peer's, {program} rules"),
        value: 100.0 * count.agree as f64 / count.activities.max(1) as f64,
        unit: "%",
        peer: None,
        limit: None,
        from: format!("{} of {} in {} networks, {} roots", count.agree, count.activities, count.networks, count.roots),
    }
}

fn pair(name: &Path) -> Result<(Network, HashMap<i64, Peer>), String> {
    let wrong = |why: String| format!("{}: {why}", name.display());
    let bytes = std::fs::read(name).map_err(|why| wrong(why.to_string()))?;
    let file = lantu_planfile::json::read(&bytes).map_err(|refused| wrong(format!("{:?}", refused.problems.first())))?;
    let plan = file.plans.first().ok_or_else(|| wrong("no project".to_string()))?;
    let answer = PathBuf::from(name.to_string_lossy().replace(".input.", ".expected."));
    let bytes = std::fs::read(&answer).map_err(|why| wrong(why.to_string()))?;
    let answer: Value = serde_json::from_slice(&bytes).map_err(|why| wrong(why.to_string()))?;
    let rows = answer["activities"].as_array().map_or(&[][..], |rows| rows);
    Ok((plan.network(), rows.iter().filter_map(|row| Some((row["uid"].as_i64()?, peer(row)))).collect()))
}

fn peer(row: &Value) -> Peer {
    let date = |key: &str| row[key].as_str()?.parse().ok();
    Peer { dates: ["es", "ef", "ls", "lf"].map(date), total_float: row["tf"].as_f64().map(Span::from_minutes) }
}

fn compare(name: &Path, network: &Network, peers: &HashMap<i64, Peer>, count: &mut Count, groups: &mut BTreeMap<String, Group>) {
    let Ok(ours) = schedule(network) else {
        eprintln!("{}: refused", name.display());
        return;
    };
    let differing: Vec<[bool; 5]> =
        (0..).zip(&network.activities).map(|(at, a)| differs(network, a, ours.of(ActivityIx(at)), peers)).collect();
    count.networks += 1;
    count.activities += differing.len();
    count.agree += differing.iter().filter(|d| !d.contains(&true)).count();
    for (at, wrong) in differing.iter().enumerate().filter(|(_, d)| d.contains(&true)) {
        let Some(cause) = cause(network, &differing, at) else { continue };
        count.roots += 1;
        let group = groups.entry(format!("{:?} {cause}", network.options.dialect)).or_default();
        group.roots += 1;
        if group.size == 0 || network.activities.len() < group.size {
            group.size = network.activities.len();
            group.example = example(name, network, at, ours.of(ActivityIx(at as u32)), peers, *wrong);
        }
    }
}

fn dates(row: &Dates) -> [Instant; 4] {
    [row.early_start, row.early_finish, row.late_start, row.late_finish]
}

/// Which of the four dates and the float differ by working time.
fn differs(network: &Network, activity: &Activity, ours: &Dates, peers: &HashMap<i64, Peer>) -> [bool; 5] {
    let Some(peer) = peers.get(&activity.uid) else { return [false; 5] };
    let calendar = &network.calendars[activity.calendar.at()];
    let apart = |k: usize| peer.dates[k].is_some_and(|theirs| !same(calendar, dates(ours)[k], theirs));
    let float = peer.total_float.is_some_and(|theirs| (theirs - ours.total_float).as_seconds().abs() > 60);
    [apart(0), apart(1), apart(2), apart(3), float]
}

fn same(calendar: &Calendar, ours: Instant, theirs: Instant) -> bool {
    ours == theirs || calendar.work_between(ours, theirs).is_zero()
}

/// What meets where a disagreement begins; `None` when it came from a neighbour.
fn cause(network: &Network, differing: &[[bool; 5]], at: usize) -> Option<String> {
    let early = |at: usize| differing[at][0] || differing[at][1];
    let late = |at: usize| differing[at][2] || differing[at][3];
    let into = || network.links.iter().filter(|l| l.successor.at() == at);
    let out = || network.links.iter().filter(|l| l.predecessor.at() == at);
    if early(at) {
        let came = into().any(|l| early(l.predecessor.at()));
        return (!came).then(|| describe(network, differing[at], at, into().collect()));
    }
    if late(at) {
        let came = out().any(|l| late(l.successor.at())) || (0..differing.len()).any(early);
        return (!came).then(|| describe(network, differing[at], at, out().collect()));
    }
    Some(describe(network, differing[at], at, vec![]))
}

fn describe(network: &Network, wrong: [bool; 5], at: usize, links: Vec<&Link>) -> String {
    let activity = &network.activities[at];
    let mut kinds: Vec<String> = links.iter().map(|l| link_kind(network, l)).collect();
    kinds.sort();
    kinds.dedup();
    let fields: Vec<&str> = NAMES.into_iter().chain(["TF"]).zip(wrong).filter(|(_, wrong)| *wrong).map(|(name, _)| name).collect();
    let constraint = activity.constraint().map_or(String::new(), |c| format!(" {:?}", c.kind));
    let deadline = if activity.detail.as_ref().is_some_and(|d| d.deadline.is_some()) { " deadline" } else { "" };
    format!("{}: {}{constraint}{deadline}, links {}", fields.join("+"), shape(activity), kinds.join(" "))
}

fn shape(activity: &Activity) -> String {
    match activity.kind {
        Kind::Task if activity.duration.is_zero() => "no duration".to_string(),
        kind => format!("{kind:?}"),
    }
}

/// Its ends, whether it has a lag, whether two calendars meet.
fn link_kind(network: &Network, link: &Link) -> String {
    let lag = match link.lag {
        Lag::Work(span) if span.is_zero() => "",
        Lag::Work(span) if span.is_negative() => "-lead",
        Lag::Work(_) => "+lag",
        _ => "+clock",
    };
    let calendar = |at: ActivityIx| network.activities[at.at()].calendar;
    let two = if calendar(link.predecessor) == calendar(link.successor) { "" } else { "*" };
    format!("{:?}{lag}{two}", link.kind)
}

fn example(name: &Path, network: &Network, at: usize, ours: &Dates, peers: &HashMap<i64, Peer>, wrong: [bool; 5]) -> String {
    let activity = &network.activities[at];
    let peer = &peers[&activity.uid];
    let file = name.file_name().unwrap_or_default().to_string_lossy();
    let mut text = format!("{} uid {}:", file.trim_end_matches(".input.json"), activity.uid);
    for k in (0..4).filter(|&k| wrong[k]) {
        let theirs = peer.dates[k].map_or("-".to_string(), |d| d.to_string());
        text += &format!(" {} {} for {theirs}", NAMES[k], dates(ours)[k]);
    }
    if wrong[4] {
        text += &format!(" TF {} for {}", ours.total_float.as_minutes(), peer.total_float.unwrap_or_default().as_minutes());
    }
    text
}

fn print(groups: &BTreeMap<String, Group>) {
    let mut sorted: Vec<(&String, &Group)> = groups.iter().collect();
    sorted.sort_by_key(|(_, group)| std::cmp::Reverse(group.roots));
    for (cause, group) in sorted {
        println!("{:>5}  {cause}\n       {}", group.roots, group.example);
    }
}
