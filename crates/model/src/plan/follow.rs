//! A plan follows its pattern: what changed between two states of the pattern comes into the plan, what the office decided stays.
use super::{ActivityId, Plan, PlanActivity, Predecessors, check::about, ground::Activities};
use crate::problem::Problem;
use std::collections::BTreeSet;

/// Two states of a pattern's steps, and what of their difference is meant.
pub struct Following<'a> {
    pub from: &'a Activities,
    pub to: &'a Activities,
    /// Only these; all when absent.
    pub only: Option<&'a BTreeSet<ActivityId>>,
    /// Takes fields over that the office has changed, too.
    pub firmly: bool,
}

/// How a step differs between two states of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differs {
    Added,
    Gone,
    Changed,
}

impl Following<'_> {
    /// The steps that differ, in the order of their ids.
    pub fn differing(&self) -> Vec<(&ActivityId, Differs)> {
        let ids: BTreeSet<&ActivityId> = self.from.keys().chain(self.to.keys()).collect();
        let meant = |id: &&ActivityId| self.only.is_none_or(|only| only.contains(*id));
        let differs = |id| match (self.from.get(id), self.to.get(id)) {
            (None, Some(_)) => Some((id, Differs::Added)),
            (Some(_), None) => Some((id, Differs::Gone)),
            (Some(a), Some(b)) => (!a.differing_fields(b).is_empty()).then_some((id, Differs::Changed)),
            (None, None) => None,
        };
        ids.into_iter().filter(meant).filter_map(differs).collect()
    }
}

impl Plan {
    /// Takes the difference over. Steps that go are bridged unless something leans on them; those stay, and it is said.
    pub fn follow(&mut self, way: &Following<'_>, leans: &dyn Fn(&str, &PlanActivity) -> bool) -> Vec<Problem> {
        let mut reminders = vec![];
        for (id, differs) in way.differing() {
            match (differs, way.from.get(id), way.to.get(id)) {
                (Differs::Added, _, Some(step)) if !self.activities.contains_key(id) => self.bring(id, step, way.to),
                (Differs::Changed, Some(from), Some(to)) => {
                    if let Some(mine) = self.activities.get_mut(id) {
                        mine.merge(from, to, way.firmly);
                    }
                }
                (Differs::Gone, ..) => match self.activities.get(id) {
                    Some(step) if leans(id, step) => reminders.push(Problem::warn("plan_step_kept").at(id.as_str()).with("activity", id)),
                    Some(_) => drop(self.bridge(id)),
                    None => {}
                },
                _ => {}
            }
        }
        self.relink(way);
        self.number();
        reminders
    }

    /// A step comes to the line where the pattern has it: after the nearest earlier step that is here.
    fn bring(&mut self, id: &str, step: &PlanActivity, pattern: &Activities) {
        let earlier =
            pattern.iter().filter(|(_, a)| a.place < step.place).filter_map(|(id, a)| Some((a.place, self.activities.get(id)?.place)));
        let line = earlier.max().map_or(0, |(_, here)| here.saturating_add(1));
        for other in self.activities.values_mut().filter(|a| a.place >= line) {
            other.place = other.place.saturating_add(1);
        }
        self.activities.insert(id.to_owned(), PlanActivity { place: line, ..step.clone() });
    }

    /// Links of steps that came or went, in the steps around them, which differ by nothing else that was meant.
    fn relink(&mut self, way: &Following<'_>) {
        let here: BTreeSet<ActivityId> = self.activities.keys().cloned().collect();
        for (id, mine) in &mut self.activities {
            if let (Some(from), Some(to)) = (way.from.get(id), way.to.get(id)) {
                let moved = |other: &str| {
                    way.only.is_none_or(|only| only.contains(other)) && way.from.contains_key(other) != way.to.contains_key(other)
                };
                let around = to.after.iter().chain(from.after.iter()).any(|p| moved(&p.id));
                if around && way.only.is_none_or(|only| !only.contains(id)) {
                    mine.after.merge(&from.after, &to.after);
                }
            }
            mine.after.0.retain(|p| here.contains(&p.id));
        }
    }

    /// Lines from 0 without gaps, in their order.
    pub(super) fn number(&mut self) {
        let order: Vec<ActivityId> = self.lines().into_iter().map(|(id, _)| id.clone()).collect();
        for (line, id) in (0..).zip(order) {
            if let Some(activity) = self.activities.get_mut(&id) {
                activity.place = line;
            }
        }
    }
}

impl Predecessors {
    /// Links that came come, links that went go; those that the office tied itself stay.
    fn merge(&mut self, from: &Self, to: &Self) {
        self.0.retain(|p| !from.contains(p) || to.contains(p));
        for link in to.iter().filter(|p| !from.contains(p) && !self.contains(p)).cloned().collect::<Vec<_>>() {
            self.tie(link);
        }
    }
}

macro_rules! fields { ($($field:ident)*) => {
    impl PlanActivity {
        /// The fields of the plan's content in which two states of a step differ.
        pub fn differing_fields(&self, other: &Self) -> Vec<&'static str> {
            let mut found = vec![];
            $(if self.$field != other.$field { found.push(stringify!($field)); })*
            if self.after != other.after { found.push("after"); }
            found
        }

        /// What the pattern changed is changed here where the office has not changed it itself.
        fn merge(&mut self, from: &Self, to: &Self, firmly: bool) {
            $(if from.$field != to.$field && (firmly || self.$field == from.$field) { self.$field = to.$field.clone(); })*
            self.after.merge(&from.after, &to.after);
        }
    }
} }
fields!(name phase days clock department party formality milestone limit range note);

/// Steps that somebody asked for and that are not to be had.
pub(super) fn unknown(id: &str) -> Problem {
    about("plan_not_in_pattern", id)
}
