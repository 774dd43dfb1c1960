//! Patterns: what their activities name is there, and their days, limits and ranges can be.
use super::{network, unique};
use crate::{
    load::{Draft, PatternDraft},
    pattern::{Clock, Fact, FactTest, LimitUnit, PatternActivity},
    problem::PackProblem,
    read::{Entry, Mark},
    vocabulary::Words,
};
use std::collections::BTreeSet;

/// Nothing takes longer, in days: about forty years of working days.
const LONGEST: i64 = 10_000;

pub(super) fn all(d: &Draft, found: &mut Vec<PackProblem>) {
    shared(d, found);
    unique(d.patterns.iter().map(|p| (&p.head.mark, "key", p.head.value.key.to_ascii_lowercase())), found);
    let known = Known::of(d);
    for pattern in &d.patterns {
        head(pattern, &known, found);
        for activity in &pattern.activities {
            says(activity, found);
            names(activity, &known, found);
        }
        once(pattern, found);
        network::check(pattern, found);
    }
}

/// `patterns.toml`, and that it says what the patterns lean on.
fn shared(d: &Draft, found: &mut Vec<PackProblem>) {
    unique(d.phases.iter().map(|e| (&e.mark, "number", e.value.number.to_string())), found);
    unique(d.facts.iter().map(|e| (&e.mark, "key", e.value.key.clone())), found);
    unique(d.ranges.iter().map(|e| (&e.mark, "clock", e.value.clock.key().to_owned())), found);
    d.phases.iter().for_each(|e| said(&e.mark, "words", &e.value.words, found));
    for fact in &d.facts {
        said(&fact.mark, "words", &fact.value.words, found);
        fact.value.unit.iter().for_each(|unit| said(&fact.mark, "unit", unit, found));
    }
    d.ranges.iter().for_each(|e| range(&e.mark, "min", e.value.min, e.value.max, found));
    if d.patterns.is_empty() {
        return;
    }
    for clock in Clock::ALL.into_iter().filter(|c| *c != Clock::Milestone && d.ranges.iter().all(|e| e.value.clock != *c)) {
        found.push(PackProblem::new("patterns.toml", 0, "range", "pack_incomplete", &[("found", clock.key().to_owned())]));
    }
}

/// What activities may name.
struct Known<'a> {
    departments: BTreeSet<&'a str>,
    formalities: BTreeSet<&'a str>,
    phases: BTreeSet<i64>,
    facts: Vec<&'a Fact>,
    industries: Vec<&'a str>,
}

impl<'a> Known<'a> {
    fn of(d: &'a Draft) -> Self {
        let orgs = d.places.iter().flat_map(|p| &p.orgs).map(|o| o.value.key.as_str());
        Self {
            departments: orgs.chain(d.roles.iter().map(|r| r.value.key.key())).collect(),
            formalities: d.formalities.iter().map(|f| f.value.key.as_str()).collect(),
            phases: d.phases.iter().map(|p| p.value.number).collect(),
            facts: d.facts.iter().map(|f| &f.value).collect(),
            industries: d.industries.iter().map(|i| i.value.code.as_str()).collect(),
        }
    }
}

fn head(pattern: &PatternDraft, known: &Known<'_>, found: &mut Vec<PackProblem>) {
    let head = &pattern.head;
    if !lantu_model::plan::is_id(&head.value.key) {
        found.push(head.mark.problem("key", "pack_bad_value", &[("detail", head.value.key.clone())]));
    }
    said(&head.mark, "words", &head.value.words, found);
    if pattern.activities.is_empty() {
        found.push(head.mark.problem("activity", "pack_missing_key", &[("detail", "[[activity]]".to_owned())]));
    }
    // A pack without a classification of industries knows none to compare with.
    let is_known =
        |start: &str| known.industries.is_empty() || (!start.is_empty() && known.industries.iter().any(|c| c.starts_with(start)));
    for start in head.value.applies.industries.iter().filter(|start| !is_known(start)) {
        found.push(head.mark.problem("applies", "pack_unknown_industry", &[("found", start.clone())]));
    }
}

/// What an activity says of itself.
fn says(activity: &Entry<PatternActivity>, found: &mut Vec<PackProblem>) {
    let (a, mark) = (&activity.value, &activity.mark);
    if !lantu_model::plan::is_id(&a.id) {
        found.push(mark.problem("id", "pack_bad_value", &[("detail", a.id.clone())]));
    }
    said(mark, "words", &a.words, found);
    a.party.iter().for_each(|words| said(mark, "party", words, found));
    a.note.iter().for_each(|words| said(mark, "note", words, found));
    let most = if a.clock == Clock::Milestone { 0 } else { LONGEST };
    if !(0..=most).contains(&a.days) {
        found.push(mark.problem("days", "pack_bad_days", &[("found", a.days.to_string()), ("most", most.to_string())]));
    }
    if let Some(limit) = a.limit {
        let fits = match (limit.unit, limit.days) {
            (LimitUnit::Instant, days) => days.is_none(),
            (_, days) => days.is_some_and(|n| (1..=LONGEST).contains(&n)),
        };
        if !fits {
            let written = limit.days.map_or_else(String::new, |n| n.to_string());
            found.push(mark.problem("limit", "pack_bad_limit", &[("found", written)]));
        }
    }
    a.range.iter().for_each(|r| range(mark, "range", r.min, r.max, found));
}

/// Hundredths of a duration, the shorter first.
fn range(mark: &Mark, key: &str, min: i64, max: i64, found: &mut Vec<PackProblem>) {
    if !(1 <= min && min <= max && max <= 1_000) {
        found.push(mark.problem(key, "pack_bad_range", &[("found", format!("{min}, {max}"))]));
    }
}

/// What an activity names.
fn names(activity: &Entry<PatternActivity>, known: &Known<'_>, found: &mut Vec<PackProblem>) {
    let (a, mark) = (&activity.value, &activity.mark);
    if !known.phases.contains(&a.phase) {
        found.push(mark.problem("phase", "pack_unknown_phase", &[("found", a.phase.to_string())]));
    }
    if a.department.is_empty() {
        found.push(mark.problem("department", "pack_missing_key", &[("detail", "department".to_owned())]));
    }
    for key in a.department.iter().filter(|k| !known.departments.contains(k.as_str())) {
        found.push(mark.problem("department", "pack_unknown_department", &[("found", key.clone())]));
    }
    for key in a.formality.iter().filter(|k| !known.formalities.contains(k.as_str())) {
        found.push(mark.problem("formality", "pack_unknown_formality", &[("found", key.clone())]));
    }
    for (key, test) in a.when.iter().flat_map(|when| when.tests()) {
        asks(mark, key, test, known, found);
    }
}

fn asks(mark: &Mark, key: &str, test: FactTest, known: &Known<'_>, found: &mut Vec<PackProblem>) {
    match known.facts.iter().find(|fact| fact.key == key) {
        None => found.push(mark.problem("when", "pack_unknown_fact", &[("found", key.to_owned())])),
        Some(fact) if fact.kind != test.kind() => found.push(mark.problem("when", "pack_fact_kind", &[("found", key.to_owned())])),
        Some(_) => {}
    }
}

/// An id and a milestone mean one activity; a formality one of those that are needed whatever the facts.
fn once(pattern: &PatternDraft, found: &mut Vec<PackProblem>) {
    let activities = || pattern.activities.iter();
    unique(activities().map(|e| (&e.mark, "id", e.value.id.clone())), found);
    unique(activities().flat_map(|e| e.value.milestone.iter().map(|m| (&e.mark, "milestone", m.key().to_owned()))), found);
    let always = activities().filter(|e| e.value.when.is_none());
    unique(always.flat_map(|e| e.value.formality.iter().map(|f| (&e.mark, "formality", f.clone()))), found);
}

/// Words in both languages.
fn said(mark: &Mark, key: &str, words: &Words, found: &mut Vec<PackProblem>) {
    for (lang, text) in [("zh", &words.zh), ("en", &words.en)] {
        if text.trim().is_empty() {
            found.push(mark.problem(key, "pack_missing_words", &[("lang", lang.to_owned())]));
        }
    }
}
