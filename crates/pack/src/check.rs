//! Cross checks: what one entry says about another must hold.
mod network;
mod patterns;

use crate::{
    file::Head,
    load::{Draft, PlaceDraft},
    problem::PackProblem,
    read::{Entry, Mark},
    text::{heading_key, plain},
    vocabulary::{Choice, Words},
};
use lantu_model::{
    Condition, DivisionCode, Holding, IndustryCode, Level, Nature, Procedure, Role, StageKind, StatusKind, project::EDITABLE,
};
use std::collections::{BTreeMap, BTreeSet};

/// The fields that an import can fill, a gate can ask for and a template can name.
pub const FIELD_KEYS: &[&str] = &[
    "name",
    "code",
    "owner",
    "owner_uscc",
    "holding",
    "division",
    "platform",
    "location",
    "industry",
    "nature",
    "procedure",
    "scale",
    "total_investment",
    "land_total",
    "land_new",
    "land_supplied",
    "start_planned",
    "finish_planned",
    "years_range",
    "operate_planned",
    "ramp_planned",
    "ceremony_on",
    "permit_on",
    "started_on",
    "completed_on",
    "operating_on",
    "ramped_on",
    "pool_entry_on",
    "stat_entry_on",
    "annual_plan",
    "ytd_done",
    "prior_done",
    "stage",
    "status",
    "level",
    "physical_progress",
    "remark",
    "classified",
    "list_group",
    "seq",
];

/// What a gate can look at beside the card's plain facts.
const GATE_FIELDS_BESIDE_FACTS: &[&str] = &["code", "owner", "owner_uscc", "holding", "membership"];

/// Whether a gate can look at the field on a project's card.
fn is_gate_field(field: &str) -> bool {
    EDITABLE.contains(&field) || GATE_FIELDS_BESIDE_FACTS.contains(&field)
}

/// Whether `key` is a field key: plain, or `role:`, `person:`, `formality:`, `extra:` with a name.
pub fn is_field_key(key: &str) -> bool {
    FIELD_KEYS.contains(&key)
        || match key.split_once(':') {
            Some(("role" | "person", role)) => Role::parse(role).is_some(),
            Some(("formality" | "extra", name)) => !name.is_empty(),
            _ => false,
        }
}

pub(crate) fn draft(d: &Draft) -> Vec<PackProblem> {
    let mut found = vec![];
    words(d, &mut found);
    complete(d, &mut found);
    if let Some(head) = &d.head {
        head_refers(head, d, &mut found);
    }
    units(d, &mut found);
    duplicates(d, &mut found);
    gates(d, &mut found);
    order(d, &mut found);
    headings(d, &mut found);
    industries(d, &mut found);
    departments(d, &mut found);
    for place in &d.places {
        place_holds(place, &mut found);
    }
    templates(d, &mut found);
    patterns::all(d, &mut found);
    crate::light::check(d, &mut found);
    found
}

/// Every name in both languages.
fn words(d: &Draft, found: &mut Vec<PackProblem>) {
    let mut check = |mark: &Mark, key: &str, words: &Words| {
        for (lang, text) in [("zh", &words.zh), ("en", &words.en)] {
            if text.trim().is_empty() {
                found.push(mark.problem(key, "pack_missing_words", &[("lang", lang.to_owned())]));
            }
        }
    };
    macro_rules! each { ($($list:expr),* $(,)?) => { $(for e in &$list { check(&e.mark, "words", &e.value.words); })* } }
    each!(
        d.units,
        d.stages,
        d.statuses,
        d.lists,
        d.roles,
        d.natures,
        d.procedures,
        d.holdings,
        d.levels,
        d.funds,
        d.industries,
        d.formalities
    );
    for f in &d.formalities {
        check(&f.mark, "short", &f.value.short);
    }
    for p in &d.places {
        check(&p.head.mark, "words", &p.head.value.words);
        p.divisions.iter().for_each(|e| check(&e.mark, "words", &e.value.words));
        p.platforms.iter().for_each(|e| check(&e.mark, "words", &e.value.words));
        p.orgs.iter().for_each(|e| check(&e.mark, "words", &e.value.words));
    }
    for t in &d.templates {
        check(&t.head.mark, "words", &t.head.value.words);
    }
    for (mark, c) in &d.calendars {
        check(mark, "words", &c.words);
    }
    if let Some(h) = &d.head {
        check(&h.mark, "title", &h.value.title);
    }
}

/// Every choice of the model has words.
fn complete(d: &Draft, found: &mut Vec<PackProblem>) {
    fn missing<'a, K: PartialEq + 'a>(
        file: &str,
        kind: &str,
        all: &[K],
        there: impl Iterator<Item = &'a K>,
        key: impl Fn(&K) -> &'static str,
        found: &mut Vec<PackProblem>,
    ) {
        let there: Vec<&K> = there.collect();
        for k in all.iter().filter(|k| !there.contains(k)) {
            found.push(PackProblem::new(file, 0, kind, "pack_incomplete", &[("found", key(k).to_owned())]));
        }
    }
    fn keys<K>(entries: &[Entry<Choice<K>>]) -> impl Iterator<Item = &K> {
        entries.iter().map(|e| &e.value.key)
    }
    missing("stages.toml", "stage", &StageKind::ALL, keys(&d.stages), |k| k.key(), found);
    missing("stages.toml", "status", &StatusKind::ALL, keys(&d.statuses), |k| k.key(), found);
    missing("choices.toml", "nature", Nature::ALL, keys(&d.natures), |k| k.key(), found);
    missing("choices.toml", "procedure", Procedure::ALL, keys(&d.procedures), |k| k.key(), found);
    missing("choices.toml", "holding", Holding::ALL, keys(&d.holdings), |k| k.key(), found);
    missing("choices.toml", "level", Level::ALL, keys(&d.levels), |k| k.key(), found);
    missing("roles.toml", "role", &Role::ALL, d.roles.iter().map(|r| &r.value.key), |k| k.key(), found);
    if d.calendars.is_empty() {
        found.push(PackProblem::new("calendars/", 0, "", "pack_missing_file", &[]));
    }
    if d.places.is_empty() {
        found.push(PackProblem::new("places/", 0, "", "pack_missing_file", &[]));
    }
}

fn head_refers(head: &Entry<Head>, d: &Draft, found: &mut Vec<PackProblem>) {
    let h = &head.value;
    if !d.units.iter().any(|u| u.value.key == h.default_unit) {
        found.push(head.mark.problem("default_unit", "pack_unknown_unit", &[("found", h.default_unit.clone())]));
    }
    if !d.calendars.iter().any(|(_, c)| c.key == h.calendar) {
        found.push(head.mark.problem("calendar", "pack_unknown_calendar", &[("found", h.calendar.clone())]));
    }
    if jiff::tz::TimeZone::get(&h.zone).is_err() {
        found.push(head.mark.problem("zone", "pack_unknown_zone", &[("found", h.zone.clone())]));
    }
}

fn units(d: &Draft, found: &mut Vec<PackProblem>) {
    for u in d.units.iter().filter(|u| u.value.minor <= 0) {
        found.push(u.mark.problem("minor", "pack_negative", &[("found", u.value.minor.to_string())]));
    }
    let units: Vec<&String> = d.units.iter().map(|u| &u.value.key).collect();
    for p in &d.places {
        let head = &p.head.value;
        if let Some(unit) = head.default_unit.as_ref().filter(|u| !units.contains(u)) {
            found.push(p.head.mark.problem("default_unit", "pack_unknown_unit", &[("found", unit.clone())]));
        }
    }
    for column in d.templates.iter().flat_map(|t| &t.columns) {
        if let Some(unit) = column.value.unit.as_ref().filter(|u| !units.contains(u)) {
            found.push(column.mark.problem("unit", "pack_unknown_unit", &[("found", unit.clone())]));
        }
    }
}

fn unique<'a>(entries: impl Iterator<Item = (&'a Mark, &'a str, String)>, found: &mut Vec<PackProblem>) {
    let mut seen = BTreeSet::new();
    for (mark, name, value) in entries {
        if !seen.insert(value.clone()) {
            found.push(mark.problem(name, "pack_duplicate", &[("found", value)]));
        }
    }
}

fn duplicates(d: &Draft, found: &mut Vec<PackProblem>) {
    macro_rules! keyed {
        ($list:expr) => {
            unique($list.iter().map(|e| (&e.mark, "key", e.value.key.clone())), found)
        };
    }
    macro_rules! chosen { ($($list:expr),* $(,)?) => { $(unique($list.iter().map(|e| (&e.mark, "key", e.value.key.key().to_owned())), found);)* } }
    keyed!(d.units);
    keyed!(d.lists);
    keyed!(d.formalities);
    keyed!(d.funds);
    chosen!(d.stages, d.statuses, d.natures, d.procedures, d.holdings, d.levels, d.roles);
    unique(d.industries.iter().map(|e| (&e.mark, "code", e.value.code.clone())), found);
    unique(d.fields.iter().map(|e| (&e.mark, "field", e.value.field.clone())), found);
    unique(d.calendars.iter().map(|(m, c)| (m, "key", c.key.clone())), found);
    unique(d.places.iter().map(|p| (&p.head.mark, "key", p.head.value.key.clone())), found);
    unique(d.templates.iter().map(|t| (&t.head.mark, "key", t.head.value.key.clone())), found);
}

/// A gate asks only for what exists.
fn gates(d: &Draft, found: &mut Vec<PackProblem>) {
    let formalities: BTreeSet<&str> = d.formalities.iter().map(|f| f.value.key.as_str()).collect();
    for gate in &d.gates {
        let bad = match &gate.value.condition {
            Condition::Field { field } if !is_gate_field(field) => Some(("pack_unknown_field", field.clone())),
            Condition::Granted { formality } | Condition::Dated { formality } if !formalities.contains(formality.as_str()) => {
                Some(("pack_unknown_formality", formality.clone()))
            }
            Condition::StartWithin { months } if *months < 0 => Some(("pack_negative", months.to_string())),
            _ => None,
        };
        if let Some((code, value)) = bad {
            found.push(gate.mark.problem("condition", code, &[("found", value)]));
        }
    }
}

/// What comes before a formality exists, and no formality waits on itself.
fn order(d: &Draft, found: &mut Vec<PackProblem>) {
    let before: BTreeMap<&str, Vec<&str>> = d
        .formalities
        .iter()
        .map(|f| (f.value.key.as_str(), f.value.after.iter().chain(&f.value.after_reminder).map(String::as_str).collect()))
        .collect();
    for f in &d.formalities {
        for (key, kinds) in [("after", &f.value.after), ("after_reminder", &f.value.after_reminder)] {
            for kind in kinds.iter().filter(|k| !before.contains_key(k.as_str())) {
                found.push(f.mark.problem(key, "pack_unknown_formality", &[("found", kind.clone())]));
            }
        }
        if reaches(&before, &f.value.key) {
            found.push(f.mark.problem("after", "pack_after_cycle", &[("found", f.value.key.clone())]));
        }
    }
}

fn reaches(before: &BTreeMap<&str, Vec<&str>>, start: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = before.get(start).cloned().unwrap_or_default();
    while let Some(kind) = open.pop() {
        if kind == start {
            return true;
        }
        if seen.insert(kind) {
            open.extend(before.get(kind).into_iter().flatten());
        }
    }
    false
}

/// A heading means one field, one formality or one role.
fn headings(d: &Draft, found: &mut Vec<PackProblem>) {
    let mut meant: BTreeMap<String, String> = BTreeMap::new();
    let mut claim = |mark: &Mark, key: &str, heading: &str, by: String| {
        let heading_text = heading_key(heading);
        match meant.get(&heading_text) {
            Some(other) if *other != by => {
                found.push(mark.problem(key, "pack_alias_twice", &[("found", heading.to_owned()), ("first", other.clone())]));
            }
            Some(_) => {}
            None => {
                meant.insert(heading_text, by);
            }
        }
    };
    for f in &d.fields {
        f.value.aliases.iter().for_each(|a| claim(&f.mark, "aliases", a, f.value.field.clone()));
    }
    for f in &d.formalities {
        let own = [&f.value.words.zh, &f.value.words.en, &f.value.short.zh, &f.value.short.en];
        own.into_iter().for_each(|n| claim(&f.mark, "words", n, format!("formality:{}", f.value.key)));
        f.value.aliases.iter().for_each(|n| claim(&f.mark, "aliases", n, format!("formality:{}", f.value.key)));
    }
    for r in &d.roles {
        r.value.aliases.iter().for_each(|n| claim(&r.mark, "aliases", n, format!("role:{}", r.value.key.key())));
    }
    for f in d.fields.iter().filter(|f| !is_field_key(&f.value.field)) {
        found.push(f.mark.problem("field", "pack_unknown_field", &[("found", f.value.field.clone())]));
    }
}

fn industries(d: &Draft, found: &mut Vec<PackProblem>) {
    let codes: BTreeSet<&str> = d.industries.iter().map(|i| i.value.code.as_str()).collect();
    for i in &d.industries {
        let code = &i.value.code;
        if !code.parse::<IndustryCode>().is_ok_and(|c| c.as_str() == code) {
            found.push(i.mark.problem("code", "pack_bad_industry", &[("found", code.clone())]));
        } else if code.len() > 1 && !codes.contains(parent_class(code)) {
            found.push(i.mark.problem("code", "pack_unknown_parent", &[("found", parent_class(code).to_owned())]));
        }
    }
}

/// `C344` lies in `C34`, `C34` in `C`.
fn parent_class(code: &str) -> &str {
    if code.len() == 3 { &code[..1] } else { &code[..code.len() - 1] }
}

/// A formality's department is an organisation of some place.
fn departments(d: &Draft, found: &mut Vec<PackProblem>) {
    let orgs: BTreeSet<&str> = d.places.iter().flat_map(|p| &p.orgs).map(|o| o.value.key.as_str()).collect();
    for f in &d.formalities {
        if let Some(dept) = f.value.dept.as_ref().filter(|k| !orgs.contains(k.as_str())) {
            found.push(f.mark.problem("dept", "pack_unknown_org", &[("found", dept.clone())]));
        }
    }
}

fn place_holds(p: &PlaceDraft, found: &mut Vec<PackProblem>) {
    let codes: BTreeSet<&str> = p.divisions.iter().map(|e| e.value.code.as_str()).collect();
    for e in &p.divisions {
        let division = &e.value;
        if division.code.parse::<DivisionCode>().is_err() {
            found.push(e.mark.problem("code", "pack_bad_division", &[("found", division.code.clone())]));
        }
        match &division.parent {
            Some(parent) if !codes.contains(parent.as_str()) => {
                found.push(e.mark.problem("parent", "pack_unknown_parent", &[("found", parent.clone())]));
            }
            Some(parent) if !nests(&division.code, parent) => {
                found.push(e.mark.problem(
                    "code",
                    "pack_division_outside",
                    &[("found", division.code.clone()), ("parent", parent.clone())],
                ));
            }
            _ => {}
        }
    }
    let roots: Vec<_> = p.divisions.iter().filter(|e| e.value.parent.is_none()).collect();
    if roots.len() != 1 {
        let mark = roots.get(1).map_or(&p.head.mark, |r| &r.mark);
        found.push(mark.problem("division", "pack_roots", &[("found", roots.len().to_string())]));
    }
    unique(p.divisions.iter().map(|e| (&e.mark, "code", e.value.code.clone())), found);
    unique(p.platforms.iter().map(|e| (&e.mark, "key", e.value.key.clone())), found);
    unique(p.orgs.iter().map(|e| (&e.mark, "key", e.value.key.clone())), found);
    names_once(p.divisions.iter().map(|e| (&e.mark, &e.value.code, &e.value.words, &e.value.aliases)), found);
    names_once(p.platforms.iter().map(|e| (&e.mark, &e.value.key, &e.value.words, &e.value.aliases)), found);
    names_once(p.orgs.iter().map(|e| (&e.mark, &e.value.key, &e.value.words, &e.value.aliases)), found);
    for e in &p.orgs {
        if let Some(code) = e.value.division.as_ref().filter(|c| !codes.contains(c.as_str())) {
            found.push(e.mark.problem("division", "pack_unknown_parent", &[("found", code.clone())]));
        }
    }
    for (key, value) in p.head.value.targets.entries().into_iter().filter(|(_, v)| *v < 0) {
        found.push(p.head.mark.problem("targets", "pack_negative", &[("found", format!("{key} = {value}"))]));
    }
}

fn nests(code: &str, parent: &str) -> bool {
    match (code.parse::<DivisionCode>(), parent.parse::<DivisionCode>()) {
        (Ok(code), Ok(parent)) => code.is_within(&parent),
        _ => true,
    }
}

/// A name or alias means one thing in a place.
fn names_once<'a>(entries: impl Iterator<Item = (&'a Mark, &'a String, &'a Words, &'a Vec<String>)>, found: &mut Vec<PackProblem>) {
    let mut meant: BTreeMap<String, String> = BTreeMap::new();
    for (mark, key, words, aliases) in entries {
        let named = [("words", &words.zh), ("words", &words.en)].into_iter().chain(aliases.iter().map(|a| ("aliases", a)));
        for (place, name) in named {
            match meant.get(&plain(name)) {
                Some(other) if other != key => {
                    found.push(mark.problem(place, "pack_alias_twice", &[("found", name.clone()), ("first", other.clone())]));
                }
                _ => {
                    meant.insert(plain(name), key.clone());
                }
            }
        }
    }
}

fn templates(d: &Draft, found: &mut Vec<PackProblem>) {
    let places: BTreeSet<&str> = d.places.iter().map(|p| p.head.value.key.as_str()).collect();
    let formalities: BTreeSet<&str> = d.formalities.iter().map(|f| f.value.key.as_str()).collect();
    for t in &d.templates {
        if let Some(place) = t.head.value.place.as_ref().filter(|p| !places.contains(p.as_str())) {
            found.push(t.head.mark.problem("place", "pack_unknown_place", &[("found", place.clone())]));
        }
        if t.head.value.requires.is_empty() {
            found.push(t.head.mark.problem("requires", "pack_missing_key", &[("detail", "requires".to_owned())]));
        }
        unique(t.columns.iter().map(|c| (&c.mark, "heading", heading_key(&c.value.heading))), found);
        for c in &t.columns {
            let Some(field) = &c.value.field else { continue };
            let formality = field.strip_prefix("formality:");
            if !is_field_key(field) {
                found.push(c.mark.problem("field", "pack_unknown_field", &[("found", field.clone())]));
            } else if let Some(kind) = formality.filter(|k| !formalities.contains(k)) {
                found.push(c.mark.problem("field", "pack_unknown_formality", &[("found", kind.to_owned())]));
            }
        }
    }
}
