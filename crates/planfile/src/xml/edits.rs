//! Changes to a document: only the places that they name are written anew.
use super::{Node, XmlDocument, escaped};
use std::collections::BTreeMap;

/// Changes that have been asked for, to be made all at once.
pub(crate) struct Edits<'a> {
    document: &'a XmlDocument,
    /// Bytes from and to, and what comes in their place.
    changes: Vec<(u32, u32, String)>,
    /// What goes into elements that hold no elements yet, by their numbers.
    inside: BTreeMap<u32, String>,
}

impl<'a> Edits<'a> {
    pub(crate) fn new(document: &'a XmlDocument) -> Self {
        Self { document, changes: vec![], inside: BTreeMap::new() }
    }

    /// Puts a text into an element that holds no elements; does nothing when it holds this text already.
    pub(crate) fn set_text(&mut self, node: Node<'a>, text: &str) {
        if node.text() == text && (!text.is_empty() || !is_nil(node)) {
            return;
        }
        let (e, name) = (node.element(), node.full_name());
        let attributes = attributes_but_nil(node);
        self.changes.push((e.start, e.end, format!("<{name}{attributes}>{}</{name}>", escaped(text))));
    }

    /// Empties an element: nil where the document writes nils, else it is taken out.
    pub(crate) fn clear(&mut self, node: Node<'a>) {
        if is_nil(node) || (node.element().first_child == 0 && node.text().trim().is_empty()) {
            return;
        }
        match self.document.nil_attribute() {
            Some(nil) => {
                let (e, name) = (node.element(), node.full_name());
                self.changes.push((e.start, e.end, format!("<{name}{} {nil}=\"true\" />", attributes_but_nil(node))));
            }
            None => self.remove(node),
        }
    }

    /// Puts a fragment of XML in place of an element.
    pub(crate) fn replace(&mut self, node: Node<'a>, fragment: &str) {
        let e = node.element();
        self.changes.push((e.start, e.end, lines(fragment, self.blanks_before(e.start)).to_owned()));
    }

    /// Takes an element out, with its line.
    pub(crate) fn remove(&mut self, node: Node<'a>) {
        let e = node.element();
        self.changes.push((e.start - self.blanks_before(e.start).len() as u32, e.end, String::new()));
    }

    /// Puts a fragment of XML (written by [`super::XmlBuilder`]) right after an element.
    pub(crate) fn insert_after(&mut self, node: Node<'a>, fragment: &str) {
        let end = node.element().end;
        self.changes.push((end, end, self.indented(node.element().start, fragment)));
    }

    /// Puts an element, just as it stands, a second time right after another.
    pub(crate) fn copy_after(&mut self, node: Node<'a>, copied: Node<'a>) {
        let (end, e) = (node.element().end, copied.element());
        let text = self.document.text.get(e.start as usize..e.end as usize).unwrap_or_default();
        self.changes.push((end, end, format!("{}{text}", self.blanks_before(e.start))));
    }

    /// Puts a fragment of XML right before an element.
    pub(crate) fn insert_before(&mut self, node: Node<'a>, fragment: &str) {
        let start = node.element().start;
        let blanks = self.blanks_before(start);
        // Before the blanks, so that it stays should the element be taken out with them.
        let place = start - blanks.len() as u32;
        self.changes.push((place, place, format!("{blanks}{}", lines(fragment, blanks))));
    }

    /// Puts a fragment of XML in as the last of an element's children.
    pub(crate) fn append(&mut self, node: Node<'a>, fragment: &str) {
        if let Some(last) = node.elements().last() {
            return self.insert_after(last, fragment);
        }
        let blanks = self.blanks_before(node.element().start);
        let deeper = if blanks.is_empty() { String::new() } else { format!("{blanks}  ") };
        let inside = format!("{deeper}{}", lines(fragment, &deeper));
        self.inside.entry(node.id()).or_default().push_str(&inside);
    }

    /// Elements that held none get what goes into them.
    fn fill(&mut self) {
        for (id, inside) in std::mem::take(&mut self.inside) {
            let node = self.document.node(id);
            let (e, name, attributes) = (node.element(), node.full_name(), attributes_but_nil(node));
            let blanks = self.blanks_before(e.start);
            self.changes.push((e.start, e.end, format!("<{name}{attributes}>{inside}{blanks}</{name}>")));
        }
    }

    /// The document with its changes. Of changes that overlap, the one around the other holds.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.fill();
        if self.changes.is_empty() {
            return self.document.bytes();
        }
        self.changes.sort_by_key(|(from, to, _)| (*from, std::cmp::Reverse(*to)));
        // An insertion at the place where a removal begins comes before it, whatever their order.
        self.changes.sort_by_key(|(from, to, _)| (*from, from != to));
        let (source, mut out, mut done) = (&self.document.text, String::new(), 0);
        for (from, to, text) in &self.changes {
            let (from, to) = (*from as usize, *to as usize);
            if from < done {
                continue;
            }
            out.push_str(source.get(done..from).unwrap_or_default());
            out.push_str(text);
            done = to;
        }
        out.push_str(source.get(done..).unwrap_or_default());
        self.document.wire.encode(&out)
    }

    /// A fragment as it stands on a line of its own below the element that begins at `start`.
    fn indented(&self, start: u32, fragment: &str) -> String {
        let blanks = self.blanks_before(start);
        format!("{blanks}{}", lines(fragment, blanks))
    }

    /// The line end and blanks before a place.
    fn blanks_before(&self, start: u32) -> &'a str {
        let before = self.document.text.get(..start as usize).unwrap_or_default();
        let blanks = before.get(before.trim_end_matches([' ', '\t', '\r', '\n']).len()..).unwrap_or_default();
        match blanks.rfind('\n') {
            Some(at) => blanks.get(if blanks[..at].ends_with('\r') { at - 1 } else { at }..).unwrap_or_default(),
            None => "",
        }
    }
}

/// A fragment's lines below one another with these blanks before each; all on one line where there are none.
fn lines(fragment: &str, blanks: &str) -> String {
    let fragment = fragment.trim_end();
    if blanks.is_empty() { fragment.replace('\n', "") } else { fragment.replace('\n', blanks) }
}

fn is_nil(node: Node<'_>) -> bool {
    node.attribute("nil").is_some_and(|v| matches!(&*v, "true" | "1"))
}

fn attributes_but_nil(node: Node<'_>) -> String {
    let tag = node.tag();
    let mut attributes = tag.attributes();
    let kept = attributes.with_checks(false).flatten().filter(|a| a.key.local_name().as_ref() != "nil");
    kept.map(|a| format!(" {}=\"{}\"", a.key.as_ref(), a.value.replace('"', "&quot;"))).collect()
}

impl XmlDocument {
    /// `xsi:nil` with the document's own prefix, where it has one.
    fn nil_attribute(&self) -> Option<String> {
        let tag = self.root().tag();
        let schema = "http://www.w3.org/2001/XMLSchema-instance";
        let named = tag.attributes().with_checks(false).flatten().find(|a| a.value == schema)?;
        let prefix = named.key.as_ref().strip_prefix("xmlns:")?;
        Some(format!("{prefix}:nil"))
    }
}
