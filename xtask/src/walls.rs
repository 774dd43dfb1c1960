//! The walls between the rooms: which crate may use which, and what may not stand in their text.
//!
//! The rules are data in `arrows`, `text` and `pages`; each names the rule it guards,
//! so that a breach says what to do about it.

mod arrows;
mod long;
mod pages;
mod source;
mod text;

use std::time::Instant;

use crate::{metadata, shell};

/// A rule broken somewhere.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    pub at: String,
    pub says: String,
}

impl Breach {
    pub fn new(at: impl Into<String>, says: impl Into<String>) -> Self {
        Self { at: at.into(), says: says.into() }
    }
}

/// Checks every wall and prints what is wrong; true when nothing is.
pub fn run() -> Result<bool, String> {
    let began = Instant::now();
    let sources = source::read(&shell::root());
    let mut breaches = arrows::check(&metadata::rooms()?);
    breaches.extend(sources.iter().flat_map(text::check));
    breaches.extend(sources.iter().flat_map(pages::check));
    breaches.sort();
    for breach in &breaches {
        println!("{}: {}", breach.at, breach.says);
    }
    let long = long::list(&sources);
    if !long.is_empty() {
        println!("a second look, please (longer than {} lines; not a failure):", long::LIMIT);
        for line in &long {
            println!("  {line}");
        }
    }
    println!("walls: {} files, {} breaches, {} ms", sources.len(), breaches.len(), began.elapsed().as_millis());
    Ok(breaches.is_empty())
}
