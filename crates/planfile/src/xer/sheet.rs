//! The tables of a file as places in its bytes: nothing is copied, so that what is not changed goes back as it came.
//!
//! A line begins with its mark: `ERMHDR` the head, `%T` a table's name, `%F` its columns, `%R` a row, `%E` the end.
//! Cells are divided by tabs. A line without a mark goes on with the cell before it (a text with a line break).
use super::charset::{Charset, UTF8_MARK};
use super::findings::Findings;
use crate::FILE_LIMIT;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// No file may be longer.
const MOST_BYTES: usize = FILE_LIMIT as usize;
/// No table may have more rows.
const MOST_ROWS: usize = 8_000_000;

/// A file's tables.
#[derive(Debug)]
pub(super) struct Sheet<'s> {
    pub bytes: &'s [u8],
    pub charset: Charset,
    /// `\r\n` or `\n`, as the head has it.
    pub line_end: &'static str,
    /// Cells of the head, the mark itself being the first.
    pub head: Vec<&'s [u8]>,
    pub tables: Vec<Table>,
    /// Where `%E` begins, or where the file ends.
    pub end: usize,
    by_name: HashMap<String, Vec<usize>>,
}

/// A table's name, columns and rows.
#[derive(Debug)]
pub(super) struct Table {
    /// In capitals.
    pub name: String,
    /// The names of its columns, in small letters.
    pub columns: Vec<String>,
    places: HashMap<String, usize>,
    rows: Vec<Span>,
    /// The line of its columns.
    head: Option<Span>,
    /// Where a further row would begin.
    pub after: usize,
}

/// A row's place: its content from the mark up to the line's end, and where the next line begins.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    end: u32,
    after: u32,
    line: u32,
}

/// The place of a row: which table, which row of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RowAt {
    pub table: u32,
    pub row: u32,
}

/// A row with its cells.
#[derive(Clone, Debug)]
pub(super) struct Row<'s> {
    pub at: RowAt,
    pub table: &'s Table,
    charset: Charset,
    span: Span,
    cells: Vec<&'s [u8]>,
}

enum Mark {
    Table,
    Columns,
    Row,
    End,
    None,
}

impl<'s> Sheet<'s> {
    /// Finds the tables; what is wrong with the file as a whole goes to the findings.
    pub fn read(bytes: &'s [u8], findings: &mut Findings) -> Option<Self> {
        let content = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
        if !is_fit(bytes, content, findings) {
            return None;
        }
        let charset = Charset::of(content);
        let first = content.split(|b| *b == b'\n').next().unwrap_or_default();
        let line_end = if first.ends_with(b"\r") { "\r\n" } else { "\n" };
        let head = trim_return(first).split(|b| *b == b'\t').collect();
        let mut sheet = Self { bytes, charset, line_end, head, tables: vec![], end: bytes.len(), by_name: HashMap::new() };
        sheet.read_lines(bytes.len() - content.len() + first.len() + 1, findings);
        for (at, table) in sheet.tables.iter().enumerate() {
            sheet.by_name.entry(table.name.clone()).or_default().push(at);
            if table.rows.len() > MOST_ROWS {
                refuse_rows(table, findings);
            }
        }
        Some(sheet)
    }

    fn read_lines(&mut self, mut at: usize, findings: &mut Findings) {
        let (mut line, mut ended) = (1, false);
        while at < self.bytes.len() && !ended {
            line += 1;
            let rest = &self.bytes[at..];
            let length = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
            let after = (at + length + 1).min(self.bytes.len());
            let text = trim_return(&rest[..length]);
            let span = Span { start: at as u32, end: (at + text.len()) as u32, after: after as u32, line };
            ended = self.take_line(span, findings);
            at = after;
        }
        if ended {
            return;
        }
        if self.bytes.last() == Some(&b'\n') {
            findings.lose("no_end_mark", || format!("line {line}"), "");
        } else {
            let found = String::from_utf8_lossy(&self.bytes[self.bytes.len().saturating_sub(40)..]).into_owned();
            findings.refuse(
                "truncated",
                format!("line {line}"),
                &found,
                "文件在一行中间断开，且没有结束标志 %E，可能未传完整。请重新导出或重新拷贝；确认完整时，在末尾另起一行写上 %E。",
                "The file breaks off within a line and has no end mark %E; it may be incomplete. Export or copy it again; if it is whole, add a last line %E.",
            );
        }
    }

    fn take_line(&mut self, span: Span, findings: &mut Findings) -> bool {
        let text = &self.bytes[span.start as usize..span.end as usize];
        match mark_of(text) {
            Mark::Table => self.tables.push(Table::new(self.cell_text(text.get(3..).unwrap_or_default()), span.after as usize)),
            Mark::Columns => {
                let names: Vec<String> = text.get(3..).unwrap_or_default().split(|b| *b == b'\t').map(|n| self.cell_text(n)).collect();
                match self.tables.last_mut() {
                    Some(table) if table.columns.is_empty() => table.set_columns(names, span),
                    _ => findings.lose("columns_out_of_place", || format!("line {}", span.line), ""),
                }
            }
            Mark::Row => match self.tables.last_mut() {
                Some(table) if !table.columns.is_empty() => {
                    table.after = span.after as usize;
                    table.rows.push(span);
                }
                _ => findings.lose("row_out_of_place", || format!("line {}", span.line), &String::from_utf8_lossy(text)),
            },
            Mark::End => {
                self.end = span.start as usize;
                return true;
            }
            Mark::None => self.go_on(span, text.is_empty()),
        }
        false
    }

    /// A line without a mark belongs to the row before it; an empty one after a table is left alone.
    fn go_on(&mut self, span: Span, empty: bool) {
        if let Some(table) = self.tables.last_mut()
            && let Some(last) = table.rows.last_mut()
        {
            last.after = span.after;
            table.after = span.after as usize;
            if !empty {
                last.end = span.end;
            }
        }
    }

    fn cell_text(&self, bytes: &[u8]) -> String {
        self.charset.decode(bytes).0.trim().to_owned()
    }

    /// The place of the first table of this name that has columns.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        self.by_name.get(name)?.iter().copied().find(|at| !self.tables[*at].columns.is_empty())
    }

    /// The first table of this name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.by_name.get(name).and_then(|at| self.tables.get(*at.first()?))
    }

    /// The rows of all tables of this name, in the order of the file.
    pub fn rows(&self, name: &str) -> impl Iterator<Item = Row<'_>> {
        let tables = self.by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        tables.iter().flat_map(|t| (0..self.tables[*t].rows.len()).map(|r| self.row(RowAt { table: *t as u32, row: r as u32 })))
    }

    /// One row.
    pub fn row(&self, at: RowAt) -> Row<'_> {
        let table = &self.tables[at.table as usize];
        let span = table.rows[at.row as usize];
        let text = &self.bytes[span.start as usize..span.end as usize];
        Row { at, table, charset: self.charset, span, cells: cells_of(text.get(3..).unwrap_or_default(), table.columns.len()) }
    }

    /// The bytes of a row with its line's end.
    pub fn line_of(&self, at: RowAt) -> Range<usize> {
        let span = self.tables[at.table as usize].rows[at.row as usize];
        span.start as usize..span.after as usize
    }

    /// The bytes of a row without its line's end.
    pub fn text_of(&self, at: RowAt) -> Range<usize> {
        let span = self.tables[at.table as usize].rows[at.row as usize];
        span.start as usize..span.end as usize
    }
}

impl Table {
    fn new(name: String, after: usize) -> Self {
        Self { name: name.to_uppercase(), columns: vec![], places: HashMap::new(), rows: vec![], head: None, after }
    }

    fn set_columns(&mut self, names: Vec<String>, span: Span) {
        self.columns = names.into_iter().map(|n| n.to_lowercase()).collect();
        for (at, name) in self.columns.iter().enumerate() {
            self.places.entry(name.clone()).or_insert(at);
        }
        self.head = Some(span);
        self.after = span.after as usize;
    }

    /// The bytes of the line of its columns, without its end.
    pub fn head(&self) -> Option<Range<usize>> {
        self.head.map(|span| span.start as usize..span.end as usize)
    }

    /// How many rows it has.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }
}

impl<'s> Row<'s> {
    /// A cell's bytes without spaces around them; `None` when it is empty or the table has no such column.
    pub fn bytes(&self, column: &str) -> Option<&'s [u8]> {
        let cell = self.cells.get(self.table.column(column)?)?.trim_ascii();
        (!cell.is_empty()).then_some(cell)
    }

    /// A cell as it is written, decoded.
    pub fn raw(&self, column: &str) -> Option<Cow<'s, str>> {
        self.bytes(column).map(|b| self.charset.decode(b).0)
    }

    /// A cell as people read it: quotes undone, fill bytes and line breaks as line breaks.
    pub fn text(&self, column: &str) -> Option<String> {
        self.raw(column).map(|raw| unquoted(&raw)).filter(|t| !t.is_empty())
    }

    /// All cells, as many as there are.
    pub fn cells(&self) -> &[&'s [u8]] {
        &self.cells
    }

    /// Where, for people: `TASK row 3 (line 120), task_id`.
    pub fn place(&self, column: &str) -> String {
        let comma = if column.is_empty() { "" } else { ", " };
        format!("{} row {} (line {}){comma}{column}", self.table.name, self.at.row + 1, self.span.line)
    }
}

fn is_fit(bytes: &[u8], content: &[u8], findings: &mut Findings) -> bool {
    if bytes.len() > MOST_BYTES {
        findings.refuse(
            "file_too_large",
            "",
            &format!("{} bytes", bytes.len()),
            "文件超过 1 GiB，不予读取。请分项目导出。",
            "The file is longer than 1 GiB and is not read. Export its projects one by one.",
        );
        return false;
    }
    if !content.starts_with(b"ERMHDR") {
        let found = String::from_utf8_lossy(&content[..content.len().min(60)]).into_owned();
        findings.refuse(
            "not_xer",
            "line 1",
            &found,
            "首行不是 ERMHDR，这不是 P6 的 XER 文件。请在 P6 中选“文件、导出、Primavera PM（XER）”重新导出。",
            "The first line is not ERMHDR: this is no XER file of P6. Export it again with File, Export, Primavera PM (XER).",
        );
        return false;
    }
    true
}

fn refuse_rows(table: &Table, findings: &mut Findings) {
    findings.refuse(
        "too_many_rows",
        table.name.clone(),
        &table.rows.len().to_string(),
        "表的行数超过八百万，不予读取。请分项目导出。",
        "The table has more than eight million rows and is not read. Export its projects one by one.",
    );
}

fn trim_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn mark_of(text: &[u8]) -> Mark {
    if !matches!(text.get(2), None | Some(b'\t' | b' ')) {
        return Mark::None;
    }
    match text.get(..2) {
        Some(b"%T") => Mark::Table,
        Some(b"%F") => Mark::Columns,
        Some(b"%R") => Mark::Row,
        Some(b"%E") => Mark::End,
        _ => Mark::None,
    }
}

/// Divides a row at its tabs. Where that gives more cells than there are columns, tabs within quotes do not divide.
fn cells_of(text: &[u8], columns: usize) -> Vec<&[u8]> {
    let plain: Vec<&[u8]> = text.split(|b| *b == b'\t').collect();
    if plain.len() <= columns || !text.contains(&b'"') {
        return plain;
    }
    let (mut cells, mut start, mut quoted) = (Vec::with_capacity(columns), 0, false);
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'"' if quoted || at == start => quoted = !quoted,
            b'"' => quoted = at > 0 && text[at - 1] == b'"' && !quoted && text[start] == b'"',
            b'\t' if !quoted => {
                cells.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    cells.push(&text[start..]);
    if cells.len() <= columns { cells } else { plain }
}

/// P6 doubles quotes within texts; other programs set the whole cell in quotes besides. 0x7F stands for a line break's byte.
fn unquoted(raw: &str) -> String {
    let whole = raw.strip_prefix('"').and_then(|t| t.strip_suffix('"')).filter(|t| !t.is_empty() && !t.replace("\"\"", "").contains('"'));
    let text = whole.unwrap_or(raw);
    if !text.contains(['"', '\u{7f}', '\r']) {
        return text.to_owned();
    }
    text.replace("\"\"", "\"").replace("\u{7f}\u{7f}", "\n").replace('\u{7f}', "\n").replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut findings = Findings::default();
        let sheet = Sheet::read(text.as_bytes(), &mut findings).unwrap();
        findings.verdict().unwrap();
        sheet.rows("A").map(|r| ["x", "y", "z"].iter().map(|c| r.text(c).unwrap_or_default()).collect()).collect()
    }

    #[test]
    fn rows_are_divided_into_cells() {
        let text =
            "ERMHDR\t8\r\n%T\tA\r\n%F\tx\tY\tz\r\n%R\t1\t say \"\"no\"\"\t\r\n%R\t2\r\n%R\t3\t\"a\tb\"\t4\r\n%R\t5\ta\r\nb\t6\r\n%E\r\n";
        assert_eq!(rows(text), [["1", "say \"no\"", ""], ["2", "", ""], ["3", "a\tb", "4"], ["5", "a\nb", "6"]]);
        assert_eq!(rows("ERMHDR\n%T\tA\n%F\ty\tx\n%R\ta\u{7f}\u{7f}b\tc\td\n\n%E"), [["c", "a\nb", ""]]);
    }

    #[test]
    fn quotes_are_undone() {
        for (raw, text) in [("\"\"Pipe\"\"", "\"Pipe\""), ("\"\"\"Pipe\"\"\"", "\"Pipe\""), ("12\"\" pipe", "12\" pipe"), ("\"a\"", "a")] {
            assert_eq!(unquoted(raw), text);
        }
    }

    #[test]
    fn a_broken_file_says_how() {
        for (text, code) in [("PK\u{3}\u{4}", "not_xer"), ("", "not_xer"), ("ERMHDR\n%T\tTASK\n%F\ttask_id\n%R\t1", "truncated")] {
            let mut findings = Findings::default();
            Sheet::read(text.as_bytes(), &mut findings);
            assert_eq!(findings.verdict().unwrap_err().problems[0].code, code);
        }
        let mut findings = Findings::default();
        Sheet::read(b"ERMHDR\n%R\t1\n%F\ta\n", &mut findings).unwrap();
        let codes: Vec<_> = findings.take_losses().iter().map(|l| l.code).collect();
        assert_eq!(codes, ["row_out_of_place", "columns_out_of_place", "no_end_mark"]);
    }
}
