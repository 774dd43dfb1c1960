//! What may not stand in the text: the ambient clock and chance, IO in the inner rooms, place names, unfinished marks.

use super::Breach;
use super::source::Source;

/// Ways to ask the machine for the time or for chance.
const AMBIENT: &[&str] = &[
    "Zoned::now",
    "Timestamp::now",
    "SystemTime::now",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "Uuid::now_v1",
    "rand::rng",
    "rand::random",
    "thread_rng",
    "getrandom",
    "OsRng",
];

/// A stopwatch: measuring is for tests; what ships is given its limits.
const STOPWATCH: &str = "Instant::now";

/// Rooms that hold the one real clock and source of chance, and the tools that measure.
const MAY_ASK: &[&str] = &["lantu", "xtask", "bench"];

const INNER: &[&str] = &["calendar", "model", "pack", "rules", "exchange"];
const OUTSIDE: &[&str] = &["std::fs", "std::net", "std::env::", "std::process", "std::thread", "tokio::", "sqlx::", "axum::"];

/// The words of places. A place is data in a pack; code never says one.
const PLACES: &[&str] = &[
    "平湖",
    "嘉兴",
    "浙江",
    "当湖",
    "钟埭",
    "曹桥",
    "乍浦",
    "新埭",
    "新仓",
    "独山港",
    "广陈",
    "林埭",
    "Pinghu",
    "Jiaxing",
    "Zhejiang",
    "Zhapu",
    "Dushan",
    "New York",
    "NYC",
    "Manhattan",
    "Brooklyn",
];

/// Marks of unfinished work; an issue is the place for them. Written in halves so that this file passes its own wall.
const UNFINISHED: &[&str] =
    &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("todo", "!("), concat!("unimplemented", "!(")];

/// Checks one file.
pub fn check(source: &Source) -> Vec<Breach> {
    let mut breaches = Vec::new();
    unfinished(source, &mut breaches);
    places(source, &mut breaches);
    if source.ends_with(&[".rs"]) {
        ambient(source, &mut breaches);
        outside(source, &mut breaches);
    }
    breaches
}

fn ambient(source: &Source, breaches: &mut Vec<Breach>) {
    if MAY_ASK.contains(&source.folder()) {
        return;
    }
    for (number, line) in source.lines().filter(|(_, line)| !is_comment(line)) {
        for word in AMBIENT.iter().filter(|word| line.contains(**word)) {
            breaches.push(breach(source, number, asks(word)));
        }
    }
    for (number, line) in source.code().filter(|(_, line)| !is_comment(line)) {
        // A runtime's timer bounds a wait; it is no fact of the day, and a test can stop it.
        if line.replace("tokio::time::Instant::now", "").contains(STOPWATCH) {
            breaches.push(breach(source, number, asks(STOPWATCH)));
        }
    }
}

fn asks(word: &str) -> String {
    format!("{word} asks the machine: take it as an argument from the edge (crates/lantu)")
}

fn outside(source: &Source, breaches: &mut Vec<Breach>) {
    if !INNER.contains(&source.folder()) || !source.path.contains("/src/") {
        return;
    }
    for (number, line) in source.code().filter(|(_, line)| !is_comment(line)) {
        for word in OUTSIDE.iter().filter(|word| line.contains(**word)) {
            breaches.push(breach(source, number, format!("{word} in an inner room: it takes bytes and values, an outer room does the IO")));
        }
    }
}

fn places(source: &Source, breaches: &mut Vec<Breach>) {
    if source.folder() == "xtask" || !source.ends_with(&[".rs", ".ts", ".tsx"]) {
        return;
    }
    for (number, line) in source.code().filter(|(_, line)| !line.contains("include_bytes!") && !line.contains("include_str!")) {
        for word in PLACES.iter().filter(|word| line.contains(**word)) {
            breaches.push(breach(source, number, format!("{word} is a place: it belongs into a pack's files")));
        }
    }
}

fn unfinished(source: &Source, breaches: &mut Vec<Breach>) {
    for (number, line) in source.lines() {
        for word in UNFINISHED.iter().filter(|word| has_word(line, word)) {
            breaches.push(breach(source, number, format!("{word}: finish it, or file an issue and take the mark away")));
        }
    }
}

/// Whether a line has this word with nothing wordlike before or after it.
fn has_word(line: &str, word: &str) -> bool {
    let wordlike = |c: char| c.is_ascii_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let after = &line[at + word.len()..];
        !line[..at].ends_with(wordlike) && (word.ends_with('(') || !after.starts_with(wordlike))
    })
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

fn breach(source: &Source, number: usize, says: String) -> Breach {
    Breach::new(format!("{}:{number}", source.path), says)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<Breach> {
        check(&Source::new(path, text))
    }

    #[test]
    fn the_clock_is_caught_everywhere_but_at_the_edge() {
        let text = "let day = jiff::Zoned::now().date();\n";
        assert_eq!(found("crates/app/src/move_stage.rs", text).len(), 1);
        assert_eq!(found("crates/app/tests/all.rs", text).len(), 1);
        assert_eq!(found("crates/lantu/src/clock.rs", text), []);
        assert_eq!(found("xtask/src/main.rs", text), []);
        assert_eq!(found("crates/server/tests/live.rs", "let limit = tokio::time::Instant::now() + wait;"), []);
        assert_eq!(found("crates/server/src/live.rs", "let began = std::time::Instant::now();").len(), 1);
        assert_eq!(found("crates/server/tests/live.rs", "let began = std::time::Instant::now();"), []);
        assert_eq!(found("crates/app/src/lib.rs", "// not Instant::now: the edge passes it\n"), []);
    }

    #[test]
    fn chance_is_caught() {
        assert_eq!(found("crates/sim/src/life.rs", "let id = Uuid::now_v7();")[0].at, "crates/sim/src/life.rs:1");
    }

    #[test]
    fn io_is_caught_in_inner_rooms_only() {
        let text = "use std::fs;\n";
        assert_eq!(found("crates/exchange/src/read.rs", text).len(), 1);
        assert_eq!(found("crates/store/src/open.rs", text), []);
        assert_eq!(found("crates/exchange/tests/cases.rs", text), []);
        assert_eq!(found("crates/pack/src/lib.rs", "#[cfg(test)]\nmod tests { use std::fs; }\n"), []);
    }

    #[test]
    fn a_place_is_caught_in_code_but_not_in_tests_or_embedded_paths() {
        assert_eq!(
            found("crates/rules/src/watch.rs", "if town == \"乍浦镇\" {}")[0].says,
            "乍浦 is a place: it belongs into a pack's files"
        );
        assert_eq!(found("web/src/app/shell.tsx", "<h1>平湖</h1>").len(), 1);
        assert_eq!(found("crates/pack/src/lib.rs", "#[cfg(test)]\nmod tests { /* 平湖 */ }"), []);
        assert_eq!(found("crates/pack/src/embedded.rs", "(\"NYC.toml\", include_bytes!(\"../NYC.toml\")),"), []);
    }

    #[test]
    fn an_unfinished_mark_is_caught_as_a_word() {
        let mark = concat!("TO", "DO");
        assert_eq!(found("web/src/a.css", &format!("/* {mark}: later */")).len(), 1);
        assert_eq!(found("crates/app/src/lib.rs", &format!("// {mark}LIST is another word")), []);
        assert_eq!(found("crates/app/src/lib.rs", &format!("    {}\"later\")", concat!("todo", "!("))).len(), 1);
    }
}
