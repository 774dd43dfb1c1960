//! What happened to an application beside its dates: pauses, how it ended, promises, rounds before this one.
use super::{Formality, FormalityState};
use crate::{period::Period, problem::Problem};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Why a clock stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum PauseKind {
    /// 补正: papers to be corrected or added by the owner.
    Correction,
    /// 听证
    Hearing,
    /// 评估、专家评审
    Assessment,
    /// 公示
    Publicity,
}

impl PauseKind {
    pub fn key(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Hearing => "hearing",
            Self::Assessment => "assessment",
            Self::Publicity => "publicity",
        }
    }
}

/// Days that do not count, `from` and `until` both among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Pause {
    pub kind: PauseKind,
    pub from: Date,
    /// The last day; an announced one may lie ahead. Open while nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    pub reason: String,
}

impl Pause {
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.until.unwrap_or(Date::MAX) && other.from <= self.until.unwrap_or(Date::MAX)
    }
}

/// How an application came to its present state: returned, refused, lapsed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Ended {
    pub on: Date,
    pub reason: String,
}

/// 承诺制、容缺: granted on a promise to hand in what is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Commitment {
    /// The day by which the papers are due.
    pub due: Date,
    pub missing: String,
    /// The day they came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fulfilled: Option<Date>,
}

/// An application before the one in hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Round {
    pub outcome: FormalityState,
    pub applied: Option<Period>,
    pub decided: Option<Period>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Commitment>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Course {
    /// In order, never overlapping.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Commitment>,
    /// Oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Round>,
}

impl Course {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What stays of a course when the row beside it is corrected by hand: what the corrected row has no place for goes.
    #[must_use]
    pub fn beside(&self, before: FormalityState, after: FormalityState) -> Self {
        let under_way = !matches!(after, FormalityState::NotNeeded | FormalityState::Planned);
        Self {
            pauses: if under_way { self.pauses.clone() } else { vec![] },
            ended: self.ended.clone().filter(|_| before == after),
            commitment: self.commitment.clone().filter(|_| after == FormalityState::Granted),
            earlier: self.earlier.clone(),
        }
    }
}

impl Formality {
    /// Dates of the row that its pauses cannot be true beside.
    pub(crate) fn contradictions(&self) -> Vec<Problem> {
        let Some(first) = self.course.pauses.first() else { return vec![] };
        let Some(accepted) = self.applied.map(Period::first_day) else {
            return vec![Problem::block("formality_not_accepted").at(self.kind.clone())];
        };
        let mut found = vec![];
        if first.from < accepted {
            found.push(pause_outside("applied", first, accepted, self.decided));
        }
        if let Some(decided) = self.decided
            && let Some(last) = self.course.pauses.iter().find(|p| p.until.is_none_or(|until| until > decided.last_day()))
        {
            found.push(pause_outside("decided", last, accepted, Some(decided)));
        }
        found
    }
}

pub(super) fn pause_outside(place: &str, pause: &Pause, accepted: Date, decided: Option<Period>) -> Problem {
    let until = pause.until.map_or_else(|| "…".to_owned(), |d| d.to_string());
    let end = decided.map_or_else(|| "…".to_owned(), |d| d.to_string());
    let days = |from: Date, until: &str| format!("{from}–{until}");
    Problem::block("pause_outside").at(place).with("found", days(pause.from, &until)).with("allowed", days(accepted, &end))
}
