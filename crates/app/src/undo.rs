//! 撤销: takes a whole transaction back, if nothing of it has changed since.
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{Change, Problem, Project};
use lantu_store::StreamKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Undone {
    pub feed: u64,
    pub undone: usize,
}

/// Edited projects get their former state, created ones are withdrawn; registers keep what they learned.
pub async fn undo(desk: &Desk, ask: Ask<'_>, feed: u64) -> Result<Undone> {
    ask.require(Right::EditProjects)?;
    let seen = desk.store.transaction(&ask.reach(), feed).await?.ok_or(AppError::NotFound)?;
    let touched: Vec<_> = seen.touched.into_iter().filter(|t| t.stream.kind == StreamKind::Project).collect();
    if seen.hidden > 0 && !ask.signed.scope.is_whole() {
        return Err(AppError::NotFound);
    }
    if touched.is_empty() {
        return Err(AppError::refuse(Problem::block("undo_nothing")));
    }
    if seen.actor_user != ask.signed.user {
        ask.require(Right::Decide)?;
    }
    let later = touched.iter().filter(|t| t.seq_now != t.seq).count();
    if later > 0 {
        return Err(AppError::refuse(Problem::block("undo_later_changes").with("count", later)));
    }
    let mut unit = Unit::open(desk, ask).await?;
    let undone = touched.len();
    for t in touched {
        let id = t.stream.id.parse().map_err(|_| AppError::NotFound)?;
        let (now, _) = unit.project(id).await?;
        let before = match t.before {
            Some(doc) => serde_json::from_value::<Project>(doc)
                .map_err(|e| AppError::Unreadable { stream: t.stream.id.clone(), reason: e.to_string() })?,
            None => Project { withdrawn: true, ..now },
        };
        unit.put_project(before, Change::new("undo").because(&format!("#{feed}")))?;
    }
    let done = unit.commit_undoing("undo", None, Some(feed)).await?;
    Ok(Undone { feed: done.feed, undone })
}
