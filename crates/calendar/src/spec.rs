//! What a file or a pack says of a calendar: a weekly pattern, exceptions, replaced weeks, a parent.
use crate::Span;
use jiff::civil::Date;

/// The working hours of one day: spans in seconds after midnight, in order, apart, the last ending at 86,400 at the latest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hours(Vec<(u32, u32)>);

impl Hours {
    /// No work.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// The whole day.
    pub fn all_day() -> Self {
        Self(vec![(0, 86_400)])
    }

    /// Spans in minutes after midnight; see [`Hours::of_seconds`].
    pub fn of_minutes(spans: impl IntoIterator<Item = (u32, u32)>) -> Self {
        Self::of_seconds(spans.into_iter().map(|(a, b)| (a.saturating_mul(60), b.saturating_mul(60))))
    }

    /// Spans in seconds after midnight, in any order. Overlapping and touching spans become one, empty and backward
    /// ones are left out, what lies after midnight is cut off.
    pub fn of_seconds(spans: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut spans: Vec<_> = spans.into_iter().map(|(a, b)| (a.min(86_400), b.min(86_400))).filter(|(a, b)| a < b).collect();
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
}

/// Hours of Monday to Sunday; `None` where the parent's hold.
pub type Week = [Option<Hours>; 7];

/// Days whose hours differ from the week's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// First day.
    pub from: Date,
    /// Last day, itself included.
    pub to: Date,
    /// The hours of each of these days.
    pub hours: Hours,
}

/// A span of days with a week of its own (MS Project's work weeks).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkWeek {
    /// First day.
    pub from: Date,
    /// Last day, itself included.
    pub to: Date,
    /// `None` where the calendar's own week, or the parent, holds.
    pub week: Week,
}

/// A calendar as it is written down. Of two exceptions on one day the later in the list holds.
///
/// A day's hours come from the first of: this calendar's exceptions, its work weeks, its week, then the parent, in
/// the same order. A day that no one speaks of does not work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarSpec {
    /// Hours by weekday, Monday first.
    pub week: Week,
    /// Days that differ.
    pub exceptions: Vec<Exception>,
    /// Spans of days with their own week; the first that covers a day holds.
    pub work_weeks: Vec<WorkWeek>,
    /// The calendar that this one changes: its place in the list it is resolved in.
    pub parent: Option<usize>,
}

impl CalendarSpec {
    /// Monday to Friday with the same hours, nothing else.
    pub fn weekdays(hours: &Hours) -> Self {
        let week = std::array::from_fn(|day| Some(if day < 5 { hours.clone() } else { Hours::none() }));
        Self { week, ..Self::default() }
    }

    /// Every hour of every day.
    pub fn around_the_clock() -> Self {
        Self { week: std::array::from_fn(|_| Some(Hours::all_day())), ..Self::default() }
    }
}
