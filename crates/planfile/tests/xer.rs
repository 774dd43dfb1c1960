//! The XER format.
#[path = "xer/corpus.rs"]
mod corpus;
#[path = "xer/generated.rs"]
mod generated;
#[path = "xer/roundtrip.rs"]
mod roundtrip;
#[path = "xer/sample.rs"]
mod sample;
