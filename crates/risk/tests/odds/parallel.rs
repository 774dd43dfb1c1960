//! Work side by side: the later of all, and the chance of all by their dates.
use crate::{agree::*, days::Days, exact::Exact, plans::*};
use lantu_risk::*;
use lantu_schedule::{ActivityIx, Dialect};

fn rows() -> [(u32, Range); 4] {
    [(0, three(300, 480, 960)), (0, even(240, 900)), (0, skewed(600, 900)), (0, one_of(&[480, 60, 480, 1_200, 90]))]
}

#[test]
fn the_later_of_four() {
    for (seed, days) in [(11, Days::clock()), (12, Days::office()), (13, Days::nights())] {
        for dialect in [Dialect::MsProject, Dialect::P6] {
            let odds = odds(&model(dialect, &[&days], &rows()), seed);
            let later = rows().iter().map(|(_, range)| Exact::of(range)).reduce(|a, b| a.beside(&b)).unwrap();
            agree(&Dates::of(&later, |length| days.finish(0, length)), &odds.finish);
        }
    }
}

/// Independent work: the joint chance is the product; of work and its successor it is not.
#[test]
fn all_by_their_dates() {
    let days = Days::office();
    let odds = odds(&model(Dialect::P6, &[&days], &rows()), 14);
    let lengths = [600, 700, 650, 480];
    let nodes: Vec<_> = (0..).map(ActivityIx).map(Node::Activity).zip(lengths.map(|l| crate::days::date(days.finish(0, l)))).collect();
    let exact: f64 = rows().iter().zip(lengths).map(|((_, range), length)| Exact::of(range).by(length)).product();
    let found = odds.joint(&nodes).unwrap();
    assert!((found - exact).abs() < hoeffding(MANY as usize), "{found} {exact}");
}

/// A pair of activities, then one that waits for both: the later of two, and then the sum.
#[test]
fn a_merge_and_what_follows() {
    let days = Days::nights();
    let rows = [(0, three(300, 480, 960)), (0, skewed(600, 900)), (0, even(100, 500))];
    for dialect in [Dialect::MsProject, Dialect::P6] {
        let odds = odds(&model(dialect, &[&days], &rows).link(0, 2).link(1, 2), 15);
        let [a, b, c] = rows.each_ref().map(|(_, range)| Exact::of(range));
        agree(&Dates::of(&a.beside(&b).then(&c), |length| days.finish(0, length)), &odds.finish);
    }
}
