//! 报进度: the year's investment to date, cumulative as offices report it.
use crate::{
    change_project::{At, Mode, Outcome, act_in, change_project},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{Money, Problem, Project, YearMonth};

type Decided = crate::change_project::Decided;

pub async fn report_progress(desk: &Desk, ask: Ask<'_>, at: At, month: YearMonth, done: Money) -> Result<Outcome> {
    change_project(desk, ask, at, Right::EditProjects, Mode::Commit, |p, _| decide(p, month, done)).await
}

/// The same inside a larger unit of work.
pub async fn report_progress_in(unit: &mut Unit<'_>, at: At, month: YearMonth, done: Money) -> Result<()> {
    act_in(unit, at, Right::EditProjects, |p, _| decide(p, month, done)).await?;
    Ok(())
}

fn decide(p: Project, month: YearMonth, done: Money) -> Decided {
    let (p, change) = p.report_ytd(month, done)?;
    let falls = p.falling_cumulatives().contains(&month);
    let reminders = if falls { vec![Problem::warn("falling_cumulative").at(month.to_string())] } else { vec![] };
    Ok((p, change, reminders))
}
