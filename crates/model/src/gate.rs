//! Gates: what must be true before a project enters a stage. The conditions' forms are code; which apply is the pack's.
use crate::{formality::FormalityState, problem::Problem, project::Project, responsibility::Role, stage::StageKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One condition of a gate, as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "need", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// A named fact of the card is filled in (`total_investment`, `owner`, `division`, `industry`, `code`, `start_planned`, …).
    Field { field: String },
    /// A formality is granted and valid on the day of the decision (or marked as not needed).
    Granted { formality: String },
    /// A formality is granted, or has a planned or applied date.
    Dated { formality: String },
    /// Somebody holds the role on the day.
    Responsible { role: Role },
    /// The planned start lies within so many months of the decision.
    StartWithin { months: i8 },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    pub to: StageKind,
    /// Applies only to these procedures' projects; empty: to all.
    #[serde(default)]
    pub procedures: Vec<crate::project::Procedure>,
    pub condition: Condition,
    /// A reminder rather than a bar.
    #[serde(default)]
    pub advisory: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateSet {
    pub gates: Vec<Gate>,
    /// Days after acceptance within which… reserved per pack; empty for none.
    #[serde(default)]
    pub notes: BTreeMap<String, String>,
}

impl GateSet {
    /// Every condition between the project's stage and `to` that is not met on `day`, with code, place and values.
    /// Moving several stages at once must satisfy the gates of each stage passed through.
    pub fn unmet(&self, project: &Project, to: StageKind, day: Date) -> Vec<Problem> {
        let from = project.lifecycle.stage.kind();
        self.gates
            .iter()
            .filter(|g| g.to > from && g.to <= to)
            .filter(|g| g.procedures.is_empty() || project.procedure.is_some_and(|p| g.procedures.contains(&p)))
            .filter_map(|g| g.condition.unmet(project, day).map(|p| (g, p)))
            .map(|(g, p)| {
                let p = p.with("stage", g.to.key());
                if g.advisory { Problem { severity: crate::Severity::Warn, ..p } } else { p }
            })
            .collect()
    }
}

impl Condition {
    fn unmet(&self, project: &Project, day: Date) -> Option<Problem> {
        match self {
            Self::Field { field } => (!project.has_field(field)).then(|| Problem::block("field_missing").at(field.clone())),
            Self::Granted { formality } => {
                let row = project.formalities.iter().find(|f| &f.kind == formality);
                let met = row.is_some_and(|f| f.state == FormalityState::NotNeeded || f.holds_on(day));
                let lapsed = row.is_some_and(|f| f.state == FormalityState::Granted);
                (!met).then(|| Problem::block(if lapsed { "formality_lapsed" } else { "formality_missing" }).at(formality.clone()))
            }
            Self::Dated { formality } => {
                let row = project.formalities.iter().find(|f| &f.kind == formality);
                let met = row.is_some_and(|f| {
                    matches!(f.state, FormalityState::NotNeeded | FormalityState::Granted) || f.planned.is_some() || f.applied.is_some()
                });
                (!met).then(|| Problem::block("formality_undated").at(formality.clone()))
            }
            Self::Responsible { role } => {
                let met = project.responsibilities.iter().any(|r| r.role == *role && r.holds_on(day));
                (!met).then(|| Problem::block("responsible_missing").at(role.key()))
            }
            Self::StartWithin { months } => {
                let due = project.start_planned.map(|p| p.first_day());
                let limit = day.saturating_add(jiff::Span::new().months(i64::from(*months)));
                match due {
                    None => Some(Problem::block("field_missing").at("start_planned")),
                    Some(d) if d > limit => {
                        Some(Problem::block("start_too_far").at("start_planned").with("months", months).with("planned", d))
                    }
                    Some(_) => None,
                }
            }
        }
    }
}
