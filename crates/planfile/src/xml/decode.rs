//! Bytes to text and back, in the encoding that the file says.
use super::shortened;
use crate::FileProblem;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How a document's text stands in bytes.
#[derive(Clone)]
pub(super) struct Wire {
    encoding: &'static Encoding,
    bom: bool,
    /// The bytes as they came, where writing the text again may not give them.
    original: Option<Box<[u8]>>,
}

/// The text, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Wire), FileProblem> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, mark),
        None => (declared(bytes)?, 0),
    };
    let body = bytes.get(mark..).unwrap_or_default();
    let original = (encoding != UTF_8).then(|| bytes.into());
    let wire = Wire { encoding, bom: mark > 0, original };
    if encoding == UTF_8 {
        return match std::str::from_utf8(body) {
            Ok(text) => Ok((text.to_owned(), wire)),
            Err(e) => Err(malformed(encoding, body, e.valid_up_to())),
        };
    }
    match encoding.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) => Ok((text.into_owned(), wire)),
        None => Err(malformed(encoding, body, valid_up_to(encoding, body))),
    }
}

/// Without a mark: by the shape of the first characters, else by the declaration, else UTF-8.
fn declared(bytes: &[u8]) -> Result<&'static Encoding, FileProblem> {
    match bytes {
        [b'<', 0, ..] => return Ok(UTF_16LE),
        [0, b'<', ..] => return Ok(UTF_16BE),
        _ => {}
    }
    let Some(label) = declared_label(bytes) else { return Ok(UTF_8) };
    match Encoding::for_label_no_replacement(label) {
        // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
        Some(e) if e == UTF_16LE || e == UTF_16BE => Ok(UTF_8),
        Some(e) => Ok(e),
        None => Err(unknown(&String::from_utf8_lossy(label))),
    }
}

/// What stands after `encoding=` in `<?xml … ?>`.
fn declared_label(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..bytes.len().min(300))?.trim_ascii_start();
    let declaration = head.strip_prefix(b"<?xml")?;
    let declaration = declaration.get(..declaration.windows(2).position(|w| w == b"?>")?)?;
    let at = declaration.windows(8).position(|w| w == b"encoding")?;
    let value = declaration.get(at + 8..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first()?;
    value.get(..value.iter().position(|b| b == quote)?)
}

/// How many bytes can be read before the first that cannot.
fn valid_up_to(encoding: &'static Encoding, body: &[u8]) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = vec![0; 16 << 10];
    let mut read = 0;
    while let Some(rest) = body.get(read..) {
        let (result, more, _) = decoder.decode_to_utf8_without_replacement(rest, &mut out, true);
        read += more;
        match result {
            encoding_rs::DecoderResult::OutputFull if more > 0 => {}
            encoding_rs::DecoderResult::Malformed(bad, _) => return read.saturating_sub(usize::from(bad)),
            _ => return read,
        }
    }
    read
}

impl Wire {
    pub(super) fn unchanged(&self, text: &str) -> Vec<u8> {
        match &self.original {
            Some(bytes) => bytes.to_vec(),
            None => self.encode(text),
        }
    }

    /// Characters that the encoding lacks become numeric references.
    pub(super) fn encode(&self, text: &str) -> Vec<u8> {
        if self.encoding == UTF_16LE {
            return self.utf16(text, u16::to_le_bytes);
        }
        if self.encoding == UTF_16BE {
            return self.utf16(text, u16::to_be_bytes);
        }
        let mut bytes = if self.bom { vec![0xef, 0xbb, 0xbf] } else { vec![] };
        bytes.extend_from_slice(&self.encoding.encode(text).0);
        bytes
    }

    fn utf16(&self, text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let mark = self.bom.then_some(0xfeff);
        mark.into_iter().chain(text.encode_utf16()).flat_map(bytes_of).collect()
    }
}

fn malformed(encoding: &'static Encoding, body: &[u8], at: usize) -> FileProblem {
    let line = 1 + body.iter().take(at).filter(|b| **b == b'\n').count();
    let found: Vec<String> = body.iter().skip(at).take(4).map(|b| format!("{b:02X}")).collect();
    let name = encoding.name();
    FileProblem {
        code: "xml_encoding",
        place: format!("line {line}"),
        found: found.join(" "),
        chinese: format!("这里的字节不是 {name} 编码，文件所写的编码与实际不符；请从原软件重新导出，或改正文件首行的 encoding。"),
        english: format!(
            "These bytes are not {name}: the encoding the file names is not its own. Export it again, or correct encoding in its first line."
        ),
    }
}

fn unknown(label: &str) -> FileProblem {
    FileProblem {
        code: "xml_encoding_unknown",
        place: "line 1".into(),
        found: shortened(label),
        chinese: "文件首行写的编码无法识别；请另存为 UTF-8。".into(),
        english: "The encoding in the first line is not known. Save the file as UTF-8.".into(),
    }
}
