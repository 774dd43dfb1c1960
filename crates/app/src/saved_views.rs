//! 存为视图: a named query with its columns, one's own or shared.
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{Change, UserId};
use lantu_store::StreamKind;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ViewState {
    pub query: String,
    pub columns: Vec<String>,
    pub group: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptView {
    id: String,
    name: String,
    owner: UserId,
    shared: bool,
    state: ViewState,
    deleted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SavedView {
    pub id: String,
    pub name: String,
    pub shared: bool,
    pub mine: bool,
    pub state: ViewState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ViewDraft {
    pub name: String,
    #[serde(default)]
    pub shared: bool,
    pub state: ViewState,
}

pub async fn list_views(desk: &Desk, ask: Ask<'_>) -> Result<Vec<SavedView>> {
    let me = ask.signed.user;
    let kept = desk.store.docs::<KeptView>(ask.office(), StreamKind::View).await?;
    let mut views: Vec<SavedView> = kept
        .into_iter()
        .map(|(_, v)| v.doc)
        .filter(|v| !v.deleted && (v.shared || Some(v.owner) == me))
        .map(|v| SavedView { mine: Some(v.owner) == me, id: v.id, name: v.name, shared: v.shared, state: v.state })
        .collect();
    views.sort_by_key(|v| lantu_rules::name_key(&v.name));
    Ok(views)
}

/// Saves under a new id; the same name of the same owner is replaced.
pub async fn save_view(desk: &Desk, ask: Ask<'_>, draft: ViewDraft) -> Result<SavedView> {
    let owner = ask.signed.user.ok_or(AppError::Forbidden(Right::ShareViews))?;
    if draft.shared {
        ask.require(Right::ShareViews)?;
    }
    let name = draft.name.trim().to_owned();
    if name.is_empty() {
        return Err(AppError::refuse(lantu_model::Problem::block("field_missing").at("name")));
    }
    let kept = desk.store.docs::<KeptView>(ask.office(), StreamKind::View).await?;
    let same = kept.into_iter().map(|(_, v)| v).find(|v| v.doc.owner == owner && v.doc.name == name);
    let (id, seq) = same.map_or_else(|| ((ask.ids)().to_string(), 0), |v| (v.doc.id, v.seq));
    let view = KeptView { id: id.clone(), name, owner, shared: draft.shared, state: draft.state, deleted: false };
    let mut unit = Unit::open(desk, ask).await?;
    unit.put_doc(StreamKind::View, &id, seq, &view, Change::new("save_view"))?;
    unit.commit("save_view", None).await?;
    Ok(SavedView { id, name: view.name, shared: view.shared, mine: true, state: view.state })
}

pub async fn delete_view(desk: &Desk, ask: Ask<'_>, id: &str) -> Result<()> {
    let mut unit = Unit::open(desk, ask).await?;
    let found = unit.doc::<KeptView>(StreamKind::View, id).await?.ok_or(AppError::NotFound)?;
    if Some(found.doc.owner) != ask.signed.user {
        return Err(AppError::NotFound);
    }
    unit.put_doc(StreamKind::View, id, found.seq, &KeptView { deleted: true, ..found.doc }, Change::new("delete_view"))?;
    unit.commit("delete_view", None).await?;
    Ok(())
}
