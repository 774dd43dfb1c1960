//! What a file is, told by its content: a name is only believed when the content agrees.
use lantu_model::Problem;

/// A sort of file that is kept: its media type, the endings that mean it.
pub(crate) struct Sort {
    pub media: &'static str,
    endings: &'static [&'static str],
}

const fn sort(media: &'static str, endings: &'static [&'static str]) -> Sort {
    Sort { media, endings }
}

const PDF: Sort = sort("application/pdf", &["pdf"]);
const OFD: Sort = sort("application/ofd", &["ofd"]);
const PNG: Sort = sort("image/png", &["png"]);
const JPEG: Sort = sort("image/jpeg", &["jpg", "jpeg", "jpe", "jfif"]);
const WEBP: Sort = sort("image/webp", &["webp"]);
const GIF: Sort = sort("image/gif", &["gif"]);
const TIFF: Sort = sort("image/tiff", &["tif", "tiff"]);
const HEIC: Sort = sort("image/heic", &["heic", "heif"]);
const DOCX: Sort = sort("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]);
const XLSX: Sort = sort("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]);
const PPTX: Sort = sort("application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"]);
const DOC: Sort = sort("application/msword", &["doc", "wps"]);
const XLS: Sort = sort("application/vnd.ms-excel", &["xls", "et"]);
const PPT: Sort = sort("application/vnd.ms-powerpoint", &["ppt", "dps"]);
const MPP: Sort = sort("application/vnd.ms-project", &["mpp", "mpt"]);
const DWG: Sort = sort("image/vnd.dwg", &["dwg"]);
const DXF: Sort = sort("image/vnd.dxf", &["dxf"]);
const XER: Sort = sort("application/xer", &["xer"]);
const XML: Sort = sort("application/xml", &["xml"]);
const JSON: Sort = sort("application/json", &["json"]);
const TEXT: Sort = sort("text/plain", &["txt", "md", "log"]);
const CSV: Sort = sort("text/csv", &["csv", "tsv"]);

/// For the words of a refusal.
pub(crate) const KEPT: &str =
    "PDF, OFD, PNG, JPEG, WebP, GIF, TIFF, HEIC, Word, Excel, PowerPoint, WPS, DWG, DXF, XER, XML, MPP, JSON, TXT, CSV";

/// What the content is; a refusal when it is nothing that is kept, or not what the name says.
pub(crate) fn judge(name: &str, bytes: &[u8]) -> Result<&'static str, Problem> {
    let refuse = |code: &str| Problem::block(code).at(name);
    if bytes.is_empty() {
        return Err(refuse("evidence_empty"));
    }
    if let Some(found) = executable(bytes) {
        return Err(refuse("evidence_executable").with("found", found));
    }
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let found = sort_of(bytes, &ending).map_err(refuse)?;
    let Some(found) = found else { return Err(refuse("evidence_unknown").with("kept", KEPT)) };
    if found.endings.contains(&ending.as_str()) {
        return Ok(found.media);
    }
    Err(refuse("evidence_not_its_name").with("ending", ending).with("found", found.endings.first().unwrap_or(&"")))
}

fn executable(bytes: &[u8]) -> Option<&'static str> {
    const MACH: [[u8; 4]; 5] =
        [[0xfe, 0xed, 0xfa, 0xce], [0xfe, 0xed, 0xfa, 0xcf], [0xce, 0xfa, 0xed, 0xfe], [0xcf, 0xfa, 0xed, 0xfe], [0xca, 0xfe, 0xba, 0xbe]];
    match bytes {
        // As text two letters prove nothing; as a program they are followed by a table of numbers.
        [b'M', b'Z', ..] if bytes.iter().take(64).any(|b| *b == 0) => Some("EXE"),
        [0x7f, b'E', b'L', b'F', ..] => Some("ELF"),
        [b'#', b'!', ..] | [0xef, 0xbb, 0xbf, b'#', b'!', ..] => Some("script"),
        [b'L', 0, 0, 0, 1, 0x14, 2, 0, ..] => Some("LNK"),
        [b'\0', b'a', b's', b'm', ..] => Some("WebAssembly"),
        _ => bytes.first_chunk::<4>().filter(|m| MACH.contains(m)).map(|_| "Mach-O"),
    }
}

/// `Err` is the code of a refusal.
fn sort_of(bytes: &[u8], ending: &str) -> Result<Option<Sort>, &'static str> {
    Ok(Some(match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => PDF,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => PNG,
        [0xff, 0xd8, 0xff, ..] => JPEG,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => WEBP,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => GIF,
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => TIFF,
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', b'e' | b'i', ..] => HEIC,
        [b'P', b'K', 3, 4, ..] => return packed(bytes).map(Some),
        [b'P', b'K', 5, 6, ..] | [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xbc, 0xaf, ..] | [0x1f, 0x8b, ..] => {
            return Err("evidence_archive");
        }
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => return Ok(compound(bytes)),
        [b'A', b'C', b'1', b'0', b'0'..=b'9', b'0'..=b'9', ..] => DWG,
        _ if bytes.starts_with(b"AutoCAD Binary DXF") => DXF,
        _ => return text(bytes, ending),
    }))
}

/// A zip is an office document when its list of contents says so; any other is an archive.
fn packed(bytes: &[u8]) -> Result<Sort, &'static str> {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).map_err(|_| "evidence_broken")?;
    let names: Vec<_> = archive.file_names().filter_map(Result::ok).collect();
    let has = |part: &str| names.iter().any(|n| n == part);
    if names.iter().any(|n| n.ends_with("vbaProject.bin")) {
        return Err("evidence_macros");
    }
    match () {
        () if has("OFD.xml") => Ok(OFD),
        () if !has("[Content_Types].xml") => Err("evidence_archive"),
        () if has("word/document.xml") => Ok(DOCX),
        () if has("xl/workbook.xml") => Ok(XLSX),
        () if has("ppt/presentation.xml") => Ok(PPTX),
        () => Err("evidence_archive"),
    }
}

/// Old office files, by the names in their directory; an installer package is one of the same kind and is none of these.
fn compound(bytes: &[u8]) -> Option<Sort> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
        // A directory's names stand at multiples of 128 bytes.
        bytes.chunks(128).any(|entry| entry.starts_with(&wide))
    };
    match () {
        () if has("WordDocument") => Some(DOC),
        () if has("Workbook") || has("Book") => Some(XLS),
        () if has("PowerPoint Document") => Some(PPT),
        () if has("Props") || has("Props9") || has("Props12") || has("Props14") => Some(MPP),
        () => None,
    }
}

/// Text of any of the encodings that offices write; markup that a browser would run is refused.
fn text(bytes: &[u8], ending: &str) -> Result<Option<Sort>, &'static str> {
    let wide = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    if !wide && bytes.contains(&0) {
        return Ok(None);
    }
    let (read, _, broken) = encoding_rs::UTF_8.decode(bytes);
    let read = if broken { encoding_rs::GB18030.decode(bytes).0 } else { read };
    let start = read.trim_start_matches('\u{feff}').trim_start();
    let head: String = start.chars().take(4096).collect::<String>().to_ascii_lowercase();
    let runs = ["<!doctype html", "<html", "<svg", "<script", "<iframe", "<body", "<?php", "<%"];
    if runs.iter().any(|r| head.starts_with(r)) || (head.starts_with('<') && (head.contains("<svg") || head.contains("<html"))) {
        return Err("evidence_markup");
    }
    if start.starts_with("ERMHDR") {
        return Ok(Some(XER));
    }
    if start.starts_with('<') {
        let scripted = memchr_script(bytes);
        return if scripted { Err("evidence_markup") } else { Ok(Some(XML)) };
    }
    let drawing = start.starts_with("0") && start.lines().nth(1).is_some_and(|l| l.trim() == "SECTION");
    Ok(Some(match ending {
        _ if drawing => DXF,
        "json" if matches!(start.as_bytes().first(), Some(b'{' | b'[')) => JSON,
        "csv" | "tsv" => CSV,
        _ => TEXT,
    }))
}

/// `<script` anywhere: no schedule holds one.
fn memchr_script(bytes: &[u8]) -> bool {
    bytes.split(|b| *b == b'<').any(|rest| rest.get(..6).is_some_and(|r| r.eq_ignore_ascii_case(b"script")))
}

#[cfg(test)]
mod tests;
