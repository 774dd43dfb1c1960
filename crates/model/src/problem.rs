//! What is wrong, where, why, and what to do about it: never one at a time.
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Severity {
    /// Stops the row or the act.
    Block,
    /// Passes, with a reservation that someone should clear.
    Warn,
    Info,
}

/// One finding: a code and its values. Words in both languages are found by the code at the edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    pub severity: Severity,
    /// Stable, snake_case: `unknown_town`, `date_order`, `formality_missing`.
    pub code: String,
    /// What it is about: a field's name, a cell, a formality's kind.
    pub place: Option<String>,
    /// The values that the words name: `{"found": "东胡镇", "nearest": "东湖街道"}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

impl Problem {
    pub fn new(severity: Severity, code: &str) -> Self {
        Self { severity, code: code.to_owned(), place: None, values: BTreeMap::new() }
    }
    pub fn block(code: &str) -> Self {
        Self::new(Severity::Block, code)
    }
    pub fn info(code: &str) -> Self {
        Self::new(Severity::Info, code)
    }
    pub fn warn(code: &str) -> Self {
        Self::new(Severity::Warn, code)
    }
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
    #[must_use]
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.values.insert(key.to_owned(), value.to_string());
        self
    }
}

/// Everything that stands against an act, at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("refused: {}", .unmet.iter().map(|p| p.code.as_str()).collect::<Vec<_>>().join(", "))]
pub struct Refusal {
    pub unmet: Vec<Problem>,
}

impl Refusal {
    pub fn one(problem: Problem) -> Self {
        Self { unmet: vec![problem] }
    }
    /// `Ok` when nothing blocks.
    pub fn unless_clear(problems: Vec<Problem>) -> Result<Vec<Problem>, Self> {
        if problems.iter().any(|p| p.severity == Severity::Block) { Err(Self { unmet: problems }) } else { Ok(problems) }
    }
}
