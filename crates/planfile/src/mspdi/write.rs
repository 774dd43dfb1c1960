//! Plans to files: back into the document they came from, or into a new one.
mod assigned;
mod calendar;
mod entry;
mod fresh;
mod held;
mod numbers;
mod order;
mod patch;
mod people;
mod settings;
mod spread;
mod task;

use crate::{Loss, PlanFile, Source, Written};

/// Writes the first project of a file; there is room for one. What came from this format goes back with the changed
/// texts changed and every other byte as it was.
pub fn write(file: &PlanFile) -> Written {
    let Some(plan) = file.plans.first() else {
        let bytes = match &file.source {
            Source::Mspdi(source) => source.0.bytes(),
            _ => vec![],
        };
        return Written { bytes, losses: vec![] };
    };
    let mut written = match &file.source {
        Source::Mspdi(source) => patch::write(&source.0, plan).unwrap_or_else(|| fresh::write(plan)),
        _ => fresh::write(plan),
    };
    let others = file.plans.iter().skip(1).map(|p| Loss {
        code: "other_project_left_out",
        place: format!("Project {}", p.id),
        found: p.name.clone(),
    });
    written.losses.extend(others);
    written
}
