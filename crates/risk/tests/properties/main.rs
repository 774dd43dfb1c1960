//! What holds for every simulation: under common random numbers, with facts, in any order of rows, for any number of
//! iterations.
mod facts;
mod later;
#[allow(dead_code)]
#[path = "../../../schedule/tests/rules/networks.rs"]
mod networks;
mod order;
mod plans;
mod wider;
