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

/// Where a week's equal slots of time, or of work, stand in their list, and how wide they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slots {
    first: u32,
    shift: u8,
    /// Whether a slot may hold the beginnings of several periods, so that they are searched.
    crowded: bool,
}

/// A slot of time: the last period that begins by the slot's start, and the one after it, from `next` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TimeSlot {
    next: u32,
    /// Work before, less start; wraps.
    shift: [u32; 2],
    end: [u32; 2],
}

/// A slot of work, in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WorkSlot {
    next: u32,
    /// Start, less work before.
    shift: [u32; 2],
}

/// One week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Week {
    by_time: Slots,
    by_work: Slots,
    /// Place of the first period and of the last.
    periods: (u32, u32),
    work: u32,
    /// 2^63 / the week's work, rounded up: divides by multiplying.
    inverse: u64,
}

/// The weeks of a calendar. Moments are seconds since a Monday's midnight, were the week to hold since then.
#[derive(Clone, Debug)]
pub(crate) struct WeekTables {
    weeks: Arc<[Week]>,
    periods: Arc<[Period]>,
    time_slots: Arc<[TimeSlot]>,
    work_slots: Arc<[WorkSlot]>,
}

/// Weeks beyond which slots are not worth their room: a day of each, as a hostile file may have, is searched.
const MANY_WEEKS: usize = 256;

/// Slots of 4.5 hours at most, and of half an hour at least before periods are searched.
const WIDEST: u32 = 14;
const NARROWEST: u32 = 11;

impl WeekTables {
    pub(crate) fn new(hours: &[Hours], weeks: &[WeekIds]) -> Self {
        let (mut tables, mut periods, mut time_slots, mut work_slots) = (Vec::with_capacity(weeks.len()), vec![], vec![], vec![]);
        let coarse = weeks.len() > MANY_WEEKS;
        for week in weeks {
            let first = periods.len();
            let work = add_periods(&mut periods, week.iter().map(|id| &hours[*id as usize]));
            let own = &periods[first..];
            let by_time = add_slots(&mut time_slots, own, WEEK as u32, coarse, |p| p.start, TimeSlot::new);
            let by_work = add_slots(&mut work_slots, own, work, coarse, |p| p.before, WorkSlot::new);
            let inverse = (1u64 << 63).checked_div(u64::from(work)).map_or(0, |n| n + 1);
            tables.push(Week { by_time, by_work, periods: (first as u32, periods.len() as u32 - 1), work, inverse });
        }
        Self { weeks: tables.into(), periods: periods.into(), time_slots: time_slots.into(), work_slots: work_slots.into() }
    }

    /// Work before `moment`.
    #[inline]
    pub(crate) fn work_before(&self, week: u32, moment: u64) -> u64 {
        let table = &self.weeks[week as usize];
        let (weeks, second) = (moment / WEEK, (moment % WEEK) as u32);
        let (shift, end) = self.at_time(table, second);
        weeks * u64::from(table.work) + u64::from(second.min(end).wrapping_add(shift))
    }

    /// Where the second of work begins that has so much work before it; the week must have work.
    #[inline]
    pub(crate) fn moment_of(&self, week: u32, work: u64) -> u64 {
        let table = &self.weeks[week as usize];
        // Exact while work < 2^43: the inverse is too large by less than one part in 2^63 / a week's 604,800 seconds.
        let weeks = ((u128::from(work) * u128::from(table.inverse)) >> 63) as u64;
        let rest = (work - weeks * u64::from(table.work)) as u32;
        let shift = if table.by_work.crowded {
            WorkSlot::new([self.search(table, rest, |p| p.before); 2]).shift[0]
        } else {
            let slot = &self.work_slots[(table.by_work.first + (rest >> table.by_work.shift)) as usize];
            slot.shift[usize::from(slot.next <= rest)]
        };
        weeks * WEEK + u64::from(rest + shift)
    }

    /// Whether work goes on in the second that begins here.
    #[inline]
    pub(crate) fn is_working(&self, week: u32, moment: u64) -> bool {
        let second = (moment % WEEK) as u32;
        second < self.at_time(&self.weeks[week as usize], second).1
    }

    /// What turns a second of the period that it falls to into work before it, and the period's end.
    #[inline]
    fn at_time(&self, week: &Week, second: u32) -> (u32, u32) {
        if week.by_time.crowded {
            let period = self.search(week, second, |p| p.start);
            return (period.before.wrapping_sub(period.start), period.end);
        }
        let slot = &self.time_slots[(week.by_time.first + (second >> week.by_time.shift)) as usize];
        let of = usize::from(slot.next <= second);
        (slot.shift[of], slot.end[of])
    }

    /// The last period whose key is at most `wanted`, where slots do not tell.
    #[cold]
    #[inline(never)]
    fn search(&self, week: &Week, wanted: u32, key: impl Fn(&Period) -> u32) -> Period {
        let (first, last) = (week.periods.0 as usize, week.periods.1 as usize);
        self.periods[first + self.periods[first + 1..=last].partition_point(|p| key(p) <= wanted)]
    }
}

impl TimeSlot {
    fn new(periods: [Period; 2]) -> Self {
        let shift = periods.map(|p| p.before.wrapping_sub(p.start));
        Self { next: periods[1].start, shift, end: periods.map(|p| p.end) }
    }
}

impl WorkSlot {
    fn new(periods: [Period; 2]) -> Self {
        Self { next: periods[1].before, shift: periods.map(|p| p.start - p.before) }
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

/// Adds the slots of a week's periods, for keys up to `range`; none where the periods are searched.
fn add_slots<S>(
    slots: &mut Vec<S>,
    periods: &[Period],
    range: u32,
    coarse: bool,
    key: impl Fn(&Period) -> u32,
    slot_of: impl Fn([Period; 2]) -> S,
) -> Slots {
    let gaps = periods.windows(2).map(|w| key(&w[1]) - key(&w[0])).filter(|gap| *gap > 0);
    // No slot wider than the smallest gap begins two periods.
    let shift = gaps.min().map_or(WIDEST, u32::ilog2).min(WIDEST);
    let place = Slots { first: slots.len() as u32, shift: shift as u8, crowded: coarse || shift < NARROWEST };
    if !place.crowded {
        let mut at = 0;
        for slot in 0..=range >> shift {
            while key(&periods[at + 1]) <= slot << shift {
                at += 1;
            }
            slots.push(slot_of([periods[at], periods[at + 1]]));
        }
    }
    place
}
