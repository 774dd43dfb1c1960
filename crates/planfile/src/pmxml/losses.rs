//! What a plan says and P6's XML cannot hold.
use super::week::Plain;
use crate::{Loss, Plan, ResourceKind, Stored, lag};
use lantu_schedule::{Activity, ActivityIx, Assignment, Contour, Detail, Dialect, Kind, Lag, Link, Options, ScheduleFrom};

/// What is lost of a plan that was not read from this format.
pub(super) fn of_plan(plan: &Plan, calendars: &[Plain]) -> Vec<Loss> {
    let mut losses = vec![];
    of_options(&plan.options, &mut losses);
    for (calendar, _) in plan.calendars.iter().zip(calendars).filter(|(_, plain)| plain.cut) {
        losses.push(loss("calendar_cut", format!("calendar {}", calendar.uid), &calendar.name));
    }
    for resource in plan.resources.iter().filter(|r| r.kind == ResourceKind::Cost) {
        losses.push(loss("cost_resource_as_material", format!("resource {}", resource.uid), &resource.name));
    }
    for (at, row) in plan.activities.iter().enumerate() {
        of_row(row, &mut losses);
        let marked = row.detail.as_ref().is_some_and(|d| d.milestone);
        if marked && row.kind == Kind::Task && !row.duration.is_zero() && plan.options.dialect == Dialect::MsProject {
            losses.push(loss("milestone_with_duration", place(row), ""));
        }
        if let Some(stored) = plan.stored.get(at) {
            of_stored(row, stored, &mut losses);
        }
    }
    for link in &plan.links {
        of_link(plan, link, &mut losses);
    }
    losses
}

fn loss(code: &'static str, place: String, found: &str) -> Loss {
    Loss { code, place, found: crate::xml::shortened(found) }
}

fn of_options(o: &Options, losses: &mut Vec<Loss>) {
    let mut say = |code, found: &str| losses.push(loss(code, "project".into(), found));
    if o.dialect == Dialect::MsProject {
        say("ms_project_rules_not_held", "P6 schedules by its own rules");
    }
    if o.from == ScheduleFrom::Finish {
        say("schedule_from_finish_not_held", "");
    }
    if o.multiple_critical_paths {
        say("multiple_critical_paths_not_held", "");
    }
    if !o.honor_constraints {
        say("honor_constraints_not_held", "");
    }
    if o.dialect == Dialect::MsProject && o.data_date.is_none() {
        say("data_date_assumed", &o.start.to_string());
    }
}

/// Where a row is told of.
pub(super) fn place(row: &Activity) -> String {
    format!("{} {}", if row.is_summary() { "WBS" } else { "activity" }, row.uid)
}

/// What is lost of a row, whatever document it goes into.
pub(super) fn of_row(row: &Activity, losses: &mut Vec<Loss>) {
    let mut say = |code, found: String| losses.push(loss(code, place(row), &found));
    if row.elapsed {
        say("elapsed_duration_not_held", format!("{} h", row.duration.as_minutes() / 60.0));
    }
    let Some(detail) = row.detail.as_deref() else { return };
    if let Some(deadline) = detail.deadline {
        say("deadline_not_held", deadline.to_string());
    }
    if let Some(fixed) = detail.fixed {
        say("manual_dates_not_held", format!("{} – {}", fixed.start, fixed.finish));
    }
    if let Some(delay) = detail.leveling_delay {
        say("leveling_delay_not_held", format!("{} h", delay.span.as_minutes() / 60.0));
    }
    if !detail.splits.is_empty() {
        say("splits_not_held", detail.splits.len().to_string());
    }
    if row.is_summary() && detail.constraint.is_some() {
        say("constraint_on_summary_not_held", format!("{:?}", detail.constraint.map(|c| c.kind)));
    }
    for (code, _) in flags(detail).into_iter().filter(|(_, on)| *on) {
        say(code, String::new());
    }
    for assignment in &detail.assignments {
        of_assignment(row, assignment, losses);
    }
}

fn flags(detail: &Detail) -> [(&'static str, bool); 4] {
    [
        ("inactive_activity", detail.inactive),
        ("external_task_not_held", detail.external),
        ("recurring_not_held", detail.recurring),
        ("ignores_resource_calendars_not_held", detail.ignores_resource_calendars),
    ]
}

fn of_assignment(row: &Activity, a: &Assignment, losses: &mut Vec<Loss>) {
    let mut say = |code, found: String| losses.push(loss(code, place(row), &found));
    if row.is_summary() {
        return say("assignment_on_summary_not_held", String::new());
    }
    if a.resource.is_none() {
        // MS Project has one of these for every task that no one is assigned to.
        if a.work == row.duration {
            return;
        }
        return say("assignment_without_resource", format!("{} h", a.work.as_minutes() / 60.0));
    }
    if a.contour != Contour::Flat {
        say("contour_not_held", format!("{:?}", a.contour));
    }
    if let Some(delay) = a.leveling_delay.or(a.delay.filter(|d| d.elapsed || d.span.is_negative())) {
        say("assignment_delay_not_held", format!("{} h", delay.span.as_minutes() / 60.0));
    }
}

fn of_stored(row: &Activity, stored: &Stored, losses: &mut Vec<Loss>) {
    if let Some(start) = stored.baseline_start.or(stored.baseline_finish) {
        losses.push(loss("baseline_not_held", place(row), &start.to_string()));
    }
    if row.is_summary() && stored.notes.is_some() {
        losses.push(loss("notes_of_summary_not_held", place(row), stored.notes.as_deref().unwrap_or_default()));
    }
}

/// What is lost of a link, whatever document it goes into.
pub(super) fn of_link(plan: &Plan, link: &Link, losses: &mut Vec<Loss>) {
    let uid = |ix: ActivityIx| plan.activities.get(ix.at()).map_or(0, |a| a.uid);
    let mut say = |code, found: String| {
        let place = format!("link {} → {}", uid(link.predecessor), uid(link.successor));
        losses.push(loss(code, place, &found));
    };
    if !is_held(plan, link) {
        return say("link_on_summary_not_held", format!("{:?}", link.kind));
    }
    match link.lag {
        Lag::Work(_) => {}
        Lag::Elapsed(span) if span.is_zero() || lag::by_the_clock(plan) => {}
        Lag::Elapsed(span) => say("elapsed_lag_as_work", format!("{} h", span.as_minutes() / 60.0)),
        Lag::Percent(percent) | Lag::ElapsedPercent(percent) => say("percent_lag_as_hours", format!("{percent} %")),
    }
}

/// P6 ties activities only, never WBS elements.
pub(super) fn is_held(plan: &Plan, link: &Link) -> bool {
    let is_work = |ix: ActivityIx| plan.activities.get(ix.at()).is_some_and(|a| !a.is_summary());
    is_work(link.predecessor) && is_work(link.successor)
}
