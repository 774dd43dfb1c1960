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
    /// Beside `orgs`: who reads also sees the projects of which these decide a permit or answer for a step, by keys of the
    /// pack's departments and ids of organisations. Regions hold for them too. Empty in the scope of lists and boards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub desks: Vec<String>,
}

impl Scope {
    /// Sees everything of one office: only for the office's own staff and for jobs.
    pub fn whole(office: OfficeId) -> Self {
        Self { office, regions: Reach::All, orgs: Reach::All, desks: vec![] }
    }
    pub fn is_whole(&self) -> bool {
        self.regions == Reach::All && self.orgs == Reach::All
    }
}
