//! The JSON format: a small document in full, wrong ones by their places, and the corpus where it is at hand.
mod shared;

use lantu_planfile::{PlanFile, Refused, json};
use lantu_schedule::{ConstraintKind, Dialect, Lag, Progress};
use serde_json::{Value, json};

fn small() -> Value {
    json!({
        "key": "road",
        "project": {"engine": "P6", "start": "2026-03-02T08:00", "planned_start": "2026-03-01T00:00", "status_date": "2026-03-03T08:00",
            "default_calendar": 1, "lag_calendar": "TWENTY_FOUR_HOUR", "critical_slack_limit": {"min": 480, "u": "h"}},
        "calendars": [
            {"uid": 1, "week": {"mon": [[480, 720], [780, 1020]], "sat": []}, "exceptions": [["2026-05-01", "2026-05-05", []]]},
            {"uid": 2, "parent": 1, "week": {"mon": null, "sat": [[0, 1440]]}},
        ],
        "summaries": [{"uid": 9, "id": 1, "parent": null}],
        "activities": [
            {"uid": 1, "id": 2, "parent": 9, "calendar": 2, "duration": {"min": 960, "u": "h"}, "remaining_duration": {"min": 480, "u": "h"},
                "constraint": "AS_SOON_AS_POSSIBLE", "range": {"kind": "uniform", "min": 1, "max": 2}},
            {"uid": 2, "id": 3, "duration": {"min": 480.0, "u": "d"}, "actual_start": "2026-03-02T08:00", "constraint": "START_ON",
                "constraint_date": "2026-03-02T08:00", "assignments": [{"res": 7, "rtype": "MATERIAL", "units": 100.0, "work": {"min": 60}}]},
        ],
        "links": [{"pred": 1, "succ": 2, "type": "SS", "lag": {"pct": -50.0, "elapsed": true}}],
        "risks": [{"id": "r", "probability": 0.1, "impacts": []}],
    })
}

fn read(document: &Value) -> Result<PlanFile, Refused> {
    json::read(document.to_string().as_bytes())
}

#[test]
fn a_document_is_read_in_full() {
    let file = read(&small()).unwrap();
    let plan = &file.plans[0];
    assert_eq!((plan.options.dialect, plan.options.start.to_string().as_str()), (Dialect::P6, "2026-03-01T00:00"));
    assert!(plan.activities[0].is_summary());
    let [_, first, second] = plan.activities.as_slice() else { panic!("three rows") };
    assert_eq!((first.duration.as_minutes(), first.detail.is_none()), (480.0, true), "P6 goes by what remains");
    assert_eq!(first.parent.map(|p| p.at()), Some(0));
    assert_eq!(second.constraint().map(|c| c.kind), Some(ConstraintKind::StartOn));
    assert!(matches!(second.progress(), Progress::Started { remaining, .. } if remaining.as_minutes() == 480.0));
    assert!(!second.detail.as_ref().unwrap().assignments[0].drives);
    assert_eq!(plan.links[0].lag, Lag::ElapsedPercent(-50.0));
    assert_eq!(plan.calendars[1].spec.parent, Some(0));
    assert!(plan.calendars[1].spec.week[0].is_none());
}

#[test]
fn every_wrong_place_is_named_at_once() {
    let mut wrong = small();
    wrong["activities"][0]["duration"] = json!("long");
    wrong["activities"][1]["constraint"] = json!("SOMETIME");
    wrong["activities"][1]["uid"] = json!(1);
    wrong["links"][0]["succ"] = json!(77);
    wrong["calendars"][1]["parent"] = json!(5);
    let refused = read(&wrong).unwrap_err();
    let found: Vec<_> = refused.problems.iter().map(|p| (p.code, p.place.as_str())).collect();
    assert_eq!(
        found,
        [
            ("unknown_calendar", "calendars[1]/parent"),
            ("wrong_json_type", "activities[0]/duration"),
            ("unknown_json_name", "activities[1]/constraint"),
            ("uid_twice", "activities[1]/uid"),
            ("unknown_activity", "links[0]/succ"),
        ]
    );
    let broken = json::read(b"{\n  \"project\": }").unwrap_err();
    assert!(!broken.problems[0].found.contains(" at line "), "{broken:?}");
    let bare = json::read(b"{\"hello\": 1}").unwrap_err();
    assert_eq!((bare.problems[0].code, bare.problems[0].place.as_str()), ("missing_json_key", "project"));
    assert_eq!((broken.problems[0].code, broken.problems[0].place.as_str()), ("json_broken", "line 2, column 14"));
}

/// Written and read again, a file says the same.
fn same(what: &str, file: &PlanFile) {
    let written = json::write(file).unwrap();
    let again = json::read(&written.bytes).unwrap_or_else(|e| panic!("{what}: {e}"));
    let (old, new) = (&file.plans[0], &again.plans[0]);
    assert_eq!((&old.options, old.units, &old.calendars), (&new.options, new.units, &new.calendars), "{what}");
    assert_eq!((&old.links, &old.resources), (&new.links, &new.resources), "{what}");
    for (at, (a, b)) in old.activities.iter().zip(&new.activities).enumerate() {
        assert_eq!((a, &old.labels[at], &old.stored[at]), (b, &new.labels[at], &new.stored[at]), "{what}");
    }
    assert_eq!(String::from_utf8(json::write(&again).unwrap().bytes), String::from_utf8(written.bytes), "{what}");
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    let refused = |path: &str, key: &str, value: Value| {
        let mut document = small();
        document.pointer_mut(path).unwrap()[key] = value;
        let problem = read(&document).unwrap_err().problems.remove(0);
        (problem.code, problem.place)
    };
    for (path, key, value, code) in [
        ("/activities/0", "duration", json!({"min": -1}), "negative_duration"),
        ("/activities/1", "remaining_duration", json!(-0.5), "negative_duration"),
        ("/activities/1/assignments/0", "units", json!(1e300), "wrong_json_type"),
        ("/links/0", "lag", json!({"pct": 1e20}), "wrong_json_type"),
    ] {
        assert_eq!(refused(path, key, value).0, code, "{path}/{key}");
    }
    let commas = format!("{{\"a\":[{}1]}}", "1,".repeat(50_000_000));
    assert_eq!(json::read(commas.as_bytes()).unwrap_err().problems[0].code, "json_too_many");
}

#[test]
fn calendars_that_multiply_are_refused() {
    let days = |i: usize| {
        json!([
            format!("20{:02}-{:02}-{:02}", i % 90 + 10, i / 90 % 12 + 1, i / 1080 % 28 + 1),
            format!("20{:02}-{:02}-{:02}", i % 90 + 10, i / 90 % 12 + 1, i / 1080 % 28 + 1),
            []
        ])
    };
    let all: Vec<Value> = (0..20_000).map(days).collect();
    let mut document = small();
    document["calendars"][0]["exceptions"] = all.into();
    for uid in 10..110 {
        let child = json!({"uid": uid, "parent": 1, "exceptions": [["2026-05-01", "2026-05-01", []]]});
        document["calendars"].as_array_mut().unwrap().push(child);
    }
    let problems = read(&document).unwrap_err().problems;
    assert_eq!((problems[0].code, problems[0].place.as_str()), ("calendars_too_large", "calendars"));
}

#[test]
fn what_is_not_used_goes_through() {
    let mut document = small();
    document["calendars"][0]["colour"] = json!("red");
    document["links"][0]["why"] = json!("crane");
    document["resources"] = json!([{"id": "crane", "capacity": [["2026-03-02", 2]]}, {"id": 7, "rtype": "MATERIAL", "grade": "C30"}]);
    document["activities"][1]["assignments"][0]["foreman"] = json!("王");
    document["activities"][1]["demands"] = json!([{"resource": "crane", "units": 1}]);
    let file = read(&document).unwrap();
    same("small", &file);
    let written: Value = serde_json::from_slice(&json::write(&file).unwrap().bytes).unwrap();
    assert_eq!((&written["risks"], &written["calendars"][0]["colour"]), (&document["risks"], &json!("red")));
    assert_eq!((&written["links"][0]["why"], &written["resources"][0]["grade"]), (&json!("crane"), &json!("C30")));
    assert_eq!(written["resources"][1], document["resources"][0]);
    assert_eq!(written["activities"][0]["range"], document["activities"][0]["range"]);
    assert_eq!(written["activities"][1]["assignments"][0]["foreman"], "王");
    assert_eq!(written["activities"][1]["demands"], document["activities"][1]["demands"]);
}

#[test]
fn the_corpus_is_read_whole() {
    let mut count = 0;
    for folder in ["schedule/json", "schedule/synth_peer"] {
        let Some(folder) = shared::folder(folder) else { continue };
        let entries = std::fs::read_dir(folder).unwrap();
        for path in entries.map(|e| e.unwrap().path()).filter(|p| p.to_string_lossy().ends_with(".input.json")) {
            let bytes = std::fs::read(&path).unwrap();
            let file = json::read(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let raw: Value = serde_json::from_slice(&bytes).unwrap();
            let rows = |key: &str| raw[key].as_array().unwrap().len();
            let plan = &file.plans[0];
            assert_eq!(plan.activities.len(), rows("activities") + rows("summaries"));
            assert_eq!(plan.links.len(), rows("links"));
            same(&path.display().to_string(), &file);
            count += 1;
        }
    }
    println!("{count} documents");
}
