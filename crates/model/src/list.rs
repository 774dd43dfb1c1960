//! Lists: a project enters many, each year, each with its own plan figure and its own admission.
use crate::measure::Money;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A yearly list: `kind` is a key of the pack (`city_key`, `provincial_thousand`, `sponsor`, `bonds`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ListKey {
    pub kind: String,
    pub year: i16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum MembershipState {
    Applied,
    Admitted,
    Removed,
}

/// A project's place on one list. A removed project keeps the row: lists change mid-year and the history stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Membership {
    pub list: ListKey,
    pub state: MembershipState,
    /// The list's own plan for the year.
    pub plan: Option<Money>,
    pub applied: Option<Date>,
    pub admitted: Option<Date>,
    pub removed: Option<Date>,
    /// Document number or reason of the last change.
    pub basis: Option<String>,
    /// The group heading it stands under on the list (一、新开工项目).
    pub group: Option<String>,
}
