//! What a person has settled about one import, kept with its bytes so that it can be resumed anywhere.
use super::view::{Counts, ImportStatus, MappingChoice};
use lantu_exchange::Mapping;
use lantu_model::{ListKey, StageKind};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub sheet: Option<usize>,
    /// Zero-based rows.
    pub header_rows: Option<(usize, usize)>,
    /// Columns as chosen; empty until somebody chooses.
    pub choice: Option<MappingChoice>,
    /// The list that the sheet is; `None`: as proposed.
    pub list: Option<ListKey>,
    /// The sheet stands for no list.
    #[serde(default)]
    pub no_list: bool,
    pub year: Option<i16>,
    pub stage_default: Option<StageKind>,
    pub status: ImportStatus,
    pub committed_feed: Option<u64>,
    /// What the commit found, where the file itself is not kept any longer.
    #[serde(default)]
    pub counts: Option<Counts>,
    /// Who put it in, by sign-in name, and when.
    pub by: String,
    pub created: String,
}

/// A mapping that the office has used before, kept by the fingerprint of its headings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptMapping {
    pub mapping: Mapping,
    /// What sheets with these headings were said to be.
    pub list_kind: Option<String>,
    /// What their title named when it was said.
    #[serde(default)]
    pub titled: Option<String>,
    pub stage_default: Option<StageKind>,
}
