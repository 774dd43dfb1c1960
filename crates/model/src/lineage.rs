//! Split and merge: what a project came from and what it became. History is linked, never copied over.
use crate::id::ProjectId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum LineageKind {
    Split,
    Merged,
}

/// Set on the project that ended: from then on only its successors' figures count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Superseded {
    pub kind: LineageKind,
    pub on: Date,
    pub by: Vec<ProjectId>,
    pub basis: String,
}
