//! What in the changes deserves a second look: not wrong of itself, but to be asked about.
mod held;
mod kin;
mod network;
mod progress;

use super::{
    Comparison,
    sides::Both,
    value::{At, Value},
};

/// One sort of doubt with all its cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspicion {
    /// Which, for machines: one of [`Suspicion::CODES`].
    pub code: &'static str,
    /// Where: those that decide the end first.
    pub cases: Vec<Case>,
}

/// Where a doubt arose.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// The row; for a link the one that waits. `None` for the project or a calendar.
    pub at: Option<At>,
    /// For a link the one that is waited for.
    pub other: Option<At>,
    /// A calendar's name.
    pub name: Option<String>,
    /// What it was.
    pub before: Value,
    /// What it is.
    pub after: Value,
}

impl Suspicion {
    /// All there are, the gravest first.
    pub const CODES: [&'static str; 15] = [
        "another_project",
        "data_date_back",
        "actual_changed",
        "progress_backwards",
        "actual_backdated",
        "driving_link_deleted",
        "critical_deleted",
        "critical_shortened",
        "constraint_hides_lateness",
        "limit_loosened",
        "must_finish_loosened",
        "calendar_gains_time",
        "lag_negative",
        "lag_increased",
        "out_of_sequence",
    ];
}

pub(super) fn all(both: &Both<'_>, found: &Comparison) -> Vec<Suspicion> {
    let mut doubts = Doubts { both, cases: vec![vec![]; Suspicion::CODES.len()] };
    kin::look(&mut doubts, found);
    progress::look(&mut doubts, found);
    network::look(&mut doubts, found);
    held::look(&mut doubts, found);
    let suspicions = Suspicion::CODES.into_iter().zip(doubts.cases).filter(|(_, cases)| !cases.is_empty());
    suspicions.map(|(code, cases)| Suspicion { code, cases: by_weight(both, cases) }).collect()
}

/// Those that decide the end first, else in the order they were found.
fn by_weight(both: &Both<'_>, mut cases: Vec<Case>) -> Vec<Case> {
    cases.sort_by_key(|case| case.at.is_none_or(|at| !both.decides_the_end(at)));
    cases
}

struct Doubts<'a> {
    both: &'a Both<'a>,
    cases: Vec<Vec<Case>>,
}

impl Doubts<'_> {
    fn add(&mut self, code: &str, case: Case) {
        if let Some(at) = Suspicion::CODES.iter().position(|c| *c == code) {
            self.cases[at].push(case);
        }
    }
}

impl Case {
    fn of_row(at: At, before: Value, after: Value) -> Self {
        Self { at: Some(at), before, after, ..Self::default() }
    }

    fn of_project(before: Value, after: Value) -> Self {
        Self { before, after, ..Self::default() }
    }
}
