//! What a schedule file says, held against our own computation, the checks of quality and the version before.
use super::{
    Choice,
    view::{Agreement, Difference, Miss, Quality, Reading, Said},
};
use crate::{AppError, desk::Ask, error::Result};
use lantu_model::{Problem, Refusal, words::Lang};
use lantu_planfile::{Plan, PlanFile, Stored, Version, compare_versions};
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

/// The dates of a project of the file.
pub(super) fn dated<'a>(name: &str, plan: &'a Plan, lang: Lang) -> Result<Version<'a>> {
    Version::of(plan).map_err(|problems| {
        let named = |uid: i64| plan.find(uid, false).and_then(|at| plan.labels.get(at.at())).map(|l| l.name.clone());
        let problem = |p: &lantu_schedule::Problem| unreadable(name, "", &p.say_named(tongue(lang), &named));
        AppError::Refused(Refusal { unmet: problems.iter().take(LISTED).map(problem).collect() })
    })
}

pub(super) fn reading(version: &Version<'_>, format: &str, before: Option<(&str, &Version<'_>)>, ask: Ask<'_>) -> Reading {
    let plan = version.plan;
    let difference = before.map(|(id, old)| difference(id, old, version, ask.lang));
    Reading {
        format: format.to_owned(),
        project: plan.id.clone(),
        project_name: plan.name.clone(),
        data_date: plan.options.data_date.map(|d| format!("{d:#}")),
        start: format!("{:#}", plan.options.start),
        finish: format!("{:#}", version.schedule.finish),
        activities: plan.activities.iter().filter(|a| !a.is_summary()).count(),
        links: plan.links.len(),
        agreement: agreement(version),
        losses: losses(&plan.losses, ask.lang),
        quality: checks(version, ask.lang),
        difference,
    }
}

fn difference(id: &str, old: &Version<'_>, new: &Version<'_>, lang: Lang) -> Difference {
    let found = compare_versions(old, new);
    Difference { against: id.to_owned(), days: found.finish.days, found: found.to_json(old.plan, new.plan, tongue(lang)) }
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
    };
    findings.iter().map(one).collect()
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

/// Why it may be the schedule of another project.
pub(super) fn doubts(here: &lantu_model::Project, plan: &Plan, before: Option<&Version<'_>>, now: &Version<'_>) -> Vec<Problem> {
    let mut found = vec![];
    let names = here.former_names.iter().map(|f| f.name.as_str()).chain([here.name.as_str()]);
    let own: Vec<String> = names.map(lantu_model::project::comparable_name).collect();
    let theirs = lantu_model::project::comparable_name(&plan.name);
    let coded = here.codes.iter().any(|c| theirs.contains(&lantu_model::project::comparable_name(c.code.as_str())));
    let near =
        own.iter().any(|n| likeness(n, &theirs) >= 0.4 || (theirs.chars().count() >= 4 && n.contains(&theirs)) || theirs.contains(n));
    if let Some(old) = before {
        if compare_versions(old, now).suspicions.iter().any(|s| s.code == "another_project") {
            found.push(Problem::block("plan_file_rows_differ").at(&plan.name).with("found", &plan.name));
        } else {
            return found;
        }
    }
    if !coded && !near && !theirs.is_empty() {
        found.push(Problem::block("plan_file_other_name").at(&plan.name).with("found", &plan.name).with("here", &here.name));
    }
    found
}

/// How alike two names are: the share of their pairs of characters, from 0 to 1.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let pairs = |s: &str| s.chars().zip(s.chars().skip(1)).collect::<Vec<_>>();
    let (a, mut b) = (pairs(a), pairs(b));
    let total = a.len() + b.len();
    let mut shared = 0;
    for pair in a {
        if let Some(at) = b.iter().position(|p| *p == pair) {
            b.swap_remove(at);
            shared += 2;
        }
    }
    if total == 0 { 0.0 } else { f64::from(shared) / total as f64 }
}
