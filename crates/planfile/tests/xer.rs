//! The XER format.
#[path = "xer/corpus.rs"]
mod corpus;
#[path = "xer/elsewhere.rs"]
mod elsewhere;
#[path = "xer/generated.rs"]
mod generated;
#[path = "xer/hostile.rs"]
mod hostile;
#[path = "xer/mutations.rs"]
mod mutations;
#[path = "xer/peer.rs"]
mod peer;
#[path = "xer/roundtrip.rs"]
mod roundtrip;
#[path = "xer/sample.rs"]
mod sample;
mod shared;
