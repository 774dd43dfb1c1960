//! How much a file may ask for: what costs more than its bytes is counted before it is made.
use crate::PlanCalendar;
use lantu_calendar::{Calendar, CalendarSpec};

/// So many stretches of days may come out of all calendars of a file, with what they take over from one another: about
/// 200 MB. Plans of work need some thousands.
pub(crate) const MOST_STRETCHES: usize = 2_000_000;

/// No number in a file is larger: none that a plan needs is, and units in hundredths must be written and read again.
pub(crate) const LARGEST: f64 = 1e13;

/// How many stretches of days these calendars come to at most.
pub(crate) fn stretches<'c>(calendars: impl Iterator<Item = &'c PlanCalendar>) -> usize {
    Calendar::stretches_at_most(&calendars.map(|c| c.spec.clone()).collect::<Vec<_>>())
}

/// Calendars without anything to resolve, for a file that is refused for theirs.
pub(crate) fn clear(calendars: &mut [PlanCalendar]) {
    calendars.iter_mut().for_each(|c| c.spec = CalendarSpec::around_the_clock());
}
