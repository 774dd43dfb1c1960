//! What is ahead of a project on a day: the dates of its network after everything that has happened, what drives each
//! milestone, how late it is against its promise, how sure that is, and whose move it is.
//!
//! Pure: a project, its pack and `today` in, an outlook out. Facts dated after `today` are not seen, so that the outlook
//! of a past day is what that day could know.
mod types;

pub use types::*;
