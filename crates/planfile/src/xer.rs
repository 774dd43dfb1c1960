//! Primavera P6's XER: a database's tables as text.
//!
//! A file is kept as it came and its tables as places in it (`sheet`). Writing reads it once more, compares what it says
//! with what the plans say now, and sets only the cells and rows that differ (`diff`); tables and columns that no plan
//! knows are never touched. Hours are decimal and become seconds; dates are the office's; P6 keeps no actual durations,
//! so these are the work between the actual dates, up to the data date, less the time of suspension.
//!
//! Not in any document of Oracle's and taken from files: the code page (told by content), decimal commas (told by the
//! cells), 0x7F for the bytes of line breaks, both flags of progress off for "actual dates", and that a calendar hands
//! down its exceptions but not its week.
mod blob;
mod calendars;
mod cells;
mod charset;
mod diff;
mod findings;
mod forms;
mod fresh;
mod held;
mod links;
mod notes;
mod numbers;
mod outline;
mod patch;
mod plans;
mod project;
mod render;
mod resources;
mod settings;
mod sheet;
mod tasks;
mod wide;
mod words;

use crate::{FILE_LIMIT, Format, PlanFile, Refused, Source, Written};
use findings::Findings;
use sheet::Sheet;
use std::borrow::Cow;
use wide::Wide;

/// A file as it came; what no plan holds goes back from here, byte by byte.
#[derive(Clone, Debug)]
pub struct XerSource {
    bytes: Vec<u8>,
    baselines: Vec<String>,
}

impl XerSource {
    /// The file as it came.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether this plan is a baseline of another project: listed, but not the one that is meant when none is named.
    pub fn is_baseline(&self, plan_id: &str) -> bool {
        self.baselines.iter().any(|id| id == plan_id)
    }
}

/// Reads a file: its projects, baselines last.
pub fn read(bytes: &[u8]) -> Result<PlanFile, Refused> {
    let narrow = narrowed(bytes);
    let mut findings = Findings::default();
    let sheet = Sheet::read(&narrow, &mut findings);
    findings.verdict()?;
    let Some(sheet) = sheet else { return Err(Refused { problems: vec![] }) };
    let (placed, _) = plans::read(&sheet, findings)?;
    let baselines = placed.iter().filter(|p| p.is_baseline).map(|p| p.plan.id.clone()).collect();
    let source = Source::Xer(Box::new(XerSource { bytes: bytes.to_vec(), baselines }));
    Ok(PlanFile { format: Format::Xer, plans: placed.into_iter().map(|p| p.plan).collect(), source })
}

/// Writes a file. What was read from an XER goes back as it came, with the cells and rows that changed; else a file is
/// made anew, in which what P6 cannot hold is left out or put another way, each with its loss.
pub fn write(file: &PlanFile) -> Written {
    let patched = match &file.source {
        Source::Xer(source) => patched(&source.bytes, file),
        _ => None,
    };
    patched.unwrap_or_else(|| fresh::write(&file.plans))
}

fn patched(bytes: &[u8], file: &PlanFile) -> Option<Written> {
    let narrow = narrowed(bytes);
    let mut written = diff::write(&narrow, &file.plans)?;
    if let Some(wide) = Wide::of(bytes) {
        // Halves of characters do not survive the way there and back; a file without changes does.
        written.bytes = if written.bytes == *narrow { bytes.to_vec() } else { wide.widened(&written.bytes) };
    }
    Some(written)
}

fn narrowed(bytes: &[u8]) -> Cow<'_, [u8]> {
    match Wide::of(bytes) {
        Some(wide) if bytes.len() as u64 <= FILE_LIMIT => Cow::Owned(wide.narrowed(bytes)),
        _ => Cow::Borrowed(bytes),
    }
}
