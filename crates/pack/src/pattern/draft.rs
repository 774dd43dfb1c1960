//! A pattern being edited, right or wrong: what a form or a file says, before the pack's own check judges it.
use super::{DurationRange, Pattern, write};
use crate::{problem::PackProblem, vocabulary::Words};
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

/// A pattern as an editor has it. Nothing of it needs to be right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PatternDraft {
    pub key: String,
    pub words: Words,
    pub applies: AppliesDraft,
    pub activities: Vec<ActivityDraft>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AppliesDraft {
    pub procedures: Vec<String>,
    pub natures: Vec<String>,
    pub industries: Vec<String>,
}

/// A step as an editor has it. An empty text, list or absent value is not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ActivityDraft {
    pub id: String,
    pub phase: Option<i64>,
    pub words: Words,
    /// In planners' notation: `A03:SS+5;A20`.
    pub after: String,
    pub days: Option<i64>,
    pub limit: Option<LimitDraft>,
    pub department: Vec<String>,
    pub party: Option<Words>,
    pub clock: String,
    pub formality: Vec<String>,
    pub milestone: Vec<String>,
    pub when: Option<WhenDraft>,
    /// Left out while the facts of its condition are not known.
    pub leave_out: bool,
    pub range: Option<DurationRange>,
    pub note: Option<Words>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LimitDraft {
    pub days: Option<i64>,
    pub unit: String,
    pub mark: Option<String>,
}

/// One test of a fact, or several joined.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WhenDraft {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(no_recursion))]
    pub any: Option<Vec<WhenDraft>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(no_recursion))]
    pub all: Option<Vec<WhenDraft>>,
}

impl PatternDraft {
    /// As a file of `patterns/`: what the draft says and nothing else, so that the pack's check can judge it.
    pub fn to_toml(&self) -> String {
        let activities: Vec<Table> = self.activities.iter().map(ActivityDraft::table).collect();
        write::file(&self.key, &self.words, &self.applies.table(), &activities)
    }

    /// What a text says, as far as it can be read; `None` when it is no TOML.
    pub fn read(text: &str) -> Option<Self> {
        let table: Table = text.parse().ok()?;
        let list = table.get("activity").and_then(Value::as_array).into_iter().flatten();
        let activities = list.filter_map(Value::as_table).map(ActivityDraft::read).collect();
        let applies = table.get("applies").and_then(Value::as_table);
        Some(Self {
            key: text_of(&table, "key"),
            words: words(&table, "words").unwrap_or_default(),
            applies: applies.map(AppliesDraft::read).unwrap_or_default(),
            activities,
        })
    }
}

impl PatternDraft {
    /// What each step must say and does not, by the step's place. Reading a file tells the first of each step only.
    pub fn missing(&self, file: &str, text: &str) -> Vec<(usize, PackProblem)> {
        let lines: Vec<usize> = (1..).zip(text.lines()).filter(|(_, l)| is_step_head(l)).map(|(n, _)| n).collect();
        let of = |(at, step): (usize, &ActivityDraft)| -> Vec<(usize, PackProblem)> {
            let absent = [
                ("phase", step.phase.is_none()),
                ("days", step.days.is_none()),
                ("department", step.department.is_empty()),
                ("clock", step.clock.trim().is_empty()),
            ];
            let line = lines.get(at).copied().unwrap_or(0);
            let told = |key: &str| (at, PackProblem::new(file, line, key, "pack_missing_key", &[("detail", key.to_owned())]));
            absent.into_iter().filter(|(_, absent)| *absent).map(|(key, _)| told(key)).collect()
        };
        self.activities.iter().enumerate().flat_map(of).collect()
    }
}

impl From<&Pattern> for PatternDraft {
    fn from(pattern: &Pattern) -> Self {
        // What a checked pattern writes is TOML.
        Self::read(&pattern.to_toml()).unwrap_or_default()
    }
}

/// The step, by its place, that a line of a pattern's file belongs to; `None` for its head.
pub fn step_at(text: &str, line: usize) -> Option<usize> {
    text.lines().take(line).filter(|l| is_step_head(l)).count().checked_sub(1)
}

fn is_step_head(line: &str) -> bool {
    let name = line.trim().strip_prefix("[[").and_then(|rest| rest.split_once("]]"));
    name.is_some_and(|(name, _)| name.trim() == "activity")
}

impl AppliesDraft {
    fn table(&self) -> Table {
        let mut table = Table::new();
        for (key, list) in [("procedures", &self.procedures), ("natures", &self.natures), ("industries", &self.industries)] {
            if !list.is_empty() {
                table.insert(key.to_owned(), Value::from(list.clone()));
            }
        }
        table
    }

    fn read(table: &Table) -> Self {
        Self { procedures: many(table, "procedures"), natures: many(table, "natures"), industries: many(table, "industries") }
    }
}

impl ActivityDraft {
    fn table(&self) -> Table {
        let mut table = Table::new();
        let mut set = |key: &str, value: Option<Value>| value.and_then(|v| table.insert(key.to_owned(), v));
        set("id", Some(Value::from(self.id.trim())));
        set("phase", self.phase.map(Value::from));
        set("words", Some(words_value(&self.words)));
        set("after", filled(&self.after));
        set("days", self.days.map(Value::from));
        set("limit", self.limit.as_ref().map(LimitDraft::value));
        set("department", one_or_several(&self.department));
        set("party", self.party.as_ref().map(words_value));
        set("clock", filled(&self.clock));
        set("formality", one_or_several(&self.formality));
        set("milestone", one_or_several(&self.milestone));
        set("when", self.when.as_ref().map(WhenDraft::value));
        set("unknown", self.leave_out.then(|| Value::from("leave_out")));
        set(
            "range",
            self.range.map(|r| Value::from(Table::from_iter([("min".to_owned(), r.min.into()), ("max".to_owned(), r.max.into())]))),
        );
        set("note", self.note.as_ref().map(words_value));
        table
    }

    fn read(table: &Table) -> Self {
        Self {
            id: text_of(table, "id"),
            phase: whole(table, "phase"),
            words: words(table, "words").unwrap_or_default(),
            after: text_of(table, "after"),
            days: whole(table, "days"),
            limit: table.get("limit").and_then(Value::as_table).map(LimitDraft::read),
            department: many(table, "department"),
            party: words(table, "party"),
            clock: text_of(table, "clock"),
            formality: many(table, "formality"),
            milestone: many(table, "milestone"),
            when: table.get("when").and_then(Value::as_table).map(WhenDraft::read),
            leave_out: text_of(table, "unknown") == "leave_out",
            range: table.get("range").and_then(|r| r.clone().try_into().ok()),
            note: words(table, "note"),
        }
    }
}

impl LimitDraft {
    fn value(&self) -> Value {
        let mut table = Table::new();
        table.extend(self.days.map(|n| ("days".to_owned(), Value::from(n))));
        table.insert("unit".to_owned(), Value::from(self.unit.as_str()));
        table.extend(self.mark.as_deref().and_then(filled).map(|m| ("mark".to_owned(), m)));
        Value::from(table)
    }

    fn read(table: &Table) -> Self {
        Self { days: whole(table, "days"), unit: text_of(table, "unit"), mark: Some(text_of(table, "mark")).filter(|m| !m.is_empty()) }
    }
}

impl WhenDraft {
    fn value(&self) -> Value {
        let mut table = Table::new();
        let mut set = |key: &str, value: Option<Value>| value.and_then(|v| table.insert(key.to_owned(), v));
        let parts = |list: &Vec<Self>| Value::from(list.iter().map(Self::value).collect::<Vec<_>>());
        set("fact", self.fact.as_deref().map(Value::from));
        set("is", self.is.map(Value::from));
        set("at_least", self.at_least.map(Value::from));
        set("below", self.below.map(Value::from));
        set("any", self.any.as_ref().map(parts));
        set("all", self.all.as_ref().map(parts));
        Value::from(table)
    }

    fn read(table: &Table) -> Self {
        let parts = |key: &str| -> Option<Vec<Self>> {
            let list = table.get(key)?.as_array()?;
            Some(list.iter().filter_map(Value::as_table).map(Self::read).collect())
        };
        Self {
            fact: table.get("fact").and_then(Value::as_str).map(str::to_owned),
            is: table.get("is").and_then(Value::as_bool),
            at_least: whole(table, "at_least"),
            below: whole(table, "below"),
            any: parts("any"),
            all: parts("all"),
        }
    }
}

fn filled(text: &str) -> Option<Value> {
    Some(text.trim()).filter(|t| !t.is_empty()).map(Value::from)
}

fn one_or_several(list: &[String]) -> Option<Value> {
    match list {
        [] => None,
        [one] => Some(Value::from(one.as_str())),
        several => Some(Value::from(several.to_vec())),
    }
}

fn words_value(words: &Words) -> Value {
    Value::from(Table::from_iter([("zh".to_owned(), Value::from(words.zh.trim())), ("en".to_owned(), Value::from(words.en.trim()))]))
}

fn text_of(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn whole(table: &Table, key: &str) -> Option<i64> {
    table.get(key).and_then(Value::as_integer)
}

fn many(table: &Table, key: &str) -> Vec<String> {
    match table.get(key) {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => vec![],
    }
}

fn words(table: &Table, key: &str) -> Option<Words> {
    let found = table.get(key)?.as_table()?;
    Some(Words { zh: text_of(found, "zh"), en: text_of(found, "en") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pack, embedded};

    #[test]
    fn a_draft_of_a_pattern_writes_the_pattern() {
        for name in ["cn-county", "generic"] {
            let pack = Pack::load(&embedded(name).unwrap()).unwrap();
            for pattern in &pack.patterns {
                let draft = PatternDraft::from(pattern);
                assert_eq!(draft.activities.len(), pattern.activities.len());
                assert_eq!(draft.to_toml(), pattern.to_toml(), "{}", pattern.key);
            }
        }
    }

    #[test]
    fn lines_belong_to_steps() {
        let draft = PatternDraft {
            key: "X".into(),
            activities: vec![ActivityDraft { id: "A".into(), ..Default::default() }; 2],
            ..Default::default()
        };
        let text = draft.to_toml();
        let lines: Vec<&str> = text.lines().collect();
        let at = |n: usize| step_at(&text, n + 1);
        assert_eq!(at(0), None);
        assert_eq!(at(lines.iter().rposition(|l| l.starts_with("id")).unwrap()), Some(1));
        assert_eq!(at(lines.iter().position(|l| l.starts_with("id")).unwrap()), Some(0));
    }

    #[test]
    fn what_cannot_be_is_kept_for_the_check() {
        let text = "key = \"X\"\n[[activity]]\nid = \"A 1\"\nafter = \"B:QQ\"\ndays = \"five\"\nwhen = { fact = \"f\" }\n";
        let draft = PatternDraft::read(text).unwrap();
        assert_eq!((draft.activities[0].after.as_str(), draft.activities[0].days), ("B:QQ", None));
        assert!(draft.to_toml().contains("when = { fact = \"f\" }"));
        assert_eq!(PatternDraft::read("key = "), None);
    }
}
