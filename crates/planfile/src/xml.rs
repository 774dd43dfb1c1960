//! The ground of the two XML formats: a document kept as its own text, with an index of its elements over it.
//!
//! Nothing is rebuilt on writing: [`Edits`] replaces the texts that changed and leaves every other byte as it came,
//! comments, blanks and unknown elements included. A document that declares entities is refused, not expanded.
mod build;
mod decode;
mod edits;
mod node;
mod parse;

pub(crate) use build::XmlBuilder;
pub(crate) use edits::Edits;
pub(crate) use node::Node;

use crate::{FileProblem, Refused};
use decode::Wire;
use std::borrow::Cow;
use std::collections::HashMap;

/// The longest file that is read.
pub(crate) const MAX_BYTES: usize = 512 << 20;
/// How deep elements may stand in one another.
pub(crate) const MAX_DEPTH: usize = 200;
/// How many elements a file may have.
pub(crate) const MAX_ELEMENTS: usize = 20_000_000;

/// A document: its text, and where its elements are.
#[derive(Clone)]
pub(crate) struct XmlDocument {
    text: String,
    wire: Wire,
    /// In the order of the text; the first is the root.
    elements: Vec<Element>,
    names: Vec<Box<str>>,
    name_ids: HashMap<Box<str>, u32>,
}

/// Positions are bytes of the text; links are places in the list of elements, 0 for none (the root is no one's child).
#[derive(Clone, Copy)]
struct Element {
    name: u32,
    parent: u32,
    first_child: u32,
    next: u32,
    line: u32,
    /// Of the opening tag's `<`.
    start: u32,
    /// After the opening tag's `>`.
    inner: u32,
    /// Of the closing tag's `<`; the end for `<A/>`.
    inner_end: u32,
    /// After the closing tag's `>`.
    end: u32,
}

impl XmlDocument {
    /// Reads a document in any of the encodings a file may name.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Refused> {
        if bytes.len() > MAX_BYTES {
            return Err(Refused::one(too_long(bytes.len())));
        }
        let (text, wire) = decode::decode(bytes).map_err(Refused::one)?;
        parse::parse(text, wire).map_err(Refused::one)
    }

    /// The outermost element.
    pub(crate) fn root(&self) -> Node<'_> {
        Node::new(self, 0)
    }

    /// An element by its number, see [`Node::id`]; the root for a number that is none's.
    pub(crate) fn node(&self, id: u32) -> Node<'_> {
        Node::new(self, if (id as usize) < self.elements.len() { id } else { 0 })
    }

    /// The bytes it was read from, or their like where the encoding has two ways to write one character.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.wire.unchanged(&self.text)
    }
}

impl std::fmt::Debug for XmlDocument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "XmlDocument({} bytes, {} elements)", self.text.len(), self.elements.len())
    }
}

fn too_long(bytes: usize) -> FileProblem {
    let limit = MAX_BYTES >> 20;
    FileProblem {
        code: "file_too_long",
        place: String::new(),
        found: format!("{} MiB", bytes >> 20),
        chinese: format!("文件超过 {limit} MiB，不予读取；请从原软件按项目分别导出。"),
        english: format!("The file is longer than {limit} MiB and is not read. Export its projects one by one."),
    }
}

/// The first characters of what stood in a file, for a problem.
pub(crate) fn shortened(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { short + "…" } else { short }
}

/// A text as it stands between tags. Characters that XML cannot hold become U+FFFD.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    // 0xEF begins U+FFFE and U+FFFF.
    let plain = |b: u8| b >= b' ' && !matches!(b, b'&' | b'<' | b'>' | b'"' | 0xEF);
    if text.bytes().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
