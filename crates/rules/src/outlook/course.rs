//! What has been done of an activity, by its own progress or by the formalities that it is.
use super::{axis::Axis, rows::Rows, seen::seen};
use crate::clock::Counter;
use jiff::civil::Date;
use lantu_model::{Formality, FormalityState, PlanActivity, Project, period::Period, plan::Progress};

/// How far something is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    Nothing,
    /// It is not needed after all: it takes no time.
    Void,
    InHand,
    Paused,
    Returned,
    /// To be done again.
    Lapsed,
    /// Done once and past its validity.
    Expired,
    Done,
}

/// The state of an activity, or of one of its formalities.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub reached: Reached,
    pub begun: Option<Date>,
    pub done: Option<Date>,
    /// Where what is left may go on, an offset.
    pub floor: i64,
    /// Working days left from there.
    pub left: i64,
    pub percent: u8,
}

impl Course {
    fn fresh(reached: Reached, axis: &Axis<'_>, days: i64) -> Self {
        let floor = if days > 0 { axis.morning } else { axis.evening };
        Self { reached, begun: None, done: None, floor, left: days, percent: 0 }
    }

    /// What was done on a day, or on one that nobody knows any more.
    fn done(begun: Option<Date>, done: Option<Date>) -> Self {
        Self { reached: Reached::Done, begun: begun.filter(|b| done.is_none_or(|d| *b <= d)), done, floor: 0, left: 0, percent: 100 }
    }

    /// Begun work with so much left from where it may go on, at least a day.
    fn begun(begun: Option<Date>, floor: i64, left: i64, days: i64) -> Self {
        let left = left.max(1);
        let percent = u8::try_from((days - left).max(0).saturating_mul(100) / days.max(1)).unwrap_or(99).min(99);
        Self { reached: Reached::InHand, begun, done: None, floor, left, percent }
    }

    /// The same from the beginning.
    pub fn again(&self, axis: &Axis<'_>, days: i64) -> Self {
        Self::fresh(Reached::Lapsed, axis, days)
    }

    fn end(&self) -> i64 {
        self.floor.saturating_add(self.left)
    }
}

pub(super) fn of(rows: &Rows<'_>, activity: &PlanActivity, axis: &Axis<'_>) -> Course {
    let days = activity.days.max(0);
    if activity.formality.is_empty() {
        return of_progress(&activity.progress, days, axis).unwrap_or_else(|| reached_by_stage(rows.project, activity, axis, days));
    }
    let mut rounds = activity.formality.iter().map(|kind| {
        let row = rows.get(kind).and_then(|f| seen(f, axis.today));
        row.map_or_else(|| Course::fresh(Reached::Nothing, axis, days), |row| of_formality(&row, days, axis))
    });
    let first = rounds.next().unwrap_or_else(|| Course::fresh(Reached::Nothing, axis, days));
    rounds.fold(first, |all, one| together(all, one, axis, days))
}

/// What a decision on the project's stage says: a statistical start needs no second entry in the plan.
fn reached_by_stage(project: &Project, activity: &PlanActivity, axis: &Axis<'_>, days: i64) -> Course {
    let day = activity.milestone.iter().filter_map(|m| super::ahead::stage_day(project, *m)).filter(|day| *day <= axis.today).max();
    day.map_or_else(|| Course::fresh(Reached::Nothing, axis, days), |day| Course::done(None, Some(day)))
}

fn of_progress(progress: &Progress, days: i64, axis: &Axis<'_>) -> Option<Course> {
    let seen = |day: Option<Date>| day.filter(|day| *day <= axis.today);
    let finished = seen(progress.finished);
    let started = seen(progress.started).or(progress.started.and(finished));
    if finished.is_some() {
        return Some(Course::done(started, finished));
    }
    let started = started.filter(|_| days > 0)?;
    let at_start = started.yesterday().unwrap_or(started);
    let (since, left) = match (seen(progress.seen), progress.remaining, progress.percent) {
        _ if progress.seen.is_some_and(|day| day > axis.today) => (at_start, days),
        (day, Some(left), _) => (day.unwrap_or(at_start), left),
        (day, None, Some(percent)) => (day.unwrap_or(at_start), left_of(days, percent)),
        (_, None, None) => (at_start, days),
    };
    let passed = (axis.before(axis.today) - axis.through(since)).max(0);
    let course = Course::begun(Some(started), axis.morning, left.saturating_sub(passed), days);
    let told = progress.percent.filter(|_| seen(progress.seen).is_some() || progress.seen.is_none());
    Some(Course { percent: told.map_or(course.percent, |p| p.min(99)), ..course })
}

/// Whole days, rounded up, of what is not done.
fn left_of(days: i64, percent: u8) -> i64 {
    let open = 100 - i64::from(percent.min(100));
    (days.saturating_mul(open) + 99) / 100
}

fn of_formality(row: &Formality, days: i64, axis: &Axis<'_>) -> Course {
    let accepted = row.applied.map(Period::first_day);
    let fresh = |reached| Course { begun: accepted, ..Course::fresh(reached, axis, days) };
    match row.state {
        FormalityState::NotNeeded => Course { floor: 0, left: 0, percent: 100, ..fresh(Reached::Void) },
        FormalityState::Planned => Course::fresh(Reached::Nothing, axis, days),
        FormalityState::Applied => in_hand(row, accepted.unwrap_or(axis.today), days, axis),
        FormalityState::Returned | FormalityState::Refused => Course { left: days.max(1), floor: axis.morning, ..fresh(Reached::Returned) },
        FormalityState::Lapsed => Course::fresh(Reached::Lapsed, axis, days),
        FormalityState::Granted => {
            let granted = row.decided.map(|p| p.last_day().min(axis.today));
            let done = Course::done(accepted, granted);
            if row.is_expired_on(axis.today) { Course { reached: Reached::Expired, ..done } } else { done }
        }
    }
}

/// The clock runs from the day after the acceptance and stands still while paused; an open pause takes today too.
fn in_hand(row: &Formality, accepted: Date, days: i64, axis: &Axis<'_>) -> Course {
    let Some(day) = row.accepted_on() else { return Course::begun(Some(accepted), axis.morning, days, days) };
    let counter = Counter { calendar: axis.calendar, working: true, pauses: &row.course.pauses };
    let run = counter.run(day, axis.today.yesterday().unwrap_or(axis.today));
    let floor = axis.morning.max(axis.through(day));
    let course = Course::begun(Some(day), floor, days - run, days);
    match row.pause_on(axis.today) {
        Some(pause) => {
            let until = axis.through(pause.until.unwrap_or(axis.today));
            Course { reached: Reached::Paused, floor: floor.max(until), ..course }
        }
        None => course,
    }
}

/// An activity that is several formalities is as far as the last of them.
fn together(a: Course, b: Course, axis: &Axis<'_>, days: i64) -> Course {
    use Reached::{Done, Expired, InHand, Lapsed, Nothing, Paused, Returned, Void};
    let begun = [a.begun, b.begun].into_iter().flatten().min();
    let reached = match (a.reached, b.reached) {
        (Void, other) | (other, Void) => other,
        (Expired, other) | (other, Expired) if matches!(other, Done | Expired) => Expired,
        (Returned, _) | (_, Returned) => Returned,
        (Lapsed | Expired, _) | (_, Lapsed | Expired) => Lapsed,
        (Done, Done) => Done,
        (Nothing, Nothing) => Nothing,
        (Paused, Paused | Done) | (Done, Paused) => Paused,
        (_, _) => InHand,
    };
    if matches!(reached, Done | Void | Expired) {
        return Course { reached, begun, done: a.done.max(b.done), floor: 0, left: 0, percent: 100 };
    }
    // An expired one beside one in hand is to be done again whole.
    let again = |c: Course| if c.reached == Expired { c.again(axis, days) } else { c };
    let open = [again(a), again(b)].into_iter().filter(|c| !matches!(c.reached, Done | Void));
    let (floor, end) = open.fold((i64::MAX, i64::MIN), |(floor, end), c| (floor.min(c.floor), end.max(c.end())));
    Course { reached, begun, done: None, floor, left: end.saturating_sub(floor), percent: a.percent.min(b.percent) }
}
