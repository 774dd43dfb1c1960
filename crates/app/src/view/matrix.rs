//! The matrix of formalities: projects down, permits across.
use super::{ClockView, ProblemView};
use crate::Books;
use jiff::civil::Date;
use lantu_model::{DivisionCode, Formality, Limit, PauseKind, Project, ProjectId, StageKind, words::Lang};
use serde::Serialize;

/// One permit of one project, as the sheet shows it; what is not known is left out, because there are many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MatrixCell {
    /// Key of the formality.
    pub kind: String,
    /// As in the clock of the project's page.
    pub standing: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<PauseKind>,
    /// The day that the mark is about, as it was written: decided, accepted or planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// `department`, `owner` or `nobody`.
    pub mover: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<i64>,
    /// Days that a pause took off.
    pub paused: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_day: Option<Date>,
    pub overdue: i64,
    /// What can be recorded now.
    pub acts: Vec<&'static str>,
}

impl MatrixCell {
    /// From the same clock that the project's page shows.
    pub fn of(formality: &Formality, project: &Project, books: &Books, lang: Lang, today: Date) -> Self {
        let clock = ClockView::of(formality, project, books, lang, today);
        let period = match clock.standing {
            "granted" | "promised" | "expired" | "refused" | "lapsed" => formality.decided,
            "planned" => formality.planned,
            "not_needed" | "returned" => None,
            _ => formality.applied,
        };
        Self {
            kind: clock.kind,
            standing: clock.standing,
            pause: clock.pause,
            day: period.map(|p| p.to_string()),
            number: formality.number.clone(),
            valid_until: formality.valid_until,
            mover: clock.mover,
            since: clock.since,
            limit: clock.limit,
            run: clock.run,
            paused: clock.paused,
            left: clock.left,
            limit_day: clock.limit_day,
            overdue: clock.overdue,
            acts: clock.acts,
        }
    }
}

/// A project's line of the matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MatrixRow {
    pub id: ProjectId,
    pub seq: u64,
    pub feed: u64,
    pub name: String,
    pub code: String,
    pub division: Option<DivisionCode>,
    pub stage: StageKind,
    /// The group it stands under on the list asked for, else on its latest list.
    pub group: Option<String>,
    pub granted: u16,
    pub needed: u16,
    pub cells: Vec<MatrixCell>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MatrixPage {
    pub items: Vec<MatrixRow>,
    pub next: Option<String>,
}

/// What a column holds in a list or a group of it. Rows that carry nothing in a column count nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MatrixSum {
    /// Key of the formality.
    pub kind: String,
    /// Granted once, as the list counts them.
    pub granted: u64,
    /// All but those that are not needed.
    pub needed: u64,
    /// Accepted and undecided.
    pub in_hand: u64,
    /// In hand beyond the limit.
    pub overdue: u64,
}

/// A column: a formality that occurs in the list, under its phase where the pack's patterns say one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MatrixColumn {
    pub kind: String,
    pub name: String,
    /// As in the heading of a sheet.
    pub short: String,
    /// Name of the phase; columns of one stand together.
    pub phase: Option<String>,
    pub dept: Option<String>,
}

/// A group of the list, with what its columns hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MatrixGroup {
    /// As a filter of the list takes it; none for rows without a value.
    pub key: Option<String>,
    pub rows: u64,
    pub granted: u64,
    pub needed: u64,
    pub columns: Vec<MatrixSum>,
}

/// The sheet's heads and sums over the whole list, whatever page is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MatrixTotals {
    pub columns: Vec<MatrixColumn>,
    pub total: MatrixGroup,
    /// In no order that matters; empty when no grouping was asked for.
    pub groups: Vec<MatrixGroup>,
}

/// What an edit of one cell would record, or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CellResult {
    pub project: ProjectId,
    pub kind: String,
    pub ok: bool,
    /// The cell as it would be; none where it could not be read.
    pub after: Option<MatrixCell>,
    /// Nothing would change.
    pub same: bool,
    pub problems: Vec<ProblemView>,
}
