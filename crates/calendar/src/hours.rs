//! The working hours of one day.
use crate::Span;
use std::fmt;

/// Seconds of a day, as the hours of a day count them.
const MIDNIGHT: u32 = 86_400;

/// The working hours of one day: spans in seconds after midnight, in order, apart, the last ending at 86,400 at the latest.
///
/// ```
/// use lantu_calendar::{Hours, Span};
/// let office = Hours::of_minutes([(13 * 60, 17 * 60), (8 * 60, 12 * 60)]);
/// assert_eq!(office.work(), Span::hours(8));
/// assert_eq!(office.to_string(), "08:00-12:00 13:00-17:00");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hours(Vec<(u32, u32)>);

impl Hours {
    /// No work.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// 08:00 to 12:00 and 13:00 to 17:00: the day that Microsoft Project's Standard calendar begins with.
    pub fn eight_to_five() -> Self {
        Self::of_minutes([(480, 720), (780, 1020)])
    }

    /// The whole day.
    pub fn all_day() -> Self {
        Self(vec![(0, MIDNIGHT)])
    }

    /// Spans in minutes after midnight; see [`Hours::of_seconds`].
    pub fn of_minutes(spans: impl IntoIterator<Item = (u32, u32)>) -> Self {
        Self::of_seconds(spans.into_iter().map(|(a, b)| (a.saturating_mul(60), b.saturating_mul(60))))
    }

    /// Spans in seconds after midnight, in any order. Overlapping and touching spans become one, empty and backward
    /// ones are left out, what lies after midnight is cut off.
    ///
    /// ```
    /// use lantu_calendar::Hours;
    /// let hours = Hours::of_seconds([(0, 60), (60, 90), (80, 100), (500, 400), (86_000, 90_000)]);
    /// assert_eq!(hours.spans(), [(0, 100), (86_000, 86_400)]);
    /// ```
    pub fn of_seconds(spans: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut spans: Vec<_> = spans.into_iter().map(|(a, b)| (a.min(MIDNIGHT), b.min(MIDNIGHT))).filter(|(a, b)| a < b).collect();
        spans.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(spans.len());
        for (start, end) in spans {
            match joined.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        Self(joined)
    }

    /// Spans by the clock, `HH:MM` each, `24:00` for midnight at the day's end. Strict: every span must be forward and
    /// begin no earlier than the one before it ends.
    ///
    /// ```
    /// use lantu_calendar::{Hours, HoursError};
    /// assert_eq!(Hours::of_clock([("08:30", "12:00"), ("13:30", "17:00")])?.work().as_minutes(), 420.0);
    /// assert_eq!(Hours::of_clock([("08:30", "25:00")]), Err(HoursError::NoTime("25:00".to_owned())));
    /// assert_eq!(Hours::of_clock([("12:00", "08:30")]), Err(HoursError::OutOfOrder("08:30".to_owned())));
    /// # Ok::<(), HoursError>(())
    /// ```
    pub fn of_clock<'a>(spans: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, HoursError> {
        let (mut minutes, mut reached) = (vec![], 0);
        for (from, to) in spans {
            let (start, end) = (clock(from)?, clock(to)?);
            if start < reached {
                return Err(HoursError::OutOfOrder(from.to_owned()));
            }
            if end <= start {
                return Err(HoursError::OutOfOrder(to.to_owned()));
            }
            reached = end;
            minutes.push((start, end));
        }
        Ok(Self::of_minutes(minutes))
    }

    /// The spans, in seconds after midnight.
    pub fn spans(&self) -> &[(u32, u32)] {
        &self.0
    }

    /// Whether there is no work at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of the day's work.
    pub fn work(&self) -> Span {
        Span::seconds(self.0.iter().map(|(a, b)| i64::from(b - a)).sum())
    }

    /// Hours that are in both.
    ///
    /// ```
    /// use lantu_calendar::Hours;
    /// let day = Hours::of_minutes([(480, 720), (780, 1020)]);
    /// assert_eq!(day.common(&Hours::of_minutes([(600, 840)])), Hours::of_minutes([(600, 720), (780, 840)]));
    /// ```
    pub fn common(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut spans = vec![];
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            let (start, end) = (x.0.max(y.0), x.1.min(y.1));
            if start < end {
                spans.push((start, end));
            }
            if x.1 < y.1 {
                a.next()
            } else {
                b.next()
            };
        }
        Self(spans)
    }

    /// Hours that are in one of them at least.
    ///
    /// ```
    /// use lantu_calendar::Hours;
    /// let day = Hours::of_minutes([(480, 720)]);
    /// assert_eq!(day.joined(&Hours::of_minutes([(720, 1020)])), Hours::of_minutes([(480, 1020)]));
    /// ```
    pub fn joined(&self, other: &Self) -> Self {
        Self::of_seconds(self.0.iter().chain(&other.0).copied())
    }
}

impl fmt::Display for Hours {
    /// `08:00-12:00 13:00-17:00`, cut to the minute; a dash for no work.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("-");
        }
        for (i, (a, b)) in self.0.iter().enumerate() {
            let gap = if i == 0 { "" } else { " " };
            write!(f, "{gap}{:02}:{:02}-{:02}:{:02}", a / 3600, a / 60 % 60, b / 3600, b / 60 % 60)?;
        }
        Ok(())
    }
}

/// Why texts are no hours of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoursError {
    /// This is no `HH:MM` between `00:00` and `24:00`.
    NoTime(String),
    /// This lies before the time that it must follow.
    OutOfOrder(String),
}

impl fmt::Display for HoursError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTime(text) => write!(f, "not a time of day: {text:?}"),
            Self::OutOfOrder(text) => write!(f, "before the time it must follow: {text:?}"),
        }
    }
}

impl std::error::Error for HoursError {}

/// Minutes after midnight of `HH:MM`.
fn clock(text: &str) -> Result<u32, HoursError> {
    let digits = |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok()).flatten();
    let parts = text.split_once(':').and_then(|(h, m)| Some((digits(h)?, digits(m)?)));
    match parts {
        Some((h, m)) if m < 60 && h * 60 + m <= 1440 => Ok(h * 60 + m),
        _ => Err(HoursError::NoTime(text.chars().take(40).collect())),
    }
}
