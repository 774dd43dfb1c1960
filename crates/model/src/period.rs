//! Dates as offices write them: a day, a month, a half year. A partial date is a period with its precision.
use jiff::civil::Date;
use std::{fmt, str::FromStr};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    year: i16,
    month: i8,
}

impl YearMonth {
    /// `None` unless the month is 1–12 and the year 1900–2999.
    pub fn new(year: i16, month: i8) -> Option<Self> {
        ((1..=12).contains(&month) && (1900..3000).contains(&year)).then_some(Self { year, month })
    }
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), month: date.month() }
    }
    pub fn year(self) -> i16 {
        self.year
    }
    pub fn month(self) -> i8 {
        self.month
    }
    pub fn first_day(self) -> Date {
        Date::constant(self.year, self.month, 1)
    }
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for YearMonth {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let (y, m) = s.split_once('-').ok_or_else(|| format!("not a month: {s}"))?;
        match (y.parse(), m.parse()) {
            (Ok(y), Ok(m)) => Self::new(y, m).ok_or_else(|| format!("not a month: {s}")),
            _ => Err(format!("not a month: {s}")),
        }
    }
}

/// How finely a date was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    Day,
    /// 上旬, 中旬, 下旬
    TenDays,
    Month,
    Quarter,
    Half,
    Year,
}

/// A stretch of days that stands for a date known only roughly. A promise "by June" is due on its last day.
///
/// Written `2026-06-18`, `2026-06-1` … see [`Period::from_str`]: day `YYYY-MM-DD`, ten days `YYYY-MMx1..3`,
/// month `YYYY-MM`, quarter `YYYY-Q1`, half `YYYY-H1`, year `YYYY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    first: Date,
    precision: Precision,
}

impl Period {
    pub fn day(date: Date) -> Self {
        Self { first: date, precision: Precision::Day }
    }
    /// `part` 1–3: the first, second or last ten days.
    pub fn ten_days(month: YearMonth, part: i8) -> Option<Self> {
        (1..=3)
            .contains(&part)
            .then(|| Self { first: Date::constant(month.year, month.month, (part - 1) * 10 + 1), precision: Precision::TenDays })
    }
    pub fn month(month: YearMonth) -> Self {
        Self { first: month.first_day(), precision: Precision::Month }
    }
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        let m = (1..=4).contains(&quarter).then_some((quarter - 1) * 3 + 1)?;
        Some(Self { first: YearMonth::new(year, m)?.first_day(), precision: Precision::Quarter })
    }
    pub fn half(year: i16, half: i8) -> Option<Self> {
        let m = (1..=2).contains(&half).then_some((half - 1) * 6 + 1)?;
        Some(Self { first: YearMonth::new(year, m)?.first_day(), precision: Precision::Half })
    }
    pub fn year(year: i16) -> Option<Self> {
        Some(Self { first: YearMonth::new(year, 1)?.first_day(), precision: Precision::Year })
    }
    pub fn first_day(self) -> Date {
        self.first
    }
    pub fn precision(self) -> Precision {
        self.precision
    }
    /// The day on which a promise of this period falls due.
    pub fn last_day(self) -> Date {
        let (y, m) = (self.first.year(), self.first.month());
        let end = |month: i8| Date::constant(y, month, 1).last_of_month();
        match self.precision {
            Precision::Day => self.first,
            Precision::TenDays if self.first.day() < 21 => Date::constant(y, m, self.first.day() + 9),
            Precision::TenDays | Precision::Month => end(m),
            Precision::Quarter => end(m + 2),
            Precision::Half => end(m + 5),
            Precision::Year => end(12),
        }
    }
    pub fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last_day()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = (self.first.year(), self.first.month(), self.first.day());
        match self.precision {
            Precision::Day => write!(f, "{y:04}-{m:02}-{d:02}"),
            Precision::TenDays => write!(f, "{y:04}-{m:02}x{}", (d - 1) / 10 + 1),
            Precision::Month => write!(f, "{y:04}-{m:02}"),
            Precision::Quarter => write!(f, "{y:04}-Q{}", (m - 1) / 3 + 1),
            Precision::Half => write!(f, "{y:04}-H{}", (m - 1) / 6 + 1),
            Precision::Year => write!(f, "{y:04}"),
        }
    }
}

impl FromStr for Period {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let bad = || format!("not a date or period: {s}");
        let parsed = (|| {
            let Some((y, rest)) = s.split_once('-') else { return Self::year(s.parse().ok()?) };
            let year: i16 = y.parse().ok()?;
            if let Some(q) = rest.strip_prefix('Q') {
                return Self::quarter(year, q.parse().ok()?);
            }
            if let Some(h) = rest.strip_prefix('H') {
                return Self::half(year, h.parse().ok()?);
            }
            if let Some((m, part)) = rest.split_once('x') {
                return Self::ten_days(YearMonth::new(year, m.parse().ok()?)?, part.parse().ok()?);
            }
            if let Some((m, d)) = rest.split_once('-') {
                let ym = YearMonth::new(year, m.parse().ok()?)?;
                return Date::new(ym.year, ym.month, d.parse().ok()?).ok().map(Self::day);
            }
            YearMonth::new(year, rest.parse().ok()?).map(Self::month)
        })();
        parsed.ok_or_else(bad)
    }
}

macro_rules! text_serde { ($($t:ty),*) => { $(
    impl serde::Serialize for $t { fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) } }
    impl<'de> serde::Deserialize<'de> for $t { fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        <String as serde::Deserialize>::deserialize(d)?.parse().map_err(serde::de::Error::custom) } }
)* } }
pub(crate) use text_serde;
text_serde!(Period, YearMonth);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision_round_trips_and_ends_on_its_last_day() {
        for (text, last) in [
            ("2026-03-15", "2026-03-15"),
            ("2026-02x3", "2026-02-28"),
            ("2026-03x1", "2026-03-10"),
            ("2026-02", "2026-02-28"),
            ("2026-Q2", "2026-06-30"),
            ("2026-H1", "2026-06-30"),
            ("2027", "2027-12-31"),
            ("2024-02", "2024-02-29"),
        ] {
            let p: Period = text.parse().unwrap();
            assert_eq!(p.to_string(), text);
            assert_eq!(p.last_day().to_string(), last, "{text}");
        }
        for bad in ["", "2026-13", "2026-02-30", "26", "2026-Q5", "2026-H0", "99999"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }
}
