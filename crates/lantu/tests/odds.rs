//! The book's page on reading the odds: every command in it is run, and answers what the page says.
mod folder;

use folder::{Folder, ended, text};
use serde_json::Value;

/// The examples, and the sample without some of its keys.
fn examples() -> Folder {
    let folder = Folder::new();
    let sample = include_str!("../../../docs/examples/odds.json");
    folder.write("two.json", include_str!("../../../docs/examples/two.json"));
    folder.write("odds.json", sample);
    let without = |name: &str, keys: &[&str]| {
        let mut document: Value = serde_json::from_str(sample).unwrap();
        let object = document.as_object_mut().unwrap();
        keys.iter().for_each(|key| drop(object.remove(*key)));
        let rows = object["activities"].as_array_mut().unwrap();
        rows.iter_mut().filter(|_| keys.contains(&"range")).for_each(|row| drop(row.as_object_mut().unwrap().remove("range")));
        folder.write(name, &document.to_string());
    };
    without("apart.json", &["correlations"]);
    without("dry.json", &["weather"]);
    without("bare.json", &["range", "risks", "correlations", "weather"]);
    folder
}

/// What the page shows stands in the answer, in its order; `…` is what it leaves out.
fn shows(shown: &str, answer: &str) -> bool {
    let mut rest = format!("\n{answer}");
    let mut at_once = true;
    for part in shown.split("…\n") {
        let part = format!("\n{part}");
        let Some(at) = rest.find(&part).filter(|at| *at == 0 || !at_once) else { return false };
        // The line's end stays, for the next part begins after one.
        rest = rest[at + part.len() - 1..].to_owned();
        at_once = false;
    }
    shown.ends_with("…\n") || rest == "\n"
}

fn the_page_tells_what_the_program_says(page: &str, lang: &str) {
    let folder = examples();
    let blocks: Vec<&str> = page.split("```console\n$ lantu ").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() >= 9, "{}", blocks.len());
    for block in blocks {
        let (command, shown) = block.split_once('\n').unwrap();
        let args: Vec<&str> = ["--lang", lang].into_iter().chain(command.split(' ')).collect();
        let output = folder.run(&args);
        ended(&output, 0);
        let answer = text(&output.stdout);
        assert!(shows(shown, &answer), "lantu {command}\n{answer}\nis not what the page has:\n{shown}");
    }
}

#[test]
fn the_english_page_tells_what_the_program_says() {
    the_page_tells_what_the_program_says(include_str!("../../../docs/ODDS.md"), "en");
}

#[test]
fn the_chinese_page_tells_what_the_program_says() {
    the_page_tells_what_the_program_says(include_str!("../../../docs/ODDS.zh-CN.md"), "zh");
}

#[test]
fn what_the_program_does_not_say_is_noticed() {
    let answer = "a\nb\nc\nd\n";
    for shown in ["a\nb\nc\nd\n", "a\n…\nc\nd\n", "…\nb\nc\n…\n", "…\nd\n", "a\n…\n"] {
        assert!(shows(shown, answer), "{shown}");
    }
    for shown in ["a\nb\n", "b\nc\nd\n", "…\nc\nb\n…\n", "…\nc\n", "a\nx\n…\n"] {
        assert!(!shows(shown, answer), "{shown}");
    }
}
