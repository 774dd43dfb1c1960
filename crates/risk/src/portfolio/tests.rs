//! Portfolios of small models.
use crate::sketch::{risk, two_chains, uniform};
use crate::*;
use lantu_calendar::{Instant, Span};
use lantu_schedule::{ActivityIx, CalendarIx};
use std::ops::ControlFlow;

fn go(members: &[Member<'_>], sampling: PortfolioSampling) -> PortfolioOdds {
    simulate_portfolio(members, &sampling, &mut |_| ControlFlow::Continue(())).unwrap()
}

fn sampling(iterations: u32) -> PortfolioSampling {
    PortfolioSampling { iterations, threads: 2, ..PortfolioSampling::default() }
}

/// So many models, each with its own key and a risk on its last activity.
fn models(count: u64, probability: f64, shared: bool) -> Vec<RiskModel> {
    let with_risk = |key| RiskModel { risks: vec![risk("policy", probability, 5, 1_000, shared)], ..two_chains(key) };
    (0..count).map(with_risk).collect()
}

/// Each by a date of its own, about in the middle of what may be.
fn members(models: &[RiskModel]) -> Vec<Member<'_>> {
    (70..).zip(models).map(|(hours, model)| Member { model, milestone: None, by: at(hours) }).collect()
}

fn at(hours: i64) -> Instant {
    "2026-03-02".parse::<Instant>().unwrap() + Span::hours(hours)
}

#[test]
fn a_member_has_the_odds_of_its_own_simulation() {
    let models = models(3, 0.2, true);
    let mut members = members(&models);
    members.push(Member { milestone: Some(ActivityIx(4)), ..members[0] });
    let odds = go(&members, sampling(777));
    for (member, found) in members.iter().zip(&odds.members) {
        let watch = vec![ActivityIx(4)];
        let alone = simulate(member.model, &Sampling { iterations: 777, watch, ..Sampling::default() }, &mut |_| ControlFlow::Continue(()))
            .unwrap();
        let (dates, planned) = match member.milestone {
            Some(_) => (&alone.milestones[0].finish, alone.milestones[0].planned),
            None => (&alone.finish, alone.planned_finish),
        };
        assert_eq!((found.chance, found.planned), (dates.chance_by(member.by), planned));
        assert_eq!([found.p10, found.p50, found.p80, found.p90], [0.1, 0.5, 0.8, 0.9].map(|p| dates.quantile(p)));
    }
    let chances: f64 = odds.members.iter().map(|member| member.chance).sum();
    assert!((odds.expected() - chances).abs() < 1e-9);
}

#[test]
fn threads_do_not_decide_the_answer_and_seeds_do() {
    let models = models(10, 0.2, true);
    let members = members(&models);
    let alone = go(&members, PortfolioSampling { threads: 1, ..sampling(500) });
    for threads in [2, 3, 7] {
        assert_eq!(go(&members, PortfolioSampling { threads, ..sampling(500) }), alone);
    }
    for kernel in [Kernel::Portable, Kernel::Exact] {
        assert_eq!(go(&members, PortfolioSampling { kernel, ..sampling(500) }), alone, "{kernel:?}");
    }
    assert_ne!(go(&members, PortfolioSampling { seed: 2, ..sampling(500) }).counts, alone.counts);
}

/// The largest distance of the count's distribution from the Poisson-binomial one of the members' chances, in standard
/// errors of the share in which it shows.
fn distance(odds: &PortfolioOdds) -> f64 {
    let mut exact = vec![1.0];
    for p in odds.members.iter().map(|member| member.chance) {
        let with = exact.iter().map(|before| before * p).collect::<Vec<_>>();
        exact = exact.iter().map(|before| before * (1.0 - p)).chain([0.0]).collect();
        exact.iter_mut().skip(1).zip(with).for_each(|(exact, with)| *exact += with);
    }
    let (mut found, mut wanted, mut most) = (0.0, 0.0, 0.0_f64);
    for (&count, exact) in odds.counts.iter().zip(exact) {
        found += f64::from(count) / f64::from(odds.iterations);
        wanted += exact;
        let error = (wanted * (1.0 - wanted) / f64::from(odds.iterations)).max(1e-12).sqrt();
        if (0.001..0.999).contains(&wanted) {
            most = most.max((found - wanted).abs() / error);
        }
    }
    most
}

#[test]
fn members_with_nothing_in_common_are_poisson_binomial() {
    let own = models(20, 0.2, false);
    let near = distance(&go(&members(&own), sampling(20_000)));
    assert!(near < 4.0, "{near} standard errors");
    // The same with a cause in common is far from it: the test can fail.
    let shared = models(20, 0.2, true);
    let far = distance(&go(&members(&shared), sampling(20_000)));
    assert!(far > 20.0, "{far} standard errors");
}

#[test]
fn what_delays_all_delays_all() {
    let models = models(12, 0.25, true);
    let members = members(&models);
    let odds = go(&members, sampling(10_000));
    let none = f64::from(odds.counts[0]) / 10_000.0;
    // When the policy changes, none is done; four standard errors of 0.25 are 0.018.
    assert!(none >= 0.25 - 0.018, "{none}");
    let Some(late) = odds.most_often_late() else { panic!("none is late") };
    assert!(odds.members.iter().all(|member| member.chance >= odds.members[late].chance));
    assert!(odds.quantile(0.1) == 0 && odds.quantile(0.9) > 3);
}

#[test]
fn members_that_move_together_have_a_wider_count() {
    let spread = |rho: f64| {
        let with = |model: RiskModel| {
            let activities = (0..6).map(ActivityIx).collect();
            RiskModel { correlations: vec![Correlation { id: "contractor".into(), activities, rho, shared: true }], ..model }
        };
        let models: Vec<_> = (0..20).map(two_chains).map(with).collect();
        let members: Vec<_> = models.iter().map(|model| Member { model, milestone: None, by: at(82) }).collect();
        let odds = go(&members, sampling(4_000));
        odds.quantile(0.9) - odds.quantile(0.1)
    };
    // On their own about 20 members at a half: 2.56 × √5 is 6 members. Moving together much wider.
    assert!(spread(0.0) <= 7 && spread(0.8) > 10, "{} {}", spread(0.0), spread(0.8));
}

/// Networks whose work never varies but for the weather: of one name it is the same for all, of several each has its own.
#[test]
fn weather_of_one_name_is_the_same_for_all() {
    let count = |name: &dyn Fn(u64) -> String| {
        let with = |key| {
            let weather = vec![Weather { id: name(key), calendar: CalendarIx(0), lost: [0.4; 12] }];
            RiskModel { ranges: vec![], weather, ..two_chains(key) }
        };
        let models: Vec<_> = (0..8).map(with).collect();
        let members: Vec<_> = models.iter().map(|model| Member { model, milestone: None, by: at(120) }).collect();
        go(&members, sampling(1_000))
    };
    let shared = count(&|_| "site".into());
    assert!(shared.counts[0] > 0 && shared.counts[8] > 0 && shared.counts[1..8].iter().all(|&count| count == 0), "{:?}", shared.counts);
    let own = count(&|key| format!("site {key}"));
    assert!(own.counts[2..7].iter().all(|&count| count > 0), "{:?}", own.counts);
}

#[test]
fn what_is_impossible_is_listed_by_member() {
    let mut models = models(4, 0.2, true);
    models[1].ranges[0].range = uniform(9, 6);
    models[3].risks[0].probability = -1.0;
    models[2].key = 0;
    let mut members = members(&models);
    members[0].milestone = Some(ActivityIx(99));
    let wrong = PortfolioSampling { iterations: 0, ..sampling(1) };
    let Err(PortfolioStopped::Refused(problems)) = simulate_portfolio(&members, &wrong, &mut |_| ControlFlow::Continue(())) else {
        panic!("not refused")
    };
    let listed: Vec<_> = problems.iter().map(|p| (p.member, p.problem.code)).collect();
    let expected = [
        (None, "iterations_out_of_range"),
        (Some(0), "unknown_activity"),
        (Some(1), "range_out_of_order"),
        (Some(2), "duplicate_key"),
        (Some(3), "probability_out_of_range"),
    ];
    assert_eq!(listed, expected);
    assert!(problems[2].say(lantu_schedule::Tongue::Chinese).starts_with("第 2 个网络：工作 1 的工期区间"));
    assert!(problems[2].to_string().starts_with("range_out_of_order (range of activity 1): Network 2: The range"));
}

#[test]
fn notes_name_their_member() {
    let mut models = models(3, 0.2, true);
    models[1].risks[0].impacts.clear();
    let notes: Vec<_> = go(&members(&models), sampling(10)).notes.into_iter().map(|n| (n.member, n.note.code, n.note.place)).collect();
    assert_eq!(notes, [(1, "risk_without_impact", "risk policy".to_owned())]);
}

#[test]
fn it_is_broken_off() {
    let models = models(5, 0.2, true);
    let stopped = simulate_portfolio(&members(&models), &sampling(1_000), &mut |_| ControlFlow::Break(()));
    assert_eq!(stopped, Err(PortfolioStopped::Cancelled));
}
