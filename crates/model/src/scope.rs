//! What a reader may see: the one argument, without a default, on every read.
use crate::{
    code::DivisionCode,
    id::{OfficeId, OrgId},
};
use serde::{Deserialize, Serialize};

/// How far one dimension reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach<T> {
    All,
    /// Only rows that carry one of these; a row that carries none is not seen.
    Only(Vec<T>),
}

/// An office, and within it the regions and organisations whose projects are visible. Both dimensions must admit a row.
/// There is deliberately no `Default`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    pub office: OfficeId,
    pub regions: Reach<DivisionCode>,
    pub orgs: Reach<OrgId>,
}

impl Scope {
    /// Sees everything of one office: only for the office's own staff and for jobs.
    pub fn whole(office: OfficeId) -> Self {
        Self { office, regions: Reach::All, orgs: Reach::All }
    }
    pub fn is_whole(&self) -> bool {
        self.regions == Reach::All && self.orgs == Reach::All
    }
}
