//! For activities in series a wider range never narrows the result.
use crate::{networks::BOTH, plans::*};
use lantu_risk::*;
use lantu_schedule::*;
use proptest::prelude::*;

/// Symmetric three points; in series, without a pause.
fn chain(widths: &[(i64, i64)], p6: bool) -> RiskModel {
    let options = Options::new(BOTH[usize::from(p6)], "2026-03-02T00:00".parse().unwrap());
    let mut network = Network { options, calendars: vec![Calendar::around_the_clock()], activities: vec![], links: vec![] };
    let mut ranges = vec![];
    for (at, &(mode, width)) in (0_u32..).zip(widths) {
        network.activities.push(Activity::task(i64::from(at) + 1, CalendarIx(0), Span::minutes(mode)));
        let (min, mode, max) = (Span::minutes(mode - width), Span::minutes(mode), Span::minutes(mode + width));
        ranges.push(DurationRange { activity: ActivityIx(at), range: Range::Triangular { min, mode, max } });
        if at > 0 {
            let (predecessor, successor) = (ActivityIx(at - 1), ActivityIx(at));
            network.links.push(Link { predecessor, successor, kind: LinkKind::FinishStart, lag: Lag::NONE });
        }
    }
    RiskModel { network, ranges, risks: vec![], correlations: vec![], weather: vec![], key: 0 }
}

const ITERATIONS: u32 = 20_000;

/// The distance from P10 to P90, as far as it goes within the bound of Dvoretzky, Kiefer and Wolfowitz at one in a million:
/// the least and the most.
fn width(odds: &Odds) -> (Span, Span) {
    let error = ((2.0_f64 / 1e-6).ln() / (2.0 * f64::from(ITERATIONS))).sqrt();
    let at = |p: f64| odds.finish.quantile(p);
    (at(0.9 - error) - at(0.1 + error), at(0.9 + error) - at(0.1 - error))
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn wider_work_makes_no_narrower_finish(
        widths in prop::collection::vec((1_000_i64..9_000, 0_i64..1_000), 1..8),
        more in 1.0_f64..5.0,
        at: prop::sample::Index,
        p6: bool,
        seed: u64,
    ) {
        let narrow = odds(&chain(&widths, p6), &some(seed, ITERATIONS));
        let mut wider = widths.clone();
        let one = at.index(widths.len());
        wider[one].1 = ((wider[one].1 as f64 * more) as i64).min(wider[one].0);
        let wide = odds(&chain(&wider, p6), &some(seed, ITERATIONS));
        prop_assert!(width(&wide).1 >= width(&narrow).0);
        // Alone, it spreads as its range does, in every iteration: common random numbers.
        if widths.len() == 1 {
            let mode = "2026-03-02T00:00".parse::<Instant>().unwrap() + Span::minutes(widths[0].0);
            let off = |date: Instant| (date - mode).as_seconds().abs();
            for (a, b) in wide.finish.dates().iter().zip(narrow.finish.dates()) {
                prop_assert!(off(*a) >= off(*b), "{a} {b}");
            }
        }
    }
}

/// Twice as wide is twice as wide, which no sampling error hides.
#[test]
fn twice_as_wide_is_told() {
    let narrow = odds(&chain(&[(5_000, 400), (5_000, 400)], true), &some(1, ITERATIONS));
    let wide = odds(&chain(&[(5_000, 800), (5_000, 800)], true), &some(1, ITERATIONS));
    assert!(width(&wide).0 > width(&narrow).1);
}
