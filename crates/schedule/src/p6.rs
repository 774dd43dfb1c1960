//! Primavera P6's rules for one activity, forward and backward.
//!
//! Sources: Oracle's pages on scheduling options, constraints and progress; dates stored by P6 in real files.
//! The early dates of started work are those of what remains; finished work stands at the data date for its successors.
use crate::{
    Activity, Constraint, ConstraintKind, Instant, Kind, LinkKind, Progress, ProgressLogic, Row, Span,
    cause::{Cause, Told},
    graph::Arc,
    lag::Distance,
    msp::is_as_late_as_possible,
    pass::Pass,
};

/// Where a link lets an activity begin; the finish itself where the link gave that.
struct Allowed {
    start: Instant,
    finish: Option<Instant>,
}

impl Pass<'_> {
    /// P6's data date; the project's start when there is none.
    pub(crate) fn data_date(&self) -> Instant {
        self.network.options.data_date.unwrap_or(self.network.options.start)
    }

    pub(crate) fn early_in_p6(&self, at: usize, activity: &Activity, told: &mut impl Told) -> (Instant, Instant) {
        match activity.worked() {
            Progress::Finished { .. } => self.early_of_finished(at, activity, told),
            Progress::Started { remaining, .. } => self.early_of_started(at, activity, remaining, told),
            Progress::NotStarted => self.early_of_unstarted(at, activity, told),
        }
    }

    fn early_of_finished(&self, at: usize, activity: &Activity, told: &mut impl Told) -> (Instant, Instant) {
        let mut date = self.data_date();
        told.offer(Cause::Actual, date);
        if self.network.options.progress == ProgressLogic::RetainedLogic {
            for &arc in self.graph.incoming(at) {
                let allowed = self.allowed(at, activity, arc).start;
                told.offer(Cause::Link(self.graph.link_of(arc)), allowed);
                date = date.max(allowed);
            }
        }
        (date, date)
    }

    /// What remains goes on when its predecessors, the data date and a resume date let it.
    fn early_of_started(&self, at: usize, activity: &Activity, remaining: Span, told: &mut impl Told) -> (Instant, Instant) {
        let resume = activity.detail.as_ref().and_then(|d| d.resume);
        let floor = self.data_date();
        told.offer(Cause::ProjectStart, floor);
        let mut begin = Begin { start: floor, finish: None };
        if let Some(resume) = resume.filter(|r| *r > floor) {
            told.offer(Cause::Resume, resume);
            begin.start = resume;
        }
        if self.network.options.progress == ProgressLogic::RetainedLogic {
            self.wait_for_links(at, activity, &mut begin, told);
        }
        self.place(at, activity, remaining, begin, told)
    }

    fn early_of_unstarted(&self, at: usize, activity: &Activity, told: &mut impl Told) -> (Instant, Instant) {
        let mut begin = Begin { start: self.ends.start, finish: None };
        told.offer(Cause::ProjectStart, begin.start);
        if let Some(fixed) = self.mandatory(at, activity, told) {
            return fixed;
        }
        let above = self.gate_above(at, told);
        if above > begin.start {
            begin.not_before(self.begin_at(at, above));
        }
        self.wait_for_links(at, activity, &mut begin, told);
        let external = activity.detail.as_ref().and_then(|d| d.external_early_start);
        if let Some(date) = external.filter(|_| !self.network.options.ignore_external) {
            told.offer(Cause::External, date);
            begin.not_before(self.begin_at(at, date));
        }
        if let Some(c) = activity.constraint()
            && let Some(date) = self.held_start(at, activity, c)
        {
            told.offer(Cause::Constraint(c.kind), date);
            begin.not_before(self.begin_at(at, date));
        }
        self.place(at, activity, activity.duration, begin, told)
    }

    /// Mandatory dates hold whatever the network says.
    fn mandatory(&self, at: usize, activity: &Activity, told: &mut impl Told) -> Option<(Instant, Instant)> {
        let c = activity.constraint()?;
        let dates = match c.kind {
            ConstraintKind::MustStartOn => (c.date, self.done(at, c.date, activity.duration)),
            ConstraintKind::MustFinishOn => (self.begun(at, c.date, activity.duration), c.date),
            _ => return None,
        };
        told.decide(Cause::Constraint(c.kind), dates.0);
        Some(dates)
    }

    /// The start that a constraint does not allow to be earlier.
    fn held_start(&self, at: usize, activity: &Activity, c: Constraint) -> Option<Instant> {
        match c.kind {
            ConstraintKind::StartNoEarlierThan | ConstraintKind::StartOn => Some(c.date),
            ConstraintKind::FinishNoEarlierThan | ConstraintKind::FinishOn => Some(self.begun(at, c.date, activity.duration)),
            _ => None,
        }
    }

    fn wait_for_links(&self, at: usize, activity: &Activity, begin: &mut Begin, told: &mut impl Told) {
        for &arc in self.graph.incoming(at) {
            let allowed = self.allowed(at, activity, arc);
            let start = self.begin_at(at, allowed.start);
            told.offer(Cause::Link(self.graph.link_of(arc)), allowed.start);
            if start > begin.start || start == begin.start && allowed.finish > begin.finish {
                *begin = Begin { start, finish: allowed.finish };
            }
        }
    }

    /// Where a date lets work begin: at the start of working time; a finish milestone may stay where work ends.
    pub(crate) fn begin_at(&self, at: usize, date: Instant) -> Instant {
        if self.activity(at).kind == Kind::FinishMilestone { self.milestone_at(at, date) } else { self.next_start(at, date) }
    }

    fn place(&self, at: usize, activity: &Activity, work: Span, begin: Begin, told: &mut impl Told) -> (Instant, Instant) {
        let start = self.begin_at(at, begin.start);
        if start > begin.start {
            told.offer(Cause::Calendar, start);
        }
        let finish = self.done(at, start, work);
        let same_work = |f: &Instant| start == begin.start && *f > finish && self.working(at).work_between(finish, *f).is_zero();
        if let Some(kept) = begin.finish.filter(same_work) {
            return (start, if self.touches_work(at, kept) { kept } else { self.next_start(at, kept) });
        }
        (start, self.expected_finish(at, activity, start).unwrap_or(finish))
    }

    /// When work of so much is done, to the minute.
    pub(crate) fn done(&self, at: usize, start: Instant, work: Span) -> Instant {
        self.finish_of(at, start, work).to_nearest_minute()
    }

    /// When work of so much that is done then has to begin, to the minute; what is counted back rounds halves back.
    pub(crate) fn begun(&self, at: usize, finish: Instant, work: Span) -> Instant {
        self.start_of(at, finish, work).to_nearest_minute_down()
    }

    /// The date that those responsible expect, where the option lets it set the remaining duration.
    fn expected_finish(&self, at: usize, activity: &Activity, start: Instant) -> Option<Instant> {
        let works = matches!(activity.kind, Kind::Task | Kind::ResourceDependent);
        let expected = activity.detail.as_ref()?.expected_finish.filter(|_| works && self.network.options.use_expected_finish)?;
        let by_finish = |arc: &Arc| matches!(arc.kind(), LinkKind::FinishFinish | LinkKind::StartFinish);
        let held = is_as_late_as_possible(activity) || self.graph.incoming(at).iter().any(by_finish);
        (!held && expected >= start && expected >= self.data_date()).then_some(expected)
    }

    /// Work still to do; where an expected finish holds, what it leaves room for.
    fn remaining_as_placed(&self, at: usize, activity: &Activity) -> Span {
        let row = &self.rows[at];
        match self.expected_finish(at, activity, row.early_start) {
            Some(expected) if expected == row.early_finish && activity.kind == Kind::Task => {
                self.working(at).work_between(row.early_start, expected)
            }
            _ => Self::remaining(activity),
        }
    }

    /// Work still to do.
    pub(crate) fn remaining(activity: &Activity) -> Span {
        match activity.worked() {
            Progress::NotStarted => activity.duration,
            Progress::Started { remaining, .. } => remaining,
            Progress::Finished { .. } => Span::ZERO,
        }
    }

    fn allowed(&self, at: usize, activity: &Activity, arc: Arc) -> Allowed {
        let (from, row, lag) = (self.worked(arc.node()), &self.rows[arc.node()], self.lag_in(at, arc));
        let done = matches!(activity.worked(), Progress::Finished { .. });
        // Else work on another calendar could go on before the finish that was waited for.
        let keeps = |finish: Instant| (activity.kind != Kind::FinishMilestone).then_some(finish);
        let floor = |date: Instant| if lag.span.is_negative() { date.max(self.data_date()) } else { date };
        match arc.kind() {
            LinkKind::FinishStart => {
                let start = if done { row.early_finish } else { floor(self.lag_of_finish(from, lag).after(row.early_finish)) };
                Allowed { start, finish: None }
            }
            LinkKind::StartStart => Allowed { start: floor(self.start_after_start(from, row, lag)), finish: None },
            LinkKind::FinishFinish => {
                let finish = match from {
                    Progress::Finished { finish, .. } => lag.after(finish),
                    _ => lag.after(row.early_finish),
                };
                let start = floor(self.begun(at, finish, Self::remaining(activity)));
                Allowed { start, finish: keeps(finish) }
            }
            LinkKind::StartFinish => {
                let finish = self.start_after_start(from, row, lag);
                Allowed { start: floor(self.begun(at, finish, Self::remaining(activity))), finish: keeps(finish) }
            }
        }
    }

    /// A lag after a finished predecessor has partly passed: what remains counts from the data date.
    fn lag_of_finish<'b>(&self, from: Progress, lag: Distance<'b>) -> Distance<'b> {
        match from {
            Progress::Finished { finish, .. } if lag.span.is_positive() => {
                lag.with((lag.span - lag.between(finish, self.data_date())).max(Span::ZERO))
            }
            Progress::Finished { .. } => lag.with(Span::ZERO),
            _ => lag,
        }
    }

    fn start_after_start(&self, from: Progress, row: &Row, lag: Distance<'_>) -> Instant {
        match from {
            Progress::NotStarted => lag.after(lag.next_start(row.early_start)),
            Progress::Started { start, .. } if !self.network.options.ss_lag_from_early_start => lag.after(start).max(self.data_date()),
            Progress::Started { .. } => self.lag_of_start(from, lag).after(row.early_start),
            Progress::Finished { start, .. } => {
                let date = lag.after(start);
                if date >= self.data_date() { date } else { row.early_start }
            }
        }
    }

    /// What has been worked counts against the lag after a start.
    fn lag_of_start<'b>(&self, from: Progress, lag: Distance<'b>) -> Distance<'b> {
        match from {
            Progress::Started { actual, .. } => lag.with((lag.span - actual).max(Span::ZERO)),
            Progress::Finished { .. } => lag.with(Span::ZERO),
            Progress::NotStarted => lag,
        }
    }

    pub(crate) fn late_in_p6(&self, at: usize, activity: &Activity) -> (Instant, Instant) {
        let remaining = self.remaining_as_placed(at, activity);
        let mut finish = Instant::MAX;
        let mut start = None;
        for &arc in self.graph.outgoing(at) {
            match self.required(at, activity, arc) {
                Required::Finish(date) if date < finish => (finish, start) = (date, None),
                Required::Finish(_) => {}
                Required::Start(date) => {
                    let (done, date) = (self.done(at, date, remaining), self.no_later_in_work(at, date));
                    if done < finish {
                        (finish, start) = (done, Some(date));
                    } else if done == finish {
                        // Of two links that ask the same of the work the earlier start holds, whichever comes first.
                        start = Some(start.map_or(date, |s: Instant| s.min(date)));
                    }
                }
            }
        }
        let (start_above, finish_above) = self.bounds_of_whole_above(at, self.rows[at].early_start);
        let above = if start_above < Instant::MAX { self.done(at, start_above, remaining).min(finish_above) } else { finish_above };
        if above.min(self.finish_bound_above(at)) < finish {
            (finish, start) = (above.min(self.finish_bound_above(at)), None);
        }
        if finish == Instant::MAX {
            finish = self.open_finish(at);
        }
        if let Some(external) = self.external_finish(activity).filter(|date| *date < finish) {
            (finish, start) = (external, None);
        }
        if finish > self.ends.late_finish {
            (finish, start) = (self.ends.late_finish, None);
        }
        let held = self.held_finish(at, activity, finish);
        if let Some(mandatory) = self.mandatory_late(at, activity) {
            return mandatory;
        }
        if held < finish {
            (finish, start) = (held, None);
        }
        if activity.kind != Kind::StartMilestone && !matches!(activity.worked(), Progress::Finished { .. }) {
            finish = self.as_finish(at, finish);
        }
        match start.filter(|_| !remaining.is_zero()) {
            Some(kept) => (kept, finish),
            None => (self.late_start(at, activity, finish, remaining), finish),
        }
    }

    /// What another project lets it finish by.
    fn external_finish(&self, activity: &Activity) -> Option<Instant> {
        let date = activity.detail.as_ref().and_then(|d| d.external_late_finish);
        date.filter(|_| !self.network.options.ignore_external)
    }

    fn late_start(&self, at: usize, activity: &Activity, finish: Instant, remaining: Span) -> Instant {
        if remaining.is_zero() || matches!(activity.kind, Kind::StartMilestone | Kind::FinishMilestone) {
            return finish;
        }
        self.next_start(at, self.begun(at, finish, remaining))
    }

    fn open_finish(&self, at: usize) -> Instant {
        if self.network.options.open_ended_critical { self.rows[at].early_finish } else { self.ends.late_finish }
    }

    fn mandatory_late(&self, at: usize, activity: &Activity) -> Option<(Instant, Instant)> {
        let c = activity.constraint()?;
        match (c.kind, activity.worked()) {
            (_, Progress::Finished { .. }) => None,
            (ConstraintKind::MustStartOn, Progress::NotStarted) => Some((c.date, self.done(at, c.date, activity.duration))),
            (ConstraintKind::MustFinishOn, _) => Some((self.begun(at, c.date, Self::remaining(activity)), c.date)),
            _ => None,
        }
    }

    /// The latest finish that the constraints allow.
    fn held_finish(&self, at: usize, activity: &Activity, finish: Instant) -> Instant {
        let Some(detail) = activity.detail.as_ref() else { return finish };
        let unstarted = detail.progress == Progress::NotStarted;
        let done = matches!(detail.progress, Progress::Finished { .. });
        [detail.constraint, detail.secondary].into_iter().flatten().filter(|_| !done).fold(finish, |finish, c| match c.kind {
            ConstraintKind::StartOn | ConstraintKind::StartNoLaterThan if unstarted => finish.min(self.done(at, c.date, activity.duration)),
            ConstraintKind::FinishOn | ConstraintKind::FinishNoLaterThan => finish.min(c.date),
            _ => finish,
        })
    }

    /// What a link out of an activity asks of it.
    pub(crate) fn required(&self, at: usize, activity: &Activity, arc: Arc) -> Required {
        let (to, row, lag) = (self.worked(arc.node()), &self.rows[arc.node()], self.lag_out(at, arc));
        let actual_logic = self.network.options.progress == ProgressLogic::ActualDates;
        let dropped = self.network.options.progress == ProgressLogic::ProgressOverride && to != Progress::NotStarted;
        if dropped {
            return Required::Finish(Instant::MAX);
        }
        let (late_start, late_finish) = match to {
            Progress::Started { start, .. } if actual_logic => (start, row.late_finish),
            Progress::Finished { start, finish, .. } if actual_logic => (start, finish),
            _ => (row.late_start, row.late_finish),
        };
        let after_finish = self.lag_of_finish(activity.worked(), lag);
        match arc.kind() {
            LinkKind::FinishStart => Required::Finish(after_finish.before(late_start)),
            LinkKind::FinishFinish => Required::Finish(after_finish.before(late_finish)),
            LinkKind::StartStart => Required::Start(self.lag_of_start(activity.worked(), lag).before(late_start)),
            LinkKind::StartFinish => Required::Start(self.lag_of_start(activity.worked(), lag).before(late_finish)),
        }
    }

    /// Dates for the eye and total float.
    pub(crate) fn settle_in_p6(&self, at: usize, activity: &Activity, row: &Row) -> Row {
        let (start, finish) = match activity.worked() {
            Progress::NotStarted => (row.early_start, row.early_finish),
            Progress::Started { start, .. } => (start, row.early_finish),
            Progress::Finished { start, finish, .. } => (start, finish),
        };
        let total_float = match activity.worked() {
            Progress::Finished { .. } => Span::ZERO,
            Progress::Started { .. } => self.span_between(at, row.early_finish, row.late_finish),
            Progress::NotStarted => self.total_float(
                self.span_between(at, row.early_start, row.late_start),
                self.span_between(at, row.early_finish, row.late_finish),
            ),
        };
        Row { start, finish, total_float, ..*row }
    }

    /// The least room before anyone who waits; none where a date is held to, by a mandatory or an expected finish.
    pub(crate) fn free_float_in_p6(&self, at: usize, activity: &Activity) -> Span {
        let done = matches!(activity.worked(), Progress::Finished { .. });
        let mandatory = activity.constraint().is_some_and(|c| c.kind == ConstraintKind::MustFinishOn);
        let row = &self.rows[at];
        let expected = self.expected_finish(at, activity, row.early_start).is_some();
        if done || mandatory || expected {
            return Span::ZERO;
        }
        let waits = |arc: &&Arc| self.holds_started(arc.node());
        let gaps = self.graph.outgoing(at).iter().filter(waits).map(|&arc| {
            let (to_start, to_finish) = self.early_dates(arc.node());
            let lag = self.lag_out(at, arc);
            let after_start = || self.start_after_start(activity.worked(), row, lag);
            let (from, date) = match arc.kind() {
                LinkKind::FinishStart => (lag.after(row.early_finish), to_start),
                LinkKind::StartStart => (after_start(), to_start),
                LinkKind::FinishFinish => (lag.after(row.early_finish), to_finish),
                LinkKind::StartFinish => (after_start(), to_finish),
            };
            self.span_between(at, from, date).max(Span::ZERO)
        });
        gaps.min().unwrap_or_else(|| self.span_between(at, row.early_finish, self.ends.early_finish).max(Span::ZERO))
    }

    /// Whether links into an activity hold it: started work only under retained logic.
    fn holds_started(&self, at: usize) -> bool {
        self.network.options.progress == ProgressLogic::RetainedLogic || self.worked(at) == Progress::NotStarted
    }

    /// P6's as-late-as-possible takes the free float only: just before its successors' early dates.
    pub(crate) fn delayed_to_successors(&self, at: usize, activity: &Activity) -> (Instant, Instant) {
        let row = &self.rows[at];
        let remaining = Self::remaining(activity);
        let mut finish = Instant::MAX;
        for &arc in self.graph.outgoing(at) {
            let ((to_start, to_finish), lag) = (self.early_dates(arc.node()), self.lag_out(at, arc));
            finish = finish.min(match arc.kind() {
                LinkKind::FinishStart => lag.before(to_start),
                LinkKind::FinishFinish => lag.before(to_finish),
                LinkKind::StartStart => self.done(at, lag.before(to_start), remaining),
                LinkKind::StartFinish => self.done(at, lag.before(to_finish), remaining),
            });
        }
        let finish = self.as_finish(at, finish.min(self.ends.early_finish).min(row.late_finish));
        let start = self.late_start(at, activity, finish, remaining);
        if start > row.early_start { (start, finish) } else { (row.early_start, row.early_finish) }
    }
}

/// Where work may begin so far, and the finish that decided it if one did.
struct Begin {
    start: Instant,
    finish: Option<Instant>,
}

impl Begin {
    fn not_before(&mut self, date: Instant) {
        if date > self.start {
            *self = Self { start: date, finish: None };
        }
    }
}

/// A latest date that a link asks for.
pub(crate) enum Required {
    Start(Instant),
    Finish(Instant),
}
