//! Microsoft Project's own files against what another reader made of them: the same plan in substance.
use lantu_calendar::{Calendar, Span, day_of};
use lantu_planfile::{Plan, json, mspdi};
use lantu_schedule::{Activity, Assignment, Detail, Lag, Link, Progress};
use std::fmt::Debug;
use std::path::PathBuf;

/// A folder of the sample data, which is not part of this repository.
pub fn shared(folder: &str) -> Option<PathBuf> {
    crate::shared::folder(folder)
}

/// The original files of the format, by name.
pub fn originals() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = shared("schedule/original") else { return vec![] };
    let mut files: Vec<(String, Vec<u8>)> = vec![];
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let bytes = if name.ends_with(".xml") { std::fs::read(entry.path()).unwrap() } else { continue };
        if bytes.windows(31).any(|w| w == b"//schemas.microsoft.com/project") {
            files.push((name, bytes));
        }
    }
    files.sort();
    files
}

fn plan(bytes: &[u8]) -> Plan {
    mspdi::read(bytes).unwrap().plans.remove(0)
}

#[test]
fn each_original_says_what_its_json_says() {
    let Some(folder) = shared("schedule/json") else { return };
    let mut differences = vec![];
    let files = originals();
    assert!(files.len() >= 21);
    for (name, bytes) in files {
        let text = std::fs::read(folder.join(format!("{name}.input.json"))).unwrap();
        let (ours, theirs) = (plan(&bytes), json::read(&text).unwrap().plans.remove(0));
        let mut compare = Compare { name: &name, differences: &mut differences };
        compare.plans(&ours, &theirs);
        let known = |code: &str| code == "no_calendar" && name.contains("DetermineProjectVersion");
        assert!(ours.losses.iter().all(|l| known(l.code)), "{name}: {:?}", ours.losses);
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

struct Compare<'a> {
    name: &'a str,
    differences: &'a mut Vec<String>,
}

impl Compare<'_> {
    fn same<T: PartialEq + Debug>(&mut self, what: &str, ours: T, theirs: T) {
        if ours != theirs {
            self.differences.push(format!("{} {what}: {ours:?} / {theirs:?}", self.name));
        }
    }

    fn plans(&mut self, ours: &Plan, theirs: &Plan) {
        let mut options = ours.options.clone();
        let uid = |plan: &Plan| plan.calendars[plan.options.calendar.at()].uid;
        self.same("project calendar", uid(ours), uid(theirs));
        options.calendar = theirs.options.calendar;
        self.same("options", options, theirs.options.clone());
        self.same("units", ours.units, theirs.units);
        self.calendars(ours, theirs);
        let uids = |plan: &Plan| plan.activities.iter().map(|a| (a.uid, a.is_summary())).collect::<Vec<_>>();
        self.same("rows", uids(ours), uids(theirs));
        for (at, (a, b)) in ours.activities.iter().zip(&theirs.activities).enumerate() {
            self.activity((ours, a), (theirs, b));
            self.same("row", ours.labels[at].row, theirs.labels[at].row);
            self.same("percent", ours.stored[at].percent_complete, theirs.stored[at].percent_complete);
        }
        let mut links = [links(ours), links(theirs)];
        links.iter_mut().for_each(|l| l.sort_by_key(|(p, s, ..)| (*p, *s)));
        let [ours, theirs] = links;
        self.same("links", ours, theirs);
    }

    fn calendars(&mut self, ours: &Plan, theirs: &Plan) {
        let resolve = |plan: &Plan| Calendar::resolve(&plan.calendars.iter().map(|c| c.spec.clone()).collect::<Vec<_>>());
        let (mine, other) = (resolve(ours), resolve(theirs));
        let first = ours.options.start.day_number();
        for (i, calendar) in ours.calendars.iter().enumerate() {
            // Calendars that nothing uses are left out there.
            let Some(at) = theirs.calendars.iter().position(|c| c.uid == calendar.uid) else {
                continue;
            };
            // A calendar without hours of its own and without a base never works there; here it is the project's.
            if !other[at].has_work() {
                continue;
            }
            for day in first - 400..first + 1_400 {
                let what = format!("calendar {} on {}", calendar.uid, day_of(day));
                self.same(&what, mine[i].hours(day), other[at].hours(day));
            }
        }
    }

    fn activity(&mut self, (plan, ours): (&Plan, &Activity), (other, theirs): (&Plan, &Activity)) {
        let what = |field: &str| format!("task {} {field}", ours.uid);
        let calendar = |plan: &Plan, a: &Activity| plan.calendars[a.calendar.at()].uid;
        self.same(&what("calendar"), calendar(plan, ours), calendar(other, theirs));
        let parent = |plan: &Plan, a: &Activity| a.parent.map(|p| plan.activities[p.at()].uid);
        self.same(&what("parent"), parent(plan, ours), parent(other, theirs));
        self.same(&what("elapsed"), ours.elapsed, theirs.elapsed);
        self.span(&what("duration"), ours.duration, theirs.duration);
        let none = Detail::default();
        let (a, b) = (ours.detail.as_deref().unwrap_or(&none), theirs.detail.as_deref().unwrap_or(&none));
        self.progress(&what("progress"), a.progress, b.progress);
        for (field, a, b) in [
            ("constraint", format!("{:?}", a.constraint), format!("{:?}", b.constraint)),
            ("fixed", format!("{:?}", a.fixed), format!("{:?}", b.fixed)),
            ("dates", format!("{:?}", (a.deadline, a.stop, a.resume)), format!("{:?}", (b.deadline, b.stop, b.resume))),
            ("leveling", format!("{:?}", a.leveling_delay), format!("{:?}", b.leveling_delay)),
            ("flags", format!("{:?}", flags(a)), format!("{:?}", flags(b))),
            ("type", format!("{:?}", a.task_type), format!("{:?}", b.task_type)),
            ("splits", format!("{:?}", a.splits), format!("{:?}", real_splits(b))),
        ] {
            self.same(&what(field), a, b);
        }
        self.same(&what("assignments"), a.assignments.len(), b.assignments.len());
        for (a, b) in a.assignments.iter().zip(&b.assignments) {
            self.assignment(&what("assignment"), (plan, a), (other, b));
        }
    }

    fn assignment(&mut self, what: &str, (plan, a): (&Plan, &Assignment), (other, b): (&Plan, &Assignment)) {
        let uid = |plan: &Plan, a: &Assignment| a.resource.map(|r| plan.resources[r as usize].uid);
        self.same(what, uid(plan, a), uid(other, b));
        self.same(what, (a.drives, a.units), (b.drives, b.units));
        if a.drives {
            self.same(what, plan.calendars[a.calendar.at()].uid, other.calendars[b.calendar.at()].uid);
            self.same(what, (a.delay, a.leveling_delay), (b.delay, b.leveling_delay));
        }
        for (a, b) in [(a.work, b.work), (a.remaining_work, b.remaining_work), (a.actual_work, b.actual_work)] {
            self.span(what, a, b);
        }
    }

    fn progress(&mut self, what: &str, ours: Progress, theirs: Progress) {
        match (ours, theirs) {
            (Progress::Started { start: a, actual: b, remaining: c }, Progress::Started { start: d, actual: e, remaining: f }) => {
                self.same(what, a, d);
                self.span(what, b, e);
                self.span(what, c, f);
            }
            _ => self.same(what, ours, theirs),
        }
    }

    /// The other reader rounds to a thousandth, or a tenth, of the unit shown.
    fn span(&mut self, what: &str, ours: Span, theirs: Span) {
        if (ours - theirs).as_seconds().abs() > 3 {
            self.same(what, ours, theirs);
        }
    }
}

fn flags(d: &Detail) -> [bool; 6] {
    [d.ignores_resource_calendars, d.own_calendar, d.inactive, d.external, d.milestone, d.recurring]
}

/// Gaps of less than a minute are the rounding of an uneven spread, not splits.
fn real_splits(d: &Detail) -> Vec<(lantu_calendar::Instant, lantu_calendar::Instant)> {
    let short = d.splits.windows(2).all(|w| w[1].0 - w[0].1 < Span::minutes(1));
    if short { vec![] } else { d.splits.clone() }
}

fn links(plan: &Plan) -> Vec<(i64, i64, String, String)> {
    let uid = |at: usize| plan.activities[at].uid;
    let lag = |lag: Lag| match lag {
        Lag::Work(s) if s.is_zero() => "none".into(),
        lag => format!("{lag:?}"),
    };
    let row = |l: &Link| (uid(l.predecessor.at()), uid(l.successor.at()), format!("{:?}", l.kind), lag(l.lag));
    plan.links.iter().map(row).collect()
}
