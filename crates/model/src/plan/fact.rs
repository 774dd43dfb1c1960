//! What is known of a project that decides which steps it needs.
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum FactValue {
    YesNo(bool),
    Number(i64),
}

/// What is known of one project, by the facts' keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Facts(pub BTreeMap<String, FactValue>);

impl Facts {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, key: &str) -> Option<FactValue> {
        self.0.get(key).copied()
    }
}
