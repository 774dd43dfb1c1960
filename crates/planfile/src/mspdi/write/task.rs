//! The elements of a task.
use super::{
    entry::{Entry, entry, flag, maybe},
    numbers::Numbers,
};
use crate::Stored;
use crate::mspdi::{
    codes,
    value::{date_text, duration_text, tenths_text},
};
use crate::xml::XmlBuilder;
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Activity, Constraint, ConstraintKind, Detail, Lag, Link, Progress, TaskType};

/// The texts of a row, in the schema's order.
pub(super) fn entries(numbers: &Numbers, at: usize) -> Vec<Entry> {
    let (plan, none) = (numbers.plan, (Detail::default(), Stored::default()));
    let Some(activity) = plan.activities.get(at) else { return vec![] };
    let detail = activity.detail.as_deref().unwrap_or(&none.0);
    let stored = plan.stored.get(at).unwrap_or(&none.1);
    let mut list = names(numbers, at, detail);
    list.extend(dates(numbers, at, activity, detail));
    list.extend(sorts(activity, detail, stored));
    list.extend(computed(stored));
    list.extend(progress(activity, detail, stored));
    list.extend(bounds(numbers, activity, detail));
    list.push(maybe("Notes", stored.notes.clone()));
    list
}

fn number(list: &[i64], at: usize) -> String {
    list.get(at).copied().unwrap_or_default().to_string()
}

fn names(numbers: &Numbers, at: usize, detail: &Detail) -> Vec<Entry> {
    let label = numbers.plan.labels.get(at).cloned().unwrap_or_default();
    let manual = detail.fixed.is_some() && !detail.external;
    let summary = numbers.plan.activities.get(at).is_some_and(Activity::is_summary);
    let kind = match detail.task_type {
        // A summary row is always as long as what it sums up.
        TaskType::FixedUnits if summary => TaskType::FixedDuration,
        TaskType::FixedDurationAndUnits => TaskType::FixedDuration,
        kind => kind,
    };
    let outline = numbers.outline.get(at).cloned().filter(|n| !n.is_empty());
    vec![
        entry("UID", number(&numbers.uids, at)),
        maybe("GUID", label.guid),
        entry("ID", number(&numbers.rows, at)),
        maybe("Name", some(label.name)),
        flag("Active", !detail.inactive),
        flag("Manual", manual),
        entry("Type", codes::code(&codes::TASK_TYPES, &kind).to_string()),
        flag("IsNull", false),
        maybe("WBS", some(label.code)),
        maybe("OutlineNumber", outline),
        entry("OutlineLevel", numbers.levels.get(at).copied().unwrap_or_default().to_string()),
        entry("Priority", "500"),
    ]
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn dates(numbers: &Numbers, at: usize, activity: &Activity, detail: &Detail) -> Vec<Entry> {
    let (start, finish) = numbers.ends(at);
    let manual = detail.fixed.filter(|_| !detail.external);
    let duration = duration_text(activity.duration);
    // Dates of another file's task hold it; where none are known, none may be made up.
    let dated = numbers.plan.stored.get(at).is_some_and(|s| s.start.or(s.finish).is_some());
    let dated = dated || !detail.external || detail.fixed.is_some();
    vec![
        maybe("Start", dated.then(|| date_text(start))),
        maybe("Finish", dated.then(|| date_text(finish))),
        entry("Duration", duration.clone()),
        maybe("ManualStart", manual.map(|f| date_text(f.start))),
        maybe("ManualFinish", manual.map(|f| date_text(f.finish))),
        maybe("ManualDuration", manual.map(|_| duration)),
        entry("DurationFormat", if activity.elapsed { codes::ELAPSED_DAYS } else { codes::DAYS }.to_string()),
        entry("Work", duration_text(work(detail, |a| a.work))),
        maybe("Stop", detail.stop.map(date_text)),
        maybe("Resume", detail.resume.map(date_text)),
    ]
}

fn work(detail: &Detail, of: fn(&lantu_schedule::Assignment) -> Span) -> Span {
    detail.assignments.iter().filter(|a| a.drives).map(of).fold(Span::ZERO, |all, one| all + one)
}

fn sorts(activity: &Activity, detail: &Detail, stored: &Stored) -> Vec<Entry> {
    let milestone = detail.milestone || activity.duration.is_zero() && !activity.is_summary();
    vec![
        flag("ResumeValid", false),
        flag("EffortDriven", false),
        flag("Recurring", detail.recurring),
        flag("Estimated", false),
        flag("Milestone", milestone),
        flag("Summary", activity.is_summary()),
        maybe("Critical", stored.critical.map(|c| if c { "1" } else { "0" }.to_owned())),
        flag("ExternalTask", detail.external),
    ]
}

fn computed(stored: &Stored) -> Vec<Entry> {
    let date = |name, at: Option<Instant>| maybe(name, at.map(date_text));
    let slack = |name, span: Option<Span>| maybe(name, span.map(tenths_text));
    vec![
        date("EarlyStart", stored.early_start),
        date("EarlyFinish", stored.early_finish),
        date("LateStart", stored.late_start),
        date("LateFinish", stored.late_finish),
        slack("FreeSlack", stored.free_float),
        slack("TotalSlack", stored.total_float),
    ]
}

/// A share says by itself that work has begun, and a whole one that it has ended: it must not where it has not.
fn progress(activity: &Activity, detail: &Detail, stored: &Stored) -> Vec<Entry> {
    let share = |done: Span, left: Span| {
        let all = (done + left).as_minutes();
        stored.percent_complete.unwrap_or(if all > 0.0 { done.as_minutes() / all * 100.0 } else { 0.0 })
    };
    let (percent, start, finish, done, left) = match activity.progress() {
        Progress::NotStarted => (0.0, None, None, Span::ZERO, activity.duration),
        Progress::Started { start, actual, remaining } => (share(actual, remaining).clamp(0.0, 99.0), Some(start), None, actual, remaining),
        Progress::Finished { start, finish, actual } => (100.0, Some(start), Some(finish), actual, Span::ZERO),
    };
    vec![
        entry("PercentComplete", format!("{}", percent.round())),
        maybe("ActualStart", start.map(date_text)),
        maybe("ActualFinish", finish.map(date_text)),
        entry("ActualDuration", duration_text(done)),
        entry("ActualWork", duration_text(work(detail, |a| a.actual_work))),
        entry("RemainingDuration", duration_text(left)),
        entry("RemainingWork", duration_text(work(detail, |a| a.remaining_work))),
    ]
}

fn bounds(numbers: &Numbers, activity: &Activity, detail: &Detail) -> Vec<Entry> {
    let (kind, date) = detail.constraint.map_or((0, None), constraint);
    let own = detail.own_calendar.then(|| numbers.calendars.get(activity.calendar.at()).copied()).flatten();
    // A calendar that is not the project's is the task's own, whatever the other format made of it.
    let other =
        (activity.calendar != numbers.plan.options.calendar).then(|| numbers.calendars.get(activity.calendar.at()).copied()).flatten();
    let delay = detail.leveling_delay;
    let format = if delay.is_none_or(|d| d.elapsed) { codes::ELAPSED_DAYS } else { codes::DAYS };
    vec![
        entry("ConstraintType", kind.to_string()),
        entry("CalendarUID", own.or(other).unwrap_or(-1).to_string()),
        maybe("ConstraintDate", date.map(date_text)),
        maybe("Deadline", detail.deadline.map(date_text)),
        entry("LevelingDelay", tenths_text(delay.map_or(Span::ZERO, |d| d.span))),
        entry("LevelingDelayFormat", format.to_string()),
        flag("IgnoreResourceCalendar", detail.ignores_resource_calendars),
    ]
}

/// P6's Start On and Finish On let the network move work later, as no earlier than does here.
fn constraint(constraint: Constraint) -> (i64, Option<Instant>) {
    let kind = match constraint.kind {
        ConstraintKind::StartOn => ConstraintKind::StartNoEarlierThan,
        ConstraintKind::FinishOn => ConstraintKind::FinishNoEarlierThan,
        kind => kind,
    };
    let date = (kind != ConstraintKind::AsLateAsPossible).then_some(constraint.date);
    (codes::code(&codes::CONSTRAINTS, &kind), date)
}

/// The texts of a link to a predecessor.
pub(super) fn link(numbers: &Numbers, link: &Link) -> Vec<Entry> {
    let (amount, format) = match link.lag {
        Lag::Work(span) => (tenths_text(span), codes::DAYS),
        Lag::Elapsed(span) => (tenths_text(span), codes::ELAPSED_DAYS),
        Lag::Percent(share) => (format!("{}", share.round()), codes::PERCENT),
        Lag::ElapsedPercent(share) => (format!("{}", share.round()), codes::ELAPSED_PERCENT),
    };
    vec![
        entry("PredecessorUID", number(&numbers.uids, link.predecessor.at())),
        entry("Type", codes::code(&codes::LINKS, &link.kind).to_string()),
        flag("CrossProject", false),
        entry("LinkLag", amount),
        entry("LagFormat", format.to_string()),
    ]
}

/// The texts of the first baseline, where there is one.
pub(super) fn baseline(stored: &Stored) -> Option<Vec<Entry>> {
    let any = stored.baseline_start.or(stored.baseline_finish).is_some();
    let dates = [("Start", stored.baseline_start), ("Finish", stored.baseline_finish)];
    let all = || std::iter::once(entry("Number", "0")).chain(dates.map(|(name, at)| maybe(name, at.map(date_text)))).collect();
    any.then(all)
}

/// A new row, with its links and its baseline.
pub(super) fn put(xml: &mut XmlBuilder, numbers: &Numbers, at: usize, links: &[&Link]) {
    xml.open("Task");
    let entries = entries(numbers, at);
    super::entry::put(xml, &entries);
    for one in links {
        xml.open("PredecessorLink");
        super::entry::put(xml, &link(numbers, one));
        xml.close();
    }
    if let Some(entries) = numbers.plan.stored.get(at).and_then(baseline) {
        xml.open("Baseline");
        super::entry::put(xml, &entries);
        xml.close();
    }
    xml.close();
}
