//! Who is late in which iteration, and the dates of one member at a time.
use super::odds::MemberOdds;
use crate::lanes::{LANES, Lanes};
use crate::odds::rank;
use lantu_calendar::Instant;

/// For each iteration how many members are late, and the sum of their places: where one alone is, the sum is its place.
/// Whole numbers, so that the sums of two threads add up in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lateness {
    late: Vec<u32>,
    places: Vec<u64>,
}

impl Lateness {
    pub(super) fn of(iterations: usize) -> Self {
        Self { late: vec![0; iterations], places: vec![0; iterations] }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.late.iter_mut().zip(&other.late).for_each(|(own, more)| *own += more);
        self.places.iter_mut().zip(&other.places).for_each(|(own, more)| *own += more);
    }

    /// Adds a member's dates, by iteration. Returns in how many it is done by `by`.
    fn add(&mut self, member: usize, ticks: &[i32], by: i32) -> usize {
        let mut on_time = ticks.len();
        for ((&ticks, late), places) in ticks.iter().zip(&mut self.late).zip(&mut self.places) {
            let is_late = u32::from(ticks > by);
            *late += is_late;
            *places += u64::from(is_late) * member as u64;
            on_time -= is_late as usize;
        }
        on_time
    }

    /// In how many iterations none, one, … all members are done by their dates.
    pub(super) fn counts(&self, members: usize) -> Vec<u32> {
        let mut counts = vec![0; members + 1];
        for &late in &self.late {
            if let Some(iterations) = counts.get_mut(members.saturating_sub(late as usize)) {
                *iterations += 1;
            }
        }
        counts
    }

    /// For each member in how many iterations it alone is late.
    pub(super) fn alone(&self, members: usize) -> Vec<u32> {
        let mut alone = vec![0; members];
        for (_, &place) in self.late.iter().zip(&self.places).filter(|&(&late, _)| late == 1) {
            if let Some(iterations) = alone.get_mut(place as usize) {
                *iterations += 1;
            }
        }
        alone
    }
}

/// The dates of the member at hand, by iteration; the place is used again for the next.
pub(super) struct Dates(Vec<i32>);

/// How a member's ticks are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub member: usize,
    pub planned: Instant,
    pub by: Instant,
    /// The instant of tick 0.
    pub base: Instant,
    /// Seconds of a tick.
    pub tick: i64,
}

impl Reading {
    fn date(&self, ticks: i32) -> Instant {
        Instant::from_seconds(self.base.seconds() + i64::from(ticks) * self.tick)
    }

    /// The last tick that is in time.
    fn by(&self) -> i32 {
        let ticks = (self.by - self.base).as_seconds().div_euclid(self.tick.max(1));
        ticks.clamp(i32::MIN.into(), i32::MAX.into()) as i32
    }
}

impl Dates {
    pub(super) fn of(iterations: usize) -> Self {
        Self(vec![0; iterations])
    }

    /// Keeps a block's dates.
    pub(super) fn keep(&mut self, block: u32, lanes: &Lanes) {
        let places = self.0.iter_mut().skip(block as usize * LANES);
        places.zip(&lanes.0).for_each(|(place, &ticks)| *place = ticks);
    }

    /// What the dates say of the member, all of which are kept; how often it alone is late is not known yet.
    pub(super) fn tell(&mut self, reading: &Reading, lateness: &mut Lateness) -> MemberOdds {
        let on_time = lateness.add(reading.member, &self.0, reading.by());
        self.0.sort_unstable();
        let n = self.0.len();
        let date = |p| self.0.get(rank(p, n) - 1).map_or(Instant::MAX, |&ticks| reading.date(ticks));
        let chance = on_time as f64 / n.max(1) as f64;
        MemberOdds { planned: reading.planned, chance, alone_late: 0.0, p10: date(0.1), p50: date(0.5), p80: date(0.8), p90: date(0.9) }
    }
}
