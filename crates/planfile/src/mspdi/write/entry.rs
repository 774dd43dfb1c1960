//! Elements that hold a text, in the order that the schema asks for.
use crate::xml::{Edits, Node, XmlBuilder};

/// An element and its text; without one it is left out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub name: &'static str,
    pub text: Option<String>,
    /// Follows from other entries: written into a file that says otherwise only where the file said what follows.
    pub derived: bool,
}

/// An element that always has a text.
pub(super) fn entry(name: &'static str, text: impl Into<String>) -> Entry {
    Entry { name, text: Some(text.into()), derived: false }
}

/// An element that may be left out.
pub(super) fn maybe(name: &'static str, text: Option<String>) -> Entry {
    Entry { name, text, derived: false }
}

/// An element whose text follows from others.
pub(super) fn derived(name: &'static str, text: impl Into<String>) -> Entry {
    Entry { name, text: Some(text.into()), derived: true }
}

/// `1` or `0`.
pub(super) fn flag(name: &'static str, on: bool) -> Entry {
    entry(name, if on { "1" } else { "0" })
}

/// Writes what has a text.
pub(super) fn put(xml: &mut XmlBuilder, entries: &[Entry]) {
    for entry in entries {
        xml.leaf_if(entry.name, entry.text.as_deref());
    }
}

/// Changes the texts that differ between two lists of the same entries, and nothing else. Where an element is missing
/// it is put at its place in `order`, the schema's.
pub(super) fn change<'a>(edits: &mut Edits<'a>, node: Node<'a>, before: &[Entry], after: &[Entry], order: &[&str]) {
    for (was, is) in before.iter().zip(after).filter(|(was, is)| was.text != is.text) {
        match (node.child(is.name), &is.text) {
            (Some(child), Some(text)) => {
                let follows = !is.derived || child.value().as_deref() == was.text.as_deref();
                if follows {
                    edits.set_text(child, text);
                }
            }
            (Some(child), None) => edits.remove(child),
            (None, Some(text)) => insert(edits, node, is.name, &leaf(is.name, text), order),
            (None, None) => {}
        }
    }
}

/// One element with its text.
fn leaf(name: &'static str, text: &str) -> String {
    let mut xml = XmlBuilder::fragment();
    xml.leaf(name, text);
    xml.finish()
}

/// Puts an element among its siblings, where the schema has it.
pub(super) fn insert<'a>(edits: &mut Edits<'a>, node: Node<'a>, name: &str, fragment: &str, order: &[&str]) {
    let rank = |name: &str| order.iter().position(|n| *n == name);
    let own = rank(name);
    // Elements that the schema does not know stay with the ones before them.
    let before = node.elements().filter(|sibling| rank(sibling.name()).is_some_and(|r| Some(r) <= own)).last();
    match (before, node.elements().next()) {
        (Some(sibling), _) => edits.insert_after(sibling, fragment),
        (None, Some(first)) => edits.insert_before(first, fragment),
        (None, None) => edits.append(node, fragment),
    }
}
