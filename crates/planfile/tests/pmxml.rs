//! P6's XML.
#[path = "pmxml/corpus.rs"]
mod corpus;
#[path = "pmxml/facts.rs"]
mod facts;
#[path = "pmxml/generated.rs"]
mod generated;
#[path = "pmxml/hostile.rs"]
mod hostile;
#[path = "pmxml/peer.rs"]
mod peer;
mod shared;
