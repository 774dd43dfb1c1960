//! Where each activity of a plan stands on a day, and the earliest that it may go on by itself.
use super::{
    Sight,
    axis::Axis,
    course::{self, Course, Reached},
    rows::Rows,
    ties::Ties,
};
use jiff::civil::Date;
use lantu_model::PlanActivity;

/// What the dates of an activity are counted from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    pub course: Course,
    /// The usual days of the plan.
    pub days: i64,
    /// Offsets of its actual start and finish.
    pub started: Option<i64>,
    pub finished: Option<i64>,
    /// It may not go on before this offset, whatever it waits for within the plan.
    pub floor: i64,
    /// The same, had it not been for today.
    pub floor_before_today: i64,
    pub left: i64,
}

impl Stand {
    pub fn is_done(&self) -> bool {
        self.course.reached == Reached::Done
    }

    /// Counted with the others: not done.
    pub fn is_open(&self) -> bool {
        !self.is_done()
    }

    pub fn is_void(&self) -> bool {
        self.course.reached == Reached::Void
    }

    /// Its start is a fact that others may lean on.
    pub fn is_begun(&self) -> bool {
        self.started.is_some()
    }
}

pub(super) fn of(rows: &Rows<'_>, sight: &Sight<'_>, axis: &Axis<'_>, lines: &[(&str, &PlanActivity)], ties: &Ties) -> Vec<Stand> {
    let mut courses: Vec<Course> = lines.iter().map(|(_, activity)| course::of(rows, activity, axis)).collect();
    settle_expired(&mut courses, axis, lines, ties);
    courses.iter().zip(lines).map(|(course, (_, activity))| stand(*course, activity, sight, axis)).collect()
}

/// A permit that expired after everything that waited for it was done has served; any other is to be done again.
fn settle_expired(courses: &mut [Course], axis: &Axis<'_>, lines: &[(&str, &PlanActivity)], ties: &Ties) {
    if courses.iter().all(|c| c.reached != Reached::Expired) {
        return;
    }
    let mut open_after = vec![false; courses.len()];
    for tie in &ties.all {
        open_after[tie.from] |= !matches!(courses[tie.to].reached, Reached::Done | Reached::Expired | Reached::Void);
    }
    for (at, course) in courses.iter_mut().enumerate().filter(|(_, c)| c.reached == Reached::Expired) {
        let served = ties.awaited[at] && !open_after[at];
        let days = lines[at].1.days.max(0);
        *course = if served { Course { reached: Reached::Done, ..*course } } else { course.again(axis, days) };
    }
}

fn stand(course: Course, activity: &PlanActivity, sight: &Sight<'_>, axis: &Axis<'_>) -> Stand {
    let days = activity.days.max(0);
    let mut stand = Stand { course, days, started: None, finished: None, floor: course.floor, floor_before_today: 0, left: course.left };
    match course.reached {
        Reached::Done => stand.finish(activity, axis),
        Reached::Void => {}
        Reached::InHand | Reached::Paused | Reached::Returned => {
            stand.started = course.begun.map(|day| axis.before(next_after(day, activity)));
            stand.floor_before_today = stand.started.unwrap_or(0).max(0);
        }
        Reached::Nothing | Reached::Lapsed | Reached::Expired => stand.bound(activity, sight, axis),
    }
    stand
}

/// Work on a formality begins on the day after its acceptance.
fn next_after(day: Date, activity: &PlanActivity) -> Date {
    if activity.formality.is_empty() { day } else { day.tomorrow().unwrap_or(day) }
}

impl Stand {
    fn finish(&mut self, activity: &PlanActivity, axis: &Axis<'_>) {
        let finished = self.course.done.map_or(0, |day| axis.through(day));
        let started = self.course.begun.filter(|_| self.days > 0).map(|day| axis.before(next_after(day, activity)).min(finished));
        let started = started.unwrap_or_else(|| finished.saturating_sub(self.days));
        (self.started, self.finished) = (Some(started), Some(finished));
    }

    /// Where something may begin that is not to begin before a day.
    pub fn wanted(not_before: Option<Date>, left: i64, axis: &Axis<'_>) -> i64 {
        not_before.map_or(0, |day| if left > 0 { axis.before(day) } else { axis.through(next(axis, day)) })
    }

    /// What is planned or promised from outside: not before a day, not before someone elsewhere is done.
    fn bound(&mut self, activity: &PlanActivity, sight: &Sight<'_>, axis: &Axis<'_>) {
        let wanted = Self::wanted(activity.not_before, self.left, axis);
        let ends = activity.after_others.iter().filter_map(|other| {
            let day = sight.elsewhere.get(&(other.project, other.activity.clone()))?;
            Some(axis.through(*day).saturating_add(other.lag))
        });
        let bound = ends.fold(wanted, i64::max).max(0);
        (self.floor_before_today, self.floor) = (bound, self.floor.max(bound));
    }
}

/// An event that is not before a day off is on the first working day after it.
fn next(axis: &Axis<'_>, day: Date) -> Date {
    axis.calendar.next_working(day)
}
