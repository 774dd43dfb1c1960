//! Real public lists, where the shared data are at hand: `LANTU_SHARED` or `../shared` beside the repository.
use jiff::civil::Date;
use lantu_exchange::{Defaults, DraftValue, Limits, RowDraft, RowKind, Vocabulary, choose_sheet, propose, read_rows, read_workbook};
use std::path::PathBuf;

fn shared(path: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("LANTU_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from)
        .join("data")
        .join(path);
    match std::fs::read(&root) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            eprintln!("SKIPPED: {} is not there", root.display());
            None
        }
    }
}

fn drafts(name: &str, bytes: &[u8], words: &Vocabulary) -> Vec<RowDraft> {
    let workbook = read_workbook(name, bytes, Limits::default()).unwrap();
    let (_, sheet, header) = choose_sheet(&workbook, words).unwrap();
    let mapping = propose(&sheet, &header, &[&sheet.name], words, &[], 2026);
    let defaults = Defaults { national_codes: false, ..Defaults::new(2026, Date::constant(2026, 5, 18)) };
    read_rows(&sheet, &header, &mapping, &defaults)
}

#[test]
fn the_united_kingdoms_major_projects() {
    let Some(bytes) = shared("uk/gmpp_2024-25_sample.csv") else { return };
    let drafts = drafts("gmpp.csv", &bytes, &Vocabulary::new(&[], &[], &[]));
    let data: Vec<&RowDraft> = drafts.iter().filter(|d| d.kind == RowKind::Data).collect();
    assert_eq!(data.len(), bytes.split(|b| *b == b'\n').filter(|l| !l.is_empty()).count() - 1);
    assert!(data.iter().all(|d| !d.blocked()), "{:?}", data.iter().flat_map(|d| &d.problems).next());
    let campus = data.iter().find(|d| d.text("name") == Some("Manchester Digital Campus")).unwrap();
    // £1443.7 million.
    assert_eq!(campus.money("total_investment").map(|m| m.fen()), Some(144_370_000_000));
    assert_eq!(campus.fields["code"].value, DraftValue::Codes(vec!["CO_0438_2425-Q3".into()]));
}

#[test]
fn new_yorks_capital_projects_as_delimited_text() {
    let Some(bytes) = shared("nyc/nyc_capital_projects_fy2021_search_dev.json") else { return };
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_slice(&bytes).unwrap();
    let keys = ["project_id", "project_description", "managing_agency", "combined_total", "scope_summary"];
    let field = |v: &serde_json::Value| format!("\"{}\"", v.as_str().map_or_else(|| v.to_string(), str::to_owned).replace('"', "\"\""));
    let mut csv = keys.join(",").replace("combined_total", "combined_total ($ thousands)") + "\n";
    for row in &rows {
        csv += &(keys.iter().map(|k| field(&row[*k])).collect::<Vec<_>>().join(",") + "\n");
    }
    let drafts = drafts("nyc.csv", csv.as_bytes(), &Vocabulary::new(&[], &[], &[]));
    let data: Vec<&RowDraft> = drafts.iter().filter(|d| d.kind == RowKind::Data).collect();
    assert_eq!(data.len(), rows.len());
    let first = data[0];
    assert_eq!(first.text("name"), Some("DYKER INTERIOR RENOVATION"));
    assert_eq!(first.money("total_investment").map(|m| m.fen()), Some(165_700_000));
    // Two numbers stand twice in the register itself, under different names; nothing else is in the way.
    let blocked: Vec<&str> = data.iter().filter(|d| d.blocked()).flat_map(|d| &d.problems).map(|p| p.problem.code.as_str()).collect();
    assert_eq!(blocked, ["code_of_other_row", "code_of_other_row"]);
}
