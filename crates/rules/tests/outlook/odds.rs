//! How sure dates are, what is learned from records, and what boards keep.
use super::{
    MONDAY,
    plans::{COUNTY, activity, planned, project},
};
use jiff::civil::Date;
use lantu_model::{Milestone, Plan, Project, period::Period, plan::Applied};
use lantu_rules::{
    outlook::{Elsewhere, History, Learned, Odds, Outlook, Sight, forecast_row, stamp},
    pattern::steps,
};
use std::sync::LazyLock;

static NOWHERE: LazyLock<Elsewhere> = LazyLock::new(Elsewhere::new);

fn sight(today: Date) -> Sight<'static> {
    Sight { pack: &COUNTY, today, elsewhere: &NOWHERE }
}

fn factory() -> Project {
    let mut project = planned(&steps(COUNTY.pattern("MFG").unwrap(), &Default::default(), &[]), MONDAY);
    project.start_planned = Some(Period::day(jiff::civil::date(2026, 6, 30)));
    project
}

fn draw(history: &History) -> Odds<'_> {
    Odds::Draw { iterations: 1_000, seed: 7, history }
}

#[test]
fn a_factorys_odds_lie_around_its_dates() {
    let none = History::default();
    let (outlook, lines) = Outlook::with_line_odds(&factory(), &sight(MONDAY), draw(&none)).unwrap().unwrap();
    let start = &outlook.milestones[0];
    let odds = start.odds.unwrap();
    assert!(odds.p10 <= odds.p50 && odds.p50 <= odds.p80 && odds.p80 <= odds.p90, "{odds:?}");
    assert!(odds.p10 < start.due.unwrap() && start.expected < odds.p50, "what runs side by side is late more often: {start:?}");
    assert!((1..9_999).contains(&odds.in_time.unwrap()));
    assert_eq!(lines.len(), outlook.lines.len());
    let longest = outlook.lines.iter().zip(&lines).filter(|(line, _)| line.total_float == 0);
    assert!(longest.clone().all(|(_, odds)| odds.unwrap().criticality > 0));
    assert!(longest.clone().any(|(_, odds)| odds.unwrap().criticality > 9_000));
    // The row says the same, and the same again.
    let row = forecast_row(&factory(), &sight(MONDAY), draw(&none)).unwrap();
    assert_eq!(row.ahead, outlook.milestones);
    assert_eq!((row.stamp, row.finishes.len()), (stamp(&COUNTY), outlook.lines.len()));
    assert!(forecast_row(&factory(), &sight(MONDAY), Odds::None).unwrap().ahead.iter().all(|a| a.odds.is_none()));
}

#[test]
fn what_is_done_does_not_vary() {
    let mut project = factory();
    for activity in project.plan.as_mut().unwrap().activities.values_mut() {
        activity.formality = vec![];
        activity.progress.finished = Some(MONDAY);
    }
    let none = History::default();
    let (outlook, lines) = Outlook::with_line_odds(&project, &sight(MONDAY), draw(&none)).unwrap().unwrap();
    assert!(lines.iter().all(Option::is_none) && outlook.milestones.iter().all(|a| a.odds.is_none() && a.done == Some(MONDAY)));
}

/// One step of ten days that took twenty, of a pattern.
fn recorded(done: bool) -> Project {
    let mut plan = Plan::from_day(MONDAY);
    plan.applied = Some(Applied { pattern: "MFG".to_owned(), pack: String::new(), on: MONDAY });
    let mut step = activity(0, 10, "");
    (step.department, step.clock) = (vec!["nr".to_owned()], lantu_model::plan::Clock::Government);
    if done {
        step.progress.started = Some(COUNTY.calendar().add_working_days(MONDAY, 1));
        step.progress.finished = Some(COUNTY.calendar().add_working_days(MONDAY, 20));
    }
    plan.activities.insert("A03".to_owned(), step);
    project(plan)
}

#[test]
fn records_move_a_range_the_more_of_them_there_are() {
    let range = |n: usize| {
        let done = vec![recorded(true); n];
        let history = History::of(&done.iter().collect::<Vec<_>>(), &COUNTY);
        let open = recorded(false).plan.unwrap();
        history.range(&open, "A03", &open.activities["A03"], &COUNTY).unwrap()
    };
    assert_eq!(range(0), Learned { min: 80, mode: 100, max: 160, samples: 0 });
    assert_eq!(range(1), Learned { min: 100, mode: 116, max: 166, samples: 1 });
    assert_eq!(range(5), Learned { min: 140, mode: 150, max: 180, samples: 5 });
    assert_eq!(range(95), Learned { min: 194, mode: 195, max: 198, samples: 95 });
    let mut elsewhere = recorded(true);
    elsewhere.plan.as_mut().unwrap().activities.get_mut("A03").unwrap().department = vec!["drb".to_owned()];
    let history = History::of(&[&elsewhere], &COUNTY);
    let open = recorded(false).plan.unwrap();
    assert_eq!(history.samples(&open, "A03", &open.activities["A03"]), 0, "another department's days");
}

#[test]
fn of_work_begun_only_what_is_left_varies() {
    let width = |begun: bool| {
        let mut plan = Plan::from_day(MONDAY);
        let mut work = activity(0, 40, "");
        (work.clock, work.milestone) = (lantu_model::plan::Clock::Contractor, vec![Milestone::Completion]);
        work.progress.started = begun.then_some(MONDAY.tomorrow().unwrap());
        plan.activities.insert("W".to_owned(), work);
        let today = COUNTY.calendar().add_working_days(MONDAY, if begun { 31 } else { 0 });
        let outlook = Outlook::with_odds(&project(plan), &sight(today), draw(&History::default())).unwrap().unwrap();
        let odds = outlook.milestones[0].odds.unwrap();
        (odds.p90 - odds.p10).get_days()
    };
    assert!(width(true) * 2 < width(false));
}
