//! 变动记录: what changed, by whom, why; of one project or of the office since a point.
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    view::{ChangedField, JournalView, Named, journal::JournalPage},
};
use lantu_model::{ProjectId, UserId};
use lantu_store::{JournalAsk, JournalEntry, StreamId, StreamKind};
use serde_json::Value;
use std::collections::HashMap;

pub async fn show_journal(desk: &Desk, ask: Ask<'_>, project: ProjectId, after: Option<String>, limit: u32) -> Result<JournalPage> {
    ask.require(Right::ReadProjects)?;
    if desk.store.project(&ask.signed.scope, project, None).await?.is_none() {
        return Err(AppError::NotFound);
    }
    let stream = StreamId { kind: StreamKind::Project, id: project.to_string() };
    read(desk, ask, JournalAsk { stream: Some(stream), since: None, before: None, after, limit }).await
}

/// Changes of visible projects after a feed number, newest first.
pub async fn show_changes(desk: &Desk, ask: Ask<'_>, since: u64, after: Option<String>, limit: u32) -> Result<JournalPage> {
    ask.require(Right::ReadProjects)?;
    read(desk, ask, JournalAsk { stream: None, since: Some(since), before: None, after, limit }).await
}

async fn read(desk: &Desk, ask: Ask<'_>, what: JournalAsk) -> Result<JournalPage> {
    let page = desk.store.journal(&ask.signed.scope, &what).await?;
    let (entries, next) = (page.rows, page.next);
    let ids: Vec<ProjectId> = entries.iter().filter_map(|e| e.stream.id.parse().ok()).collect();
    let names: HashMap<String, Named> = desk
        .store
        .projects_by_ids(&ask.signed.scope, &ids, None)
        .await?
        .into_iter()
        .map(|p| (p.doc.id.to_string(), Named { id: p.doc.id, name: p.doc.name }))
        .collect();
    let users = crate::manage_users::display_names(desk, ask.office()).await?;
    let items = entries.into_iter().map(|e| readable(e, &names, &users)).collect();
    Ok(JournalPage { items, next })
}

fn readable(e: JournalEntry, names: &HashMap<String, Named>, users: &HashMap<UserId, String>) -> JournalView {
    let actor = e.actor_user.and_then(|u| users.get(&u).cloned()).unwrap_or(e.actor);
    JournalView {
        feed: e.feed,
        seq: e.seq,
        project: names.get(&e.stream.id).cloned(),
        day: e.day,
        at: e.at.to_string(),
        actor,
        act: e.act,
        transaction_act: e.tx_act,
        on: e.on,
        basis: e.basis,
        changes: if e.seq == 1 { vec![] } else { changed_fields(e.delta) },
    }
}

fn changed_fields(delta: Value) -> Vec<ChangedField> {
    let Value::Object(delta) = delta else { return vec![] };
    delta
        .into_iter()
        .map(|(field, pair)| match pair {
            Value::Array(mut two) if two.len() == 2 => {
                let after = two.pop().unwrap_or_default();
                ChangedField { field, before: two.pop().unwrap_or_default(), after }
            }
            other => ChangedField { field, before: Value::Null, after: other },
        })
        .collect()
}
