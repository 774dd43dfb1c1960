//! Changes to a file's bytes: cells, rows and tables set anew, all else left as it stands.
use super::findings::shortened;
use super::sheet::{RowAt, Sheet};
use crate::Loss;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Columns with what stands in them.
pub(super) type Cells = Vec<(&'static str, Cell)>;

/// One of them; what is the same for all rows is not copied.
pub(super) type Cell = Cow<'static, str>;

/// Changes to a file, kept until they are all known.
pub(super) struct Patch<'s> {
    sheet: &'s Sheet<'s>,
    cells: BTreeMap<RowAt, BTreeMap<usize, String>>,
    deleted: BTreeSet<RowAt>,
    added: BTreeMap<usize, Vec<BTreeMap<usize, String>>>,
    /// Columns that a table gets behind its own.
    columns: BTreeMap<usize, Vec<&'static str>>,
    tables: Vec<(&'static str, Lines)>,
    pub losses: Vec<Loss>,
}

impl<'s> Patch<'s> {
    pub fn new(sheet: &'s Sheet<'s>) -> Self {
        let (cells, deleted, added, columns) = Default::default();
        Self { sheet, cells, deleted, added, columns, tables: vec![], losses: vec![] }
    }

    /// Sets a cell of a row.
    pub fn set(&mut self, row: RowAt, column: &'static str, value: String) {
        let column = self.column(row.table as usize, column);
        self.cells.entry(row).or_default().insert(column, value);
    }

    /// Sets the cells in which `new` differs from `old`.
    pub fn set_changed(&mut self, row: RowAt, old: &Cells, new: Cells) {
        for ((column, old), (_, new)) in old.iter().zip(new) {
            if *old != new {
                self.set(row, column, new.into_owned());
            }
        }
    }

    pub fn delete(&mut self, row: RowAt) {
        self.deleted.insert(row);
    }

    /// Adds a row to a table, behind its own; the table too where there is none.
    pub fn add(&mut self, table: &'static str, cells: Cells) {
        if let Some(place) = self.sheet.place_of(table) {
            let row = cells.into_iter().filter(|(_, v)| !v.is_empty()).map(|(c, v)| (self.column(place, c), v.into_owned())).collect();
            self.added.entry(place).or_default().push(row);
        } else if let Some((_, rows)) = self.tables.iter_mut().find(|(name, _)| *name == table) {
            rows.push(&cells);
        } else {
            let mut rows = Lines::ending(self.sheet.line_end);
            rows.push(&cells);
            self.tables.push((table, rows));
        }
    }

    /// The place of a column; a column that the table does not have is set behind its own.
    fn column(&mut self, table: usize, name: &'static str) -> usize {
        let known = &self.sheet.tables[table];
        known.column(name).unwrap_or_else(|| {
            let more = self.columns.entry(table).or_default();
            let at = more.iter().position(|c| *c == name).unwrap_or_else(|| {
                more.push(name);
                more.len() - 1
            });
            known.columns.len() + at
        })
    }

    /// The bytes of the file with the changes, and what its code page could not hold.
    pub fn finish(mut self) -> (Vec<u8>, Vec<Loss>) {
        let mut changes: Vec<(Range<usize>, Vec<u8>)> = vec![];
        for (table, names) in std::mem::take(&mut self.columns) {
            if let Some(head) = self.sheet.tables[table].head() {
                let more: String = names.iter().flat_map(|n| ["\t", n]).collect();
                changes.push((head.end..head.end, more.into_bytes()));
            }
        }
        for (row, cells) in std::mem::take(&mut self.cells) {
            if !self.deleted.contains(&row) {
                changes.push((self.sheet.text_of(row), self.row(row, &cells)));
            }
        }
        changes.extend(self.deleted.iter().map(|row| (self.sheet.line_of(*row), vec![])));
        for (table, rows) in std::mem::take(&mut self.added) {
            let at = self.sheet.tables[table].after;
            let lines = rows.iter().flat_map(|cells| self.line(&[], cells)).collect();
            changes.push((at..at, self.on_new_line(at, lines)));
        }
        let tables = self.new_tables();
        changes.push((self.sheet.end..self.sheet.end, self.on_new_line(self.sheet.end, tables)));
        (spliced(self.sheet.bytes, changes), self.losses)
    }

    fn row(&mut self, row: RowAt, cells: &BTreeMap<usize, String>) -> Vec<u8> {
        let kept = self.sheet.row(row);
        let mut line = self.line(kept.cells(), cells);
        line.truncate(line.len() - self.sheet.line_end.len());
        line
    }

    /// A row's line: what was there, with what is set.
    fn line(&mut self, kept: &[&[u8]], cells: &BTreeMap<usize, String>) -> Vec<u8> {
        let width = kept.len().max(cells.last_key_value().map_or(0, |(at, _)| at + 1));
        let mut line = b"%R".to_vec();
        for at in 0..width {
            line.push(b'\t');
            match cells.get(&at) {
                Some(value) => line.extend(self.encoded(value)),
                None => line.extend_from_slice(kept.get(at).copied().unwrap_or_default()),
            }
        }
        line.extend_from_slice(self.sheet.line_end.as_bytes());
        line
    }

    fn encoded(&mut self, value: &str) -> Vec<u8> {
        let (bytes, lost) = self.sheet.charset.encode(&cell(value));
        if lost {
            self.losses.push(Loss { code: "not_in_code_page", place: String::new(), found: shortened(value) });
        }
        bytes
    }

    fn new_tables(&mut self) -> Vec<u8> {
        let mut bytes = vec![];
        for (name, rows) in std::mem::take(&mut self.tables) {
            bytes.extend(self.sheet.charset.encode(&rows.table(name)).0);
        }
        bytes
    }

    /// What is inserted where the file's last line has no end begins with one.
    fn on_new_line(&self, at: usize, lines: Vec<u8>) -> Vec<u8> {
        if lines.is_empty() || at == 0 || self.sheet.bytes[at - 1] == b'\n' {
            return lines;
        }
        [self.sheet.line_end.as_bytes(), &lines].concat()
    }
}

/// The rows of a new table as text.
pub(super) struct Lines {
    text: String,
    rows: usize,
    end: &'static str,
}

impl Lines {
    /// None so far; each ends like this.
    pub fn ending(end: &'static str) -> Self {
        Self { text: String::new(), rows: 0, end }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Adds a row; the columns are those of the first.
    pub fn push(&mut self, row: &Cells) {
        if self.rows == 0 {
            self.text.push_str("%F");
            row.iter().for_each(|(column, _)| self.text.extend(["\t", column]));
            self.text.push_str(self.end);
        }
        self.rows += 1;
        self.text.push_str("%R");
        for (_, value) in row {
            self.text.push('\t');
            self.text.push_str(&cell(value));
        }
        self.text.push_str(self.end);
    }

    /// The table with its name; nothing when it has no rows.
    pub fn table(&self, name: &str) -> String {
        if self.rows == 0 {
            return String::new();
        }
        ["%T\t", name, self.end, &self.text].concat()
    }
}

/// As P6 writes a text into a cell: quotes twice, no tabs, 0x7F for the bytes of line breaks.
fn cell(value: &str) -> Cow<'_, str> {
    // Control characters of Unicode begin with 0xC2.
    if value.bytes().all(|b| b >= b' ' && !matches!(b, b'"' | 0x7F | 0xC2)) {
        return Cow::Borrowed(value);
    }
    let text = value.replace("\r\n", "\n").replace('"', "\"\"").replace('\n', "\u{7f}\u{7f}");
    Cow::Owned(text.chars().map(|c| if c.is_control() && c != '\u{7f}' { ' ' } else { c }).collect())
}

fn spliced(bytes: &[u8], mut changes: Vec<(Range<usize>, Vec<u8>)>) -> Vec<u8> {
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = Vec::with_capacity(bytes.len() + changes.iter().map(|(_, b)| b.len()).sum::<usize>());
    let mut at = 0;
    for (range, new) in changes {
        out.extend_from_slice(&bytes[at.min(range.start)..range.start]);
        out.extend(new);
        at = range.end.max(at);
    }
    out.extend_from_slice(&bytes[at..]);
    out
}
