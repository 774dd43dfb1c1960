//! The case files of `cases/compare`: for each kind of change two versions made by hand, and all that is to be found.
use lantu_planfile::{Plan, Version, compare, json};
use lantu_schedule::{Tongue, check};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

fn folders() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/compare");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders
}

fn plan(folder: &Path, name: &str) -> Plan {
    let bytes = std::fs::read(folder.join(name)).unwrap();
    json::read(&bytes).unwrap_or_else(|e| panic!("{}: {e}", folder.display())).plans.remove(0)
}

/// A value as the cases write it.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(o) if o.contains_key("kind") => format!("{} {}", said(&o["kind"]), said(&o["date"])),
        Value::Object(o) if o.contains_key("lag") && o["lag"]["min"] == 0 => said(&o["type"]),
        Value::Object(o) if o.contains_key("lag") => format!("{} {}", said(&o["type"]), o["lag"]["min"]),
        other => other.to_string(),
    }
}

fn words(parts: &[String]) -> String {
    parts.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

fn list<'a>(found: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    found[key].as_array().into_iter().flatten()
}

/// Facts, and what is computed, of every row.
fn fields(found: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    const COMPUTED: [&str; 8] = ["start", "finish", "late_start", "late_finish", "total_float", "free_float", "critical", "longest_path"];
    let (mut facts, mut dates) = (BTreeSet::new(), BTreeSet::new());
    for (row, field) in list(found, "changed").flat_map(|row| list(row, "fields").map(move |f| (row, f))) {
        let name = field["field"].as_str().unwrap();
        let optional = |key: &str| field[key].as_str().unwrap_or_default().to_owned();
        let change = format!("{} → {}", said(&field["before"]), said(&field["after"]));
        let line = words(&[row["uid"].to_string(), name.to_owned(), optional("resource"), change, optional("concern")]);
        if COMPUTED.contains(&name) { &mut dates } else { &mut facts }.insert(line);
    }
    (facts, dates)
}

fn link(link: &Value) -> String {
    let tie = match link["change"].as_str().unwrap() {
        "added" => said(&link["after"]),
        "deleted" => said(&link["before"]),
        _ => format!("{} → {}", said(&link["before"]), said(&link["after"])),
    };
    words(&[said(&link["change"]), link["predecessor"]["uid"].to_string(), link["successor"]["uid"].to_string(), tie])
}

fn calendar(c: &Value) -> String {
    let days: Vec<String> = list(c, "days").map(|d| d["weekday"].to_string()).collect();
    let spans = |key: &str| list(c, key).map(|e| format!("{}..{}", said(&e["from"]), said(&e["to"]))).collect::<Vec<_>>().join(" ");
    let (added, removed) = (spans("exceptions_added"), spans("exceptions_removed"));
    let weeks = format!("{} {}", c["week_before"], c["week_after"]);
    let days = format!("days {}", days.join(","));
    words(&[said(&c["change"]), said(&c["name"]), weeks, days, format!("added {added}"), format!("removed {removed}")])
}

fn suspicions(found: &Value) -> BTreeSet<String> {
    let case = |code: &Value, case: &Value| {
        let uid = |row: &Value| row["uid"].as_i64().map(|uid| uid.to_string()).unwrap_or_default();
        // A link that is there is named by both its ends, one that is gone by who waited.
        let gone = said(code) == "driving_link_deleted";
        let predecessor = if gone { String::new() } else { uid(&case["predecessor"]) };
        words(&[said(code), predecessor, uid(&case["row"]), case["calendar"].as_str().unwrap_or_default().to_owned()])
    };
    list(found, "suspicions").flat_map(|s| list(s, "cases").map(|c| case(&s["code"], c)).collect::<Vec<_>>()).collect()
}

fn lines(expected: &Value, key: &str) -> BTreeSet<String> {
    list(expected, key).map(said).collect()
}

#[test]
fn every_kind_of_change_is_found_and_nothing_else() {
    let mut wrong = vec![];
    let mut seen = BTreeSet::new();
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let expected: Value = serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
        assert!(expected["shows"].as_str().is_some_and(|s| !s.is_empty()), "{name} says what it shows");
        let (old, new) = (plan(&folder, "old.json"), plan(&folder, "new.json"));
        let comparison = compare(&old, &new).unwrap_or_else(|e| panic!("{name}: {e}"));
        let found = comparison.to_json(&old, &new, Tongue::English);
        seen.extend(comparison.suspicions.iter().map(|s| s.code));
        let (facts, dates) = fields(&found);
        let uids = |key: &str| list(&found, key).map(|row| row["uid"].to_string()).collect::<BTreeSet<_>>();
        let change = |c: &Value| format!("{} {} → {}", said(&c["setting"]), said(&c["before"]), said(&c["after"]));
        let exact = [
            ("facts", facts),
            ("added", uids("added")),
            ("deleted", uids("deleted")),
            ("links", list(&found, "links").map(link).collect()),
            ("calendars", list(&found, "calendars").map(calendar).collect()),
            ("settings", list(&found, "settings").map(change).collect()),
            ("suspicions", suspicions(&found)),
        ];
        let mut hold = |key: &str, found: String, wanted: String| {
            if found != wanted {
                wrong.push(format!("{name} {key}:\n  found  {found}\n  wanted {wanted}"));
            }
        };
        for (key, found) in exact {
            hold(key, format!("{found:?}"), format!("{:?}", lines(&expected, key)));
        }
        let missing: Vec<String> = lines(&expected, "dates").into_iter().filter(|d| !dates.contains(d)).collect();
        hold("dates", format!("missing {missing:?} of {dates:?}"), format!("missing [] of {dates:?}"));
        hold("finish_days", found["finish"]["days"].to_string(), expected["finish_days"].to_string());
        let matched =
            |m: &Value| m.as_object().unwrap().iter().filter(|(_, n)| **n != 0).map(|(k, n)| format!("{k} {n}")).collect::<Vec<_>>();
        hold("matched", matched(&found["matched"]).join(", "), matched(&expected["matched"]).join(", "));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unseen: Vec<_> = lantu_planfile::Suspicion::CODES.into_iter().filter(|c| !seen.contains(c)).collect();
    assert!(unseen.is_empty(), "no case for {unseen:?}");
}

#[test]
fn the_checker_agrees_with_the_dates_of_the_cases() {
    for folder in folders() {
        for name in ["old.json", "new.json"] {
            let plan = plan(&folder, name);
            let version = Version::of(&plan).unwrap();
            let breaches = check(&version.network, &version.schedule);
            assert!(breaches.is_empty(), "{}/{name}: {breaches:?}", folder.display());
        }
    }
}
