//! The patterns in force, and what their steps may name.
use super::{
    dates,
    view::{ClockRangeView, DepartmentView, FactView, PatternLine, PatternView, PatternsView, PhaseView, Shared},
};
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    manage_packs::files_in_force,
    permission::Right,
    view::pack::WordView,
};
use lantu_pack::{Clock, FactKind, Milestone, Pack, PatternDraft, Place, pattern_path};

/// Everyone signed in may read them: they hold no project.
pub async fn list_patterns(desk: &Desk, ask: Ask<'_>) -> Result<PatternsView> {
    let books = desk.books(ask.office()).await?;
    let running = desk.store.plans_by_pattern(ask.office()).await?;
    let pack = &books.pack;
    let line = |p: &lantu_pack::Pattern| {
        let (start_offset, finish_offset) = dates::offsets(pack, p, ask.moment.day);
        PatternLine {
            key: p.key.clone(),
            zh: p.words.zh.clone(),
            en: p.words.en.clone(),
            steps: p.activities.len(),
            conditional: p.activities.iter().filter(|a| a.when.is_some()).count(),
            start_offset,
            finish_offset,
            running: running.get(&p.key).copied().unwrap_or(0),
        }
    };
    Ok(PatternsView {
        pack: pack.name.clone(),
        version: pack.version.clone(),
        hash: pack.hash().to_owned(),
        patterns: pack.patterns.iter().map(line).collect(),
        shared: shared(pack, &books.place),
        can_edit: ask.signed.role.may(Right::ManagePacks),
    })
}

pub async fn show_pattern(desk: &Desk, ask: Ask<'_>, key: &str) -> Result<PatternView> {
    let books = desk.books(ask.office()).await?;
    let pattern = books.pack.pattern(key).ok_or(AppError::NotFound)?;
    let running = desk.store.plans_by_pattern(ask.office()).await?;
    Ok(PatternView {
        hash: books.pack.hash().to_owned(),
        version: books.pack.version.clone(),
        draft: PatternDraft::from(pattern),
        running: running.get(&pattern.key).copied().unwrap_or(0),
    })
}

/// The file of a pattern as it is in force, remarks and all.
pub async fn pattern_text(desk: &Desk, ask: Ask<'_>, key: &str) -> Result<Vec<u8>> {
    let books = desk.books(ask.office()).await?;
    let mut files = files_in_force(&desk.store, &books.office).await?;
    pattern_path(&files, key).and_then(|path| files.remove(&path)).ok_or(AppError::NotFound)
}

fn shared(pack: &Pack, place: &Place) -> Shared {
    let fact = |f: &lantu_pack::Fact| FactView {
        key: f.key.clone(),
        zh: f.words.zh.clone(),
        en: f.words.en.clone(),
        kind: if f.kind == FactKind::Number { "number" } else { "yes_no" }.to_owned(),
        unit_zh: f.unit.as_ref().map(|u| u.zh.clone()),
        unit_en: f.unit.as_ref().map(|u| u.en.clone()),
    };
    let org = |o: &lantu_pack::Org| DepartmentView { key: o.key.clone(), zh: o.words.zh.clone(), en: o.words.en.clone(), role: false };
    let role = |r: &lantu_pack::RoleWords| DepartmentView {
        key: r.key.key().to_owned(),
        zh: r.words.zh.clone(),
        en: r.words.en.clone(),
        role: true,
    };
    Shared {
        phases: pack.phases.iter().map(|p| PhaseView { number: p.number, zh: p.words.zh.clone(), en: p.words.en.clone() }).collect(),
        facts: pack.facts.iter().map(fact).collect(),
        departments: place.orgs.iter().map(org).chain(pack.roles.iter().map(role)).collect(),
        formalities: pack
            .formalities
            .iter()
            .map(|f| WordView { key: f.key.clone(), zh: f.words.zh.clone(), en: f.words.en.clone() })
            .collect(),
        ranges: pack.ranges.iter().map(|r| ClockRangeView { clock: r.clock.key().to_owned(), min: r.min, max: r.max }).collect(),
        clocks: Clock::ALL.iter().map(|c| c.key().to_owned()).collect(),
        milestones: Milestone::ALL.iter().map(|m| m.key().to_owned()).collect(),
    }
}
