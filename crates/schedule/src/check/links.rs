//! What links say of dates: forward as starts that a successor may not precede, backward as finishes that a
//! predecessor may not pass.
use super::frame::Frame;
use crate::{Calendar, Instant, Kind, Lag, LagCalendar, Link, LinkKind, Progress, ProgressLogic, Span};

/// A bound on a date. Where the programs' own arithmetic is not known to the minute there are several values.
pub(super) struct Bound {
    /// The values that may explain a date; the loosest is what must be kept.
    pub(super) values: Vec<Instant>,
    /// Whether it has to be kept, or may only explain.
    pub(super) must: bool,
    /// The activity on the other end of the link; `None` for what is no link.
    pub(super) other: Option<usize>,
}

impl Bound {
    pub(super) fn must(value: Instant) -> Self {
        Self { values: vec![value], must: true, other: None }
    }

    pub(super) fn may(value: Instant) -> Self {
        Self { values: vec![value], must: false, other: None }
    }

    pub(super) fn lowest(&self) -> Option<Instant> {
        self.values.iter().min().copied()
    }

    pub(super) fn highest(&self) -> Option<Instant> {
        self.values.iter().max().copied()
    }
}

impl Frame<'_> {
    /// The lag of a link and the calendar it is counted on, for `at` in the successor's place: the successor itself, or
    /// a row below it.
    pub(super) fn lag<'b>(&'b self, link: &Link, at: usize) -> (Span, &'b Calendar) {
        let by_option = match self.options().lag_calendar {
            _ if !self.is_p6() => self.hours(at),
            LagCalendar::Predecessor => self.hours(link.predecessor.at()),
            LagCalendar::Successor => self.hours(at),
            LagCalendar::Project => self.project_calendar(),
            LagCalendar::TwentyFourHour => self.clock(),
        };
        let p = link.predecessor.at();
        match link.lag {
            Lag::Work(span) => (span, by_option),
            Lag::Elapsed(span) => (span, self.clock()),
            Lag::Percent(percent) => {
                let calendar = if self.activity(p).elapsed { self.clock() } else { by_option };
                (self.activity(p).duration.percent(percent.into()), calendar)
            }
            Lag::ElapsedPercent(percent) => (self.activity(p).duration.percent(percent.into()), self.clock()),
        }
    }

    /// Where work of `at` begins that ends at `finish`.
    pub(super) fn back(&self, at: usize, finish: Instant) -> Instant {
        self.calendar(at).add(finish, -self.length(at))
    }

    /// Where work of `at` ends that begins at `start`.
    pub(super) fn forth(&self, at: usize, start: Instant) -> Instant {
        self.calendar(at).add(start, self.length(at))
    }

    /// The work between early start and early finish, by the row itself where resources shape it.
    pub(super) fn length(&self, at: usize) -> Span {
        if self.is_plain(at) {
            return self.work(at);
        }
        let row = self.row(at);
        self.calendar(at).work_between(row.early_start, row.early_finish)
    }

    /// Whether a link into `at` has any say at all.
    fn drives(&self, link: &Link, at: usize) -> bool {
        let p = link.predecessor.at();
        let overridden = self.is_p6() && self.options().progress == ProgressLogic::ProgressOverride && self.is_started(at);
        let driver = !matches!(self.activity(p).kind, Kind::LevelOfEffort | Kind::WbsSummary);
        driver && !self.is_inactive(p) && !overridden
    }

    /// What the links of `at`, and of the summaries above it, say of its early start.
    pub(super) fn bounds_forward(&self, at: usize) -> Vec<Bound> {
        let own = self.into(at).map(|l| (l, true));
        let above = self.above(at).flat_map(|s| {
            let certain = self.fixed(s).is_none();
            self.into(s).map(move |l| (l, certain && matches!(l.kind, LinkKind::FinishStart | LinkKind::StartStart)))
        });
        own.chain(above).filter(|(l, _)| self.drives(l, at)).map(|(l, certain)| self.bound_forward(l, at, certain)).collect()
    }

    fn bound_forward(&self, link: &Link, at: usize, certain: bool) -> Bound {
        let p = link.predecessor.at();
        let mut values = self.starts_allowed(link, at, at);
        if link.successor.at() != at {
            // Of a link into a summary row the lag may be counted on the row's own calendar.
            values.extend(self.starts_allowed(link, at, link.successor.at()));
        }
        let (lag, _) = self.lag(link, at);
        if let Some(data_date) = self.data_date().filter(|_| lag.is_negative()) {
            values.iter_mut().for_each(|v| *v = (*v).max(data_date));
        }
        let by_finish = matches!(link.kind, LinkKind::FinishFinish | LinkKind::StartFinish);
        let held = self.is_p6() && self.options().progress == ProgressLogic::ActualDates && self.is_started(at);
        let must = certain && !held && !self.is_finished(at) && (self.is_plain(at) || !by_finish);
        Bound { values, must, other: Some(p) }
    }

    /// The starts of `at` that a link allows, its lag counted as for a successor `bearer`.
    fn starts_allowed(&self, link: &Link, at: usize, bearer: usize) -> Vec<Instant> {
        let p = link.predecessor.at();
        let (lag, calendar) = self.lag(link, bearer);
        let mut values = vec![];
        let mut dates = self.dates_of_predecessor(p);
        let moved_up = self.is_p6() && self.is_alap(p);
        if moved_up {
            // Moved up to its successors, it may begin with the next work after the instant that they allow.
            dates.extend(dates.clone().into_iter().map(|(start, finish)| (self.hours(p).previous_finish(start), finish)));
        }
        let from_start = matches!(link.kind, LinkKind::StartStart | LinkKind::StartFinish);
        for (start, finish) in dates {
            let tied = if from_start { start } else { finish };
            for lag in self.lags_left(link, lag, calendar) {
                let date = calendar.add(tied, lag);
                values.extend(moved_up.then(|| calendar.previous_finish(date)));
                match link.kind {
                    LinkKind::FinishStart | LinkKind::StartStart => values.push(date),
                    LinkKind::FinishFinish | LinkKind::StartFinish => {
                        values.extend([self.back(at, date), calendar.add(self.back(at, tied), lag)]);
                    }
                }
            }
        }
        values
    }

    /// The finishes that links from ends to the finish of `at` ask for (P6 keeps them as they are).
    pub(super) fn finishes_asked(&self, at: usize) -> Vec<Instant> {
        let mut finishes = vec![];
        let by_finish = |l: &&Link| matches!(l.kind, LinkKind::FinishFinish | LinkKind::StartFinish) && self.drives(l, at);
        for link in self.into(at).filter(by_finish) {
            let (lag, calendar) = self.lag(link, at);
            for (start, finish) in self.dates_of_predecessor(link.predecessor.at()) {
                let tied = if link.kind == LinkKind::StartFinish { start } else { finish };
                finishes.extend(self.lags_left(link, lag, calendar).into_iter().map(|lag| calendar.add(tied, lag)));
            }
        }
        finishes
    }

    /// The dates that a predecessor may be waited for by: early, and where they differ the ones shown; late for work
    /// as late as possible.
    fn dates_of_predecessor(&self, p: usize) -> Vec<(Instant, Instant)> {
        let row = self.row(p);
        let mut dates = vec![(row.early_start, row.early_finish)];
        let progressed = !matches!(self.activity(p).worked(), Progress::NotStarted);
        if (row.start, row.finish) != dates[0] && (!self.is_p6() || progressed) {
            dates.push((row.start, row.finish));
        }
        if !self.is_p6() && self.is_alap(p) {
            dates.push((row.late_start, row.late_finish));
        }
        dates
    }

    /// P6 counts the lag of begun work from what has happened: what of it is left at the data date. All of the ways
    /// that this is known to be done.
    pub(super) fn lags_left(&self, link: &Link, lag: Span, calendar: &Calendar) -> Vec<Span> {
        let mut lags = vec![lag];
        let Some(data_date) = self.data_date() else { return lags };
        // A lead has nothing left of it once the work it comes before has begun.
        let mut left = |used: Span| lags.push(if used < lag { lag - used } else { Span::ZERO });
        match self.activity(link.predecessor.at()).worked() {
            Progress::NotStarted => {}
            Progress::Started { start, actual, .. } => {
                left(actual);
                left(calendar.work_between(start, data_date));
            }
            Progress::Finished { start, finish, actual } => {
                left(actual);
                left(calendar.work_between(start, data_date));
                left(calendar.work_between(finish, data_date));
                left(lag);
            }
        }
        lags
    }

    /// What the links out of `at`, and out of the summaries above it, say of its late finish.
    pub(super) fn bounds_backward(&self, at: usize) -> Vec<Bound> {
        let own = self.out_of(at).map(|l| (l, true));
        let above = self.above(at).flat_map(|s| {
            let certain = self.fixed(s).is_none();
            self.out_of(s).map(move |l| (l, certain && matches!(l.kind, LinkKind::FinishStart | LinkKind::FinishFinish)))
        });
        own.chain(above).filter(|(l, _)| self.holds(l.successor.at())).map(|(l, certain)| self.bound_backward(l, at, certain)).collect()
    }

    /// Whether a successor has a say in late dates: begun work has none when progress overrides logic.
    fn holds(&self, s: usize) -> bool {
        let overridden = self.is_p6() && self.options().progress == ProgressLogic::ProgressOverride;
        self.waits(s) && !(overridden && self.activity(s).worked() != Progress::NotStarted)
    }

    /// Whether a successor has a say in free float.
    pub(super) fn waits(&self, s: usize) -> bool {
        let waiting = self.is_in_network(s) || (self.activity(s).is_summary() && !self.is_inactive(s));
        waiting && (!self.is_finished(s) || self.is_p6())
    }

    fn bound_backward(&self, link: &Link, at: usize, certain: bool) -> Bound {
        let s = link.successor.at();
        let (lag, calendar) = self.lag(link, s);
        let from_start = matches!(link.kind, LinkKind::StartStart | LinkKind::StartFinish);
        let mut values = vec![];
        for tied in self.late_dates_of_successor(link) {
            for lag in self.lags_left(link, lag, calendar) {
                let raw = calendar.add(tied, -lag);
                for value in [raw, calendar.add(calendar.previous_finish(tied), -lag), calendar.add(calendar.next_start(tied), -lag)] {
                    if from_start {
                        values.extend([self.forth(at, value), self.forth(at, self.hours(at).next_start(value))]);
                    } else {
                        values.push(value);
                    }
                }
            }
        }
        let by_finish = matches!(link.kind, LinkKind::FinishFinish | LinkKind::StartFinish);
        let summed = self.activity(s).is_summary() && by_finish;
        let progressed = !matches!(self.activity(s).worked(), Progress::NotStarted);
        let retained = self.is_p6() && self.options().progress == ProgressLogic::RetainedLogic && !self.is_finished(s);
        let begun = from_start && self.is_started(at);
        let must = certain && !summed && !begun && (!progressed || retained) && self.fixed(s).is_none();
        Bound { values, must, other: Some(s) }
    }

    /// The late dates of a successor that its predecessor may be held to. Of begun work the shown late start is the
    /// actual one; what is counted with is what its late finish says.
    pub(super) fn late_dates_of_successor(&self, link: &Link) -> Vec<Instant> {
        let s = link.successor.at();
        let row = self.row(s);
        let to_start = matches!(link.kind, LinkKind::FinishStart | LinkKind::StartStart);
        let mut dates = vec![if to_start { row.late_start } else { row.late_finish }];
        if let Progress::Started { start, actual, remaining } = self.activity(s).worked()
            && to_start
        {
            let calendar = self.calendar(s);
            dates.extend([start, calendar.add(row.late_finish, -remaining), calendar.add(row.late_finish, -(actual + remaining))]);
            // MS Project: where it goes on.
            dates.extend(self.detail(s).and_then(|d| d.resume));
            dates.push(calendar.add(start, actual));
        }
        if let Progress::Finished { start, finish, .. } = self.activity(s).worked() {
            dates.push(if to_start { start } else { finish });
        }
        if let Some(delay) = self.detail(s).and_then(|d| d.leveling_delay) {
            // Levelled work bounds by where it would begin without its delay.
            let undelayed = if delay.elapsed { dates[0] - delay.span } else { self.hours(s).add(dates[0], -delay.span) };
            dates.extend([undelayed, self.hours(s).previous_finish(undelayed)]);
        }
        if self.fixed(s).is_some() {
            dates.push(if to_start { row.early_start } else { row.early_finish });
        }
        dates
    }
}
