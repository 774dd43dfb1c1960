//! Plans to test with: those of the packs' patterns, and any with any facts.
use jiff::civil::{Date, date};
use lantu_model::{
    Formality, FormalityState, Level, Plan, PlanActivity, Project, ProjectId,
    formality::{Ended, Pause, PauseKind},
    period::Period,
    plan::{Clock, Name, Predecessors, Progress},
};
use lantu_pack::{Pack, embedded};
use lantu_rules::pattern::Steps;
use proptest::prelude::*;
use std::{collections::BTreeMap, sync::LazyLock};

pub static COUNTY: LazyLock<Pack> = LazyLock::new(|| Pack::load(&embedded("cn-county").unwrap()).unwrap());
pub static GENERIC: LazyLock<Pack> = LazyLock::new(|| Pack::load(&embedded("generic").unwrap()).unwrap());

pub fn project(plan: Plan) -> Project {
    let mut project = Project::admit("0198c0de-0000-7000-8000-000000000001".parse::<ProjectId>().unwrap(), Level::Project, "样例").unwrap();
    project.plan = Some(plan);
    project
}

pub fn activity(place: usize, days: i64, after: &str) -> PlanActivity {
    PlanActivity {
        name: Name { zh: format!("{place}"), en: None },
        place: u32::try_from(place).unwrap(),
        phase: 1,
        days,
        after: after.parse().unwrap(),
        after_others: vec![],
        clock: Clock::Owner,
        department: vec![],
        org: None,
        party: None,
        formality: vec![],
        milestone: vec![],
        limit: None,
        range: None,
        not_before: None,
        due: None,
        progress: Progress::default(),
        note: None,
    }
}

/// The steps of a pattern as a plan, untouched.
pub fn planned(steps: &Steps<'_>, start: Date) -> Project {
    let mut plan = Plan::from_day(start);
    for (place, step) in steps.needed.iter().enumerate() {
        let ties = steps.ties.iter().filter(|t| t.to == place);
        let after = ties.map(|t| format!("{}:{}{:+}", steps.needed[t.from].id, t.ends.letters(), t.lag)).collect::<Vec<_>>().join(";");
        let milestone = step.milestone.to_vec();
        let formality = step.formality.to_vec();
        let department = step.department.to_vec();
        let made =
            PlanActivity { milestone, formality, department, clock: step.clock, range: step.range, ..activity(place, step.days, &after) };
        plan.activities.insert(step.id.clone(), made);
    }
    project(plan)
}

/// What may have happened to one activity, days from the plan's start.
#[derive(Clone, Debug)]
enum Happened {
    Nothing,
    Work { started: i32, lasted: i32, done: bool, report: Option<(i32, i64)> },
    Permit { accepted: i32, pause: Option<(i32, Option<i32>)>, end: Option<(i32, FormalityState)>, valid: Option<i32> },
}

fn happened() -> impl Strategy<Value = Happened> {
    let state =
        prop::sample::select(vec![FormalityState::Granted, FormalityState::Granted, FormalityState::Returned, FormalityState::Lapsed]);
    let work = (0_i32..250, 0_i32..60, any::<bool>(), prop::option::of((0_i32..40, 0_i64..50)))
        .prop_map(|(started, lasted, done, report)| Happened::Work { started, lasted, done, report });
    let permit = (
        0_i32..250,
        prop::option::of((0_i32..20, prop::option::of(0_i32..20))),
        prop::option::of((20_i32..60, state)),
        prop::option::of(0_i32..100),
    )
        .prop_map(|(accepted, pause, end, valid)| Happened::Permit { accepted, pause, end, valid });
    prop_oneof![3 => Just(Happened::Nothing), 2 => work, 2 => permit]
}

/// An acyclic plan with facts in any order.
pub fn any_project() -> impl Strategy<Value = Project> {
    let link = (0_usize..50, 0_usize..4, -15_i64..25);
    let bound = prop::option::weighted(0.2, 0_i32..200);
    let one = (0_i64..30, prop::collection::vec(link, 0..4), happened(), bound);
    (prop::collection::vec(one, 1..22), 0_i32..700).prop_map(|(rows, day)| {
        let start = date(2025, 1, 1).saturating_add(jiff::ToSpan::days(day));
        let mut project = project(Plan::from_day(start));
        for (at, (days, links, happened, bound)) in rows.iter().enumerate() {
            let ends = ["FS", "SS", "FF", "SF"];
            let written = |(other, kind, lag): &(usize, usize, i64)| (at > 0).then(|| format!("N{:02}:{}{lag:+}", other % at, ends[*kind]));
            let after: Predecessors = links.iter().filter_map(written).collect::<Vec<_>>().join(";").parse().unwrap();
            let mut made = activity(at, *days, &after.to_string());
            made.not_before = bound.map(|b| later(start, b));
            happen(&mut project, &mut made, happened, start);
            project.plan.as_mut().unwrap().activities.insert(format!("N{at:02}"), made);
        }
        project
    })
}

fn later(day: Date, days: i32) -> Date {
    day.saturating_add(jiff::ToSpan::days(days))
}

fn happen(project: &mut Project, activity: &mut PlanActivity, happened: &Happened, start: Date) {
    match happened {
        Happened::Nothing => {}
        Happened::Work { started, lasted, done, report } => {
            let started = later(start, *started);
            activity.progress.started = Some(started);
            activity.progress.finished = done.then(|| later(started, *lasted));
            (activity.progress.seen, activity.progress.remaining) = (report.map(|(d, _)| later(started, d)), report.map(|(_, n)| n));
        }
        Happened::Permit { accepted, pause, end, valid } => {
            let kind = format!("k{}", activity.place);
            activity.formality = vec![kind.clone()];
            let accepted = later(start, *accepted);
            let mut row = Formality::new(&kind, FormalityState::Applied);
            row.applied = Some(Period::day(accepted));
            let ended = end.map(|(days, _)| later(accepted, days + 20));
            row.course.pauses = pause.iter().map(|(from, lasted)| paused(accepted, *from, *lasted, ended)).collect();
            if let (Some(day), Some((_, state))) = (ended, end) {
                row.state = *state;
                row.decided = (*state != FormalityState::Returned).then(|| Period::day(day));
                let ended = Ended { on: if *state == FormalityState::Lapsed { later(day, 10) } else { day }, reason: String::new() };
                row.course.ended = (*state != FormalityState::Granted).then_some(ended);
                row.valid_until = valid.filter(|_| *state == FormalityState::Granted).map(|d| later(day, d));
            }
            project.formalities.push(row);
        }
    }
}

/// A pause of an application that has ended has ended, too.
fn paused(accepted: Date, from: i32, lasted: Option<i32>, ended: Option<Date>) -> Pause {
    let from = later(accepted, from);
    let until = lasted.map(|d| later(from, d)).or_else(|| ended.map(|e| e.yesterday().unwrap()));
    Pause { kind: PauseKind::Hearing, from, until, reason: String::new() }
}

/// Takes away what is dated after a day.
pub fn forget_after(project: &mut Project, day: Date) {
    for activity in project.plan.as_mut().unwrap().activities.values_mut() {
        let progress = &mut activity.progress;
        if progress.seen.is_some_and(|seen| seen > day) {
            (progress.seen, progress.remaining) = (None, None);
        }
        progress.finished = progress.finished.filter(|d| *d <= day);
        progress.started = progress.started.filter(|d| *d <= day);
    }
    project.formalities.retain(|row| row.applied.is_some_and(|p| p.first_day() <= day));
    for row in &mut project.formalities {
        row.course.pauses.retain(|p| p.from <= day);
        let decided = row.decided.is_some_and(|p| p.first_day() <= day);
        if row.course.ended.as_ref().is_some_and(|e| e.on > day) {
            row.course.ended = None;
            row.state = if decided { FormalityState::Granted } else { FormalityState::Applied };
        }
        if row.decided.is_some() && !decided {
            (row.state, row.decided, row.valid_until) = (FormalityState::Applied, None, None);
        }
    }
}

pub fn by_line(project: &Project) -> BTreeMap<u32, (&String, &PlanActivity)> {
    project.plan.as_ref().unwrap().activities.iter().map(|(id, a)| (a.place, (id, a))).collect()
}
