//! Working time: which days and hours are worked, and arithmetic over them.
//!
//! Two grains. [`WorkCalendar`] counts an office's working days: a weekly pattern, holidays and make-up days.
//! [`Calendar`] counts working time to the second, as schedules need it: hours of each day, exceptions, work weeks,
//! parents. Both count by prefix sums, so a span of ten years costs as much as a span of a week.
//! Pure: no clock and no files; nothing here knows a country.
//!
//! ```
//! use jiff::civil::date;
//! use lantu_calendar::{MONDAY_TO_FRIDAY, WorkCalendar};
//! let holiday = [(date(2026, 1, 1), false)];
//! let office = WorkCalendar::new(MONDAY_TO_FRIDAY, holiday, None);
//! assert_eq!(office.add_working_days(date(2025, 12, 31), 1), date(2026, 1, 2));
//! assert_eq!(office.working_days_between(date(2025, 12, 29), date(2026, 1, 5)), 4);
//! ```
//!
//! # Time
//! [`Instant`] and [`Span`] are civil time in whole seconds: no zone, no summer time, every day has 24 hours. Instants
//! lie between the years 1 and 9998 ([`Instant::MIN`], [`Instant::MAX`]); what has no answer within gives the end it ran
//! into, never a panic.
//!
//! # Where work begins and ends
//! The close of work on Friday and the start of work on Monday are the same *position*: no work lies between. Work that
//! is added ends at the end of a period (Friday 17:00), work that is taken off begins at the start of one
//! (Monday 08:00); [`Calendar::next_start`] and [`Calendar::previous_finish`] turn one into the other. This is how
//! Microsoft Project and Primavera P6 both place finishes and starts.
//!
//! # Where the rules come from
//! The order in which exceptions, work weeks, weeks and parents hold is that of MS Project's calendars (MSPDI:
//! `Calendar`, `Exceptions`, `WorkWeeks`, `BaseCalendarUID`); Primavera P6's calendars are the case without work weeks.
#![warn(missing_docs)]
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod combine;
mod draft;
mod hours;
mod index;
mod office;
mod resolve;
mod spec;
mod tables;
mod time;
mod working;

pub use hours::{Hours, HoursError};
pub use office::{MONDAY_TO_FRIDAY, WorkCalendar};
pub use resolve::TooManyPieces;
pub use spec::{CalendarSpec, Exception, Week, WorkWeek};
pub use time::{DAY, Instant, Span, TimeError, day_of, days_of};
pub use working::Calendar;
