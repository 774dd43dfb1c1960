//! Plans as projects really live them: a pattern applied when the task force begins, steps started and finished when fate has
//! it, reported month by month with the hope that goes with it, and one baseline when the project is ready.
use super::{Known, at, permits::plus};
use crate::{chance::Chance, fate::Fate};
use jiff::civil::Date;
use lantu_app::{
    AppError, Unit,
    plan_within::{apply_pattern_in, edit_plan_in, keep_baseline_in, reaching_in},
};
use lantu_model::{
    Project, ProjectId,
    plan::{Ends, FactValue, Facts, Milestone, PlanEdit, ProgressPatch},
};
use lantu_pack::{FactKind, Pack, Pattern, PatternActivity};
use std::collections::{BTreeMap, BTreeSet};

/// The hidden course of a project's plan.
#[derive(Debug)]
pub(super) struct Lived {
    pattern: String,
    facts: Facts,
    /// Steps that are no formalities, by their ids.
    steps: BTreeMap<String, Step>,
    /// When the formalities of the plan are accepted and granted.
    pub kinds: BTreeMap<String, (Date, Date)>,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    event: bool,
    start: Date,
    finish: Date,
    /// What its people say is left, in hundredths of what is.
    hope: i64,
}

/// Days between the first day and an anchor, in tenths of working days, with the day it falls on.
type Anchor = (i64, Date);

impl Lived {
    /// `None` for the few that nobody plans, and for those that no pattern fits.
    pub(super) fn of(fate: &Fate, pack: &Pack) -> Option<Self> {
        let mut c = Chance::of(fate.seed ^ 0x706c_616e, fate.number as u64);
        if c.percent(7) {
            return None;
        }
        let industry = fate.industry.parse().ok();
        let pattern = *pack.patterns_for(Some(fate.kind.procedure), Some(fate.nature), industry.as_ref()).first()?;
        let facts = facts(fate, pack, &mut c);
        let spans = spans(pattern, &facts, fate.seed, &mut c);
        let anchors = anchors(fate, pattern, &spans);
        let (mut steps, mut kinds) = (BTreeMap::new(), BTreeMap::new());
        for activity in pattern.activities.iter().filter(|a| needed(a, &facts)) {
            let Some((from, until)) = spans.get(activity.id.as_str()) else { continue };
            let (start, finish) = (day_of(&anchors, *from), day_of(&anchors, *until));
            kinds.extend(activity.formality.iter().map(|kind| (kind.clone(), (start, finish))));
            let step = Step { event: activity.days == 0, start, finish, hope: c.between(55, 105) };
            if activity.formality.is_empty() {
                steps.insert(activity.id.clone(), step);
            }
        }
        Some(Self { pattern: pattern.key.clone(), facts, steps, kinds })
    }
}

fn needed(activity: &PatternActivity, facts: &Facts) -> bool {
    activity.when.as_ref().is_none_or(|when| when.holds(facts) == Some(true))
}

/// What is known of the project when it is planned: all of it.
fn facts(fate: &Fate, pack: &Pack, c: &mut Chance) -> Facts {
    let heavy = fate.industry.starts_with('C') && c.percent(35);
    let drawn = pack.facts.iter().map(|fact| {
        let value = match (fact.kind, fact.key.as_str()) {
            (FactKind::Number, "electricity_kwh") => FactValue::Number(c.between(40, if heavy { 900 } else { 450 }) * 10_000),
            (FactKind::Number, _) => FactValue::Number(if heavy { c.between(1_000, 9_000) } else { c.between(60, 950) }),
            (FactKind::YesNo, "assessed_area" | "civil_works") => FactValue::YesNo(c.percent(65)),
            (FactKind::YesNo, "needs_land_conversion") => FactValue::YesNo(fate.land_mu > 0 && c.percent(40)),
            (FactKind::YesNo, _) => FactValue::YesNo(c.percent(10)),
        };
        (fact.key.clone(), value)
    });
    Facts(drawn.collect())
}

/// When each step begins and ends, in tenths of working days from the first, as its department works.
fn spans<'a>(pattern: &'a Pattern, facts: &Facts, seed: u64, c: &mut Chance) -> BTreeMap<&'a str, (i64, i64)> {
    let takes = |a: &PatternActivity, c: &mut Chance| {
        let pace = a.department.first().map_or(100, |key| pace(seed, key));
        if needed(a, facts) { a.days * 10 * pace * c.between(80, 130) / 10_000 } else { 0 }
    };
    let length: Vec<i64> = pattern.activities.iter().map(|a| takes(a, c)).collect();
    let mut spans: BTreeMap<&str, (i64, i64)> = pattern.activities.iter().zip(&length).map(|(a, n)| (a.id.as_str(), (0, *n))).collect();
    // As often as there are steps is enough for the longest chain, whatever the order of the file.
    for _ in 0..pattern.activities.len() {
        let before = spans.clone();
        for (a, n) in pattern.activities.iter().zip(&length) {
            let from = a.after.iter().filter_map(|p| {
                let (s, f) = spans.get(p.id.as_str()).copied()?;
                let lag = p.lag * 10;
                Some(match p.ends {
                    Ends::FinishStart => f + lag,
                    Ends::StartStart => s + lag,
                    Ends::FinishFinish => f + lag - n,
                    Ends::StartFinish => s + lag - n,
                })
            });
            let start = from.max().unwrap_or(0).max(0);
            spans.insert(a.id.as_str(), (start, start + n));
        }
        if spans == before {
            break;
        }
    }
    spans
}

/// Hundredths of the usual days that a department takes, the same for all of its projects: some are known to be slow.
fn pace(seed: u64, department: &str) -> i64 {
    let what = department.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(131).wrapping_add(u64::from(byte)));
    let mut c = Chance::of(seed ^ 0x7061_6365, what);
    if c.percent(25) { c.between(140, 210) } else { c.between(75, 120) }
}

/// Where the network meets what really happens: its milestones on the days of fate.
fn anchors(fate: &Fate, pattern: &Pattern, spans: &BTreeMap<&str, (i64, i64)>) -> Vec<Anchor> {
    let reached = [
        (Milestone::Start, fate.start),
        (Milestone::Completion, fate.finish),
        (Milestone::Production, fate.operate),
        (Milestone::Capacity, fate.ramp),
    ];
    let mut anchors = vec![(0, fate.prelim)];
    for (milestone, day) in reached {
        let step = pattern.activities.iter().find(|a| a.milestone.contains(&milestone));
        let offset = step.and_then(|a| spans.get(a.id.as_str())).map(|(_, finish)| *finish);
        if let Some(offset) = offset.filter(|o| anchors.last().is_none_or(|(last, on)| o > last && day > *on)) {
            anchors.push((offset, day));
        }
    }
    anchors
}

/// The day of an offset: between two anchors in proportion, beyond the last one at the usual pace.
fn day_of(anchors: &[Anchor], offset: i64) -> Date {
    let pair = anchors.windows(2).find(|pair| offset <= pair[1].0);
    match (pair, anchors.last()) {
        (Some([(from, start), (to, end)]), _) => {
            let days = i64::from((*end - *start).get_days());
            plus(*start, days * (offset - from) / (to - from).max(1))
        }
        (_, Some((last, on))) => plus(*on, (offset - last) * 7 / 50),
        _ => Date::MAX,
    }
}

pub(super) async fn apply(unit: &mut Unit<'_>, known: &Known, id: ProjectId, day: Date) -> Result<(), AppError> {
    let Some(lived) = &known.lived else { return Ok(()) };
    let here = at(unit, id).await?;
    apply_pattern_in(unit, here, &lived.pattern, day, lived.facts.clone()).await
}

pub(super) async fn baseline(unit: &mut Unit<'_>, id: ProjectId, day: Date) -> Result<(), AppError> {
    if unit.project(id).await?.0.plan.is_none() {
        return Ok(());
    }
    let here = at(unit, id).await?;
    keep_baseline_in(unit, here, "拟开工基线", day, "转入拟开工,按审定的开工方案定基线", "示例分管领导").await
}

/// Tells what has been done of every step by a day, where the books do not say so yet.
pub(super) async fn report(unit: &mut Unit<'_>, known: &Known, id: ProjectId, day: Date) -> Result<(), AppError> {
    let Some(lived) = &known.lived else { return Ok(()) };
    let (project, seq) = unit.project(id).await?;
    let edits: Vec<PlanEdit> = lived.steps.iter().filter_map(|(step, course)| told(&project, step, *course, day)).collect();
    if edits.is_empty() {
        return Ok(());
    }
    edit_plan_in(unit, lantu_app::At { id, seq }, &edits, "月度工程进度报告", BTreeSet::new()).await
}

fn told(project: &Project, id: &str, course: Step, today: Date) -> Option<PlanEdit> {
    let known = &project.plan.as_ref()?.activities.get(id)?.progress;
    if course.start > today || known.finished.is_some() {
        return None;
    }
    let (start, finish) = in_order(project, id, course)?;
    let mut patch = ProgressPatch { id: id.to_owned(), ..ProgressPatch::default() };
    if course.event {
        if finish > today {
            return None;
        }
        patch.finished = Some(Some(finish));
        return Some(PlanEdit::Progress(patch));
    }
    patch.started = known.started.is_none().then_some(Some(start));
    if finish <= today {
        patch.finished = Some(Some(finish));
        patch.remaining = known.remaining.map(|_| None);
        patch.percent = known.percent.map(|_| None);
    } else {
        let (whole, left) = (i64::from((finish - start).get_days()).max(1), i64::from((finish - today).get_days()));
        patch.remaining = Some(Some((left * 5 / 7 * course.hope / 100).max(1)));
        patch.percent = Some(Some(((whole - left) * 100 / whole).clamp(0, 99)));
        patch.seen = Some(Some(today));
    }
    Some(PlanEdit::Progress(patch))
}

/// The days of a step between those already recorded of its neighbours; `None` where these leave no room.
fn in_order(project: &Project, id: &str, course: Step) -> Option<(Date, Date)> {
    let plan = project.plan.as_ref()?;
    let own = plan.activities.get(id)?;
    let (mut start, mut finish) = (own.progress.started.unwrap_or(course.start), course.finish);
    let (mut start_by, mut finish_by) = (Date::MAX, Date::MAX);
    for other in plan.activities.values() {
        let days = project.happened(other);
        for link in other.after.iter().filter(|link| link.id == id) {
            let second =
                if matches!(link.ends, Ends::FinishFinish | Ends::StartFinish) { days.finished } else { days.started.or(days.finished) };
            let by = second.unwrap_or(Date::MAX);
            if matches!(link.ends, Ends::FinishStart | Ends::FinishFinish) && link.lag >= 0 {
                finish_by = finish_by.min(by)
            } else {
                start_by = start_by.min(by)
            }
        }
    }
    (start, finish) = (start.min(start_by).min(finish_by), finish.min(finish_by));
    for link in own.after.iter() {
        let days = project.happened(plan.activities.get(&link.id)?);
        let of_finish = matches!(link.ends, Ends::FinishStart | Ends::FinishFinish) && link.lag >= 0;
        let first = if of_finish { days.finished } else { days.started.or(days.finished) }.unwrap_or(Date::MIN);
        if matches!(link.ends, Ends::FinishFinish | Ends::StartFinish) { finish = finish.max(first) } else { start = start.max(first) }
    }
    if course.event {
        finish = finish.max(start);
        start = finish;
    }
    (start <= finish && start <= start_by && start <= finish_by && finish <= finish_by).then_some((start, finish))
}

/// A few plants wait for a road of their town before they can go into production.
pub(super) async fn tie(unit: &mut Unit<'_>, projects: &[Known], from: Date, to: Date) -> Result<usize, AppError> {
    let mut refused = 0;
    let fresh = |k: &&Known| k.lived.is_some() && k.fate.prelim > from && k.fate.prelim <= to;
    for plant in projects.iter().filter(|k| k.fate.kind.key == "factory" && k.fate.number.is_multiple_of(9)).filter(fresh) {
        let alive = |k: &&Known| k.id.is_some() && k.lived.is_some() && k.fate.terminated.is_none();
        let before = |k: &&Known| k.fate.town == plant.fate.town && k.fate.prelim <= to && k.fate.finish <= plant.fate.operate;
        let Some(road) = projects.iter().filter(|k| k.fate.kind.key == "road").filter(alive).find(before) else { continue };
        let (Some(id), Some(other)) = (plant.id, road.id) else { continue };
        let (Some(own), Some(its)) =
            (reaching_in(unit, id, Milestone::Production).await?, reaching_in(unit, other, Milestone::Completion).await?)
        else {
            continue;
        };
        let edit = PlanEdit::Tie { id: own, project: other, activity: its.clone(), lag: 0 };
        let here = at(unit, id).await?;
        match edit_plan_in(unit, here, &[edit], "配套道路通车后投产", BTreeSet::from([(other, its)])).await {
            Ok(()) => {}
            Err(AppError::Refused(_)) => refused += 1,
            Err(e) => return Err(e),
        }
    }
    Ok(refused)
}
