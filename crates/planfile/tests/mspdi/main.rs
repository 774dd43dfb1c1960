//! Microsoft Project's XML: real files, files made anew, hostile files.
mod back;
mod corpus;
mod generated;
mod held;
mod hostile;
mod peer;
mod random_plan;
#[path = "../shared/mod.rs"]
mod shared;
mod told;
