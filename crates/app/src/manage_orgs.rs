//! 单位登记册.
use crate::{
    AppError,
    desk::{Ask, Desk, Org},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{Change, DivisionCode, OrgId, Problem};
use lantu_store::StreamKind;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OrgView {
    pub seq: u64,
    #[serde(flatten)]
    pub org: Org,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OrgDraft {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub kind: String,
    pub division: Option<DivisionCode>,
    pub active: bool,
}

/// Everyone signed in may read the register: it holds public bodies and firms, no persons.
pub async fn list_orgs(desk: &Desk, ask: Ask<'_>) -> Result<Vec<OrgView>> {
    let mut orgs: Vec<OrgView> =
        desk.store.docs::<Org>(ask.office(), StreamKind::Org).await?.into_iter().map(|(_, o)| OrgView { seq: o.seq, org: o.doc }).collect();
    orgs.sort_by_key(|o| (o.org.kind.clone(), lantu_rules::name_key(&o.org.name)));
    Ok(orgs)
}

pub async fn add_org(desk: &Desk, ask: Ask<'_>, draft: OrgDraft) -> Result<OrgId> {
    let id = OrgId::new((ask.ids)());
    put_org(desk, ask, id, 0, draft, "add_org").await?;
    Ok(id)
}

pub async fn change_org(desk: &Desk, ask: Ask<'_>, id: OrgId, seq: u64, draft: OrgDraft) -> Result<()> {
    put_org(desk, ask, id, seq, draft, "change_org").await
}

async fn put_org(desk: &Desk, ask: Ask<'_>, id: OrgId, seq: u64, draft: OrgDraft, act: &str) -> Result<()> {
    ask.require(Right::ManageOrgs)?;
    let name = draft.name.trim().to_owned();
    if name.is_empty() {
        return Err(AppError::refuse(Problem::block("field_missing").at("name")));
    }
    let mut unit = Unit::open(desk, ask).await?;
    if unit.register().await?.org_named(&name).is_some_and(|o| o.id != id) {
        return Err(AppError::refuse(Problem::block("name_taken").at("name").with("found", name)));
    }
    let key = unit.register().await?.orgs.get(&id).and_then(|known| known.key.clone());
    let org = Org { id, name, aliases: draft.aliases, kind: draft.kind, division: draft.division, key, active: draft.active };
    unit.put_doc(StreamKind::Org, &id.to_string(), seq, &org, Change::new(act))?;
    unit.commit(act, None).await?;
    Ok(())
}
