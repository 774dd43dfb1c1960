//! What a schedule file says, held against our own computation, the checks of quality and the version before.
use super::{
    Choice,
    difference::difference,
    view::{Agreement, Miss, Quality, Reading, Said},
};
use crate::{AppError, error::Result};
use lantu_calendar::Calendar;
use lantu_model::{Problem, Refusal, words::Lang};
use lantu_planfile::{Format, Plan, PlanFile, Stored, Version};
use lantu_schedule::{Baseline, QualityOptions, Row, Span, Tongue, quality};
use std::collections::BTreeMap;

/// So many of a kind are listed; their number is told in full.
const LISTED: usize = 200;

pub(super) fn tongue(lang: Lang) -> Tongue {
    match lang {
        Lang::Zh => Tongue::Chinese,
        Lang::En => Tongue::English,
    }
}

/// Reads a file; what stands against it is told in its own words, each with its place.
pub(super) fn read(name: &str, bytes: &[u8], lang: Lang) -> Result<PlanFile> {
    lantu_planfile::read(bytes).map_err(|refused| {
        let problem = |p: &lantu_planfile::FileProblem| unreadable(name, &p.place, p.say(tongue(lang)));
        Refusal { unmet: refused.problems.iter().take(LISTED).map(problem).collect() }.into()
    })
}

fn unreadable(name: &str, place: &str, said: &str) -> Problem {
    let at = if place.is_empty() { name.to_owned() } else { format!("{name} {place}") };
    Problem::block("plan_file_unreadable").at(at).with("said", said)
}

/// The file's projects; a baseline is no project of its own.
pub(super) fn choices(file: &PlanFile) -> Vec<Choice> {
    let shown = file.plans.iter().filter(|p| !file.is_baseline(p));
    let of =
        |p: &Plan| Choice { id: p.id.clone(), name: p.name.clone(), activities: p.activities.iter().filter(|a| !a.is_summary()).count() };
    shown.map(of).collect()
}

/// The dates of a project of the file; else everything that stands against it, by the names that people know.
pub(super) fn dated<'a>(name: &str, plan: &'a Plan, lang: Lang) -> Result<Version<'a>> {
    Version::of(plan).map_err(|mut problems| {
        problems.extend(behind_calendars(plan, &problems));
        let named = |uid: i64| plan.find(uid, false).and_then(|at| plan.labels.get(at.at())).map(|l| l.name.clone());
        let problem = |p: &lantu_schedule::Problem| unreadable(name, "", &calendar_named(plan, p).say_named(tongue(lang), &named));
        AppError::Refused(Refusal { unmet: problems.iter().take(LISTED).map(problem).collect() })
    })
}

const NO_WORK: &str = "calendar_without_work";

/// Loops of links show only when they are walked, which nobody does while a calendar has no working time: they are looked for as if it had.
fn behind_calendars(plan: &Plan, problems: &[lantu_schedule::Problem]) -> Vec<lantu_schedule::Problem> {
    if !problems.iter().all(|p| p.code == NO_WORK) {
        return vec![];
    }
    let mut network = plan.network();
    for uid in problems.iter().flat_map(|p| &p.activities) {
        let row = network.activities.iter().find(|a| a.uid == *uid).map(|a| a.calendar.at());
        if let Some(calendar) = row.and_then(|at| network.calendars.get_mut(at)) {
            *calendar = Calendar::around_the_clock();
        }
    }
    let found = lantu_schedule::schedule(&network).err().unwrap_or_default();
    found.into_iter().filter(|p| p.code != NO_WORK).collect()
}

/// People know a calendar by its name.
fn calendar_named(plan: &Plan, problem: &lantu_schedule::Problem) -> lantu_schedule::Problem {
    let mut problem = problem.clone();
    let row = problem.activities.first().and_then(|uid| plan.activities.iter().find(|a| a.uid == *uid));
    let calendar = row.filter(|_| problem.code == NO_WORK).and_then(|a| plan.calendars.get(a.calendar.at()));
    if let Some(calendar) = calendar.filter(|c| !c.name.is_empty()) {
        problem.found = format!("“{}”", calendar.name);
    }
    problem
}

/// All that is said of a version; `against` is named by who keeps it.
pub(super) fn reading(version: &Version<'_>, format: Format, before: Option<&Version<'_>>, lang: Lang) -> Reading {
    let plan = version.plan;
    let difference = before.map(|old| difference(old, version, lang));
    Reading {
        format: format.name().to_owned(),
        project: plan.id.clone(),
        project_name: plan.name.clone(),
        data_date: plan.options.data_date.map(|d| format!("{d:#}")),
        start: format!("{:#}", plan.options.start),
        finish: format!("{:#}", version.schedule.finish),
        activities: plan.activities.iter().filter(|a| !a.is_summary()).count(),
        links: plan.links.len(),
        agreement: agreement(version),
        losses: losses(&plan.losses, lang),
        quality: checks(version, lang),
        difference,
    }
}

/// Losses of one kind together, with the first places.
pub(super) fn losses(losses: &[lantu_planfile::Loss], lang: Lang) -> Vec<Said> {
    let mut kinds: BTreeMap<(&str, String), Said> = BTreeMap::new();
    for loss in losses {
        let said = loss.say(tongue(lang));
        let kind =
            kinds.entry((loss.code, said.clone())).or_insert_with(|| Said { code: loss.code.to_owned(), said, count: 0, places: vec![] });
        kind.count += 1;
        if kind.places.len() < 5 && !loss.place.is_empty() {
            kind.places.push(loss.place.clone());
        }
    }
    let mut kinds: Vec<Said> = kinds.into_values().collect();
    kinds.sort_by_key(|k| std::cmp::Reverse(k.count));
    kinds
}

fn checks(version: &Version<'_>, lang: Lang) -> Vec<Quality> {
    let plan = version.plan;
    let agreed: Vec<Baseline> = plan.stored.iter().map(|s| Baseline { start: s.baseline_start, finish: s.baseline_finish }).collect();
    let baseline = agreed.iter().any(|b| b.finish.is_some()).then_some(agreed.as_slice());
    let minutes = i64::from(plan.units.minutes_per_day.max(1));
    let (day, days) = (Span::minutes(minutes), |n: i64| Span::minutes(minutes * n));
    let options = QualityOptions { day, baseline, near_critical: days(10), long_lag: days(20) };
    let findings = quality(&version.network, &version.schedule, &options);
    let one = |f: &lantu_schedule::Finding| Quality {
        code: f.code.to_owned(),
        point: f.point,
        name: f.name(tongue(lang)).to_owned(),
        said: f.say(tongue(lang)),
        passed: f.passed,
        count: f.count,
        population: f.population,
        activities: f.activities.iter().take(LISTED).copied().collect(),
        names: f.activities.iter().take(LISTED).map(|uid| called(plan, *uid)).collect(),
    };
    findings.iter().map(one).collect()
}

/// Code and name of an activity.
fn called(plan: &Plan, uid: i64) -> String {
    let label = plan.find(uid, false).and_then(|at| plan.labels.get(at.at()));
    label.map(|l| format!("{} {}", l.code, l.name).trim().to_owned()).unwrap_or_default()
}

/// How many rows have the dates that the file stores, as moments of work: Friday's end and Monday's start are one.
fn agreement(version: &Version<'_>) -> Agreement {
    let plan = version.plan;
    let mut found = Agreement::default();
    let rows = plan.activities.iter().zip(&plan.stored).zip(&version.schedule.rows).enumerate();
    for (at, ((activity, stored), row)) in rows.filter(|(_, ((a, _), _))| !a.is_summary()) {
        let dates = dates_of(stored, row);
        if dates.is_empty() {
            continue;
        }
        found.compared += 1;
        let calendar = version.network.calendars.get(activity.calendar.at());
        let differ = |a, b| a != b && calendar.is_none_or(|c| c.work_between(a, b) != Span::minutes(0));
        let missed: Vec<_> = dates.into_iter().filter(|(_, theirs, ours)| differ(*theirs, *ours)).collect();
        if missed.is_empty() {
            found.equal += 1;
        }
        let name = plan.labels.get(at).map(|l| l.name.clone()).unwrap_or_default();
        for (field, theirs, ours) in missed {
            if found.misses.len() < LISTED {
                let (file, ours) = (format!("{theirs:#}"), format!("{ours:#}"));
                found.misses.push(Miss { uid: activity.uid, name: name.clone(), field: field.to_owned(), file, ours });
            }
        }
    }
    found
}

type Held = (&'static str, lantu_schedule::Instant, lantu_schedule::Instant);

fn dates_of(stored: &Stored, row: &Row) -> Vec<Held> {
    let all = [
        ("start", stored.start, row.start),
        ("finish", stored.finish, row.finish),
        ("early_start", stored.early_start, row.early_start),
        ("early_finish", stored.early_finish, row.early_finish),
        ("late_start", stored.late_start, row.late_start),
        ("late_finish", stored.late_finish, row.late_finish),
    ];
    all.into_iter().filter_map(|(field, theirs, ours)| Some((field, theirs?, ours))).collect()
}
