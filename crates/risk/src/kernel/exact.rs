//! What the scheduling engine does itself: nodes that lanes do not know, whole iterations, the weather of each.
use super::{CENTURY, Compiled, program::Backward, rows::Rows};
use crate::{RiskModel, lanes::LANES, run::BlockDates, sample::Draws};
use lantu_calendar::{Calendar, Instant, Span};
use lantu_schedule::{ActivityIx, Stepwise};
use std::ops::Range;

/// The weather over a model: who loses days, and in which stretch of days.
#[derive(Clone)]
pub(super) struct Sky {
    /// Places of the model's weathers and of their calendars.
    weather: Vec<(usize, usize)>,
    /// For each calendar, whether its days differ from one iteration to the next.
    pub unsteady: Vec<bool>,
    /// Days are lost from the first of these to the last.
    days: Range<i64>,
    calendars: Vec<Calendar>,
}

impl Sky {
    /// `days` are those that the iterations' dates should lie in; no work begins before `start`.
    pub fn of(model: &RiskModel, days: Range<i64>, start: Instant) -> Self {
        let calendars = model.network.calendars.clone();
        let (weather, mut unsteady) =
            (model.weather.iter().map(|w| w.calendar.at()).enumerate().collect::<Vec<_>>(), vec![false; calendars.len()]);
        weather.iter().for_each(|&(_, calendar)| unsteady[calendar] = true);
        // A date at the end of time is no reason to look at the weather of millennia.
        let start = start.day_number();
        let days = days.start.max(start - CENTURY)..days.end.min(start + CENTURY);
        Self { weather, unsteady, days, calendars }
    }

    /// How much longer a model's weather may make everything.
    pub fn stretch(model: &RiskModel) -> f64 {
        let lost = model.weather.iter().map(|w| w.lost.iter().sum::<f64>() / 12.0);
        let left = lost.fold(1.0, |left: f64, lost| left * (1.0 - lost)).max(0.05);
        1.0 / left
    }

    /// Whether any day may be lost.
    pub fn clouds(&self) -> bool {
        !self.weather.is_empty()
    }

    /// The calendars of an iteration.
    fn calendars(&self, draws: &Draws, iteration: u32) -> Vec<Calendar> {
        let mut calendars = self.calendars.clone();
        for &(weather, calendar) in &self.weather {
            let lost = draws.lost_days(weather, iteration, self.days.start, (self.days.end - self.days.start).max(0) as usize);
            let lost = self.days.clone().zip(lost).filter(|(_, lost)| *lost).map(|(day, _)| day);
            calendars[calendar] = calendars[calendar].without_days(lost);
        }
        calendars
    }
}

/// What one thread works with.
pub(crate) struct Worker {
    steps: Stepwise,
    pub(super) rows: Rows,
    /// The calendars of each lane, where they differ.
    calendars: Vec<Vec<Calendar>>,
    near: Vec<usize>,
}

impl Worker {
    pub(super) fn of(steps: Stepwise, rows: Rows) -> Self {
        Self { steps, rows, calendars: vec![], near: vec![] }
    }

    /// The weather of a block.
    pub(super) fn look_up(&mut self, sky: &Sky, draws: &Draws, block: u32) {
        if sky.clouds() {
            self.calendars = (0..LANES as u32).map(|lane| sky.calendars(draws, LANES as u32 * block + lane)).collect();
        }
    }

    /// One iteration, scheduled whole.
    pub(super) fn whole(&mut self, all: &Compiled, lane: usize, out: &mut BlockDates) {
        for at in all.lengths.varying() {
            self.set_work(all, at, lane);
        }
        if let Some(calendars) = self.calendars.get(lane) {
            self.steps.set_calendars(calendars);
        }
        out.finish.0[lane] = all.told(self.steps.run());
        for (at, dates) in all.watch.iter().zip(&mut out.watched) {
            dates.0[lane] = all.told(self.steps.seen_finish(at.at()));
        }
        for at in (0..self.rows.critical.len()).filter(|_| all.backward) {
            let critical = self.steps.is_placed(at) && self.steps.row(at).critical;
            self.rows.critical[at] = self.rows.critical[at] & !(1 << lane) | u64::from(critical) << lane;
        }
    }

    fn set_work(&mut self, all: &Compiled, at: usize, lane: usize) {
        let work = Span::seconds(i64::from(self.rows.length[at].0[lane]) * all.ticks.seconds);
        self.steps.set_work(ActivityIx(at as u32), work);
    }

    /// Early dates of a node in all lanes.
    #[inline(never)]
    pub(super) fn odd_early(&mut self, all: &Compiled, node: usize) {
        let mut near = std::mem::take(&mut self.near);
        near.clear();
        self.steps.each_before(node, |before| near.extend(all.has_lanes(before).then_some(before)));
        for lane in 0..LANES {
            self.enter(all, &near, node, lane);
            for &before in &near {
                let dates = self.early_of(all, before, lane);
                self.steps.set_early(before, dates);
            }
            let dates = self.steps.early(node);
            self.leave(lane);
            let (start, finish) = self.in_ticks(all, dates, lane);
            (self.rows.start[node].0[lane], self.rows.finish[node].0[lane]) = (start, finish);
        }
        self.near = near;
    }

    /// Late dates of a node in all lanes, and whether it is critical.
    #[inline(never)]
    pub(super) fn odd_late(&mut self, all: &Compiled, step: &Backward) {
        let node = step.node as usize;
        let mut near = std::mem::take(&mut self.near);
        near.clear();
        self.steps.each_after(node, |after| near.extend(all.has_lanes(after).then_some(after)));
        for lane in 0..LANES {
            self.enter(all, &near, node, lane);
            self.steps.end_forward(all.ticks.instant(self.rows.project_finish.0[lane]));
            for &at in near.iter().chain(all.has_lanes(node).then_some(&node)) {
                let dates = self.early_of(all, at, lane);
                self.steps.set_early(at, dates);
            }
            for &after in &near {
                let late = |dates: &[crate::lanes::Lanes]| all.ticks.instant(dates[after].0[lane]);
                let dates = (late(&self.rows.late_start), late(&self.rows.late_finish));
                self.steps.set_late(after, dates);
            }
            let dates = self.steps.late(node);
            self.steps.set_late(node, dates);
            let critical = step.floats && self.steps.is_critical(node);
            self.leave(lane);
            let (start, finish) = self.in_ticks(all, dates, lane);
            (self.rows.late_start[node].0[lane], self.rows.late_finish[node].0[lane]) = (start, finish);
            if step.floats {
                self.rows.critical[node] = self.rows.critical[node] & !(1 << lane) | u64::from(critical) << lane;
            }
        }
        self.near = near;
    }

    /// Puts a lane's lengths and calendars in the place of the plan's.
    fn enter(&mut self, all: &Compiled, near: &[usize], node: usize, lane: usize) {
        for &at in near.iter().chain([&node]) {
            if at < self.steps.activities() && all.lengths.varies(at) {
                self.set_work(all, at, lane);
            }
        }
        if let Some(calendars) = self.calendars.get_mut(lane) {
            self.steps.swap_calendars(calendars);
        }
    }

    fn leave(&mut self, lane: usize) {
        if let Some(calendars) = self.calendars.get_mut(lane) {
            self.steps.swap_calendars(calendars);
        }
    }

    fn early_of(&self, all: &Compiled, node: usize, lane: usize) -> (Instant, Instant) {
        (all.ticks.instant(self.rows.start[node].0[lane]), all.ticks.instant(self.rows.finish[node].0[lane]))
    }

    /// What is no whole tick, or too far away, is computed whole.
    fn in_ticks(&mut self, all: &Compiled, dates: (Instant, Instant), lane: usize) -> (i32, i32) {
        let (start, finish) = (all.ticks.of(dates.0), all.ticks.of(dates.1));
        self.rows.outside.0[lane] |= i32::from(start.is_none() || finish.is_none());
        (start.unwrap_or(0), finish.unwrap_or(0))
    }
}
