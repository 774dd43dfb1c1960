//! Microsoft Project's rules for one activity, forward and backward.
//!
//! Sources: the constraint and slack pages of Microsoft's documentation, and dates stored by Project 98 to 2019.
use crate::{
    Activity, ConstraintKind, Detail, Instant, LinkKind, Progress, Row, ScheduleFrom, Span,
    cause::{Cause, Told},
    graph::Arc,
    pass::Pass,
    summary::Wholes,
};

/// Where links let a task begin; the finish itself where a link gave that.
struct Linked {
    start: Instant,
    finish: Option<Instant>,
}

impl Pass<'_> {
    pub(crate) fn early_in_msp(&self, at: usize, activity: &Activity, told: &mut impl Told) -> (Instant, Instant) {
        let detail = activity.detail.as_deref();
        if let Some(fixed) = detail.and_then(|d| d.fixed).filter(|_| !has_begun(activity)) {
            told.decide(Cause::Fixed, fixed.start);
            return (fixed.start, fixed.finish.max(fixed.start));
        }
        match activity.worked() {
            Progress::Finished { start, finish, .. } => {
                told.decide(Cause::Actual, start);
                return (start, finish);
            }
            Progress::Started { start, .. } => {
                told.decide(Cause::Actual, start);
                return (start, self.finish_of_begun_in_msp(at, activity, start));
            }
            Progress::NotStarted => {}
        }
        let Linked { start: linked, finish: kept } = self.linked_start_in_msp(at, activity, told);
        if self.ends.settling && self.goes_late(activity) {
            let row = &self.rows[at];
            // Late, but never before what it waits for: where there is no room it stays on its early dates.
            if row.late_start >= linked {
                told.decide(Cause::AsLateAsPossible, row.late_start);
                return (row.late_start, row.late_finish);
            }
        }
        let start = self.constrained_start_in_msp(at, activity, linked, told);
        let delay = detail.and_then(|d| d.leveling_delay).filter(|d| d.span.is_positive());
        let start = delay.map_or(start, |d| {
            let delayed = if d.elapsed { start + d.span } else { self.working(at).add(start, d.span) };
            let delayed = self.next_start(at, delayed);
            told.decide(Cause::Leveling, delayed);
            delayed
        });
        let finish = self.finish_in_msp(at, activity, start);
        // A finish that a link gave stays as it is where that makes no difference to the work.
        let kept = kept.filter(|&f| start == linked && f > finish && self.span_at_work(at, finish, f).is_zero());
        (start, kept.unwrap_or(finish))
    }

    /// Whether a task stands on its late dates: as late as possible by its constraint or, where the project is scheduled
    /// from its finish, within the bounds of one. Who is to be as soon as possible there says so by having none.
    pub(crate) fn goes_late(&self, activity: &Activity) -> bool {
        let from_finish = self.network.options.from == ScheduleFrom::Finish;
        activity.constraint().is_some_and(|c| match c.kind {
            ConstraintKind::AsLateAsPossible => true,
            ConstraintKind::StartNoEarlierThan | ConstraintKind::FinishNoEarlierThan => from_finish,
            ConstraintKind::StartNoLaterThan | ConstraintKind::FinishNoLaterThan => from_finish,
            _ => false,
        })
    }

    /// The start that the project, the rows above and the links allow.
    fn linked_start_in_msp(&self, at: usize, activity: &Activity, told: &mut impl Told) -> Linked {
        let mut start = self.gate_above(at, told);
        let (mut free, mut finish) = (true, None);
        for &arc in self.graph.incoming(at) {
            let linked = self.link_start_in_msp(at, activity, arc);
            told.offer(Cause::Link(self.graph.link_of(arc)), linked.start);
            if linked.start > start || linked.start == start && linked.finish > finish {
                (start, finish) = (linked.start, linked.finish);
            }
            free = false;
        }
        free &= start == Instant::MIN;
        if free && self.asks_to_begin_before_project(at, activity) {
            return Linked { start: Instant::MIN, finish: None };
        }
        if start <= self.ends.start {
            told.offer(Cause::ProjectStart, self.ends.start);
            (start, finish) = (self.ends.start, None);
        }
        if activity.duration.is_zero() && free {
            return Linked { start, finish: None };
        }
        let placed = if activity.duration.is_zero() { self.milestone_at(at, start) } else { self.next_start(at, start) };
        if placed > start {
            told.offer(Cause::Calendar, placed);
        }
        Linked { start: placed, finish: finish.filter(|_| placed == start) }
    }

    /// A constraint may put an activity that waits for no one before the project's start.
    fn asks_to_begin_before_project(&self, at: usize, activity: &Activity) -> bool {
        activity.constraint().is_some_and(|c| match c.kind {
            ConstraintKind::StartNoEarlierThan => c.date < self.ends.start,
            ConstraintKind::FinishNoEarlierThan => self.start_in_msp(at, activity, c.date) < self.ends.start,
            _ => false,
        })
    }

    /// A milestone may stand where work ends, and nowhere else out of working time.
    pub(crate) fn milestone_at(&self, at: usize, date: Instant) -> Instant {
        if self.activity(at).elapsed || self.working(at).previous_finish(date) == date { date } else { self.next_start(at, date) }
    }

    fn link_start_in_msp(&self, at: usize, activity: &Activity, arc: Arc) -> Linked {
        let from = &self.rows[arc.node()];
        let distance = self.lag_in(at, arc);
        let by_finish = |finish: Instant| {
            let start = self.start_in_msp(at, activity, finish);
            let kept = Some(finish).filter(|_| start >= self.ends.start);
            Linked { start: start.max(self.ends.start), finish: kept }
        };
        match arc.kind() {
            LinkKind::FinishStart => Linked { start: distance.after(from.early_finish), finish: None },
            LinkKind::StartStart => Linked { start: distance.after(from.early_start), finish: None },
            LinkKind::FinishFinish => Linked { finish: None, ..by_finish(distance.after(from.early_finish)) },
            LinkKind::StartFinish => by_finish(distance.after(from.early_start)),
        }
    }

    fn constrained_start_in_msp(&self, at: usize, activity: &Activity, start: Instant, told: &mut impl Told) -> Instant {
        let Some(c) = activity.constraint() else { return start };
        let by_finish = || self.start_in_msp(at, activity, c.date);
        let on_date = if activity.duration.is_zero() { c.date } else { self.next_start(at, c.date) };
        let linked = !self.graph.incoming(at).is_empty() || self.gate_above(at, &mut ()) > Instant::MIN;
        let may_pull = self.network.options.honor_constraints || !linked;
        let held = match c.kind {
            ConstraintKind::StartNoEarlierThan => self.floor_in_msp(at, activity, start, c.date),
            ConstraintKind::FinishNoEarlierThan => self.floor_in_msp(at, activity, start, by_finish()),
            ConstraintKind::StartNoLaterThan if may_pull => start.min(on_date),
            ConstraintKind::FinishNoLaterThan if may_pull => start.min(by_finish()),
            ConstraintKind::MustStartOn | ConstraintKind::StartOn if may_pull => on_date,
            ConstraintKind::MustFinishOn | ConstraintKind::FinishOn if may_pull => by_finish(),
            ConstraintKind::MustStartOn | ConstraintKind::StartOn => start.max(on_date),
            ConstraintKind::MustFinishOn | ConstraintKind::FinishOn => start.max(by_finish()),
            _ => start,
        };
        match c.kind {
            _ if held != start => told.decide(Cause::Constraint(c.kind), held),
            ConstraintKind::StartNoEarlierThan => told.offer(Cause::Constraint(c.kind), c.date),
            ConstraintKind::FinishNoEarlierThan => told.offer(Cause::Constraint(c.kind), by_finish()),
            _ => {}
        }
        held
    }

    /// A date that nothing may start before, moved to where work begins.
    fn floor_in_msp(&self, at: usize, activity: &Activity, start: Instant, date: Instant) -> Instant {
        if date <= start {
            return start;
        }
        let placed = if activity.duration.is_zero() { self.milestone_at(at, date) } else { self.next_start(at, date) };
        placed.max(start)
    }

    /// When an activity that begins then is done: its pieces with the gaps between, else all of its duration at once.
    pub(crate) fn finish_in_msp(&self, at: usize, activity: &Activity, start: Instant) -> Instant {
        self.finish_of(at, start, self.length_in_msp(at, activity))
    }

    /// When begun work is done: where the file tells no pieces, what remains goes on at the resume date.
    fn finish_of_begun_in_msp(&self, at: usize, activity: &Activity, start: Instant) -> Instant {
        let finish = self.finish_in_msp(at, activity, start);
        let Some(detail) = activity.detail.as_deref().filter(|d| d.splits.is_empty()) else { return finish };
        let (Some(resume), Progress::Started { actual, remaining, .. }) = (detail.resume, detail.progress) else { return finish };
        let gap = self.span_at_work(at, self.finish_of(at, start, actual), resume);
        if gap >= Span::minutes(1) && actual + remaining == activity.duration { self.finish_of(at, resume, remaining) } else { finish }
    }

    pub(crate) fn start_in_msp(&self, at: usize, activity: &Activity, finish: Instant) -> Instant {
        self.start_of(at, finish, self.length_in_msp(at, activity))
    }

    /// The duration; for a split task with the working time of its gaps. A gap of less than a minute is a rounding.
    fn length_in_msp(&self, at: usize, activity: &Activity) -> Span {
        let splits = activity.detail.as_deref().map_or(&[][..], |d| &d.splits);
        let gaps = splits.windows(2).map(|pair| self.span_at_work(at, pair[0].1, pair[1].0)).filter(|gap| *gap >= Span::minutes(1));
        gaps.fold(activity.duration, |length, gap| length + gap)
    }

    pub(crate) fn span_at_work(&self, at: usize, a: Instant, b: Instant) -> Span {
        if self.activity(at).elapsed { b - a } else { self.working(at).work_between(a, b) }
    }

    pub(crate) fn late_in_msp(&self, at: usize, activity: &Activity) -> (Instant, Instant) {
        let row = &self.rows[at];
        if let Progress::Finished { start, finish, .. } = activity.worked() {
            return (start, finish);
        }
        if activity.detail.as_ref().is_some_and(|d| d.external && d.fixed.is_none()) {
            return (row.early_start, row.early_finish);
        }
        let finish = self.late_finish_in_msp(at, activity, row);
        if has_begun(activity) {
            return (row.early_start, finish);
        }
        if is_fixed(activity) && finish == row.early_finish {
            return (row.early_start, finish);
        }
        (self.start_in_msp(at, activity, finish), finish)
    }

    fn late_finish_in_msp(&self, at: usize, activity: &Activity, row: &Row) -> Instant {
        let mut bound = Instant::MAX;
        for &arc in self.graph.outgoing(at) {
            bound = bound.min(self.link_finish_in_msp(at, activity, arc));
        }
        let (start_above, finish_above) = self.bounds_of_whole_above(at, row.early_start);
        if start_above < Instant::MAX {
            bound = bound.min(self.finish_in_msp(at, activity, start_above));
        }
        bound = bound.min(finish_above);
        let open = bound == Instant::MAX;
        let end = if open && self.network.options.multiple_critical_paths { row.early_finish } else { self.ends.late_finish };
        let finish = self.constrained_finish_in_msp(at, activity, bound.min(end), open);
        match () {
            () if is_fixed(activity) => finish,
            () if !activity.duration.is_zero() => self.as_finish(at, finish),
            () if activity.constraint().is_some() => finish,
            () => self.no_later_in_work(at, finish),
        }
    }

    /// What a link out of an activity asks of its late finish; [`Instant::MAX`] for nothing.
    pub(crate) fn link_finish_in_msp(&self, at: usize, activity: &Activity, arc: Arc) -> Instant {
        let (to, waits) = (&self.rows[arc.node()], self.worked(arc.node()));
        if matches!(waits, Progress::Finished { .. }) {
            return Instant::MAX;
        }
        let pinned = has_begun(activity) || is_fixed(activity);
        let distance = self.lag_out(at, arc);
        let start = self.late_start_for_links(arc.node(), waits, to);
        match arc.kind() {
            LinkKind::FinishStart => distance.before(start),
            LinkKind::FinishFinish => distance.before(to.late_finish),
            LinkKind::StartStart | LinkKind::StartFinish if pinned => Instant::MAX,
            LinkKind::StartStart => self.finish_in_msp(at, activity, self.next_start(at, distance.before(start))),
            LinkKind::StartFinish => self.finish_in_msp(at, activity, distance.before(to.late_finish)),
        }
    }

    /// Started work bounds its predecessors by where it goes on, not by where it began; levelled work by where it would
    /// begin without its delay.
    fn late_start_for_links(&self, at: usize, worked: Progress, row: &Row) -> Instant {
        if !self.graph.is_detailed(at) {
            return row.late_start;
        }
        let activity = self.activity(at);
        let Progress::Started { start, actual, remaining } = worked else {
            let delay = activity.detail.as_ref().and_then(|d| d.leveling_delay);
            return match delay {
                Some(d) if d.elapsed => self.as_finish(at, row.late_start - d.span),
                Some(d) => self.working(at).add(row.late_start, -d.span),
                None => row.late_start,
            };
        };
        if activity.duration.is_zero() {
            return row.late_finish;
        }
        let resume = activity.detail.as_ref().and_then(|d| d.resume);
        let resume = resume.unwrap_or_else(|| self.finish_of(at, start, actual));
        resume.min(self.start_of(at, row.late_finish, remaining))
    }

    fn constrained_finish_in_msp(&self, at: usize, activity: &Activity, finish: Instant, open: bool) -> Instant {
        let mut finish = finish.min(self.finish_bound_above(at));
        let Some(detail) = activity.detail.as_deref() else { return finish };
        if let Some(c) = detail.constraint.filter(|_| !has_begun(activity)) {
            let by_start = || self.finish_in_msp(at, activity, c.date);
            let honored = self.network.options.honor_constraints || open;
            // Back from the finish, dates to be no earlier than win over links as dates to be no later than do forward.
            let from_finish = honored && self.network.options.from == ScheduleFrom::Finish;
            finish = match c.kind {
                ConstraintKind::StartNoEarlierThan if from_finish => finish.max(by_start()),
                ConstraintKind::FinishNoEarlierThan if from_finish => finish.max(c.date),
                ConstraintKind::MustStartOn | ConstraintKind::StartOn if honored => by_start(),
                ConstraintKind::MustFinishOn | ConstraintKind::FinishOn if honored => c.date,
                ConstraintKind::StartNoLaterThan | ConstraintKind::MustStartOn | ConstraintKind::StartOn => finish.min(by_start()),
                ConstraintKind::FinishNoLaterThan | ConstraintKind::MustFinishOn | ConstraintKind::FinishOn => finish.min(c.date),
                _ => finish,
            };
        }
        finish.min(detail_deadline(detail))
    }

    /// Dates for the eye, slack and criticality.
    pub(crate) fn settle_in_msp(&self, at: usize, activity: &Activity, row: &Row) -> Row {
        let (start, finish) = (row.early_start, row.early_finish);
        let done = matches!(activity.worked(), Progress::Finished { .. });
        let finish_float = self.float_in_msp(at, row.early_finish, row.late_finish);
        let start_float = self.float_in_msp(at, row.early_start, row.late_start);
        let total_float = match () {
            () if done => Span::ZERO,
            () if has_begun(activity) => finish_float,
            () => self.total_float(start_float, finish_float),
        };
        Row { start, finish, total_float, ..*row }
    }

    fn float_in_msp(&self, at: usize, early: Instant, late: Instant) -> Span {
        self.span_between(at, early, late)
    }

    pub(crate) fn free_float_in_msp(&self, at: usize, activity: &Activity, wholes: &mut Wholes) -> Span {
        if matches!(activity.worked(), Progress::Finished { .. }) {
            return Span::ZERO;
        }
        let row = &self.rows[at];
        self.least_gap(at, row, wholes).unwrap_or(row.total_float.max(Span::ZERO))
    }

    /// The least room before anyone who waits for a row with these dates; `None` when no one does.
    pub(crate) fn least_gap(&self, at: usize, row: &Row, wholes: &mut Wholes) -> Option<Span> {
        let mut least: Option<Span> = None;
        for &arc in self.graph.outgoing(at) {
            if matches!(self.worked(arc.node()), Progress::Finished { .. }) {
                continue;
            }
            let (begins, ends) = self.dates(arc.node(), wholes);
            let distance = self.lag_out(at, arc);
            let (from, date) = match arc.kind() {
                LinkKind::FinishStart => (row.finish, begins),
                LinkKind::StartStart => (row.start, begins),
                LinkKind::FinishFinish => (row.finish, ends),
                LinkKind::StartFinish => (row.start, ends),
            };
            // Counted in the time in which the work is done: the night is room only to those who work at night.
            let gap = self.span_at_work(at, distance.after(from), date).max(Span::ZERO);
            least = Some(least.map_or(gap, |l: Span| l.min(gap)));
        }
        least
    }
}

fn has_begun(activity: &Activity) -> bool {
    !matches!(activity.worked(), Progress::NotStarted)
}

fn is_fixed(activity: &Activity) -> bool {
    activity.detail.as_ref().is_some_and(|d| d.fixed.is_some())
}

pub(crate) fn is_as_late_as_possible(activity: &Activity) -> bool {
    activity.constraint().is_some_and(|c| c.kind == ConstraintKind::AsLateAsPossible)
}

fn detail_deadline(detail: &Detail) -> Instant {
    detail.deadline.unwrap_or(Instant::MAX)
}
