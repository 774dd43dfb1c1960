//! Calendars as tables: where an instant stands in working time, and where a position stands on the clock, in one look.
use crate::lanes::{LANES, Lanes};
use lantu_calendar::{Calendar, DAY, Instant};
use std::sync::{Arc, Mutex};

/// Instants as ticks since a day's midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticks {
    /// Midnight of the first day that the tables know.
    pub base: Instant,
    /// Seconds of a tick: 60, or 1 where the plan is not in whole minutes.
    pub seconds: i64,
}

impl Ticks {
    /// `None` for what is no whole tick or too far away.
    pub fn of(self, at: Instant) -> Option<i32> {
        let seconds = at.seconds() - self.base.seconds();
        if seconds % self.seconds == 0 { i32::try_from(seconds / self.seconds).ok().filter(|t| (-FAR..=FAR).contains(t)) } else { None }
    }

    /// The tick nearest to an instant, the last that there is for one too far away.
    pub fn nearest(self, at: Instant) -> i32 {
        let ticks = (at.seconds() - self.base.seconds()).div_euclid(self.seconds);
        ticks.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
    }

    pub fn instant(self, ticks: i32) -> Instant {
        Instant::from_seconds(self.base.seconds() + i64::from(ticks) * self.seconds)
    }
}

/// Dates and lengths stay below this, so that no sum of two overflows.
pub(crate) const FAR: i32 = 3 << 28;

/// Working time that lanes count with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Time {
    /// Every instant is work.
    Clock,
    /// A calendar.
    Table(Table),
}

/// Tables that were made before, for networks that share their calendars.
#[derive(Debug, Default)]
pub(crate) struct Times {
    made: Mutex<Vec<Made>>,
}

/// A calendar, so many days of it from a base, and what was made of them.
#[derive(Debug)]
struct Made {
    calendar: Calendar,
    ticks: Ticks,
    days: i64,
    time: Option<Arc<Time>>,
}

impl Times {
    /// A calendar over so many days from the base.
    pub fn of(&self, calendar: &Calendar, ticks: Ticks, days: i64) -> Option<Arc<Time>> {
        // What stands there is whole, whoever else failed.
        let mut made = self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = made.iter().find(|m| m.ticks == ticks && m.days == days && m.calendar == *calendar) {
            return known.time.clone();
        }
        let time = Time::of(calendar, ticks, days).map(Arc::new);
        made.push(Made { calendar: calendar.clone(), ticks, days, time: time.clone() });
        time
    }
}

impl Time {
    fn of(calendar: &Calendar, ticks: Ticks, days: i64) -> Option<Self> {
        let first = ticks.base.day_number();
        let all_day = |day: i64| calendar.hours(day).spans() == [(0, DAY as u32)];
        if (first..first + days).all(all_day) { Some(Self::Clock) } else { Table::of(calendar, ticks, days).map(Self::Table) }
    }

    /// Work before each instant.
    #[inline(always)]
    pub fn position(&self, at: &Lanes, outside: &mut Lanes) -> Lanes {
        match self {
            Self::Clock => *at,
            Self::Table(table) => table.position(at, outside),
        }
    }

    /// The latest instant with so much work before it: where work begins or goes on.
    #[inline(always)]
    pub fn latest(&self, position: &Lanes, outside: &mut Lanes) -> Lanes {
        match self {
            Self::Clock => *position,
            Self::Table(table) => table.latest(position, outside),
        }
    }

    /// The earliest instant with so much work before it: where work goes on or ends.
    #[inline(always)]
    pub fn earliest(&self, position: &Lanes, outside: &mut Lanes) -> Lanes {
        match self {
            Self::Clock => *position,
            Self::Table(table) => table.earliest(position, outside),
        }
    }

    /// Moved by work, as [`Calendar::add`] does.
    #[inline(always)]
    pub fn add(&self, at: &Lanes, work: i32, outside: &mut Lanes) -> Lanes {
        if work == 0 {
            return *at;
        }
        let mut position = self.position(at, outside);
        for j in 0..LANES {
            position.0[j] = position.0[j].wrapping_add(work);
        }
        if work > 0 { self.earliest(&position, outside) } else { self.latest(&position, outside) }
    }
}

/// A calendar over a stretch of days. Its time is cut into equal slots that are each all work or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// Ticks of a slot.
    slot: u32,
    /// Divides by `slot`: n * magic >> shift, exact for n below 2^31 (Granlund and Montgomery 1994).
    magic: u32,
    shift: u32,
    /// Ticks that it covers.
    span: u32,
    /// For each slot twice the work before it, and 1 when it is work.
    slots: Box<[u32]>,
    /// When each slot of work begins.
    begins: Box<[i32]>,
}

/// A table of more slots is not made: 64 MB.
const MOST_SLOTS: i64 = 1 << 24;

impl Table {
    /// Over so many days from the base; `None` where it would be too large or there is no work.
    pub fn of(calendar: &Calendar, ticks: Ticks, days: i64) -> Option<Self> {
        let first = ticks.base.day_number();
        let bounds = calendar.kinds_of_day().iter().flat_map(|hours| hours.spans()).flat_map(|&(a, b)| [i64::from(a), i64::from(b)]);
        let slot = bounds.fold(DAY, divisor);
        if slot % ticks.seconds != 0 || days * (DAY / slot) > MOST_SLOTS {
            return None;
        }
        let width = (slot / ticks.seconds) as u32;
        let (mut slots, mut begins) = (Vec::with_capacity((days * (DAY / slot)) as usize), vec![]);
        for day in first..first + days {
            let mut at = 0;
            for &(a, b) in calendar.hours(day).spans() {
                slots.resize(slots.len() + ((i64::from(a) - at) / slot) as usize, 2 * width * begins.len() as u32);
                for _ in 0..(i64::from(b) - i64::from(a)) / slot {
                    slots.push(2 * width * begins.len() as u32 + 1);
                    begins.push((slots.len() as u32 * width - width) as i32);
                }
                at = i64::from(b);
            }
            slots.resize(slots.len() + ((DAY - at) / slot) as usize, 2 * width * begins.len() as u32);
        }
        let span = slots.len() as u32 * width;
        let log = width.next_power_of_two().ilog2();
        let (magic, shift) = (((1u64 << (31 + log)) / u64::from(width)) as u32 + 1, 31 + log);
        (!begins.is_empty()).then(|| Self { slot: width, magic, shift, span, slots: slots.into(), begins: begins.into() })
    }

    /// All work that it covers.
    fn total(&self) -> u32 {
        self.begins.len() as u32 * self.slot
    }

    #[inline(always)]
    fn slots_in(&self, n: &Lanes) -> [u32; LANES] {
        let mut slots = [0; LANES];
        for (slot, &n) in slots.iter_mut().zip(&n.0) {
            *slot = ((u64::from(n as u32) * u64::from(self.magic)) >> self.shift) as u32;
        }
        slots
    }

    /// Work before each instant.
    #[inline(always)]
    pub fn position(&self, at: &Lanes, outside: &mut Lanes) -> Lanes {
        let slots = self.slots_in(at);
        let found = looked_up(&self.slots, &slots);
        let mut position = Lanes::ZERO;
        for j in 0..LANES {
            outside.0[j] |= i32::from(at.0[j] as u32 >= self.span);
            let within = at.0[j].wrapping_sub((slots[j].wrapping_mul(self.slot)) as i32);
            position.0[j] = (found[j] >> 1) as i32 + (within & -((found[j] & 1) as i32));
        }
        position
    }

    /// The latest instant with so much work before it: where work begins or goes on.
    #[inline(always)]
    pub fn latest(&self, position: &Lanes, outside: &mut Lanes) -> Lanes {
        let slots = self.slots_in(position);
        let total = self.total();
        let found = looked_up(&self.begins, &slots);
        let mut at = Lanes::ZERO;
        for j in 0..LANES {
            outside.0[j] |= i32::from(position.0[j] as u32 >= total);
            at.0[j] = found[j].wrapping_add(position.0[j]).wrapping_sub((slots[j].wrapping_mul(self.slot)) as i32);
        }
        at
    }

    /// The earliest instant with so much work before it: where work goes on or ends.
    #[inline(always)]
    pub fn earliest(&self, position: &Lanes, outside: &mut Lanes) -> Lanes {
        let mut before = *position;
        for j in 0..LANES {
            before.0[j] = before.0[j].wrapping_sub(1);
        }
        let mut at = self.latest(&before, outside);
        for j in 0..LANES {
            at.0[j] = at.0[j].wrapping_add(1);
        }
        at
    }
}

/// The entry of each slot, the last for those beyond. Held to the last as a `usize` of a table known not to be empty, no place
/// needs a check, and the loop becomes gathers.
#[inline(always)]
fn looked_up<T: Copy + Default>(table: &[T], slots: &[u32; LANES]) -> [T; LANES] {
    let mut found = [T::default(); LANES];
    if let Some(last) = table.len().checked_sub(1) {
        for j in 0..LANES {
            found[j] = table[(slots[j] as usize).min(last)];
        }
    }
    found
}

fn divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantu_calendar::{CalendarSpec, Hours, Span};

    fn calendars() -> Vec<Calendar> {
        let office = CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)]));
        let night = CalendarSpec::daily(&Hours::of_minutes([(0, 355), (1335, 1440)]));
        let day = "2026-03-04".parse::<Instant>().unwrap().day();
        let odd = CalendarSpec::daily(&Hours::of_minutes([(0, 1440)])).except(day, day, Hours::of_minutes([(607, 608)]));
        [office, night, odd].iter().map(Calendar::of).collect()
    }

    #[test]
    fn a_table_is_the_calendar() {
        let base: Instant = "2026-02-25".parse().unwrap();
        for (calendar, seconds) in calendars().into_iter().flat_map(|c| [(c.clone(), 60), (c, 1)]) {
            let ticks = Ticks { base, seconds };
            let table = Table::of(&calendar, ticks, 30).unwrap();
            let start = calendar.position(base);
            let mut outside = Lanes::ZERO;
            for k in 0..30 * 1440 / LANES as i32 - 400 {
                let mut at = Lanes::ZERO;
                (0..LANES).for_each(|j| at.0[j] = (86_400 / seconds) as i32 * 2 + (k * LANES as i32 + j as i32) * (60 / seconds) as i32);
                let position = table.position(&at, &mut outside);
                let (latest, earliest) = (table.latest(&position, &mut outside), table.earliest(&position, &mut outside));
                for j in 0..LANES {
                    let instant = ticks.instant(at.0[j]);
                    assert_eq!(i64::from(position.0[j]) * seconds, calendar.position(instant) - start);
                    assert_eq!(ticks.instant(latest.0[j]), calendar.next_start(instant));
                    assert_eq!(ticks.instant(earliest.0[j]), calendar.previous_finish(instant));
                }
            }
            assert_eq!(outside, Lanes::ZERO);
        }
    }

    #[test]
    fn what_lies_beyond_the_table_is_said() {
        let ticks = Ticks { base: "2026-02-25".parse().unwrap(), seconds: 60 };
        let table = Table::of(&calendars()[0], ticks, 7).unwrap();
        for (at, beyond) in [(-1, 1), (0, 0), (7 * 1440 - 1, 0), (7 * 1440, 1), (FAR, 1)] {
            let mut outside = Lanes::ZERO;
            table.position(&Lanes::all(at), &mut outside);
            assert_eq!(outside, Lanes::all(beyond), "{at}");
        }
        let total = Span::hours(40).as_seconds() as i32 / 60;
        for (position, beyond) in [(-1, 1), (0, 0), (total - 1, 0), (total, 1)] {
            let mut outside = Lanes::ZERO;
            table.latest(&Lanes::all(position), &mut outside);
            assert_eq!(outside, Lanes::all(beyond), "{position}");
        }
    }

    #[test]
    fn a_calendar_without_work_or_too_fine_has_no_table() {
        let ticks = Ticks { base: "2026-02-25".parse().unwrap(), seconds: 1 };
        assert_eq!(Table::of(&Calendar::of(&CalendarSpec::default()), ticks, 30), None);
        let fine = Calendar::of(&CalendarSpec::daily(&Hours::of_seconds([(1, 2)])));
        assert_eq!(Table::of(&fine, ticks, 10_000), None);
    }
}
