//! 变更项目单位: the former owner stays on record.
use crate::{
    change_project::{At, Mode, Outcome, change_project},
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
};
use jiff::civil::Date;
use lantu_model::{Holding, Owner, Problem, Refusal, Uscc};
use serde::{Deserialize, Serialize};

/// An owner as entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OwnerDraft {
    pub name: String,
    pub uscc: Option<String>,
    pub holding: Option<Holding>,
}

impl OwnerDraft {
    pub fn parse(&self) -> std::result::Result<Owner, Refusal> {
        let text = self.uscc.as_deref().map(str::trim).filter(|s| !s.is_empty());
        let uscc = text
            .map(str::parse::<Uscc>)
            .transpose()
            .map_err(|_| Refusal::one(Problem::block("bad_value").at("owner_uscc").with("found", text.unwrap_or_default())))?;
        Ok(Owner { name: self.name.trim().to_owned(), uscc, holding: self.holding })
    }
}

/// `correct`: the same owner, better known; otherwise another takes over on the day.
pub async fn change_owner(desk: &Desk, ask: Ask<'_>, at: At, owner: &OwnerDraft, on: Date, basis: &str, correct: bool) -> Result<Outcome> {
    let owner = owner.parse()?;
    let right = if correct { Right::EditProjects } else { Right::Decide };
    let today = ask.moment.day;
    change_project(desk, ask, at, right, Mode::Commit, |p, _| {
        let (p, c) = if correct { p.correct_owner(owner)? } else { p.change_owner(owner, on, basis)? };
        let reminders = p.inconsistencies(today);
        Ok((p, c, reminders))
    })
    .await
}
