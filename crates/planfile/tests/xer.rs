//! The XER format.
#[path = "xer/corpus.rs"]
mod corpus;
