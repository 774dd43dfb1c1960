//! A workbook as it was handed in: cells with the text a person sees, numbered as in the file.
use jiff::civil::Date;
use lantu_model::{Precision, Problem};
use std::collections::BTreeMap;

/// What we are willing to unpack. Checked before and while unpacking.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub bytes: u64,
    pub unpacked: u64,
    /// Unpacked to packed, judged only above a megabyte: repetitive sheets pack well.
    pub ratio: u64,
    pub entries: usize,
    pub rows: usize,
    pub columns: usize,
    pub cells: usize,
    /// Bytes of text over all cells; one shared string may stand in a million of them.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 48 << 20,
            unpacked: 512 << 20,
            ratio: 250,
            entries: 5_000,
            rows: 100_000,
            columns: 500,
            cells: 4_000_000,
            text: 128 << 20,
        }
    }
}

/// Why a file is not read at all; words and remedy are found by the code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct FileRefusal {
    pub code: &'static str,
    pub values: BTreeMap<String, String>,
}

impl FileRefusal {
    pub(crate) fn new(code: &'static str) -> Self {
        Self { code, values: BTreeMap::new() }
    }
    pub(crate) fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.values.insert(key.to_owned(), value.to_string());
        self
    }
    pub fn problem(&self) -> Problem {
        Problem { values: self.values.clone(), ..Problem::block(self.code) }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    pub name: String,
    pub sheets: Vec<Sheet>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellValue {
    #[default]
    Empty,
    Text,
    /// The cell's text is the number to fifteen digits, as spreadsheets keep it.
    Number,
    Date(Date, Precision),
    Bool(bool),
    /// The text is the error (`#REF!`).
    Error,
    /// A formula that was never calculated.
    NoValue,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub text: String,
    pub value: CellValue,
    pub formula: bool,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let value = if text.trim().is_empty() { CellValue::Empty } else { CellValue::Text };
        Self { text, value, formula: false }
    }
    pub fn is_empty(&self) -> bool {
        self.value == CellValue::Empty
    }
    /// Without outer blanks, whichever blank it is.
    pub fn trimmed(&self) -> &str {
        self.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
    }
}

/// Zero-based, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    pub top: usize,
    pub left: usize,
    pub bottom: usize,
    pub right: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub name: String,
    /// `rows[i]` is row `i + 1` of the file; a row is as long as its last filled cell.
    pub rows: Vec<Vec<Cell>>,
    pub merges: Vec<Merge>,
    pub hidden: bool,
    /// Rows and columns were exchanged to read a table whose headings run down; cells keep their names in the file.
    pub turned: bool,
}

static NO_CELL: Cell = Cell { text: String::new(), value: CellValue::Empty, formula: false };

impl Sheet {
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|r| r.get(column)).unwrap_or(&NO_CELL)
    }
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
    /// The cell's name in the file: `F12`.
    pub fn cell_name(&self, row: usize, column: usize) -> String {
        let (r, c) = if self.turned { (column, row) } else { (row, column) };
        format!("{}{}", column_letters(c), r + 1)
    }
    /// Zero-based row and column of a cell named in the file.
    pub fn locate(&self, name: &str) -> Option<(usize, usize)> {
        let (row, column) = parse_cell_name(name)?;
        Some(if self.turned { (column, row) } else { (row, column) })
    }
    /// The same table with its headings across.
    pub fn turn(&self) -> Self {
        let width = self.width();
        let rows = (0..width).map(|c| (0..self.rows.len()).map(|r| self.cell(r, c).clone()).collect()).collect();
        let merges = self.merges.iter().map(|m| Merge { top: m.left, left: m.top, bottom: m.right, right: m.bottom }).collect();
        Self { name: self.name.clone(), rows, merges, hidden: self.hidden, turned: !self.turned }
    }
    /// Drops blank rows at the end and blank cells at the end of rows.
    pub(crate) fn trim(&mut self) {
        for row in &mut self.rows {
            while row.last().is_some_and(Cell::is_empty) {
                row.pop();
            }
        }
        while self.rows.last().is_some_and(Vec::is_empty) {
            self.rows.pop();
        }
        let height = self.rows.len();
        self.merges.retain(|m| m.top < height);
    }
}

/// `0` is `A`, `26` is `AA`.
pub fn column_letters(column: usize) -> String {
    let (mut n, mut letters) = (column + 1, vec![]);
    while n > 0 {
        letters.push(char::from(b'A' + ((n - 1) % 26) as u8));
        n = (n - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Zero-based row and column of `F12`; `None` beyond what a sheet can hold.
pub(crate) fn parse_cell_name(name: &str) -> Option<(usize, usize)> {
    let name = name.trim();
    let split = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at(split);
    if letters.is_empty() || letters.len() > 3 || digits.len() > 7 {
        return None;
    }
    let mut column = 0usize;
    for b in letters.bytes() {
        if !b.is_ascii_alphabetic() {
            return None;
        }
        column = column * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1;
    }
    let row: usize = digits.parse().ok()?;
    (row > 0).then(|| (row - 1, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_the_file() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(column), letters);
            assert_eq!(parse_cell_name(&format!("{letters}12")), Some((11, column)));
        }
        for bad in ["", "A", "12", "A0", "ABCD1", "é1", "A99999999"] {
            assert_eq!(parse_cell_name(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_turned_sheet_keeps_its_cell_names() {
        let sheet = Sheet { rows: vec![vec![Cell::text("a"), Cell::text("b")], vec![Cell::text("c")]], ..Sheet::default() };
        let turned = sheet.turn();
        assert_eq!(turned.cell(1, 0).text, "b");
        assert_eq!(turned.cell_name(1, 0), "B1");
        assert_eq!(turned.locate("B1"), Some((1, 0)));
    }
}
