//! A pattern as a file, in the order that people read it.
use super::Pattern;
use serde::Serialize;
use std::fmt::Write as _;
use toml::{Table, Value};

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
    let mut out = String::new();
    entry(&mut out, &Head { key: &pattern.key, words: &pattern.words }, &["key", "words"]);
    let applies = ["procedures", "natures", "industries"];
    if pattern.applies != super::Applies::default() {
        out.push_str("\n[applies]\n");
        entry(&mut out, &pattern.applies, &applies);
    }
    for activity in &pattern.activities {
        out.push_str("\n[[activity]]\n");
        entry(&mut out, activity, &OF_ACTIVITY);
    }
    out
}

#[derive(Serialize)]
struct Head<'a> {
    key: &'a str,
    words: &'a crate::Words,
}

/// One line a key, tables within a line.
fn entry(out: &mut String, value: &impl Serialize, keys: &[&str]) {
    // Every value of a pattern is a text, a whole number, a truth or a list or table of these, all of which TOML has.
    let table = Table::try_from(value).unwrap_or_default();
    let written = |key: &str| -> Option<Value> { table.get(key).cloned() };
    for (key, value) in keys.iter().filter_map(|key| written(key).map(|value| (key, value))) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{key} = {value}");
    }
}
