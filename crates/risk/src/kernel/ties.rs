//! Links as steps have them, by the rules of each program.
use super::{
    compile::{Compiling, progress},
    program::{Shift, Tie, TimeIx},
};
use crate::lanes::Lanes;
use lantu_calendar::{Instant, Span};
use lantu_schedule::{Dialect, Kind, Lag, LagCalendar, Link, LinkKind, Progress, ProgressLogic};

/// Links of a step.
pub(super) struct Ties {
    pub ties: Vec<Tie>,
    /// Some tie brings a finish that may be kept.
    pub keeps: bool,
}

impl Compiling<'_> {
    /// What a node waits for; `None` where lanes can not tell. `own` is the time in which only positions matter.
    pub fn ties_in(&mut self, at: usize, own: Option<TimeIx>) -> Option<Ties> {
        let mut ties = Vec::with_capacity(4);
        let p6 = self.dialect() == Dialect::P6;
        let begun = progress(self.activity(at)) != Progress::NotStarted;
        if let Some(gate) = self.steps.gate_above(at).filter(|_| !begun) {
            let unbound = self.constant[gate] && self.steps.row(gate).early_start == Instant::MIN;
            ties.extend((!unbound).then_some(Tie { node: gate as u32, of_start: true, shift: Shift::None, to_start: true, keeps: false }));
        }
        let steps = self.steps;
        if !begun || self.network().options.progress == ProgressLogic::RetainedLogic {
            for (from, link) in steps.links_in(at) {
                let link = &self.network().links[link];
                let tie = if p6 { self.tie_in_p6(at, from, link)? } else { self.tie_in_msp(from, link)? };
                ties.push(Tie { shift: in_own(tie.shift, own), ..tie });
            }
        }
        if own.is_none() {
            // Without length the finish is the start.
            ties.iter_mut().for_each(|tie| (tie.to_start, tie.keeps) = (true, false));
        }
        let keeps = ties.iter().any(|t| t.keeps);
        Some(Ties { ties, keeps })
    }

    fn tie_in_msp(&mut self, from: usize, link: &Link) -> Option<Tie> {
        let shift = self.shift(link, span_of(link)?)?;
        let (of_start, to_start) = ends(link.kind);
        Some(Tie { node: from as u32, of_start, shift, to_start, keeps: link.kind == LinkKind::StartFinish })
    }

    fn tie_in_p6(&mut self, at: usize, from: usize, link: &Link) -> Option<Tie> {
        let lag = span_of(link)?;
        let (of_start, to_start) = ends(link.kind);
        let keeps = !to_start && self.activity(at).kind != Kind::FinishMilestone;
        let tie = |node: u32, of_start: bool, shift: Shift| Some(Tie { node, of_start, shift, to_start, keeps });
        let from_progress = if from < self.steps.activities() { progress(self.activity(from)) } else { Progress::NotStarted };
        let options = &self.network().options;
        let data_date = self.ticks.of(options.data_date.unwrap_or(options.start))?;
        match (from_progress, of_start) {
            (Progress::NotStarted, _) | (Progress::Started { .. }, false) => {
                let shift = self.shift(link, lag)?;
                tie(from as u32, of_start, shift)
            }
            (Progress::Started { start, .. }, true) if !options.ss_lag_from_early_start => {
                let shift = self.shift(link, lag)?;
                let date = self.shifted(self.ticks.of(start)?, shift)?.max(data_date);
                tie(self.date_as_node(date), true, Shift::None)
            }
            (Progress::Started { actual, .. }, true) => {
                let shift = self.shift(link, (lag - actual).max(Span::ZERO))?;
                tie(from as u32, true, shift)
            }
            (Progress::Finished { start, .. }, true) => {
                let shift = self.shift(link, lag)?;
                let date = self.shifted(self.ticks.of(start)?, shift)?;
                if date < data_date { tie(from as u32, true, Shift::None) } else { tie(self.date_as_node(date), true, Shift::None) }
            }
            (Progress::Finished { finish, .. }, false) if to_start => {
                let passed = self.passed(link, self.ticks.of(finish)?, data_date)?;
                let left = if lag.is_positive() { (lag - passed).max(Span::ZERO) } else { Span::ZERO };
                let shift = self.shift(link, left)?;
                tie(from as u32, false, shift)
            }
            (Progress::Finished { finish, .. }, false) => {
                let shift = self.shift(link, lag)?;
                let date = self.shifted(self.ticks.of(finish)?, shift)?;
                tie(self.date_as_node(date), false, Shift::None)
            }
        }
    }

    /// Who waits for a node, for its late dates.
    pub fn ties_out(&mut self, at: usize, own: Option<TimeIx>) -> Option<Vec<Tie>> {
        let mut ties = Vec::with_capacity(4);
        let steps = self.steps;
        for (to, link) in steps.links_out(at) {
            let link = &self.network().links[link];
            let waits = if to < self.steps.activities() { progress(self.activity(to)) } else { Progress::NotStarted };
            let tie = match self.dialect() {
                Dialect::MsProject => self.tie_out_in_msp(at, to, waits, link)?,
                Dialect::P6 => self.tie_out_in_p6(at, to, waits, link)?,
            };
            ties.extend(tie.map(|tie| Tie { shift: in_own(tie.shift, own), ..tie }));
        }
        Some(ties)
    }

    fn tie_out_in_msp(&mut self, at: usize, to: usize, waits: Progress, link: &Link) -> Option<Option<Tie>> {
        let (bounds_start, starts) = ends(link.kind);
        let begun = progress(self.activity(at)) != Progress::NotStarted;
        if matches!(waits, Progress::Finished { .. }) || begun && bounds_start {
            return Some(None);
        }
        let delayed = to < self.steps.activities() && self.activity(to).detail.as_ref().is_some_and(|d| d.leveling_delay.is_some());
        // Begun work bounds its predecessors by where it goes on.
        if waits != Progress::NotStarted || delayed {
            return None;
        }
        let shift = self.shift(link, -span_of(link)?)?;
        // A late start bounds the start where work can begin.
        let keeps = link.kind == LinkKind::StartStart;
        Some(Some(Tie { node: to as u32, of_start: starts, shift, to_start: bounds_start, keeps }))
    }

    fn tie_out_in_p6(&mut self, at: usize, to: usize, waits: Progress, link: &Link) -> Option<Option<Tie>> {
        let logic = self.network().options.progress;
        if waits != Progress::NotStarted && logic == ProgressLogic::ProgressOverride {
            return Some(None);
        }
        if waits != Progress::NotStarted && logic == ProgressLogic::ActualDates {
            return None;
        }
        let (bounds_start, starts) = ends(link.kind);
        let lag = match progress(self.activity(at)) {
            Progress::Started { actual, .. } if bounds_start => (span_of(link)? - actual).max(Span::ZERO),
            _ => span_of(link)?,
        };
        let shift = self.shift(link, -lag)?;
        Some(Some(Tie { node: to as u32, of_start: starts, shift, to_start: bounds_start, keeps: false }))
    }

    /// A lag as lanes move dates by it.
    fn shift(&mut self, link: &Link, span: Span) -> Option<Shift> {
        let ticks = self.lengths.ticks(span)?;
        if ticks == 0 {
            return Some(Shift::None);
        }
        Some(match self.lag_time(link)? {
            Some(time) => Shift::Other(time, ticks),
            None => Shift::Clock(ticks),
        })
    }

    /// The time in which a lag runs; within, `None` for the clock.
    fn lag_time(&mut self, link: &Link) -> Option<Option<TimeIx>> {
        if matches!(link.lag, Lag::Elapsed(_)) {
            return Some(None);
        }
        let (network, options) = (self.network(), &self.network().options);
        let of = |at: lantu_schedule::ActivityIx| &network.calendars[network.activities[at.at()].calendar.at()];
        let calendar = match (options.dialect, options.lag_calendar) {
            (Dialect::MsProject, _) | (Dialect::P6, LagCalendar::Successor) => of(link.successor),
            (Dialect::P6, LagCalendar::Predecessor) => of(link.predecessor),
            (Dialect::P6, LagCalendar::Project) => &network.calendars[options.calendar.at()],
            (Dialect::P6, LagCalendar::TwentyFourHour) => return Some(None),
        };
        self.time(calendar).map(Some)
    }

    /// A date moved by a lag.
    fn shifted(&self, at: i32, shift: Shift) -> Option<i32> {
        match shift {
            Shift::None => Some(at),
            Shift::Clock(n) | Shift::Own(n) => at.checked_add(n),
            Shift::Other(time, n) => {
                let mut outside = Lanes::ZERO;
                let moved = self.program.times[time as usize].add(&Lanes::all(at), n, &mut outside);
                (outside == Lanes::ZERO).then_some(moved.0[0])
            }
        }
    }

    /// What passes of a lag's time between two dates.
    fn passed(&mut self, link: &Link, from: i32, to: i32) -> Option<Span> {
        // No lag runs in no time.
        if span_of(link)?.is_zero() {
            return Some(Span::ZERO);
        }
        let ticks = match self.lag_time(link)? {
            Some(time) => self.position(time, to)? - self.position(time, from)?,
            None => to - from,
        };
        Some(Span::seconds(i64::from(ticks) * self.ticks.seconds))
    }
}

/// Whether a link leaves from the start, and whether it comes to the start.
fn ends(kind: LinkKind) -> (bool, bool) {
    match kind {
        LinkKind::FinishStart => (false, true),
        LinkKind::StartStart => (true, true),
        LinkKind::FinishFinish => (false, false),
        LinkKind::StartFinish => (true, false),
    }
}

/// A share of a duration is no length of its own.
fn span_of(link: &Link) -> Option<Span> {
    match link.lag {
        Lag::Work(span) | Lag::Elapsed(span) => Some(span),
        Lag::Percent(_) | Lag::ElapsedPercent(_) => None,
    }
}

fn in_own(shift: Shift, own: Option<TimeIx>) -> Shift {
    match shift {
        Shift::Other(time, n) if Some(time) == own => Shift::Own(n),
        _ => shift,
    }
}
