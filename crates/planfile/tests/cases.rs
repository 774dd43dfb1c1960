//! The case files of `cases/schedule`: dates counted by hand, each with the rule it shows; and everything that is refused.
use lantu_planfile::{Plan, json};
use lantu_schedule::{Instant, Problem, Row, Span, Tongue, check, longest_path, schedule};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn cases(folder: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/schedule").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let read = |file: PathBuf| {
        let document = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        (file.file_stem().unwrap().to_string_lossy().into_owned(), document)
    };
    files.into_iter().map(read).collect()
}

/// Where a row says something else than is expected of it; only what is expected is compared.
fn differences(plan: &Plan, rows: &[Row], longest: &[bool], expected: &Value, summary: bool) -> Vec<String> {
    let mut found = vec![];
    for wanted in expected.as_array().into_iter().flatten() {
        let uid = wanted["uid"].as_i64().unwrap();
        let at = plan.find(uid, summary).unwrap_or_else(|| panic!("no {uid}"));
        let row = &rows[at.at()];
        let date = |key: &str, value: Instant| (key.to_owned(), value.to_string());
        let span = |key: &str, value: Span| (key.to_owned(), value.as_minutes().to_string());
        let given = [
            date("es", row.early_start),
            date("ef", row.early_finish),
            date("ls", row.late_start),
            date("lf", row.late_finish),
            date("start", row.start),
            date("finish", row.finish),
            span("tf", row.total_float),
            span("ff", row.free_float),
            ("critical".to_owned(), row.critical.to_string()),
            ("longest_path".to_owned(), longest[at.at()].to_string()),
        ];
        for (key, given) in given.iter().filter(|(key, _)| !wanted[key].is_null()) {
            let wanted = wanted[key].to_string().trim_matches('"').to_owned();
            if *given != wanted {
                found.push(format!("{uid} {key}: {given}, not {wanted}"));
            }
        }
    }
    found
}

#[test]
fn right_cases_have_the_dates_counted_by_hand() {
    let cases = cases("right");
    assert!(cases.len() >= 70, "{} cases", cases.len());
    let mut wrong = vec![];
    for (name, case) in &cases {
        assert!(["shows", "source"].iter().all(|key| case[key].as_str().is_some_and(|s| !s.is_empty())), "{name} says what it shows");
        let plan = json::read(case.to_string().as_bytes()).unwrap_or_else(|e| panic!("{name}: {e}")).plans.remove(0);
        let network = plan.network();
        let dates = schedule(&network).unwrap_or_else(|p| panic!("{name}: {}", p[0]));
        let expected = &case["expected"];
        let longest = longest_path(&network, &dates);
        let mut found = differences(&plan, &dates.rows, &longest, &expected["activities"], false);
        found.extend(differences(&plan, &dates.rows, &longest, &expected["summaries"], true));
        if let Some(finish) = expected["project_finish"].as_str().filter(|f| *f != dates.finish.to_string()) {
            found.push(format!("finish {}, not {finish}", dates.finish));
        }
        found.extend(check(&network, &dates).iter().map(ToString::to_string));
        wrong.extend(found.iter().map(|f| format!("{name}: {f}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn wrong_cases_are_refused_by_their_code() {
    let mut seen = BTreeSet::new();
    for (name, case) in &cases("wrong") {
        let refused = &case["refused"];
        let code = refused["code"].as_str().unwrap();
        seen.insert(code.to_owned());
        match json::read(case.to_string().as_bytes()) {
            Err(read) => {
                let codes: Vec<_> = read.problems.iter().map(|p| p.code).collect();
                assert_eq!(codes, [code], "{name}");
            }
            Ok(file) => {
                let problems = schedule(&file.plans[0].network()).expect_err(name);
                assert_eq!(problems[0].code, code, "{name}: {:?}", problems[0]);
                let mut activities = problems[0].activities.clone();
                if code == "cycle" {
                    // A loop begins anywhere.
                    let first = activities.iter().enumerate().min_by_key(|(_, uid)| **uid).map_or(0, |(i, _)| i);
                    activities.rotate_left(first);
                }
                if let Some(wanted) = refused["activities"].as_array() {
                    assert_eq!(activities, wanted.iter().map(|v| v.as_i64().unwrap()).collect::<Vec<_>>(), "{name}");
                }
                assert!(problems[0].say(Tongue::Chinese).ends_with('。'));
            }
        }
    }
    // What a file cannot say at all: its readers refuse it in their own words, or see to it.
    let unsayable = ["assignment_not_finite", "duplicate_uid", "parent_not_summary"];
    let missing: Vec<_> = Problem::CODES.iter().filter(|c| !seen.contains(**c) && !unsayable.contains(c)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}
