//! Hostile sheets: each file in `cases/import` builds one, states what must come of it, and is held to it.
mod build;

use build::Case;
use lantu_exchange::{
    Defaults, DraftValue, FieldDraft, Limits, RowDraft, RowKind, Vocabulary, choose_sheet, column_letters, propose, read_rows,
    read_workbook,
};
use lantu_model::{FormalityState, Severity};
use std::{collections::BTreeSet, fs, path::Path};

const FEWEST: usize = 25;

#[test]
fn every_hostile_sheet_comes_out_as_it_states() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/import");
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    assert!(paths.len() >= FEWEST, "only {} cases in {}", paths.len(), folder.display());
    let mut failures = vec![];
    for path in &paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let case: Case = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        failures.extend(differences(&case).into_iter().map(|d| format!("{name}: {d}")));
    }
    assert!(failures.is_empty(), "{} differences:\n{}", failures.len(), failures.join("\n"));
}

fn vocabulary() -> Vocabulary {
    let fields = [("formality:eia", "环评"), ("formality:filing", "备案"), ("formality:construction", "施工许可")];
    let fields: Vec<(String, Vec<String>)> = fields.iter().map(|(f, w)| ((*f).to_owned(), vec![(*w).to_owned()])).collect();
    let lists = [("city_key".to_owned(), vec!["重点建设项目".to_owned(), "重点项目".to_owned()])];
    Vocabulary::new(&fields, &[], &lists)
}

fn differences(case: &Case) -> Vec<String> {
    let mut out = vec![];
    let expect = &case.expect;
    let bytes = case.bytes();
    let workbook = match read_workbook(&case.file, &bytes, Limits::default()) {
        Err(refusal) => {
            if expect.refused.as_deref() != Some(refusal.code) {
                out.push(format!("refused with {}, expected {:?}", refusal.code, expect.refused));
            }
            if !lantu_model::words::has_words(refusal.code) {
                out.push(format!("{} has no words", refusal.code));
            }
            return out;
        }
        Ok(workbook) => workbook,
    };
    if let Some(refused) = &expect.refused {
        return vec![format!("was read, expected {refused}")];
    }
    let words = vocabulary();
    let Some((_, sheet, header)) = choose_sheet(&workbook, &words) else {
        if !expect.no_table {
            out.push("no table was found".to_owned());
        }
        return out;
    };
    if expect.no_table {
        return vec!["a table was found".to_owned()];
    }
    let mapping = propose(&sheet, &header, &[&sheet.name, &workbook.name], &words, &[], case.today.year());
    let drafts = read_rows(&sheet, &header, &mapping, &Defaults::new(mapping.year, case.today));
    let mut same = |what: &str, got: String, want: String| {
        if got != want {
            out.push(format!("{what}\n    got  {got}\n    want {want}"));
        }
    };
    if let Some(name) = &expect.sheet {
        same("sheet", sheet.name.clone(), name.clone());
    }
    let data: Vec<&RowDraft> = drafts.iter().filter(|d| d.kind == RowKind::Data).collect();
    same("rows", data.len().to_string(), expect.rows.to_string());
    if let Some(app) = &expect.app {
        same("rows as the application counts", app["rows"].to_string(), expect.rows.to_string());
    }
    same("blocked", data.iter().filter(|d| d.blocked()).count().to_string(), expect.blocked.to_string());
    if let Some(kinds) = &expect.kinds {
        same("kinds", drafts.iter().map(|d| letter(d.kind)).collect(), kinds.clone());
    }
    for (letters, want) in &expect.columns {
        let column = mapping.columns.iter().find(|c| &column_letters(c.index) == letters);
        let got = column.map(|c| format!("{} {}", c.field.as_deref().unwrap_or("-"), c.unit.as_ref().map_or("", |u| u.word())));
        same(&format!("column {letters}"), got.unwrap_or_default().trim().to_owned(), want.clone());
    }
    let found: BTreeSet<String> = drafts
        .iter()
        .flat_map(|d| &d.problems)
        .map(|p| format!("{} {} {}", p.cell, severity(p.problem.severity), p.problem.code))
        .filter(|p| !p.contains(" info ") || expect.problems.contains(p))
        .collect();
    let wanted: BTreeSet<String> = expect.problems.iter().cloned().collect();
    for extra in found.difference(&wanted) {
        same("problem", extra.clone(), "nothing".to_owned());
    }
    for missing in wanted.difference(&found) {
        same("problem", "nothing".to_owned(), missing.clone());
    }
    for code in drafts.iter().flat_map(|d| &d.problems).map(|p| &p.problem.code) {
        same(
            "words",
            lantu_model::words::has_words(code).to_string(),
            format!("true{}", if lantu_model::words::has_words(code) { "" } else { code }),
        );
    }
    for project in &expect.projects {
        let Some(draft) = drafts.get(project.row - 1) else {
            same("row", "nothing".to_owned(), project.row.to_string());
            continue;
        };
        if let Some(group) = &project.group {
            same(&format!("group of row {}", project.row), draft.group.clone().unwrap_or_default(), group.clone());
        }
        for (field, want) in &project.fields {
            let got = draft.fields.get(field).map(said).unwrap_or_default();
            let want = want.as_str().map_or_else(|| want.to_string(), str::to_owned);
            same(&format!("{field} of row {}", project.row), got, want);
        }
    }
    out
}

fn letter(kind: RowKind) -> char {
    match kind {
        RowKind::Title => 'T',
        RowKind::Header => 'H',
        RowKind::Group => 'G',
        RowKind::Subtotal => 'S',
        RowKind::Note => 'N',
        RowKind::Data => 'D',
        RowKind::Blank => '.',
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "block",
        Severity::Warn => "warn",
        Severity::Info => "info",
    }
}

/// A draft's value as the cases write it: money in 分, land in m².
fn said(draft: &FieldDraft) -> String {
    match &draft.value {
        DraftValue::Text(t) => t.clone(),
        DraftValue::Money(m) => m.fen().to_string(),
        DraftValue::YearMoney(year, m) => format!("{year}: {}", m.fen()),
        DraftValue::MonthMoney(month, m) => format!("{month}: {}", m.fen()),
        DraftValue::Area(a) => a.m2().to_string(),
        DraftValue::Period(p) => p.to_string(),
        DraftValue::Date(d) => d.to_string(),
        DraftValue::Bool(b) => b.to_string(),
        DraftValue::Names(names) | DraftValue::Codes(names) => names.join("、"),
        DraftValue::People(people) => {
            let one = |p: &lantu_exchange::PersonText| format!("{} {}", p.name, p.phone.as_deref().unwrap_or("")).trim().to_owned();
            people.iter().map(one).collect::<Vec<_>>().join("、")
        }
        DraftValue::Formality(f) => {
            let state = match f.state {
                FormalityState::NotNeeded => "not_needed",
                FormalityState::Planned => "planned",
                FormalityState::Applied => "applied",
                FormalityState::Returned => "returned",
                FormalityState::Granted => "granted",
                FormalityState::Refused => "refused",
                FormalityState::Lapsed => "lapsed",
            };
            let dates = [f.planned, f.applied, f.decided].into_iter().flatten().map(|p| p.to_string());
            [state.to_owned()].into_iter().chain(dates).chain(f.number.clone()).collect::<Vec<_>>().join(" ")
        }
    }
}
