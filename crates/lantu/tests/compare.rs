//! `lantu compare` as scripts and people meet it.
mod folder;

use folder::{Folder, ended, text};
use serde_json::{Value, json};

/// Foundations, then walls of so many days, to a handover.
fn plan(walls: i64) -> Value {
    let hours = json!([[480, 720], [780, 1020]]);
    json!({
        "key": "示例项目",
        "project": {"engine": "MSP", "start": "2026-03-02T08:00", "default_calendar": 1},
        "calendars": [{"uid": 1, "name": "Standard", "week": {"mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours}}],
        "activities": [
            {"uid": 1, "id": 1, "name": "基础", "duration": {"min": 2400}},
            {"uid": 2, "id": 2, "name": "墙体", "duration": {"min": walls * 480}},
            {"uid": 3, "id": 3, "name": "竣工", "duration": {"min": 0}},
        ],
        "links": [{"pred": 1, "succ": 2, "type": "FS"}, {"pred": 2, "succ": 3, "type": "FS"}],
    })
}

fn versions() -> Folder {
    let folder = Folder::new();
    folder.write("old.json", &plan(4).to_string());
    folder.write("new.json", &plan(2).to_string());
    folder
}

#[test]
fn people_read_a_report_in_their_language() {
    let folder = versions();
    let output = folder.run(&["--lang", "zh", "compare", "old.json", "new.json"]);
    ended(&output, 0);
    let said = text(&output.stdout);
    assert!(said.starts_with("项目完成：2026-03-12 17:00 → 2026-03-10 17:00，提前 2 天（工作时间 2 天）"), "{said}");
    assert!(said.contains("压缩了未完成关键工作的工期（1 处）") && said.contains("2 墙体  4 天 → 2 天"), "{said}");
    assert!(said.contains("\n  3 竣工  2026-03-12 17:00  2026-03-10 17:00  -2 天"), "{said}");
    let output = folder.run(&["--lang", "en", "compare", "old.json", "new.json"]);
    ended(&output, 0);
    let said = text(&output.stdout);
    assert!(
        said.contains("earlier by 2 d") && said.contains("duration 4 d → 2 d") && said.contains("Open critical work was shortened (1)"),
        "{said}"
    );
}

#[test]
fn scripts_read_json() {
    let output = versions().run(&["compare", "old.json", "new.json", "--json"]);
    ended(&output, 0);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["finish"]["days"], &answer["identical"]), (&json!(-2), &json!(false)));
    assert_eq!(answer["suspicions"][0]["code"], "critical_shortened");
    assert_eq!((&answer["old"]["finish"], &answer["new"]["activities"]), (&json!("2026-03-12T17:00"), &json!(3)));
    assert_eq!(answer["changed"][0]["uid"], 3);
}

#[test]
fn no_difference_is_said_and_the_formats_may_differ() {
    let folder = versions();
    ended(&folder.run(&["convert", "old.json", "old.xml"]), 0);
    let output = folder.run(&["--lang", "en", "compare", "old.json", "old.json"]);
    ended(&output, 0);
    assert!(text(&output.stdout).contains("the two versions do not differ"), "{}", text(&output.stdout));
    let output = folder.run(&["compare", "old.xml", "new.json", "--json"]);
    ended(&output, 0);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["finish"]["days"], &answer["added"]), (&json!(-2), &json!([])));
}

#[test]
fn what_cannot_be_read_is_refused_by_its_name() {
    let folder = versions();
    folder.write("broken.json", "{\n\"project\": {");
    let mut circle = plan(2);
    circle["links"].as_array_mut().unwrap().push(json!({"pred": 2, "succ": 1}));
    folder.write("circle.json", &circle.to_string());
    for (old, new, wanted) in [("old.json", "broken.json", "broken.json: line 2"), ("circle.json", "new.json", "circle.json: ")] {
        let output = folder.run(&["--lang", "en", "compare", old, new]);
        ended(&output, 1);
        assert!(text(&output.stderr).contains(wanted) && output.stdout.is_empty(), "{}", text(&output.stderr));
    }
    let output = folder.run(&["compare", "circle.json", "new.json", "--json"]);
    ended(&output, 1);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["problems"][0]["code"], "cycle");
    ended(&folder.run(&["compare", "old.json", "none.json"]), 3);
    ended(&folder.run(&["compare", "old.json"]), 2);
}
