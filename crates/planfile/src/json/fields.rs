//! Fields of JSON objects, taken one by one; what is not taken stays to be passed through. Every wrong one is noted with its place.
use crate::{FileProblem, bounds::LARGEST, words};
use lantu_calendar::{Instant, Span};
use serde_json::{Map, Value};
use std::{cell::RefCell, fmt};

/// So many problems are told; a file that is wrong throughout needs no more.
const TOLD: usize = 50;

/// Problems found so far, shared by everything that reads.
#[derive(Default)]
pub struct Found(RefCell<Vec<FileProblem>>);

/// A path into the document: `activities[3]/assignments[0]`.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub within: Option<&'a Place<'a>>,
    pub name: &'a str,
    pub index: Option<usize>,
}

/// An object being taken apart.
pub struct Fields<'a> {
    rest: Map<String, Value>,
    place: Place<'a>,
    found: &'a Found,
}

/// A duration as the format writes it.
#[derive(Clone, Copy, PartialEq)]
pub enum Length {
    Fixed { span: Span, elapsed: bool },
    Percent { percent: f64, elapsed: bool },
}

impl Found {
    pub fn refuse(&self, code: &'static str, place: String, found: &str) {
        let mut problems = self.0.borrow_mut();
        if problems.len() < TOLD {
            problems.push(words::problem(code, place, found));
        }
    }

    pub fn into_problems(self) -> Vec<FileProblem> {
        self.0.into_inner()
    }
}

impl<'a> Place<'a> {
    pub const fn of(name: &'a str) -> Self {
        Self { within: None, name, index: None }
    }

    pub const fn nth(name: &'a str, index: usize) -> Self {
        Self { within: None, name, index: Some(index) }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(outer) = self.within {
            write!(f, "{outer}/")?;
        }
        f.write_str(self.name)?;
        self.index.map_or(Ok(()), |i| write!(f, "[{i}]"))
    }
}

impl<'a> Fields<'a> {
    /// Takes an object apart; what is none is noted, and has no fields.
    pub fn of(value: Value, place: Place<'a>, found: &'a Found) -> Self {
        let rest = match value {
            Value::Object(map) => map,
            other => {
                found.refuse("wrong_json_type", place.to_string(), &shown(&other));
                Map::new()
            }
        };
        Self { rest, place, found }
    }

    pub fn place(&self) -> Place<'a> {
        self.place
    }

    /// What has not been taken.
    pub fn rest(self) -> Map<String, Value> {
        self.rest
    }

    pub fn refuse(&self, code: &'static str, key: &str, found: &str) {
        self.found.refuse(code, format!("{}/{key}", self.place), found);
    }

    /// Whether a key that is left for others holds this text.
    pub fn says(&self, key: &str, text: &str) -> bool {
        self.rest.get(key).and_then(Value::as_str) == Some(text)
    }

    /// Whether a key is there; an explicit null counts as absent.
    pub fn has(&self, key: &str) -> bool {
        self.rest.get(key).is_some_and(|v| !v.is_null())
    }

    /// The value of a key; an explicit null counts as absent.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        self.rest.remove(key).filter(|v| !v.is_null())
    }

    pub fn parsed<T>(&mut self, key: &str, parse: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let value = self.take(key)?;
        let parsed = parse(&value);
        if parsed.is_none() {
            self.refuse("wrong_json_type", key, &shown(&value));
        }
        parsed
    }

    pub fn text(&mut self, key: &str) -> Option<String> {
        self.parsed(key, |v| v.as_str().map(str::to_owned))
    }

    /// A text, or a number written out.
    pub fn name(&mut self, key: &str) -> Option<String> {
        self.parsed(key, |v| match v {
            Value::Number(n) => Some(n.to_string()),
            other => other.as_str().map(str::to_owned),
        })
    }

    pub fn flag(&mut self, key: &str) -> Option<bool> {
        self.parsed(key, Value::as_bool)
    }

    pub fn number(&mut self, key: &str) -> Option<f64> {
        self.parsed(key, |v| v.as_f64().filter(|n| n.abs() <= LARGEST * 100.0))
    }

    pub fn whole(&mut self, key: &str) -> Option<i64> {
        self.parsed(key, whole)
    }

    pub fn instant(&mut self, key: &str) -> Option<Instant> {
        let text = self.text(key)?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.refuse("not_a_time", key, &text);
        }
        parsed
    }

    /// A name out of a list; another one is noted.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let chosen = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if chosen.is_none() {
            self.refuse("unknown_json_name", key, &text);
        }
        chosen
    }

    /// `{"min":m,"u":unit,"elapsed":true?}`, `{"pct":p}` or minutes alone.
    pub fn length(&mut self, key: &str) -> Option<Length> {
        self.parsed(key, |value| {
            let Value::Object(map) = value else {
                return Some(Length::Fixed { span: Span::from_minutes(value.as_f64()?), elapsed: false });
            };
            let of_the_clock = |unit: &Value| unit.as_str().is_some_and(|u| u.starts_with('e'));
            let elapsed = map.get("elapsed").and_then(Value::as_bool).unwrap_or(false) || map.get("u").is_some_and(of_the_clock);
            match (map.get("min").and_then(Value::as_f64), map.get("pct").and_then(Value::as_f64).filter(sensible)) {
                (Some(minutes), _) => Some(Length::Fixed { span: Span::from_minutes(minutes), elapsed }),
                (None, Some(percent)) => Some(Length::Percent { percent, elapsed }),
                (None, None) => None,
            }
        })
    }

    /// A duration that is no percentage.
    pub fn span(&mut self, key: &str) -> Option<(Span, bool)> {
        match self.length(key)? {
            Length::Fixed { span, elapsed } => Some((span, elapsed)),
            Length::Percent { percent, .. } => {
                self.refuse("wrong_json_type", key, &format!("{percent} %"));
                None
            }
        }
    }

    /// A length of work that is not below zero.
    pub fn duration(&mut self, key: &str) -> Option<(Span, bool)> {
        let (span, elapsed) = self.span(key)?;
        if span.is_negative() {
            self.refuse("negative_duration", key, &span.as_minutes().to_string());
        }
        Some((span.max(Span::ZERO), elapsed))
    }

    pub fn list(&mut self, key: &str) -> Vec<Value> {
        match self.take(key) {
            Some(Value::Array(list)) => list,
            Some(other) => {
                self.refuse("wrong_json_type", key, &shown(&other));
                vec![]
            }
            None => vec![],
        }
    }

    /// Two instants each.
    pub fn spells(&mut self, key: &str) -> Vec<(Instant, Instant)> {
        let spell = |v: &Value| Some((v.get(0)?.as_str()?.parse().ok()?, v.get(1)?.as_str()?.parse().ok()?));
        self.parsed(key, |v| v.as_array()?.iter().map(spell).collect()).unwrap_or_default()
    }
}

/// What no lag can hold is for the scheduler to refuse, which has its own words for it.
fn sensible(percent: &f64) -> bool {
    percent.abs() <= LARGEST || percent.abs() > f64::from(f32::MAX)
}

/// A whole number, also when written with a decimal point.
pub fn whole(value: &Value) -> Option<i64> {
    let from_fraction = |n: f64| (n.fract() == 0.0 && n.abs() < 9e15).then_some(n as i64);
    value.as_i64().or_else(|| value.as_f64().and_then(from_fraction))
}

/// A value, shortened.
pub fn shown(value: &Value) -> String {
    value.to_string().chars().take(60).collect()
}
