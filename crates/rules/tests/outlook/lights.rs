//! Promises, lights, whose move it is, and why.
use super::{
    MONDAY,
    plans::{COUNTY, activity, any_project, project},
};
use jiff::{ToSpan, civil::Date};
use lantu_model::{
    Formality, FormalityState, Light, Milestone, MoverOf, Plan, Project,
    formality::{Pause, PauseKind},
    period::Period,
    plan::{Baseline, BaselineDates, Clock, Name},
};
use lantu_rules::outlook::{Cause, CauseOf, Elsewhere, Lateness, Outlook, Sight, State, Win};
use proptest::prelude::*;
use std::sync::LazyLock;

static NOWHERE: LazyLock<Elsewhere> = LazyLock::new(Elsewhere::new);

fn see(project: &Project, today: Date) -> Outlook {
    Outlook::of(project, &Sight { pack: &COUNTY, today, elsewhere: &NOWHERE }).unwrap().unwrap()
}

fn wd(n: i64) -> Date {
    COUNTY.calendar().add_working_days(MONDAY, n)
}

/// A: 10 days of the owner. B: a permit of 20 days by `nr` after it. D: 25 days of a designer beside both. C: the start.
fn start_of_works() -> Project {
    let mut plan = Plan::from_day(MONDAY);
    let mut permit = activity(1, 20, "A");
    (permit.clock, permit.department, permit.formality) = (Clock::Government, vec!["nr".to_owned()], vec!["land_planning".to_owned()]);
    let mut start = activity(3, 0, "B;D");
    (start.clock, start.milestone) = (Clock::Milestone, vec![Milestone::Start]);
    for (id, step) in [("A", activity(0, 10, "")), ("B", permit), ("D", activity(2, 25, "")), ("C", start)] {
        plan.activities.insert(id.to_owned(), step);
    }
    let mut project = project(plan);
    project.start_planned = Some(Period::day(wd(30)));
    project
}

fn done(project: &mut Project, id: &str, day: Date) {
    project.plan.as_mut().unwrap().activities.get_mut(id).unwrap().progress.finished = Some(day);
}

fn accepted(project: &mut Project, day: Date) {
    let mut row = Formality::new("land_planning", FormalityState::Applied);
    row.applied = Some(Period::day(day));
    project.formalities = vec![row];
}

#[test]
fn a_promise_its_light_and_who_holds_it() {
    let mut project = start_of_works();
    let start = |p: &Project, today| see(p, today).milestones.remove(0);
    let on_the_day = start(&project, MONDAY);
    assert_eq!((on_the_day.expected, on_the_day.light, on_the_day.since, on_the_day.days_late), (wd(30), Light::Green, None, Some(0)));
    let blocking = on_the_day.blocking.unwrap();
    assert_eq!((blocking.activity.as_str(), blocking.mover, blocking.days_lost), ("A", MoverOf::Owner, 0));
    // Nobody did anything for five days: from the second on the start is late.
    let five = start(&project, wd(6));
    assert_eq!((five.expected, five.light, five.since), (wd(35), Light::Amber, Some(wd(2))));
    let blocking = five.blocking.unwrap();
    assert_eq!((blocking.days_lost, blocking.since), (5, Some(wd(1))));
    // Done in time after all, accepted three days late, then paused for correction.
    done(&mut project, "A", wd(10));
    project.plan.as_mut().unwrap().activities.get_mut("D").unwrap().progress.started = Some(wd(1));
    accepted(&mut project, wd(13));
    let running = start(&project, wd(14));
    assert_eq!((running.expected, running.light, running.path.join(" ")), (wd(33), Light::Amber, "B C".to_owned()));
    // Until A was done the start was late as well; then it was in time again, until the application failed to come.
    assert_eq!(running.since, Some(wd(12)));
    let blocking = running.blocking.unwrap();
    assert_eq!((blocking.mover, blocking.since), (MoverOf::Departments(vec!["nr".to_owned()]), Some(wd(13))));
    project.formalities[0].course.pauses = vec![Pause { kind: PauseKind::Correction, from: wd(16), until: None, reason: String::new() }];
    let outlook = see(&project, wd(20));
    let permit = &outlook.lines[1];
    assert_eq!((permit.state, permit.remaining, permit.finish), (State::Paused, 18, wd(38)));
    assert_eq!(permit.clock.as_ref().unwrap().pauses, [(wd(16), wd(20))]);
    let blocking = outlook.milestones[0].blocking.as_ref().unwrap();
    assert_eq!((&blocking.mover, blocking.since, blocking.days_lost), (&MoverOf::Owner, Some(wd(16)), 5));
    // Two months without anyone: red.
    assert_eq!(start(&project, wd(60)).light, Light::Red);
}

#[test]
fn a_decision_on_the_stage_ends_the_wait() {
    let mut project = start_of_works();
    project.lifecycle.stage = lantu_model::Stage::Building { started: wd(40) };
    let before = see(&project, wd(39)).milestones.remove(0);
    assert_eq!((before.done, before.light), (None, Light::Red));
    let after = see(&project, wd(41)).milestones.remove(0);
    assert_eq!((after.done, after.expected, after.light, after.blocking), (Some(wd(40)), wd(40), Light::Green, None));
    assert!(after.days_late.unwrap() > 0);
}

#[test]
fn a_permit_that_expires_is_to_be_done_again_unless_it_has_served() {
    let mut project = start_of_works();
    done(&mut project, "A", wd(10));
    accepted(&mut project, wd(10));
    let row = &mut project.formalities[0];
    (row.state, row.decided, row.valid_until) = (FormalityState::Granted, Some(Period::day(wd(20))), Some(wd(40)));
    assert_eq!(see(&project, wd(40)).lines[1].state, State::Done);
    let expired = see(&project, wd(41));
    assert_eq!((expired.lines[1].state, expired.lines[1].finish), (State::Reopened, wd(60)));
    done(&mut project, "C", wd(30));
    assert_eq!(see(&project, wd(41)).lines[1].state, State::Done);
}

#[test]
fn a_date_says_why_it_is_and_closes_as_a_sum() {
    let mut project = start_of_works();
    let why = |p: &Project, today, id| Outlook::why(p, &Sight { pack: &COUNTY, today, elsewhere: &NOWHERE }, id).map(Result::unwrap);
    assert_eq!(why(&project, MONDAY, "nothing"), None);
    let untouched = why(&project, MONDAY, "C").unwrap();
    let causes: Vec<(&CauseOf, bool)> = untouched.causes.iter().map(|Cause { of, decides, .. }| (of, *decides)).collect();
    assert!(matches!(causes[0], (CauseOf::Predecessor { activity, .. }, true) if activity == "B"), "{causes:?}");
    assert!(matches!(causes[1], (CauseOf::Predecessor { activity, .. }, false) if activity == "D"), "{causes:?}");
    // Five days can be won with the permit before the design decides, or with the owner's own work.
    let win = |activity: &str| Win {
        activity: activity.to_owned(),
        mover: MoverOf::Owner,
        days: 5,
        day: wd(25),
        to_promise: None,
        then: Some("D".to_owned()),
    };
    assert_eq!(untouched.wins, [win("A"), win("B")]);
    // The permit paused four days, accepted two days late.
    done(&mut project, "A", wd(10));
    done(&mut project, "D", wd(12));
    accepted(&mut project, wd(12));
    project.formalities[0].course.pauses =
        vec![Pause { kind: PauseKind::Hearing, from: wd(15), until: Some(wd(18)), reason: String::new() }];
    let late = why(&project, wd(20), "B").unwrap();
    let sum =
        Lateness { milestone: Some(Milestone::Start), baseline: None, then: wd(30), now: wd(36), late: 2, paused: 4, float: 0, total: 6 };
    assert_eq!(late.late, [sum]);
    assert!(matches!(late.causes[0].of, CauseOf::Begun { left: 17, .. }), "{:?}", late.causes);
    assert_eq!((late.wins[0].days, late.wins[0].to_promise), (16, Some(6)));
    // Against a baseline that gave the permit four days of float.
    let dates = |finish| BaselineDates { name: Name::default(), start: MONDAY, finish };
    let kept = [("B".to_owned(), dates(wd(30))), ("C".to_owned(), dates(wd(34)))];
    let baseline = Baseline { name: "二稿".to_owned(), on: wd(5), reason: String::new(), approver: String::new(), dates: kept.into() };
    project.plan.as_mut().unwrap().baselines = vec![baseline];
    let late = why(&project, wd(20), "B").unwrap().late.remove(0);
    assert_eq!((late.baseline.as_deref(), late.late, late.paused, late.float, late.total), (Some("二稿"), 2, 4, 4, 2));
}

#[test]
fn a_loop_is_named() {
    let mut project = start_of_works();
    project.plan.as_mut().unwrap().activities.get_mut("A").unwrap().after = "C".parse().unwrap();
    let problems = Outlook::of(&project, &Sight { pack: &COUNTY, today: MONDAY, elsewhere: &NOWHERE }).unwrap().unwrap_err();
    assert_eq!((problems[0].code.as_str(), problems.len()), ("plan_cycle", 1));
    assert!(
        Outlook::of(&super::plans::project(Plan::from_day(MONDAY)), &Sight { pack: &COUNTY, today: MONDAY, elsewhere: &NOWHERE })
            .unwrap()
            .is_ok()
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
    #[test]
    fn a_lights_first_day_has_it_and_the_day_before_has_not(project in any_project(), promised in 0_i32..200, ahead in 1_i32..250) {
        let mut project = project;
        let plan = project.plan.as_mut().unwrap();
        let start = plan.start;
        let last = plan.activities.values_mut().max_by_key(|a| a.place).unwrap();
        last.milestone = vec![Milestone::Start];
        project.start_planned = Some(Period::day(start.saturating_add(promised.days())));
        let today = start.saturating_add(ahead.days());
        let light = |day: Date| see(&project, day).milestones[0].light;
        let now = see(&project, today).milestones.remove(0);
        prop_assert_eq!(now.since.is_some(), now.light != Light::Green);
        if let Some(since) = now.since {
            prop_assert!((start..=today).contains(&since) && light(since) == now.light);
            prop_assert!(since == start || light(since.yesterday().unwrap()) != now.light, "{}", since);
        }
    }

    #[test]
    fn a_lateness_always_closes(project in any_project(), ahead in 0_i32..250) {
        let start = project.plan.as_ref().unwrap().start;
        let sight = Sight { pack: &COUNTY, today: start.saturating_add(ahead.days()), elsewhere: &NOWHERE };
        for id in project.plan.as_ref().unwrap().activities.keys() {
            let why = Outlook::why(&project, &sight, id).unwrap().unwrap();
            prop_assert!(why.late.iter().all(|l| l.late + l.paused - l.float == l.total));
            prop_assert!(why.state == State::Done || why.causes.iter().any(|c| c.decides), "{:?}", why);
        }
    }
}

#[test]
fn a_project_that_is_over_owes_nothing() {
    let mut project = start_of_works();
    let later = |today: Date, days: i64| today.saturating_add(jiff::ToSpan::days(days));
    let due = see(&project, wd(0)).milestones[0].due.unwrap();
    let late = later(due, 200);
    assert_eq!(see(&project, late).milestones[0].light, Light::Red);
    project.lifecycle.status = lantu_model::Status::Terminated { on: later(due, 100), reason: "示例".into() };
    let ahead = &see(&project, late).milestones[0];
    assert_eq!((ahead.light, ahead.days_late, ahead.blocking.is_none()), (Light::Green, None, true));
    assert_eq!(see(&project, later(due, 99)).milestones[0].light, Light::Red, "the day before it was ended");
}
