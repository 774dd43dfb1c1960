//! Stages of a project and its status. A stage holds only what is true once it is reached; status is orthogonal.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The order of a project's life. 谋划 储备 前期 拟开工 在建 竣工 投产 达产.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum StageKind {
    Scouting,
    Reserve,
    Prelim,
    Ready,
    Building,
    Completed,
    Operating,
    Ramped,
}

impl StageKind {
    pub const ALL: [Self; 8] =
        [Self::Scouting, Self::Reserve, Self::Prelim, Self::Ready, Self::Building, Self::Completed, Self::Operating, Self::Ramped];
    pub fn key(self) -> &'static str {
        ["scouting", "reserve", "prelim", "ready", "building", "completed", "operating", "ramped"][self as usize]
    }
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }
}

/// Where a project stands. `since` is the day of the decision that put it there (`None` for an imported past);
/// `started` is the statistical start (首桩, 破土), never the ceremony or the permit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Stage {
    Scouting { since: Option<Date> },
    Reserve { since: Option<Date> },
    Prelim { since: Option<Date> },
    Ready { since: Option<Date> },
    Building { started: Date },
    Completed { started: Date, completed: Date },
    Operating { started: Date, completed: Date, operating: Date },
    Ramped { started: Date, completed: Date, operating: Date, ramped: Date },
}

impl Stage {
    pub fn kind(&self) -> StageKind {
        match self {
            Self::Scouting { .. } => StageKind::Scouting,
            Self::Reserve { .. } => StageKind::Reserve,
            Self::Prelim { .. } => StageKind::Prelim,
            Self::Ready { .. } => StageKind::Ready,
            Self::Building { .. } => StageKind::Building,
            Self::Completed { .. } => StageKind::Completed,
            Self::Operating { .. } => StageKind::Operating,
            Self::Ramped { .. } => StageKind::Ramped,
        }
    }
    pub fn started(&self) -> Option<Date> {
        match *self {
            Self::Building { started }
            | Self::Completed { started, .. }
            | Self::Operating { started, .. }
            | Self::Ramped { started, .. } => Some(started),
            _ => None,
        }
    }
    pub fn completed(&self) -> Option<Date> {
        match *self {
            Self::Completed { completed, .. } | Self::Operating { completed, .. } | Self::Ramped { completed, .. } => Some(completed),
            _ => None,
        }
    }
    pub fn operating(&self) -> Option<Date> {
        match *self {
            Self::Operating { operating, .. } | Self::Ramped { operating, .. } => Some(operating),
            _ => None,
        }
    }
    pub fn ramped(&self) -> Option<Date> {
        match *self {
            Self::Ramped { ramped, .. } => Some(ramped),
            _ => None,
        }
    }
    /// The day it entered this stage, where known.
    pub fn since(&self) -> Option<Date> {
        match *self {
            Self::Scouting { since } | Self::Reserve { since } | Self::Prelim { since } | Self::Ready { since } => since,
            Self::Building { started } => Some(started),
            Self::Completed { completed, .. } => Some(completed),
            Self::Operating { operating, .. } => Some(operating),
            Self::Ramped { ramped, .. } => Some(ramped),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum StatusKind {
    Active,
    Halted,
    Deferred,
    Terminated,
    Closed,
}

impl StatusKind {
    pub const ALL: [Self; 5] = [Self::Active, Self::Halted, Self::Deferred, Self::Terminated, Self::Closed];
    pub fn key(self) -> &'static str {
        ["active", "halted", "deferred", "terminated", "closed"][self as usize]
    }
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }
}

/// 正常 停建 缓建 终止 销号.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Status {
    Active,
    /// Works stopped: only from [`StageKind::Building`].
    Halted {
        on: Date,
        reason: String,
    },
    /// Not begun and put off: only before works start.
    Deferred {
        on: Date,
        reason: String,
    },
    Terminated {
        on: Date,
        reason: String,
    },
    /// 销号: only from ramped or terminated.
    Closed {
        on: Date,
        basis: String,
    },
}

impl Status {
    pub fn kind(&self) -> StatusKind {
        match self {
            Self::Active => StatusKind::Active,
            Self::Halted { .. } => StatusKind::Halted,
            Self::Deferred { .. } => StatusKind::Deferred,
            Self::Terminated { .. } => StatusKind::Terminated,
            Self::Closed { .. } => StatusKind::Closed,
        }
    }
}

/// A stage with its status. The pair is changed only through [`crate::Project::move_stage`] and [`crate::Project::change_status`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Lifecycle {
    pub stage: Stage,
    pub status: Status,
}
