//! 登记手续.
use crate::{
    change_project::{At, Decided, Mode, Outcome, act_in, change_project},
    desk::{Ask, Books, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use jiff::civil::Date;
use lantu_model::{Formality, Problem, Project, Refusal};

pub async fn record_formality(desk: &Desk, ask: Ask<'_>, at: At, formality: Formality) -> Result<Outcome> {
    let today = ask.moment.day;
    change_project(desk, ask, at, Right::EditProjects, Mode::Commit, |p, books| decide(p, books, formality, today)).await
}

/// The same inside a larger unit of work.
pub async fn record_formality_in(unit: &mut Unit<'_>, at: At, formality: Formality) -> Result<()> {
    let today = unit.ask.moment.day;
    act_in(unit, at, Right::EditProjects, |p, books| decide(p, books, formality, today)).await?;
    Ok(())
}

fn decide(p: Project, books: &Books, formality: Formality, today: Date) -> Decided {
    if !books.pack.formalities.iter().any(|f| f.key == formality.kind) {
        return Err(Refusal::one(Problem::block("unknown_formality").at("formalities").with("found", &formality.kind)));
    }
    let facts = [("applied", formality.applied), ("decided", formality.decided)];
    let ahead = facts.into_iter().filter_map(|(place, period)| period.filter(|p| p.first_day() > today).map(|p| (place, p)));
    let ahead: Vec<Problem> = ahead.map(|(place, p)| Problem::block("fact_in_future").at(place).with("found", p)).collect();
    Refusal::unless_clear(ahead)?;
    p.record_formality(formality).map(|(p, c)| (p, c, vec![]))
}
