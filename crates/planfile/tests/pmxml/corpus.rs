//! The corpus' PMXML files say what its JSON says of them.
use lantu_planfile::{Plan, json, pmxml};
use lantu_schedule::{Activity, ActivityIx, CalendarIx, Kind, Options};
use std::path::PathBuf;

/// A folder of the sample data, which is not part of this repository.
pub fn shared(folder: &str) -> Option<PathBuf> {
    crate::shared::folder(&format!("schedule/{folder}"))
}

/// The PMXML files of the corpus: name and bytes.
pub fn originals() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = shared("original") else { return vec![] };
    let mut paths: Vec<_> = folder.read_dir().unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let is_xml = |p: &PathBuf| p.extension().is_some_and(|e| e == "xml" || e == "pmxml");
    let files =
        paths.into_iter().filter(is_xml).map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(p).unwrap()));
    files.filter(|(_, bytes)| String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]).contains("<APIBusinessObjects")).collect()
}

#[test]
fn an_original_says_what_its_json_says() {
    let mut compared = 0;
    for (name, bytes) in originals() {
        let ours = pmxml::read(&bytes).unwrap_or_else(|r| panic!("{name}: {r}"));
        for (i, plan) in ours.plans.iter().enumerate() {
            let key = if ours.plans.len() == 1 { name.clone() } else { format!("{name}#{i}") };
            let text = std::fs::read_to_string(shared("json").unwrap().join(format!("{key}.input.json"))).unwrap();
            // Where the original has decimal commas the JSON has no durations, and sometimes wrong ones.
            let has_durations = !text.contains("\"duration\":null") && !text.contains("\"remaining_work\":null");
            compare(&key, plan, &json::read(text.as_bytes()).unwrap().plans[0], has_durations);
            compared += 1;
        }
    }
    println!("{compared} projects compared");
}

fn compare(key: &str, ours: &Plan, theirs: &Plan, has_durations: bool) {
    assert_eq!(options(ours), options(theirs), "{key}");
    assert_eq!(ours.activities.len(), theirs.activities.len(), "{key}");
    for other in &theirs.activities {
        let a = &ours.activities[ours.find(other.uid, other.is_summary()).unwrap().at()];
        assert_eq!(parent(ours, a), parent(theirs, other), "{key} {}", a.uid);
        if a.is_summary() {
            continue;
        }
        assert_eq!((a.kind, a.elapsed, a.constraint()), (other.kind, other.elapsed, other.constraint()), "{key} {}", a.uid);
        if has_durations {
            assert_eq!((a.progress(), a.duration), (other.progress(), other.duration), "{key} {}", a.uid);
        }
        assert_eq!(calendar(ours, a), calendar(theirs, other), "{key} {}", a.uid);
        let hours = |plan: &Plan, a: &Activity| plan.network().calendars[a.calendar.at()].clone();
        let (mine, same) = (hours(ours, a), hours(theirs, other));
        let first = ours.options.start.day_number() - 300;
        assert!((first..first + 1500).all(|day| mine.hours(day) == same.hours(day)), "{key} {}", a.uid);
        assert_eq!(assigned(ours, a, has_durations), assigned(theirs, other, has_durations), "{key} {}", a.uid);
    }
    assert_eq!(links(ours), links(theirs), "{key}");
}

fn links(plan: &Plan) -> Vec<String> {
    let uid = |at: ActivityIx| plan.activities[at.at()].uid;
    let mut links: Vec<_> =
        plan.links.iter().map(|l| format!("{} {} {:?} {:?}", uid(l.predecessor), uid(l.successor), l.kind, l.lag)).collect();
    links.sort();
    links
}

fn assigned(plan: &Plan, a: &Activity, has_durations: bool) -> Vec<String> {
    let all = a.detail.iter().flat_map(|d| &d.assignments);
    let mut said: Vec<_> = all
        .map(|x| {
            let who = x.resource.map(|r| plan.resources[r as usize].uid);
            let much = has_durations.then_some((x.units, x.work, x.remaining_work, x.actual_work));
            format!("{who:?} on {} {} {much:?}", plan.calendars[x.calendar.at()].uid, x.drives)
        })
        .collect();
    said.sort();
    said
}

/// What the JSON does not take from PMXML, or always has, is set alike.
fn options(plan: &Plan) -> Options {
    let mut options = plan.options.clone();
    options.ignore_external = false;
    options.honor_constraints = true;
    options.split_in_progress = true;
    options.calendar = CalendarIx(plan.calendars[plan.options.calendar.at()].uid as u32);
    options
}

fn parent(plan: &Plan, a: &Activity) -> Option<i64> {
    a.parent.map(|p| plan.activities[p.at()].uid).filter(|_| a.kind != Kind::Summary)
}

fn calendar(plan: &Plan, a: &Activity) -> i64 {
    plan.calendars[a.calendar.at()].uid
}

/// What two readings of one plan may not differ in.
fn same(key: &str, one: &Plan, other: &Plan) {
    assert_eq!(one.options, other.options, "{key}");
    assert_eq!(one.calendars, other.calendars, "{key}");
    assert_eq!(one.resources, other.resources, "{key}");
    for at in 0..one.activities.len().max(other.activities.len()) {
        assert_eq!(one.activities.get(at), other.activities.get(at), "{key}");
        assert_eq!(one.labels.get(at), other.labels.get(at), "{key}");
        assert_eq!(one.stored.get(at), other.stored.get(at), "{key}");
    }
    assert_eq!(one.links, other.links, "{key}");
    assert_eq!((&one.id, &one.name, one.units, one.last_scheduled), (&other.id, &other.name, other.units, other.last_scheduled), "{key}");
}

#[test]
fn an_original_goes_back_byte_for_byte() {
    for (name, bytes) in originals() {
        let written = pmxml::write(&pmxml::read(&bytes).unwrap());
        assert!(written.bytes == bytes, "{name}");
        assert_eq!(written.losses, [], "{name}");
    }
}

#[test]
fn an_original_written_anew_says_the_same() {
    for (name, bytes) in originals() {
        let mut file = pmxml::read(&bytes).unwrap();
        file.source = lantu_planfile::Source::None;
        let again = pmxml::read(&pmxml::write(&file).bytes).unwrap();
        assert_eq!(file.plans.len(), again.plans.len());
        for (one, other) in file.plans.iter().zip(&again.plans) {
            same(&name, one, other);
        }
    }
}
