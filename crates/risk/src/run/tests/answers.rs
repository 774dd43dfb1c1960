//! Whole simulations of small models.
use crate::sketch::{risk, two_chains, uniform};
use crate::*;
use lantu_calendar::{Instant, Span};
use lantu_schedule::ActivityIx;
use std::ops::ControlFlow;

fn go(model: &RiskModel, sampling: &Sampling) -> Odds {
    simulate(model, sampling, &mut |_| ControlFlow::Continue(())).unwrap()
}

/// Everything asked for.
fn all() -> Sampling {
    let watch = vec![ActivityIx(2), ActivityIx(4)];
    Sampling { iterations: 1_000, watch, sensitivity: true, risk_costs: true, ..Sampling::default() }
}

fn risky() -> RiskModel {
    let mut model = two_chains(7);
    model.risks = vec![risk("strike", 0.3, 5, 50, false), risk("never", 0.0, 5, 50, false), risk("boon", 0.5, 5, -5, false)];
    model
}

#[test]
fn threads_and_kernels_do_not_decide_the_answer_and_seeds_do() {
    let model = risky();
    let alone = go(&model, &all());
    for threads in [0, 2, 3, 7] {
        assert_eq!(go(&model, &Sampling { threads, ..all() }), alone, "{threads} threads");
    }
    for kernel in [Kernel::Portable, Kernel::Exact] {
        assert_eq!(go(&model, &Sampling { kernel, threads: 2, ..all() }), alone, "{kernel:?}");
    }
    let other = go(&model, &Sampling { seed: 2, ..all() });
    assert!(other.finish != alone.finish && other.activities != alone.activities);
}

#[test]
fn fewer_iterations_are_the_first_of_more() {
    let model = risky();
    let more = go(&model, &Sampling { iterations: 999, ..all() });
    for iterations in [1, 63, 64, 65, 130] {
        let odds = go(&model, &Sampling { iterations, ..all() });
        let n = iterations as usize;
        assert_eq!((odds.iterations, odds.finish.dates()), (iterations, &more.finish.dates()[..n]));
        assert_eq!(odds.milestones[1].finish.dates(), &more.milestones[1].finish.dates()[..n]);
        assert!(odds.activities.iter().all(|a| (0.0..=1.0).contains(&a.criticality)));
        assert_eq!(odds.activities[5].criticality, 1.0, "all goes through the last");
    }
}

#[test]
fn the_plan_is_said_beside_the_odds() {
    let odds = go(&risky(), &all());
    let at = |hours| "2026-03-02".parse::<Instant>().unwrap() + Span::hours(hours);
    assert_eq!(odds.planned_finish, at(80));
    assert_eq!(
        odds.milestones.iter().map(|m| (m.activity, m.planned)).collect::<Vec<_>>(),
        [(ActivityIx(2), at(60)), (ActivityIx(4), at(40))]
    );
    assert_eq!(odds.finish.histogram(10).iter().map(|bin| bin.count).sum::<u32>(), 1_000);
    // 15 hours of strike and 2.5 of the boon on 80 hours or a bit more; four standard errors of about 30 hours are 4.
    let mean = (odds.finish.mean() - at(0)).as_minutes() / 60.0;
    assert!((90.0..98.0).contains(&mean), "{mean}");
}

#[test]
fn durations_and_their_weight_are_those_of_the_ranges() {
    let odds = go(&two_chains(7), &Sampling { iterations: 10_000, ..all() });
    for activity in &odds.activities {
        // Uniform on 20 hours: deviation 5.77; four standard errors of the mean are 0.23, of the deviation 0.11.
        assert!((activity.mean.as_minutes() / 60.0 - 20.0).abs() < 0.24);
        assert!((activity.deviation.as_minutes() / 60.0 - 20.0 / 12.0_f64.sqrt()).abs() < 0.12);
    }
    // The chain of three decides nearly always; the finish has √4 times one deviation then, and the slope is near 1.
    let [first, third, other, last] = [0, 2, 3, 5].map(|at| odds.activities[at]);
    assert!(first.criticality == third.criticality && (first.criticality + other.criticality - 1.0).abs() < 0.01);
    assert!((last.sensitivity - 0.5).abs() < 0.05 && (last.swing.as_minutes() / 60.0 - 2.563 * 5.77).abs() < 1.0);
    assert!(other.sensitivity < 0.2 && other.swing < first.swing);
    assert_eq!(odds.tornado()[0].0, ActivityIx(5));
}

#[test]
fn all_together_is_no_likelier_than_each() {
    let odds = go(&risky(), &all());
    let by = |node, p| (node, odds.of(node).unwrap().quantile(p));
    let nodes = [by(Node::Finish, 0.7), by(Node::Activity(ActivityIx(2)), 0.6), by(Node::Activity(ActivityIx(4)), 0.8)];
    let joint = odds.joint(&nodes).unwrap();
    let chances = nodes.map(|(node, date)| odds.of(node).unwrap().chance_by(date));
    assert!(chances.iter().all(|&chance| joint <= chance) && joint > chances.iter().product::<f64>(), "{joint} {chances:?}");
    assert_eq!(odds.joint(&[(Node::Activity(ActivityIx(0)), odds.planned_finish)]), None);
}

#[test]
fn risks_cost_what_they_add() {
    let odds = go(&risky(), &Sampling { iterations: 5_000, ..all() });
    let [strike, never, boon] = odds.risks[..] else { panic!("three risks") };
    assert_eq!(never, RiskCost { struck: 0.0, mean: Span::ZERO, p50: Span::ZERO, p80: Span::ZERO, p90: Span::ZERO });
    // On the last activity a strike costs its 50 hours whenever it strikes, just so; four standard errors of 0.3 are 0.026.
    assert!((strike.struck - 0.3).abs() < 0.026);
    assert!((strike.mean.as_seconds() as f64 - strike.struck * 50.0 * 3_600.0).abs() <= 1.0);
    assert!(strike.p50.is_positive() && strike.p90 > strike.p50);
    assert!((boon.mean.as_seconds() as f64 + boon.struck * 5.0 * 3_600.0).abs() <= 1.0 && boon.p80.is_negative());
}

#[test]
fn it_converges_or_reaches_the_limit() {
    let until = |hours| Some(Convergence { within: Span::hours(hours), at_least: 200 });
    let soon = go(&risky(), &Sampling { iterations: 100_000, until: until(8), ..all() });
    let (low, high) = soon.finish.interval_of_quantile(0.8).unwrap();
    assert!(soon.converged && (200..100_000).contains(&soon.iterations) && high - low <= Span::hours(8));
    assert_eq!(soon.risks.len(), 3);
    let limited = go(&risky(), &Sampling { until: until(0), ..all() });
    assert_eq!((limited.converged, limited.iterations), (false, 1_000));
    assert_eq!(limited.finish, go(&risky(), &all()).finish);
}

#[test]
fn it_tells_how_far_it_is_and_is_broken_off() {
    let mut heard = vec![];
    simulate(&risky(), &all(), &mut |progress| {
        heard.push(progress);
        ControlFlow::Continue(())
    })
    .unwrap();
    let last = heard.last().unwrap();
    assert_eq!(last.done, last.of);
    assert!(heard.windows(2).all(|pair| pair[0].done <= pair[1].done) && heard.iter().all(|p| p.done <= p.of));
    let stopped = simulate(&risky(), &all(), &mut |_| ControlFlow::Break(()));
    assert_eq!(stopped, Err(Stopped::Cancelled));
}

#[test]
fn what_is_impossible_is_refused_all_at_once() {
    let mut model = risky();
    model.ranges[1].range = uniform(9, 6);
    model.risks[0].probability = 1.5;
    let sampling = Sampling { iterations: 0, watch: vec![ActivityIx(0), ActivityIx(6)], ..Sampling::default() };
    let Err(Stopped::Refused(problems)) = simulate(&model, &sampling, &mut |_| ControlFlow::Continue(())) else { panic!("not refused") };
    let codes: Vec<_> = problems.iter().map(|p| (p.code, p.place.as_str())).collect();
    let expected = [
        ("range_out_of_order", "range of activity 2"),
        ("probability_out_of_range", "risk strike"),
        ("unknown_activity", "watch 2"),
        ("iterations_out_of_range", "sampling"),
    ];
    assert_eq!(codes, expected);
    let mut model = two_chains(0);
    model.network.links.push(lantu_schedule::Link { predecessor: ActivityIx(5), successor: ActivityIx(0), ..model.network.links[0] });
    let Err(Stopped::Refused(problems)) = simulate(&model, &all(), &mut |_| ControlFlow::Continue(())) else { panic!("not refused") };
    assert_eq!(problems[0].code, "cycle");
}
