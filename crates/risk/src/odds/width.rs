//! Boundaries that people read: whole hours, days, weeks, months, years.
use lantu_calendar::{DAY, Instant};

/// The width of a bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// So many seconds, counted from Monday 1970-01-05.
    Seconds(i64),
    /// So many months, a divisor of twelve, counted from January.
    Months(i64),
    /// So many years, counted from year 0.
    Years(i64),
}

/// All widths, the finest first; each is wider than the one before.
pub(super) const WIDTHS: [Width; 24] = {
    use Width::{Months, Seconds, Years};
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    [
        Seconds(1),
        Seconds(10),
        Seconds(MINUTE),
        Seconds(5 * MINUTE),
        Seconds(15 * MINUTE),
        Seconds(HOUR),
        Seconds(2 * HOUR),
        Seconds(4 * HOUR),
        Seconds(12 * HOUR),
        Seconds(DAY),
        Seconds(7 * DAY),
        Seconds(14 * DAY),
        Months(1),
        Months(2),
        Months(3),
        Months(6),
        Years(1),
        Years(2),
        Years(5),
        Years(10),
        Years(50),
        Years(100),
        Years(1_000),
        Years(10_000),
    ]
};

/// A Monday, so that weeks begin on one.
const MONDAY: i64 = 4 * DAY;

impl Width {
    /// Which bin a moment lies in: after the bin's start, up to its end. Bins are numbered in their order.
    pub(super) fn bin_of(self, at: Instant) -> i64 {
        let just_before = at.seconds().saturating_sub(1);
        match self {
            Self::Seconds(width) => (just_before - MONDAY).div_euclid(width),
            Self::Months(width) => month_of(just_before).div_euclid(width),
            Self::Years(width) => month_of(just_before).div_euclid(12 * width),
        }
    }

    /// Where a bin begins.
    pub(super) fn start_of(self, bin: i64) -> Instant {
        match self {
            Self::Seconds(width) => Instant::from_seconds(bin * width + MONDAY).clamped(),
            Self::Months(width) => start_of_month(bin * width),
            Self::Years(width) => start_of_month(bin * width * 12),
        }
    }
}

/// Months from the first of year 0 to the month of that second.
fn month_of(second: i64) -> i64 {
    let day = Instant::from_seconds(second).day();
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

/// Midnight at the start of a month, so many after the first of year 0.
fn start_of_month(month: i64) -> Instant {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let unheard_of = if year < 1 { Instant::MIN } else { Instant::MAX };
    format!("{year:04}-{month:02}-01").parse().map_or(unheard_of, Instant::clamped)
}
