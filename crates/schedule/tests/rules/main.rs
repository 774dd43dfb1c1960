//! The rules of SEMANTICS held against random networks.
mod edits;
mod networks;
mod planted;
mod properties;
