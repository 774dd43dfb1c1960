//! What the pattern editor shows.
use crate::view::pack::WordView;
use jiff::civil::Date;
use lantu_pack::PatternDraft;
use serde::Serialize;

/// The patterns of the pack in force, and what their steps may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PatternsView {
    pub pack: String,
    pub version: String,
    pub hash: String,
    pub patterns: Vec<PatternLine>,
    pub shared: Shared,
    pub can_edit: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PatternLine {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub steps: usize,
    /// Steps that not every project needs.
    pub conditional: usize,
    /// Working days to the start of works and to the end, with every step.
    pub start_offset: Option<i64>,
    pub finish_offset: Option<i64>,
    /// Projects under way whose plans were made from it.
    pub running: u64,
}

/// What the steps of all patterns may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Shared {
    pub phases: Vec<PhaseView>,
    pub facts: Vec<FactView>,
    pub departments: Vec<DepartmentView>,
    pub formalities: Vec<WordView>,
    pub ranges: Vec<ClockRangeView>,
    pub clocks: Vec<String>,
    pub milestones: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = PatternPhaseView)]
pub struct PhaseView {
    pub number: i64,
    pub zh: String,
    pub en: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FactView {
    pub key: String,
    pub zh: String,
    pub en: String,
    /// `number` or `yes_no`.
    pub kind: String,
    pub unit_zh: Option<String>,
    pub unit_en: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DepartmentView {
    pub key: String,
    pub zh: String,
    pub en: String,
    /// A role: each project says who holds it.
    pub role: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ClockRangeView {
    pub clock: String,
    pub min: i64,
    pub max: i64,
}

/// One pattern as it is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PatternView {
    /// Hash of the pack that it stands in: named again when a new version is put in force.
    pub hash: String,
    pub version: String,
    pub draft: PatternDraft,
    pub running: u64,
}

/// A draft as judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PatternCheck {
    /// Hash of the pack in force that it was held against.
    pub hash: String,
    /// What a given text says, as far as it could be read.
    pub draft: Option<PatternDraft>,
    /// As a file of the pack.
    pub text: String,
    pub findings: Vec<Finding>,
    /// Against the pattern in force; of a new one everything is added.
    pub difference: Difference,
    /// Absent while there are findings.
    pub dates: Option<PatternDatesView>,
    /// Projects under way that would be offered the difference.
    pub running: u64,
}

/// What the pack's check says of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Finding {
    /// The step's place in the draft; absent for the head, or for another file.
    pub row: Option<usize>,
    pub field: String,
    /// Of the text; 0 for a file as a whole.
    pub line: usize,
    /// Of another file of the pack.
    pub file: Option<String>,
    pub code: String,
    pub title: String,
    pub remedy: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = EditedPatternDifference)]
pub struct Difference {
    /// Of `key`, `words`, `applies`.
    pub head: Vec<String>,
    /// In the order of the draft, those that are gone last.
    pub steps: Vec<StepChange>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct StepChange {
    pub id: String,
    pub kind: StepChangeKind,
    /// What differs of a changed one: names of its keys; `place` for its line.
    pub fields: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepChangeKind {
    Added,
    Changed,
    Gone,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PatternDatesView {
    #[schema(value_type = String, format = Date)]
    pub start: Date,
    #[schema(value_type = String, format = Date)]
    pub finish: Date,
    /// Working days from the start.
    pub finish_offset: i64,
    /// The holidays of some of these days have not been announced.
    pub provisional: bool,
    pub steps: Vec<StepDates>,
    pub milestones: Vec<MilestoneDate>,
    /// Ids of the steps that these facts leave out.
    pub left_out: Vec<String>,
    /// Ids of the steps kept because a fact is not known.
    pub undecided: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct StepDates {
    pub id: String,
    #[schema(value_type = String, format = Date)]
    pub start: Date,
    #[schema(value_type = String, format = Date)]
    pub finish: Date,
    pub total_float: i64,
    pub critical: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MilestoneDate {
    pub milestone: String,
    pub id: String,
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    pub offset: i64,
    /// Of these, days on which an approval's clock runs; of the start of works only.
    pub approval_days: Option<i64>,
    /// Ids of the steps that drive its day, itself last.
    pub path: Vec<String>,
}
