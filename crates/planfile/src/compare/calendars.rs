//! Working times that differ.
use super::sides::Both;
use crate::Plan;
use jiff::civil::Date;
use lantu_calendar::{Exception, Hours, Span, day_of, days_of};

/// A calendar that was added, deleted or changed.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarChange {
    /// What became of it.
    pub fate: CalendarFate,
    /// Its name, in the new version where it is in both.
    pub name: String,
    /// The name that it had, if that is another.
    pub old_name: Option<String>,
    /// Work of an ordinary week, before.
    pub week_before: Span,
    /// Work of an ordinary week, after.
    pub week_after: Span,
    /// Ordinary days whose hours differ: Monday is 0.
    pub days: Vec<DayChange>,
    /// Exceptions that only the new version has.
    pub added: Vec<Exception>,
    /// Exceptions that only the old version has.
    pub removed: Vec<Exception>,
    /// Weeks that replace the ordinary one for a time differ (MS Project).
    pub work_weeks: bool,
    /// It takes the rest of its days from another calendar than before.
    pub base: bool,
}

/// What became of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CalendarFate {
    /// It is new.
    Added,
    /// It is gone.
    Deleted,
    /// It says something else.
    Changed,
}

/// The hours of a weekday, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayChange {
    /// Monday is 0.
    pub weekday: u8,
    /// The hours it had.
    pub before: Hours,
    /// The hours it has.
    pub after: Hours,
}

pub(super) fn changes(both: &Both<'_>) -> Vec<CalendarChange> {
    let (old, new) = (both.old.plan, both.new.plan);
    let lone = |plan: &Plan, at: usize, fate: CalendarFate| {
        let week = weeks_work(&week(plan, at));
        let (week_before, week_after) = if fate == CalendarFate::Added { (Span::ZERO, week) } else { (week, Span::ZERO) };
        CalendarChange { week_before, week_after, ..CalendarChange::named(fate, plan.calendars[at].name.clone()) }
    };
    let changed = both.calendars.pairs().filter_map(|(was, is, ())| changed(both, was, is));
    let added = both.calendars.added().map(|at| lone(new, at, CalendarFate::Added));
    let deleted = both.calendars.deleted().map(|at| lone(old, at, CalendarFate::Deleted));
    changed.chain(added).chain(deleted).collect()
}

impl CalendarChange {
    fn named(fate: CalendarFate, name: String) -> Self {
        let (week_before, week_after) = (Span::ZERO, Span::ZERO);
        let (days, added, removed) = (vec![], vec![], vec![]);
        Self { fate, name, old_name: None, week_before, week_after, days, added, removed, work_weeks: false, base: false }
    }

    fn says_something(&self) -> bool {
        self.old_name.is_some()
            || !self.days.is_empty()
            || !self.added.is_empty()
            || !self.removed.is_empty()
            || self.work_weeks
            || self.base
    }

    /// Whether the same work takes less time than before, as far as that can be told from the week and the exceptions.
    pub fn gains_time(&self) -> bool {
        let work = |list: &[Exception]| list.iter().map(|e| length(e) * e.hours.work().as_seconds()).sum::<i64>();
        let holidays = |list: &[Exception]| list.iter().filter(|e| e.hours.is_empty()).map(length).sum::<i64>();
        let fewer_holidays = holidays(&self.removed) > holidays(&self.added);
        self.fate == CalendarFate::Changed
            && (self.week_after > self.week_before || fewer_holidays || work(&self.added) > work(&self.removed))
    }
}

fn changed(both: &Both<'_>, was: usize, is: usize) -> Option<CalendarChange> {
    let (old, new) = (&both.old.plan.calendars[was], &both.new.plan.calendars[is]);
    let (before, after) = (week(both.old.plan, was), week(both.new.plan, is));
    let day = |d: usize| DayChange { weekday: d as u8, before: before[d].clone(), after: after[d].clone() };
    let (merged_old, merged_new) = (merged(&old.spec.exceptions), merged(&new.spec.exceptions));
    let only = |these: &[Exception], those: &[Exception]| these.iter().filter(|e| !those.contains(e)).cloned().collect::<Vec<_>>();
    let base = match (old.spec.parent, new.spec.parent) {
        (Some(a), Some(b)) => both.calendars.new_of(a) != Some(b),
        (a, b) => a != b,
    };
    let change = CalendarChange {
        old_name: (old.name.trim() != new.name.trim()).then(|| old.name.clone()),
        week_before: weeks_work(&before),
        week_after: weeks_work(&after),
        days: (0..7).filter(|d| before[*d] != after[*d]).map(day).collect(),
        added: only(&merged_new, &merged_old),
        removed: only(&merged_old, &merged_new),
        work_weeks: old.spec.work_weeks != new.spec.work_weeks,
        base,
        ..CalendarChange::named(CalendarFate::Changed, new.name.clone())
    };
    change.says_something().then_some(change)
}

/// The ordinary hours of each weekday, the parents' where the calendar says nothing.
fn week(plan: &Plan, at: usize) -> [Hours; 7] {
    // No chain of parents is longer than there are calendars.
    let parent = |at: &usize| plan.calendars.get(*at).and_then(|c| c.spec.parent);
    let chain = || std::iter::successors(Some(at), parent).take(plan.calendars.len());
    std::array::from_fn(|d| {
        let says = |at: usize| plan.calendars.get(at).and_then(|c| c.spec.week[d].clone());
        chain().find_map(says).unwrap_or_else(Hours::none)
    })
}

fn weeks_work(week: &[Hours; 7]) -> Span {
    week.iter().fold(Span::ZERO, |sum, hours| sum + hours.work())
}

fn length(exception: &Exception) -> i64 {
    days_of(exception.to) - days_of(exception.from) + 1
}

/// Exceptions by their days, with neighbours of the same hours in one: P6 writes day by day what MS Project writes as a span.
/// Where they overlap they stay as they stand.
fn merged(exceptions: &[Exception]) -> Vec<Exception> {
    let mut list: Vec<Exception> = exceptions.iter().filter(|e| e.from <= e.to).cloned().collect();
    list.sort_by_key(|e| (e.from, e.to));
    let next_day = |day: Date| day_of(days_of(day) + 1);
    let mut merged: Vec<Exception> = vec![];
    for e in list {
        match merged.last_mut() {
            Some(last) if last.hours == e.hours && next_day(last.to) == e.from => last.to = e.to,
            _ => merged.push(e),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_side_by_side_are_a_span() {
        let off = |from, to| Exception { from: date(2026, 5, from), to: date(2026, 5, to), hours: Hours::none() };
        assert_eq!(merged(&[off(2, 2), off(1, 1), off(3, 5), off(7, 7)]), [off(1, 5), off(7, 7)]);
    }
}
