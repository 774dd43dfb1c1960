//! 审批时钟: how long a formality has been with whoever decides it, and whose move it is.
//!
//! The clock runs from the day after the acceptance to the decision, stands still while paused, and counts only where a
//! department, its agent or a utility has the time (DOMAIN §0.8): an owner's own days are nobody's delay but its own.
mod count;

pub(crate) use count::Counter;
use jiff::civil::Date;
use lantu_calendar::WorkCalendar;
use lantu_model::{ClockOwner, Formality, FormalityState, Limit, PauseKind};

/// What a pack says of the time that a formality may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promised {
    pub limit: Option<Limit>,
    pub owner: ClockOwner,
}

/// Where a formality stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    NotNeeded,
    Planned,
    /// In hand, and nobody knows since which day: no clock.
    Undated,
    Running,
    Paused(PauseKind),
    Returned,
    Granted,
    /// Granted on a promise whose papers have not come.
    Promised,
    Refused,
    Lapsed,
    /// Granted once and past its validity: to be done again.
    Expired,
}

/// Whose move it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mover {
    Department,
    Owner,
    Nobody,
}

/// The clock of one formality on one day. Days are in the limit's own unit, working days where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub standing: Standing,
    pub mover: Mover,
    /// Since when it has been theirs, where a day is known.
    pub since: Option<Date>,
    pub limit: Option<Limit>,
    /// Days that counted so far, or until the decision.
    pub run: Option<i64>,
    /// Days that would have counted but for a pause.
    pub paused: i64,
    /// Days left while it is in hand; 0 on the last day and after.
    pub left: Option<i64>,
    /// The last day on which a decision is in time; none while a pause has no end.
    pub limit_day: Option<Date>,
    /// Days beyond the limit, so far or when it was decided.
    pub overdue: i64,
    /// Of a promise: days beyond the day by which its papers were due, as days come.
    pub promise_overdue: i64,
}

impl Clock {
    /// Pure in all it is given; `today` decides what has happened of announced pauses and validity.
    pub fn read(formality: &Formality, promised: Promised, calendar: &WorkCalendar, today: Date) -> Self {
        let standing = standing(formality, today);
        let (mover, since) = mover(formality, standing, promised.owner, today);
        // An owner's days are counted for information, never against a limit.
        let limit = promised.limit.filter(|_| promised.owner.is_counted());
        let clock = Self {
            standing,
            mover,
            since,
            limit,
            run: None,
            paused: 0,
            left: None,
            limit_day: None,
            overdue: 0,
            promise_overdue: promise_overdue(formality, standing, today),
        };
        match formality.accepted_on() {
            Some(accepted) if has_run(standing) => clock.counted(formality, accepted, calendar, today),
            _ => clock,
        }
    }

    fn counted(self, formality: &Formality, accepted: Date, calendar: &WorkCalendar, today: Date) -> Self {
        let in_hand = matches!(self.standing, Standing::Running | Standing::Paused(_));
        let ended = formality.course.ended.as_ref().filter(|_| self.standing == Standing::Returned).map(|e| e.on);
        let Some(end) = (if in_hand { Some(today) } else { ended.or_else(|| formality.decided_on()) }) else { return self };
        let counter = Counter { calendar, working: !matches!(self.limit, Some(Limit::CalendarDays(_))), pauses: &formality.course.pauses };
        let run = counter.run(accepted, end);
        let allowed = self.limit.map(|l| i64::from(l.days()));
        Self {
            run: Some(run),
            paused: counter.days(accepted, end) - run,
            left: allowed.filter(|_| in_hand).map(|n| (n - run).max(0)),
            limit_day: allowed.and_then(|n| counter.nth(accepted, n)),
            overdue: allowed.map_or(0, |n| (run - n).max(0)),
            ..self
        }
    }
}

fn has_run(standing: Standing) -> bool {
    !matches!(standing, Standing::NotNeeded | Standing::Planned | Standing::Undated)
}

fn standing(f: &Formality, today: Date) -> Standing {
    match f.state {
        FormalityState::NotNeeded => Standing::NotNeeded,
        FormalityState::Planned => Standing::Planned,
        FormalityState::Applied if f.accepted_on().is_none() => Standing::Undated,
        FormalityState::Applied => f.pause_on(today).map_or(Standing::Running, |p| Standing::Paused(p.kind)),
        FormalityState::Returned => Standing::Returned,
        FormalityState::Refused => Standing::Refused,
        FormalityState::Lapsed => Standing::Lapsed,
        FormalityState::Granted if f.is_expired_on(today) => Standing::Expired,
        FormalityState::Granted if f.course.commitment.as_ref().is_some_and(|c| c.fulfilled.is_none()) => Standing::Promised,
        FormalityState::Granted => Standing::Granted,
    }
}

fn mover(f: &Formality, standing: Standing, owner: ClockOwner, today: Date) -> (Mover, Option<Date>) {
    let decider = if owner.is_counted() { Mover::Department } else { Mover::Owner };
    let ended = f.course.ended.as_ref().map(|e| e.on);
    match standing {
        Standing::NotNeeded | Standing::Granted => (Mover::Nobody, None),
        Standing::Planned => (Mover::Owner, None),
        Standing::Undated => (decider, None),
        Standing::Running => (decider, f.accepted_on().map(|accepted| runs_since(f, accepted, today))),
        Standing::Paused(kind) => {
            let mover = match kind {
                PauseKind::Correction => Mover::Owner,
                PauseKind::Hearing | PauseKind::Assessment => decider,
                PauseKind::Publicity => Mover::Nobody,
            };
            (mover, f.pause_on(today).map(|p| p.from))
        }
        Standing::Promised => (Mover::Owner, f.decided_on()),
        Standing::Returned | Standing::Refused | Standing::Lapsed => (Mover::Owner, ended.or_else(|| f.decided_on())),
        Standing::Expired => (Mover::Owner, f.valid_until.and_then(|d| d.tomorrow().ok())),
    }
}

/// The day after the last pause that is over, or the acceptance.
fn runs_since(f: &Formality, accepted: Date, today: Date) -> Date {
    let over = f.course.pauses.iter().filter_map(|p| p.until).filter(|until| *until < today).filter_map(|until| until.tomorrow().ok());
    over.max().map_or(accepted, |resumed| resumed.max(accepted))
}

fn promise_overdue(f: &Formality, standing: Standing, today: Date) -> i64 {
    let due = f.course.commitment.as_ref().filter(|_| standing == Standing::Promised).map(|c| c.due);
    due.filter(|due| *due < today).map_or(0, |due| i64::from((today - due).get_days()))
}

#[cfg(test)]
mod tests;
