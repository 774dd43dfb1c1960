//! Sheets that state their own outcome: those of `cases/import`, which any reader must get right, and those of
//! `cases/import/register`, which are about projects that are known already.
//!
//! Whatever the sheet, the figures add up, nothing is said twice at a cell, and everything is said in both languages.
#[expect(dead_code, reason = "what a case states about reading alone is judged where reading lives")]
#[path = "../../../exchange/tests/build/mod.rs"]
mod build;

use crate::bureau::Bureau;
use build::Case;
use jiff::civil::Date;
use lantu_app::{
    AppError, Ask,
    import_list::{FileOptions, ImportState, PreviewReport, commit_file, import_rows, preview_file, start_import},
};
use lantu_model::{Severity, words::Lang};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use toml::{Table, Value};

const FEWEST: usize = 25;

/// What the application makes of a sheet.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    refused: Option<String>,
    #[serde(default)]
    rows: usize,
    #[serde(default)]
    adds: usize,
    #[serde(default)]
    changes: usize,
    #[serde(default)]
    unchanged: usize,
    #[serde(default)]
    blocked: usize,
    /// All that block or warn; notes only where they are named.
    #[serde(default)]
    problems: Vec<String>,
    #[serde(default)]
    projects: Vec<BTreeMap<String, Value>>,
    /// `ROW field: before → after`; `None`: not judged.
    shown: Option<Vec<String>>,
    /// `kind:year`, or `-` for none.
    list: Option<String>,
    mapping_from: Option<String>,
    /// Column letter → field.
    #[serde(default)]
    columns: BTreeMap<String, String>,
}

/// A case about the register: sheets that were taken in before, then the one it is about.
struct RegisterCase {
    pack: String,
    place: String,
    before: Vec<Case>,
    sheet: Case,
    outcome: Outcome,
}

impl RegisterCase {
    fn read(text: &str) -> Self {
        let mut table: Table = toml::from_str(text).unwrap();
        let mut word = |key: &str, usual: &str| table.remove(key).map_or(usual.to_owned(), |v| v.as_str().unwrap().to_owned());
        let (pack, place) = (word("pack", "cn-county"), word("place", "demo"));
        let outcome = table.remove("expect").expect("[expect]").try_into().unwrap();
        let today = table["today"].clone();
        let before = table.remove("before").map_or(vec![], |v| v.as_array().unwrap().clone());
        let before = before.into_iter().map(|v| as_case(v.as_table().unwrap().clone(), &today)).collect();
        Self { pack, place, before, sheet: as_case(table, &today), outcome }
    }
}

fn as_case(mut table: Table, today: &Value) -> Case {
    table.insert("expect".into(), Value::Table(Table::new()));
    table.entry("about").or_insert_with(|| Value::String(String::new()));
    table.entry("today").or_insert_with(|| today.clone());
    table.try_into().unwrap()
}

fn paths(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/import").join(folder);
    let files = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())).map(|e| e.unwrap().path());
    let mut paths: Vec<PathBuf> = files.filter(|p| p.extension().is_some_and(|e| e == "toml")).collect();
    paths.sort();
    paths
}

/// The file of a case, built.
pub fn file_of(case: &str) -> (String, Vec<u8>) {
    let path = paths("").into_iter().find(|p| stem(p) == case).unwrap_or_else(|| panic!("no case {case}"));
    let case: Case = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    (case.file.clone(), case.bytes())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// What differs from what a case states.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn same(&mut self, what: &str, got: impl ToString, want: impl ToString) {
        let (got, want) = (got.to_string(), want.to_string());
        if got != want {
            self.0.push(format!("{what}\n    got  {got}\n    want {want}"));
        }
    }
    fn holds(&mut self, what: impl ToString, holds: bool) {
        if !holds {
            self.0.push(what.to_string());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_hostile_sheet_comes_out_as_it_states() {
    let (cases, known) = (paths(""), paths("register"));
    assert!(cases.len() >= FEWEST, "only {} cases in cases/import", cases.len());
    assert!(known.len() >= FEWEST, "only {} cases in cases/import/register", known.len());
    let mut failures = vec![];
    for path in &cases {
        let case: Case = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", stem(path)));
        failures.extend(judge_case(&case).await.0.into_iter().map(|d| format!("{}: {d}", stem(path))));
    }
    for path in &known {
        let case = RegisterCase::read(&fs::read_to_string(path).unwrap());
        failures.extend(judge_register_case(&case).await.0.into_iter().map(|d| format!("register/{}: {d}", stem(path))));
    }
    println!("{} sheets, {} of them on a known register", cases.len() + known.len(), known.len());
    assert!(failures.is_empty(), "{} differences:\n{}", failures.len(), failures.join("\n"));
}

/// A case that says nothing of the register is held to what it states of reading.
async fn judge_case(case: &Case) -> Differences {
    let mut d = Differences::default();
    let b = Bureau::open().await;
    let report = preview(&b, case, case.bytes(), &mut d).await;
    let refused = case.expect.refused.clone().or_else(|| case.expect.no_table.then(|| "no_table".to_owned()));
    let stated: Option<Outcome> = case.expect.app.clone().map(|v| v.try_into().unwrap());
    match (report, stated) {
        (Err(code), _) => d.same("refused", code, refused.unwrap_or_default()),
        (Ok(report), Some(outcome)) => compare(&report, &outcome, &mut d),
        (Ok(report), None) => {
            d.same("refused", "nothing", refused.unwrap_or_else(|| "nothing".into()));
            d.same("rows", report.rows, case.expect.rows);
            d.holds(format!("blocked {} of at least {}", report.blocked, case.expect.blocked), report.blocked >= case.expect.blocked);
            let found = findings(&report, &case.expect.problems);
            let missing: Vec<&String> = case.expect.problems.iter().filter(|p| !found.contains(*p)).collect();
            d.holds(format!("missing {missing:?}"), missing.is_empty());
            let of_register = ["unknown_town", "several_towns", "repeats_register", "stage_lacks_date"];
            let extra: Vec<&String> =
                found.iter().filter(|p| !case.expect.problems.contains(p) && !of_register.iter().any(|c| p.ends_with(c))).collect();
            d.holds(format!("not stated {extra:?}"), extra.is_empty());
        }
    }
    d
}

async fn judge_register_case(case: &RegisterCase) -> Differences {
    let mut d = Differences::default();
    let b = Bureau::open_with(&case.pack, &case.place).await;
    for before in &case.before {
        let done = commit_file(&b.desk, b.ask_on(before.today), &before.file, before.bytes(), &FileOptions::default()).await;
        let (report, feed) = done.unwrap_or_else(|e| panic!("{}: {e:?}", before.file));
        d.holds(format!("{} wrote nothing: {:#?}", before.file, report.problems), feed.is_some());
    }
    let bytes = case.sheet.bytes();
    match preview(&b, &case.sheet, bytes.clone(), &mut d).await {
        Err(code) => d.same("refused", code, case.outcome.refused.clone().unwrap_or_default()),
        Ok(report) => {
            compare(&report, &case.outcome, &mut d);
            let state = start_import(&b.desk, b.ask_on(case.sheet.today), &case.sheet.file, bytes).await.unwrap();
            compare_state(&b, case, &state, &mut d).await;
        }
    }
    d
}

/// The preview in Chinese, checked for what must hold of any preview in any language.
async fn preview(b: &Bureau, case: &Case, bytes: Vec<u8>, d: &mut Differences) -> Result<PreviewReport, String> {
    let mut reports = vec![];
    for lang in [Lang::En, Lang::Zh] {
        let ask = Ask { lang, ..b.ask_on(case.today) };
        match preview_file(&b.desk, ask, &case.file, bytes.clone(), &FileOptions::default()).await {
            Ok(report) => {
                sound(&report, d);
                reports.push(report);
            }
            Err(AppError::Refused(refusal)) => {
                for p in &refusal.unmet {
                    let said = lantu_app::view::ProblemView::say_plainly(p, lang);
                    d.holds(
                        format!("words of {}: {} / {}", p.code, said.title, said.remedy),
                        is_said(&said.title) && is_said(&said.remedy),
                    );
                }
                let codes: Vec<&str> = refusal.unmet.iter().map(|p| p.code.as_str()).collect();
                if lang == Lang::Zh {
                    return Err(codes.join(" "));
                }
            }
            Err(other) => panic!("{}: {other:?}", case.file),
        }
    }
    d.same("languages", findings(&reports[0], &[]).len(), findings(&reports[1], &[]).len());
    Ok(reports.swap_remove(1))
}

fn is_said(text: &str) -> bool {
    !text.is_empty() && !text.contains('{') && !text.contains('}') && !text.ends_with([':', '：'])
}

fn sound(report: &PreviewReport, d: &mut Differences) {
    d.same("sum of outcomes", report.adds + report.changes + report.unchanged + report.blocked, report.rows);
    d.same("projects", report.projects.len(), report.rows - report.blocked);
    let mut seen = BTreeSet::new();
    for p in &report.problems {
        d.holds(format!("said twice: {} {}", p.cell, p.code), seen.insert((&p.sheet, &p.cell, &p.code)));
        d.holds(format!("words of {p:?}"), is_said(&p.message) && is_said(&p.remedy) && p.message != p.code.replace('_', " "));
    }
}

fn findings(report: &PreviewReport, stated: &[String]) -> BTreeSet<String> {
    let all = report.problems.iter().map(|p| (p.severity, format!("{} {} {}", p.cell, severity(p.severity), p.code)));
    all.filter(|(s, text)| *s != Severity::Info || stated.contains(text)).map(|(_, text)| text).collect()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "block",
        Severity::Warn => "warn",
        Severity::Info => "info",
    }
}

fn compare(report: &PreviewReport, want: &Outcome, d: &mut Differences) {
    d.same("refused", "nothing", want.refused.clone().unwrap_or_else(|| "nothing".into()));
    let counts = |r, a, c, u, b| format!("{r} rows: {a} new, {c} changed, {u} unchanged, {b} blocked");
    d.same(
        "counts",
        counts(report.rows, report.adds, report.changes, report.unchanged, report.blocked),
        counts(want.rows, want.adds, want.changes, want.unchanged, want.blocked),
    );
    let found = findings(report, &want.problems);
    let wanted: BTreeSet<String> = want.problems.iter().cloned().collect();
    for extra in found.difference(&wanted) {
        let p = report.problems.iter().find(|p| extra.starts_with(&format!("{} ", p.cell)) && extra.ends_with(&p.code));
        d.same("problem", format!("{extra} ({})", p.map_or("", |p| &p.message)), "nothing");
    }
    for missing in wanted.difference(&found) {
        d.same("problem", "nothing", missing);
    }
    for project in &want.projects {
        let name = project["name"].as_str().unwrap();
        let Some(got) = report.projects.iter().find(|p| p.name == name) else {
            d.same("project", "none", name);
            continue;
        };
        let got = serde_json::to_value(got).unwrap();
        for (key, value) in project {
            let plain = |text: String| text.trim_matches('"').to_owned();
            let shown = if got[key].is_null() { String::new() } else { plain(got[key].to_string()) };
            d.same(&format!("{key} of {name}"), shown, plain(value.to_string()));
        }
    }
}

async fn compare_state(b: &Bureau, case: &RegisterCase, state: &ImportState, d: &mut Differences) {
    let want = &case.outcome;
    let c = state.counts;
    d.same(
        "counts of the kept file",
        format!("{:?}", [c.rows, c.adds, c.changes, c.unchanged, c.blocked]),
        format!("{:?}", [want.rows, want.adds, want.changes, want.unchanged, want.blocked]),
    );
    if let Some(list) = &want.list {
        d.same("list", state.list.as_ref().map_or("-".into(), |l| format!("{}:{}", l.kind, l.year)), list);
    }
    if let Some(from) = &want.mapping_from {
        d.same("mapping from", &state.mapping_from, from);
    }
    for (letter, field) in &want.columns {
        let column = state.columns.iter().find(|c| &c.letter == letter);
        d.same(&format!("column {letter}"), column.and_then(|c| c.field.clone()).unwrap_or_default(), field);
    }
    if let Some(shown) = &want.shown {
        let rows = import_rows(&b.desk, b.ask_on(case.sheet.today), &state.id, 0, 1_000).await.unwrap().rows;
        let plain = |v: &serde_json::Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
        let got = rows.iter().flat_map(|r| r.changes.iter().map(move |c| (r.row, c)));
        let got: Vec<String> = got.map(|(row, c)| format!("{row} {}: {} → {}", c.field, plain(&c.before), plain(&c.after))).collect();
        d.same("changes shown", got.join("\n"), shown.join("\n"));
    }
}

/// The day on which a case is read stands in the file, so that no case changes its meaning with the calendar.
#[test]
fn every_case_names_its_day() {
    for path in paths("").into_iter().chain(paths("register")) {
        let table: Table = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let day: Result<Date, _> = table["today"].to_string().parse();
        assert!(day.is_ok(), "{}", path.display());
    }
}
