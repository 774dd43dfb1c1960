//! Formalities (手续): permits, approvals, filings as plain dated rows. Clocks and queues build on them later.
use crate::period::Period;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum FormalityState {
    /// Does not apply to this project (a dash in the matrix).
    NotNeeded,
    Planned,
    /// 办理中
    Applied,
    Granted,
    Refused,
    Lapsed,
}

/// One permit, approval or filing of a project. `kind` is a key of the pack (`eia`, `land_planning`, `construction`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Formality {
    pub kind: String,
    pub state: FormalityState,
    pub planned: Option<Period>,
    pub applied: Option<Period>,
    pub decided: Option<Period>,
    pub valid_until: Option<Date>,
    pub number: Option<String>,
}

impl Formality {
    pub fn new(kind: &str, state: FormalityState) -> Self {
        Self { kind: kind.to_owned(), state, planned: None, applied: None, decided: None, valid_until: None, number: None }
    }
    /// Granted and not past its validity on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        self.state == FormalityState::Granted && self.valid_until.is_none_or(|until| day <= until)
    }
}
