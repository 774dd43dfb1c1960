//! Other countries' data through the `generic` pack, read by its saved mappings.
use crate::bureau::Bureau;
use lantu_app::import_list::{FileOptions, PreviewReport, commit_file, preview_file, start_import};
use serde_json::Value;
use std::path::PathBuf;

/// A file of the sample data, which is not part of this repository.
fn shared(path: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let file = std::env::var_os("LANTU_SHARED").map_or_else(beside, PathBuf::from).join("data").join(path);
    if file.is_file() {
        return Some(file);
    }
    assert!(std::env::var_os("CI").is_none_or(|v| v.is_empty() || v == "false"), "no {} under CI", file.display());
    eprintln!("skipped: foreign lists, no {}", file.display());
    None
}

/// Records as delimited text, quoted where need be; columns in the order of the first record.
fn csv(records: &[Value]) -> Vec<u8> {
    let quoted = |text: String| format!("\"{}\"", text.replace('"', "\"\""));
    let keys: Vec<&String> = records[0].as_object().unwrap().keys().collect();
    let cell = |r: &Value, k: &str| match &r[k] {
        Value::Null => String::new(),
        Value::String(s) => quoted(s.clone()),
        other => other.to_string(),
    };
    let mut lines = vec![keys.iter().map(|k| k.as_str()).collect::<Vec<_>>().join(",")];
    lines.extend(records.iter().map(|r| keys.iter().map(|k| cell(r, k)).collect::<Vec<_>>().join(",")));
    lines.join("\n").into_bytes()
}

/// What is said of the sheet, by code.
fn count(report: &PreviewReport, code: &str) -> usize {
    report.problems.iter().filter(|p| p.code == code).count()
}

fn codes(report: &PreviewReport) -> std::collections::BTreeMap<(String, &str), usize> {
    report.problems.iter().fold(Default::default(), |mut all, p| {
        *all.entry((format!("{:?}", p.severity), p.code.as_str())).or_default() += 1;
        all
    })
}

async fn in_then_again(b: &Bureau, name: &str, bytes: &[u8]) -> PreviewReport {
    let options = FileOptions::default();
    let state = start_import(&b.desk, b.ask(), name, bytes.to_vec()).await.unwrap();
    assert_eq!(state.mapping_from, "template", "the pack's saved mapping reads it");
    let preview = preview_file(&b.desk, b.ask(), name, bytes.to_vec(), &options).await.unwrap();
    let (done, feed) = commit_file(&b.desk, b.ask(), name, bytes.to_vec(), &options).await.unwrap();
    assert_eq!((done.rows, done.adds, done.blocked), (preview.rows, preview.adds, preview.blocked));
    assert!(feed.is_some());
    let again = preview_file(&b.desk, b.ask(), name, bytes.to_vec(), &options).await.unwrap();
    assert_eq!((again.adds, again.changes), (0, 0), "{:?}", codes(&again));
    assert_eq!(again.unchanged, done.adds);
    done
}

fn project<'a>(report: &'a PreviewReport, code: &str) -> &'a lantu_app::import_list::view::ReportedProject {
    report.projects.iter().find(|p| p.code.as_deref() == Some(code)).unwrap_or_else(|| panic!("no {code}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn uk_major_projects() {
    let Some(file) = shared("uk/gmpp_2024-25_sample.csv") else { return };
    let b = Bureau::open_with("generic", "uk").await;
    let report = in_then_again(&b, "gmpp_2024-25_sample.csv", &std::fs::read(file).unwrap()).await;
    println!("{:?}", codes(&report));
    assert_eq!((report.rows, report.adds, report.blocked), (34, 34, 0), "{:#?}", report.problems);
    assert_eq!(project(&report, "CO_0438_2425-Q3").total_investment_fen, Some(144_370_000_000), "1443.7 million pounds");
    assert_eq!(project(&report, "BEIS_0233_2223-Q4").total_investment_fen, None, "a blank is not nought");
    let sum: i64 = report.projects.iter().filter_map(|p| p.total_investment_fen).sum();
    assert!(sum > 20_000_000_000_000, "{sum}");
    assert_eq!(count(&report, "code_malformed") + count(&report, "code_old_form"), 0, "their numbers are not ours to judge");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_york_capital_projects() {
    let Some(file) = shared("nyc/nyc_capital_projects_fy2021_dev.geojson") else { return };
    let all: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let records: Vec<Value> = all["features"].as_array().unwrap().iter().map(|f| f["properties"].clone()).collect();
    let b = Bureau::open_with("generic", "nyc").await;
    let report = in_then_again(&b, "nyc_capital_projects.csv", &csv(&records)).await;
    println!("{:?}", codes(&report));
    assert_eq!((report.rows, records.len()), (1_400, 1_400));
    assert_eq!(
        report.blocked,
        repeats(&records),
        "{:#?}",
        report.problems.iter().filter(|p| p.severity == lantu_model::Severity::Block).collect::<Vec<_>>()
    );
    let dyker = project(&report, "LBC17DRBR");
    assert_eq!((dyker.total_investment_fen, dyker.division.as_deref()), (Some(165_700_000), Some("NYC-BK")), "thousands of dollars");
    let sum: i64 = report.projects.iter().filter_map(|p| p.total_investment_fen).sum();
    assert_eq!(sum, total(&records) * 100_000, "no dollar is lost");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_york_search_records() {
    let Some(file) = shared("nyc/nyc_capital_projects_fy2021_search_dev.json") else { return };
    let records: Vec<Value> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let b = Bureau::open_with("generic", "nyc").await;
    let report = in_then_again(&b, "nyc_capital_projects_search.csv", &csv(&records)).await;
    println!("{:?}", codes(&report));
    assert_eq!(report.rows, 3_587);
    assert_eq!(report.blocked, repeats(&records));
}

/// Records that are the first of their number, or have none.
fn firsts(records: &[Value]) -> impl Iterator<Item = &Value> {
    let mut seen = std::collections::HashSet::new();
    records.iter().filter(move |r| r["project_id"].as_str().is_none_or(|id| seen.insert(id.to_owned())))
}

fn repeats(records: &[Value]) -> usize {
    records.len() - firsts(records).count()
}

/// Thousands of dollars.
fn total(records: &[Value]) -> i64 {
    firsts(records).map(|r| r["combined_total"].as_i64().unwrap_or(0)).sum()
}
