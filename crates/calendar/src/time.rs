//! Points and lengths of civil time, to the second.
//!
//! Schedules are written in an office's wall-clock time: no zone, no summer time, every day has 86,400 seconds.
//! Minutes are what the screens show; seconds are kept because files carry fractions of a minute
//! (MS Project keeps tenths of a minute, P6 decimal hours).
use jiff::civil::{Date, DateTime};
use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

/// A point of civil time: seconds since 1970-01-01T00:00 on an office's wall clock.
///
/// ```
/// use lantu_calendar::{Instant, Span};
/// let monday: Instant = "2026-03-02T08:00".parse()?;
/// assert_eq!((monday + Span::hours(9)).to_string(), "2026-03-02T17:00");
/// # Ok::<(), lantu_calendar::TimeError>(())
/// ```
// Four-byte alignment, as for `Span`.
#[repr(Rust, packed(4))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A length of time in seconds, of work or of the clock as the place says; negative for leads and negative float.
// Four-byte alignment: a link with its lag takes 24 bytes instead of 32, and schedules hold millions.
#[repr(Rust, packed(4))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

/// Seconds of a day.
pub const DAY: i64 = 86_400;

impl Instant {
    /// The first instant that is ever given: year 1.
    pub const MIN: Self = Self(-62_135_596_800);
    /// The last instant that is ever given: the end of year 9998.
    pub const MAX: Self = Self(253_370_764_799);

    /// Seconds since 1970-01-01T00:00.
    #[inline]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00.
    #[inline]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Midnight at the start of `day`.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use lantu_calendar::{Instant, Span};
    /// let day = date(2026, 3, 2);
    /// assert_eq!(Instant::start_of(day) + Span::hours(8), Instant::at(day, 480));
    /// ```
    pub fn start_of(day: Date) -> Self {
        Self(days_of(day) * DAY)
    }

    /// `minutes` after midnight of `day`.
    pub fn at(day: Date, minutes: i64) -> Self {
        Self((days_of(day) * DAY).saturating_add(minutes.saturating_mul(60)))
    }

    /// Days since 1970-01-01 of the day this falls on.
    ///
    /// ```
    /// use lantu_calendar::Instant;
    /// let at: Instant = "1970-01-03T00:01".parse()?;
    /// assert_eq!((at.day_number(), at.second_of_day()), (2, 60));
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    #[inline]
    pub const fn day_number(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// Seconds since midnight.
    #[inline]
    pub const fn second_of_day(self) -> i64 {
        self.0.rem_euclid(DAY)
    }

    /// The day this falls on; the first or last day that a date can hold when out of its range.
    pub fn day(self) -> Date {
        day_of(self.day_number())
    }

    /// Rounded to the nearest minute, halves up; never beyond [`Self::MAX`].
    ///
    /// ```
    /// use lantu_calendar::Instant;
    /// assert_eq!(Instant::from_seconds(90).to_nearest_minute(), Instant::from_seconds(120));
    /// assert_eq!(Instant::MAX.to_nearest_minute(), Instant::MAX);
    /// ```
    #[inline]
    pub fn to_nearest_minute(self) -> Self {
        Self(self.0.saturating_add(30).div_euclid(60) * 60).clamped()
    }

    /// Rounded to the nearest minute, halves down: for times that are counted back.
    ///
    /// ```
    /// use lantu_calendar::Instant;
    /// assert_eq!(Instant::from_seconds(90).to_nearest_minute_down(), Instant::from_seconds(60));
    /// assert_eq!(Instant::from_seconds(91).to_nearest_minute_down(), Instant::from_seconds(120));
    /// ```
    #[inline]
    pub fn to_nearest_minute_down(self) -> Self {
        Self(self.0.saturating_add(29).div_euclid(60) * 60).clamped()
    }

    /// Between [`Self::MIN`] and [`Self::MAX`].
    #[inline]
    pub fn clamped(self) -> Self {
        self.clamp(Self::MIN, Self::MAX)
    }
}

/// Days since 1970-01-01; negative before.
///
/// ```
/// use jiff::civil::date;
/// use lantu_calendar::{day_of, days_of};
/// assert_eq!(days_of(date(1969, 12, 31)), -1);
/// assert_eq!(day_of(days_of(date(2026, 3, 2))), date(2026, 3, 2));
/// ```
pub fn days_of(day: Date) -> i64 {
    // Years begin in March, so that a leap day is the last of its year.
    let (year, month) = (i64::from(day.year()), i64::from(day.month()));
    let year = year - i64::from(month <= 2);
    let (era, month) = (year.div_euclid(400), (month + 9) % 12);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * month + 2) / 5 + i64::from(day.day()) - 1;
    era * DAYS_OF_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH
}

/// The day so many days after 1970-01-01; the first or last date that there is when out of range.
pub fn day_of(days: i64) -> Date {
    // The first and the last day of the years that a date can hold, -9999 to 9999.
    const FIRST: i64 = -4_371_587;
    const LAST: i64 = 2_932_896;
    let days = days.clamp(FIRST, LAST) + EPOCH;
    let (era, of_era) = (days.div_euclid(DAYS_OF_ERA), days.rem_euclid(DAYS_OF_ERA));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * march + 2) / 5 + 1, (march + 2) % 12 + 1);
    let year = era * 400 + year + i64::from(month <= 2);
    Date::new(year as i16, month as i8, day as i8).unwrap_or(Date::MIN)
}

/// Days of 400 years, after which the calendar begins again.
const DAYS_OF_ERA: i64 = 146_097;

/// 1970-01-01 as a day since 0000-03-01.
const EPOCH: i64 = 719_468;

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many seconds.
    #[inline]
    pub const fn seconds(n: i64) -> Self {
        Self(n)
    }

    /// So many minutes.
    #[inline]
    pub const fn minutes(n: i64) -> Self {
        Self(n.saturating_mul(60))
    }

    /// So many hours.
    #[inline]
    pub const fn hours(n: i64) -> Self {
        Self(n.saturating_mul(3600))
    }

    /// Minutes with a fraction, rounded to the nearest second; clamped to ±8,000 years, not-a-number is zero.
    ///
    /// ```
    /// use lantu_calendar::Span;
    /// assert_eq!(Span::from_minutes(0.1), Span::seconds(6));
    /// assert_eq!(Span::from_minutes(f64::NAN), Span::ZERO);
    /// assert_eq!(Span::hours(2).as_minutes(), 120.0);
    /// ```
    pub fn from_minutes(minutes: f64) -> Self {
        const LIMIT: f64 = 8_000.0 * 366.0 * 1_440.0;
        Self((minutes.clamp(-LIMIT, LIMIT) * 60.0).round() as i64)
    }

    /// In seconds.
    #[inline]
    pub const fn as_seconds(self) -> i64 {
        self.0
    }

    /// In minutes, with the fraction.
    pub fn as_minutes(self) -> f64 {
        self.0 as f64 / 60.0
    }

    /// Longer than nothing.
    #[inline]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Shorter than nothing.
    #[inline]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Nothing at all.
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// `percent` hundredths of this, rounded to the nearest second.
    ///
    /// ```
    /// use lantu_calendar::Span;
    /// assert_eq!(Span::hours(8).percent(-25.0), Span::hours(-2));
    /// ```
    pub fn percent(self, percent: f64) -> Self {
        Self::from_minutes(self.as_minutes() * percent / 100.0)
    }
}

impl Add<Span> for Instant {
    type Output = Instant;
    /// By the clock.
    #[inline]
    fn add(self, span: Span) -> Instant {
        Instant(self.0.saturating_add(span.0)).clamped()
    }
}

impl Sub<Span> for Instant {
    type Output = Instant;
    /// By the clock.
    #[inline]
    fn sub(self, span: Span) -> Instant {
        Instant(self.0.saturating_sub(span.0)).clamped()
    }
}

impl Sub for Instant {
    type Output = Span;
    /// By the clock.
    #[inline]
    fn sub(self, other: Instant) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

impl Add for Span {
    type Output = Span;
    #[inline]
    fn add(self, other: Span) -> Span {
        Span(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Span;
    #[inline]
    fn sub(self, other: Span) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

impl Neg for Span {
    type Output = Span;
    #[inline]
    fn neg(self) -> Span {
        Span(self.0.saturating_neg())
    }
}

impl AddAssign for Span {
    #[inline]
    fn add_assign(&mut self, other: Span) {
        *self = *self + other;
    }
}

impl SubAssign for Span {
    #[inline]
    fn sub_assign(&mut self, other: Span) {
        *self = *self - other;
    }
}

impl From<DateTime> for Instant {
    fn from(at: DateTime) -> Self {
        let time = at.time();
        let second = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
        Self(days_of(at.date()) * DAY + second)
    }
}

impl From<Instant> for DateTime {
    fn from(at: Instant) -> Self {
        let s = at.second_of_day();
        at.day().at((s / 3600) as i8, (s / 60 % 60) as i8, (s % 60) as i8, 0)
    }
}

/// A text that is no `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM` or `YYYY-MM-DDTHH:MM:SS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeError(pub String);

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a date and time: {:?}", self.0)
    }
}

impl std::error::Error for TimeError {}

impl FromStr for Instant {
    type Err = TimeError;

    /// `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM` or with seconds; a space may stand for the `T`.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let refused = || TimeError(text.chars().take(40).collect());
        let text = text.trim();
        if let Ok(day) = text.parse::<Date>()
            && text.len() == 10
        {
            return Ok(Self::start_of(day));
        }
        text.parse::<DateTime>().map(Self::from).map_err(|_| refused())
    }
}

impl fmt::Display for Instant {
    /// `YYYY-MM-DDTHH:MM`, cut to the minute; with `{:#}` the seconds too where there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, s) = (self.day(), self.second_of_day());
        write!(f, "{day}T{:02}:{:02}", s / 3600, s / 60 % 60)?;
        if f.alternate() && s % 60 != 0 {
            write!(f, ":{:02}", s % 60)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn texts_and_instants_agree() {
        for text in ["1969-12-31T23:59", "2026-03-02T08:00", "2049-12-31T00:00", "0001-01-01T00:00"] {
            assert_eq!(text.parse::<Instant>().unwrap().to_string(), text);
        }
        assert_eq!("2026-03-02".parse::<Instant>().unwrap().to_string(), "2026-03-02T00:00");
        assert_eq!(format!("{:#}", "2026-03-02T08:00:30".parse::<Instant>().unwrap()), "2026-03-02T08:00:30");
        assert!("2026-13-02T08:00".parse::<Instant>().is_err());
    }

    #[test]
    fn days_are_the_calendars_own() {
        let slowly = |day: Date| i64::from((day - date(1970, 1, 1)).get_days());
        let mut day = Date::MIN;
        while let Ok(next) = day.checked_add(jiff::Span::new().days(59)) {
            assert_eq!((days_of(day), day_of(slowly(day))), (slowly(day), day));
            day = next;
        }
        for days in -800..800 {
            assert_eq!(days_of(day_of(days)), days);
        }
    }

    #[test]
    fn arithmetic_never_leaves_the_range() {
        assert_eq!(Instant::MAX + Span::hours(1_000_000_000), Instant::MAX);
        assert_eq!(Instant::MIN - Span::hours(1_000_000_000), Instant::MIN);
        assert_eq!(Instant::MAX.day(), date(9998, 12, 31));
        assert_eq!(Instant::MIN.day(), date(1, 1, 1));
        assert_eq!((day_of(i64::MAX), day_of(i64::MIN)), (Date::MAX, Date::MIN));
        for day in [Date::MIN, date(1, 1, 1), date(9998, 12, 31), Date::MAX] {
            assert_eq!(day_of(days_of(day)), day);
        }
        assert_eq!(-Span::seconds(i64::MIN), Span::seconds(i64::MAX));
        assert_eq!(Span::minutes(i64::MAX), Span::hours(i64::MAX));
        assert_eq!(Instant::from_seconds(i64::MIN) - Instant::MAX, Span::seconds(i64::MIN));
    }
}
