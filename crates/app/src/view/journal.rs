//! The journal, readable.
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ChangedField {
    pub field: String,
    /// How it is called, where it is no field of the card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    pub before: Value,
    pub after: Value,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct JournalView {
    pub feed: u64,
    pub seq: u64,
    pub project: Option<super::Named>,
    /// The day in the office's calendar on which it was recorded.
    pub day: Date,
    pub at: String,
    pub actor: String,
    /// What was done to this record, and the act that it was part of.
    pub act: String,
    pub transaction_act: String,
    /// When it happened, where it says.
    pub on: Option<Date>,
    pub basis: Option<String>,
    pub changes: Vec<ChangedField>,
}

#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct JournalPage {
    pub items: Vec<JournalView>,
    pub next: Option<String>,
}
