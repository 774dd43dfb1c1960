//! The preview as the wizard, the problem sheet and the command line show it.
use super::{
    FileOptions,
    judge::JudgedRow,
    prepare::{Prepared, prepare, prepare_upload},
    settings::Settings,
    view::{
        CellFinding, CellReading, ColumnView, Counts, HeaderView, ImportRow, ImportRows, ImportState, ImportStatus, PreviewReport,
        ReportedProblem, ReportedProject, RowOutcome, RowRun, SheetView,
    },
};
use crate::{
    AppError, Books,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    view::ProblemView,
};
use lantu_exchange::{
    CellProblem, DraftValue, RowDraft, column_letters,
    rows::RowKind,
    write::{CellNote, NoteWords, problem_workbook},
};
use lantu_model::words::Lang;
use serde_json::{Value, json};
use std::collections::HashMap;

pub async fn show_import(desk: &Desk, ask: Ask<'_>, id: &str) -> Result<ImportState> {
    ask.require(Right::Import)?;
    let books = desk.books(ask.office()).await?;
    let found = super::find_upload(desk, ask, id).await?;
    let settled = super::settings_of(&found);
    if let Some(counts) = settled.counts.filter(|_| settled.status == ImportStatus::Committed) {
        return Ok(without_file(found, settled, counts));
    }
    let (upload, settings, prepared) = prepare_upload(desk, ask, id).await?;
    let (reading, judged) = (&prepared.reading, &prepared.judged);
    Ok(ImportState {
        id: upload.id,
        file: upload.name,
        size: upload.size,
        created: settings.created,
        by: settings.by,
        sheets: reading
            .workbook
            .sheets
            .iter()
            .map(|s| SheetView { name: s.name.clone(), rows: s.rows.len(), columns: s.width(), hidden: s.hidden })
            .collect(),
        sheet: reading.sheet_index,
        header: HeaderView {
            first: reading.header.first as u32 + 1,
            last: reading.header.last as u32 + 1,
            titles: reading.header.titles.clone(),
        },
        columns: columns(&prepared),
        mapping_from: reading.mapping_from.to_owned(),
        list: reading.list.clone(),
        year: reading.mapping.year,
        stage_default: reading.stage_default,
        counts: judged.counts,
        runs: runs(&prepared),
        problems: gravest(judged.problems()).into_iter().map(|p| finding(p, ask.lang, &books)).collect(),
        problems_total: judged.problems().count(),
        state: settings.status,
        committed_feed: settings.committed_feed,
    })
}

/// How many findings a state carries.
pub const PROBLEMS_SHOWN: usize = 2_000;

/// As many as a state carries, in the order of the sheet: blocks have the first places, then warnings, then notes.
fn gravest<'a>(all: impl Iterator<Item = &'a CellProblem>) -> Vec<&'a CellProblem> {
    let all: Vec<&CellProblem> = all.collect();
    if all.len() <= PROBLEMS_SHOWN {
        return all;
    }
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|i| all[*i].problem.severity);
    order.truncate(PROBLEMS_SHOWN);
    order.sort_unstable();
    order.into_iter().map(|i| all[i]).collect()
}

/// A committed file that held classified rows is gone; what it came to is still known.
fn without_file(upload: lantu_store::Upload, settings: Settings, counts: Counts) -> ImportState {
    ImportState {
        id: upload.id,
        file: upload.name,
        size: upload.size,
        created: settings.created,
        by: settings.by,
        sheets: vec![],
        sheet: 0,
        header: HeaderView { first: 1, last: 1, titles: vec![] },
        columns: vec![],
        mapping_from: "chosen".to_owned(),
        list: settings.list,
        year: settings.year.unwrap_or_default(),
        stage_default: settings.stage_default,
        counts,
        problems: vec![],
        problems_total: 0,
        runs: vec![],
        state: settings.status,
        committed_feed: settings.committed_feed,
    }
}

/// Every row of the sheet, run-length coded.
fn runs(prepared: &Prepared) -> Vec<RowRun> {
    let judged: HashMap<usize, RowOutcome> = prepared.judged.rows.iter().map(|r| (r.index, r.outcome)).collect();
    let header = &prepared.reading.header;
    let mut runs: Vec<RowRun> = vec![];
    for (n, row) in prepared.reading.rows.iter().enumerate() {
        let (at, kind, outcome) = (row.row as u32, kind_of(n, row, &(header.first..=header.last)), judged.get(&n).copied());
        match runs.last_mut() {
            Some(run) if run.to + 1 == at && run.kind == kind && run.outcome == outcome => run.to = at,
            _ => runs.push(RowRun { from: at, to: at, kind, outcome }),
        }
    }
    runs
}

fn kind_of(n: usize, row: &RowDraft, header: &std::ops::RangeInclusive<usize>) -> String {
    if header.contains(&n) { "header".to_owned() } else { json!(row.kind).as_str().unwrap_or_default().to_owned() }
}

fn columns(prepared: &Prepared) -> Vec<ColumnView> {
    let reading = &prepared.reading;
    reading
        .mapping
        .columns
        .iter()
        .map(|c| ColumnView {
            index: c.index,
            letter: column_letters(c.index),
            heading: c.heading.clone(),
            field: c.field.clone(),
            unit: c.unit.as_ref().map(|u| u.word().to_owned()),
            confidence: c.confidence,
            samples: reading
                .rows
                .iter()
                .filter(|r| r.kind == RowKind::Data)
                .filter_map(|r| r.cells.get(c.index))
                .filter(|t| !t.trim().is_empty())
                .take(3)
                .cloned()
                .collect(),
        })
        .collect()
}

fn finding(found: &CellProblem, lang: Lang, books: &Books) -> CellFinding {
    let row = found.cell.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().unwrap_or(0);
    CellFinding { sheet: found.sheet.clone(), cell: found.cell.clone(), row, problem: ProblemView::say(&found.problem, lang, books) }
}

/// The office's own sheet, row by row, with what becomes of each.
pub async fn import_rows(desk: &Desk, ask: Ask<'_>, id: &str, from: usize, limit: usize) -> Result<ImportRows> {
    ask.require(Right::Import)?;
    let books = desk.books(ask.office()).await?;
    let (_, _, prepared) = prepare_upload(desk, ask, id).await?;
    let judged: HashMap<usize, &JudgedRow> = prepared.judged.rows.iter().map(|r| (r.index, r)).collect();
    let rows = &prepared.reading.rows;
    let shown = rows.iter().enumerate().skip(from).take(limit.min(2_000));
    let header = &prepared.reading.header;
    Ok(ImportRows {
        total: rows.len(),
        rows: shown.map(|(n, r)| import_row(n, r, judged.get(&n).copied(), header.first..=header.last, ask.lang, &books)).collect(),
    })
}

fn import_row(
    n: usize,
    row: &RowDraft,
    judged: Option<&JudgedRow>,
    header: std::ops::RangeInclusive<usize>,
    lang: Lang,
    books: &Books,
) -> ImportRow {
    let kind = kind_of(n, row, &header);
    let own = judged.map_or(&row.problems, |j| &j.problems);
    ImportRow {
        row: row.row as u32,
        kind,
        cells: row.cells.clone(),
        outcome: judged.map(|j| j.outcome),
        project: judged.and_then(|j| j.project.clone()),
        changes: judged.map(|j| j.changes.clone()).unwrap_or_default(),
        readings: row.fields.iter().filter_map(|(field, f)| reading_of(field, f, lang, books)).collect(),
        problems: own.iter().map(|p| p.cell.clone()).collect(),
    }
}

fn reading_of(field: &str, f: &lantu_exchange::FieldDraft, lang: Lang, books: &Books) -> Option<CellReading> {
    let letters: String = f.cell.chars().take_while(char::is_ascii_alphabetic).collect();
    let column = letters.bytes().try_fold(0usize, |n, b| n.checked_mul(26)?.checked_add(usize::from(b - b'A') + 1))?.checked_sub(1)?;
    let grounds = f.assumptions.iter().map(|a| ProblemView::say(a, lang, books).title).collect();
    Some(CellReading { column, field: field.to_owned(), value: plain(&f.value), grounds })
}

/// A reading without the wrapping that only the program needs.
fn plain(value: &DraftValue) -> Value {
    match value {
        DraftValue::Text(t) => json!(t),
        DraftValue::Money(m) | DraftValue::YearMoney(_, m) | DraftValue::MonthMoney(_, m) => json!(m),
        DraftValue::Area(a) => json!(a),
        DraftValue::Period(p) => json!(p),
        DraftValue::Date(d) => json!(d.to_string()),
        DraftValue::Formality(f) => json!(f),
        DraftValue::Names(n) => json!(n.join("、")),
        DraftValue::People(p) => json!(p.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("、")),
        DraftValue::Codes(c) => json!(c.join("、")),
        DraftValue::Bool(b) => json!(b),
    }
}

/// The sheet with every finding at its cell, to send back to who wrote it.
pub async fn problem_sheet(desk: &Desk, ask: Ask<'_>, id: &str) -> Result<(String, Vec<u8>)> {
    ask.require(Right::Import)?;
    let books = desk.books(ask.office()).await?;
    let (upload, _, prepared) = prepare_upload(desk, ask, id).await?;
    let notes: Vec<CellNote> = prepared
        .judged
        .problems()
        .map(|p| {
            let said = ProblemView::say(&p.problem, ask.lang, &books);
            CellNote { sheet: p.sheet.clone(), cell: p.cell.clone(), severity: p.problem.severity, title: said.title, remedy: said.remedy }
        })
        .collect();
    let words = if ask.lang == Lang::Zh { NoteWords::ZH } else { NoteWords::EN };
    let bytes = problem_workbook(&prepared.reading.workbook, &notes, &words, ask.moment.day)
        .map_err(|e| AppError::Unreadable { stream: upload.name.clone(), reason: e.to_string() })?;
    let stem = upload.name.rsplit_once('.').map_or(upload.name.as_str(), |(s, _)| s);
    let mark = if ask.lang == Lang::Zh { "问题清单" } else { "findings" };
    Ok((format!("{stem}-{mark}.xlsx"), bytes))
}

/// A file's preview without keeping it: the command line's.
pub async fn preview_file(desk: &Desk, ask: Ask<'_>, name: &str, bytes: Vec<u8>, options: &FileOptions) -> Result<PreviewReport> {
    ask.require(Right::Import)?;
    let books = desk.books(ask.office()).await?;
    let prepared = prepare(desk, ask, name, bytes, &settings_for(options)).await?;
    Ok(report(&prepared, ask.lang, &books))
}

pub(super) fn settings_for(options: &FileOptions) -> Settings {
    Settings { list: options.list.clone(), year: options.year, ..Settings::default() }
}

pub(super) fn report(prepared: &Prepared, lang: Lang, books: &Books) -> PreviewReport {
    let judged = &prepared.judged;
    let problems = judged
        .problems()
        .map(|p| {
            let said = ProblemView::say(&p.problem, lang, books);
            ReportedProblem {
                sheet: p.sheet.clone(),
                cell: p.cell.clone(),
                severity: p.problem.severity,
                code: said.code,
                message: said.title,
                remedy: said.remedy,
            }
        })
        .collect();
    let projects = judged
        .rows
        .iter()
        .filter(|r| r.outcome != RowOutcome::Blocked)
        .filter_map(|r| reported(r, &prepared.reading.rows[r.index]))
        .collect();
    let c = judged.counts;
    PreviewReport { rows: c.rows, adds: c.adds, changes: c.changes, unchanged: c.unchanged, blocked: c.blocked, problems, projects }
}

fn reported(row: &JudgedRow, draft: &RowDraft) -> Option<ReportedProject> {
    let p = row.after.as_ref()?;
    let derived = lantu_rules::derive_row(p);
    Some(ReportedProject {
        id: p.id,
        row: draft.row as u32,
        outcome: row.outcome,
        name: p.name.clone(),
        code: p.code().map(str::to_owned),
        owner: p.owner.as_ref().map(|o| o.name.clone()),
        division: p.division.as_ref().map(ToString::to_string),
        stage: p.lifecycle.stage.kind(),
        total_investment_fen: p.total_investment.map(|m| m.fen()),
        annual_plan_fen: derived.annual_plan.map(|m| m.fen()),
        land_m2: p.land_total.map(|a| a.m2()),
        start: p.start_planned.map(|x| x.to_string()),
        finish: p.finish_planned.map(|x| x.to_string()),
    })
}
