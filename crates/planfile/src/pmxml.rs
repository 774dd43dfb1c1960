//! Primavera P6's XML: the root `APIBusinessObjects`, in it calendars, resources and projects.
//!
//! Element names and enumerations are those of Oracle's schema of the P6 business objects. Durations, lags and units are
//! decimal hours; some programs write them with decimal commas. Times are naive local. Working periods name their last
//! minute, so 08:00 to 11:59 is until noon. One file may hold several projects, and baselines of them.
mod calendars;
mod field;
mod fit;
mod found;
mod fresh;
mod links;
mod losses;
pub(crate) mod notes;
mod patch;
mod patch_rows;
mod people;
mod pieces;
mod project;
mod read;
mod rows;
mod settings;
mod texts;
mod week;
mod words;

use crate::xml::XmlDocument;
use crate::{Format, PlanFile, Refused, Source, Written};

/// The document that a file was read from; what plans do not hold goes back from it.
#[derive(Clone, Debug)]
pub struct PmxmlSource {
    document: XmlDocument,
}

impl PmxmlSource {
    /// The document's outermost element.
    pub(crate) fn root(&self) -> crate::xml::Node<'_> {
        self.document.root()
    }
}

/// Reads a file. What decides dates and cannot be read refuses it, every place at once; what can be mended or left out
/// is told in the plans' losses.
pub fn read(bytes: &[u8]) -> Result<PlanFile, Refused> {
    let document = XmlDocument::read(bytes)?;
    let plans = read::plans(&document)?.into_iter().map(|(plan, _)| plan).collect();
    Ok(PlanFile { format: Format::Pmxml, plans, source: Source::Pmxml(Box::new(PmxmlSource { document })) })
}

/// Writes a file. One that was read from this format goes back as it came, byte for byte, but for the texts that changed in
/// its plans; another is made anew, with what P6 cannot hold told in the losses.
pub fn write(file: &PlanFile) -> Written {
    match &file.source {
        Source::Pmxml(source) => patch::write(&source.document, file),
        _ => fresh::write(&file.plans),
    }
}
