//! A project's network: its activities, what each waits for, what has been done of them, and what was once promised.
//!
//! A plan holds facts and intentions only. Dates, floats, lights and forecasts are computed from it by the rules; the dates
//! of a permit stay with its formality, which an activity merely names, so that nothing is entered twice.
mod act;
mod apply;
mod check;
mod edit;
mod fact;
mod field;
mod follow;
mod ground;
mod happened;
mod kinds;
mod links;
mod predecessor;

pub use act::Taking;
pub use edit::{ActivityPatch, FactsPatch, NewActivity, PlanEdit, ProgressPatch};
pub use fact::{FactValue, Facts};
pub use follow::{Differs, Following};
pub use ground::{Activities, Drafted, Ground};
pub use happened::Happened;
pub use kinds::{Clock, DurationRange, Limit, LimitMark, LimitUnit, Milestone};
pub use predecessor::{Ends, Predecessor, Predecessors, is_id};

use crate::id::{OrgId, ProjectId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An activity's id within its plan: letters, digits and low lines, kept for good.
pub type ActivityId = String;

/// The network of one project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Plan {
    /// The day of acceptance: what waits for no one may begin on the next working day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub start: Date,
    /// The pattern that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<Applied>,
    /// What is known of the project that decides which steps it needs.
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// Steps of the pattern that this project leaves out by decision, not by a condition.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub left_out: BTreeSet<ActivityId>,
    pub activities: BTreeMap<ActivityId, PlanActivity>,
    /// Oldest first; never taken away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub baselines: Vec<Baseline>,
}

/// The pattern of a plan, as it was when it was applied or last taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Applied {
    /// Key of the pattern in its pack.
    pub pattern: String,
    /// Hash of the pack that it came from.
    pub pack: String,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub on: Date,
}

/// A name in both languages; what an office adds has the one it was written in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Name {
    pub zh: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlanActivity {
    pub name: Name,
    /// Its line within the plan, from 0.
    pub place: u32,
    /// Number of a phase of the pack.
    pub phase: i64,
    /// How long it takes, in working days; 0 for an event.
    pub days: i64,
    #[serde(default, skip_serializing_if = "Predecessors::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub after: Predecessors,
    /// What it waits for in other projects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after_others: Vec<OtherProject>,
    pub clock: Clock,
    /// Who answers for it, the leading one first: keys of organisations or roles of the pack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub department: Vec<String>,
    /// Who answers for it in this project, where that is decided otherwise than in the pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
    /// Who does the work, where the departments answer for somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<Name>,
    /// Kinds of the formalities that it is: their dates are its dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formality: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestone: Vec<Milestone>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<DurationRange>,
    /// Does not begin before this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub not_before: Option<Date>,
    /// Promised to be finished by the end of this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub due: Option<Date>,
    #[serde(default, skip_serializing_if = "Progress::is_none")]
    pub progress: Progress,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What has been done of an activity that is no formality. All absent: it has not begun.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Progress {
    /// The first day of work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub started: Option<Date>,
    /// The last day of work, or the day of an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub finished: Option<Date>,
    /// Working days that were left after the day of `seen`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remaining: Option<i64>,
    /// Physical progress, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// The day for which `remaining` and `percent` were reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub seen: Option<Date>,
}

/// An activity of another project that is waited for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OtherProject {
    pub project: ProjectId,
    pub activity: ActivityId,
    /// Working days after it has finished; finish to start.
    pub lag: i64,
}

/// The dates of a day, kept to be measured against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Baseline {
    pub name: String,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub on: Date,
    pub reason: String,
    pub approver: String,
    pub dates: BTreeMap<ActivityId, BaselineDates>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BaselineDates {
    /// As it was called then: it may be gone.
    pub name: Name,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub start: Date,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub finish: Date,
}

impl Name {
    pub fn in_lang(&self, lang: crate::words::Lang) -> &str {
        match lang {
            crate::words::Lang::Zh => &self.zh,
            crate::words::Lang::En => self.en.as_deref().unwrap_or(&self.zh),
        }
    }
}

impl PlanActivity {
    /// A step that waits for nothing and that nobody has begun, on line 0.
    pub fn named(name: Name, phase: i64, days: i64, clock: Clock) -> Self {
        Self {
            name,
            place: 0,
            phase,
            days,
            after: Predecessors::default(),
            after_others: vec![],
            clock,
            department: vec![],
            org: None,
            party: None,
            formality: vec![],
            milestone: vec![],
            limit: None,
            range: None,
            not_before: None,
            due: None,
            progress: Progress::default(),
            note: None,
        }
    }
}

impl Progress {
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Plan {
    /// An empty network from a day.
    pub fn from_day(start: Date) -> Self {
        Self { start, applied: None, facts: Facts::default(), left_out: BTreeSet::new(), activities: BTreeMap::new(), baselines: vec![] }
    }

    /// The activities in the order of their lines.
    pub fn lines(&self) -> Vec<(&ActivityId, &PlanActivity)> {
        let mut lines: Vec<_> = self.activities.iter().collect();
        lines.sort_by_key(|(id, a)| (a.place, *id));
        lines
    }

    /// The one that reaches a milestone, the first in the order of lines where several do.
    pub fn reaching(&self, milestone: Milestone) -> Option<&ActivityId> {
        self.lines().into_iter().find(|(_, a)| a.milestone.contains(&milestone)).map(|(id, _)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps of five days by id and what each waits for.
    pub(super) fn plan(steps: &[(&str, &str)]) -> Plan {
        let mut plan = Plan::from_day(jiff::civil::date(2026, 3, 2));
        for (place, (id, after)) in (0..).zip(steps) {
            let name = Name { zh: format!("示例{id}"), en: None };
            let mut activity = PlanActivity::named(name, 1, 5, Clock::Owner);
            (activity.place, activity.after) = (place, after.parse().unwrap());
            plan.activities.insert((*id).to_owned(), activity);
        }
        plan
    }
}
