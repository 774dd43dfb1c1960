//! Distributions one by one.
use super::super::normal::tables;
use super::super::philox::Chance;
use super::super::quantile::Quantile;
use super::super::series::tail_end;
use super::*;

const MINUTES_OF_YEAR: i64 = 525_960;

/// What a range gives for uniform numbers, in minutes.
fn at(range: &Range, numbers: &[u32]) -> Vec<i32> {
    let quantile = Quantile::of(range, i32::MAX / 4).expect("a range");
    let mut all = vec![];
    for numbers in numbers.chunks(LANES) {
        let mut chance = Chance([0; LANES]);
        chance.0[..numbers.len()].copy_from_slice(numbers);
        let mut out = Lanes::ZERO;
        quantile.draw(&chance, 1, &mut out);
        all.extend(&out.0[..numbers.len()]);
    }
    all
}

/// Evenly spread, and close together at both ends, in the middle and where octaves meet.
fn numbers() -> Vec<u32> {
    let mut all: Vec<u32> = (0..=20_000_u32).map(|i| i * 214_748).collect();
    for octave in 0..32 {
        let edge = 1_u32 << octave;
        for near in edge.saturating_sub(200)..=edge.saturating_add(200) {
            all.extend([near, !near]);
        }
    }
    all.sort_unstable();
    all
}

fn ranges() -> Vec<Range> {
    let years = 40 * MINUTES_OF_YEAR;
    vec![
        triangular(2_400, 4_800, 9_600),
        triangular(0, 0, 1 << 20),
        triangular(0, 1 << 20, 1 << 20),
        triangular(-500, -100, 7),
        triangular(60, 60, 60),
        triangular(0, years / 3, years),
        triangular(0, years, years),
        triangular(years - 1_000, years - 999, years),
        uniform(5, 5),
        uniform(0, years),
        uniform(-600, 600),
        lognormal(4_800, 9_600),
        lognormal(1, 1),
        lognormal(years / 10, years / 2),
        Range::Empirical { values: (0..1_000).rev().map(Span::minutes).collect() },
    ]
}

#[test]
fn a_greater_chance_never_gives_less() {
    let numbers = numbers();
    for range in ranges() {
        assert!(at(&range, &numbers).is_sorted(), "{range:?}");
    }
}

#[test]
fn ends_are_exact() {
    for (range, least, most) in [
        (triangular(2_400, 4_800, 9_600), 2_400, 9_600),
        (triangular(0, 0, 21_038_400), 0, 21_038_400),
        (triangular(-9, 5, 5), -9, 5),
        (uniform(-600, 600), -600, 600),
        (Range::Empirical { values: [9, 3, 5].map(Span::minutes).to_vec() }, 3, 9),
    ] {
        assert_eq!(at(&range, &[0, u32::MAX]), [least, most], "{range:?}");
    }
}

/// Within a minute of the exact inverse, rounded to the nearest, for lengths of up to forty years.
#[test]
fn three_points_are_right_to_the_minute() {
    let numbers = numbers();
    for range in ranges() {
        let Range::Triangular { min, mode, max } = range else { continue };
        let [a, m, b] = [min, mode, max].map(Span::as_minutes);
        for (u, found) in numbers.iter().zip(at(&range, &numbers)) {
            let u = f64::from(u >> 1) / 2_147_483_647.5;
            let exact = if u * (b - a) < m - a { a + (u * (b - a) * (m - a)).sqrt() } else { b - ((1.0 - u) * (b - a) * (b - m)).sqrt() };
            // The step of a chance of 2^-31, where the distribution begins, is a minute in forty years.
            let step = (exact - a).min(b - exact).max(1.0);
            let grain = (b - a) * (b - a) / 2_147_483_648.0 / step;
            assert!((f64::from(found) - exact).abs() < 0.7 + grain, "{range:?} at {u}: {found}, not {exact}");
        }
    }
}

#[test]
fn every_minute_of_a_uniform_range_is_as_likely() {
    let found = at(&uniform(10, 13), &(0..4_096).map(|i| i << 20).collect::<Vec<_>>());
    for minutes in 10..=13 {
        assert_eq!(found.iter().filter(|value| **value == minutes).count(), 1_024);
    }
}

/// The normal numbers of the table, against Newton's method on Marsaglia's series.
#[test]
fn the_table_of_the_normal_distribution_is_close() {
    let numbers = numbers();
    let mut worst: f64 = 0.0;
    for chunk in numbers.chunks_exact(LANES) {
        let mut chance = Chance([0; LANES]);
        chance.0.copy_from_slice(chunk);
        let normal = tables().normal(&chance);
        let back = tables().chance(&normal);
        for lane in 0..LANES {
            let u = chance.0[lane];
            let p = (f64::from(u.min(!u)) + 0.5) / 4_294_967_296.0;
            let exact = tail_end(p, 1.0) * if u < 1 << 31 { -1.0 } else { 1.0 };
            worst = worst.max((normal.0[lane] - exact).abs());
            let off = (f64::from(back.0[lane]) - f64::from(u)).abs() / 4_294_967_296.0;
            assert!(off < 3e-6 && off < 2e-3 * p + 1e-9, "{u} there and back is {}", back.0[lane]);
        }
    }
    assert!(worst < 8e-6, "{worst}");
}

#[test]
fn lognormal_quantiles_are_close() {
    let numbers = numbers();
    for (p50, p90) in [(4_800, 9_600), (100_000, 110_000), (4 * MINUTES_OF_YEAR, 20 * MINUTES_OF_YEAR)] {
        let sigma = (p90 as f64 / p50 as f64).ln() / 1.281_551_565_544_600_4;
        for (u, found) in numbers.iter().zip(at(&lognormal(p50, p90), &numbers)) {
            let p = (f64::from(*u.min(&!u)) + 0.5) / 4_294_967_296.0;
            let z = tail_end(p, 1.0) * if *u < 1 << 31 { -1.0 } else { 1.0 };
            let exact = (p50 as f64 * (sigma * z).exp()).min(f64::from(i32::MAX / 4));
            assert!((f64::from(found) - exact).abs() < 0.5 + 8e-6 * sigma * exact + 1e-6, "{u}: {found}, not {exact}");
        }
    }
}

/// 64,000 draws each: means within four standard errors, distances below what chance exceeds once in a thousand times.
#[test]
fn samples_have_their_distribution() {
    let triangle = |v: f64| {
        let (a, m, b) = (2_400.0, 4_800.0, 9_600.0);
        if v < a {
            0.0
        } else if v < m {
            (v - a).powi(2) / ((b - a) * (m - a))
        } else if v < b {
            1.0 - (b - v).powi(2) / ((b - a) * (b - m))
        } else {
            1.0
        }
    };
    let flat = |v: f64| ((v - 999.5) / 8_001.0).clamp(0.0, 1.0);
    let skewed = |v: f64| {
        let z = (v / 4_800.0).ln() / (2_f64.ln() / 1.281_551_565_544_600_4);
        let tail = super::super::series::tail(z.abs());
        if z < 0.0 { tail } else { 1.0 - tail }
    };
    let sigma2 = (2_f64.ln() / 1.281_551_565_544_600_4).powi(2);
    let of_skewed = [4_800.0 * (sigma2 / 2.0).exp(), 4_800.0 * (sigma2.exp() * (sigma2.exp() - 1.0)).sqrt()];
    check(&triangular(2_400, 4_800, 9_600), triangle, [5_600.0, 1_496.66]);
    check(&uniform(1_000, 9_000), flat, [5_000.0, 8_001.0 / 12_f64.sqrt()]);
    check(&lognormal(4_800, 9_600), skewed, of_skewed);
    let recorded = Range::Empirical { values: [400, 100, 300, 200].map(Span::minutes).to_vec() };
    check(&recorded, |v| ((v / 100.0).floor() / 4.0).clamp(0.0, 1.0), [250.0, 12_500_f64.sqrt()]);
}

fn check(range: &Range, below: impl Fn(f64) -> f64, [mean_wanted, deviation_wanted]: [f64; 2]) {
    let values = &drawn_of(&unsure(1, range), 11, 1_000)[0];
    let error = deviation_wanted / (values.len() as f64).sqrt();
    assert!((mean(values) - mean_wanted).abs() < 4.0 * error, "{range:?}: mean {}", mean(values));
    // The standard error of a deviation is that of the mean over √2, up to twice as much for a heavy tail.
    assert!((deviation(values) - deviation_wanted).abs() < 8.0 * error, "{range:?}: deviation {}", deviation(values));
    let distance = ks(values, below);
    assert!(distance < 1.95, "{range:?}: distance {distance}");
}
