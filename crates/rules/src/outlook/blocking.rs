//! What holds a milestone up today, and whose move it is.
use super::{Line, State, View};
use crate::clock::Mover;
use jiff::civil::Date;
use lantu_model::{Blocking, FormalityState, MoverOf, PlanActivity};

impl View<'_> {
    /// The first on the path that somebody could move today; where all wait, the first of them.
    pub(super) fn blocking(&self, path: &[usize], lines: &[Line]) -> Option<Blocking> {
        let open = || path.iter().copied().filter(|at| lines[*at].state != State::Done);
        let at = open().find(|at| lines[*at].state != State::Waiting).or_else(|| open().next())?;
        let (mover, since) = self.mover(at);
        let (activity, name) = (lines[at].id.clone(), self.lines[at].1.name.clone());
        Some(Blocking { activity, name, mover, since: since.or_else(|| self.since_when(at)), days_lost: self.days_lost(at) })
    }

    /// By the clock of the formality that is not granted, else by the plan.
    pub(super) fn mover(&self, at: usize) -> (MoverOf, Option<Date>) {
        let activity = self.lines[at].1;
        let Some(row) = self.formalities(activity).find(|f| !f.holds_on(self.sight.today) && f.state != FormalityState::NotNeeded) else {
            return if activity.formality.is_empty() { (answers(activity), None) } else { (MoverOf::Owner, None) };
        };
        let clock = self.read(&row, activity);
        let mover = match clock.mover {
            Mover::Department => answers(activity),
            Mover::Owner => MoverOf::Owner,
            Mover::Nobody => MoverOf::Nobody,
        };
        (mover, clock.since)
    }

    /// Since the day that it began or could have begun.
    pub(super) fn since_when(&self, at: usize) -> Option<Date> {
        let stand = &self.stands[at];
        let could = self.could_begin(at);
        let first = || if stand.left > 0 { self.axis.first_day(could) } else { self.axis.day(could) };
        stand.course.begun.or_else(|| Some(first()).filter(|day| *day <= self.sight.today))
    }

    /// The offset at which it could have begun, had it not been for today.
    fn could_begin(&self, at: usize) -> i64 {
        let bounds = self.ties.of_line(at).iter().map(|tie| self.dates.allowed(*tie, &self.stands));
        bounds.fold(self.stands[at].floor_before_today, i64::max)
    }

    /// Working days beyond its usual ones, in pauses, or in which it could have begun and did not.
    pub(super) fn days_lost(&self, at: usize) -> i64 {
        let stand = &self.stands[at];
        let meant = stand.started.unwrap_or_else(|| self.could_begin(at)).saturating_add(stand.days);
        stand.floor.saturating_add(stand.left).saturating_sub(meant).max(0)
    }
}

/// Who answers for an activity: as this project decided, else as the pattern has it.
fn answers(activity: &PlanActivity) -> MoverOf {
    match activity.org {
        Some(org) => MoverOf::Org(org),
        None if activity.department.is_empty() => MoverOf::Owner,
        None => MoverOf::Departments(activity.department.clone()),
    }
}
