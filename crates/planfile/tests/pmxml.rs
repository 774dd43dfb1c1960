//! P6's XML.
#[path = "pmxml/corpus.rs"]
mod corpus;
