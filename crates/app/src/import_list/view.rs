//! What the import wizard shows.
use crate::view::ProblemView;
use lantu_model::{ListKey, ProjectId, StageKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SheetView {
    pub name: String,
    pub rows: usize,
    pub columns: usize,
    pub hidden: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct HeaderView {
    /// Rows of the heading as the sheet numbers them, both included.
    pub first: u32,
    pub last: u32,
    pub titles: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ColumnView {
    pub index: usize,
    pub letter: String,
    pub heading: String,
    pub field: Option<String>,
    pub unit: Option<String>,
    pub confidence: f32,
    pub samples: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Counts {
    /// Data rows: adds + changes + unchanged + blocked.
    pub rows: usize,
    pub adds: usize,
    pub changes: usize,
    pub unchanged: usize,
    pub blocked: usize,
}

/// A stretch of sheet rows of one kind and outcome, both ends included: the whole sheet at a glance, so that long
/// stretches fold without being fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RowRun {
    pub from: u32,
    pub to: u32,
    pub kind: String,
    pub outcome: Option<RowOutcome>,
}

/// A finding at its cell, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CellFinding {
    pub sheet: String,
    /// `F12`.
    pub cell: String,
    pub row: u32,
    #[serde(flatten)]
    pub problem: ProblemView,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    #[default]
    Open,
    Committed,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ImportState {
    pub id: String,
    pub file: String,
    pub size: u64,
    pub created: String,
    pub by: String,
    pub sheets: Vec<SheetView>,
    pub sheet: usize,
    pub header: HeaderView,
    pub columns: Vec<ColumnView>,
    /// `remembered`, `template`, `proposed` or `chosen`.
    pub mapping_from: String,
    pub list: Option<ListKey>,
    pub year: i16,
    pub stage_default: Option<StageKind>,
    pub counts: Counts,
    pub runs: Vec<RowRun>,
    /// In the order of the sheet; where there are very many, the gravest. The problem sheet has all.
    pub problems: Vec<CellFinding>,
    pub problems_total: usize,
    pub state: ImportStatus,
    pub committed_feed: Option<u64>,
}

/// A line in the list of imports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ImportLine {
    pub id: String,
    pub file: String,
    pub size: u64,
    pub created: String,
    pub by: String,
    pub state: ImportStatus,
    pub committed_feed: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    Add,
    Change,
    Unchanged,
    Blocked,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FieldChange {
    pub field: String,
    pub column: Option<usize>,
    pub before: Value,
    pub after: Value,
}

/// What a cell was read as, and on what grounds, for the formula bar.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct CellReading {
    pub column: usize,
    pub field: String,
    pub value: Value,
    pub grounds: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ImportRow {
    /// As the sheet numbers it.
    pub row: u32,
    /// `title`, `header`, `group`, `subtotal`, `note`, `data` or `blank`.
    pub kind: String,
    pub cells: Vec<String>,
    pub outcome: Option<RowOutcome>,
    pub project: Option<crate::view::Named>,
    pub changes: Vec<FieldChange>,
    pub readings: Vec<CellReading>,
    /// Cells of this row with a finding.
    pub problems: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ImportRows {
    pub total: usize,
    pub rows: Vec<ImportRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ImportDone {
    /// `null` when the sheet held nothing new: nothing was written.
    pub feed: Option<u64>,
    pub adds: usize,
    pub changes: usize,
}

/// A column as chosen by a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ColumnChoice {
    pub index: usize,
    pub field: Option<String>,
    /// A unit word of the pack (`亿元`, `亩`); absent: as the heading says.
    pub unit: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MappingChoice {
    pub sheet: Option<usize>,
    /// First and last heading row as the sheet numbers them.
    pub header_rows: Option<(u32, u32)>,
    #[serde(default)]
    pub columns: Vec<ColumnChoice>,
    pub list: Option<ListKey>,
    /// The sheet stands for no list.
    #[serde(default)]
    pub no_list: bool,
    pub year: Option<i16>,
    pub stage_default: Option<StageKind>,
}

/// The preview as `lantu import --preview --json` prints it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PreviewReport {
    pub rows: usize,
    pub adds: usize,
    pub changes: usize,
    pub unchanged: usize,
    pub blocked: usize,
    pub problems: Vec<ReportedProblem>,
    pub projects: Vec<ReportedProject>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportedProblem {
    pub sheet: String,
    pub cell: String,
    pub severity: lantu_model::Severity,
    pub code: String,
    pub message: String,
    pub remedy: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportedProject {
    pub id: ProjectId,
    pub row: u32,
    pub outcome: RowOutcome,
    pub name: String,
    pub code: Option<String>,
    pub owner: Option<String>,
    pub division: Option<String>,
    pub stage: StageKind,
    pub total_investment_fen: Option<i64>,
    pub annual_plan_fen: Option<i64>,
    pub land_m2: Option<i64>,
    pub start: Option<String>,
    pub finish: Option<String>,
}
