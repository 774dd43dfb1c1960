//! The corpus' XER files say what its JSON says of them.
use lantu_planfile::{Plan, json, xer};
use lantu_schedule::{Activity, Kind, Options};
use std::path::{Path, PathBuf};

/// A folder of the sample data, which is not part of this repository.
pub fn shared(folder: &str) -> Option<PathBuf> {
    crate::shared::folder(&format!("schedule/{folder}"))
}

/// The XER files of the corpus.
pub fn originals() -> Vec<PathBuf> {
    let Some(folder) = shared("original") else { return vec![] };
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "xer"));
    files.sort();
    files
}

#[test]
fn an_original_says_what_its_json_says() {
    for path in originals() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let json = shared("json").unwrap().join(format!("{name}.input.json"));
        let ours = xer::read(&std::fs::read(&path).unwrap()).unwrap_or_else(|r| panic!("{name}: {r}"));
        let theirs = json::read(&std::fs::read(&json).unwrap()).unwrap();
        compare(&path, &ours.plans[0], &theirs.plans[0]);
    }
}

fn compare(path: &Path, ours: &Plan, theirs: &Plan) {
    assert_eq!(options(ours), options(theirs), "{}", path.display());
    assert_eq!(ours.activities.len(), theirs.activities.len());
    for theirs_at in &theirs.activities {
        let at = ours.find(theirs_at.uid, theirs_at.is_summary()).unwrap();
        let a = &ours.activities[at.at()];
        assert_eq!(parent(ours, a), parent(theirs, theirs_at));
        if theirs_at.is_summary() {
            continue;
        }
        assert_eq!(
            (a.kind, a.elapsed, a.progress(), a.constraint()),
            (theirs_at.kind, false, theirs_at.progress(), theirs_at.constraint())
        );
        assert_eq!(a.duration, theirs_at.duration, "{} {}", path.display(), a.uid);
        assert_eq!(calendar(ours, a), calendar(theirs, theirs_at));
        let days = |plan: &Plan, a: &Activity| plan.network().calendars[a.calendar.at()].clone();
        let (mine, other) = (days(ours, a), days(theirs, theirs_at));
        let first = ours.options.start.day_number() - 300;
        assert!((first..first + 1500).all(|day| mine.hours(day) == other.hours(day)));
    }
    let links = |plan: &Plan| -> Vec<_> {
        let uid = |at: lantu_schedule::ActivityIx| plan.activities[at.at()].uid;
        plan.links.iter().map(|l| (uid(l.predecessor), uid(l.successor), l.kind, l.lag)).collect()
    };
    assert_eq!(links(ours), links(theirs));
}

/// What differs by the JSON's own making is set alike: it always has a total float type.
fn options(plan: &Plan) -> Options {
    let mut options = plan.options.clone();
    options.total_float = Default::default();
    options.honor_constraints = true;
    options.split_in_progress = true;
    options.calendar = lantu_schedule::CalendarIx(plan.calendars[plan.options.calendar.at()].uid as u32);
    options
}

fn parent(plan: &Plan, a: &Activity) -> Option<i64> {
    a.parent.map(|p| plan.activities[p.at()].uid).filter(|_| a.kind != Kind::Summary)
}

fn calendar(plan: &Plan, a: &Activity) -> i64 {
    plan.calendars[a.calendar.at()].uid
}
