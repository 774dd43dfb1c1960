//! 手续矩阵的填写: cells of the sheet, typed, pasted or recorded as acts; all of them or none.
use crate::{
    AppError, Books,
    act_on_formality::act_on_formality_in,
    change_project::{At, Mode},
    desk::{Ask, Desk},
    error::Result,
    import_list::merged_formality,
    permission::Right,
    record_formality::record_formality_in,
    unit::Unit,
    view::MatrixCell,
};
use jiff::civil::Date;
use lantu_model::{
    Formality, FormalityAct, FormalityFact, FormalityState, Period, Precision, Problem, Project, ProjectId, Refusal, Severity,
};
use lantu_store::Idempotency;
use serde::{Deserialize, Serialize};

const MAX_CELLS: usize = 5_000;

/// What is said of one permit of one project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CellEdit {
    pub project: ProjectId,
    /// The version that the editor saw.
    pub seq: u64,
    /// Key of the formality.
    pub kind: String,
    pub said: CellSaid,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CellSaid {
    /// As an office writes it: `√`, `办理中`, `—`, a date, a document's number. Read as an import reads it.
    Text(String),
    /// An act with its day.
    Fact(FormalityFact),
}

/// What one edit came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellOutcome {
    pub project: ProjectId,
    pub kind: String,
    pub after: Option<MatrixCell>,
    pub same: bool,
    pub problems: Vec<Problem>,
}

impl CellOutcome {
    pub fn is_blocked(&self) -> bool {
        self.problems.iter().any(|p| p.severity == Severity::Block)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Where it was recorded; none in a preview and when a cell is blocked.
    pub feed: Option<u64>,
    pub cells: Vec<CellOutcome>,
}

/// Records every cell or none; each cell's problems are listed under it.
pub async fn record_cells(
    desk: &Desk,
    ask: Ask<'_>,
    edits: Vec<CellEdit>,
    mode: Mode,
    idempotency: Option<Idempotency>,
) -> Result<Recorded> {
    let (unit, cells) = prepare_cells(desk, ask, &edits).await?;
    if mode == Mode::Preview || cells.iter().any(CellOutcome::is_blocked) {
        return Ok(Recorded { feed: None, cells });
    }
    let act = if unit.len() == 1 { "record_formality" } else { "record_formalities" };
    let feed = unit.commit(act, idempotency).await?.feed;
    Ok(Recorded { feed: Some(feed), cells })
}

/// The edits laid on the projects as they stand, with what was found; nothing is written.
pub(crate) async fn prepare_cells<'a>(desk: &'a Desk, ask: Ask<'a>, edits: &[CellEdit]) -> Result<(Unit<'a>, Vec<CellOutcome>)> {
    ask.require(Right::EditProjects)?;
    if edits.len() > MAX_CELLS {
        return Err(AppError::refuse(Problem::block("too_many_edits").with("limit", MAX_CELLS)));
    }
    let mut unit = Unit::open(desk, ask).await?;
    let mut ids: Vec<ProjectId> = edits.iter().map(|e| e.project).collect();
    ids.sort();
    ids.dedup();
    unit.load(&ids).await?;
    let mut cells = vec![];
    for edit in edits {
        let (project, kind) = (edit.project, edit.kind.clone());
        cells.push(match record_in(&mut unit, edit).await {
            Ok((same, problems)) => CellOutcome { project, after: cell_after(&unit, edit), kind, same, problems },
            Err(AppError::Refused(r)) => CellOutcome { project, kind, after: None, same: false, problems: r.unmet },
            Err(AppError::NotFound) => CellOutcome { project, kind, after: None, same: false, problems: vec![Problem::block("not_found")] },
            Err(e) => return Err(e),
        });
    }
    Ok((unit, cells))
}

fn cell_after(unit: &Unit<'_>, edit: &CellEdit) -> Option<MatrixCell> {
    let project = unit.loaded(edit.project)?;
    let row = row_of(project, &edit.kind)?;
    Some(MatrixCell::of(row, project, &unit.books, unit.ask.lang, unit.ask.moment.day))
}

fn row_of<'p>(project: &'p Project, kind: &str) -> Option<&'p Formality> {
    project.formalities.iter().find(|f| f.kind == kind)
}

/// Whether it changes nothing, and what should be remembered.
async fn record_in(unit: &mut Unit<'_>, edit: &CellEdit) -> Result<(bool, Vec<Problem>)> {
    let at = At { id: edit.project, seq: edit.seq };
    let project = unit.project_at(at.id, at.seq).await?;
    let (books, today) = (unit.books.clone(), unit.ask.moment.day);
    if books.pack.formality(&edit.kind).is_none() {
        return Err(AppError::refuse(Problem::block("unknown_formality").at("formalities").with("found", &edit.kind)));
    }
    let before = row_of(&project, &edit.kind);
    let step = match &edit.said {
        CellSaid::Text(text) => step_of(text, &edit.kind, before, today)?,
        CellSaid::Fact(fact) => Step { act: Doing::Act(FormalityFact { kind: edit.kind.clone(), ..fact.clone() }), notes: vec![] },
    };
    let mut notes = step.notes;
    match step.act {
        Doing::Nothing => return Ok((true, notes)),
        Doing::Act(fact) => {
            notes.extend(reminders_of(&project, &books, &fact, today));
            act_on_formality_in(unit, at, &fact).await?;
        }
        Doing::Record(row) => {
            notes.extend(out_of_order(&project, &books, &row));
            record_formality_in(unit, at, row).await?;
        }
    }
    Ok((false, notes))
}

struct Step {
    act: Doing,
    notes: Vec<Problem>,
}

enum Doing {
    Nothing,
    /// Something that happened on a day: the clock and the order of permits judge it.
    Act(FormalityFact),
    /// The row as the sheet has it, as an import or a correction by hand records it.
    Record(Formality),
}

fn step_of(text: &str, kind: &str, before: Option<&Formality>, today: Date) -> Result<Step> {
    let read = lantu_exchange::read_formality(text, kind, today);
    let (said, notes) = match read {
        (Some(said), notes) => (said, notes),
        (None, notes) if notes.is_empty() => return Ok(Step { act: Doing::Nothing, notes }),
        (None, notes) => return Err(blocking(notes).into()),
    };
    let was = before.map(|b| b.state);
    if was == Some(FormalityState::Granted) && said.state != FormalityState::Granted {
        return Err(AppError::refuse(Problem::block("formality_regress").at(kind)));
    }
    let in_hand = before.is_some_and(|b| b.state == FormalityState::Applied && b.accepted_on().is_some());
    let fact = |on, act| Doing::Act(FormalityFact { kind: kind.to_owned(), on, basis: String::new(), act });
    let act = match said.state {
        FormalityState::Granted if in_hand && day_of(said.decided).is_some() => {
            let grant = FormalityAct::Grant { number: said.number, valid_until: said.valid_until, promise: None };
            fact(day_of(said.decided).unwrap_or(today), grant)
        }
        // A sheet that says "in hand" says nothing new of what is.
        FormalityState::Applied if in_hand => Doing::Nothing,
        FormalityState::Applied if day_of(said.applied).is_some() && before.is_none_or(|b| b.state != FormalityState::NotNeeded) => {
            fact(day_of(said.applied).unwrap_or(today), FormalityAct::Accept)
        }
        _ => match merged_formality(before, said) {
            after if before == Some(&after) => Doing::Nothing,
            after => Doing::Record(after),
        },
    };
    Ok(Step { act, notes })
}

fn day_of(period: Option<Period>) -> Option<Date> {
    period.filter(|p| p.precision() == Precision::Day).map(Period::first_day)
}

/// What a sheet's reader only doubts stops a cell that someone is looking at.
fn blocking(notes: Vec<Problem>) -> Refusal {
    Refusal { unmet: notes.into_iter().map(|p| Problem { severity: Severity::Block, ..p }).collect() }
}

fn reminders_of(project: &Project, books: &Books, fact: &FormalityFact, today: Date) -> Vec<Problem> {
    project.clone().act_on_formality(fact, &books.pack.precedence, today).map(|(_, _, reminders)| reminders).unwrap_or_default()
}

/// A row recorded as a whole may be older than what this office knows: its order is a reminder, not a bar.
fn out_of_order(project: &Project, books: &Books, row: &Formality) -> Vec<Problem> {
    let Some(on) = day_of(row.decided).filter(|_| row.state == FormalityState::Granted) else { return vec![] };
    let act = FormalityAct::Grant { number: None, valid_until: None, promise: None };
    let fact = FormalityFact { kind: row.kind.clone(), on, basis: String::new(), act };
    let found = books.pack.precedence.unmet(project, &fact);
    found.into_iter().map(|p| Problem { severity: Severity::Warn, ..p }).collect()
}
