//! Numbers that stand for words, as the format's published schema lists them.
use lantu_schedule::{ConstraintKind, Contour, LinkKind, TaskType};

/// A word of ours for a number of the format, and back.
pub(super) fn meaning<T: Copy>(table: &[(i64, T)], code: i64) -> Option<T> {
    table.iter().find(|(c, _)| *c == code).map(|(_, t)| *t)
}

/// The number of a word.
pub(super) fn code<T: PartialEq>(table: &[(i64, T)], word: &T) -> i64 {
    table.iter().find(|(_, t)| t == word).map_or(0, |(c, _)| *c)
}

/// `ConstraintType`; 0 is as soon as possible.
pub(super) const CONSTRAINTS: [(i64, ConstraintKind); 7] = [
    (1, ConstraintKind::AsLateAsPossible),
    (2, ConstraintKind::MustStartOn),
    (3, ConstraintKind::MustFinishOn),
    (4, ConstraintKind::StartNoEarlierThan),
    (5, ConstraintKind::StartNoLaterThan),
    (6, ConstraintKind::FinishNoEarlierThan),
    (7, ConstraintKind::FinishNoLaterThan),
];

/// `PredecessorLink/Type`.
pub(super) const LINKS: [(i64, LinkKind); 4] =
    [(0, LinkKind::FinishFinish), (1, LinkKind::FinishStart), (2, LinkKind::StartFinish), (3, LinkKind::StartStart)];

/// `Task/Type`.
pub(super) const TASK_TYPES: [(i64, TaskType); 3] = [(0, TaskType::FixedUnits), (1, TaskType::FixedDuration), (2, TaskType::FixedWork)];

/// `WorkContour`.
pub(super) const CONTOURS: [(i64, Contour); 9] = [
    (0, Contour::Flat),
    (1, Contour::BackLoaded),
    (2, Contour::FrontLoaded),
    (3, Contour::DoublePeak),
    (4, Contour::EarlyPeak),
    (5, Contour::LatePeak),
    (6, Contour::Bell),
    (7, Contour::Turtle),
    (8, Contour::Contoured),
];

/// What a `DurationFormat`, `LagFormat` or `LevelingDelayFormat` says besides the unit that is shown. Of the codes,
/// even ones are of the clock; 32 more marks an estimate; 19 and 20 are hundredths; 21 is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// Of the clock, not of the calendar.
    pub elapsed: bool,
    /// Hundredths of another duration.
    pub percent: bool,
}

/// The meaning of a format's code; working time for one that is not known.
pub(super) fn measure(format: i64) -> Measure {
    let base = if format >= 35 { format - 32 } else { format };
    let known = matches!(base, 3..=12 | 19 | 20);
    Measure { elapsed: known && base % 2 == 0, percent: matches!(base, 19 | 20) }
}

/// Days, the unit that durations and lags are shown in unless the file says another.
pub(super) const DAYS: i64 = 7;
/// Days of the clock.
pub(super) const ELAPSED_DAYS: i64 = 8;
/// Hundredths.
pub(super) const PERCENT: i64 = 19;
/// Hundredths, of the clock.
pub(super) const ELAPSED_PERCENT: i64 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let say = |format| (measure(format).elapsed, measure(format).percent);
        for (format, meant) in [
            (7, (false, false)),
            (8, (true, false)),
            (39, (false, false)),
            (40, (true, false)),
            (19, (false, true)),
            (52, (true, true)),
            (21, (false, false)),
            (53, (false, false)),
            (14, (false, false)),
            (-8, (false, false)),
        ] {
            assert_eq!(say(format), meant, "{format}");
        }
        assert_eq!(meaning(&LINKS, 2), Some(LinkKind::StartFinish));
        assert_eq!(code(&CONSTRAINTS, &ConstraintKind::FinishNoLaterThan), 7);
    }
}
