//! When two calendars are the same.
use super::{Calendar, DAY_IN_BEATS, Piece};
use crate::draft::DAYS;

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        let (mut mine, mut others) = (self.pieces.as_ref(), other.pieces.as_ref());
        let mut first = 0;
        while let ([one, ..], [two, ..]) = (mine, others) {
            let (my_end, other_end) = (end(mine), end(others));
            let end = my_end.min(other_end);
            let same = |day: u32| self.weeks.hours(one.week, day) == other.weeks.hours(two.week, day);
            // A week tells all of a longer stretch.
            if !(first..end).take(7).all(same) {
                return false;
            }
            mine = &mine[usize::from(my_end == end)..];
            others = &others[usize::from(other_end == end)..];
            first = end;
        }
        true
    }
}

impl Eq for Calendar {}

/// The day after the first of these pieces.
fn end(pieces: &[Piece]) -> u32 {
    pieces.get(1).map_or(DAYS, |next| next.start / DAY_IN_BEATS)
}
