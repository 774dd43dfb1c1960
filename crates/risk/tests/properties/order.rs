//! The order of rows, of lists and of iterations makes no difference.
use crate::{
    networks::{BOTH, Dice, Recipe},
    plans::*,
};
use lantu_risk::*;
use lantu_schedule::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The same model with its rows, links and ranges in another order.
fn shuffled(model: &RiskModel, dice: &mut Dice) -> RiskModel {
    let n = &model.network;
    let mut order: Vec<usize> = (0..n.activities.len()).collect();
    dice.shuffle(&mut order);
    let mut place = vec![ActivityIx(0); order.len()];
    (0..).zip(&order).for_each(|(new, old)| place[*old] = ActivityIx(new));
    let moved = |at: ActivityIx| place[at.at()];
    let mut activities: Vec<Activity> = order.iter().map(|old| n.activities[*old].clone()).collect();
    activities.iter_mut().for_each(|a| a.parent = a.parent.map(moved));
    let mut links = n.links.clone();
    links.iter_mut().for_each(|l| (l.predecessor, l.successor) = (moved(l.predecessor), moved(l.successor)));
    dice.shuffle(&mut links);
    let mut ranges = model.ranges.clone();
    ranges.iter_mut().for_each(|range| range.activity = moved(range.activity));
    dice.shuffle(&mut ranges);
    let mut risks = model.risks.clone();
    risks.iter_mut().flat_map(|risk| &mut risk.impacts).for_each(|impact| impact.activity = moved(impact.activity));
    dice.shuffle(&mut risks);
    let mut correlations = model.correlations.clone();
    correlations.iter_mut().flat_map(|group| &mut group.activities).for_each(|at| *at = moved(*at));
    RiskModel { network: Network { activities, links, ..n.clone() }, ranges, risks, correlations, ..model.clone() }
}

fn with_causes(mut model: RiskModel, dice: &mut Dice) -> RiskModel {
    let rows = model.network.activities.len();
    for number in 0..3 {
        let range = Range::Uniform { min: Span::ZERO, max: Span::hours(30) };
        let impacts = (0..2).map(|_| Impact { activity: ActivityIx(dice.below(rows) as u32), range: range.clone() });
        let impacts = impacts.filter(|i| model.network.activities[i.activity.at()].kind == Kind::Task).collect();
        model.risks.push(Risk { id: format!("R{number}"), probability: 0.5, impacts, shared: false });
    }
    if rows > 3 {
        let activities = (0..3).map(ActivityIx).collect();
        model.correlations.push(Correlation { id: "group".into(), activities, rho: 0.6, shared: false });
    }
    model
}

/// By uid and whether it is a summary, which may have the uid of another row.
fn by_uid(model: &RiskModel, odds: &Odds) -> BTreeMap<(bool, i64), (Vec<Instant>, f64)> {
    let rows = model.network.activities.iter().zip(odds.milestones.iter().zip(&odds.activities));
    rows.map(|(a, (m, s))| ((a.is_summary(), a.uid), (m.finish.dates().to_vec(), s.criticality))).collect()
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn rows_and_lists_in_any_order(seed: u64, size in 2_usize..30, p6: bool) {
        let mut dice = Dice::new(seed);
        let model = with_causes(model(&Recipe::full(BOTH[usize::from(p6)]), size, seed), &mut dice);
        let other = shuffled(&model, &mut dice);
        let sampling = Sampling { sensitivity: true, ..some(seed, 70) };
        let (one, two) = (odds(&model, &sampling), odds(&other, &sampling));
        prop_assert_eq!(one.finish.dates(), two.finish.dates());
        prop_assert_eq!(by_uid(&model, &one), by_uid(&other, &two));
    }

    /// Fewer iterations are the first of more, whether they were asked for or enough.
    #[test]
    fn fewer_iterations_are_the_first_of_more(seed: u64, size in 2_usize..15, few in 1_u32..200, hours in 1_i64..60) {
        let model = model(&monotone(Dialect::MsProject), size, seed);
        let many = odds(&model, &some(seed, 600));
        let some_of = odds(&model, &some(seed, few));
        prop_assert_eq!(some_of.finish.dates(), &many.finish.dates()[..few as usize]);
        let until = Some(Convergence { within: Span::hours(hours), at_least: few });
        let enough = odds(&model, &Sampling { until, threads: 2, ..some(seed, 600) });
        let count = enough.iterations as usize;
        prop_assert_eq!(enough.finish.dates(), &many.finish.dates()[..count]);
        prop_assert!(enough.converged || count == 600);
        prop_assert!(count >= few as usize);
    }

    /// A seed is a seed: the same again, and another one is another answer.
    #[test]
    fn seeds_and_keys_tell_chances_apart(seed: u64) {
        let mut model = model(&monotone(Dialect::P6), 12, 3);
        let first = odds(&model, &some(seed, 64));
        prop_assert!(first == odds(&model, &some(seed, 64)));
        prop_assert!(first.finish != odds(&model, &some(seed.wrapping_add(1), 64)).finish);
        model.key = 1;
        prop_assert!(first.finish != odds(&model, &some(seed, 64)).finish);
    }
}
