//! One activity, and activities one after the other.
use crate::{agree::*, days::Days, exact::Exact, plans::*};
use lantu_risk::*;
use lantu_schedule::Dialect;

/// Of each sort of range, on each sort of calendar, by each dialect, down both paths.
#[test]
fn one_activity() {
    for (seed, range) in (0..).zip(every_range()) {
        for days in [Days::clock(), Days::office(), Days::nights()] {
            let dialect = if seed % 2 == 0 { Dialect::P6 } else { Dialect::MsProject };
            let model = model(dialect, &[&days], &[(0, range.clone())]);
            let exact = Dates::of(&Exact::of(&range), |length| days.finish(0, length));
            agree(&exact, &odds(&model, seed).finish);
            let sampling = Sampling { seed, iterations: 20_000, kernel: Kernel::Exact, ..Sampling::default() };
            agree(&exact, &odds_of(&model, sampling).finish);
        }
    }
}

fn ranges() -> [Range; 5] {
    [three(300, 480, 960), even(240, 900), skewed(600, 900), one_of(&[480, 60, 480, 1_200, 90]), three(480, 480, 1_440)]
}

fn total(ranges: &[Range]) -> Exact {
    ranges.iter().fold(Exact::certain(0), |sum, range| sum.then(&Exact::of(range)))
}

/// Work on one calendar adds up, wherever nights and weekends fall.
#[test]
fn five_activities_on_one_calendar() {
    for (seed, days) in [(1, Days::clock()), (2, Days::office()), (3, Days::nights())] {
        for dialect in [Dialect::MsProject, Dialect::P6] {
            let model = model(dialect, &[&days], &ranges().map(|range| (0, range))).chain();
            let odds = odds(&model, seed);
            for (at, milestone) in odds.milestones.iter().enumerate() {
                let exact = Dates::of(&total(&ranges()[..=at]), |length| days.finish(0, length));
                agree(&exact, &milestone.finish);
            }
            assert!(odds.finish == odds.milestones[4].finish);
        }
    }
}

/// By day, by night and by day again: all pairs of lengths, one stretch after the other.
#[test]
fn three_activities_on_two_calendars() {
    let (office, nights) = (Days::office(), Days::nights());
    let rows = [(0, three(400, 480, 700)), (1, even(300, 620)), (0, one_of(&[60, 500, 1_000]))];
    for dialect in [Dialect::MsProject, Dialect::P6] {
        let odds = odds(&model(dialect, &[&office, &nights], &rows).chain(), 4);
        let mut at = Dates::of(&Exact::certain(0), |zero| zero);
        for ((calendar, range), milestone) in rows.iter().zip(&odds.milestones) {
            let (days, lengths) = ([&office, &nights][*calendar as usize], Exact::of(range));
            let mut next = Dates::default();
            for (date, share) in &at.0 {
                let from = (date.seconds() - crate::days::origin().seconds()) / 60;
                lengths.parts().for_each(|(length, chance)| next.add(days.finish(from, length), share * chance));
            }
            agree(&next, &milestone.finish);
            at = next;
        }
    }
}

/// The comparison tells a range that is a little off, a calendar that is not the one, and rounding that is not to the
/// nearest minute.
#[test]
fn what_is_a_little_off_is_told() {
    let days = Days::office();
    let sampled = odds(&model(Dialect::P6, &[&days], &[(0, three(300, 480, 960))]), 1).finish;
    let dates = |range: &Range| Dates::of(&Exact::of(range), |length| days.finish(0, length));
    assert!(dates(&three(300, 480, 960)).disagrees(&sampled).is_none());
    for wrong in [three(300, 484, 960), three(303, 480, 960), three(300, 480, 966), even(300, 960)] {
        assert!(dates(&wrong).disagrees(&sampled).is_some(), "{wrong:?}");
    }
    let other = Dates::of(&Exact::of(&three(300, 480, 960)), |length| Days::daily().finish(0, length));
    assert!(other.disagrees(&sampled).is_some());
    let few = odds(&model(Dialect::P6, &[&days], &[(0, three(477, 480, 481))]), 1).finish;
    let down = Exact::of(&three(477_000, 480_000, 481_000)).changed(|thousandths| thousandths / 1_000);
    assert!(Dates::of(&down, |length| days.finish(0, length)).disagrees(&few).is_some());
}
