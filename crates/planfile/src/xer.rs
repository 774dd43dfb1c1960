//! Primavera P6's XER: a database's tables as text.
mod blob;
mod calendars;
mod cells;
mod charset;
mod findings;
mod forms;
mod links;
mod outline;
mod plans;
mod project;
mod resources;
mod sheet;
mod tasks;
mod words;

use crate::{Format, PlanFile, Refused, Source};
use findings::Findings;
use sheet::Sheet;

/// A file as it came; what no plan holds goes back from here, byte by byte.
#[derive(Clone, Debug)]
pub struct XerSource {
    bytes: Vec<u8>,
    baselines: Vec<String>,
}

impl XerSource {
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
