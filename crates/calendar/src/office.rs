//! Working days of an office: a weekly pattern, holidays and make-up days.
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Monday to Friday.
pub const MONDAY_TO_FRIDAY: [bool; 7] = [true, true, true, true, true, false, false];

/// The working days of an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkCalendar {
    weekly: [bool; 7],
    /// Working weekdays before each position of a week that begins on Monday; the eighth is the whole week.
    week_before: [i64; 8],
    /// Days that differ from the weekly pattern, in order.
    exceptions: Vec<Date>,
    /// `balance[i]`: make-up days less holidays among the first `i` exceptions.
    balance: Vec<i64>,
    /// Working days up to and including each exception.
    passed: Vec<i64>,
    published_through: Option<Date>,
}

impl WorkCalendar {
    /// `weekly` begins with Monday. Where a day has two exceptions the later one holds; an exception that says
    /// what the week says anyway is harmless. After `published_through` days are provisional.
    pub fn new(weekly: [bool; 7], exceptions: impl IntoIterator<Item = (Date, bool)>, published_through: Option<Date>) -> Self {
        let mut week_before = [0; 8];
        for (i, works) in weekly.iter().enumerate() {
            week_before[i + 1] = week_before[i] + i64::from(*works);
        }
        let said: BTreeMap<Date, bool> = exceptions.into_iter().collect();
        let mut calendar = Self { weekly, week_before, exceptions: vec![], balance: vec![0], passed: vec![], published_through };
        for (day, works) in said {
            if works != calendar.works_by_week(day) {
                let so_far = calendar.balance[calendar.exceptions.len()];
                calendar.exceptions.push(day);
                calendar.balance.push(so_far + if works { 1 } else { -1 });
            }
        }
        calendar.passed = calendar.exceptions.iter().map(|day| calendar.before(*day) + i64::from(calendar.is_working(*day))).collect();
        calendar
    }

    /// Whether the office works on `day`.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use lantu_calendar::{MONDAY_TO_FRIDAY, WorkCalendar};
    /// let office = WorkCalendar::new(MONDAY_TO_FRIDAY, [(date(2026, 5, 8), false), (date(2026, 5, 9), true)], Some(date(2026, 12, 31)));
    /// assert!(!office.is_working(date(2026, 5, 8)) && office.is_working(date(2026, 5, 9)));
    /// assert_eq!(office.next_working(date(2026, 5, 8)), date(2026, 5, 9));
    /// assert!(office.is_provisional(date(2027, 1, 1)));
    /// ```
    pub fn is_working(&self, day: Date) -> bool {
        self.works_by_week(day) != self.exceptions.binary_search(&day).is_ok()
    }

    /// The `n`th working day after `day`; before it, when `n` is negative; `day` itself, working or not, when `n` is 0.
    /// The day of acceptance does not count: a permit of five working days, accepted on Monday, is due the next Monday.
    /// Saturates at the first or last day that a date can hold.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use lantu_calendar::{MONDAY_TO_FRIDAY, WorkCalendar};
    /// let office = WorkCalendar::new(MONDAY_TO_FRIDAY, [(date(2026, 5, 8), false), (date(2026, 5, 9), true)], Some(date(2026, 12, 31)));
    /// assert_eq!(office.add_working_days(date(2026, 5, 4), 5), date(2026, 5, 11));
    /// assert_eq!(office.add_working_days(date(2026, 5, 9), -1), date(2026, 5, 7));
    /// ```
    pub fn add_working_days(&self, day: Date, n: i64) -> Date {
        match n {
            0 => day,
            1.. => match day.tomorrow() {
                Ok(next) => self.nth(self.before(next).saturating_add(n)),
                Err(_) => day,
            },
            _ => self.nth(self.before(day).saturating_add(n).saturating_add(1)),
        }
    }

    /// Working days from `a` up to but not including `b`; negative when `b` is earlier.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use lantu_calendar::{MONDAY_TO_FRIDAY, WorkCalendar};
    /// let office = WorkCalendar::new(MONDAY_TO_FRIDAY, [(date(2026, 5, 8), false), (date(2026, 5, 9), true)], Some(date(2026, 12, 31)));
    /// assert_eq!(office.working_days_between(date(2026, 5, 4), date(2026, 5, 11)), 5);
    /// assert_eq!(office.working_days_in_year(2026), 261);
    /// ```
    pub fn working_days_between(&self, a: Date, b: Date) -> i64 {
        self.before(b) - self.before(a)
    }

    /// Working days since a fixed Monday up to but not including `day`: the difference of two is what
    /// [`Self::working_days_between`] gives, for whoever counts many days from one.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use lantu_calendar::{MONDAY_TO_FRIDAY, WorkCalendar};
    /// let office = WorkCalendar::new(MONDAY_TO_FRIDAY, [], None);
    /// let count = office.count_before(date(2026, 5, 11)) - office.count_before(date(2026, 5, 4));
    /// assert_eq!(count, 5);
    /// assert_eq!(office.day_of_count(office.count_before(date(2026, 5, 4)) + 5), date(2026, 5, 8));
    /// ```
    pub fn count_before(&self, day: Date) -> i64 {
        self.before(day)
    }

    /// The working day by whose end so many have passed since the fixed Monday; saturates.
    pub fn day_of_count(&self, count: i64) -> Date {
        self.nth(count)
    }

    /// Working days of a year; 0 for a year that no date can hold.
    pub fn working_days_in_year(&self, year: i16) -> i64 {
        match (Date::new(year, 1, 1), Date::new(year, 12, 31)) {
            (Ok(first), Ok(last)) => self.working_days_between(first, last) + i64::from(self.is_working(last)),
            _ => 0,
        }
    }

    /// `day` if it is a working day, else the first one after it.
    pub fn next_working(&self, day: Date) -> Date {
        if self.is_working(day) { day } else { self.add_working_days(day, 1) }
    }

    /// Whether `day` lies beyond the days for which holidays have been announced.
    pub fn is_provisional(&self, day: Date) -> bool {
        self.published_through.is_some_and(|through| day > through)
    }

    /// The last day for which holidays have been announced.
    pub fn published_through(&self) -> Option<Date> {
        self.published_through
    }

    /// Which days of a week are worked, Monday first.
    pub fn weekly(&self) -> [bool; 7] {
        self.weekly
    }

    /// The days that differ from the week, in order, and whether they are worked.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use lantu_calendar::{MONDAY_TO_FRIDAY, WorkCalendar};
    /// let office = WorkCalendar::new(MONDAY_TO_FRIDAY, [(date(2026, 5, 8), false), (date(2026, 5, 9), true)], Some(date(2026, 12, 31)));
    /// assert_eq!(office.exceptions().collect::<Vec<_>>(), [(date(2026, 5, 8), false), (date(2026, 5, 9), true)]);
    /// assert_eq!(office.weekly(), MONDAY_TO_FRIDAY);
    /// ```
    pub fn exceptions(&self) -> impl Iterator<Item = (Date, bool)> + '_ {
        self.exceptions.iter().map(|day| (*day, !self.works_by_week(*day)))
    }

    fn works_by_week(&self, day: Date) -> bool {
        self.weekly[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())]
    }

    /// Working days from the fixed Monday up to but not including `day`.
    fn before(&self, day: Date) -> i64 {
        let days = days_from_monday(day);
        let (weeks, rest) = (days.div_euclid(7), days.rem_euclid(7));
        // rem_euclid(7) is 0 to 6, within the eight positions.
        let by_week = weeks * self.week_before[7] + self.week_before[rest as usize];
        by_week + self.balance[self.exceptions.partition_point(|e| *e < day)]
    }

    /// The working day up to and including which `count` working days have passed since the fixed Monday.
    ///
    /// Between two exceptions days follow the week, so the exception that the day lies behind decides, and division the rest.
    fn nth(&self, count: i64) -> Date {
        let behind = self.passed.partition_point(|passed| *passed < count);
        let by_week = self.nth_of_weeks(count.saturating_sub(self.balance[behind]));
        let first = behind.checked_sub(1).and_then(|i| self.exceptions.get(i)).and_then(|e| e.tomorrow().ok());
        let last = self.exceptions.get(behind).copied().unwrap_or(Date::MAX);
        by_week.max(first.unwrap_or(Date::MIN)).min(last)
    }

    /// The same without exceptions.
    fn nth_of_weeks(&self, count: i64) -> Date {
        let a_week = self.week_before[7];
        if a_week == 0 {
            return if count > 0 { Date::MAX } else { Date::MIN };
        }
        let (weeks, rest) = ((count.saturating_sub(1)).div_euclid(a_week), (count.saturating_sub(1)).rem_euclid(a_week) + 1);
        let day = (0_i64..7).zip(&self.week_before[1..]).find(|(_, through)| **through >= rest).map_or(6, |(day, _)| day);
        day_at(weeks.saturating_mul(7).saturating_add(day))
    }
}

/// Days since Monday, 1 January 2024. By counting leap years, since a portfolio asks it a million times: years begin in March, so that the leap day is the last.
fn days_from_monday(day: Date) -> i64 {
    let month = i64::from(day.month());
    let year = i64::from(day.year()) - i64::from(month <= 2);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day.day()) - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - MONDAY_FROM_MARCH
}

/// Days from 1 March of the year 0 to the fixed Monday.
const MONDAY_FROM_MARCH: i64 = 739_191;

/// The inverse of [`days_from_monday`]; saturates.
fn day_at(days: i64) -> Date {
    // More than all days that there are.
    let days = days.clamp(-7_000_000, 7_000_000) + MONDAY_FROM_MARCH;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * from_march + 2) / 5 + 1, (from_march + 2) % 12 + 1);
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    match (i16::try_from(year), i8::try_from(month), i8::try_from(day)) {
        (Ok(year), Ok(month), Ok(day)) if (-9_999..=9_999).contains(&year) => Date::new(year, month, day).unwrap_or(Date::MAX),
        _ if year < 0 => Date::MIN,
        _ => Date::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    const MONDAY: Date = Date::constant(2024, 1, 1);

    fn week() -> WorkCalendar {
        WorkCalendar::new(MONDAY_TO_FRIDAY, [], None)
    }

    #[test]
    fn a_plain_week() {
        let c = week();
        assert!(c.is_working(date(2026, 5, 8)) && !c.is_working(date(2026, 5, 9)));
        assert_eq!(c.add_working_days(date(2026, 5, 8), 1), date(2026, 5, 11));
        assert_eq!(c.add_working_days(date(2026, 5, 9), 1), date(2026, 5, 11));
        assert_eq!(c.add_working_days(date(2026, 5, 11), -1), date(2026, 5, 8));
        assert_eq!(c.add_working_days(date(2026, 5, 10), -1), date(2026, 5, 8));
        assert_eq!(c.next_working(date(2026, 5, 9)), date(2026, 5, 11));
        assert_eq!(c.next_working(date(2026, 5, 8)), date(2026, 5, 8));
        assert_eq!(c.working_days_in_year(2026), 261);
    }

    #[test]
    fn holidays_and_make_up_days() {
        let c = WorkCalendar::new(
            MONDAY_TO_FRIDAY,
            [
                (date(2026, 5, 1), false),
                (date(2026, 5, 9), true),
                (date(2026, 5, 8), true),
                (date(2026, 5, 9), false),
                (date(2026, 5, 9), true),
            ],
            Some(date(2026, 12, 31)),
        );
        assert_eq!(c.working_days_in_year(2026), 261);
        assert_eq!(c.add_working_days(date(2026, 4, 30), 7), date(2026, 5, 9).tomorrow().unwrap().tomorrow().unwrap());
        assert!(!c.is_provisional(date(2026, 12, 31)) && c.is_provisional(date(2027, 1, 1)));
        assert!(!week().is_provisional(date(2099, 1, 1)));
    }

    #[test]
    fn ends_of_time_and_idle_offices_do_not_hang() {
        let never = WorkCalendar::new([false; 7], [(date(2026, 1, 1), true)], None);
        assert_eq!(never.add_working_days(date(2025, 1, 1), 1), date(2026, 1, 1));
        assert_eq!(never.add_working_days(date(2026, 1, 1), 1), Date::MAX);
        assert_eq!(never.add_working_days(date(2026, 1, 1), -1), Date::MIN);
        assert_eq!(week().add_working_days(Date::MAX, 1), Date::MAX);
        assert_eq!(week().add_working_days(date(2026, 1, 1), i64::MAX), Date::MAX);
        assert_eq!(week().add_working_days(date(2026, 1, 1), i64::MIN), Date::MIN);
        assert_eq!(week().working_days_in_year(i16::MAX), 0);
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (-800i64..1600).prop_map(day_at)
    }

    fn any_calendar() -> impl Strategy<Value = WorkCalendar> {
        let weekly = prop::array::uniform7(any::<bool>()).prop_map(|mut w| {
            w[0] = true;
            w
        });
        let exceptions = prop::collection::vec((any_day(), any::<bool>()), 0..80);
        (weekly, exceptions).prop_map(|(weekly, exceptions)| WorkCalendar::new(weekly, exceptions, None))
    }

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        for days in (-5_000_000..5_000_000).step_by(997).chain(-800..800) {
            let day = day_at(days);
            assert_eq!(day, MONDAY.saturating_add(days.days()), "{days}");
            if Date::MIN < day && day < Date::MAX {
                assert_eq!(days_from_monday(day), days, "{day}");
            }
        }
    }

    proptest! {
        #[test]
        fn prefix_sums_agree_with_walking(c in any_calendar(), a in any_day(), len in 0i64..900) {
            let b = a.saturating_add(len.days());
            let walked = a.series(1.day()).take_while(|d| *d < b).filter(|d| c.is_working(*d)).count();
            prop_assert_eq!(c.working_days_between(a, b), i64::try_from(walked).unwrap());
            prop_assert_eq!(c.working_days_between(b, a), -c.working_days_between(a, b));
        }

        #[test]
        fn adding_agrees_with_walking(c in any_calendar(), a in any_day(), n in 1i64..120) {
            let nth = usize::try_from(n - 1).unwrap();
            let forward = a.series(1.day()).skip(1).filter(|d| c.is_working(*d)).nth(nth).unwrap();
            prop_assert_eq!(c.add_working_days(a, n), forward);
            let back = a.series((-1).day()).skip(1).filter(|d| c.is_working(*d)).nth(nth).unwrap();
            prop_assert_eq!(c.add_working_days(a, -n), back);
        }

        #[test]
        fn adding_and_counting_are_inverse(c in any_calendar(), a in any_day(), n in -300i64..300) {
            let start = c.next_working(a);
            let end = c.add_working_days(start, n);
            prop_assert!(c.is_working(end));
            prop_assert_eq!(c.working_days_between(start, end), n);
            prop_assert_eq!(c.add_working_days(end, -n), start);
        }
    }
}
