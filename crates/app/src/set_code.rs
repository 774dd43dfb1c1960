//! 项目代码: 1:n with state.
use crate::{
    change_project::{At, Mode, Outcome, act_in, change_project},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::ProjectCodeEntry;

pub async fn set_code(desk: &Desk, ask: Ask<'_>, at: At, entry: ProjectCodeEntry) -> Result<Outcome> {
    let today = ask.moment.day;
    let taken = crate::list_projects::code_holder(desk, ask, &entry.code).await?.filter(|(id, _)| *id != at.id);
    change_project(desk, ask, at, Right::EditProjects, Mode::Commit, |p, _| {
        if let Some((_, name)) = taken {
            return Err(lantu_model::Refusal::one(lantu_model::Problem::block("code_taken").at("code").with("name", name)));
        }
        let (p, c) = p.set_code(entry)?;
        let reminders = p.inconsistencies(today);
        Ok((p, c, reminders))
    })
    .await
}

/// The same inside a larger unit of work, for a code that is known to be new.
pub async fn set_code_in(unit: &mut Unit<'_>, at: At, entry: ProjectCodeEntry) -> Result<()> {
    act_in(unit, at, Right::EditProjects, |p, _| p.set_code(entry).map(|(p, c)| (p, c, vec![]))).await?;
    Ok(())
}
