//! 登记手续.
use crate::{
    change_project::{At, Decided, Mode, Outcome, act_in, change_project},
    desk::{Ask, Books, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{Formality, Problem, Project, Refusal};

pub async fn record_formality(desk: &Desk, ask: Ask<'_>, at: At, formality: Formality) -> Result<Outcome> {
    change_project(desk, ask, at, Right::EditProjects, Mode::Commit, |p, books| decide(p, books, formality)).await
}

/// The same inside a larger unit of work.
pub async fn record_formality_in(unit: &mut Unit<'_>, at: At, formality: Formality) -> Result<()> {
    act_in(unit, at, Right::EditProjects, |p, books| decide(p, books, formality)).await?;
    Ok(())
}

fn decide(p: Project, books: &Books, formality: Formality) -> Decided {
    if !books.pack.formalities.iter().any(|f| f.key == formality.kind) {
        return Err(Refusal::one(Problem::block("unknown_formality").at("formalities").with("found", &formality.kind)));
    }
    p.record_formality(formality).map(|(p, c)| (p, c, vec![]))
}
