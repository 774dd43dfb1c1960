//! A risk that adds work makes nothing earlier, iteration by iteration and so in every quantile.
use crate::{
    networks::{BOTH, Dice},
    plans::*,
};
use lantu_calendar::Hours;
use lantu_risk::*;
use lantu_schedule::*;
use proptest::prelude::*;

fn a_risk(model: &RiskModel, number: usize, dice: &mut Dice) -> Risk {
    let impact = |dice: &mut Dice| {
        let activity = ActivityIx(dice.below(model.network.activities.len()) as u32);
        let hours = |n| Span::hours(n);
        let range = match dice.below(3) {
            0 => Range::Triangular { min: Span::ZERO, mode: hours(4), max: hours(90) },
            1 => Range::Uniform { min: hours(1), max: hours(30) },
            _ => Range::Lognormal { p50: hours(6), p90: hours(40) },
        };
        Impact { activity, range }
    };
    let impacts = (0..1 + dice.below(4)).map(|_| impact(dice)).filter(|i| model.network.activities[i.activity.at()].kind == Kind::Task);
    let impacts: Vec<Impact> = impacts.collect();
    Risk { id: format!("R{number}"), probability: dice.one_of(&[0.1, 0.5, 1.0]), impacts, shared: false }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_risk_makes_no_date_earlier(seed: u64, size in 2_usize..30, p6: bool, before in 0_usize..3) {
        let mut dice = Dice::new(seed);
        let mut model = model(&monotone(BOTH[usize::from(p6)]), size, seed);
        for number in 0..before {
            let risk = a_risk(&model, number, &mut dice);
            model.risks.push(risk);
        }
        let sampling = some(seed, 130);
        let without = odds(&model, &sampling);
        let risk = a_risk(&model, before, &mut dice);
        // Where it stands in the list makes no difference to the others' chances.
        model.risks.insert(dice.below(before + 1), risk);
        let with = odds(&model, &Sampling { risk_costs: true, ..sampling });
        for (a, b) in with.finish.dates().iter().zip(without.finish.dates()) {
            prop_assert!(a >= b, "{a} and without the risk {b}");
        }
        for (a, b) in with.milestones.iter().zip(&without.milestones) {
            prop_assert!(a.finish.dates().iter().zip(b.finish.dates()).all(|(a, b)| a >= b), "row {}", a.activity.0);
        }
        for p in [0.0, 0.1, 0.5, 0.8, 0.9, 1.0] {
            prop_assert!(with.finish.quantile(p) >= without.finish.quantile(p));
        }
        for cost in &with.risks {
            prop_assert!(![cost.mean, cost.p50, cost.p80, cost.p90].iter().any(|span| span.is_negative()), "{cost:?}");
        }
    }
}

/// The known anomaly: work that is held by its finish begins earlier the longer it takes, and who waits for its start with
/// it. So the property is of networks without such links.
#[test]
fn more_work_may_end_earlier_where_finishes_are_tied() {
    let office = Calendar::of(&lantu_calendar::CalendarSpec::daily(&Hours::all_day()));
    let options = |dialect| Options::new(dialect, "2026-03-02T00:00".parse().unwrap());
    let work = |uid, hours| Activity::task(uid, CalendarIx(0), Span::hours(hours));
    let tie = |a, b, kind| Link { predecessor: ActivityIx(a), successor: ActivityIx(b), kind, lag: Lag::NONE };
    for dialect in BOTH {
        let network = Network {
            options: options(dialect),
            calendars: vec![office.clone()],
            activities: vec![work(1, 40), work(2, 8), work(3, 40)],
            links: vec![tie(0, 1, LinkKind::FinishFinish), tie(1, 2, LinkKind::StartStart)],
        };
        let mut model = RiskModel { network, ranges: vec![], risks: vec![], correlations: vec![], weather: vec![], key: 0 };
        let plain = odds(&model, &some(1, 64));
        let impacts = vec![Impact { activity: ActivityIx(1), range: Range::Empirical { values: vec![Span::hours(16)] } }];
        model.risks.push(Risk { id: "more".into(), probability: 1.0, impacts, shared: false });
        let more = odds(&model, &Sampling { risk_costs: true, ..some(1, 64) });
        assert_eq!(plain.finish.quantile(0.5) - more.finish.quantile(0.5), Span::hours(16));
        assert_eq!(more.risks[0].p80, -Span::hours(16));
    }
}
