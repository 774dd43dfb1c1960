//! 停建 缓建 恢复 终止 销号.
use crate::{
    change_project::{At, Mode, Outcome, act_in, change_project},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use jiff::civil::Date;
use lantu_model::StatusKind;

pub async fn change_status(desk: &Desk, ask: Ask<'_>, at: At, to: StatusKind, on: Date, reason: &str, mode: Mode) -> Result<Outcome> {
    let today = ask.moment.day;
    change_project(desk, ask, at, Right::Decide, mode, |p, _| p.change_status(to, on, reason, today).map(|(p, c)| (p, c, vec![]))).await
}

/// The same inside a larger unit of work.
pub async fn change_status_in(unit: &mut Unit<'_>, at: At, to: StatusKind, on: Date, reason: &str) -> Result<()> {
    let today = unit.ask.moment.day;
    act_in(unit, at, Right::Decide, |p, _| p.change_status(to, on, reason, today).map(|(p, c)| (p, c, vec![]))).await?;
    Ok(())
}
