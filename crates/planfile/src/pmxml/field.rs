//! The fields of an element as values. A field that is empty or nil is absent.
use super::found::Found;
use super::words::{Words, meaning};
use crate::bounds::LARGEST;
use crate::xml::Node;
use lantu_calendar::{Instant, Span};
use std::borrow::Cow;

/// An element with the place where what is wrong in it is told.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub node: Node<'a>,
    pub found: &'a Found,
}

impl<'a> Fields<'a> {
    pub fn of(node: Node<'a>, found: &'a Found) -> Self {
        Self { node, found }
    }

    /// A text for people; empty when there is none.
    pub fn text(self, name: &str) -> String {
        self.node.child_text(name).map(Cow::into_owned).unwrap_or_default()
    }

    /// A field that only says something of itself: a wrong one is told and counts as absent.
    fn mild<T>(self, name: &str, code: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let (field, text) = self.field(name)?;
        let value = parse(&text);
        if value.is_none() {
            self.found.lose(code, || field.place(), &text);
        }
        value
    }

    /// A field that dates hang on: a wrong one refuses the file.
    fn strict<T>(self, name: &str, code: &'static str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let (field, text) = self.field(name)?;
        let value = parse(&text);
        if value.is_none() {
            self.found.refuse(code, || field.place(), &text);
        }
        value
    }

    fn field(self, name: &str) -> Option<(Node<'a>, Cow<'a, str>)> {
        self.node.children(name).find_map(|field| Some((field, field.value()?)))
    }

    /// The identity of this element; without it the file is refused.
    pub fn key(self) -> Option<i64> {
        let text = self.node.child_text("ObjectId").or_else(|| self.node.attribute("ObjectId")).unwrap_or_default();
        let key = whole(&text);
        if key.is_none() {
            self.found.refuse("bad_id", || self.node.place(), &text);
        }
        key
    }

    /// The identity of another element.
    pub fn id(self, name: &str) -> Option<i64> {
        self.mild(name, "bad_id", whole)
    }

    pub fn number(self, name: &str) -> Option<f64> {
        self.mild(name, "bad_number", number)
    }

    /// Hours that may be negative.
    pub fn hours(self, name: &str) -> Option<Span> {
        self.strict(name, "bad_number", number).map(span_of_hours)
    }

    /// Hours that say something of themselves only.
    pub fn shown_hours(self, name: &str) -> Option<Span> {
        self.number(name).map(span_of_hours)
    }

    /// Hours of work.
    pub fn duration(self, name: &str) -> Option<Span> {
        let span = self.hours(name)?;
        if span.is_negative() {
            let (field, text) = self.field(name)?;
            self.found.refuse("negative_duration", || field.place(), &text);
        }
        Some(span.max(Span::ZERO))
    }

    /// A date that decides others.
    pub fn date(self, name: &str) -> Option<Instant> {
        self.strict(name, "bad_date", date).flatten()
    }

    /// A date that was computed.
    pub fn shown_date(self, name: &str) -> Option<Instant> {
        self.mild(name, "bad_date", date).flatten()
    }

    pub fn flag(self, name: &str) -> Option<bool> {
        self.mild(name, "unknown_word", flag)
    }

    /// A word that decides dates.
    pub fn word<T: Copy>(self, name: &str, words: Words<T>) -> Option<T> {
        self.strict(name, "unknown_word", |text| meaning(words, text))
    }

    pub fn shown_word<T: Copy>(self, name: &str, words: Words<T>) -> Option<T> {
        self.mild(name, "unknown_word", |text| meaning(words, text))
    }
}

/// A whole number, also when written with a fraction of nothing.
pub(super) fn whole(text: &str) -> Option<i64> {
    let with_fraction = || number(text).filter(|n| n.fract() == 0.0 && n.abs() < 9e15).map(|n| n as i64);
    text.parse().ok().or_else(with_fraction)
}

/// A number with a decimal point or comma; where both stand the later one is it.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain: String = match (text.rfind('.'), text.rfind(',')) {
        (_, None) => text.to_owned(),
        (Some(point), Some(comma)) if point > comma => text.replace(',', ""),
        (_, Some(comma)) => text
            .char_indices()
            .filter(|(at, c)| *c != '.' && (*c != ',' || *at == comma))
            .map(|(_, c)| if c == ',' { '.' } else { c })
            .collect(),
    };
    let looks_like_one = plain.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    plain.parse().ok().filter(|n: &f64| n.abs() <= LARGEST && looks_like_one)
}

/// To the second.
fn span_of_hours(hours: f64) -> Span {
    Span::from_minutes(hours * 60.0)
}

/// `Some(None)` for the first day of all days, which some programs write for none.
fn date(text: &str) -> Option<Option<Instant>> {
    let civil = match text.get(19..20) {
        Some("." | "Z" | "z" | "+" | "-") => text.get(..19)?,
        _ => text,
    };
    let at: Instant = civil.parse().ok()?;
    if at == Instant::MIN {
        return Some(None);
    }
    (at == at.clamped()).then_some(Some(at))
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "1" | "true" | "True" | "TRUE" | "Y" => Some(true),
        "0" | "false" | "False" | "FALSE" | "N" => Some(false),
        _ => None,
    }
}

/// Seconds after midnight of `HH:MM`, with seconds or with a date before it.
pub(super) fn time_of_day(text: &str) -> Option<u32> {
    let clock = text.rsplit('T').next()?;
    let mut parts = clock.split(':').map(|p| p.get(..2).unwrap_or(p).parse::<u32>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_points_or_commas() {
        for (text, n) in [("8", 8.0), ("8.5", 8.5), ("8,5", 8.5), ("-40", -40.0), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1e2", 100.0)]
        {
            assert_eq!(number(text), Some(n), "{text}");
        }
        for text in ["", "NaN", "inf", "1e999", "8h", "0x10"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!((whole("12.0"), whole("12.5"), whole("99999999999999999999")), (Some(12), None, None));
    }

    #[test]
    fn dates_are_local_whatever_their_end_says() {
        let at: Instant = "2026-03-02T08:00".parse().unwrap();
        for text in
            ["2026-03-02T08:00:00", "2026-03-02T08:00:00.000", "2026-03-02T08:00:00Z", "2026-03-02T08:00:00+08:00", "2026-03-02 08:00"]
        {
            assert_eq!(date(text), Some(Some(at)), "{text}");
        }
        assert_eq!(date("0001-01-01T00:00:00"), Some(None));
        for text in ["2026-02-30T08:00:00", "9999-12-31T23:59:59", "-009999-01-01T00:00:00", "soon", "2026-03-02T08:00:00€"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!((time_of_day("15:59:00"), time_of_day("1970-01-01T08:30:00"), time_of_day("24:00")), (Some(57_540), Some(30_600), None));
    }
}
