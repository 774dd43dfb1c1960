//! Import mappings that ship with a pack: a known sheet's headings and what they mean.
use crate::{text::heading_key, vocabulary::Words};
use lantu_model::{Procedure, StageKind};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateColumn {
    pub heading: String,
    /// A field key; absent: the column is left out on purpose.
    #[serde(default)]
    pub field: Option<String>,
    /// Key of a money unit.
    #[serde(default)]
    pub unit: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Template {
    pub key: String,
    pub words: Words,
    /// The place it was made for, if only one.
    pub place: Option<String>,
    /// Headings that must all be there for it to be proposed.
    pub requires: Vec<String>,
    /// For rows that do not say.
    pub stage: Option<StageKind>,
    pub procedure: Option<Procedure>,
    pub columns: Vec<TemplateColumn>,
}

impl Template {
    /// Whether a sheet with these headings is the one that this template was made for.
    pub fn fits<S: AsRef<str>>(&self, headings: &[S]) -> bool {
        let there: Vec<String> = headings.iter().map(|h| heading_key(h.as_ref())).collect();
        self.requires.iter().all(|r| there.contains(&heading_key(r)))
    }
    pub fn column(&self, heading: &str) -> Option<&TemplateColumn> {
        let wanted = heading_key(heading);
        self.columns.iter().find(|c| heading_key(&c.heading) == wanted)
    }
}
