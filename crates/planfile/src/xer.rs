//! Primavera P6's XER: a database's tables as text.
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
mod words;

use crate::{Format, PlanFile, Refused, Source, Written};
use findings::Findings;
use sheet::Sheet;

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
    let mut findings = Findings::default();
    let sheet = Sheet::read(bytes, &mut findings);
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
        Source::Xer(source) => diff::write(&source.bytes, &file.plans),
        _ => None,
    };
    patched.unwrap_or_else(|| fresh::write(&file.plans))
}
