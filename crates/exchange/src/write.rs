//! Workbooks and delimited text out. What people typed is written as text, never as a formula.
use crate::sheet::{Cell, CellValue, Sheet, Workbook};
use jiff::civil::Date;
use lantu_model::{Area, Money, Period, Precision, Severity};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook as Book, Worksheet, XlsxError};
use std::collections::BTreeMap;

#[derive(Debug, thiserror::Error)]
#[error("cannot write the workbook: {0}")]
pub struct WriteFault(#[from] XlsxError);

/// A finding in the reader's language, to be pinned to its cell.
#[derive(Clone, Debug)]
pub struct CellNote {
    pub sheet: String,
    pub cell: String,
    pub severity: Severity,
    pub title: String,
    pub remedy: String,
}

/// The words of the list of findings.
#[derive(Clone, Debug)]
pub struct NoteWords<'a> {
    /// The list's sheet: 问题清单.
    pub sheet: &'a str,
    /// Sheet, cell, kind, finding, remedy.
    pub headings: [&'a str; 5],
    pub block: &'a str,
    pub warn: &'a str,
    pub info: &'a str,
}

impl NoteWords<'static> {
    pub const ZH: Self = NoteWords {
        sheet: "问题清单",
        headings: ["工作表", "单元格", "类别", "问题", "怎么办"],
        block: "拦下",
        warn: "提醒",
        info: "说明",
    };
    pub const EN: Self = NoteWords {
        sheet: "Findings",
        headings: ["Sheet", "Cell", "Kind", "Finding", "Remedy"],
        block: "Blocked",
        warn: "Reminder",
        info: "Note",
    };
}

impl NoteWords<'_> {
    fn kind(&self, severity: Severity) -> &str {
        match severity {
            Severity::Block => self.block,
            Severity::Warn => self.warn,
            Severity::Info => self.info,
        }
    }
}

const AMBER: u32 = 0xFFE2A8;
const RULE: u32 = 0xBFB8A8;
/// A cell's longest text.
const LONGEST: usize = 32_000;

/// The same workbook with a list of findings in front and each finding at its cell, amber and with a note.
pub fn problem_workbook(workbook: &Workbook, notes: &[CellNote], words: &NoteWords<'_>, today: Date) -> Result<Vec<u8>, WriteFault> {
    let mut book = new_book(today)?;
    let mut names = SheetNames::default();
    let list_name = names.take(words.sheet);
    list_findings(book.add_worksheet().set_name(&list_name)?, notes, words)?;
    for sheet in &workbook.sheets {
        let own: Vec<&CellNote> = notes.iter().filter(|n| n.sheet == sheet.name).collect();
        let name = names.take(&sheet.name);
        let page = book.add_worksheet().set_name(&name)?;
        copy_sheet(page, sheet, &own)?;
    }
    Ok(book.save_to_buffer()?)
}

pub(crate) fn new_book(today: Date) -> Result<Book, WriteFault> {
    let mut book = Book::new();
    let created = ExcelDateTime::from_ymd(today.year().max(1900) as u16, today.month() as u8, today.day() as u8)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(book)
}

/// Names that a workbook accepts: short, without its own signs, each once.
#[derive(Default)]
struct SheetNames(BTreeMap<String, usize>);

impl SheetNames {
    fn take(&mut self, wanted: &str) -> String {
        let clean: String = wanted.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).take(26).collect();
        let clean = if clean.trim().is_empty() { "Sheet".to_owned() } else { clean.trim().to_owned() };
        let used = self.0.entry(clean.to_lowercase()).or_insert(0);
        *used += 1;
        if *used == 1 { clean } else { format!("{clean} {used}") }
    }
}

fn list_findings(page: &mut Worksheet, notes: &[CellNote], words: &NoteWords<'_>) -> Result<(), WriteFault> {
    let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE);
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (column, (heading, width)) in words.headings.iter().zip([16.0, 9.0, 9.0, 48.0, 56.0]).enumerate() {
        page.write_string_with_format(0, column as u16, *heading, &head)?;
        page.set_column_width(column as u16, width)?;
    }
    for (i, note) in notes.iter().enumerate() {
        let row = i as u32 + 1;
        let texts = [note.sheet.as_str(), &note.cell, words.kind(note.severity), &note.title, &note.remedy];
        for (column, text) in texts.into_iter().enumerate() {
            page.write_string_with_format(row, column as u16, clip(text), &wrap)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

fn copy_sheet(page: &mut Worksheet, sheet: &Sheet, notes: &[&CellNote]) -> Result<(), WriteFault> {
    let formats = CellFormats::new();
    let (height, width) = (sheet.rows.len(), sheet.width());
    let mut work = 0usize;
    for m in sheet.merges.iter().filter(|m| m.top < height && m.left < width).take(5_000) {
        let (bottom, right) = (m.bottom.min(height - 1), m.right.min(width - 1));
        work = work.saturating_add((bottom - m.top + 1) * (right - m.left + 1));
        if (bottom, right) != (m.top, m.left) && work < 1_000_000 {
            // Merges that overlap are the file's own fault and are left out.
            let _ = page.merge_range(m.top as u32, m.left as u16, bottom as u32, right as u16, "", &formats.merged);
        }
    }
    let mut at: BTreeMap<(usize, usize), Vec<&CellNote>> = BTreeMap::new();
    for note in notes {
        if let Some(place) = sheet.locate(&note.cell) {
            at.entry(place).or_default().push(note);
        }
    }
    for (r, row) in sheet.rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            let marked = at.contains_key(&(r, c));
            write_cell(page, r as u32, c as u16, cell, &formats, marked)?;
        }
    }
    for ((r, c), notes) in &at {
        if *c >= sheet.rows.get(*r).map_or(0, Vec::len) {
            page.write_blank(*r as u32, *c as u16, &formats.marked)?;
        }
        let text = notes.iter().map(|n| format!("{}\n{}", n.title, n.remedy)).collect::<Vec<_>>().join("\n\n");
        let note = Note::new(clip(&text)).add_author_prefix(false).set_width(260).set_height(110);
        page.insert_note(*r as u32, *c as u16, &note)?;
    }
    Ok(())
}

struct CellFormats {
    plain: Format,
    marked: Format,
    merged: Format,
    dates: [Format; 4],
    marked_dates: [Format; 4],
}

impl CellFormats {
    fn new() -> Self {
        let dates = ["yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "yyyy-mm", "yyyy\"年\"m\"月\""].map(|f| Format::new().set_num_format(f));
        let marked = Format::new().set_background_color(AMBER);
        let marked_dates = dates.clone().map(|f| f.set_background_color(AMBER));
        let merged = Format::new().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Self { plain: Format::new(), marked, merged, dates, marked_dates }
    }
    fn date(&self, precision: Precision, chinese: bool, marked: bool) -> &Format {
        let i = usize::from(chinese) + if precision == Precision::Day { 0 } else { 2 };
        if marked { &self.marked_dates[i] } else { &self.dates[i] }
    }
}

fn write_cell(page: &mut Worksheet, r: u32, c: u16, cell: &Cell, formats: &CellFormats, marked: bool) -> Result<(), WriteFault> {
    let format = if marked { &formats.marked } else { &formats.plain };
    match cell.value {
        CellValue::Empty if marked => page.write_blank(r, c, format)?,
        CellValue::Empty => return Ok(()),
        CellValue::Number => match cell.text.parse::<f64>() {
            Ok(n) => page.write_number_with_format(r, c, n, format)?,
            Err(_) => page.write_string_with_format(r, c, clip(&cell.text), format)?,
        },
        CellValue::Bool(b) => page.write_boolean_with_format(r, c, b, format)?,
        CellValue::Date(date, precision) if date.year() >= 1900 => {
            let day = ExcelDateTime::from_ymd(date.year() as u16, date.month() as u8, date.day() as u8)?;
            page.write_datetime_with_format(r, c, day, formats.date(precision, cell.text.contains('年'), marked))?
        }
        _ => page.write_string_with_format(r, c, clip(&cell.text), format)?,
    };
    Ok(())
}

pub(crate) fn clip(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(LONGEST).collect()
}

/// A column of a table to write.
#[derive(Clone, Debug)]
pub struct OutColumn {
    pub heading: String,
    /// In characters; `None`: from the heading.
    pub width: Option<f64>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum OutCell {
    Empty,
    Text(String),
    /// Written in 万元.
    Money(Money),
    /// Written in a currency's own unit of so many hundredths.
    MoneyIn(Money, i64),
    /// Written in 亩.
    Area(Area),
    Number(i64),
    Day(Date),
    Period(Period),
}

#[derive(Clone, Debug)]
pub struct OutRow {
    /// A group's heading: bold, over the rows that follow.
    pub group: bool,
    pub cells: Vec<OutCell>,
}

/// What a grid shows, as a workbook: title, frozen heading, group rows, typed cells.
pub fn table_xlsx(title: &str, columns: &[OutColumn], rows: &[OutRow], today: Date) -> Result<Vec<u8>, WriteFault> {
    let mut book = new_book(today)?;
    let mut names = SheetNames::default();
    let name = names.take(title);
    let page = book.add_worksheet().set_name(&name)?;
    let title_format = Format::new().set_bold().set_font_size(14);
    page.write_string_with_format(0, 0, clip(title), &title_format)?;
    let head = Format::new().set_bold().set_text_wrap().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(RULE);
    for (c, column) in columns.iter().enumerate() {
        page.write_string_with_format(1, c as u16, clip(&column.heading), &head)?;
        let shown: usize = column.heading.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        page.set_column_width(c as u16, column.width.unwrap_or((shown as f64 + 2.0).clamp(9.0, 40.0)))?;
    }
    let (plain, group) = (OutFormats::new(false), OutFormats::new(true));
    for (r, row) in rows.iter().enumerate() {
        let formats = if row.group { &group } else { &plain };
        for (c, cell) in row.cells.iter().enumerate() {
            write_out(page, r as u32 + 2, c as u16, cell, formats)?;
        }
    }
    page.set_freeze_panes(2, 1)?;
    if !columns.is_empty() && !rows.is_empty() && rows.iter().all(|r| !r.group) {
        page.autofilter(1, 0, rows.len() as u32 + 1, columns.len() as u16 - 1)?;
    }
    Ok(book.save_to_buffer()?)
}

struct OutFormats {
    text: Format,
    money: Format,
    number: Format,
    day: Format,
}

impl OutFormats {
    fn new(bold: bool) -> Self {
        let of = |num: &str| {
            let format = Format::new().set_num_format(num);
            if bold { format.set_bold() } else { format }
        };
        Self { text: of("@"), money: of("#,##0.######"), number: of("#,##0"), day: of("yyyy-mm-dd") }
    }
}

fn write_out(page: &mut Worksheet, r: u32, c: u16, cell: &OutCell, formats: &OutFormats) -> Result<(), WriteFault> {
    let exact = |text: String| text.parse::<f64>().unwrap_or(0.0);
    let day = |d: Date| ExcelDateTime::from_ymd(d.year().max(1900) as u16, d.month() as u8, d.day() as u8);
    match cell {
        OutCell::Empty => return Ok(()),
        OutCell::Text(text) => page.write_string_with_format(r, c, clip(text), &formats.text)?,
        OutCell::Money(m) => {
            let n = exact(m.to_wan_string());
            // Without this a whole amount would be shown as `32,000.`.
            let format = if n.fract() == 0.0 { &formats.number } else { &formats.money };
            page.write_number_with_format(r, c, n, format)?
        }
        OutCell::MoneyIn(m, fen) => {
            let n = m.fen() as f64 / *fen as f64;
            page.write_number_with_format(r, c, n, if n.fract() == 0.0 { &formats.number } else { &formats.money })?
        }
        OutCell::Area(a) => {
            let n = exact(a.to_mu_string());
            page.write_number_with_format(r, c, n, if n.fract() == 0.0 { &formats.number } else { &formats.money })?
        }
        OutCell::Number(n) => page.write_number_with_format(r, c, *n as f64, &formats.number)?,
        OutCell::Day(d) => page.write_datetime_with_format(r, c, day(*d)?, &formats.day)?,
        OutCell::Period(p) if p.precision() == Precision::Day => {
            page.write_datetime_with_format(r, c, day(p.first_day())?, &formats.day)?
        }
        OutCell::Period(p) => page.write_string_with_format(r, c, p.to_string(), &formats.text)?,
    };
    Ok(())
}

/// The same table as delimited text with a byte-order mark, as spreadsheets want it.
pub fn table_csv(columns: &[OutColumn], rows: &[OutRow]) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    let mut line = |fields: Vec<String>| {
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    };
    line(columns.iter().map(|c| quoted(&c.heading)).collect());
    for row in rows {
        line(row.cells.iter().map(csv_field).collect());
    }
    out.into_bytes()
}

fn csv_field(cell: &OutCell) -> String {
    match cell {
        OutCell::Empty => String::new(),
        OutCell::Text(text) => quoted(text),
        OutCell::Money(m) => m.to_wan_string(),
        OutCell::MoneyIn(m, fen) => format!("{}", m.fen() as f64 / *fen as f64),
        OutCell::Area(a) => a.to_mu_string(),
        OutCell::Number(n) => n.to_string(),
        OutCell::Day(d) => d.to_string(),
        OutCell::Period(p) => p.to_string(),
    }
}

/// A field of delimited text.
pub(crate) fn field(text: &str) -> String {
    quoted(text)
}

/// A new page under a name that a workbook accepts.
pub(crate) fn named_page<'b>(book: &'b mut Book, name: &str) -> Result<&'b mut Worksheet, WriteFault> {
    let name = SheetNames::default().take(name);
    Ok(book.add_worksheet().set_name(&name)?)
}

/// Text that a spreadsheet would run as a formula gets an apostrophe before it.
fn quoted(text: &str) -> String {
    let guarded =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r', '\t', ';']) || guarded.starts_with('\'') {
        return format!("\"{}\"", guarded.replace('"', "\"\""));
    }
    guarded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, read_workbook};

    const TODAY: Date = Date::constant(2026, 5, 18);

    fn table() -> (Vec<OutColumn>, Vec<OutRow>) {
        let columns = ["项目名称", "总投资(万元)", "开工"].map(|h| OutColumn { heading: h.into(), width: None }).to_vec();
        let texts = ["=1+1", "+A1", "-2+3", "@SUM(A1)", "\t=1", "普通项目"];
        let mut rows: Vec<OutRow> = texts
            .iter()
            .map(|t| OutRow {
                group: false,
                cells: vec![OutCell::Text((*t).into()), OutCell::Money(Money::from_fen(32_000_500_000)), OutCell::Day(TODAY)],
            })
            .collect();
        rows.insert(0, OutRow { group: true, cells: vec![OutCell::Text("一、新开工(6个)".into()), OutCell::Empty] });
        (columns, rows)
    }

    #[test]
    fn nothing_typed_becomes_a_formula() {
        let (columns, rows) = table();
        let bytes = table_xlsx("项目清单", &columns, &rows, TODAY).unwrap();
        let book = read_workbook("a.xlsx", &bytes, Limits::default()).unwrap();
        let sheet = &book.sheets[0];
        assert_eq!(sheet.cell(3, 0).text, "=1+1");
        assert!(sheet.rows.iter().flatten().all(|c| !c.formula));
        assert_eq!(sheet.cell(3, 1).text, "32000.5");
        assert_eq!(sheet.cell(3, 2).value, CellValue::Date(TODAY, Precision::Day));
        let csv = String::from_utf8(table_csv(&columns, &rows)).unwrap();
        for line in ["\"'=1+1\",32000.5,2026-05-18", "\"'+A1\"", "\"'-2+3\"", "\"'@SUM(A1)\"", "\"'\t=1\"", "普通项目,"] {
            assert!(csv.contains(line), "{line}\n{csv}");
        }
    }

    #[test]
    fn findings_stand_at_their_cells() {
        let sheet = Sheet {
            name: "汇总/表".into(),
            rows: vec![vec![Cell::text("项目名称"), Cell::text("=HYPERLINK(1)")], vec![Cell::text("甲")]],
            ..Sheet::default()
        };
        let workbook = Workbook { name: "x.xlsx".into(), sheets: vec![sheet] };
        let note = |cell: &str| CellNote {
            sheet: "汇总/表".into(),
            cell: cell.into(),
            severity: Severity::Block,
            title: "缺名称".into(),
            remedy: "补填".into(),
        };
        let bytes = problem_workbook(&workbook, &[note("A2"), note("C2"), note("A2")], &NoteWords::ZH, TODAY).unwrap();
        let back = read_workbook("a.xlsx", &bytes, Limits::default()).unwrap();
        assert_eq!(back.sheets[0].name, "问题清单");
        assert_eq!(back.sheets[0].rows.len(), 4);
        assert_eq!(back.sheets[1].cell(1, 0).text, "甲");
        assert_eq!(back.sheets[1].cell(0, 1).text, "=HYPERLINK(1)");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let comments = std::io::read_to_string(zip.by_name("xl/comments1.xml").unwrap()).unwrap();
        assert!(comments.contains("ref=\"C2\"") && comments.contains("缺名称"));
    }
}
