//! 更名: the former name stays on record.
use crate::{
    change_project::{At, Mode, Outcome, act_in, change_project},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use jiff::civil::Date;

pub async fn rename_project(desk: &Desk, ask: Ask<'_>, at: At, name: &str, on: Date, basis: &str) -> Result<Outcome> {
    change_project(desk, ask, at, Right::Decide, Mode::Commit, |p, _| p.rename(name, on, basis).map(|(p, c)| (p, c, vec![]))).await
}

/// The same inside a larger unit of work.
pub async fn rename_project_in(unit: &mut Unit<'_>, at: At, name: &str, on: Date, basis: &str) -> Result<()> {
    act_in(unit, at, Right::Decide, |p, _| p.rename(name, on, basis).map(|(p, c)| (p, c, vec![]))).await?;
    Ok(())
}
