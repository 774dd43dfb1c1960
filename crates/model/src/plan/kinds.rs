//! What activities are made of: whose time they take, what they reach, how long they may take.
use serde::{Deserialize, Serialize};

/// Whose time an activity takes. What government, those it commissions and utilities need counts in an approval's promised days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Clock {
    Government,
    /// An institute that government asks for an assessment.
    GovernmentCommissioned,
    Utility,
    /// An institute that the owner pays: designers, consultants.
    OwnerCommissioned,
    Owner,
    Contractor,
    /// No one's: it takes no time.
    Milestone,
}

impl Clock {
    pub const ALL: [Self; 7] = [
        Self::Government,
        Self::GovernmentCommissioned,
        Self::Utility,
        Self::OwnerCommissioned,
        Self::Owner,
        Self::Contractor,
        Self::Milestone,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::GovernmentCommissioned => "government_commissioned",
            Self::Utility => "utility",
            Self::OwnerCommissioned => "owner_commissioned",
            Self::Owner => "owner",
            Self::Contractor => "contractor",
            Self::Milestone => "milestone",
        }
    }

    /// Whether it is approval time: government, its institutes and utilities. The owner's own time is not.
    pub const fn is_approval(self) -> bool {
        matches!(self, Self::Government | Self::GovernmentCommissioned | Self::Utility)
    }
}

/// What a project reaches, and boards count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Milestone {
    Start,
    Completion,
    /// In production or use.
    Production,
    Capacity,
    Handover,
    Closed,
}

impl Milestone {
    pub const ALL: [Self; 6] = [Self::Start, Self::Completion, Self::Production, Self::Capacity, Self::Handover, Self::Closed];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Completion => "completion",
            Self::Production => "production",
            Self::Capacity => "capacity",
            Self::Handover => "handover",
            Self::Closed => "closed",
        }
    }
}

/// How long something may take by law or promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Limit {
    /// Absent for what is decided at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    pub unit: LimitUnit,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<LimitMark>,
}

/// What the days of a limit are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum LimitUnit {
    /// Working days.
    Wd,
    /// Calendar days.
    Cd,
    /// Decided while one waits.
    Instant,
}

/// How firmly a limit is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum LimitMark {
    /// To be looked up before it is quoted as law.
    FromMemory,
    /// Only part of a promise for completion as a whole.
    CompletionBudget,
    /// A county's own list.
    CountyList,
}

/// How short and how long a duration may become, in hundredths of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DurationRange {
    pub min: i64,
    pub max: i64,
}
