//! Which kind of file it is, judged by its bytes and not by its name.
mod delimited;
mod xls;
mod xlsx;

use crate::sheet::{FileRefusal, Limits, Workbook};

/// Reads a workbook or delimited text, or says why it is none and what to do.
pub fn read_workbook(name: &str, bytes: &[u8], limits: Limits) -> Result<Workbook, FileRefusal> {
    if bytes.is_empty() {
        return Err(FileRefusal::new("file_empty"));
    }
    if bytes.len() as u64 > limits.bytes {
        let megabytes = |b: u64| b.div_ceil(1 << 20);
        return Err(FileRefusal::new("file_too_large").with("size", megabytes(bytes.len() as u64)).with("limit", megabytes(limits.bytes)));
    }
    let mut workbook = match kind_of(name, bytes)? {
        Kind::Zip => xlsx::read(bytes, &limits)?,
        Kind::Ole => xls::read(bytes, &limits)?,
        Kind::Delimited => delimited::read(name, bytes, &limits)?,
    };
    for sheet in &mut workbook {
        sheet.trim();
    }
    if workbook.is_empty() {
        return Err(FileRefusal::new("file_no_sheet"));
    }
    if workbook.iter().all(|s| s.rows.is_empty()) {
        return Err(FileRefusal::new("file_empty"));
    }
    Ok(Workbook { name: name.to_owned(), sheets: workbook })
}

enum Kind {
    Zip,
    Ole,
    Delimited,
}

fn kind_of(name: &str, bytes: &[u8]) -> Result<Kind, FileRefusal> {
    let head = &bytes[..bytes.len().min(1024)];
    let starts = |magic: &[u8]| head.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Ok(Kind::Zip);
    }
    if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Kind::Ole);
    }
    let image = starts(b"\x89PNG")
        || starts(b"\xff\xd8\xff")
        || starts(b"GIF8")
        || starts(b"II*\0")
        || starts(b"MM\0*")
        || (starts(b"BM") && head.len() > 14 && head[6..10] == [0; 4])
        || (starts(b"RIFF") && head.get(8..12) == Some(b"WEBP"));
    if image {
        return Err(FileRefusal::new("file_image"));
    }
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Err(FileRefusal::new("file_pdf"));
    }
    let text: String = head.iter().map(|b| char::from(b.to_ascii_lowercase())).collect();
    let markup = text.trim_start_matches(['\u{ef}', '\u{bb}', '\u{bf}', ' ', '\r', '\n', '\t']);
    if ["<!doctype html", "<html", "<table", "<meta", "<body", "<head"].iter().any(|tag| markup.starts_with(tag)) {
        return Err(FileRefusal::new("file_html"));
    }
    if markup.starts_with("<?xml") || markup.starts_with("{\\rtf") {
        return Err(FileRefusal::new("file_not_a_sheet"));
    }
    let wide = starts(b"\xff\xfe") || starts(b"\xfe\xff");
    if head.contains(&0) && !wide {
        let sheet_name = [".xlsx", ".xls", ".xlsm"].iter().any(|e| name.to_ascii_lowercase().ends_with(e));
        return Err(FileRefusal::new(if sheet_name { "file_corrupt" } else { "file_not_a_sheet" }));
    }
    Ok(Kind::Delimited)
}
