//! What use cases show: plain data with its OpenAPI shape, ready to travel.
pub mod clock;
pub mod journal;
pub mod matrix;
pub mod overview;
pub mod pack;
pub mod plan;
pub mod project;
pub mod work;

pub use clock::ClockView;
pub use journal::{ChangedField, JournalView};
pub use matrix::{CellResult, MatrixCell, MatrixColumn, MatrixGroup, MatrixPage, MatrixRow, MatrixSum, MatrixTotals};
pub use overview::{Count, Overview, WatchItem, WatchMonth, WatchView};
pub use pack::PackView;
pub use plan::PlanView;
pub use project::{GateView, Named, ProjectView, Row, RowAhead, RowMilestone, RowPage, Totals};

use lantu_model::{Problem, Severity, words};
use serde::Serialize;
use std::collections::BTreeMap;

/// A problem in words, with the code and values that the words come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ProblemView {
    pub severity: Severity,
    pub code: String,
    pub place: Option<String>,
    pub title: String,
    pub remedy: String,
    pub values: BTreeMap<String, String>,
}

impl ProblemView {
    pub fn say(problem: &Problem, lang: words::Lang, books: &crate::Books) -> Self {
        Self::say_with(problem, lang, &|key| books.word(key, lang))
    }
    /// Without an office's words, before anyone has signed in.
    pub fn say_plainly(problem: &Problem, lang: words::Lang) -> Self {
        Self::say_with(problem, lang, &|key| words::field(key, lang))
    }
    fn say_with(problem: &Problem, lang: words::Lang, place: &dyn Fn(&str) -> String) -> Self {
        let said = words::say(problem, lang, place);
        Self {
            severity: problem.severity,
            code: problem.code.clone(),
            place: problem.place.clone(),
            title: said.title,
            remedy: said.remedy,
            values: problem.values.clone(),
        }
    }
}
