//! Edits of a plan, as an office makes them: one field, one fact, one step at a time, in batches.
use super::{ActivityId, Clock, Facts};
use crate::id::ProjectId;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// One edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum PlanEdit {
    /// A step of the office's own.
    Add(NewActivity),
    /// Changes fields of an activity.
    Set(ActivityPatch),
    /// What has been done of an activity that is no formality.
    Progress(ProgressPatch),
    /// Takes a step out; its links are joined end to end when asked for.
    Remove {
        id: ActivityId,
        #[serde(default)]
        bridge: bool,
    },
    /// To another line.
    Move {
        id: ActivityId,
        place: u32,
    },
    /// Another day of acceptance.
    Start {
        start: Date,
    },
    /// What is known of the project; steps that it needs now come, steps that it does not need go. `null` forgets a fact.
    Facts(FactsPatch),
    /// Brings a step of the pattern back that was left out.
    Restore {
        id: ActivityId,
    },
    /// Waits for an activity of another project.
    Tie {
        id: ActivityId,
        project: ProjectId,
        activity: ActivityId,
        #[serde(default)]
        lag: i64,
    },
    Untie {
        id: ActivityId,
        project: ProjectId,
        activity: ActivityId,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FactsPatch {
    /// Facts by key; `null` forgets.
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, Value>))]
    pub facts: BTreeMap<String, Option<super::FactValue>>,
}

/// A step of the office's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewActivity {
    /// Made up when not given: `U1`, `U2`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ActivityId>,
    pub name: String,
    pub phase: i64,
    pub days: i64,
    /// What it waits for: `A03:SS+5;A07`.
    #[serde(default)]
    pub after: String,
    pub clock: Clock,
    /// Keys of organisations or roles of the pack, the leading one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub department: Vec<String>,
    /// Its line; the last when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
}

/// Other values for fields of an activity: `name`, `days`, `after`, `phase`, `clock`, `department`, `org`, `party`, `formality`,
/// `milestone`, `limit`, `range`, `not_before`, `due`, `note`. `null` clears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ActivityPatch {
    pub id: ActivityId,
    /// What the editor saw of the same fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub was: BTreeMap<String, Value>,
    #[serde(flatten)]
    pub fields: BTreeMap<String, Value>,
}

/// What is not given stays; `null` clears.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProgressPatch {
    pub id: ActivityId,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub started: Option<Option<Date>>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub finished: Option<Option<Date>>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<i64>))]
    pub remaining: Option<Option<i64>>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<i64>))]
    pub percent: Option<Option<i64>>,
    /// The day for which `remaining` and `percent` are reported; today when not given.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub seen: Option<Option<Date>>,
}

/// Tells `null` from what is not there.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Deserialize::deserialize(deserializer).map(Some)
}

impl PlanEdit {
    /// Paths within the plan that it writes or leans on: what nobody else may have changed meanwhile.
    pub fn touches(&self) -> Vec<String> {
        let of = |id: &str, field: &str| format!("activities.{id}.{field}");
        match self {
            Self::Add(new) => new.id.iter().map(|id| format!("activities.{id}")).collect(),
            Self::Set(patch) => patch.fields.keys().map(|field| of(&patch.id, field)).collect(),
            Self::Progress(p) => vec![of(&p.id, "progress"), of(&p.id, "formality")],
            Self::Remove { id, .. } => vec![format!("activities.{id}")],
            Self::Move { id, .. } => vec![of(id, "place")],
            Self::Start { .. } => vec!["start".to_owned()],
            Self::Facts(patch) => patch.facts.keys().map(|key| format!("facts.{key}")).collect(),
            Self::Restore { id } => vec![format!("activities.{id}"), "left_out".to_owned()],
            Self::Tie { id, .. } | Self::Untie { id, .. } => vec![of(id, "after_others")],
        }
    }

    /// The activity that it is about.
    pub fn activity(&self) -> Option<&str> {
        match self {
            Self::Add(new) => new.id.as_deref(),
            Self::Set(patch) => Some(&patch.id),
            Self::Progress(patch) => Some(&patch.id),
            Self::Remove { id, .. } | Self::Move { id, .. } | Self::Restore { id } | Self::Tie { id, .. } | Self::Untie { id, .. } => {
                Some(id)
            }
            Self::Start { .. } | Self::Facts(_) => None,
        }
    }
}

impl Facts {
    /// With other values; `None` forgets.
    pub(super) fn with(&self, changes: &BTreeMap<String, Option<super::FactValue>>) -> Self {
        let mut facts = self.clone();
        for (key, value) in changes {
            match value {
                Some(value) => facts.0.insert(key.clone(), *value),
                None => facts.0.remove(key),
            };
        }
        facts
    }
}
