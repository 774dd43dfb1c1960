//! 进出清单: applied, admitted, removed, with the list's own plan for the year.
use crate::{
    change_project::{At, Decided, Mode, Outcome, act_in, change_project},
    desk::{Ask, Books, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{Membership, Problem, Project, Refusal};

pub async fn set_membership(desk: &Desk, ask: Ask<'_>, at: At, membership: Membership) -> Result<Outcome> {
    change_project(desk, ask, at, Right::Decide, Mode::Commit, |p, books| decide(p, books, membership)).await
}

/// The same inside a larger unit of work.
pub async fn set_membership_in(unit: &mut Unit<'_>, at: At, membership: Membership) -> Result<()> {
    act_in(unit, at, Right::Decide, |p, books| decide(p, books, membership)).await?;
    Ok(())
}

fn decide(p: Project, books: &Books, membership: Membership) -> Decided {
    if !books.pack.lists.iter().any(|l| l.key == membership.list.kind) {
        return Err(Refusal::one(Problem::block("unknown_list").at("list").with("found", &membership.list.kind)));
    }
    p.set_membership(membership).map(|(p, c)| (p, c, vec![]))
}
