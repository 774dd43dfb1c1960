//! What cannot be true of a plan, whole or in one of its activities.
use super::{Ground, Plan, PlanActivity, links::LONGEST_LAG};
use crate::problem::Problem;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// No activity is longer, in working days: about forty years.
pub(super) const LONGEST: i64 = 10_000;
const MOST: usize = 2_000;
const NAME_LIMIT: usize = 200;
const NOTE_LIMIT: usize = 2_000;

/// A finding about an activity, told by its id.
pub(super) fn about(code: &str, id: &str) -> Problem {
    Problem::block(code).at(id).with("activity", id)
}

impl Plan {
    /// What holds for the network as a whole: its links lead somewhere and nowhere in a ring, and it has a day to begin.
    pub(super) fn network_problems(&self) -> Vec<Problem> {
        let mut found = vec![];
        if !(1990..=2100).contains(&self.start.year()) {
            found.push(Problem::block("plan_bad_start").at("start").with("found", self.start));
        }
        if self.activities.len() > MOST {
            found.push(Problem::block("plan_too_many").with("found", self.activities.len()).with("limit", MOST));
        }
        for (id, activity) in self.lines() {
            self.link_problems(id, activity, &mut found);
        }
        if let Some(ring) = self.ring().filter(|ring| ring.len() > 2) {
            let first = ring.first().cloned().unwrap_or_default();
            found.push(Problem::block("plan_cycle").at(first).with("ring", ring.join(" → ")));
        }
        found
    }

    fn link_problems(&self, id: &str, activity: &PlanActivity, found: &mut Vec<Problem>) {
        let mut seen = BTreeSet::new();
        for link in activity.after.iter() {
            if link.id == id {
                found.push(about("plan_link_to_itself", id));
            } else if !self.activities.contains_key(&link.id) {
                found.push(about("plan_unknown_predecessor", id).with("found", &link.id));
            } else if !seen.insert((&link.id, link.ends)) {
                found.push(about("plan_link_twice", id).with("other", &link.id));
            }
            if !(-LONGEST_LAG..=LONGEST_LAG).contains(&link.lag) {
                found.push(about("plan_bad_lag", id).with("found", link.lag).with("limit", LONGEST_LAG));
            }
        }
    }
}

impl PlanActivity {
    /// What holds for one activity by itself.
    pub(super) fn problems(&self, id: &str, ground: &Ground<'_>) -> Vec<Problem> {
        let mut found = vec![];
        if self.name.zh.trim().is_empty() {
            found.push(about("plan_name_missing", id));
        }
        self.length_problems(id, &mut found);
        if !(0..=LONGEST).contains(&self.days) {
            found.push(about("plan_bad_days", id).with("found", self.days).with("limit", LONGEST));
        }
        if !ground.phases.contains(&self.phase) {
            found.push(about("plan_unknown_phase", id).with("found", self.phase));
        }
        for key in self.department.iter().filter(|key| !ground.departments.contains(key.as_str())) {
            found.push(about("plan_unknown_department", id).with("found", key));
        }
        for kind in self.formality.iter().filter(|kind| !ground.formalities.contains(kind.as_str())) {
            found.push(about("unknown_formality", id).with("found", kind));
        }
        if self.org.is_some_and(|org| !ground.orgs.contains(&org)) {
            found.push(about("unknown_org", id));
        }
        if self.limit.is_some_and(|limit| limit.days.is_some_and(|days| !(0..=LONGEST).contains(&days))) {
            found.push(about("plan_bad_limit", id).with("limit", LONGEST));
        }
        if self.range.is_some_and(|range| !(1..=100).contains(&range.min) || !(100..=10_000).contains(&range.max)) {
            found.push(about("plan_bad_range", id));
        }
        if let (Some(first), Some(last)) = (self.not_before, self.due)
            && last < first
        {
            found.push(about("plan_due_before_start", id).with("first", first).with("second", last));
        }
        found
    }

    fn length_problems(&self, id: &str, found: &mut Vec<Problem>) {
        let party = self.party.as_ref().map(|p| p.zh.as_str());
        let texts = [
            ("plan.name", Some(self.name.zh.as_str()), NAME_LIMIT),
            ("plan.party", party, NAME_LIMIT),
            ("plan.note", self.note.as_deref(), NOTE_LIMIT),
        ];
        for (field, text, limit) in texts {
            if text.is_some_and(|text| text.chars().count() > limit) {
                found.push(about("plan_too_long", id).with("field", field).with("limit", limit));
            }
        }
    }

    /// What cannot be true of what was done of it.
    pub(super) fn progress_problems(&self, id: &str, today: Date) -> Vec<Problem> {
        let p = &self.progress;
        let mut found = vec![];
        for (field, day) in [("plan.started", p.started), ("plan.finished", p.finished), ("plan.seen", p.seen)] {
            if let Some(day) = day.filter(|day| *day > today) {
                found.push(about("plan_fact_in_future", id).with("field", field).with("found", day));
            }
        }
        if let (Some(started), Some(finished)) = (p.started, p.finished)
            && finished < started
        {
            found.push(about("plan_finish_before_start", id).with("first", started).with("second", finished));
        }
        if let (Some(started), Some(seen)) = (p.started, p.seen)
            && seen < started
        {
            found.push(about("plan_seen_before_start", id).with("first", started).with("second", seen));
        }
        if p.percent.is_some_and(|percent| percent > 100) {
            found.push(about("plan_bad_percent", id).with("found", p.percent.unwrap_or_default()));
        }
        if p.remaining.is_some_and(|days| !(0..=LONGEST).contains(&days)) {
            found.push(about("plan_bad_remaining", id).with("found", p.remaining.unwrap_or_default()).with("limit", LONGEST));
        }
        if p.finished.is_some() && (p.remaining.is_some_and(|days| days > 0) || p.percent.is_some_and(|percent| percent < 100)) {
            found.push(about("plan_work_left_when_finished", id));
        }
        if p.started.is_none() && p.finished.is_none() && (p.remaining.is_some() || p.percent.is_some_and(|percent| percent > 0)) {
            found.push(about("plan_work_before_start", id));
        }
        found
    }
}
