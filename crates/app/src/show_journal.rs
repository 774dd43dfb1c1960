//! 变动记录: what changed, by whom, why; of one project or of the office since a point.
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    view::{ChangedField, JournalView, Named, journal::JournalPage},
};
use lantu_model::{Plan, Project, ProjectId, Scope, UserId, words::Lang};
use lantu_store::{JournalAsk, JournalEntry, StreamId, StreamKind};
use serde_json::{Map, Value};
use std::collections::HashMap;

pub async fn show_journal(desk: &Desk, ask: Ask<'_>, project: ProjectId, after: Option<String>, limit: u32) -> Result<JournalPage> {
    ask.require(Right::ReadProjects)?;
    if desk.store.project(&ask.reach(), project, None).await?.is_none() {
        return Err(AppError::NotFound);
    }
    let stream = StreamId { kind: StreamKind::Project, id: project.to_string() };
    read(desk, ask, &ask.reach(), JournalAsk { stream: Some(stream), since: None, before: None, after, limit }).await
}

/// Changes of visible projects after a feed number, newest first.
pub async fn show_changes(desk: &Desk, ask: Ask<'_>, since: u64, after: Option<String>, limit: u32) -> Result<JournalPage> {
    ask.require(Right::ReadProjects)?;
    read(desk, ask, &ask.signed.scope, JournalAsk { stream: None, since: Some(since), before: None, after, limit }).await
}

async fn read(desk: &Desk, ask: Ask<'_>, scope: &Scope, what: JournalAsk) -> Result<JournalPage> {
    let page = desk.store.journal(scope, &what).await?;
    let (entries, next) = (page.rows, page.next);
    let ids: Vec<ProjectId> = entries.iter().filter_map(|e| e.stream.id.parse().ok()).collect();
    let projects: HashMap<String, Project> =
        desk.store.projects_by_ids(scope, &ids, None).await?.into_iter().map(|p| (p.doc.id.to_string(), p.doc)).collect();
    let users = crate::manage_users::display_names(desk, ask.office()).await?;
    let items = entries.into_iter().map(|e| readable(e, &projects, &users, ask.lang)).collect();
    Ok(JournalPage { items, next })
}

fn readable(e: JournalEntry, projects: &HashMap<String, Project>, users: &HashMap<UserId, String>, lang: Lang) -> JournalView {
    let project = projects.get(&e.stream.id);
    let actor = e.actor_user.and_then(|u| users.get(&u).cloned()).unwrap_or(e.actor);
    JournalView {
        feed: e.feed,
        seq: e.seq,
        project: project.map(|p| Named { id: p.id, name: p.name.clone() }),
        day: e.day,
        at: e.at.to_string(),
        actor,
        act: e.act,
        transaction_act: e.tx_act,
        on: e.on,
        basis: e.basis,
        changes: if e.seq == 1 { vec![] } else { changed_fields(e.delta, project.and_then(|p| p.plan.as_ref()), lang) },
    }
}

/// What each field held before and holds after; of a field that the journal tells by its parts, those that changed.
fn changed_fields(delta: Value, plan: Option<&Plan>, lang: Lang) -> Vec<ChangedField> {
    let Value::Object(mut delta) = delta else { return vec![] };
    let of_plan = delta.remove("plan").map(|change| crate::plan::told(&change, plan, lang)).unwrap_or_default();
    let of = |(field, change)| {
        let (before, after) = sides(change);
        ChangedField { field, label: None, before, after }
    };
    delta.into_iter().map(of).chain(of_plan).collect()
}

fn sides(change: Value) -> (Value, Value) {
    match change {
        Value::Array(mut two) if two.len() == 2 => {
            let after = two.pop().unwrap_or_default();
            (two.pop().unwrap_or_default(), after)
        }
        Value::Object(parts) => {
            let (mut before, mut after) = (Map::new(), Map::new());
            for (key, change) in parts {
                let (was, is) = sides(change);
                let put = |side: &mut Map<String, Value>, v: Value| (!v.is_null()).then(|| side.insert(key.clone(), v));
                put(&mut before, was);
                put(&mut after, is);
            }
            (before.into(), after.into())
        }
        other => (Value::Null, other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_field_told_by_its_parts_shows_those_that_changed() {
        let delta = json!({"name": ["甲", "乙"], "extra": {"activities": {"A03": {"days": [5, 8], "note": [null, "等件"]}}}});
        let changes = changed_fields(delta, None, Lang::Zh);
        let of = |i: usize| (changes[i].field.as_str(), changes[i].before.clone(), changes[i].after.clone());
        assert_eq!(of(1), ("name", json!("甲"), json!("乙")));
        let (before, after) = (json!({"activities": {"A03": {"days": 5}}}), json!({"activities": {"A03": {"days": 8, "note": "等件"}}}));
        assert_eq!(of(0), ("extra", before, after));
    }
}
