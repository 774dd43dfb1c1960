//! Permits as departments really handle them: accepted, sometimes paused or granted on a promise, granted, now and then slowly.
use super::{Event, Known, at, plans::Lived};
use crate::{chance::Chance, fate::Fate};
use jiff::{Span, civil::Date};
use lantu_app::{AppError, Unit, act_on_formality::act_on_formality_in, record_formality::record_formality_in};
use lantu_model::{
    Formality, FormalityAct, FormalityFact, FormalityState, PauseKind, Period, ProjectId,
    formality::{Follows, Promise},
};
use lantu_pack::{FormalityKind, Pack};
use std::collections::BTreeMap;

/// Those of acceptance and operation come with completion, not before the first pile.
const LATE: [&str; 5] = ["joint_acceptance", "completion_filing", "property_registration", "discharge_permit", "final_accounts"];

/// Permits that offices grant on a promise, as soil and water conservation is.
const PROMISED: [&str; 3] = ["energy_review", "soil_water", "quality_safety"];

/// What departments do with a project's permits: those of its plan when the hidden life of the plan has them, the others between
/// the task force and the first pile, each after those that come before it.
pub(super) fn days(fate: &Fate, pack: &Pack, lived: Option<&Lived>) -> Vec<(Date, Event)> {
    let planned = |key: &str| lived.and_then(|l| l.kinds.get(key)).copied();
    let fits = |f: &&FormalityKind| f.procedures.is_empty() || f.procedures.contains(&fate.kind.procedure);
    let wanted = |f: &&FormalityKind| planned(&f.key).is_some() || (fits(f) && !f.occasional && !LATE.contains(&f.key.as_str()));
    let kinds: Vec<&str> = pack.formalities.iter().filter(wanted).map(|f| f.key.as_str()).collect();
    let kinds = in_order(kinds, &pack.precedence.pairs);
    let room = i64::from((fate.start - fate.prelim).get_days()).max(20);
    let count = kinds.iter().filter(|k| planned(k).is_none()).count().max(1) as i64;
    let (mut all, mut granted_on, mut n): (Vec<(Date, Event)>, BTreeMap<&str, Date>, i64) = (vec![], BTreeMap::new(), 0);
    for (at, key) in kinds.into_iter().enumerate() {
        let (accepted, granted) = match planned(key) {
            Some((accepted, granted)) => (Some(accepted), granted),
            None => {
                n += 1;
                (None, plus(fate.prelim, room * n / (count + 1)))
            }
        };
        let earlier = pack.precedence.pairs.iter().filter(|p| p.kind == key).filter_map(|p| granted_on.get(p.after.as_str()).copied());
        let granted = earlier.fold(granted, Date::max);
        granted_on.insert(key, granted);
        // A chance of its own, so that a permit's course changes nothing else of the life.
        let chance = Chance::of(fate.seed, (fate.number as u64) << 8 | (0x80 + at as u64));
        course(&mut all, key, accepted, granted, fate.prelim, chance);
    }
    all
}

/// The same permits, none before one that it waits on; otherwise as the pack lists them.
fn in_order<'a>(mut left: Vec<&'a str>, pairs: &[Follows]) -> Vec<&'a str> {
    let mut done = vec![];
    while !left.is_empty() {
        let waits = |key: &str| pairs.iter().any(|p| p.kind == key && left.contains(&p.after.as_str()));
        // A pack whose permits wait on one another in a circle is refused when it is read.
        let next = left.iter().position(|key| !waits(key)).unwrap_or(0);
        done.push(left.remove(next));
    }
    done
}

fn course(all: &mut Vec<(Date, Event)>, key: &str, known: Option<Date>, granted: Date, earliest: Date, mut c: Chance) {
    let mut tell = |day: Date, act: FormalityAct, basis: &'static str| all.push((day, Event::Formality(key.to_owned(), act, basis)));
    let took = if c.percent(12) { c.between(30, 48) } else { c.between(5, 22) };
    let accepted = known.unwrap_or_else(|| plus(granted, -took)).max(earliest).min(granted);
    tell(accepted, FormalityAct::Accept, "");
    let room = i64::from((granted - accepted).get_days());
    if room >= 9 && c.percent(28) {
        let (why, basis) = *c.pick(&[
            (PauseKind::Correction, "申报材料不齐,一次告知补正"),
            (PauseKind::Assessment, "委托专家评审"),
            (PauseKind::Publicity, "受理公示"),
        ]);
        let from = plus(accepted, c.between(1, 3));
        tell(from, FormalityAct::Pause { why, until: None }, basis);
        tell(plus(from, c.between(2, room - 5)), FormalityAct::Resume, "");
    }
    let number = Some(format!("示例许〔{}〕{}号", granted.year(), c.between(1, 899)));
    let on_promise = PROMISED.contains(&key) && c.percent(30);
    let promise = on_promise.then(|| Promise { due: plus(granted, 60), missing: "专项报告评审意见".to_owned() });
    tell(granted, FormalityAct::Grant { number, valid_until: None, promise }, "");
    if on_promise && c.percent(80) {
        tell(plus(granted, c.between(20, 58)), FormalityAct::Fulfil, "补交材料已核验");
    }
}

pub(super) fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
}

/// Records the act, unless the permit was granted meanwhile to clear a gate.
pub(super) async fn act(
    unit: &mut Unit<'_>,
    id: ProjectId,
    kind: &str,
    act: &FormalityAct,
    basis: &str,
    day: Date,
) -> Result<(), AppError> {
    let row = row_of(unit, id, kind).await?;
    let granted = row.as_ref().is_some_and(|f| f.state == FormalityState::Granted);
    let promised = row.as_ref().is_some_and(|f| f.course.commitment.is_some());
    if granted && !(promised && matches!(act, FormalityAct::Fulfil)) {
        return Ok(());
    }
    let here = at(unit, id).await?;
    let fact = FormalityFact { kind: kind.to_owned(), on: day, basis: basis.to_owned(), act: act.clone() };
    act_on_formality_in(unit, here, &fact).await
}

/// Enters a permit as granted, as an office does in one round for those a gate still asks for, with those in hand that it follows.
pub(super) async fn clear(unit: &mut Unit<'_>, known: &mut Known, id: ProjectId, kind: &str, day: Date) -> Result<(), AppError> {
    if row_of(unit, id, kind).await?.is_some_and(|row| row.state == FormalityState::Granted) {
        return Ok(());
    }
    for earlier in in_hand_before(unit, id, kind).await? {
        grant(unit, id, &earlier, day, None).await?;
    }
    let number = format!("示例许〔{}〕{}号", day.year(), known.fate.trouble.between(1, 899));
    grant(unit, id, kind, day, Some(number)).await
}

/// The permits in hand that a permit follows, the first first.
async fn in_hand_before(unit: &mut Unit<'_>, id: ProjectId, kind: &str) -> Result<Vec<String>, AppError> {
    let (project, _) = unit.project(id).await?;
    let in_hand = |kind: &str| project.formalities.iter().any(|f| f.kind == kind && f.state == FormalityState::Applied);
    let (mut found, mut next): (Vec<String>, Vec<&str>) = (vec![], vec![kind]);
    let mut seen: Vec<&str> = vec![];
    let pairs = &unit.books.pack.precedence.pairs;
    while let Some(later) = next.pop() {
        for pair in pairs.iter().filter(|p| p.kind == later && !p.advisory) {
            if seen.contains(&pair.after.as_str()) {
                continue;
            }
            seen.push(&pair.after);
            next.push(&pair.after);
            if in_hand(&pair.after) {
                found.push(pair.after.clone());
            }
        }
    }
    found.reverse();
    Ok(found)
}

async fn grant(unit: &mut Unit<'_>, id: ProjectId, kind: &str, day: Date, number: Option<String>) -> Result<(), AppError> {
    let row = row_of(unit, id, kind).await?.unwrap_or_else(|| Formality::new(kind, FormalityState::Planned));
    // Nobody decides before the acceptance, or while the clock stands still.
    let day = row.applied.map_or(day, |a| day.max(a.first_day()));
    let day = row.course.pauses.iter().map(|p| p.until.unwrap_or(p.from)).fold(day, Date::max);
    if let Some(pause) = row.course.pauses.last().filter(|p| p.until.is_none()) {
        let resumed = pause.from.tomorrow().unwrap_or(pause.from);
        act(unit, id, kind, &FormalityAct::Resume, "", resumed).await?;
    }
    let row = row_of(unit, id, kind).await?.unwrap_or(row);
    let granted = Formality { state: FormalityState::Granted, decided: Some(Period::day(day)), number, ..row };
    let here = at(unit, id).await?;
    record_formality_in(unit, here, granted).await
}

async fn row_of(unit: &mut Unit<'_>, id: ProjectId, kind: &str) -> Result<Option<Formality>, AppError> {
    let (project, _) = unit.project(id).await?;
    Ok(project.formalities.into_iter().find(|f| f.kind == kind))
}
