//! 进出清单: applied, admitted, removed, with the list's own plan for the year.
use crate::{
    change_project::{At, Decided, Mode, Outcome, act_in, change_project},
    desk::{Ask, Books, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{ListKey, Membership, Problem, Project, Refusal};
use serde_json::{Map, Value, json};

pub async fn set_membership(desk: &Desk, ask: Ask<'_>, at: At, membership: Membership) -> Result<Outcome> {
    change_project(desk, ask, at, Right::Decide, Mode::Commit, |p, books| decide(p, books, membership)).await
}

/// The same inside a larger unit of work.
pub async fn set_membership_in(unit: &mut Unit<'_>, at: At, membership: Membership) -> Result<()> {
    act_in(unit, at, Right::Decide, |p, books| decide(p, books, membership)).await?;
    Ok(())
}

/// The same with what is known of the list left as it stands: a bulk entry says only what all rows share.
pub(crate) async fn complete_membership_in(unit: &mut Unit<'_>, at: At, given: Value) -> Result<()> {
    let project = unit.project_at(at.id, at.seq).await?;
    set_membership_in(unit, at, complete(&project, given)?).await
}

fn complete(project: &Project, given: Value) -> std::result::Result<Membership, Refusal> {
    let bad = |found: String| Refusal::one(Problem::block("bad_value").at("membership").with("found", found));
    let Value::Object(given) = given else { return Err(bad(given.to_string())) };
    let list = given.get("list").cloned().unwrap_or_default();
    let list: ListKey = serde_json::from_value(list.clone()).map_err(|_| bad(list.to_string()))?;
    let mut whole = match project.membership(&list).map(|m| json!(m)) {
        Some(Value::Object(known)) => known,
        _ => Map::new(),
    };
    whole.extend(given);
    serde_json::from_value(Value::Object(whole)).map_err(|e| bad(e.to_string()))
}

fn decide(p: Project, books: &Books, membership: Membership) -> Decided {
    if !books.pack.lists.iter().any(|l| l.key == membership.list.kind) {
        return Err(Refusal::one(Problem::block("unknown_list").at("list").with("found", &membership.list.kind)));
    }
    p.set_membership(membership).map(|(p, c)| (p, c, vec![]))
}
