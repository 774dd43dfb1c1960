//! Counting days between an acceptance and a day, without those of pauses.
use jiff::{ToSpan, civil::Date};
use lantu_calendar::WorkCalendar;
use lantu_model::formality::Pause;

pub(crate) struct Counter<'a> {
    pub calendar: &'a WorkCalendar,
    /// Working days, or days as they come.
    pub working: bool,
    /// In order, not overlapping.
    pub pauses: &'a [Pause],
}

impl Counter<'_> {
    /// Days after `from` up to and including `to`; 0 when `to` is earlier.
    pub fn days(&self, from: Date, to: Date) -> i64 {
        if to <= from {
            return 0;
        }
        if !self.working {
            return i64::from((to - from).get_days());
        }
        let next = |d: Date| d.tomorrow().unwrap_or(Date::MAX);
        self.calendar.working_days_between(next(from), next(to))
    }

    /// The same without paused days.
    pub fn run(&self, from: Date, to: Date) -> i64 {
        self.days(from, to) - self.pauses.iter().map(|p| self.paused(p, from, to)).sum::<i64>()
    }

    fn paused(&self, pause: &Pause, from: Date, to: Date) -> i64 {
        let before = pause.from.yesterday().unwrap_or(Date::MIN).max(from);
        self.days(before, pause.until.unwrap_or(Date::MAX).min(to))
    }

    /// The day on which the `n`th day counts; `from` itself when `n` is 0; none where a pause without an end comes first.
    pub fn nth(&self, from: Date, n: i64) -> Option<Date> {
        let (mut cursor, mut wanted) = (from, n);
        for pause in self.pauses {
            let last = pause.from.yesterday().unwrap_or(Date::MIN);
            let counted = self.days(cursor, last);
            if counted >= wanted {
                break;
            }
            wanted -= counted;
            cursor = cursor.max(pause.until?);
        }
        Some(if self.working { self.calendar.add_working_days(cursor, wanted) } else { cursor.saturating_add(wanted.days()) })
    }
}
