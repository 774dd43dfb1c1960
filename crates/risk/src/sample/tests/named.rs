//! Whose chance is whose, and what is drawn of work that has begun or is done.
use super::*;
use lantu_calendar::Instant;
use lantu_schedule::{FixedDates, Kind, Progress};

#[test]
fn seeds_keys_and_names_differ() {
    let range = uniform(0, 1_000_000);
    let model = unsure(2, &range);
    let first = drawn_of(&model, 1, 4);
    let equal = |a: &[i32], b: &[i32]| a.iter().zip(b).filter(|(a, b)| a == b).count();
    assert!(equal(&first[0], &first[1]) < 3);
    assert!(equal(&first[0], &drawn_of(&model, 2, 4)[0]) < 3);
    assert!(equal(&first[0], &drawn_of(&model, 1 << 32 | 1, 4)[0]) < 3);
    assert!(equal(&first[0], &drawn_of(&RiskModel { key: 1, ..model.clone() }, 1, 4)[0]) < 3);
    assert_eq!(first, drawn_of(&model, 1, 4));
}

/// 40 streams of 6,400: no pair is correlated by more than five standard errors, nor a stream with itself an iteration later.
#[test]
fn streams_are_independent() {
    let streams: Vec<Vec<f64>> = drawn_of(&unsure(40, &uniform(0, 1_000_000)), 5, 100)
        .into_iter()
        .map(|values| values.into_iter().map(f64::from).collect())
        .collect();
    for (at, stream) in streams.iter().enumerate() {
        let later = correlated(&stream[1..], &stream[..stream.len() - 1]);
        assert!(later.abs() < 5.0 / 80.0, "{at}: {later}");
        for other in &streams[..at] {
            assert!(correlated(stream, other).abs() < 5.0 / 80.0);
        }
    }
}

/// Adding, taking away and reordering leaves the draws of the others as they were.
#[test]
fn draws_belong_to_names() {
    let model = of_all_sorts();
    let before = drawn_of(&model, 9, 10);
    let mut more = model.clone();
    more.network.activities.push(Activity::task(7, CalendarIx(0), Span::minutes(60)));
    more.ranges.insert(0, DurationRange { activity: ActivityIx(12), range: uniform(0, 500) });
    more.ranges.reverse();
    more.risks.insert(0, risk("strike", 0.5, &[(12, uniform(5, 10))]));
    assert_eq!(drawn_of(&more, 9, 10)[..12], before);

    let mut fewer = model.clone();
    fewer.ranges.remove(2);
    fewer.risks.clear();
    let after = drawn_of(&fewer, 9, 10);
    assert_eq!(after[2], vec![-7; 640], "what does not vary is not written");
    for at in [1, 3, 4, 6, 7, 8, 9, 10, 11] {
        assert_eq!(after[at], before[at], "activity {at}");
    }
}

/// A correlation keeps the chance of all outside of it, and of one that stands without a partner.
#[test]
fn a_correlation_changes_only_its_members() {
    let model = unsure(4, &triangular(0, 500, 1_000));
    let mut tied = model.clone();
    tied.correlations = vec![correlation(&[1, 2], 0.8), correlation(&[3], 0.8)];
    let (before, after) = (drawn_of(&model, 9, 10), drawn_of(&tied, 9, 10));
    assert_eq!((&before[0], &before[3]), (&after[0], &after[3]));
    assert_ne!(before[1], after[1]);
}

fn begun(uid: i64, remaining: i64) -> Activity {
    let mut activity = Activity::task(uid, CalendarIx(0), Span::minutes(PLANNED));
    let start = Instant::from_seconds(0);
    activity.detail_mut().progress = Progress::Started { start, actual: Span::ZERO, remaining: Span::minutes(remaining) };
    activity
}

/// What is most likely gives what the plan says remains; everything else is in proportion.
#[test]
fn begun_work_varies_in_what_remains() {
    let mut model = unsure(6, &triangular(2_400, 4_800, 9_600));
    for at in [1, 2, 3, 4, 5] {
        model.network.activities[at] = begun(100, 1_000);
    }
    model.ranges[2].range = triangular(7_000, 7_000, 7_000);
    model.ranges[3].range = uniform(0, 2_400);
    model.ranges[4].range = triangular(0, 0, 60);
    model.ranges[5].range = lognormal(4_800, 9_600);
    let (draws, notes) = Draws::of(&model, 60, 4);
    assert_eq!(notes, []);
    let all = drawn(&draws, 6, 10);
    for (i, whole) in all[0].iter().enumerate() {
        assert!((all[1][i] - (f64::from(*whole) * 1_000.0 / 4_800.0).round() as i32).abs() <= 1);
        assert_eq!(all[2][i], 1_000, "at its most likely value it is the plan's");
    }
    // Without a most likely value the plan's own duration is it, held within the range.
    assert_eq!(draws.bounds(3), (0, 1_000));
    assert_eq!(draws.bounds(4), (1_000, 1_060), "added where nothing was most likely");
    let mut sorted = all[5].clone();
    sorted.sort_unstable();
    assert!((sorted[320] - 1_000).abs() < 100, "{}", sorted[320]);
    assert_eq!(draws.bounds(1), (500, 2_000));
}

/// Half a minute remains half a minute in ticks of ten seconds.
#[test]
fn ticks_divide_minutes() {
    let mut model = unsure(2, &triangular(0, 100, 200));
    model.network.activities[1] = begun(100, 0);
    if let Progress::Started { remaining, .. } = &mut model.network.activities[1].detail_mut().progress {
        *remaining = Span::seconds(30);
    }
    model.ranges[1].range = triangular(100, 100, 100);
    let draws = Draws::of(&model, 10, 4).0;
    let all = drawn(&draws, 2, 4);
    assert!(all[0].iter().all(|ticks| ticks % 6 == 0));
    assert_eq!(all[1], vec![3; 256]);
    assert_eq!(draws.bounds(0), (0, 1_200));
    let years = 30 * 525_960;
    let long = Draws::of(&unsure(1, &triangular(0, 0, years)), 1, 4).0;
    assert_eq!(long.bounds(0), (0, 60 * years as i32), "thirty years in seconds");
    assert_eq!(Draws::of(&unsure(1, &triangular(0, 0, 2 * years)), 1, 4).0.bounds(0).1 / 60, i32::MAX / 2 / 60);
}

/// Facts never vary, nor do rows that have no length of their own; both are said.
#[test]
fn what_is_done_or_sums_up_is_left_aside() {
    let mut model = unsure(6, &uniform(0, 100));
    let [start, finish] = [0, 60].map(Instant::from_seconds);
    model.network.activities[1].detail_mut().progress = Progress::Finished { start, finish, actual: Span::minutes(1) };
    model.network.activities[2].kind = Kind::LevelOfEffort;
    model.network.activities[3].detail_mut().inactive = true;
    model.network.activities[4].detail_mut().fixed = Some(FixedDates { start, finish });
    model.network.activities[5].kind = Kind::FinishMilestone;
    model.risks = vec![risk("R1", 1.0, &[(0, uniform(5, 5)), (1, uniform(5, 5)), (2, uniform(5, 5))])];
    model.correlations = vec![correlation(&[0, 1, 2], 0.9)];
    let (draws, notes) = Draws::of(&model, 60, 1);
    assert_eq!(draws.varies(), [true, false, false, false, false, false]);
    assert_eq!(drawn(&draws, 6, 1)[1..], vec![vec![-7; 64]; 5]);
    assert_eq!(draws.bounds(1), (PLANNED as i32, PLANNED as i32));
    let said: Vec<_> = notes.iter().map(|note| (note.code, note.place.as_str(), note.activities.clone(), note.found.as_str())).collect();
    assert_eq!(
        said,
        [
            ("range_on_finished", "ranges", vec![101], "1"),
            ("range_on_summary", "ranges", vec![102, 103, 104, 105], "4"),
            ("impact_on_finished", "risk R1", vec![101], "1"),
            ("impact_on_summary", "risk R1", vec![102], "1"),
        ]
    );
}
