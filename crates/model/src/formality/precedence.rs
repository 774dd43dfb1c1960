//! Which formality comes after which: the pairs are the pack's, what they mean is code.
use super::{Formality, FormalityAct, FormalityFact, FormalityState};
use crate::{
    period::Period,
    problem::{Problem, Severity},
    project::{Procedure, Project},
};

/// `kind` is granted after `after`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follows {
    pub kind: String,
    pub after: String,
    /// A reminder rather than a bar.
    pub advisory: bool,
    /// The earlier one is asked of these procedures' projects only; empty: of all.
    pub procedures: Vec<Procedure>,
    /// The earlier one is needed only where circumstances call for it: asked only when the project has it.
    pub occasional: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Precedence {
    pub pairs: Vec<Follows>,
}

impl Precedence {
    /// What stands against granting: an earlier one that is known and not in force by that day, a later one that was granted
    /// before. Earlier ones of which nothing is recorded are named in one reminder: an office may keep them elsewhere.
    pub fn unmet(&self, project: &Project, fact: &FormalityFact) -> Vec<Problem> {
        if !matches!(fact.act, FormalityAct::Grant { .. }) {
            return vec![];
        }
        let row = |kind: &str| project.formalities.iter().find(|f| f.kind == kind);
        let (mut found, mut unknown) = (vec![], vec![]);
        for pair in self.pairs.iter().filter(|p| p.kind == fact.kind && p.asks(project)) {
            match row(&pair.after) {
                Some(earlier) => found.extend(pair.not_before(earlier, fact)),
                None if pair.occasional => {}
                None => unknown.push(pair.after.as_str()),
            }
        }
        for pair in self.pairs.iter().filter(|p| p.after == fact.kind && p.asks(project)) {
            found.extend(row(&pair.kind).and_then(|later| pair.granted_before(later, fact)));
        }
        if !unknown.is_empty() {
            found.push(Problem::warn("predecessors_unrecorded").at(fact.kind.clone()).with("choices", unknown.join("、")));
        }
        found
    }
}

impl Follows {
    fn asks(&self, project: &Project) -> bool {
        self.procedures.is_empty() || project.procedure.is_some_and(|p| self.procedures.contains(&p))
    }

    fn problem(&self, code: &str) -> Problem {
        let severity = if self.advisory { Severity::Warn } else { Severity::Block };
        Problem::new(severity, code).at("on").with("before", &self.after).with("to", &self.kind)
    }

    fn not_before(&self, earlier: &Formality, fact: &FormalityFact) -> Option<Problem> {
        if earlier.state == FormalityState::NotNeeded {
            return None;
        }
        if let Some(decided) = earlier.decided.filter(|d| earlier.state == FormalityState::Granted && d.first_day() > fact.on) {
            return Some(self.problem("predecessor_later").with("first", decided).with("second", fact.on));
        }
        (!earlier.holds_on(fact.on)).then(|| self.problem("predecessor_unmet"))
    }

    fn granted_before(&self, later: &Formality, fact: &FormalityFact) -> Option<Problem> {
        let decided = later.decided.filter(|_| later.state == FormalityState::Granted).map(Period::last_day)?;
        (decided < fact.on).then(|| self.problem("predecessor_later").with("first", fact.on).with("second", decided))
    }
}
