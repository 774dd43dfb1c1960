//! Cells to values. A cell that cannot be what it should be is a loss and counts as empty; only those that everything hangs on are refused.
use super::findings::Findings;
use super::forms::Forms;
use super::sheet::{Row, Sheet};
use super::words::{Words, meaning};
use lantu_calendar::{Instant, Span};

/// A file being read: its tables, its forms, and what was found wrong.
pub(super) struct Reader<'s> {
    pub sheet: &'s Sheet<'s>,
    pub forms: Forms,
    pub findings: Findings,
}

impl Reader<'_> {
    fn lost<T>(&mut self, read: Option<T>, code: &'static str, row: &Row<'_>, column: &str) -> Option<T> {
        if read.is_none()
            && let Some(raw) = row.raw(column)
        {
            self.findings.lose(code, || row.place(column), &raw);
        }
        read
    }

    /// An identity of P6's: a whole number. Other rows may be named by it, so a wrong one is refused.
    pub fn key(&mut self, row: &Row<'_>, column: &str) -> Option<i64> {
        let key = self.plain_id(row, column);
        if key.is_none() {
            self.findings.refuse(
                "bad_id",
                row.place(column),
                &row.raw(column).unwrap_or_default(),
                "编号应为整数，此处缺失或不是整数，无法确定该行是哪一项。请在 P6 中重新导出，或删去该行。",
                "An id must be a whole number; here it is missing or is none, so the row cannot be told from others. Export the file again from P6 or delete the row.",
            );
        }
        key
    }

    /// The identity of a row of another table.
    pub fn id(&mut self, row: &Row<'_>, column: &str) -> Option<i64> {
        let id = self.plain_id(row, column);
        self.lost(id, "bad_id", row, column)
    }

    fn plain_id(&self, row: &Row<'_>, column: &str) -> Option<i64> {
        let raw = row.raw(column)?;
        let whole = || self.forms.number(&raw).filter(|n| n.fract() == 0.0 && n.abs() < 9e15).map(|n| n as i64);
        raw.parse().ok().or_else(whole)
    }

    pub fn number(&mut self, row: &Row<'_>, column: &str) -> Option<f64> {
        let number = row.raw(column).and_then(|raw| self.forms.number(&raw));
        self.lost(number, "bad_number", row, column)
    }

    pub fn hours(&mut self, row: &Row<'_>, column: &str) -> Option<Span> {
        let hours = row.raw(column).and_then(|raw| self.forms.hours(&raw));
        self.lost(hours, "bad_number", row, column)
    }

    /// Hours of work; less than none count as none.
    pub fn duration(&mut self, row: &Row<'_>, column: &str) -> Option<Span> {
        let span = self.hours(row, column)?;
        if span.is_negative() {
            self.findings.lose("negative_duration", || row.place(column), &row.raw(column).unwrap_or_default());
        }
        Some(span.max(Span::ZERO))
    }

    pub fn date(&mut self, row: &Row<'_>, column: &str) -> Option<Instant> {
        let date = row.raw(column).and_then(|raw| self.forms.date(&raw));
        self.lost(date, "bad_date", row, column)
    }

    /// A date of what has happened. Without it nothing after it can be right, so a wrong one is refused.
    pub fn actual(&mut self, row: &Row<'_>, column: &str) -> Option<Instant> {
        let raw = row.raw(column)?;
        let date = self.forms.date(&raw);
        if date.is_none() {
            self.findings.refuse(
                "bad_date",
                row.place(column),
                &raw,
                "实际日期无法识别，应写作“2026-03-02 08:00”。请改正后重新读取。",
                "This actual date cannot be read; it should be written 2026-03-02 08:00. Mend it and read the file again.",
            );
        }
        date
    }

    pub fn word<T: Copy>(&mut self, row: &Row<'_>, column: &str, words: Words<T>) -> Option<T> {
        let word = row.raw(column).and_then(|raw| meaning(words, &raw));
        self.lost(word, "unknown_word", row, column)
    }

    /// `Y` or `N`.
    pub fn flag(&mut self, row: &Row<'_>, column: &str) -> Option<bool> {
        let flag = match row.bytes(column)? {
            b"Y" | b"y" | b"1" => Some(true),
            b"N" | b"n" | b"0" => Some(false),
            _ => None,
        };
        self.lost(flag, "unknown_word", row, column)
    }

    /// A text for people; bytes that are no text are noted.
    pub fn text(&mut self, row: &Row<'_>, column: &str) -> String {
        let text = row.text(column).unwrap_or_default();
        if text.contains('\u{fffd}') {
            self.findings.lose("bytes_not_text", || row.place(column), &text);
        }
        text
    }
}
