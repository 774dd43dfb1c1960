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

const NO_DISTANCE: Distance<'static> = Distance { span: Span::ZERO, calendar: None };

impl<'a> Pass<'a> {
    /// The lag of a link as it comes into an activity.
    pub fn lag_in(&self, at: usize, arc: Arc) -> Distance<'a> {
        self.graph.lagged(arc).map_or(NO_DISTANCE, |lagged| self.distance_between(lagged.lag, arc.node(), at))
    }

    /// The lag of a link as it goes out of an activity.
    pub fn lag_out(&self, at: usize, arc: Arc) -> Distance<'a> {
        self.graph.lagged(arc).map_or(NO_DISTANCE, |lagged| self.distance_between(lagged.lag, at, arc.node()))
    }

    /// The lag of a link.
    pub fn distance(&self, link: &Link) -> Distance<'a> {
        self.distance_between(link.lag, link.predecessor.at(), link.successor.at())
    }

    /// A lag between two nodes.
    fn distance_between(&self, lag: Lag, from: usize, to: usize) -> Distance<'a> {
        // No lag is no time on any calendar: the date stays where it is.
        let of_work = |span: Span| Distance { span, calendar: if span.is_zero() { None } else { self.lag_calendar(from, to) } };
        let of_clock = |span: Span| Distance { span, calendar: None };
        let predecessor = || &self.network.activities[self.graph.row_of(from)];
        let share = |percent: f32| predecessor().duration.percent(f64::from(percent));
        match lag {
            Lag::Work(span) => of_work(span),
            Lag::Elapsed(span) => of_clock(span),
            Lag::Percent(percent) if !predecessor().elapsed => of_work(share(percent)),
            Lag::Percent(percent) | Lag::ElapsedPercent(percent) => of_clock(share(percent)),
        }
    }

    /// `None` for the clock.
    fn lag_calendar(&self, from: usize, to: usize) -> Option<&'a Calendar> {
        let network = self.network;
        let of = |node: usize| &network.calendars[network.activities[self.graph.row_of(node)].calendar.at()];
        match (network.options.dialect, network.options.lag_calendar) {
            (Dialect::MsProject, _) | (Dialect::P6, LagCalendar::Successor) => Some(of(to)),
            (Dialect::P6, LagCalendar::Predecessor) => Some(of(from)),
            (Dialect::P6, LagCalendar::Project) => Some(&network.calendars[network.options.calendar.at()]),
            (Dialect::P6, LagCalendar::TwentyFourHour) => None,
        }
    }
}
