//! A whole file: its projects, and what of it goes back as it came.
use crate::{FileProblem, Loss, Plan, Refused, detect, json, leftover, mspdi, pmxml, words, xer};

pub use detect::FILE_LIMIT;

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
    Json(Box<json::Rest>),
    /// P6's tables.
    Xer(Box<xer::XerSource>),
    /// A document of P6's XML.
    Pmxml(Box<pmxml::PmxmlSource>),
    /// Microsoft Project's XML.
    Mspdi(Box<mspdi::Document>),
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
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Xer, Self::Pmxml, Self::Mspdi, Self::Json];

    /// By content; the name decides nothing. `None` for what is none of them, and for another program's own file.
    ///
    /// ```
    /// use lantu_planfile::Format;
    /// assert_eq!(Format::detect(b"ERMHDR\t19.12"), Some(Format::Xer));
    /// assert_eq!(Format::detect(b"PK\x03\x04"), None);
    /// ```
    pub fn detect(bytes: &[u8]) -> Option<Self> {
        detect::format(bytes).ok()
    }

    /// As users name it: `xer`, `pmxml`, `mspdi`, `json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Xer => "xer",
            Self::Pmxml => "pmxml",
            Self::Mspdi => "mspdi",
            Self::Json => "json",
        }
    }

    /// Whether a file of it may hold several projects.
    pub const fn holds_several(self) -> bool {
        matches!(self, Self::Xer | Self::Pmxml)
    }

    /// The ending of its files' names.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xer => "xer",
            Self::Pmxml | Self::Mspdi => "xml",
            Self::Json => "json",
        }
    }
}

/// Reads a file of any format that is known, up to [`FILE_LIMIT`] bytes.
pub fn read(bytes: &[u8]) -> Result<PlanFile, Refused> {
    match detect::format(bytes).map_err(Refused::one)? {
        Format::Xer => xer::read(bytes),
        Format::Pmxml => pmxml::read(bytes),
        Format::Mspdi => mspdi::read(bytes),
        Format::Json => json::read(bytes),
    }
}

/// Writes a file as `format`. In its own format it goes back as it came, with what changed in its plans; in another one
/// it is made anew. JSON holds one project: of several, none is chosen.
pub fn write(file: &PlanFile, format: Format) -> Result<Written, Refused> {
    let mut written = match format {
        Format::Json => json::write(file)?,
        Format::Xer => xer::write(file),
        Format::Pmxml => pmxml::write(file),
        Format::Mspdi => mspdi::write(file),
    };
    written.losses.extend(leftover::left_behind(file, format));
    Ok(written)
}

impl PlanFile {
    /// Leaves one project, by its place, of several.
    pub fn keep_only(&mut self, at: usize) {
        let mut place = 0..;
        self.plans.retain(|_| place.next() == Some(at));
    }

    /// Whether a plan is a baseline of another project: kept for comparison, not meant when no project is named.
    pub fn is_baseline(&self, plan: &Plan) -> bool {
        match &self.source {
            Source::Xer(source) => source.is_baseline(&plan.id),
            _ => false,
        }
    }
}

/// What is said of a file that is too large to be read, before its bytes are.
pub fn too_large(bytes: u64) -> FileProblem {
    words::problem("file_too_large", String::new(), &format!("{} MB", bytes >> 20))
}
