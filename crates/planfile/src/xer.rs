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
//!
//! ```
//! use lantu_planfile::{Source, xer};
//! let text = "ERMHDR\t19.12\r\n%T\tPROJECT\r\n%F\tproj_id\tproj_short_name\tplan_start_date\r\n%R\t1\tROAD\t2026-03-02 08:00\r\n\
//!     %T\tTASK\r\n%F\ttask_id\tproj_id\ttask_code\ttarget_drtn_hr_cnt\r\n%R\t7\t1\tA1000\t40\r\n%E\r\n";
//! let mut file = xer::read(text.as_bytes())?;
//! assert_eq!((file.plans[0].id.as_str(), file.plans[0].activities[0].duration.as_minutes()), ("ROAD", 2400.0));
//! assert!(file.plans[0].losses.iter().any(|l| l.code == "no_calendar"));
//! // Unchanged it goes back as it came; a changed cell alone is set anew.
//! assert_eq!(xer::write(&file).bytes, text.as_bytes());
//! file.plans[0].labels[0].code = "A1010".into();
//! assert_eq!(xer::write(&file).bytes, text.replace("A1000", "A1010").as_bytes());
//! // Without its source it is made anew, with all tables that P6 asks for.
//! file.source = Source::None;
//! assert!(String::from_utf8_lossy(&xer::write(&file).bytes).contains("%T\tSCHEDOPTIONS"));
//! # Ok::<(), lantu_planfile::Refused>(())
//! ```
//!
//! Sources: Oracle's "XER Import/Export Data Map Guide (Project)" for tables, columns and their meaning; the names of P6's
//! sorts of things as files and MPXJ have them.
mod blob;
mod calendars;
mod cells;
mod charset;
mod constants;
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
