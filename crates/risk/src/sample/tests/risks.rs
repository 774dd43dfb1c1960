//! Risks and weather.
use super::*;
use lantu_calendar::day_of;

fn strikes(draws: &Draws, risk: usize, blocks: u32) -> Vec<bool> {
    (0..blocks).flat_map(|block| (0..64).map(move |lane| draws.struck(risk, block) >> lane & 1 == 1)).collect()
}

/// 64,000 iterations: the share is within four standard errors, and where it strikes, and only there, work is longer.
#[test]
fn a_risk_strikes_as_often_as_it_should() {
    let mut model = plan(3);
    model.risks =
        vec![risk("flood", 0.3, &[(0, uniform(10, 20)), (1, triangular(5, 5, 5))]), risk("drought", 0.5, &[(1, uniform(100, 100))])];
    let draws = Draws::of(&model, 60, 2).0;
    let [flood, drought] = [0, 1].map(|at| strikes(&draws, at, 1_000));
    for (struck, probability) in [(&flood, 0.3), (&drought, 0.5_f64)] {
        let share = struck.iter().filter(|struck| **struck).count() as f64 / 64_000.0;
        assert!((share - probability).abs() < 4.0 * (probability * (1.0 - probability) / 64_000.0).sqrt(), "{share}");
    }
    let both = flood.iter().zip(&drought).filter(|(a, b)| **a && **b).count() as f64 / 64_000.0;
    assert!((both - 0.15).abs() < 4.0 * (0.15 * 0.85 / 64_000_f64).sqrt());
    let all = drawn(&draws, 3, 1_000);
    for i in 0..64_000 {
        let more = all[0][i] - PLANNED as i32;
        assert!(if flood[i] { (10..=20).contains(&more) } else { more == 0 });
        assert_eq!(all[1][i] - PLANNED as i32, if flood[i] { 5 } else { 0 } + if drought[i] { 100 } else { 0 });
    }
    assert_eq!(draws.varies(), [true, true, false]);
    assert_eq!([0, 1, 2].map(|at| draws.bounds(at)), [(4_800, 4_820), (4_800, 4_905), (4_800, 4_800)]);
}

#[test]
fn never_is_never_and_always_is_always() {
    let mut model = plan(2);
    model.risks = vec![risk("never", 0.0, &[(0, uniform(10, 20))]), risk("always", 1.0, &[(1, uniform(10, 20))])];
    let draws = Draws::of(&model, 60, 2).0;
    assert!((0..100).all(|block| draws.struck(0, block) == 0 && draws.struck(1, block) == u64::MAX && draws.struck(2, block) == 0));
    assert_eq!(drawn(&draws, 2, 2)[0], vec![PLANNED as i32; 128]);
    assert_eq!(draws.bounds(0), (4_800, 4_800));
}

/// All other chances stay: the difference is what the risk adds, in the iterations it struck in.
#[test]
fn without_a_risk_everything_else_is_the_same() {
    let mut model = unsure(3, &triangular(2_400, 4_800, 9_600));
    model.risks = vec![risk("flood", 0.3, &[(0, uniform(10, 20)), (1, uniform(10, 20))]), risk("drought", 0.5, &[(1, uniform(100, 200))])];
    let draws = Draws::of(&model, 60, 2).0;
    let without = draws.without(0);
    assert_eq!(without.varies(), draws.varies());
    let (with, without) = (drawn(&draws, 3, 20), drawn(&without, 3, 20));
    let struck = strikes(&draws, 0, 20);
    for i in 0..1_280 {
        for at in 0..2 {
            let cost = with[at][i] - without[at][i];
            assert!(if struck[i] { (10..=20).contains(&cost) } else { cost == 0 });
        }
    }
    assert_eq!(with[2], without[2]);
    model.risks[0].probability = 0.0;
    assert_eq!(drawn_of(&model, 2, 20), without);
}

/// An opportunity may take all of the work, and no more; the sum counts, not the order of the risks.
#[test]
fn no_duration_falls_below_zero() {
    let mut model = plan(1);
    model.risks = vec![risk("luck", 0.5, &[(0, uniform(-6_000, -6_000))]), risk("flood", 0.5, &[(0, uniform(2_000, 2_000))])];
    let draws = Draws::of(&model, 60, 2).0;
    let (luck, flood) = (strikes(&draws, 0, 10), strikes(&draws, 1, 10));
    let all = drawn(&draws, 1, 10);
    for i in 0..640 {
        let wanted = if luck[i] && flood[i] {
            800
        } else if luck[i] {
            0
        } else if flood[i] {
            6_800
        } else {
            4_800
        };
        assert_eq!(all[0][i], wanted);
    }
    assert_eq!(draws.bounds(0), (0, 6_800));
}

/// A shared risk strikes all networks at once, with impacts of their own; one that is not strikes each by itself.
#[test]
fn shared_risks_strike_together() {
    let network = |key, shared| {
        let mut model = plan(1);
        model.key = key;
        model.risks = vec![Risk { shared, ..risk("policy", 0.4, &[(0, uniform(1, 1_000_000))]) }];
        Draws::of(&model, 60, 2).0
    };
    let [a, b] = [1, 2].map(|key| network(key, true));
    let [c, d] = [1, 2].map(|key| network(key, false));
    assert_eq!(strikes(&a, 0, 50), strikes(&b, 0, 50));
    assert_ne!(strikes(&c, 0, 50), strikes(&d, 0, 50));
    let (a, b) = (drawn(&a, 1, 50), drawn(&b, 1, 50));
    let alike = a[0].iter().zip(&b[0]).filter(|(a, b)| a == b && **a != PLANNED as i32).count();
    assert!(alike < 5, "{alike}");
}

#[test]
fn weather_takes_days_by_month() {
    let mut model = plan(0);
    let mut lost = [0.0; 12];
    (lost[6], lost[7]) = (0.25, 1.0);
    model.weather = vec![Weather { id: "site".into(), calendar: CalendarIx(0), lost }];
    let draws = Draws::of(&model, 60, 2).0;
    let (mut july, mut taken) = (0, 0);
    for iteration in 0..200 {
        let days = draws.lost_days(0, iteration, 20_500, 1_000);
        assert_eq!(days.len(), 1_000);
        for (day, lost) in (20_500..).zip(&days) {
            match day_of(day).month() {
                7 => (july, taken) = (july + 1, taken + i32::from(*lost)),
                8 => assert!(lost),
                _ => assert!(!lost),
            }
        }
        // The same day is the same wherever one begins.
        assert_eq!(draws.lost_days(0, iteration, 20_777, 300), days[277..577]);
        assert_eq!(draws.lost_days(0, iteration, -70, 3).len(), 3);
    }
    // Within four standard errors.
    let share = f64::from(taken) / f64::from(july);
    assert!((share - 0.25).abs() < 4.0 * (0.1875 / f64::from(july)).sqrt(), "{share} of {july}");
    assert_eq!(draws.lost_days(3, 0, 0, 2), [false, false]);
}

/// Whoever names a weather has the same days; another name has others, as another iteration has.
#[test]
fn weather_is_known_by_its_name() {
    let network = |key, id: &str| {
        let mut model = plan(0);
        model.key = key;
        model.weather = vec![Weather { id: id.into(), calendar: CalendarIx(0), lost: [0.5; 12] }];
        Draws::of(&model, 60, 2).0
    };
    let days = network(1, "delta").lost_days(0, 7, 20_000, 400);
    assert_eq!(days, network(2, "delta").lost_days(0, 7, 20_000, 400));
    for other in [network(1, "coast").lost_days(0, 7, 20_000, 400), network(1, "delta").lost_days(0, 8, 20_000, 400)] {
        let same = other.iter().zip(&days).filter(|(a, b)| a == b).count();
        assert!((140..260).contains(&same), "{same} of 400, six standard errors");
    }
}
