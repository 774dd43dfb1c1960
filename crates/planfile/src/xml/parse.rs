//! The text of a document to its elements.
use super::decode::Wire;
use super::{Element, MAX_DEPTH, MAX_ELEMENTS, XmlDocument, shortened};
use crate::FileProblem;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// What is known half-way through.
struct Parsing<'a> {
    text: &'a str,
    elements: Vec<Element>,
    names: Vec<Box<str>>,
    name_ids: HashMap<Box<str>, u32>,
    /// The elements around the place, outermost first, each with the last of its children so far.
    open: Vec<(u32, u32)>,
    /// Newlines are counted up to here.
    counted: usize,
    line: u32,
}

pub(super) fn parse(text: String, wire: Wire) -> Result<XmlDocument, FileProblem> {
    let mut parsing = Parsing { text: &text, elements: vec![], names: vec![], name_ids: HashMap::new(), open: vec![], counted: 0, line: 1 };
    parsing.run()?;
    let Parsing { elements, names, name_ids, .. } = parsing;
    Ok(XmlDocument { text, wire, elements, names, name_ids })
}

impl Parsing<'_> {
    fn run(&mut self) -> Result<(), FileProblem> {
        let mut reader = Reader::from_str(self.text);
        loop {
            let start = reader.buffer_position() as usize;
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(e) => return Err(self.broken(&e, reader.error_position() as usize)),
            };
            let end = reader.buffer_position() as usize;
            match event {
                Event::Start(tag) => {
                    let at = self.element(&tag, start, end)?;
                    self.open.push((at, 0));
                }
                Event::Empty(tag) => {
                    self.element(&tag, start, end)?;
                }
                Event::End(_) => self.close(start, end),
                Event::Text(text) => self.outside(&text.into_inner(), start)?,
                Event::CData(text) => self.outside(&text.into_inner(), start)?,
                Event::GeneralRef(name) => self.reference(&name, start)?,
                Event::DocType(_) => return Err(self.entities(start)),
                Event::Eof => return self.at_end(),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            }
        }
    }

    fn element(&mut self, tag: &BytesStart<'_>, start: usize, end: usize) -> Result<u32, FileProblem> {
        let line = self.line_at(start);
        let at = self.elements.len();
        if self.open.len() >= MAX_DEPTH {
            return Err(self.too_much("xml_too_deep", start, &format!("{MAX_DEPTH} 层"), &format!("{MAX_DEPTH} levels")));
        }
        if at >= MAX_ELEMENTS {
            return Err(self.too_much("xml_too_many", start, &format!("{MAX_ELEMENTS} 个元素"), &format!("{MAX_ELEMENTS} elements")));
        }
        if self.open.is_empty() && at > 0 {
            return Err(self.two_roots(start));
        }
        if tag.attributes().with_checks(false).any(|a| a.is_err()) {
            return Err(self.bad_attribute(start, tag));
        }
        let name = self.name_id(tag.local_name().as_ref());
        // Texts are shorter than four times MAX_BYTES, elements fewer than MAX_ELEMENTS: all fit 32 bits.
        let [start, end, at] = [start, end, at].map(|n| n as u32);
        let parent = self.adopt(at);
        self.elements.push(Element { name, parent, first_child: 0, next: 0, line, start, inner: end, inner_end: end, end });
        Ok(at)
    }

    /// Hangs a new element under the one that is open, and says which that is.
    fn adopt(&mut self, at: u32) -> u32 {
        let Some((parent, last)) = self.open.last_mut() else { return 0 };
        let before = if *last == 0 { &mut self.elements[*parent as usize].first_child } else { &mut self.elements[*last as usize].next };
        *before = at;
        *last = at;
        *parent
    }

    /// The reader has checked that the tag closes the element that is open.
    fn close(&mut self, start: usize, end: usize) {
        if let Some((at, _)) = self.open.pop() {
            let element = &mut self.elements[at as usize];
            (element.inner_end, element.end) = (start as u32, end as u32);
        }
    }

    fn name_id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.name_ids.get(name) {
            return *id;
        }
        let id = self.names.len() as u32;
        self.names.push(name.into());
        self.name_ids.insert(name.into(), id);
        id
    }

    fn line_at(&mut self, at: usize) -> u32 {
        let passed = self.text.as_bytes().get(self.counted..at).unwrap_or_default();
        self.line += passed.iter().filter(|b| **b == b'\n').count() as u32;
        self.counted = self.counted.max(at);
        self.line
    }

    /// Refuses text before or after the root.
    fn outside(&mut self, text: &str, start: usize) -> Result<(), FileProblem> {
        let blank = |c: char| c.is_ascii_whitespace() || c == '\0' || c == '\u{feff}';
        if !self.open.is_empty() || text.chars().all(blank) {
            return Ok(());
        }
        let (chinese, english) = (
            "根元素之外还有文字，文件不是完整的 XML；请重新导出。",
            "There is text outside of the outermost element. Export the file again.",
        );
        Err(self.problem("xml_text_outside", start, text.trim(), chinese, english))
    }

    fn reference(&mut self, name: &str, start: usize) -> Result<(), FileProblem> {
        let known = name.starts_with('#') || matches!(name, "amp" | "lt" | "gt" | "quot" | "apos");
        if known && quick_xml::escape::unescape(&format!("&{name};")).is_ok() {
            return self.outside("&", start);
        }
        let chinese = "这个 & 引用没有定义；文字中的 & 要写成 &amp;amp;。".replace("&amp;amp;", "&amp;");
        let english = "This reference is not defined. An ampersand in a text is written &amp;.";
        Err(self.problem("xml_reference", start, &format!("&{name};"), &chinese, english))
    }

    fn at_end(&mut self) -> Result<(), FileProblem> {
        if !self.open.is_empty() {
            return Err(self.truncated());
        }
        if self.elements.is_empty() {
            let (chinese, english) = ("文件里没有 XML 元素。", "The file has no XML element.");
            return Err(self.problem("xml_empty", 0, "", chinese, english));
        }
        Ok(())
    }

    fn truncated(&mut self) -> FileProblem {
        let names: Vec<&str> = self.open.iter().map(|(at, _)| &*self.names[self.elements[*at as usize].name as usize]).collect();
        let path = names.join("/");
        let (chinese, english) =
            ("文件在这个元素结束之前就断了；请重新导出或重新传送。", "The file ends before this element does. Export it or send it again.");
        self.problem("xml_truncated", self.text.len(), &path, chinese, english)
    }

    fn broken(&mut self, error: &Error, at: usize) -> FileProblem {
        let unclosed = matches!(error, Error::Syntax(e) if *e != SyntaxError::InvalidBangMarkup);
        if unclosed {
            return match self.open.is_empty() {
                false => self.truncated(),
                true => self.problem(
                    "xml_truncated",
                    at,
                    "",
                    "文件在一个标记中间断了；请重新导出。",
                    "The file ends within a tag. Export it again.",
                ),
            };
        }
        let (code, chinese, english) = match error {
            Error::IllFormed(IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_)) => (
                "xml_mismatched_tag",
                "结束标记与开始标记不配对；文件被改坏，请重新导出。",
                "This end tag closes no open element. The file is damaged; export it again.",
            ),
            Error::IllFormed(IllFormedError::UnclosedReference) => (
                "xml_reference",
                "& 之后缺少分号；文字中的 & 要写成 &amp;。",
                "An ampersand without its semicolon. In a text it is written &amp;.",
            ),
            _ => ("xml_malformed", "这里不是合规的 XML；请从原软件重新导出。", "This is not XML. Export the file again."),
        };
        self.problem(code, at, &error.to_string(), chinese, english)
    }

    fn entities(&mut self, start: usize) -> FileProblem {
        let chinese = "文件带有 DOCTYPE 或实体声明，为安全起见不予读取；计划软件导出的文件没有这一段，请删去或重新导出。";
        let english = "The file has a DOCTYPE, which may declare entities, and is not read. No scheduling program writes one: delete it or export again.";
        self.problem("entity_declared", start, "<!DOCTYPE", chinese, english)
    }

    fn two_roots(&mut self, start: usize) -> FileProblem {
        let (chinese, english) = (
            "最外层有两个元素，像是两个文件接在一起；请拆开。",
            "There are two outermost elements, as of two files in one. Take them apart.",
        );
        self.problem("xml_two_roots", start, "", chinese, english)
    }

    fn bad_attribute(&mut self, start: usize, tag: &BytesStart<'_>) -> FileProblem {
        let (chinese, english) = ("标记里的属性写法不合规；请重新导出。", "The attributes of this tag are not XML. Export the file again.");
        self.problem("xml_attribute", start, tag, chinese, english)
    }

    fn too_much(&mut self, code: &'static str, start: usize, chinese: &str, english: &str) -> FileProblem {
        let chinese = format!("文件超过 {chinese}，不像计划软件导出的；不予读取。");
        let english = format!("More than {english}: no scheduling program writes this, and it is not read.");
        self.problem(code, start, "", &chinese, &english)
    }

    fn problem(&mut self, code: &'static str, at: usize, found: &str, chinese: &str, english: &str) -> FileProblem {
        let place = format!("line {}", self.line_at(at));
        FileProblem { code, place, found: shortened(found), chinese: chinese.into(), english: english.into() }
    }
}
