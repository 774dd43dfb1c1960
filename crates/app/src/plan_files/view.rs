//! What is shown of a contractor's schedule.
use crate::view::ProblemView;
use lantu_model::PlanFile;
use serde::Serialize;
use utoipa::ToSchema;

/// One of several projects of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Choice {
    pub id: String,
    pub name: String,
    pub activities: usize,
}

/// What came of a file: kept, or why not yet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Received {
    pub feed: Option<u64>,
    /// Set when it was kept.
    pub file: Option<PlanFile>,
    /// Several projects, of which one is to be chosen first.
    pub choose: Vec<Choice>,
    /// Why it may belong to another project; it is kept once that is confirmed.
    pub doubts: Vec<ProblemView>,
    pub reading: Option<Reading>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Reading {
    pub format: String,
    pub project: String,
    pub project_name: String,
    pub data_date: Option<String>,
    pub start: String,
    pub finish: String,
    pub activities: usize,
    pub links: usize,
    pub agreement: Agreement,
    pub losses: Vec<Said>,
    pub quality: Vec<Quality>,
    pub difference: Option<Difference>,
}

/// Our dates beside those that the file stores.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Agreement {
    /// Rows with stored dates.
    pub compared: usize,
    /// Of these all dates are ours, as moments of work.
    pub equal: usize,
    /// The first of the others.
    pub misses: Vec<Miss>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Miss {
    pub uid: i64,
    pub name: String,
    pub field: String,
    pub file: String,
    pub ours: String,
}

/// What could not be read, or could not be written, as it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Said {
    pub code: String,
    pub said: String,
    pub count: usize,
    pub places: Vec<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Quality {
    pub code: String,
    /// Its number among the fourteen points.
    pub point: Option<u8>,
    pub name: String,
    pub said: String,
    pub passed: Option<bool>,
    pub count: usize,
    pub population: usize,
    pub activities: Vec<i64>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ScheduleDifference)]
pub struct Difference {
    /// The version that it is held against.
    pub against: String,
    /// By how many days the finish is later.
    pub days: i64,
    /// As `lantu compare --json` says it.
    #[schema(value_type = Object)]
    pub found: serde_json::Value,
}

/// A page of a schedule's rows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileRows {
    pub file: PlanFile,
    pub total: usize,
    pub rows: Vec<FileRow>,
    /// Of the whole schedule, with the first page.
    pub links: Vec<FileLink>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileRow {
    pub uid: i64,
    pub code: String,
    pub name: String,
    /// The rows above it, outermost first.
    pub path: Vec<String>,
    pub summary: bool,
    pub milestone: bool,
    pub start: String,
    pub finish: String,
    pub baseline_start: Option<String>,
    pub baseline_finish: Option<String>,
    /// In minutes of work.
    pub float: i64,
    pub critical: bool,
    pub percent: Option<f64>,
    /// The step of the plan that it is tied to.
    pub activity: Option<String>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileLink {
    pub from: i64,
    pub to: i64,
    /// FS, SS, FF or SF
    pub ends: String,
}
