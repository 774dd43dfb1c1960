//! Names in comparable form, made once when a pack is loaded: an import asks thousands of times.
use crate::vocabulary::Words;
use std::collections::BTreeMap;

/// From a comparable name to the position of what it names; `None` where it would name two things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names(BTreeMap<String, Option<usize>>);

impl Names {
    /// The first to claim a name has it.
    pub(crate) fn first(named: impl Iterator<Item = (usize, String)>) -> Self {
        let mut names: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (at, name) in named.filter(|(_, n)| !n.is_empty()) {
            names.entry(name).or_insert(Some(at));
        }
        Self(names)
    }

    /// A name that two things claim names neither.
    pub(crate) fn only(named: impl Iterator<Item = (usize, String)>) -> Self {
        let mut names: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (at, name) in named.filter(|(_, n)| !n.is_empty()) {
            names.entry(name).and_modify(|known| *known = known.filter(|k| *k == at)).or_insert(Some(at));
        }
        Self(names)
    }

    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied().flatten()
    }
}

/// Every way in which each of `items` is written, by `said`, made comparable by `form`.
pub(crate) fn spoken<'a, T: 'a>(
    items: &'a [T],
    said: impl Fn(&'a T) -> Vec<&'a str> + 'a,
    form: impl Fn(&str) -> String + 'a,
) -> impl Iterator<Item = (usize, String)> + 'a {
    items.iter().enumerate().flat_map(move |(at, item)| said(item).into_iter().map(|n| (at, form(n))).collect::<Vec<_>>())
}

/// A key, its words and its aliases.
pub(crate) fn said<'a>(key: &'a str, words: &'a Words, aliases: &'a [String]) -> Vec<&'a str> {
    [key, words.zh.as_str(), words.en.as_str()].into_iter().chain(aliases.iter().map(String::as_str)).collect()
}
