//! The lines of an outlook and the links between them.
use super::{Line, LineClock, State, TiedLines, View, course::Reached, seen::seen, stand::Stand};
use crate::clock::{Clock, Promised, Standing};
use jiff::civil::Date;
use lantu_model::{Formality, PlanActivity, plan};
use lantu_pack::Pack;
use std::borrow::Cow;

impl View<'_> {
    pub(super) fn rows(&self) -> Vec<Line> {
        let free = self.free_floats();
        (0..self.lines.len()).map(|at| self.row(at, free[at])).collect()
    }

    pub(super) fn tied(&self) -> Vec<TiedLines> {
        let tied = |tie: &super::ties::Tie| {
            let decides = self.dates.allowed(*tie, &self.stands) == self.dates.early_start[tie.to];
            TiedLines { from: tie.from, to: tie.to, ends: tie.ends, lag: tie.lag, driving: decides }
        };
        self.ties.all.iter().map(tied).collect()
    }

    fn row(&self, at: usize, free_float: i64) -> Line {
        let (id, activity) = self.lines[at];
        let stand = &self.stands[at];
        let [(start, finish), (late_start, late_finish)] = self.days(at);
        Line {
            id: id.to_owned(),
            state: self.state(at),
            start,
            finish,
            actual_start: stand.course.begun,
            actual_finish: stand.course.done,
            late_start,
            late_finish,
            total_float: self.dates.late_start[at] - self.dates.early_start[at],
            free_float,
            remaining: stand.left,
            percent: stand.course.percent,
            drives: vec![],
            clock: self.clock(activity),
        }
    }

    /// First and last days of work, early and late.
    fn days(&self, at: usize) -> [(Date, Date); 2] {
        let stand = &self.stands[at];
        let [early, late] = [(&self.dates.early_start, &self.dates.early_finish), (&self.dates.late_start, &self.dates.late_finish)]
            .map(|(start, finish)| self.span(stand, start[at], finish[at]));
        let begun = |(start, finish): (Date, Date)| (stand.course.begun.map_or(start, |begun| begun.min(finish)), finish);
        if stand.is_done() {
            let done = stand.course.done.map_or(early, |done| (early.0.min(done), done));
            return [begun(done); 2];
        }
        [begun(early), late]
    }

    /// First and last day of what is left.
    pub(super) fn span_of(&self, at: usize) -> (Date, Date) {
        self.span(&self.stands[at], self.dates.early_start[at], self.dates.early_finish[at])
    }

    fn span(&self, stand: &Stand, start: i64, finish: i64) -> (Date, Date) {
        let last = self.axis.day(finish);
        if finish > start {
            return (self.axis.first_day(start), last);
        }
        // What may happen on a day off is not said to have happened on the working day before.
        let day = if stand.is_done() || stand.is_void() { last } else { last.max(self.axis.today.max(self.axis.start)) };
        (day, day)
    }

    fn state(&self, at: usize) -> State {
        let stand = &self.stands[at];
        match stand.course.reached {
            Reached::Done | Reached::Void => State::Done,
            Reached::InHand => State::Running,
            Reached::Paused => State::Paused,
            Reached::Returned => State::Returned,
            Reached::Lapsed | Reached::Expired => State::Reopened,
            Reached::Nothing if self.may_go_on(at) => State::Ready,
            Reached::Nothing => State::Waiting,
        }
    }

    /// Whether nothing but today keeps it from going on.
    fn may_go_on(&self, at: usize) -> bool {
        let first = if self.stands[at].left > 0 { self.axis.morning } else { self.axis.evening };
        self.sight.today >= self.axis.start && self.dates.early_start[at] <= first
    }

    /// The least room before anyone who waits, or before the end.
    fn free_floats(&self) -> Vec<i64> {
        let dates = &self.dates;
        let mut free: Vec<Option<i64>> = vec![None; self.lines.len()];
        for tie in &self.ties.all {
            let (from, to) = (&self.stands[tie.from], &self.stands[tie.to]);
            if to.is_open() && from.is_open() && !(tie.is_from_start() && from.is_begun()) {
                let room = dates.early_start[tie.to] - dates.allowed(*tie, &self.stands);
                free[tie.from] = Some(free[tie.from].map_or(room, |least| least.min(room)));
            }
        }
        let room = |(at, free): (usize, Option<i64>)| match free {
            _ if self.stands[at].is_done() => 0,
            Some(room) => room.max(0),
            None => (dates.end - dates.early_finish[at]).max(0),
        };
        free.into_iter().enumerate().map(room).collect()
    }

    /// Its formalities as today sees them, in the order of the plan.
    pub(super) fn formalities<'b>(&'b self, activity: &'b PlanActivity) -> impl Iterator<Item = Cow<'b, Formality>> {
        activity.formality.iter().filter_map(|kind| self.rows.get(kind)).filter_map(|f| seen(f, self.sight.today))
    }

    pub(super) fn read(&self, row: &Formality, activity: &PlanActivity) -> Clock {
        Clock::read(row, promised(self.sight.pack, Some(activity), &row.kind), self.axis.calendar, self.sight.today)
    }

    /// The clock of the formality that is in hand, else of the one that was accepted last.
    fn clock(&self, activity: &PlanActivity) -> Option<LineClock> {
        let accepted = self.formalities(activity).filter_map(|f| f.accepted_on().map(|day| (day, f)));
        let (accepted, row, clock) = accepted
            .map(|(day, row)| {
                let clock = self.read(&row, activity);
                (day, row, clock)
            })
            .max_by_key(|(day, _, clock)| (matches!(clock.standing, Standing::Running | Standing::Paused(_)), *day))?;
        let pauses = row.course.pauses.iter().map(|p| (p.from, p.until.unwrap_or(self.sight.today))).collect();
        Some(LineClock { accepted, limit_day: clock.limit_day, pauses, overdue: clock.overdue })
    }
}

/// How long a permit may take and whose time it is: as the pack says, else as the plan's step of it does. One rule for every screen.
pub fn promised(pack: &Pack, step: Option<&PlanActivity>, kind: &str) -> Promised {
    let known = pack.formality(kind);
    let limit = known.and_then(|k| k.limit).or_else(|| step?.limit.and_then(limit_of));
    Promised { limit, owner: known.map(|k| k.clock).unwrap_or_default() }
}

/// A limit of a plan as a formality has it.
fn limit_of(limit: plan::Limit) -> Option<lantu_model::Limit> {
    let days = || limit.days.and_then(|days| u16::try_from(days).ok());
    match limit.unit {
        plan::LimitUnit::Wd => days().map(lantu_model::Limit::WorkingDays),
        plan::LimitUnit::Cd => days().map(lantu_model::Limit::CalendarDays),
        plan::LimitUnit::Instant => Some(lantu_model::Limit::WorkingDays(0)),
    }
}
