//! The old binary workbook, through calamine.
use crate::sheet::{Cell, CellValue, FileRefusal, Limits, Merge, Sheet};
use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};
use jiff::civil::Date;
use lantu_model::Precision;
use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, FileRefusal> {
    let corrupt = || FileRefusal::new("file_corrupt");
    let ole = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| corrupt())?;
    if ole.exists("/EncryptedPackage") || ole.exists("/EncryptionInfo") {
        return Err(FileRefusal::new("file_encrypted"));
    }
    if !ole.exists("/Workbook") && !ole.exists("/Book") {
        return Err(FileRefusal::new("file_not_a_sheet"));
    }
    if ole.exists("/_VBA_PROJECT_CUR") {
        return Err(FileRefusal::new("file_macro"));
    }
    drop(ole);
    // The format's reader may panic on damaged records; to the caller that is a damaged file.
    catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, limits))).unwrap_or_else(|_| Err(corrupt()))
}

fn read_sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, FileRefusal> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|e| {
        FileRefusal::new(match e {
            XlsError::Password => "file_encrypted",
            _ => "file_corrupt",
        })
    })?;
    let mut sheets = vec![];
    for meta in book.sheets_metadata().to_vec() {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        let range = book.worksheet_range(&meta.name).map_err(|_| FileRefusal::new("file_corrupt"))?;
        let formulas = book.worksheet_formula(&meta.name).ok();
        let merges = book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default();
        let mut rows: Vec<Vec<Cell>> = vec![];
        let (top, left) = range.start().unwrap_or((0, 0));
        let (height, width) = range.get_size();
        if left as usize + width > limits.columns {
            return Err(FileRefusal::new("file_columns").with("limit", limits.columns));
        }
        if height.saturating_mul(width) > limits.cells {
            return Err(FileRefusal::new("file_cells").with("limit", limits.cells));
        }
        for (r, row) in range.rows().enumerate() {
            let at = top as usize + r;
            let mut cells = vec![Cell::default(); left as usize];
            for (c, data) in row.iter().enumerate() {
                let formula =
                    formulas.as_ref().is_some_and(|f| f.get_value((at as u32, left + c as u32)).is_some_and(|text| !text.is_empty()));
                cells.push(cell(data, formula));
            }
            while cells.last().is_some_and(Cell::is_empty) {
                cells.pop();
            }
            if cells.is_empty() {
                continue;
            }
            if at >= limits.rows {
                return Err(FileRefusal::new("file_rows").with("limit", limits.rows));
            }
            rows.resize(at, vec![]);
            rows.push(cells);
        }
        let merges = merges
            .iter()
            .map(|m| Merge { top: m.start.0 as usize, left: m.start.1 as usize, bottom: m.end.0 as usize, right: m.end.1 as usize })
            .collect();
        let hidden = meta.visible != SheetVisible::Visible;
        sheets.push(Sheet { name: meta.name, rows, merges, hidden, turned: false });
    }
    Ok(sheets)
}

fn cell(data: &Data, formula: bool) -> Cell {
    let (text, value) = match data {
        Data::Empty if formula => (String::new(), CellValue::NoValue),
        Data::Empty => (String::new(), CellValue::Empty),
        Data::Int(n) => (n.to_string(), CellValue::Number),
        Data::Float(n) => (number_text(*n), CellValue::Number),
        Data::String(s) => return Cell { formula, ..Cell::text(s.clone()) },
        Data::Bool(b) => (if *b { "TRUE" } else { "FALSE" }.to_owned(), CellValue::Bool(*b)),
        Data::DateTime(at) if at.is_datetime() && at.as_f64() >= 1.0 => {
            let (y, m, d, ..) = at.to_ymd_hms_milli();
            let date = i16::try_from(y).ok().and_then(|y| Date::new(y, m as i8, d as i8).ok());
            match date {
                Some(date) => (date.to_string(), CellValue::Date(date, Precision::Day)),
                None => (number_text(at.as_f64()), CellValue::Number),
            }
        }
        Data::DateTime(at) => (number_text(at.as_f64()), CellValue::Number),
        Data::DateTimeIso(s) | Data::DurationIso(s) => return Cell { formula, ..Cell::text(s.clone()) },
        Data::Error(e) => (e.to_string(), CellValue::Error),
    };
    Cell { text, value, formula }
}

/// Fifteen significant digits, as a spreadsheet keeps and shows them: `404.9`, not `404.90000000000003`.
pub(super) fn number_text(n: f64) -> String {
    if !n.is_finite() {
        return n.to_string();
    }
    let rounded: f64 = format!("{n:.14e}").parse().unwrap_or(n);
    format!("{rounded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_fifteen_digits() {
        assert_eq!(number_text(404.900_000_000_000_03), "404.9");
        assert_eq!(number_text(12.0), "12");
        assert_eq!(number_text(-0.000_012), "-0.000012");
        assert_eq!(number_text(123_456_789_012.345), "123456789012.345");
    }

    /// The smallest workbook of the old format: one sheet, a text and a number.
    fn old_workbook() -> Vec<u8> {
        let record = |id: u16, body: &[u8]| [&id.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat();
        let bof = |kind: u16| record(0x0809, &[&0x0600u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat());
        let mut label = vec![0, 0, 0, 0, 0, 0, 2, 0, 1];
        label.extend("名称".encode_utf16().flat_map(u16::to_le_bytes));
        let number = [&[1u8, 0, 0, 0, 0, 0][..], &3.25f64.to_le_bytes()].concat();
        let sheet = [bof(0x0010), record(0x0204, &label), record(0x0203, &number), record(0x000A, &[])].concat();
        let head = |at: u32| {
            let bound = [&at.to_le_bytes()[..], &[0, 0, 2, 0], b"S1"].concat();
            [bof(0x0005), record(0x0085, &bound), record(0x000A, &[])].concat()
        };
        let at = head(0).len() as u32;
        let mut stream = [head(at), sheet].concat();
        // Streams shorter than this are kept apart, in a form that the reader takes too, but rarely meets.
        stream.resize(8_192, 0);
        let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(vec![])).unwrap();
        std::io::Write::write_all(&mut file.create_stream("/Workbook").unwrap(), &stream).unwrap();
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn an_old_workbook_is_read() {
        let sheets = read(&old_workbook(), &Limits::default()).unwrap();
        assert_eq!((sheets[0].name.as_str(), sheets[0].cell(0, 0).text.as_str()), ("S1", "名称"));
        assert_eq!((sheets[0].cell(1, 0).text.as_str(), sheets[0].cell(1, 0).value), ("3.25", CellValue::Number));
    }
}
