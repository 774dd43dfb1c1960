//! What a plan says, line by line, whatever order and identities its file has: two plans that say the same are the same.
use lantu_calendar::{Calendar, Span};
use lantu_planfile::Plan;
use lantu_schedule::{Activity, Assignment, ConstraintKind, Detail, Lag, Link, Progress};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// One line for each thing said.
pub fn told(plan: &Plan) -> Vec<String> {
    let calendars = Calendar::resolve(&plan.calendars.iter().map(|c| c.spec.clone()).collect::<Vec<_>>());
    let hours = |at: usize| hours(&calendars[at], plan.options.start.day_number());
    let o = &plan.options;
    let mut lines = vec![
        format!("{} {} {:?} {:x}", plan.id, plan.name, plan.units, hours(o.calendar.at())),
        format!("{:?} {:?} {:?} {:?} {:?}", o.start, o.data_date, o.finish, o.from, o.critical),
        format!("{} {} {}", o.honor_constraints, o.split_in_progress, o.multiple_critical_paths),
    ];
    for (at, activity) in plan.activities.iter().enumerate() {
        lines.push(row(plan, at, activity, hours(activity.calendar.at())));
        let detail = activity.detail.as_deref().map_or(&[][..], |d| &d.assignments);
        let mut assignments: Vec<String> = detail.iter().map(|a| assignment(plan, activity.uid, a, hours(a.calendar.at()))).collect();
        assignments.sort();
        lines.extend(assignments);
    }
    let mut links: Vec<String> = plan.links.iter().map(|l| link(plan, l)).collect();
    links.sort();
    lines.extend(links);
    let mut resources: Vec<_> = plan.resources.iter().collect();
    resources.sort_by_key(|r| r.uid);
    for r in resources {
        let calendar = r.calendar.map(|c| hours(c as usize));
        lines.push(format!("resource {} {:?} {:?} {:?} {:?} {}", r.uid, r.code, r.name, r.kind, calendar, rounded(r.max_units)));
    }
    lines
}

/// The lines that differ.
pub fn difference(a: &Plan, b: &Plan) -> Vec<String> {
    let (a, b) = (told(a), told(b));
    let longer = a.len().max(b.len());
    let line = |list: &[String], at: usize| list.get(at).cloned().unwrap_or_default();
    (0..longer).filter(|at| line(&a, *at) != line(&b, *at)).map(|at| format!("{}\n    {}", line(&a, at), line(&b, at))).collect()
}

fn hours(calendar: &Calendar, from: i64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (from - 400..from + 1500).for_each(|day| calendar.hours(day).hash(&mut hasher));
    hasher.finish()
}

fn rounded(n: f64) -> String {
    format!("{n:.4}")
}

/// Tenths of a minute are what the format has room for.
fn tenths(span: Span) -> i64 {
    (span.as_seconds() + span.as_seconds().signum() * 3) / 6
}

fn row(plan: &Plan, at: usize, a: &Activity, hours: u64) -> String {
    let (label, s) = (&plan.labels[at], &plan.stored[at]);
    let parent = a.parent.map(|p| plan.activities[p.at()].uid);
    let none = Detail::default();
    let d = a.detail.as_deref().unwrap_or(&none);
    let constraint = d.constraint.map(|c| if c.kind == ConstraintKind::AsLateAsPossible { "late".into() } else { format!("{c:?}") });
    // The share of work that is not begun is nothing.
    let percent = if d.progress == Progress::NotStarted { 0.0 } else { s.percent_complete.unwrap_or(0.0) };
    let delay = d.leveling_delay.map(|d| (tenths(d.span), d.elapsed));
    let dates = [s.early_start, s.early_finish, s.late_start, s.late_finish, s.start, s.finish, s.baseline_start, s.baseline_finish];
    // How long a row is that sums up follows from its dates.
    let duration = if a.is_summary() { Span::ZERO } else { a.duration };
    let milestone = !a.is_summary() && (d.milestone || a.duration.is_zero());
    format!(
        "task {} {:?} {label:?} {hours:x} {:?} {} {:?} | {:?} {constraint:?} {:?} {:?} {:?} {:?} {delay:?} {:?} | {:?} | {dates:?} {:?} {:?} {:?} {percent} {:?}",
        a.uid,
        parent,
        a.kind,
        a.elapsed,
        duration,
        d.progress,
        d.deadline,
        d.stop,
        d.resume,
        d.fixed,
        d.splits,
        (d.ignores_resource_calendars, d.inactive, d.external, milestone, d.recurring),
        s.total_float.map(tenths),
        s.free_float.map(tenths),
        s.critical,
        s.notes,
    )
}

fn assignment(plan: &Plan, task: i64, a: &Assignment, hours: u64) -> String {
    let resource = a.resource.map(|r| plan.resources[r as usize].uid);
    let delays = [a.delay, a.leveling_delay].map(|d| d.map(|d| (tenths(d.span), d.elapsed)));
    let work = (a.work, a.remaining_work, a.actual_work, a.overtime);
    format!("task {task} by {resource:?} {hours:x} {} {} {work:?} {delays:?} {:?}", a.drives, rounded(a.units), a.contour)
}

fn link(plan: &Plan, l: &Link) -> String {
    let uid = |at: usize| plan.activities[at].uid;
    let lag = match l.lag {
        Lag::Work(span) if span.is_zero() => "none".into(),
        Lag::Work(span) => format!("work {}", tenths(span)),
        Lag::Elapsed(span) => format!("elapsed {}", tenths(span)),
        lag => format!("{lag:?}"),
    };
    format!("link {} {} {:?} {lag}", uid(l.predecessor.at()), uid(l.successor.at()), l.kind)
}
