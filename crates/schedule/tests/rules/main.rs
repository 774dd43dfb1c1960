//! The rules of SEMANTICS held against random networks.
mod edits;
mod far;
mod networks;
mod planted;
mod properties;
