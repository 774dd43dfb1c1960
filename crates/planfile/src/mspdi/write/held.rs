//! What the format cannot hold, told before it is written.
use crate::{Loss, Plan, ResourceKind};
use lantu_schedule::{
    Activity, ConstraintKind, Critical, Detail, Dialect, Kind, Lag, LagCalendar, ProgressLogic, ScheduleFrom, TaskType, TotalFloat,
};
use std::collections::HashSet;

/// So many are told one by one.
const TOLD: usize = 200;

/// Everything of a plan that a file made anew leaves out or says otherwise.
pub(super) fn losses(plan: &Plan) -> Vec<Loss> {
    let mut losses = vec![];
    options(plan, &mut losses);
    let mut has_rows = vec![false; plan.activities.len()];
    for parent in plan.activities.iter().filter_map(|a| a.parent) {
        if let Some(has) = has_rows.get_mut(parent.at()) {
            *has = true;
        }
    }
    for (activity, has_rows) in plan.activities.iter().zip(has_rows) {
        row(activity, has_rows, &mut losses);
        let suspended = activity.detail.as_deref().and_then(|d| d.stop).filter(|_| plan.options.dialect == Dialect::P6);
        losses.extend(suspended.map(|at| loss("suspend_as_stop", "Task", activity.uid, at.to_string())));
    }
    links(plan, &mut losses);
    for resource in plan.resources.iter().filter(|r| r.kind == ResourceKind::Nonlabor) {
        losses.push(loss("machine_as_work", "Resource", resource.uid, ""));
    }
    let planned = plan.stored.iter().filter(|s| s.planned_start.or(s.planned_finish).is_some() || s.planned_duration.is_some()).count();
    if planned > 0 {
        losses.push(loss("planned_dates_not_held", "Project", 0, planned.to_string()));
    }
    losses
}

/// At most so many, and how many more.
pub(super) fn told(mut losses: Vec<Loss>) -> Vec<Loss> {
    let more = losses.len().saturating_sub(TOLD);
    if more > 0 {
        losses.truncate(TOLD);
        losses.push(Loss { code: "more_losses", place: String::new(), found: more.to_string() });
    }
    losses
}

fn loss(code: &'static str, what: &str, uid: i64, found: impl Into<String>) -> Loss {
    let place = if what == "Project" { what.to_owned() } else { format!("{what} {uid}") };
    Loss { code, place, found: found.into() }
}

fn options(plan: &Plan, losses: &mut Vec<Loss>) {
    let options = &plan.options;
    let lags = plan.links.iter().any(|l| !matches!(l.lag, Lag::Work(span) if span.is_zero()));
    let p6 = options.dialect == Dialect::P6;
    let other_calendar = p6 && options.lag_calendar != LagCalendar::Successor && lags;
    let must_finish = options.finish.filter(|_| options.from == ScheduleFrom::Start);
    let days = plan.calendars.iter().filter(|c| c.minutes_per_day.is_some_and(|m| m != plan.units.minutes_per_day)).count();
    for (lost, code, found) in [
        (p6, "p6_rules_not_held", String::new()),
        (other_calendar, "lag_calendar_not_held", format!("{:?}", options.lag_calendar)),
        (p6 && options.progress != ProgressLogic::RetainedLogic, "progress_logic_not_held", format!("{:?}", options.progress)),
        (p6 && options.total_float == TotalFloat::Start, "float_option_not_held", format!("{:?}", options.total_float)),
        (options.critical == Critical::LongestPath, "longest_path_not_held", String::new()),
        (p6 && options.open_ended_critical, "open_ends_not_held", String::new()),
        (must_finish.is_some(), "must_finish_not_held", must_finish.map(|at| at.to_string()).unwrap_or_default()),
        (!options.honor_constraints, "honor_constraints_not_held", String::new()),
        (p6 && days > 0, "day_length_not_held", days.to_string()),
    ] {
        if lost {
            losses.push(loss(code, "Project", 0, found));
        }
    }
}

fn row(activity: &Activity, has_rows: bool, losses: &mut Vec<Loss>) {
    let kind = match activity.kind {
        Kind::Task | Kind::StartMilestone => None,
        Kind::ResourceDependent => Some("resource_dependent_as_task"),
        Kind::FinishMilestone => Some("finish_milestone_as_milestone"),
        Kind::LevelOfEffort => Some("level_of_effort_as_task"),
        Kind::WbsSummary => Some("wbs_summary_as_task"),
        Kind::Summary if has_rows || activity.uid == 0 => None,
        Kind::Summary => Some("empty_summary_as_task"),
    };
    losses.extend(kind.map(|code| loss(code, "Task", activity.uid, "")));
    if let Some(detail) = activity.detail.as_deref() {
        details(activity.uid, detail, losses);
    }
}

fn details(uid: i64, detail: &Detail, losses: &mut Vec<Loss>) {
    let constraint = detail.constraint.map(|c| c.kind);
    let secondary = detail.secondary.map(|c| format!("{:?} {}", c.kind, c.date));
    let external = detail.external_early_start.or(detail.external_late_finish);
    for (lost, code, found) in [
        (constraint == Some(ConstraintKind::StartOn), "start_on_as_no_earlier", String::new()),
        (constraint == Some(ConstraintKind::FinishOn), "finish_on_as_no_earlier", String::new()),
        (secondary.is_some(), "second_constraint_not_held", secondary.unwrap_or_default()),
        (detail.expected_finish.is_some(), "expected_finish_not_held", detail.expected_finish.map(|at| at.to_string()).unwrap_or_default()),
        (external.is_some(), "external_dates_not_held", external.map(|at| at.to_string()).unwrap_or_default()),
        (detail.task_type == TaskType::FixedDurationAndUnits, "task_type_not_held", String::new()),
    ] {
        if lost {
            losses.push(loss(code, "Task", uid, found));
        }
    }
}

fn links(plan: &Plan, losses: &mut Vec<Loss>) {
    let uid = |at: lantu_schedule::ActivityIx| plan.activities.get(at.at()).map_or(0, |a| a.uid);
    let mut seen = HashSet::new();
    for link in &plan.links {
        let (predecessor, successor) = (uid(link.predecessor), uid(link.successor));
        if link.predecessor == link.successor {
            losses.push(loss("link_to_itself_left_out", "Task", successor, ""));
        } else if !seen.insert((link.predecessor, link.successor)) {
            losses.push(loss("second_link_at_risk", "Task", successor, predecessor.to_string()));
        }
        if let Lag::Percent(share) | Lag::ElapsedPercent(share) = link.lag
            && share.fract() != 0.0
        {
            losses.push(loss("percent_lag_rounded", "Task", successor, share.to_string()));
        }
    }
}
