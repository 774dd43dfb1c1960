//! Reading a pack's files so that every problem is found in one go, each with its line.
//!
//! A file is a list of entries (`[[stage]]`) and a head. Each entry is read by itself: one bad entry does not
//! hide the next, and a bad key in an entry does not hide the other keys.
use crate::problem::PackProblem;
use serde::de::DeserializeOwned;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

/// Where something stands: its file, the line it begins on, and the lines of its keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mark {
    pub file: String,
    pub line: usize,
    keys: BTreeMap<String, usize>,
}

impl Mark {
    pub(crate) fn in_file(file: &str, line: usize) -> Self {
        Self { file: file.to_owned(), line, keys: BTreeMap::new() }
    }
    /// A problem with one of the entry's keys.
    pub(crate) fn problem(&self, key: &str, code: &str, values: &[(&str, String)]) -> PackProblem {
        let line = self.keys.get(key).copied().unwrap_or(self.line);
        PackProblem::new(&self.file, line, key, code, values)
    }
}

/// An entry with its place in the file.
#[derive(Clone, Debug)]
pub(crate) struct Entry<T> {
    pub value: T,
    pub mark: Mark,
}

/// One TOML file being read. What is left unread at the end is unknown.
pub(crate) struct Document<'a> {
    file: &'a str,
    text: &'a str,
    table: DeTable<'a>,
    span: Range<usize>,
    pub(crate) problems: Vec<PackProblem>,
}

impl<'a> Document<'a> {
    pub(crate) fn parse(file: &'a str, bytes: &'a [u8]) -> Result<Self, Box<PackProblem>> {
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let line = 1 + bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count();
            Box::new(PackProblem::new(file, line, "", "pack_not_text", &[]))
        })?;
        let (root, errors) = DeTable::parse_recoverable(text);
        let problems = errors
            .iter()
            .map(|e| {
                let line = e.span().map_or(1, |s| line_of(text, s.start));
                PackProblem::new(file, line, "", "pack_syntax", &[("detail", e.message().to_owned())])
            })
            .collect();
        let span = root.span();
        Ok(Self { file, text, table: root.into_inner(), span, problems })
    }

    /// Takes the entries of `[[key]]`.
    pub(crate) fn entries<T: DeserializeOwned>(&mut self, key: &str) -> Vec<Entry<T>> {
        let Some(value) = self.take(key) else { return vec![] };
        let span = value.span();
        let DeValue::Array(items) = value.into_inner() else {
            self.add(span.start, key, "pack_bad_value", &format!("[[{key}]]"));
            return vec![];
        };
        let mut read = vec![];
        for item in items {
            let span = item.span();
            match item.into_inner() {
                DeValue::Table(table) => read.extend(self.entry(table, span)),
                _ => self.add(span.start, key, "pack_bad_value", &format!("[[{key}]]")),
            }
        }
        read
    }

    /// Reads everything that was not taken as one entry.
    pub(crate) fn rest<T: DeserializeOwned>(&mut self) -> Option<Entry<T>> {
        let table = std::mem::take(&mut self.table);
        self.entry(table, self.span.clone())
    }

    fn take(&mut self, key: &str) -> Option<Spanned<DeValue<'a>>> {
        let found = self.table.keys().find(|k| k.get_ref().as_ref() == key)?.clone();
        self.table.remove(&found)
    }

    /// Reads one entry. A key that does not fit is reported and put aside, so that the others are looked at too.
    fn entry<T: DeserializeOwned>(&mut self, mut table: DeTable<'a>, span: Range<usize>) -> Option<Entry<T>> {
        let keys: BTreeMap<String, usize> = table.keys().map(|k| (k.get_ref().to_string(), line_of(self.text, k.span().start))).collect();
        let mark = Mark { file: self.file.to_owned(), line: line_of(self.text, span.start), keys };
        let mut aside = BTreeSet::new();
        loop {
            let value = Spanned::new(span.clone(), DeValue::Table(table.clone()));
            let error = match T::deserialize(ValueDeserializer::from(value)) {
                Ok(_) if !aside.is_empty() => return None,
                Ok(value) => return Some(Entry { value, mark }),
                Err(error) => error,
            };
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            let missing = quoted(&message).filter(|_| message.starts_with("missing field"));
            if missing.as_ref().is_some_and(|key| aside.contains(key)) {
                return None;
            }
            let at = error.span().map_or(span.start, |s| s.start);
            let guilty =
                table.iter().find(|(k, v)| k.span().start == at || (v.span().start <= at && at < v.span().end)).map(|(k, _)| k.clone());
            let key = missing.clone().or_else(|| guilty.as_ref().map(|k| k.get_ref().to_string())).unwrap_or_default();
            let line = if missing.is_some() { mark.line } else { line_of(self.text, at) };
            self.problems.push(PackProblem::new(self.file, line, &key, code_of(&message), &[("detail", message.clone())]));
            match guilty.filter(|_| missing.is_none()) {
                Some(key) => {
                    aside.insert(key.get_ref().to_string());
                    table.remove(&key);
                }
                None => return None,
            }
        }
    }

    fn add(&mut self, at: usize, key: &str, code: &str, detail: &str) {
        let line = line_of(self.text, at);
        self.problems.push(PackProblem::new(self.file, line, key, code, &[("detail", detail.to_owned())]));
    }
}

fn code_of(message: &str) -> &'static str {
    if message.starts_with("unknown field") {
        "pack_unknown_key"
    } else if message.starts_with("missing field") {
        "pack_missing_key"
    } else if message.starts_with("unknown variant") {
        "pack_unknown_choice"
    } else {
        "pack_bad_value"
    }
}

fn quoted(message: &str) -> Option<String> {
    message.split('`').nth(1).map(str::to_owned)
}

fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at.min(text.len())].iter().filter(|b| **b == b'\n').count()
}
