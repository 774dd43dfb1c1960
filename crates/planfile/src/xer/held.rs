//! What P6 can hold of a plan that may come from another program, and what it cannot.
use super::calendars::Working;
use super::findings::shortened;
use crate::{Loss, Plan, ResourceKind, lag};
use lantu_calendar::Span;
use lantu_schedule::{Activity, Constraint, ConstraintKind, Contour, Detail, Dialect, FixedDates, Kind, Lag, Link, Progress, ScheduleFrom};

/// What is written of an activity, where the plan says more than P6 can hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Held {
    pub kind: Kind,
    pub duration: Span,
    pub constraint: Option<Constraint>,
}

/// Collects what is lost of one plan.
pub(super) struct Holder<'p> {
    plan: &'p Plan,
    working: Working<'p>,
    pub losses: Vec<Loss>,
}

impl<'p> Holder<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        Self { plan, working: Working::new(&plan.calendars), losses: vec![] }
    }

    fn lose(&mut self, code: &'static str, place: String, found: impl ToString) {
        self.losses.push(Loss { code, place, found: found.to_string() });
    }

    /// What the settings of the project lose.
    pub fn settings(&mut self) {
        let options = &self.plan.options;
        let place = format!("project {}", self.plan.id);
        if options.dialect == Dialect::MsProject {
            self.lose("rules_of_ms_project", place.clone(), "");
        }
        if options.from == ScheduleFrom::Finish {
            self.lose("schedule_from_finish", place.clone(), "");
        }
        if options.data_date.is_none() {
            self.lose("data_date_assumed", place.clone(), options.start);
        }
        if options.multiple_critical_paths {
            self.lose("multiple_critical_paths", place, "");
        }
        for calendar in self.plan.calendars.iter().filter(|c| !c.spec.work_weeks.is_empty()) {
            let loss = Loss { code: "work_weeks_flattened", place: format!("calendar {}", calendar.uid), found: calendar.name.clone() };
            self.losses.push(loss);
        }
        for resource in self.plan.resources.iter().filter(|r| r.kind == ResourceKind::Cost) {
            let loss = Loss { code: "cost_resource", place: format!("resource {}", resource.uid), found: resource.name.clone() };
            self.losses.push(loss);
        }
    }

    /// Whether an activity has no place in P6 at all.
    pub fn leaves_out(&mut self, at: usize) -> bool {
        let activity = &self.plan.activities[at];
        let out = activity.detail.as_ref().is_some_and(|d| d.inactive);
        if out {
            self.lose("inactive_activity", place(activity), &self.plan.labels[at].name);
        }
        out
    }

    /// What is written of an activity.
    pub fn hold(&mut self, at: usize) -> Held {
        let activity = &self.plan.activities[at];
        let mut held = Held { kind: activity.kind, duration: activity.duration, constraint: activity.constraint() };
        let milestone = activity.detail.as_ref().is_some_and(|d| d.milestone);
        if self.plan.options.dialect == Dialect::MsProject && activity.kind == Kind::Task {
            match activity.duration.is_zero() {
                true => held.kind = Kind::FinishMilestone,
                false if milestone => self.lose("milestone_with_duration", place(activity), activity.duration.as_minutes()),
                false => {}
            }
        }
        if activity.elapsed {
            held.duration = self.worked(at);
            self.lose("elapsed_duration", place(activity), activity.duration.as_minutes());
        }
        if let Some(detail) = activity.detail.as_deref() {
            self.hold_detail(activity, detail, &mut held);
        }
        held
    }

    fn hold_detail(&mut self, activity: &Activity, detail: &Detail, held: &mut Held) {
        if let Some(FixedDates { start, finish }) = detail.fixed {
            held.constraint = Some(Constraint { kind: ConstraintKind::MustStartOn, date: start });
            held.duration = self.working.at(activity.calendar.0).work_between(start, finish).max(Span::ZERO);
            self.lose(if detail.external { "external_activity" } else { "manual_activity" }, place(activity), start);
        }
        if let Some(deadline) = detail.deadline {
            self.lose("deadline", place(activity), deadline);
        }
        if let Some(delay) = detail.leveling_delay {
            self.lose("leveling_delay", place(activity), delay.span.as_minutes());
        }
        if !detail.splits.is_empty() {
            self.lose("split_activity", place(activity), detail.splits.len());
        }
        if detail.recurring {
            self.lose("recurring_activity", place(activity), "");
        }
        for assignment in &detail.assignments {
            let contoured = assignment.contour != Contour::Flat;
            let delay = assignment.leveling_delay.is_some() || assignment.delay.is_some_and(|d| d.elapsed);
            for (code, lost) in
                [("contour", contoured), ("assignment_delay", delay), ("assignment_without_resource", assignment.resource.is_none())]
            {
                if lost {
                    self.lose(code, place(activity), assignment.resource.map_or_else(String::new, |r| r.to_string()));
                }
            }
        }
        self.hold_progress(activity, detail);
    }

    /// P6 works out what has been done from the dates.
    fn hold_progress(&mut self, activity: &Activity, detail: &Detail) {
        let (from, to, actual) = match detail.progress {
            Progress::NotStarted => return,
            Progress::Started { start, actual, .. } => (start, self.plan.options.data_date.unwrap_or(start).max(start), actual),
            Progress::Finished { start, finish, actual } => (start, finish, actual),
        };
        let work = self.working.at(activity.calendar.0);
        let stopped = detail.stop.filter(|s| *s >= from && *s < to);
        let away = stopped.map_or(Span::ZERO, |s| work.work_between(s, detail.resume.unwrap_or(to).clamp(s, to)));
        if work.work_between(from, to) - away != actual {
            self.lose("actual_duration_by_dates", place(activity), actual.as_minutes());
        }
    }

    /// A duration by the clock as work on the activity's calendar, where its dates tell.
    fn worked(&mut self, at: usize) -> Span {
        let (activity, stored) = (&self.plan.activities[at], &self.plan.stored[at]);
        match (stored.start, stored.finish) {
            (Some(start), Some(finish)) => self.working.at(activity.calendar.0).work_between(start, finish).max(Span::ZERO),
            _ => activity.duration,
        }
    }

    /// What a summary row loses; P6's elements only sum up.
    pub fn hold_summary(&mut self, at: usize) {
        let activity = &self.plan.activities[at];
        if let Some(notes) = &self.plan.stored[at].notes {
            self.lose("notes_of_summary", place(activity), shortened(notes));
        }
        let Some(detail) = activity.detail.as_deref() else { return };
        if let Some(constraint) = detail.constraint {
            self.lose("summary_constraint", place(activity), constraint.date);
        }
        if !detail.assignments.is_empty() {
            self.lose("summary_assignment", place(activity), detail.assignments.len());
        }
    }

    /// Whether a link can be written; its lag may change.
    pub fn holds_link(&mut self, link: &Link) -> bool {
        let (Some(before), Some(after)) = (self.plan.activities.get(link.predecessor.at()), self.plan.activities.get(link.successor.at()))
        else {
            return false;
        };
        let place = format!("link {} - {}", before.uid, after.uid);
        match link.lag {
            Lag::Work(_) => {}
            Lag::Elapsed(span) if span.is_zero() || lag::by_the_clock(self.plan) => {}
            Lag::Elapsed(span) => self.lose("elapsed_lag", place.clone(), span.as_minutes()),
            Lag::Percent(percent) | Lag::ElapsedPercent(percent) => self.lose("percent_lag", place.clone(), percent),
        }
        if before.is_summary() || after.is_summary() {
            self.lose("link_on_summary", place, "");
            return false;
        }
        true
    }
}

/// Where a row stands, for people and machines.
fn place(activity: &Activity) -> String {
    format!("activity {}", activity.uid)
}
