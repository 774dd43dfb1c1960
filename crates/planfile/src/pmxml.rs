//! Primavera P6's XML: the root `APIBusinessObjects`, in it calendars, resources and projects.
//!
//! Element names and enumerations are those of Oracle's schema of the P6 business objects. Durations, lags and units are
//! decimal hours; some programs write them with decimal commas. Times are naive local. Working periods name their last
//! minute, so 08:00 to 11:59 is until noon. One file may hold several projects, and baselines of them.
mod calendars;
mod field;
mod found;
mod links;
mod notes;
mod people;
mod project;
mod read;
mod rows;
mod settings;
mod words;

use crate::xml::XmlDocument;
use crate::{Format, PlanFile, Refused, Source};

/// The document that a file was read from; what plans do not hold goes back from it.
#[derive(Clone, Debug)]
pub struct PmxmlSource {
    document: XmlDocument,
}

/// Reads a file. What decides dates and cannot be read refuses it, every place at once; what can be mended or left out
/// is told in the plans' losses.
pub fn read(bytes: &[u8]) -> Result<PlanFile, Refused> {
    let document = XmlDocument::read(bytes)?;
    let plans = read::plans(&document)?.into_iter().map(|(plan, _)| plan).collect();
    Ok(PlanFile { format: Format::Pmxml, plans, source: Source::Pmxml(Box::new(PmxmlSource { document })) })
}
