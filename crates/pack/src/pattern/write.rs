//! A pattern as a file, in the order that people read it.
use super::Pattern;
use crate::vocabulary::Words;
use serde::Serialize;
use std::fmt::Write as _;
use toml::Table;

const OF_ACTIVITY: [&str; 15] = [
    "id",
    "phase",
    "words",
    "after",
    "days",
    "limit",
    "department",
    "party",
    "clock",
    "formality",
    "milestone",
    "when",
    "unknown",
    "range",
    "note",
];

pub(super) fn pattern(pattern: &Pattern) -> String {
    // Every value of a pattern is a text, a whole number, a truth or a list or table of these, all of which TOML has.
    let applies = Table::try_from(&pattern.applies).unwrap_or_default();
    let activities: Vec<Table> = pattern.activities.iter().map(|a| Table::try_from(a).unwrap_or_default()).collect();
    file(&pattern.key, &pattern.words, &applies, &activities)
}

/// A file from its parts; what has no place in it is left out.
pub(super) fn file(key: &str, words: &Words, applies: &Table, activities: &[Table]) -> String {
    let mut out = String::new();
    let head = Table::try_from(Head { key, words }).unwrap_or_default();
    entry(&mut out, &head, &["key", "words"]);
    if !applies.is_empty() {
        out.push_str("\n[applies]\n");
        entry(&mut out, applies, &["procedures", "natures", "industries"]);
    }
    for activity in activities {
        out.push_str("\n[[activity]]\n");
        entry(&mut out, activity, &OF_ACTIVITY);
    }
    out
}

#[derive(Serialize)]
struct Head<'a> {
    key: &'a str,
    words: &'a Words,
}

/// One line a key, tables within a line.
fn entry(out: &mut String, table: &Table, keys: &[&str]) {
    for (key, value) in keys.iter().filter_map(|key| Some((key, table.get(*key)?))) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{key} = {value}");
    }
}
