//! The children of one element, asked by name; what cannot be read is noted with its place.
use super::value;
use crate::{FileProblem, Loss, Refused, words, xml::Node};
use lantu_calendar::{Instant, Span};
use std::{borrow::Cow, cell::Cell, cell::RefCell};

/// So many problems are told one by one, and so many losses.
const TOLD: usize = 200;

/// What is wrong in a file, and what had to be mended, so far.
#[derive(Default)]
pub(super) struct Found {
    problems: RefCell<Vec<FileProblem>>,
    losses: RefCell<Vec<Loss>>,
    untold: Cell<usize>,
    unlisted: Cell<usize>,
}

impl Found {
    /// Notes what makes the file unreadable.
    pub(super) fn refuse(&self, code: &'static str, place: String, found: &str) {
        let mut problems = self.problems.borrow_mut();
        match problems.len() < TOLD {
            true => problems.push(words::problem(code, place, found)),
            false => self.untold.set(self.untold.get() + 1),
        }
    }

    /// Notes what is read otherwise than it stands.
    pub(super) fn lose(&self, code: &'static str, place: String, found: impl Into<String>) {
        let mut losses = self.losses.borrow_mut();
        match losses.len() < TOLD {
            true => losses.push(Loss { code, place, found: crate::xml::shortened(&found.into()) }),
            false => self.unlisted.set(self.unlisted.get() + 1),
        }
    }

    /// The losses, or the refusal.
    pub(super) fn close(&self) -> Result<Vec<Loss>, Refused> {
        let (mut problems, mut losses) = (self.problems.take(), self.losses.take());
        if self.untold.get() > 0 {
            problems.push(words::problem("more_problems", String::new(), &self.untold.get().to_string()));
        }
        if self.unlisted.get() > 0 {
            losses.push(Loss { code: "more_losses", place: String::new(), found: self.unlisted.get().to_string() });
        }
        if problems.is_empty() { Ok(losses) } else { Err(Refused { problems }) }
    }
}

/// The children of one element. Files keep the schema's order, so a search goes on where the last one ended.
pub(super) struct Fields<'a> {
    node: Node<'a>,
    items: Vec<Node<'a>>,
    cursor: Cell<usize>,
    found: &'a Found,
    uid: Cell<Option<i64>>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(node: Node<'a>, found: &'a Found) -> Self {
        Self { node, items: node.elements().collect(), cursor: Cell::new(0), found, uid: Cell::new(None) }
    }

    pub(super) fn found(&self) -> &'a Found {
        self.found
    }

    /// The element's identity, which places name from here on; an element without one is refused.
    pub(super) fn uid(&self) -> Option<i64> {
        let uid = self.int("UID");
        if uid.is_none() && self.text("UID").is_none() {
            self.refuse("missing_uid", "UID", "");
        }
        self.uid.set(uid);
        uid
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<Node<'a>> {
        let (n, from) = (self.items.len(), self.cursor.get());
        let at = (from..n).chain(0..from).find(|at| self.items.get(*at).is_some_and(|node| node.name() == name))?;
        self.cursor.set(at);
        self.items.get(at).copied()
    }

    /// All children of this name.
    pub(super) fn children(&self, name: &'a str) -> impl Iterator<Item = Node<'a>> + '_ {
        self.items.iter().copied().filter(move |node| node.name() == name)
    }

    pub(super) fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        self.child(name)?.value()
    }

    pub(super) fn string(&self, name: &str) -> String {
        self.text(name).map(Cow::into_owned).unwrap_or_default()
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.parsed(name, "wrong_number", value::number)
    }

    pub(super) fn int(&self, name: &str) -> Option<i64> {
        let whole = |text: &str| text.parse().ok().or_else(|| value::number(text).filter(|n| n.abs() < 1e15).map(|n| n as i64));
        self.parsed(name, "wrong_number", whole)
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.parsed(name, "wrong_flag", |text| match text {
            "1" | "true" | "True" | "-1" => Some(true),
            "0" | "false" | "False" => Some(false),
            _ => None,
        })
    }

    pub(super) fn date(&self, name: &str) -> Option<Instant> {
        let meant = |text: &&str| !text.eq_ignore_ascii_case("NA");
        self.parsed(name, "wrong_date", |text| Some(text).filter(meant).map_or(Some(None), |text| value::date(text).map(Some))).flatten()
    }

    pub(super) fn span(&self, name: &str) -> Option<Span> {
        self.parsed(name, "wrong_duration", value::duration)
    }

    pub(super) fn time(&self, name: &str) -> Option<u32> {
        self.parsed(name, "wrong_time", value::time)
    }

    /// A number out of a list; another one is noted as a loss.
    pub(super) fn word<T: Copy>(&self, name: &str, table: &[(i64, T)]) -> Option<T> {
        let code = self.int(name)?;
        let word = super::codes::meaning(table, code);
        if word.is_none() {
            self.lose("unknown_code", name, code.to_string());
        }
        word
    }

    pub(super) fn refuse(&self, code: &'static str, name: &str, found: &str) {
        self.found.refuse(code, self.place(name), found);
    }

    pub(super) fn lose(&self, code: &'static str, name: &str, found: impl Into<String>) {
        self.found.lose(code, self.place(name), found);
    }

    fn parsed<T>(&self, name: &str, wrong: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name)?;
        let parsed = parse(&text);
        if parsed.is_none() {
            self.refuse(wrong, name, &text);
        }
        parsed
    }

    /// `line 12, Task 17/Start`.
    fn place(&self, name: &str) -> String {
        let uid = self.uid.get().map(|uid| format!(" {uid}")).unwrap_or_default();
        let line = self.child(name).unwrap_or(self.node).line();
        format!("line {line}, {}{uid}/{name}", self.node.name())
    }
}
