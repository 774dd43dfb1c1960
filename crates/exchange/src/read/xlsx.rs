//! The zipped workbook, read part by part with every part's size counted while it unpacks: a header may lie.
use super::xls::number_text;
use crate::sheet::{Cell, CellValue, FileRefusal, Limits, Merge, Sheet, parse_cell_name};
use jiff::{ToSpan, civil::Date};
use lantu_model::Precision;
use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};
use std::{
    collections::HashMap,
    io::{Cursor, Read},
};
use zip::ZipArchive;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, FileRefusal> {
    let mut package = Package::open(bytes, limits)?;
    let workbook = package.workbook_part()?;
    let relations = package.relations(&workbook)?;
    let book = read_book(&package.part(&workbook)?.ok_or_else(corrupt)?)?;
    let of_kind = |kind: &str| relations.values().find(|r| r.kind == kind).map(|r| r.target.clone());
    let strings = match of_kind("sharedStrings") {
        Some(part) => package.part(&part)?.map(|xml| read_strings(&xml)).transpose()?.unwrap_or_default(),
        None => vec![],
    };
    let formats = match of_kind("styles") {
        Some(part) => package.part(&part)?.map(|xml| read_formats(&xml)).transpose()?.unwrap_or_default(),
        None => vec![],
    };
    let mut sheets = vec![];
    let mut spent = Spent::default();
    for entry in &book.sheets {
        let Some(relation) = relations.get(&entry.relation).filter(|r| r.kind == "worksheet") else { continue };
        let Some(xml) = package.part(&relation.target)? else { return Err(corrupt()) };
        let context = Context { strings: &strings, formats: &formats, epoch_1904: book.epoch_1904, limits };
        let mut sheet = read_sheet(&xml, &context, &mut spent)?;
        (sheet.name, sheet.hidden) = (entry.name.clone(), entry.hidden);
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn corrupt() -> FileRefusal {
    FileRefusal::new("file_corrupt")
}

struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'a Limits,
    unpacked: u64,
}

impl<'a> Package<'a> {
    /// Judges the directory before anything is unpacked.
    fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, FileRefusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| corrupt())?;
        if zip.len() > limits.entries {
            return Err(FileRefusal::new("file_bomb"));
        }
        let (mut unpacked, mut names) = (0u64, vec![]);
        for i in 0..zip.len() {
            let entry = zip.by_index_raw(i).map_err(|_| corrupt())?;
            if entry.encrypted() {
                return Err(FileRefusal::new("file_encrypted"));
            }
            unpacked = unpacked.saturating_add(entry.size());
            if entry.size() > 1 << 20 && entry.size() / entry.compressed_size().max(1) > limits.ratio {
                return Err(FileRefusal::new("file_bomb"));
            }
            names.push(entry.name().map_err(|_| corrupt())?.into_owned());
        }
        if unpacked > limits.unpacked {
            return Err(FileRefusal::new("file_bomb"));
        }
        let has = |name: &str| names.iter().any(|n| n.eq_ignore_ascii_case(name));
        if names.iter().any(|n| n.to_ascii_lowercase().ends_with("vbaproject.bin")) {
            return Err(FileRefusal::new("file_macro"));
        }
        if has("xl/workbook.bin") || has("content.xml") || has("word/document.xml") || has("ppt/presentation.xml") {
            return Err(FileRefusal::new("file_not_a_sheet"));
        }
        if !has("[Content_Types].xml") {
            let sheet = names.iter().any(|n| n.starts_with("xl/"));
            return Err(FileRefusal::new(if sheet { "file_corrupt" } else { "file_not_a_sheet" }));
        }
        let mut package = Self { zip, limits, unpacked: 0 };
        let types = package.part("[Content_Types].xml")?.ok_or_else(corrupt)?;
        if find(&types, b"macroEnabled") {
            return Err(FileRefusal::new("file_macro"));
        }
        Ok(package)
    }

    /// One part's bytes, never more than the limits allow whatever its header says. `None` when it is not there.
    fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, FileRefusal> {
        let wanted = name.trim_start_matches('/');
        let index = match self.zip.index_for_name(wanted) {
            Some(i) => i,
            None => match self.zip.file_names().position(|n| n.is_ok_and(|n| n.eq_ignore_ascii_case(wanted))) {
                Some(i) => i,
                None => return Ok(None),
            },
        };
        let entry = self.zip.by_index(index).map_err(|_| corrupt())?;
        let packed = entry.compressed_size().max(1);
        let left = self.limits.unpacked.saturating_sub(self.unpacked);
        let mut bytes = vec![];
        let read = entry.take(left + 1).read_to_end(&mut bytes).map_err(|_| corrupt())? as u64;
        if read > left || (read > 1 << 20 && read / packed > self.limits.ratio) {
            return Err(FileRefusal::new("file_bomb"));
        }
        self.unpacked += read;
        Ok(Some(bytes))
    }

    fn workbook_part(&mut self) -> Result<String, FileRefusal> {
        let root = self.relations("")?;
        Ok(root.into_values().find(|r| r.kind == "officeDocument").map_or_else(|| "xl/workbook.xml".to_owned(), |r| r.target))
    }

    /// The relations of a part by their id, with targets as paths from the root.
    fn relations(&mut self, part: &str) -> Result<HashMap<String, Relation>, FileRefusal> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let path = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(xml) = self.part(&path)? else { return Ok(HashMap::new()) };
        let mut relations = HashMap::new();
        walk(&xml, |e| {
            if e.local_name().as_ref() == "Relationship" {
                let kind = attribute(e, "Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let target = attribute(e, "Target").unwrap_or_default();
                let target = match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None if folder.is_empty() => target,
                    None => format!("{folder}/{target}"),
                };
                relations.insert(attribute(e, "Id").unwrap_or_default(), Relation { kind, target: resolve(&target) });
            }
        })?;
        Ok(relations)
    }
}

struct Relation {
    kind: String,
    target: String,
}

fn resolve(path: &str) -> String {
    let mut parts = vec![];
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn find(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|w| w == needle)
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = e.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_or_else(|_| found.value.to_string(), |v| v.into_owned()))
}

/// The next event; document types and foreign entities have no place in a workbook and are refused.
fn next<'x>(reader: &mut Reader<&'x [u8]>) -> Result<Event<'x>, FileRefusal> {
    match reader.read_event() {
        Ok(Event::DocType(_)) => Err(FileRefusal::new("file_doctype")),
        Ok(event) => Ok(event),
        Err(_) => Err(corrupt()),
    }
}

fn resolve_reference(r: &BytesRef<'_>) -> Result<char, FileRefusal> {
    if let Ok(Some(c)) = r.resolve_char_ref() {
        return Ok(c);
    }
    match r.xml10_content().as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => Err(FileRefusal::new("file_doctype")),
    }
}

/// Visits every element of a small part.
fn walk(xml: &[u8], mut visit: impl FnMut(&BytesStart<'_>)) -> Result<(), FileRefusal> {
    let mut reader = Reader::from_reader(xml);
    loop {
        match next(&mut reader)? {
            Event::Start(e) | Event::Empty(e) => visit(&e),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Book {
    epoch_1904: bool,
    sheets: Vec<BookSheet>,
}

struct BookSheet {
    name: String,
    relation: String,
    hidden: bool,
}

fn read_book(xml: &[u8]) -> Result<Book, FileRefusal> {
    let mut book = Book::default();
    walk(xml, |e| match e.local_name().as_ref() {
        "workbookPr" => book.epoch_1904 = attribute(e, "date1904").is_some_and(|v| v == "1" || v == "true"),
        "sheet" => book.sheets.push(BookSheet {
            name: attribute(e, "name").unwrap_or_default(),
            relation: attribute(e, "id").unwrap_or_default(),
            hidden: attribute(e, "state").is_some_and(|s| s != "visible"),
        }),
        _ => {}
    })?;
    Ok(book)
}

fn read_strings(xml: &[u8]) -> Result<Vec<String>, FileRefusal> {
    let mut reader = Reader::from_reader(xml);
    let mut strings = vec![];
    loop {
        match next(&mut reader)? {
            Event::Start(e) if e.local_name().as_ref() == "si" => strings.push(rich_text(&mut reader, "si")?),
            Event::Empty(e) if e.local_name().as_ref() == "si" => strings.push(String::new()),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The text up to the closing tag, without phonetic readings.
fn rich_text(reader: &mut Reader<&[u8]>, close: &str) -> Result<String, FileRefusal> {
    let (mut text, mut inside, mut phonetic) = (String::new(), false, 0usize);
    loop {
        match next(reader)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "t" => inside = phonetic == 0,
                "rPh" => phonetic += 1,
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "t" => inside = false,
                "rPh" => phonetic = phonetic.saturating_sub(1),
                name if name == close => return Ok(unescape_controls(text)),
                _ => {}
            },
            Event::Text(t) if inside => text.push_str(&t.xml10_content()),
            Event::CData(t) if inside => text.push_str(&t.xml10_content()),
            Event::GeneralRef(r) if inside => text.push(resolve_reference(&r)?),
            Event::Eof => return Err(corrupt()),
            _ => {}
        }
    }
}

/// Undoes the workbook's own escapes for control characters: `_x000D_`.
fn unescape_controls(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        match code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some('\r') => rest = &rest[at + 7..],
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// How a number is shown, as far as it changes what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Plain,
    Percent,
    Date { precision: Precision, chinese: bool },
}

fn read_formats(xml: &[u8]) -> Result<Vec<Shown>, FileRefusal> {
    let (mut custom, mut formats, mut in_cells) = (HashMap::new(), vec![], false);
    let mut reader = Reader::from_reader(xml);
    loop {
        match next(&mut reader)? {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "numFmt" => {
                    custom
                        .insert(attribute(&e, "numFmtId").unwrap_or_default(), shown_by(&attribute(&e, "formatCode").unwrap_or_default()));
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = attribute(&e, "numFmtId").unwrap_or_default();
                    formats.push(custom.get(&id).copied().unwrap_or_else(|| shown_built_in(&id)));
                }
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_cells = false,
            Event::Eof => return Ok(formats),
            _ => {}
        }
    }
}

/// The formats that have only a number, with the meaning they have in Chinese workbooks.
fn shown_built_in(id: &str) -> Shown {
    let date = |precision, chinese| Shown::Date { precision, chinese };
    match id.parse::<u16>().unwrap_or(0) {
        9 | 10 => Shown::Percent,
        14..=16 | 22 => date(Precision::Day, false),
        17 => date(Precision::Month, false),
        27 | 36 | 50 | 52 | 57 => date(Precision::Month, true),
        28..=31 | 51 | 53 | 54 | 58 => date(Precision::Day, true),
        _ => Shown::Plain,
    }
}

fn shown_by(code: &str) -> Shown {
    let section = code.split(';').next().unwrap_or(code);
    let (mut bare, mut chars) = (String::new(), section.chars());
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                for c in chars.by_ref().take_while(|c| *c != '"') {
                    if matches!(c, '年' | '月' | '日') {
                        bare.push(c);
                    }
                }
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // `[h]` counts hours; other brackets hold colours and languages.
                if matches!(inner.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    bare.push('h');
                }
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            c => bare.push(c.to_ascii_lowercase()),
        }
    }
    if bare == "general" {
        return Shown::Plain;
    }
    let has = |c: char| bare.contains(c);
    let (year, month, day, time) = (has('y') || has('e') && has('年'), has('m'), has('d'), has('h') || has('s'));
    if year || day || (month && !time) {
        let precision = match (year, month, day) {
            (_, _, true) => Precision::Day,
            (true, false, false) => Precision::Year,
            (true, true, false) => Precision::Month,
            _ => Precision::Day,
        };
        return Shown::Date { precision, chinese: has('年') || has('月') };
    }
    if has('%') { Shown::Percent } else { Shown::Plain }
}

struct Context<'a> {
    strings: &'a [String],
    formats: &'a [Shown],
    epoch_1904: bool,
    limits: &'a Limits,
}

#[derive(Default)]
struct Spent {
    cells: usize,
    text: usize,
}

fn read_sheet(xml: &[u8], context: &Context<'_>, spent: &mut Spent) -> Result<Sheet, FileRefusal> {
    let mut reader = Reader::from_reader(xml);
    let (mut sheet, mut at) = (Sheet::default(), (0usize, 0usize));
    let mut started = false;
    loop {
        match next(&mut reader)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "row" => {
                    started = true;
                    at = (row_number(&e, at.0), 0);
                }
                "c" => {
                    let open = OpenCell::of(&e, at);
                    let cell = open.read(&mut reader, context)?;
                    at = (open.at.0, open.at.1 + 1);
                    place(&mut sheet, open.at, cell, context.limits, spent)?;
                }
                "worksheet" | "sheetData" => started = true,
                _ => {}
            },
            Event::End(e) if e.local_name().as_ref() == "row" => at = (at.0 + 1, 0),
            Event::Empty(e) => match e.local_name().as_ref() {
                "row" => at = (row_number(&e, at.0) + 1, 0),
                "c" => at = (at.0, OpenCell::of(&e, at).at.1 + 1),
                "mergeCell" if sheet.merges.len() < 50_000 => sheet.merges.extend(attribute(&e, "ref").and_then(|r| merge(&r))),
                "worksheet" => started = true,
                _ => {}
            },
            Event::Eof if started => return Ok(sheet),
            Event::Eof => return Err(corrupt()),
            _ => {}
        }
    }
}

fn row_number(e: &BytesStart<'_>, expected: usize) -> usize {
    attribute(e, "r").and_then(|r| r.parse::<usize>().ok()).filter(|r| (1..=10_000_000).contains(r)).map_or(expected, |r| r - 1)
}

fn merge(reference: &str) -> Option<Merge> {
    let (a, b) = reference.split_once(':').unwrap_or((reference, reference));
    let ((top, left), (bottom, right)) = (parse_cell_name(a)?, parse_cell_name(b)?);
    (top <= bottom && left <= right && (top, left) != (bottom, right)).then_some(Merge { top, left, bottom, right })
}

fn place(sheet: &mut Sheet, (row, column): (usize, usize), cell: Cell, limits: &Limits, spent: &mut Spent) -> Result<(), FileRefusal> {
    if cell.is_empty() {
        return Ok(());
    }
    if row >= limits.rows {
        return Err(FileRefusal::new("file_rows").with("limit", limits.rows));
    }
    if column >= limits.columns {
        return Err(FileRefusal::new("file_columns").with("limit", limits.columns));
    }
    spent.text += cell.text.len();
    if sheet.rows.len() <= row {
        sheet.rows.resize(row + 1, vec![]);
    }
    let line = &mut sheet.rows[row];
    if line.len() <= column {
        spent.cells += column + 1 - line.len();
        if spent.cells > limits.cells || spent.text > limits.text {
            return Err(FileRefusal::new("file_cells").with("limit", limits.cells));
        }
        line.resize(column, Cell::default());
        line.push(cell);
    } else {
        line[column] = cell;
    }
    Ok(())
}

/// A cell's opening tag.
struct OpenCell {
    at: (usize, usize),
    style: usize,
    kind: String,
}

impl OpenCell {
    fn of(e: &BytesStart<'_>, expected: (usize, usize)) -> Self {
        let mut open = Self { at: expected, style: 0, kind: String::new() };
        for a in e.attributes().with_checks(false).flatten() {
            match a.key.local_name().as_ref() {
                "r" => open.at = parse_cell_name(&a.value).unwrap_or(expected),
                "s" => open.style = a.value.parse().unwrap_or(0),
                "t" => open.kind = a.value.into_owned(),
                _ => {}
            }
        }
        open
    }

    fn read(&self, reader: &mut Reader<&[u8]>, context: &Context<'_>) -> Result<Cell, FileRefusal> {
        let (mut value, mut formula, mut inside, mut inline) = (None::<String>, false, false, None);
        loop {
            match next(reader)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "v" => {
                        inside = true;
                        value.get_or_insert_default();
                    }
                    "f" => formula = true,
                    "is" => inline = Some(rich_text(reader, "is")?),
                    _ => {}
                },
                Event::Empty(e) if e.local_name().as_ref() == "f" => formula = true,
                Event::End(e) => match e.local_name().as_ref() {
                    "v" => inside = false,
                    "c" => break,
                    _ => {}
                },
                Event::Text(t) if inside => value.get_or_insert_default().push_str(&t.xml10_content()),
                Event::CData(t) if inside => value.get_or_insert_default().push_str(&t.xml10_content()),
                Event::GeneralRef(r) if inside => value.get_or_insert_default().push(resolve_reference(&r)?),
                Event::Eof => return Err(corrupt()),
                _ => {}
            }
        }
        let cell = match (inline, value) {
            (Some(text), _) => Cell::text(text),
            (None, Some(value)) => self.valued(value, context),
            (None, None) => Cell::default(),
        };
        let uncalculated = formula && cell.is_empty() && self.kind != "str";
        Ok(Cell { value: if uncalculated { CellValue::NoValue } else { cell.value }, formula, ..cell })
    }

    fn valued(&self, value: String, context: &Context<'_>) -> Cell {
        match self.kind.as_str() {
            "s" => Cell::text(value.trim().parse::<usize>().ok().and_then(|i| context.strings.get(i)).cloned().unwrap_or_default()),
            "str" => Cell::text(unescape_controls(value)),
            "b" => {
                let truth = value.trim() == "1" || value.trim() == "true";
                Cell { text: if truth { "TRUE" } else { "FALSE" }.to_owned(), value: CellValue::Bool(truth), formula: false }
            }
            "e" => Cell { text: value, value: CellValue::Error, formula: false },
            "d" => match value.get(..10).and_then(|d| d.parse::<Date>().ok()) {
                Some(date) => Cell { text: date.to_string(), value: CellValue::Date(date, Precision::Day), formula: false },
                None => Cell::text(value),
            },
            _ => self.number(&value, context),
        }
    }

    fn number(&self, value: &str, context: &Context<'_>) -> Cell {
        let Ok(n) = value.trim().parse::<f64>() else { return Cell::text(value) };
        let plain = || Cell { text: number_text(n), value: CellValue::Number, formula: false };
        match context.formats.get(self.style).copied().unwrap_or(Shown::Plain) {
            Shown::Plain => plain(),
            Shown::Percent => Cell { text: format!("{}%", number_text(n * 100.0)), value: CellValue::Number, formula: false },
            Shown::Date { precision, chinese } => match serial_date(n, context.epoch_1904) {
                Some(date) => Cell { text: date_text(date, precision, chinese), value: CellValue::Date(date, precision), formula: false },
                None => plain(),
            },
        }
    }
}

/// The day of a serial number in either of the two systems; the 1900 one counts a 29 February that never was.
pub(crate) fn serial_date(serial: f64, epoch_1904: bool) -> Option<Date> {
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let days = serial.floor() as i64;
    let (epoch, days) = match (epoch_1904, days) {
        (true, d) => (Date::constant(1904, 1, 1), d),
        (false, 60) => return None,
        (false, d) if d < 60 => (Date::constant(1899, 12, 31), d),
        (false, d) => (Date::constant(1899, 12, 30), d),
    };
    epoch.checked_add(days.days()).ok()
}

fn date_text(date: Date, precision: Precision, chinese: bool) -> String {
    let (y, m, d) = (date.year(), date.month(), date.day());
    match (precision, chinese) {
        (Precision::Year, true) => format!("{y}年"),
        (Precision::Year, false) => format!("{y}"),
        (Precision::Month, true) => format!("{y}年{m}月"),
        (Precision::Month, false) => format!("{y:04}-{m:02}"),
        (_, true) => format!("{y}年{m}月{d}日"),
        (_, false) => format!("{y:04}-{m:02}-{d:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_of_both_systems() {
        let day = |s: &str| Some(s.parse::<Date>().unwrap());
        assert_eq!(serial_date(1.0, false), day("1900-01-01"));
        assert_eq!(serial_date(59.0, false), day("1900-02-28"));
        assert_eq!(serial_date(60.0, false), None);
        assert_eq!(serial_date(61.0, false), day("1900-03-01"));
        assert_eq!(serial_date(46_096.75, false), day("2026-03-15"));
        assert_eq!(serial_date(44_634.0, true), day("2026-03-15"));
    }

    #[test]
    fn formats_tell_the_precision() {
        let date = |precision, chinese| Shown::Date { precision, chinese };
        assert_eq!(shown_by("yyyy\"年\"m\"月\";@"), date(Precision::Month, true));
        assert_eq!(shown_by("[$-804]yyyy\\-mm\\-dd"), date(Precision::Day, false));
        assert_eq!(shown_by("yyyy.mm"), date(Precision::Month, false));
        assert_eq!(shown_by("0.0%"), Shown::Percent);
        for plain in ["General", "#,##0.00_ ", "0.00\"亩\"", "[h]:mm", "@"] {
            assert_eq!(shown_by(plain), Shown::Plain, "{plain}");
        }
    }

    #[test]
    fn workbook_escapes_are_undone() {
        assert_eq!(unescape_controls("a_x000D__x000A_b_xZZ_ 测_x".into()), "a\nb_xZZ_ 测_x");
    }
}
