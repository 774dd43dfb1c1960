//! New XML, written element by element.
use super::escaped;

/// XML in the making, one element a line.
#[derive(Default)]
pub(crate) struct XmlBuilder {
    out: String,
    open: Vec<&'static str>,
}

impl XmlBuilder {
    /// A document, with its declaration.
    pub(crate) fn document() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".into(), open: vec![] }
    }

    /// A piece, to be put into a document.
    pub(crate) fn fragment() -> Self {
        Self::default()
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &'static str) {
        self.open_with(name, &[]);
    }

    /// Opens an element with attributes.
    pub(crate) fn open_with(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push_str(">\n");
        self.open.push(name);
    }

    /// Closes the element opened last.
    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.end(name);
        }
    }

    /// An element that holds a text. Its line ends are written as references: a fragment's own are laid out anew.
    pub(crate) fn leaf(&mut self, name: &'static str, text: &str) {
        self.tag(name, &[]);
        self.out.push('>');
        match escaped(text) {
            text if text.contains('\n') => self.out.push_str(&text.replace('\n', "&#10;")),
            text => self.out.push_str(&text),
        }
        self.end(name);
    }

    /// An element that holds a text, or none at all.
    pub(crate) fn leaf_if(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.leaf(name, text);
        }
    }

    /// An element without content, with attributes.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push_str("/>\n");
    }

    /// What has been written, everything closed.
    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn end(&mut self, name: &str) {
        for part in ["</", name, ">\n"] {
            self.out.push_str(part);
        }
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push_str(&format!(" {key}=\"{}\"", escaped(value)));
        }
    }

    fn indent(&mut self) {
        for _ in &self.open {
            self.out.push_str("  ");
        }
    }
}
