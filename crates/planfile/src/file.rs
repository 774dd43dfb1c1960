//! A whole file: its projects, and what of it goes back as it came.
use crate::{Loss, Plan, Refused, loss};

/// The formats that are read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Primavera's table text.
    Xer,
    /// Primavera's XML.
    Pmxml,
    /// Microsoft Project's XML.
    Mspdi,
    /// One project as JSON, in minutes.
    Json,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct PlanFile {
    /// What it is.
    pub format: Format,
    /// Its projects.
    pub plans: Vec<Plan>,
    /// The rest of it, for writing it back with nothing lost.
    pub source: Source,
}

/// What a file held besides the plans, kept so that it goes back as it came.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Source {
    /// Nothing: the file is made anew.
    #[default]
    None,
    /// A JSON document.
    Json(Box<crate::json::Rest>),
}

/// A file ready to be stored.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What the format could not hold.
    pub losses: Vec<Loss>,
}

impl Format {
    /// By content; the name decides nothing.
    pub fn detect(bytes: &[u8]) -> Option<Self> {
        let _ = bytes;
        None
    }
}

/// Reads a file of any format that is known.
pub fn read(bytes: &[u8]) -> Result<PlanFile, Refused> {
    let _ = (bytes, loss::Loss { code: "", place: String::new(), found: String::new() });
    Err(Refused { problems: vec![] })
}
