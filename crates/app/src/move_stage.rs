//! 转阶段: a recorded decision with day and basis, admitted by the pack's gates.
use crate::{
    change_project::{At, Mode, Outcome, act_in, change_project},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::project::StageDecision;

pub async fn move_stage(desk: &Desk, ask: Ask<'_>, at: At, decision: StageDecision, mode: Mode) -> Result<Outcome> {
    let today = ask.moment.day;
    change_project(desk, ask, at, Right::Decide, mode, |p, books| p.move_stage(&decision, &books.pack.gates, today)).await
}

/// 更正阶段: sets a wrong record right, with the reason; no gate applies to the past.
pub async fn correct_stage(desk: &Desk, ask: Ask<'_>, at: At, stage: lantu_model::Stage, basis: &str) -> Result<Outcome> {
    change_project(desk, ask, at, Right::Decide, Mode::Commit, |p, _| p.correct_stage(stage, basis).map(|(p, c)| (p, c, vec![]))).await
}

/// The same decision inside a larger unit of work.
pub async fn move_stage_in(unit: &mut Unit<'_>, at: At, decision: &StageDecision) -> Result<()> {
    let today = unit.ask.moment.day;
    act_in(unit, at, Right::Decide, |p, books| p.move_stage(decision, &books.pack.gates, today)).await?;
    Ok(())
}
