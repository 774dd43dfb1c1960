//! Who else has a project's map open, and what they have in hand there: told to those who may read the project.
//!
//! Nothing of it enters the journal. Whoever is not heard of for a while has gone.
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    manage_users::display_names,
    permission::Right,
};
use jiff::SignedDuration;
use lantu_model::{ActivityId, ProjectId};
use lantu_store::Presence;
use serde::Serialize;

/// Someone else with the map open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Present {
    pub name: String,
    /// The step whose sheet is open.
    pub doing: Option<ActivityId>,
}

/// Longer than between two signs of life, so that one that is lost does no harm.
const GONE_AFTER: SignedDuration = SignedDuration::from_secs(15);
const LONGEST_ID: usize = 64;

/// Says that the asker is at a project's map, and gives the others. `seat` tells the asker's windows apart.
pub async fn be_present(desk: &Desk, ask: Ask<'_>, seat: &str, id: ProjectId, doing: Option<ActivityId>) -> Result<Vec<Present>> {
    ask.require(Right::ReadProjects)?;
    let user = ask.signed.user.ok_or(AppError::NotFound)?;
    let project = desk.store.project(&ask.reach(), id, None).await?.ok_or(AppError::NotFound)?.doc;
    // What the plan does not know is not passed on: this is no place to leave words for others.
    let known = |step: &ActivityId| step.len() <= LONGEST_ID && project.plan.as_ref().is_some_and(|p| p.activities.contains_key(step));
    let now = ask.moment.at;
    let here = Presence { seat: seat.to_owned(), user, doing: doing.filter(known), since: now, seen: now };
    desk.store.put_presence(ask.office(), &room(id), &here).await?;
    let mut others = desk.store.presences(ask.office(), &room(id), now - GONE_AFTER).await?;
    others.retain(|p| p.seat != seat);
    if others.is_empty() {
        return Ok(vec![]);
    }
    let names = display_names(desk, ask.office()).await?;
    Ok(others.into_iter().filter_map(|p| Some(Present { name: names.get(&p.user)?.clone(), doing: p.doing })).collect())
}

pub async fn leave(desk: &Desk, ask: Ask<'_>, seat: &str, id: ProjectId) -> Result<()> {
    ask.require(Right::ReadProjects)?;
    Ok(desk.store.leave(ask.office(), &room(id), seat).await?)
}

fn room(id: ProjectId) -> String {
    format!("map/{id}")
}
