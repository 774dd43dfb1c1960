//! Correlations: as strong as asked for, and without a trace in what each member draws.
use super::*;

/// 64,000 draws: a rank correlation has a standard error of at most 1/253; four of them are allowed.
const CLOSE: f64 = 4.0 / 253.0;

fn moved(activities: u32, correlations: Vec<Correlation>) -> (Vec<Vec<i32>>, Vec<crate::odds::Note>) {
    let mut model = unsure(activities, &triangular(2_400, 4_800, 9_600));
    model.ranges[1].range = lognormal(4_800, 9_600);
    model.correlations = correlations;
    let (draws, notes) = Draws::of(&model, 60, 3);
    (drawn(&draws, activities as usize, 1_000), notes)
}

fn close(all: &[Vec<i32>], a: usize, b: usize, rho: f64) {
    let found = spearman(&all[a], &all[b]);
    assert!((found - rho).abs() < CLOSE, "{a} and {b}: {found}, not {rho}");
}

#[test]
fn a_group_has_its_rank_correlation() {
    for rho in [0.0, 0.3, 0.7, 0.95] {
        let (all, notes) = moved(4, vec![correlation(&[0, 1, 2], rho)]);
        assert_eq!(notes, []);
        for (a, b, rho) in [(0, 1, rho), (0, 2, rho), (1, 2, rho), (0, 3, 0.0), (2, 3, 0.0)] {
            close(&all, a, b, rho);
        }
    }
}

#[test]
fn a_pair_can_be_opposed() {
    let (all, _) = moved(2, vec![correlation(&[0, 1], -0.6)]);
    close(&all, 0, 1, -0.6);
    let (all, notes) = moved(2, vec![correlation(&[0, 1], -1.0)]);
    assert!(spearman(&all[0], &all[1]) < -0.9999 && notes.is_empty());
}

#[test]
fn one_is_one() {
    let (all, _) = moved(3, vec![correlation(&[0, 2], 1.0)]);
    assert_eq!(all[0], all[2]);
    let (all, notes) = moved(3, vec![correlation(&[0, 2], 1.0), correlation(&[2, 1], 0.5), correlation(&[0, 1], 0.5)]);
    assert!(all[0] == all[2] && notes.is_empty());
    close(&all, 1, 2, 0.5);
    close(&all, 0, 1, 0.5);
}

#[test]
fn groups_that_overlap_keep_every_pair() {
    let pairs = [(0, 1, 0.5), (1, 2, -0.3), (0, 2, 0.2)];
    let (all, notes) = moved(4, pairs.iter().map(|&(a, b, rho)| correlation(&[a, b], rho)).collect());
    assert_eq!(notes, []);
    for (a, b, rho) in pairs {
        close(&all, a as usize, b as usize, rho);
    }
    close(&all, 0, 3, 0.0);
}

#[test]
fn of_two_that_contradict_the_first_has_its_way() {
    let (all, _) = moved(3, vec![correlation(&[0, 1], 0.7), correlation(&[0, 1, 2], 0.2)]);
    close(&all, 0, 1, 0.7);
    close(&all, 1, 2, 0.2);
}

/// Three can not all be opposed: they are as opposed as they can be, and that is said.
#[test]
fn what_can_not_be_is_repaired_and_said() {
    let (all, notes) = moved(3, vec![correlation(&[0, 1, 2], -0.9)]);
    assert_eq!(
        (notes[0].code, notes[0].place.as_str(), notes[0].activities.as_slice()),
        ("correlation_repaired", "correlation 1", &[100, 101, 102][..])
    );
    // From 2·sin(0.9·π/6) = 0.908 to a half.
    assert_eq!(notes[0].found, "0.408");
    let half = -6.0 / std::f64::consts::PI * 0.25_f64.asin();
    for (a, b) in [(0, 1), (1, 2), (0, 2)] {
        close(&all, a, b, half);
    }
}

/// By the distance of two samples of 64,000, which chance brings above 1.95 once in a thousand times.
#[test]
fn each_keeps_its_own_distribution() {
    let (alone, _) = moved(4, vec![]);
    let (all, _) = moved(4, vec![correlation(&[0, 1], 0.8), correlation(&[2, 3], -0.8)]);
    for at in 0..4 {
        assert!(ks_of_two(&alone[at], &all[at]) < 1.95, "{at}: {}", ks_of_two(&alone[at], &all[at]));
        assert_ne!(alone[at], all[at]);
    }
}

/// Networks that share a cause move together, by as much as members of one group; others do not.
#[test]
fn shared_causes_reach_across_networks() {
    let network = |key, shared, more: &[Correlation]| {
        let mut model = unsure(3, &uniform(0, 100_000));
        model.key = key;
        model.correlations = vec![Correlation { id: "bureau".into(), shared, ..correlation(&[0, 1], 0.5) }];
        model.correlations.extend_from_slice(more);
        drawn_of(&model, 3, 1_000)
    };
    let (a, b) = (network(1, true, &[]), network(2, true, &[]));
    for (x, y, rho) in [(&a[0], &b[0], 0.5), (&a[0], &b[1], 0.5), (&a[0], &a[1], 0.5), (&a[2], &b[2], 0.0)] {
        assert!((spearman(x, y) - rho).abs() < CLOSE, "{}", spearman(x, y));
    }
    let (c, d) = (network(1, false, &[]), network(2, false, &[]));
    assert!(spearman(&c[0], &d[0]).abs() < CLOSE);
    // Also where the group overlaps with another.
    let e = network(3, true, &[correlation(&[1, 2], 0.3)]);
    for (x, y, rho) in [(&a[0], &e[0], 0.5), (&a[0], &e[1], 0.5), (&e[0], &e[1], 0.5), (&e[1], &e[2], 0.3), (&a[0], &e[2], 0.0)] {
        assert!((spearman(x, y) - rho).abs() < CLOSE, "{}", spearman(x, y));
    }
}
