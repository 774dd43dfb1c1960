//! Risks that strike or do not, and what they cost.
use crate::{agree::*, days::Days, exact::Exact, plans::*};
use lantu_risk::*;
use lantu_schedule::Dialect;

fn chain(days: &Days, dialect: Dialect) -> RiskModel {
    model(dialect, &[days], &[(0, three(300, 480, 960)), (0, even(240, 900))]).chain()
}

fn plain() -> Exact {
    Exact::of(&three(300, 480, 960)).then(&Exact::of(&even(240, 900)))
}

/// One event, two impacts drawn each on its own; and another that hits the first work alone.
#[test]
fn two_risks_over_a_chain() {
    let late = [(0, three(60, 480, 1_440)), (1, one_of(&[120, 900]))];
    let added = Exact::of(&late[0].1).then(&Exact::of(&late[1].1)).perhaps(0.3);
    let other = Exact::of(&even(30, 90)).perhaps(0.05);
    for (seed, days) in [(51, Days::office()), (52, Days::nights())] {
        for dialect in [Dialect::MsProject, Dialect::P6] {
            let model = chain(&days, dialect).risk(0.3, &late).risk(0.05, &[(0, even(30, 90))]);
            let exact = plain().then(&added).then(&other);
            agree(&Dates::of(&exact, |length| days.finish(0, length)), &odds(&model, seed).finish);
        }
    }
}

/// Chances that come together can take no more than all of the work.
#[test]
fn opportunities_stop_at_nothing() {
    let mut model = model(Dialect::P6, &[&Days::clock()], &[(0, one_of(&[480]))]);
    model.ranges.clear();
    let model = model.risk(0.4, &[(0, one_of(&[-200]))]).risk(0.5, &[(0, one_of(&[-400]))]).risk(0.2, &[(0, one_of(&[30]))]);
    let all = [(-200, 0.4), (-400, 0.5), (30, 0.2)].map(|(at, chance)| Exact::certain(at).perhaps(chance));
    let lengths = all.iter().fold(Exact::certain(480), |sum, one| sum.then(one)).changed(|length| length.max(0));
    agree(&Dates::of(&lengths, |length| length), &odds(&model, 53).finish);
}

/// What a risk costs is the difference of two distributions that are both known.
#[test]
fn what_risks_cost() {
    let days = Days::clock();
    let impacts = [(0, three(60, 480, 1_440)), (1, one_of(&[120, 900]))];
    let added = Exact::of(&impacts[0].1).then(&Exact::of(&impacts[1].1));
    let model = chain(&days, Dialect::MsProject).risk(0.3, &impacts).risk(1.0, &[(0, one_of(&[60]))]).risk(0.0, &[(1, even(1, 9))]);
    let sampling = Sampling { seed: 54, iterations: MANY, risk_costs: true, ..Sampling::default() };
    let odds = odds_of(&model, sampling);
    let shifted = plain().changed(|length| length + 60);
    let (with, without) = (shifted.then(&added.perhaps(0.3)), shifted.clone());
    let first = odds.risks[0];
    assert!((first.struck - 0.3).abs() < hoeffding(MANY as usize));
    let (exact, deviation) = (0.3 * added.mean(), added.perhaps(0.3).deviation());
    let error = 5.0 * deviation / f64::from(MANY).sqrt() + 1.0 / 60.0;
    assert!((first.mean.as_minutes() - exact).abs() < error, "{} and not {exact}", first.mean.as_minutes());
    let [with, without] = [&with, &without].map(|lengths| Dates::of(lengths, |length| length));
    let error = dkw(MANY as usize);
    for (p, found) in [(0.5, first.p50), (0.8, first.p80), (0.9, first.p90)] {
        let least = with.quantile(p - error) - without.quantile(p + error);
        let most = with.quantile(p + error) - without.quantile(p - error);
        assert!((least..=most).contains(&found), "P{p}: {found:?}, not from {least:?} to {most:?}");
        assert!(found.is_positive());
    }
    let sure = odds.risks[1];
    assert_eq!((sure.struck, sure.mean, sure.p50, sure.p90), (1.0, mins(60), mins(60), mins(60)));
    let never = odds.risks[2];
    assert_eq!((never.struck, never.mean, never.p50, never.p90), (0.0, mins(0), mins(0), mins(0)));
}
