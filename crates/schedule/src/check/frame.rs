//! A network and its schedule side by side, with who is tied to whom.
use crate::{
    Activity, ActivityIx, Assignment, Calendar, ConstraintKind, Contour, Detail, Dialect, FixedDates, Instant, Kind, Link, Network,
    Options, Progress, Row, Schedule, ScheduleFrom, Span,
};

pub(super) struct Frame<'a> {
    pub(super) network: &'a Network,
    pub(super) schedule: &'a Schedule,
    into: Ties,
    out_of: Ties,
    clock: Calendar,
    has_alap: bool,
    late_ends: [Instant; 2],
}

/// Links by one of their ends.
struct Ties {
    first: Vec<u32>,
    links: Vec<u32>,
}

impl Ties {
    fn new(rows: usize, links: &[Link], end: impl Fn(&Link) -> ActivityIx) -> Self {
        let mut first = vec![0_u32; rows + 1];
        for link in links {
            first[end(link).at() + 1] += 1;
        }
        for at in 0..rows {
            first[at + 1] += first[at];
        }
        let mut next = first.clone();
        let mut sorted = vec![0; links.len()];
        for (i, link) in links.iter().enumerate() {
            let slot = &mut next[end(link).at()];
            sorted[*slot as usize] = i as u32;
            *slot += 1;
        }
        Self { first, links: sorted }
    }

    fn of(&self, at: usize) -> &[u32] {
        &self.links[self.first[at] as usize..self.first[at + 1] as usize]
    }
}

/// Dates that differ by less count as one when a length is no whole number of minutes: programs round differently.
const ROUNDING: i64 = 60;

/// Whether `found` is `wanted`, to the minute where the wanted date has no whole minute.
pub(super) fn same(found: Instant, wanted: Instant) -> bool {
    found == wanted || (wanted.seconds() % 60 != 0 && (found - wanted).as_seconds().abs() < ROUNDING)
}

/// Whether `found` is earlier than `bound` by more than rounding.
pub(super) fn earlier(found: Instant, bound: Instant) -> bool {
    let slack = if bound.seconds() % 60 == 0 { 0 } else { ROUNDING };
    found + Span::seconds(slack) < bound
}

/// Whether `found` is later than `bound` by more than rounding.
pub(super) fn later(found: Instant, bound: Instant) -> bool {
    let slack = if bound.seconds() % 60 == 0 { 0 } else { ROUNDING };
    found - Span::seconds(slack) > bound
}

impl<'a> Frame<'a> {
    pub(super) fn new(network: &'a Network, schedule: &'a Schedule) -> Self {
        let rows = network.activities.len();
        let mut frame = Self {
            network,
            schedule,
            into: Ties::new(rows, &network.links, |l| l.successor),
            out_of: Ties::new(rows, &network.links, |l| l.predecessor),
            clock: Calendar::around_the_clock(),
            has_alap: network.activities.iter().any(|a| a.constraint().is_some_and(|c| c.kind == ConstraintKind::AsLateAsPossible)),
            late_ends: [schedule.finish; 2],
        };
        let working = || (0..rows).filter(|at| frame.is_in_network(*at));
        let open = working().filter(|at| frame.detail(*at).is_none() && frame.out_of(*at).next().is_none());
        let last = [working().map(|at| frame.row(at).late_finish).max(), open.map(|at| frame.row(at).late_finish).max()];
        frame.late_ends = last.map(|end| end.unwrap_or(schedule.finish));
        frame
    }

    pub(super) fn options(&self) -> &'a Options {
        &self.network.options
    }

    pub(super) fn is_p6(&self) -> bool {
        self.options().dialect == Dialect::P6
    }

    pub(super) fn is_from_finish(&self) -> bool {
        self.options().from == ScheduleFrom::Finish
    }

    pub(super) fn activity(&self, at: usize) -> &'a Activity {
        &self.network.activities[at]
    }

    pub(super) fn detail(&self, at: usize) -> Option<&'a Detail> {
        self.activity(at).detail.as_deref()
    }

    pub(super) fn row(&self, at: usize) -> &'a Row {
        &self.schedule.rows[at]
    }

    pub(super) fn uid(&self, at: usize) -> i64 {
        self.activity(at).uid
    }

    pub(super) fn is_inactive(&self, at: usize) -> bool {
        self.detail(at).is_some_and(|d| d.inactive)
    }

    pub(super) fn is_external(&self, at: usize) -> bool {
        self.detail(at).is_some_and(|d| d.external)
    }

    pub(super) fn fixed(&self, at: usize) -> Option<FixedDates> {
        self.detail(at).and_then(|d| d.fixed)
    }

    pub(super) fn is_finished(&self, at: usize) -> bool {
        matches!(self.activity(at).worked(), Progress::Finished { .. })
    }

    pub(super) fn is_started(&self, at: usize) -> bool {
        matches!(self.activity(at).worked(), Progress::Started { .. })
    }

    pub(super) fn constraint_is(&self, at: usize, kind: ConstraintKind) -> bool {
        self.activity(at).constraint().is_some_and(|c| c.kind == kind)
    }

    pub(super) fn is_alap(&self, at: usize) -> bool {
        self.constraint_is(at, ConstraintKind::AsLateAsPossible)
    }

    /// Whether any work is as late as possible.
    pub(super) fn has_alap(&self) -> bool {
        self.has_alap
    }

    /// The last late finish of all, and the last of what nothing holds and nothing waits for.
    pub(super) fn late_ends(&self) -> [Instant; 2] {
        self.late_ends
    }

    /// Work that is scheduled by links and constraints, as opposed to rows that sum up others.
    pub(super) fn is_in_network(&self, at: usize) -> bool {
        matches!(self.activity(at).kind, Kind::Task | Kind::ResourceDependent | Kind::StartMilestone | Kind::FinishMilestone)
            && !self.is_inactive(at)
    }

    /// What has to be waited for by P6's data date; MS Project has no such floor.
    pub(super) fn data_date(&self) -> Option<Instant> {
        self.is_p6().then(|| self.options().data_date.unwrap_or(self.options().start))
    }

    /// No unstarted work before this.
    pub(super) fn floor(&self) -> Instant {
        match self.data_date() {
            Some(data_date) => self.options().start.max(data_date),
            None if self.is_from_finish() => self.schedule.start,
            None => self.options().start,
        }
    }

    /// The links that an activity waits by.
    pub(super) fn into(&self, at: usize) -> impl Iterator<Item = &'a Link> + '_ {
        self.into.of(at).iter().map(|i| &self.network.links[*i as usize])
    }

    /// The links by which others wait for an activity.
    pub(super) fn out_of(&self, at: usize) -> impl Iterator<Item = &'a Link> + '_ {
        self.out_of.of(at).iter().map(|i| &self.network.links[*i as usize])
    }

    /// The summaries above a row, the nearest first.
    pub(super) fn above(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.activity(at).parent, |p| self.activity(p.at()).parent).map(ActivityIx::at)
    }

    /// The calendar that an activity's duration is counted on.
    pub(super) fn calendar(&self, at: usize) -> &Calendar {
        if self.activity(at).elapsed { &self.clock } else { self.hours(at) }
    }

    /// The activity's working time, whatever its duration is counted in.
    pub(super) fn hours(&self, at: usize) -> &'a Calendar {
        &self.network.calendars[self.activity(at).calendar.at()]
    }

    pub(super) fn project_calendar(&self) -> &'a Calendar {
        &self.network.calendars[self.options().calendar.at()]
    }

    pub(super) fn clock(&self) -> &Calendar {
        &self.clock
    }

    /// The work that is scheduled between early start and early finish.
    pub(super) fn work(&self, at: usize) -> Span {
        let a = self.activity(at);
        match a.worked() {
            Progress::Started { remaining, .. } if self.is_p6() => remaining,
            Progress::Finished { .. } if self.is_p6() => Span::ZERO,
            _ if matches!(a.kind, Kind::StartMilestone | Kind::FinishMilestone) => Span::ZERO,
            _ => a.duration,
        }
    }

    /// Whether the row's length is its duration on its calendar, and no resources or gaps shape it.
    pub(super) fn is_plain(&self, at: usize) -> bool {
        let Some(d) = self.detail(at) else { return true };
        let expects = d.expected_finish.is_some() && self.is_p6() && self.options().use_expected_finish;
        d.splits.is_empty() && !expects && d.assignments.iter().all(|s| self.is_plain_assignment(at, s))
    }

    fn is_plain_assignment(&self, at: usize, s: &Assignment) -> bool {
        let a = self.activity(at);
        if !s.drives || s.units < 0.001 {
            return true;
        }
        if self.is_p6() && a.kind != Kind::ResourceDependent {
            return true;
        }
        let same_hours = s.calendar == a.calendar || self.network.calendars[s.calendar.at()] == *self.hours(at);
        let work = if self.is_p6() { s.remaining_work } else { s.work };
        let fills = (work.as_minutes() * 100.0 / s.units - self.work(at).as_minutes()).abs() < 1.0;
        let at_once = s.delay.is_none() && s.leveling_delay.is_none() && s.overtime.is_zero() && s.contour == Contour::Flat;
        same_hours && fills && at_once && !a.elapsed
    }
}
