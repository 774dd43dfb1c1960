//! Primavera P6's XML: the root `APIBusinessObjects`, in it calendars, resources and projects.
//!
//! Element names and enumerations are those of Oracle's schema of the P6 business objects (`p6apibo.xsd`), which is also
//! where the order of elements comes from: by name, then the lists.
//!
//! Reading. Durations, lags and units are decimal hours; some programs write them with decimal commas. Times are naive
//! local; what follows the seconds is cut off. Working periods name their last minute, so 08:00 to 11:59 is until noon; an
//! end on a quarter of an hour means itself, for P6 never writes one. An exception of one period from 00:00 to 23:59 is a
//! day off. Calendars inherit exceptions from their base, never the week. WBS elements are summary rows. Dates of what
//! remains are the early and late ones; where there are none, `EarlyStartDate` and its like. A project that the file only
//! names, because a link leads to it, is no plan; baselines are plans where there is nothing else.
//!
//! What decides dates and cannot be read refuses the file: actual and imposed dates, durations, lags, types, numbers of
//! rows, and WBS elements or calendars that stand on themselves. Everything else that is wrong is a loss.
//!
//! Writing. A document that was read keeps every byte but for the texts that changed: activity codes, user fields, steps,
//! costs and unknown elements stay. Floats, which P6 reckons for itself and does not export, are written where the
//! document has them, and into new documents. A new document has what P6 asks for; other programs' plans are fitted to it.
//!
//! ```
//! use lantu_planfile::pmxml;
//! let text = r#"<APIBusinessObjects>
//!   <Project>
//!     <Id>P</Id><Name>Bridge</Name><PlannedStartDate>2026-03-02T08:00:00</PlannedStartDate>
//!     <Activity><Id>A10</Id><ObjectId>1</ObjectId><Type>Task Dependent</Type><RemainingDuration>16,5</RemainingDuration></Activity>
//!   </Project>
//! </APIBusinessObjects>"#;
//! let mut file = pmxml::read(text.as_bytes())?;
//! assert_eq!(file.plans[0].activities[0].duration.as_minutes(), 990.0);
//! assert_eq!(pmxml::write(&file).bytes, text.as_bytes());
//! file.plans[0].name = "New bridge".into();
//! let written = pmxml::write(&file);
//! assert_eq!(String::from_utf8_lossy(&written.bytes), text.replace("Bridge", "New bridge"));
//! # Ok::<(), lantu_planfile::Refused>(())
//! ```
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
/// its plans; projects of it that the file's plans do not have stay. Another is made anew. What P6 cannot hold is told in
/// the losses.
pub fn write(file: &PlanFile) -> Written {
    match &file.source {
        Source::Pmxml(source) => patch::write(&source.document, file),
        _ => fresh::write(&file.plans),
    }
}
