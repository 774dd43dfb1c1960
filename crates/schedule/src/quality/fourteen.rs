//! The fourteen points, in their order.
use super::scope::Scope;
use super::{Finding, Limit};
use crate::{ConstraintKind, Instant, LinkKind, Progress, Span, schedule};

pub(super) fn check(s: &Scope) -> Vec<Finding> {
    let points = [
        logic(s),
        leads(s),
        lags(s),
        relationship_types(s),
        hard_constraints(s),
        high_float(s),
        negative_float(s),
        high_duration(s),
        invalid_dates(s),
        resources(s),
        missed_tasks(s),
        critical_path_test(s),
        critical_path_length_index(s),
        baseline_execution_index(s),
    ];
    (1..).zip(points).map(|(point, finding)| Finding { point: Some(point), ..finding }).collect()
}

fn tasks(s: &Scope, code: &'static str, limit: Limit, is_found: impl Fn(usize) -> bool) -> Finding {
    let found = s.uids(s.open_tasks().filter(|at| is_found(*at)));
    Finding::share(code, found, s.open_tasks().count(), limit)
}

/// Tasks without a predecessor or without a successor: at most 5 %.
fn logic(s: &Scope) -> Finding {
    tasks(s, "logic", Limit::AtMost(5.0), |at| s.into[at] == 0 || s.out_of[at] == 0)
}

fn of_links(s: &Scope, code: &'static str, limit: Limit, is_found: impl Fn(&crate::Link) -> bool) -> Finding {
    let found: Vec<usize> = s.open_links().filter(|l| is_found(l)).map(|l| l.successor.at()).collect();
    let (count, mut rows) = (found.len(), found);
    rows.sort_unstable();
    Finding::counted(code, count, s.uids(rows.into_iter()), s.open_links().count(), limit)
}

/// Links with a negative lag: none.
fn leads(s: &Scope) -> Finding {
    of_links(s, "leads", Limit::AtMost(0.0), |l| s.lag(l).is_negative())
}

/// Links with a lag: at most 5 %.
fn lags(s: &Scope) -> Finding {
    of_links(s, "lags", Limit::AtMost(5.0), |l| s.lag(l).is_positive())
}

/// Links from finish to start: at least 90 %. Named are the others.
fn relationship_types(s: &Scope) -> Finding {
    let others = of_links(s, "relationship_types", Limit::None, |l| l.kind != LinkKind::FinishStart);
    let count = others.population - others.count;
    Finding::counted("relationship_types", count, others.activities, others.population, Limit::AtLeast(90.0))
}

/// Constraints that keep a task from following its logic later: at most 5 %.
fn hard_constraints(s: &Scope) -> Finding {
    use ConstraintKind::*;
    let hard = |kind| matches!(kind, MustStartOn | MustFinishOn | StartNoLaterThan | FinishNoLaterThan | StartOn | FinishOn);
    tasks(s, "hard_constraints", Limit::AtMost(5.0), |at| {
        s.detail(at).is_some_and(|d| [d.constraint, d.secondary].into_iter().flatten().any(|c| hard(c.kind)))
    })
}

/// More than 44 days of total float: at most 5 %.
fn high_float(s: &Scope) -> Finding {
    tasks(s, "high_float", Limit::AtMost(5.0), |at| s.row(at).total_float > s.days(44))
}

/// Negative total float: none.
fn negative_float(s: &Scope) -> Finding {
    tasks(s, "negative_float", Limit::AtMost(0.0), |at| s.row(at).total_float.is_negative())
}

/// More than 44 days of work: at most 5 %.
fn high_duration(s: &Scope) -> Finding {
    tasks(s, "high_duration", Limit::AtMost(5.0), |at| s.whole(at) > s.days(44))
}

/// Work planned before the status date, or done after it: none.
fn invalid_dates(s: &Scope) -> Finding {
    let all = || (0..s.network.activities.len()).filter(|at| s.is_activity(*at));
    let Some(status) = s.status() else {
        return Finding::share("invalid_dates", vec![], all().count(), Limit::AtMost(0.0)).unknown(true);
    };
    let row = |at: usize| s.row(at);
    let is_invalid = |at: &usize| match s.progress(*at) {
        Progress::NotStarted => row(*at).start < status,
        Progress::Started { start, .. } => start > status || row(*at).finish < status,
        Progress::Finished { start, finish, .. } => start > status || finish > status,
    };
    Finding::share("invalid_dates", s.uids(all().filter(is_invalid)), all().count(), Limit::AtMost(0.0))
}

/// Tasks of a day or more on which no one works: none, in a schedule with resources.
fn resources(s: &Scope) -> Finding {
    let assigned = |at: usize| s.detail(at).is_some_and(|d| !d.assignments.is_empty());
    let long = || s.open_tasks().filter(|at| s.whole(*at) >= s.options.day);
    let none = !(0..s.network.activities.len()).any(assigned);
    let found = if none { vec![] } else { s.uids(long().filter(|at| !assigned(*at))) };
    Finding::share("resources", found, long().count(), Limit::AtMost(0.0)).unknown(none)
}

/// The tasks whose agreed finish has come.
fn due<'a>(s: &'a Scope, status: Instant) -> impl Iterator<Item = usize> + 'a {
    let agreed = move |at: &usize| s.baseline(*at).and_then(|b| b.finish).is_some_and(|finish| finish <= status);
    (0..s.network.activities.len()).filter(|at| s.is_task(*at)).filter(agreed)
}

/// Tasks that end, or will end, later than agreed, of those agreed to have ended: at most 5 %.
fn missed_tasks(s: &Scope) -> Finding {
    let Some(status) = s.status().filter(|_| s.options.baseline.is_some()) else {
        return Finding::share("missed_tasks", vec![], 0, Limit::AtMost(5.0)).unknown(true);
    };
    let is_late = |at: &usize| s.baseline(*at).and_then(|b| b.finish).is_some_and(|agreed| !s.is_done(*at) || s.row(*at).finish > agreed);
    Finding::share("missed_tasks", s.uids(due(s, status).filter(is_late)), due(s, status).count(), Limit::AtMost(5.0))
}

/// A critical task 600 days longer makes the project as much later, or the logic does not hold to the end.
fn critical_path_test(s: &Scope) -> Finding {
    let critical = || s.open_tasks().filter(|at| s.row(*at).critical);
    let first = critical().min_by_key(|at| (s.row(*at).early_start, s.uid(*at)));
    let Some(at) = first else {
        return Finding::share("critical_path_test", vec![], 0, Limit::AtMost(0.0)).unknown(true);
    };
    let more = s.days(600);
    // Where calendars differ the ends of work may shift by hours, not by a day.
    let shift = Span::seconds(s.options.day.as_seconds() / 2);
    let holds = longer(s, at, more).is_some_and(|moved| moved + shift >= more);
    let found = if holds { vec![] } else { vec![s.uid(at)] };
    Finding::share("critical_path_test", found, 1, Limit::AtMost(0.0))
}

/// How much later the project ends, in the time of the activity, when it takes so much longer.
fn longer(s: &Scope, at: usize, more: Span) -> Option<Span> {
    let mut network = s.network.clone();
    let activity = &mut network.activities[at];
    activity.duration += more;
    if let Some(d) = activity.detail.as_deref_mut() {
        if let Progress::Started { remaining, .. } = &mut d.progress {
            *remaining += more;
        }
        for assignment in &mut d.assignments {
            let share = Span::from_minutes(more.as_minutes() * assignment.units / 100.0);
            assignment.work += share;
            assignment.remaining_work += share;
        }
    }
    let after = schedule(&network).ok()?;
    let hours = network.calendars.get(network.activities[at].calendar.at())?;
    Some(hours.work_between(s.schedule.finish, after.finish))
}

/// (length of the critical path + float to the agreed end) / length: at least 0.95.
fn critical_path_length_index(s: &Scope) -> Finding {
    let agreed = (0..s.network.activities.len()).filter_map(|at| s.baseline(at).and_then(|b| b.finish)).max();
    let target = s.network.options.finish.or(agreed);
    let hours = s.network.calendars.get(s.network.options.calendar.at());
    let from = s.status().unwrap_or(s.schedule.start);
    let value = target.zip(hours).and_then(|(target, hours)| {
        let length = hours.work_between(from, s.schedule.finish).as_minutes();
        let float = hours.work_between(s.schedule.finish, target).as_minutes();
        (length > 0.0).then(|| (length + float) / length)
    });
    let critical = s.open_tasks().filter(|at| s.row(*at).critical);
    let found = s.uids(critical);
    let finding = Finding::index("critical_path_length_index", value, found.len(), s.open_tasks().count(), 0.95);
    let named = if finding.passed == Some(false) { found } else { vec![] };
    Finding { activities: named, ..finding }
}

/// Tasks done / tasks agreed to be done by now, those that nothing was agreed for among them: at least 0.95.
fn baseline_execution_index(s: &Scope) -> Finding {
    let Some(status) = s.status().filter(|_| s.options.baseline.is_some()) else {
        return Finding::index("baseline_execution_index", None, 0, 0, 0.95);
    };
    let all = || (0..s.network.activities.len()).filter(|at| s.is_task(*at));
    let done = all().filter(|at| s.is_done(*at)).count();
    let wanted = due(s, status).count() + all().filter(|at| s.baseline(*at).is_none()).count();
    let value = (wanted > 0).then(|| done as f64 / wanted as f64);
    let open = s.uids(due(s, status).filter(|at| !s.is_done(*at)));
    Finding { activities: open, ..Finding::index("baseline_execution_index", value, done, wanted, 0.95) }
}
