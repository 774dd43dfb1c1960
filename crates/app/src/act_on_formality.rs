//! 办理手续: 受理, 暂停, 恢复, 退回, 批准, 不予批准, 承诺兑现, 有效期, 失效.
use crate::{
    change_project::{At, Decided, Mode, Outcome, act_in, change_project},
    desk::{Ask, Books, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use jiff::civil::Date;
use lantu_model::{FormalityFact, Problem, Project, Refusal};

pub async fn act_on_formality(desk: &Desk, ask: Ask<'_>, at: At, fact: &FormalityFact, mode: Mode) -> Result<Outcome> {
    let today = ask.moment.day;
    change_project(desk, ask, at, Right::EditProjects, mode, |p, books| decide(p, books, fact, today)).await
}

/// The same inside a larger unit of work.
pub async fn act_on_formality_in(unit: &mut Unit<'_>, at: At, fact: &FormalityFact) -> Result<()> {
    let today = unit.ask.moment.day;
    act_in(unit, at, Right::EditProjects, |p, books| decide(p, books, fact, today)).await?;
    Ok(())
}

fn decide(p: Project, books: &Books, fact: &FormalityFact, today: Date) -> Decided {
    if books.pack.formality(&fact.kind).is_none() {
        return Err(Refusal::one(Problem::block("unknown_formality").at("formalities").with("found", &fact.kind)));
    }
    p.act_on_formality(fact, &books.pack.precedence, today)
}
