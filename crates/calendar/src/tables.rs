//! Tables of weeks: work before a moment, and the moment of a second of work. One look at a slot tells the period.
use crate::{Hours, draft::WeekIds};
use std::sync::Arc;

/// Seconds of a week.
pub(crate) const WEEK: u64 = 7 * 86_400;

/// A working period of a week, in seconds after Monday's midnight. A list begins with an empty one at 0 where work does
/// not begin there, and ends with one beyond everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Period {
    start: u32,
    end: u32,
    /// Work from Monday's midnight to `start`.
    before: u32,
}

const BEYOND: Period = Period { start: u32::MAX, end: u32::MAX, before: u32::MAX };

/// Equal slots of time, or of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slots {
    /// Place of the first slot.
    first: u32,
    shift: u8,
    /// Whether a slot may hold the beginnings of several periods, so that they are searched.
    crowded: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    /// The last period that begins by the slot's start.
    period: u32,
    /// The key of the period after it.
    next: u32,
}

/// One week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Week {
    by_time: Slots,
    by_work: Slots,
    work: u32,
    /// 2^63 / the week's work, rounded up: divides by multiplying.
    inverse: u64,
}

/// The weeks of a calendar. Moments are seconds since a Monday's midnight, were the week to hold since then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WeekTables {
    weeks: Arc<[Week]>,
    periods: Arc<[Period]>,
    slots: Arc<[Slot]>,
}

/// Weeks beyond which slots are not worth their room: a day of each, as a hostile file may have, is searched.
const MANY_WEEKS: usize = 256;

/// Slots of 4.5 hours at most, and of half an hour at least before periods are searched.
const WIDEST: u32 = 14;
const NARROWEST: u32 = 11;

impl WeekTables {
    pub(crate) fn new(hours: &[Hours], weeks: &[WeekIds]) -> Self {
        let (mut tables, mut periods, mut slots) = (Vec::with_capacity(weeks.len()), vec![], vec![]);
        let coarse = weeks.len() > MANY_WEEKS;
        for week in weeks {
            let first = periods.len();
            let work = add_periods(&mut periods, week.iter().map(|id| &hours[*id as usize]));
            let by_time = add_slots(&mut slots, &periods, first, WEEK as u32, coarse, |p| p.start);
            let by_work = add_slots(&mut slots, &periods, first, work, coarse, |p| p.before);
            let inverse = (1u64 << 63).checked_div(u64::from(work)).map_or(0, |n| n + 1);
            tables.push(Week { by_time, by_work, work, inverse });
        }
        Self { weeks: tables.into(), periods: periods.into(), slots: slots.into() }
    }

    /// Work before `moment`.
    #[inline]
    pub(crate) fn work_before(&self, week: u32, moment: u64) -> u64 {
        let table = &self.weeks[week as usize];
        let (weeks, second) = (moment / WEEK, (moment % WEEK) as u32);
        let period = self.period(table.by_time, second, |p| p.start);
        weeks * u64::from(table.work) + u64::from(period.before + second.min(period.end) - period.start)
    }

    /// Where the second of work begins that has so much work before it; the week must have work.
    #[inline]
    pub(crate) fn moment_of(&self, week: u32, work: u64) -> u64 {
        let table = &self.weeks[week as usize];
        // Exact while work < 2^43: the inverse is too large by less than one part in 2^63 / a week's 604,800 seconds.
        let weeks = ((u128::from(work) * u128::from(table.inverse)) >> 63) as u64;
        let rest = (work - weeks * u64::from(table.work)) as u32;
        let period = self.period(table.by_work, rest, |p| p.before);
        weeks * WEEK + u64::from(period.start + rest - period.before)
    }

    /// Whether work goes on in the second that begins here.
    #[inline]
    pub(crate) fn is_working(&self, week: u32, moment: u64) -> bool {
        let second = (moment % WEEK) as u32;
        second < self.period(self.weeks[week as usize].by_time, second, |p| p.start).end
    }

    /// The last period whose key is at most `wanted`.
    #[inline]
    fn period(&self, slots: Slots, wanted: u32, key: impl Fn(&Period) -> u32) -> Period {
        let slot = (slots.first + (wanted >> slots.shift)) as usize;
        if slots.crowded {
            return self.search(slot, wanted, key);
        }
        let Slot { period, next } = self.slots[slot];
        self.periods[(period + u32::from(next <= wanted)) as usize]
    }

    /// Within a crowded slot.
    #[cold]
    #[inline(never)]
    fn search(&self, slot: usize, wanted: u32, key: impl Fn(&Period) -> u32) -> Period {
        let (at, last) = (self.slots[slot].period as usize, self.slots[slot + 1].period as usize);
        self.periods[at + self.periods[at + 1..=last].partition_point(|p| key(p) <= wanted)]
    }
}

/// Adds a week's periods, those that meet at midnight as one, and gives the week's work.
fn add_periods<'a>(periods: &mut Vec<Period>, days: impl Iterator<Item = &'a Hours>) -> u32 {
    let first = periods.len();
    let mut work = 0;
    for (day, hours) in days.enumerate() {
        for (start, end) in hours.spans().iter().map(|&(a, b)| (day as u32 * 86_400 + a, day as u32 * 86_400 + b)) {
            if periods.len() == first && start > 0 {
                periods.push(Period { start: 0, end: 0, before: 0 });
            }
            match periods.last_mut() {
                Some(last) if last.end == start && last.start < start => last.end = end,
                _ => periods.push(Period { start, end, before: work }),
            }
            work += end - start;
        }
    }
    if periods.len() == first {
        periods.push(Period { start: 0, end: 0, before: 0 });
    }
    periods.push(BEYOND);
    work
}

/// Adds the slots of the periods from `first` on, for keys up to `range`.
fn add_slots(slots: &mut Vec<Slot>, periods: &[Period], first: usize, range: u32, coarse: bool, key: impl Fn(&Period) -> u32) -> Slots {
    let own = &periods[first..];
    let gaps = own.windows(2).map(|w| key(&w[1]) - key(&w[0])).filter(|gap| *gap > 0);
    // No slot wider than the smallest gap begins two periods.
    let fitting = gaps.min().map_or(WIDEST, u32::ilog2);
    let crowded = coarse || fitting < NARROWEST;
    let shift = if coarse { 20 } else { fitting.clamp(NARROWEST, WIDEST) };
    let place = slots.len() as u32;
    let mut at = 0;
    for slot in 0..=(range >> shift) + 1 {
        while key(&own[at + 1]) <= slot << shift {
            at += 1;
        }
        slots.push(Slot { period: (first + at) as u32, next: key(&own[at + 1]) });
    }
    Slots { first: place, shift: shift as u8, crowded }
}
