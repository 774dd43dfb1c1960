//! Days as numbers: the working days that have passed since the plan's first day.
use jiff::civil::Date;
use lantu_calendar::WorkCalendar;

/// An offset stands at the end of a working day: 0 at the end of the plan's first day, 1 at the end of the next working
/// day. Work of three days that may begin at offset 2 is done at offset 5.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis<'a> {
    pub calendar: &'a WorkCalendar,
    pub start: Date,
    pub today: Date,
    /// Working days before the day after the plan's first.
    origin: i64,
    /// Where what is left of work may go on: at the end of the last working day before today, not before the plan's first.
    pub morning: i64,
    /// Where what takes no time may happen: at the end of today, not before the plan's first day.
    pub evening: i64,
}

impl<'a> Axis<'a> {
    pub fn new(calendar: &'a WorkCalendar, start: Date, today: Date) -> Self {
        let axis = Self { calendar, start, today, origin: calendar.count_before(next(start)), morning: 0, evening: 0 };
        Self { morning: axis.before(today).max(0), evening: axis.through(today).max(0), ..axis }
    }

    /// The offset at the end of a day.
    pub fn through(&self, day: Date) -> i64 {
        self.before(next(day))
    }

    /// The offset before a day begins.
    pub fn before(&self, day: Date) -> i64 {
        self.calendar.count_before(day) - self.origin
    }

    /// The day that an offset stands at the end of: the last day of work that is done there.
    pub fn day(&self, offset: i64) -> Date {
        match offset {
            1.. => self.calendar.day_of_count(self.origin.saturating_add(offset)),
            _ => self.calendar.add_working_days(self.start, offset),
        }
    }

    /// The first day of work that begins at an offset.
    pub fn first_day(&self, offset: i64) -> Date {
        self.day(offset.saturating_add(1))
    }
}

fn next(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}
