//! One element of a document, to be asked.
use super::{Element, XmlDocument};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// An element; copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    document: &'a XmlDocument,
    at: u32,
}

impl<'a> Node<'a> {
    pub(super) fn new(document: &'a XmlDocument, at: u32) -> Self {
        Self { document, at }
    }

    pub(super) fn element(self) -> &'a Element {
        &self.document.elements[self.at as usize]
    }

    /// The element's number in its document: it stays the same as long as the document does.
    pub(crate) fn id(self) -> u32 {
        self.at
    }

    /// Its name without a namespace's prefix.
    pub(crate) fn name(self) -> &'a str {
        &self.document.names[self.element().name as usize]
    }

    /// Its name as it stands in the text.
    pub(super) fn full_name(self) -> &'a str {
        let tag = self.slice(self.element().start + 1, self.element().inner);
        tag.split(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').next().unwrap_or_default()
    }

    /// The line it begins on, from 1.
    pub(crate) fn line(self) -> u32 {
        self.element().line
    }

    /// For a problem: `line 12, Project/Activity/StartDate`.
    pub(crate) fn place(self) -> String {
        let mut names = vec![self.name()];
        let mut node = self;
        while node.at > 0 {
            node = Node::new(self.document, node.element().parent);
            if node.at > 0 {
                names.push(node.name());
            }
        }
        names.reverse();
        format!("line {}, {}", self.line(), names.join("/"))
    }

    /// The elements inside, in order.
    pub(crate) fn elements(self) -> impl Iterator<Item = Node<'a>> {
        let document = self.document;
        let first = self.element().first_child;
        let place = move |at: u32| (at > 0).then_some(Node::new(document, at));
        std::iter::successors(place(first), move |node| place(node.element().next))
    }

    /// The elements inside of this name, in order.
    pub(crate) fn children(self, name: &str) -> impl Iterator<Item = Node<'a>> {
        let id = self.document.name_ids.get(name).copied();
        self.elements().filter(move |node| Some(node.element().name) == id)
    }

    /// The first element inside of this name.
    pub(crate) fn child(self, name: &str) -> Option<Node<'a>> {
        self.children(name).next()
    }

    /// The text of the first element inside of this name, blanks at its ends cut off; `None` when it is not there,
    /// empty or nil.
    pub(crate) fn child_text(self, name: &str) -> Option<Cow<'a, str>> {
        self.child(name)?.value()
    }

    /// Its text with blanks at the ends cut off; `None` when there is none.
    pub(crate) fn value(self) -> Option<Cow<'a, str>> {
        let text = match self.text() {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        (!text.is_empty()).then_some(text)
    }

    /// Its text, references resolved and line ends as `\n`; empty for an element that has elements inside.
    pub(crate) fn text(self) -> Cow<'a, str> {
        let element = self.element();
        if element.first_child > 0 {
            return Cow::Borrowed("");
        }
        let raw = self.slice(element.inner, element.inner_end);
        if !raw.contains(['<', '&', '\r']) { Cow::Borrowed(raw) } else { Cow::Owned(plain(raw)) }
    }

    /// An attribute by its local name.
    pub(crate) fn attribute(self, name: &str) -> Option<Cow<'a, str>> {
        let tag = self.tag();
        let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
        let value = found.value.into_owned();
        Some(Cow::Owned(unescape(&value).map(Cow::into_owned).unwrap_or_default()))
    }

    /// What stands in the opening tag, without its brackets.
    pub(super) fn tag(self) -> BytesStart<'a> {
        let element = self.element();
        let tag = self.slice(element.start + 1, element.inner);
        let tag = tag.strip_suffix('>').unwrap_or(tag);
        BytesStart::from_content(tag.strip_suffix('/').unwrap_or(tag), self.full_name().len())
    }

    pub(super) fn slice(self, from: u32, to: u32) -> &'a str {
        self.document.text.get(from as usize..to as usize).unwrap_or_default()
    }
}

/// The text between tags: references resolved, comments left out.
fn plain(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut reader = Reader::from_str(raw);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Text(t) => text.push_str(&t.xml10_content()),
            Event::CData(t) => text.push_str(&t.xml10_content()),
            Event::GeneralRef(name) => text.push_str(&unescape(&format!("&{};", &*name)).unwrap_or_default()),
            Event::Eof => break,
            _ => {}
        }
    }
    text
}
