//! What is unsure about a random network: every sort of range, risk, correlation and weather.
use crate::{features::any_network, networks::Dice};
use lantu_risk::*;
use lantu_schedule::{Progress, *};

/// A model whose seed decides everything.
pub fn any_model(seed: u64) -> RiskModel {
    over(any_network(seed), &mut Dice::new(seed ^ 0xC4A_9CE5))
}

pub fn over(network: Network, dice: &mut Dice) -> RiskModel {
    let share = dice.one_of(&[100, 70, 20]);
    let mut model = RiskModel { network, ranges: vec![], risks: vec![], correlations: vec![], weather: vec![], key: dice.below(3) as u64 };
    for (at, a) in model.network.activities.iter().enumerate() {
        // A range of a row that has no length of its own is allowed, and seldom.
        if dice.happens(if varies(a) { share } else { 3 }) {
            let range = any_range(minutes(a.duration), dice);
            model.ranges.push(DurationRange { activity: ActivityIx(at as u32), range });
        }
    }
    if dice.happens(50) {
        model.risks = (0..1 + dice.below(4)).map(|number| any_risk(&model.network, number, dice)).collect();
    }
    if dice.happens(40) {
        correlations(&mut model, dice);
    }
    if dice.happens(20) {
        model.weather = weather(&model.network, dice);
    }
    model
}

fn varies(a: &Activity) -> bool {
    matches!(a.kind, Kind::Task | Kind::ResourceDependent) && a.duration.is_positive() && !matches!(a.progress(), Progress::Finished { .. })
}

fn minutes(span: Span) -> i64 {
    span.as_seconds() / 60
}

/// A range about what the plan says, seldom about something else.
fn any_range(planned: i64, dice: &mut Dice) -> Range {
    let planned = if dice.happens(90) { planned } else { 60 * dice.below(50) as i64 };
    let share = |percent: usize| Span::minutes(planned * percent as i64 / 100);
    let [low, high] = [dice.below(101), 100 + dice.below(150)];
    match dice.below(10) {
        0..4 => Range::Triangular { min: share(low), mode: share(100), max: share(high) },
        4 => Range::Triangular { min: share(low), mode: share(low), max: share(high) },
        5 => Range::Uniform { min: share(low), max: share(high) },
        6 => Range::Lognormal { p50: share(100).max(Span::minutes(1)), p90: share(high).max(Span::minutes(1)) },
        7 => Range::Triangular { min: share(100), mode: share(100), max: share(100) },
        _ => Range::Empirical { values: (0..1 + dice.below(5)).map(|_| share(dice.below(250))).collect() },
    }
}

fn any_risk(n: &Network, number: usize, dice: &mut Dice) -> Risk {
    let impact = |dice: &mut Dice| {
        let activity = ActivityIx(dice.below(n.activities.len()) as u32);
        let hours = Span::hours(dice.one_of(&[1, 8, 60]));
        let range = match dice.below(4) {
            0 => Range::Empirical { values: vec![hours] },
            1 => Range::Triangular { min: Span::ZERO, mode: hours, max: hours + hours },
            2 => Range::Uniform { min: -hours, max: hours },
            _ => Range::Empirical { values: vec![-hours, Span::ZERO, Span::hours(-2_000)] },
        };
        Impact { activity, range }
    };
    let impacts = (0..1 + dice.below(4)).map(|_| impact(dice)).collect();
    Risk { id: format!("R{number}"), probability: dice.one_of(&[0.0, 0.1, 0.5, 1.0]), impacts, shared: dice.happens(20) }
}

/// Groups that have no activity in common, and one that two groups share with the same coefficient.
fn correlations(model: &mut RiskModel, dice: &mut Dice) {
    let mut rows: Vec<ActivityIx> = (0..model.network.activities.len() as u32).map(ActivityIx).collect();
    dice.shuffle(&mut rows);
    let groups = rows.chunks(2 + dice.below(4)).filter(|group| group.len() > 1).take(3);
    for (number, group) in groups.enumerate() {
        let shared = dice.happens(20);
        let rho = if shared { dice.one_of(&[0.0, 0.7]) } else { dice.one_of(&[-0.9, -0.3, 0.0, 0.5, 0.9, 1.0]) };
        model.correlations.push(Correlation { id: format!("C{number}"), activities: group.to_vec(), rho, shared });
    }
    if let [first, second, ..] = &model.correlations[..]
        && dice.happens(30)
    {
        let (rho, activities) = (first.rho, vec![first.activities[0], second.activities[0]]);
        model.correlations.push(Correlation { id: "over".into(), activities, rho, shared: false });
    }
}

fn weather(n: &Network, dice: &mut Dice) -> Vec<Weather> {
    let calendar = CalendarIx(dice.below(n.calendars.len()) as u32);
    let mut lost = [0.0; 12];
    lost.iter_mut().for_each(|chance| *chance = dice.one_of(&[0.0, 0.05, 0.3, 0.9]));
    vec![Weather { id: "rain".into(), calendar, lost }]
}
