//! What a file is, by its content.
use crate::{FileProblem, Format, words};

/// A file of more bytes is not read: 1 GiB.
pub const FILE_LIMIT: u64 = 1 << 30;

/// Other programs' files that are known by their first bytes.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "zip_file"),
    (b"%PDF", "pdf_file"),
    (b"\x00\x01\x00\x00Standard ", "mpp_file"),
    (b"MPX,", "mpx_file"),
    (b"MPX;", "mpx_file"),
    (b"MPX\t", "mpx_file"),
];
/// Microsoft's compound file: .mpp, and .xls and .doc of old.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The format, else what the file is instead and how to make one that is read.
pub(crate) fn format(bytes: &[u8]) -> Result<Format, FileProblem> {
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(problem("file_too_large", &format!("{} MB", bytes.len() >> 20)));
    }
    if let Some((_, code)) = FOREIGN.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(problem(code, ""));
    }
    if bytes.starts_with(COMPOUND) {
        return Err(problem(compound(bytes), ""));
    }
    let head = head(bytes);
    match head.trim_start() {
        "" => Err(problem("file_empty", "")),
        text if text.starts_with("ERMHDR") => Ok(Format::Xer),
        text if text.starts_with('{') => Ok(Format::Json),
        text if text.starts_with('<') => by_root(text),
        text if text.contains(char::REPLACEMENT_CHARACTER) => Err(problem("unknown_format", &first_bytes(bytes))),
        text => Err(problem("unknown_format", text.lines().next().unwrap_or_default())),
    }
}

/// What is no text, as experts know files by it.
fn first_bytes(bytes: &[u8]) -> String {
    bytes.iter().take(8).map(|b| format!("{b:02X}")).collect::<Vec<_>>().join(" ") + " …"
}

fn problem(code: &'static str, found: &str) -> FileProblem {
    let found: String = found.chars().filter(|c| !c.is_control()).take(40).collect();
    words::problem(code, String::new(), &found)
}

/// Excel's and Word's old files name their chief stream in their first sectors.
fn compound(bytes: &[u8]) -> &'static str {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|w| w == wide)
    };
    if holds("Workbook") || holds("WordDocument") { "office_file" } else { "mpp_file" }
}

/// The first characters, enough for the name of a document's root behind a long comment.
fn head(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(64 << 10)];
    let wide = |at: usize| bytes.iter().skip(at).step_by(2).copied().filter(|b| *b != 0).collect::<Vec<u8>>();
    let narrow = match bytes {
        [0xFF, 0xFE, ..] => wide(2),
        [0xFE, 0xFF, ..] => wide(3),
        [b'<', 0, ..] => wide(0),
        [0, b'<', ..] => wide(1),
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest.to_vec(),
        _ => bytes.to_vec(),
    };
    String::from_utf8_lossy(&narrow).into_owned()
}

/// By the name of an XML document's root: declarations and comments come before it.
fn by_root(text: &str) -> Result<Format, FileProblem> {
    let mut rest = text;
    while let Some(after) = rest.trim_start().strip_prefix('<') {
        let end = match after {
            _ if after.starts_with("!--") => "-->",
            _ if after.starts_with('?') => "?>",
            // A document type may hold declarations in brackets; the reader refuses what they say.
            _ if after.starts_with('!') && after.split('>').next().is_some_and(|tag| tag.contains('[')) => "]>",
            _ if after.starts_with('!') => ">",
            _ => return of_root(after),
        };
        rest = after.split_once(end).map_or("", |(_, rest)| rest);
    }
    Err(problem("unknown_xml", ""))
}

fn of_root(tag: &str) -> Result<Format, FileProblem> {
    let name = tag.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
    match name.rsplit(':').next() {
        Some("APIBusinessObjects") => Ok(Format::Pmxml),
        Some("Project") => Ok(Format::Mspdi),
        _ => Err(problem("unknown_xml", name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_what_they_hold() {
        let utf16: Vec<u8> = "\u{feff}<?xml version=\"1.0\"?><Project/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: &[(&[u8], Result<Format, &str>)] = &[
            (b"ERMHDR\t8.0", Ok(Format::Xer)),
            (b"\xEF\xBB\xBFERMHDR\t8.0", Ok(Format::Xer)),
            (b" {\"project\":1}", Ok(Format::Json)),
            (b"<?xml version='1.0'?>\n<!-- <Project> -->\n<APIBusinessObjects xmlns='x'>", Ok(Format::Pmxml)),
            (b"<Project xmlns=\"http://schemas.microsoft.com/project\">", Ok(Format::Mspdi)),
            (b"<p:Project xmlns:p=\"http://schemas.microsoft.com/project\"/>", Ok(Format::Mspdi)),
            (&utf16, Ok(Format::Mspdi)),
            (b"<!DOCTYPE p [<!ENTITY a \"aa\">]><Project>", Ok(Format::Mspdi)),
            (b"<html>", Err("unknown_xml")),
            (b"<!--", Err("unknown_xml")),
            (b"PK\x03\x04...", Err("zip_file")),
            (b"%PDF-1.7", Err("pdf_file")),
            (b"MPX,Microsoft Project", Err("mpx_file")),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", Err("mpp_file")),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..W\0o\0r\0k\0b\0o\0o\0k\0", Err("office_file")),
            (b"  \n", Err("file_empty")),
            (b"name;duration", Err("unknown_format")),
        ];
        for (bytes, wanted) in cases {
            assert_eq!(&format(bytes).map_err(|p| p.code), wanted, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn an_mpp_file_is_answered_with_the_clicks_that_make_it_xml() {
        let said = format(COMPOUND).unwrap_err();
        assert!(said.chinese.contains("另存为") && said.chinese.contains("XML"), "{}", said.chinese);
        assert!(said.english.contains("Save As") && said.english.contains("XML"), "{}", said.english);
    }
}
