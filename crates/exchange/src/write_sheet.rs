//! A sheet as offices draw it: a title, a legend, two rows of merged heads, group rows with their sums.
use crate::write::{WriteFault, clip, field, named_page, new_book};
use jiff::civil::Date;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet};

/// A column; neighbours with the same `over` share one merged head above theirs.
#[derive(Clone, Debug)]
pub struct SheetColumn {
    pub heading: String,
    pub over: Option<String>,
    /// In characters.
    pub width: f64,
    /// Marks stand in the middle, names at the left.
    pub centred: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// 合计, or the head of a group with its sums.
    Sum,
    Row,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetCell {
    pub text: String,
    /// Beyond its limit: the one thing that is red.
    pub late: bool,
}

#[derive(Clone, Debug)]
pub struct SheetLine {
    pub kind: LineKind,
    pub cells: Vec<SheetCell>,
}

/// Everything of the sheet but its lines.
#[derive(Clone, Debug)]
pub struct SheetHead<'a> {
    pub title: &'a str,
    pub legend: &'a str,
    pub columns: &'a [SheetColumn],
    /// Columns that stay when the rest is scrolled sideways.
    pub fixed: u16,
}

const RULE: u32 = 0xBFB8A8;
const BAND: u32 = 0xEFECE4;
const RED: u32 = 0xB3261E;
/// Title, legend, two rows of heads.
const HEADS: u32 = 4;

/// The sheet as a workbook.
pub fn sheet_xlsx(head: &SheetHead<'_>, lines: &[SheetLine], today: Date) -> Result<Vec<u8>, WriteFault> {
    let mut book = new_book(today)?;
    let page = named_page(&mut book, head.title)?;
    page.write_string_with_format(0, 0, clip(head.title), &Format::new().set_bold().set_font_size(14))?;
    page.write_string_with_format(1, 0, clip(head.legend), &Format::new().set_font_size(9))?;
    write_heads(page, head.columns)?;
    let formats = Formats::new();
    for (i, line) in lines.iter().enumerate() {
        for (c, (cell, column)) in line.cells.iter().zip(head.columns).enumerate() {
            let format = formats.of(line.kind, column.centred, cell.late);
            let (row, c) = (i as u32 + HEADS, c as u16);
            if cell.text.is_empty() {
                page.write_blank(row, c, format)?;
            } else {
                page.write_string_with_format(row, c, clip(&cell.text), format)?;
            }
        }
    }
    page.set_freeze_panes(HEADS, head.fixed)?;
    page.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(2, HEADS - 1)?;
    Ok(book.save_to_buffer()?)
}

/// Heads of one phase are merged over their columns; a column without one is merged downwards.
fn write_heads(page: &mut Worksheet, columns: &[SheetColumn]) -> Result<(), WriteFault> {
    let format = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let format = format.set_border(FormatBorder::Thin).set_border_color(RULE).set_background_color(BAND);
    page.set_row_height(3, 32)?;
    let mut at = 0;
    while let Some(column) = columns.get(at) {
        let same = columns.iter().skip(at).take_while(|c| c.over.is_some() && c.over == column.over).count().max(1);
        let (first, last) = (at as u16, (at + same - 1) as u16);
        match &column.over {
            Some(over) if same > 1 => {
                page.merge_range(2, first, 2, last, &clip(over), &format)?;
            }
            Some(over) => {
                page.write_string_with_format(2, first, clip(over), &format)?;
            }
            None => {
                page.merge_range(2, first, 3, first, &clip(&column.heading), &format)?;
            }
        }
        for (c, column) in columns.iter().enumerate().skip(at).take(same) {
            page.set_column_width(c as u16, column.width)?;
            if column.over.is_some() {
                page.write_string_with_format(3, c as u16, clip(&column.heading), &format)?;
            }
        }
        at += same;
    }
    Ok(())
}

struct Formats([Format; 8]);

impl Formats {
    fn new() -> Self {
        let of = |i: usize| {
            let mut format = Format::new().set_num_format("@").set_border(FormatBorder::Thin).set_border_color(RULE);
            if i & 4 != 0 {
                format = format.set_bold().set_background_color(BAND);
            }
            if i & 2 != 0 {
                format = format.set_align(FormatAlign::Center);
            }
            if i & 1 != 0 {
                format = format.set_font_color(Color::RGB(RED));
            }
            format
        };
        Self(std::array::from_fn(of))
    }

    fn of(&self, kind: LineKind, centred: bool, late: bool) -> &Format {
        let i = usize::from(kind == LineKind::Sum) * 4 + usize::from(centred) * 2 + usize::from(late);
        &self.0[i]
    }
}

/// The same lines as delimited text under one row of heads.
pub fn sheet_csv(head: &SheetHead<'_>, lines: &[SheetLine]) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    let mut line = |fields: Vec<String>| {
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    };
    line(head.columns.iter().map(|c| field(&c.heading)).collect());
    for l in lines {
        line(l.cells.iter().map(|c| field(&c.text)).collect());
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, read_workbook};

    #[test]
    fn heads_are_merged_and_nothing_typed_is_a_formula() {
        let column = |heading: &str, over: Option<&str>| SheetColumn {
            heading: heading.into(),
            over: over.map(str::to_owned),
            width: 10.0,
            centred: over.is_some(),
        };
        let columns =
            [column("项目名称", None), column("备案", Some("立项")), column("环评", Some("立项")), column("施工许可", Some("施工"))];
        let head = SheetHead { title: "手续矩阵 2026-05-18", legend: "√ 已取得", columns: &columns, fixed: 1 };
        let cell = |text: &str| SheetCell { text: text.into(), late: false };
        let row = SheetLine { kind: LineKind::Row, cells: ["=1+1", "√ 2026-03-01", "—", ""].map(cell).to_vec() };
        let bytes = sheet_xlsx(&head, std::slice::from_ref(&row), Date::constant(2026, 5, 18)).unwrap();
        let book = read_workbook("a.xlsx", &bytes, Limits::default()).unwrap();
        let sheet = &book.sheets[0];
        assert_eq!(sheet.cell(2, 1).text, "立项");
        assert_eq!(sheet.cell(3, 2).text, "环评");
        assert_eq!(sheet.cell(4, 0).text, "=1+1");
        assert!(sheet.rows.iter().flatten().all(|c| !c.formula));
        assert!(sheet.merges.iter().any(|m| (m.top, m.left, m.right) == (2, 1, 2)), "{:?}", sheet.merges);
        let csv = String::from_utf8(sheet_csv(&head, &[row])).unwrap();
        assert!(csv.contains("项目名称,备案,环评,施工许可\r\n\"'=1+1\",√ 2026-03-01,—,\r\n"), "{csv}");
    }
}
