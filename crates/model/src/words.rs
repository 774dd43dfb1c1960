//! Words for codes, in Chinese as an office writes them and in English as a practitioner says them.
use crate::problem::Problem;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    /// Reads a language tag (`zh-CN`, `en`); anything else is English.
    pub fn of_tag(tag: &str) -> Self {
        if tag.trim().to_ascii_lowercase().starts_with("zh") { Self::Zh } else { Self::En }
    }
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

/// What is wrong and what to do about it, ready to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub title: String,
    pub remedy: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    pub title: String,
    pub remedy: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub zh: Phrase,
    pub en: Phrase,
}

/// A word in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub zh: String,
    pub en: String,
}

impl Label {
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

const PROBLEMS: &str = include_str!("../words/problems.toml");
const FIELDS: &str = include_str!("../words/fields.toml");

// Both files are compiled in and read by the tests below, so a mistake in them cannot reach a user.
static CATALOGUE: LazyLock<BTreeMap<String, Entry>> = LazyLock::new(|| toml::from_str(PROBLEMS).unwrap_or_default());
static LABELS: LazyLock<BTreeMap<String, Label>> = LazyLock::new(|| toml::from_str(FIELDS).unwrap_or_default());

/// Says a problem; `place` names fields and formalities (see [`field`]), unknown places stay as they are.
pub fn say(problem: &Problem, lang: Lang, place: &dyn Fn(&str) -> String) -> Said {
    let Some(entry) = CATALOGUE.get(&problem.code) else {
        return Said { title: problem.code.replace('_', " "), remedy: String::new() };
    };
    let phrase = match lang {
        Lang::Zh => &entry.zh,
        Lang::En => &entry.en,
    };
    let named = problem.place.as_deref().map(place).unwrap_or_default();
    let value = |key: &str| -> Option<String> {
        if key == "place" {
            return Some(named.clone());
        }
        let value = problem.values.get(key)?;
        Some(match key {
            // Keys of fields, stages and places are said in the reader's words; anything else stays as it is.
            "before" | "stage" | "from" | "to" | "status" | "why" | "used" | "missing" | "nearest" | "first_place" | "field" => {
                place(value)
            }
            "choices" => value.split('、').map(place).collect::<Vec<_>>().join("、"),
            _ => value.clone(),
        })
    };
    let fill = |text: &str| filled(text, &value);
    Said { title: fill(&phrase.title), remedy: fill(&phrase.remedy) }
}

/// Fills in a phrase in one pass, so that braces in what people wrote stay what they are.
fn filled(text: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|c| open + c) else { break };
        out.push_str(&rest[..open]);
        match value(&rest[open + 1..close]) {
            Some(value) => out.push_str(&value),
            None => out.push_str(&rest[open..=close]),
        }
        rest = &rest[close + 1..];
    }
    out + rest
}

/// A sentence of the catalogue with its values filled in.
pub fn sentence(key: &str, lang: Lang, values: &[(&str, String)]) -> String {
    filled(&field(key, lang), &|name| values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()))
}

/// The label of a field, stage, status or other fixed key; the key itself when it has none.
pub fn field(key: &str, lang: Lang) -> String {
    LABELS.get(key).map_or_else(|| key.to_owned(), |l| l.in_lang(lang).to_owned())
}

/// Every labelled key, for the web's catalogue.
pub fn fields() -> impl Iterator<Item = (&'static str, &'static Label)> {
    LABELS.iter().map(|(k, l)| (k.as_str(), l))
}

/// Every problem code that has words.
pub fn codes() -> impl Iterator<Item = &'static str> {
    CATALOGUE.keys().map(String::as_str)
}

pub fn has_words(code: &str) -> bool {
    CATALOGUE.contains_key(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_never_read_as_a_phrase() {
        let problem = Problem::block("unknown_town").with("found", "{nearest}{x}").with("nearest", "known_place");
        let said = say(&problem, Lang::En, &|key| field(key, Lang::En));
        assert_eq!(said.title, "Unknown place: {nearest}{x}");
        assert!(said.remedy.contains("a registered place"), "{}", said.remedy);
    }

    #[test]
    fn both_catalogues_read() {
        toml::from_str::<BTreeMap<String, Entry>>(PROBLEMS).unwrap();
        toml::from_str::<BTreeMap<String, Label>>(FIELDS).unwrap();
    }

    #[test]
    fn every_code_that_the_code_emits_has_words() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut missing = vec![];
        let mut stack = vec![root];
        while let Some(dir) = stack.pop() {
            for entry in std::fs::read_dir(dir).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() && !path.ends_with("target") {
                    stack.push(path);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    for opener in ["Problem::block(\"", "Problem::warn(\"", "Problem::info(\""] {
                        for tail in text.split(opener).skip(1) {
                            let code = tail.split('"').next().unwrap_or_default();
                            if !code.is_empty()
                                && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit())
                                && !has_words(code)
                            {
                                missing.push(format!("{code} ({})", path.display()));
                            }
                        }
                    }
                }
            }
        }
        missing.sort();
        missing.dedup();
        assert!(missing.is_empty(), "codes without words: {missing:#?}");
    }
}
