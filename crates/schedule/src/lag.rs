//! Moving a date along a link.
use crate::{Calendar, Dialect, Instant, Lag, LagCalendar, Link, Span, graph::Arc, pass::Pass};

/// A lag ready to be counted: so much, on this calendar or by the clock.
#[derive(Clone, Copy)]
pub(crate) struct Distance<'a> {
    pub span: Span,
    calendar: Option<&'a Calendar>,
}

impl Distance<'_> {
    /// The date so much later.
    pub fn after(&self, at: Instant) -> Instant {
        self.moved(at, self.span)
    }

    /// The date so much earlier.
    pub fn before(&self, at: Instant) -> Instant {
        self.moved(at, -self.span)
    }

    /// What passes of the lag's time between two dates.
    pub fn between(&self, a: Instant, b: Instant) -> Span {
        self.calendar.map_or(b - a, |c| c.work_between(a, b))
    }

    /// The first moment from `at` on at which the lag's time runs.
    pub fn next_start(&self, at: Instant) -> Instant {
        self.calendar.map_or(at, |c| c.next_start(at))
    }

    pub fn with(self, span: Span) -> Self {
        Self { span, ..self }
    }

    fn moved(&self, at: Instant, span: Span) -> Instant {
        match self.calendar {
            Some(calendar) => calendar.add(at, span),
            None => at + span,
        }
    }
}

impl<'a> Pass<'a> {
    /// The lag of a link as a node has it.
    pub fn lag(&self, arc: Arc) -> Distance<'a> {
        if arc.has_lag() { self.distance(self.link(arc.link())) } else { Distance { span: Span::ZERO, calendar: None } }
    }

    /// The lag of a link.
    pub fn distance(&self, link: &Link) -> Distance<'a> {
        let from = &self.network.activities[link.predecessor.at()];
        // No lag is no time on any calendar: the date stays where it is.
        let of_work = |span: Span| Distance { span, calendar: if span.is_zero() { None } else { self.lag_calendar(link) } };
        let share = |percent: f32| from.duration.percent(f64::from(percent));
        match link.lag {
            Lag::Work(span) => of_work(span),
            Lag::Elapsed(span) => Distance { span, calendar: None },
            Lag::Percent(percent) if !from.elapsed => of_work(share(percent)),
            Lag::Percent(percent) | Lag::ElapsedPercent(percent) => Distance { span: share(percent), calendar: None },
        }
    }

    /// `None` for the clock.
    fn lag_calendar(&self, link: &Link) -> Option<&'a Calendar> {
        let network = self.network;
        let of = |at: usize| &network.calendars[network.activities[at].calendar.at()];
        match (network.options.dialect, network.options.lag_calendar) {
            (Dialect::MsProject, _) | (Dialect::P6, LagCalendar::Successor) => Some(of(link.successor.at())),
            (Dialect::P6, LagCalendar::Predecessor) => Some(of(link.predecessor.at())),
            (Dialect::P6, LagCalendar::Project) => Some(&network.calendars[network.options.calendar.at()]),
            (Dialect::P6, LagCalendar::TwentyFourHour) => None,
        }
    }
}
