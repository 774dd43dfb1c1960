//! A project's formalities, found by their kinds.
use lantu_model::{Formality, Project};

#[derive(Clone, Debug)]
pub(super) struct Rows<'a> {
    pub project: &'a Project,
    by_kind: Vec<&'a Formality>,
}

impl<'a> Rows<'a> {
    pub fn of(project: &'a Project) -> Self {
        let mut by_kind: Vec<&Formality> = project.formalities.iter().collect();
        // Acts keep them sorted; what was imported may not be.
        by_kind.sort_by(|a, b| a.kind.cmp(&b.kind));
        Self { project, by_kind }
    }

    pub fn get(&self, kind: &str) -> Option<&'a Formality> {
        self.by_kind.binary_search_by(|row| row.kind.as_str().cmp(kind)).ok().and_then(|at| self.by_kind.get(at)).copied()
    }
}
