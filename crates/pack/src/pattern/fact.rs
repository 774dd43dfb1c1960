//! What is known of a project that decides which steps it needs.
use crate::vocabulary::Words;
pub use lantu_model::plan::{FactValue, Facts};
use serde::{Deserialize, Serialize};

/// A fact that conditions may ask for: `[[fact]]` of `patterns.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub key: String,
    pub words: Words,
    pub kind: FactKind,
    /// Of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Words>,
}

/// What a fact's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// A whole number in the fact's unit.
    Number,
    YesNo,
}

impl FactKind {
    /// A value as people write it: `1200`; `yes`, `no`, `true`, `false`, `是`, `否`.
    ///
    /// ```
    /// use lantu_pack::{FactKind, FactValue};
    /// assert_eq!(FactKind::YesNo.parse("否"), Some(FactValue::YesNo(false)));
    /// assert_eq!(FactKind::Number.parse("5000000"), Some(FactValue::Number(5_000_000)));
    /// assert_eq!(FactKind::Number.parse("yes"), None);
    /// ```
    pub fn parse(self, text: &str) -> Option<FactValue> {
        match self {
            Self::Number => text.trim().parse().ok().map(FactValue::Number),
            Self::YesNo => match text.trim().to_lowercase().as_str() {
                "yes" | "true" | "是" | "有" => Some(FactValue::YesNo(true)),
                "no" | "false" | "否" | "无" => Some(FactValue::YesNo(false)),
                _ => None,
            },
        }
    }
}
