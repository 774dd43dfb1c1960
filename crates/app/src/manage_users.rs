//! 用户与角色: kept by the security administrator.
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    password::{self, Cost},
    permission::{Right, UserRole},
    unit::Unit,
};
use lantu_model::{Change, DivisionCode, OfficeId, OrgId, Problem, Reach, Refusal, Scope, UserId};
use lantu_store::{Stored, StreamKind};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A user as kept; the password's hash is kept apart and never journalled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub display: String,
    pub role: UserRole,
    /// `None`: every division.
    pub divisions: Option<Vec<DivisionCode>>,
    /// `None`: every organisation.
    pub orgs: Option<Vec<OrgId>>,
    pub active: bool,
}

impl User {
    pub fn scope(&self, office: OfficeId) -> Scope {
        // A role that needs a limit and has none of either kind sees nothing.
        let blind = self.role.needs_scope() && self.divisions.is_none() && self.orgs.is_none();
        let regions = match &self.divisions {
            Some(d) => Reach::Only(d.clone()),
            None if blind => Reach::Only(vec![]),
            None => Reach::All,
        };
        Scope { office, regions, orgs: self.orgs.clone().map_or(Reach::All, Reach::Only), desks: vec![] }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UserView {
    pub id: UserId,
    pub seq: u64,
    pub name: String,
    pub display: String,
    pub role: UserRole,
    pub divisions: Option<Vec<DivisionCode>>,
    pub orgs: Option<Vec<OrgId>>,
    pub active: bool,
    pub rights: Vec<Right>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct UserDraft {
    pub name: String,
    pub display: String,
    pub role: UserRole,
    pub divisions: Option<Vec<DivisionCode>>,
    pub orgs: Option<Vec<OrgId>>,
    /// Only for a new user.
    pub password: Option<String>,
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

pub async fn list_users(desk: &Desk, ask: Ask<'_>) -> Result<Vec<UserView>> {
    ask.require(Right::ManageUsers)?;
    let mut users: Vec<UserView> = all_users(desk, ask.office()).await?.into_iter().map(view).collect();
    users.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(users)
}

fn view(u: Stored<User>) -> UserView {
    let (d, seq) = (u.doc, u.seq);
    UserView {
        id: d.id,
        seq,
        name: d.name,
        display: d.display,
        role: d.role,
        divisions: d.divisions,
        orgs: d.orgs,
        active: d.active,
        rights: d.role.rights().to_vec(),
    }
}

pub async fn add_user(desk: &Desk, ask: Ask<'_>, draft: UserDraft, salt: [u8; 16], cost: Cost) -> Result<UserId> {
    ask.require(Right::ManageUsers)?;
    add_user_unchecked(desk, ask, draft, salt, cost).await
}

/// For set-up, before there is anyone who may manage users.
pub(crate) async fn add_user_unchecked(desk: &Desk, ask: Ask<'_>, draft: UserDraft, salt: [u8; 16], cost: Cost) -> Result<UserId> {
    let office = ask.office();
    let name = draft.name.trim().to_lowercase();
    let mut problems = name_problems(&all_users(desk, office).await?, &name, None);
    let secret = draft.password.clone().unwrap_or_default();
    problems.extend(password::weakness(&secret, &name));
    Refusal::unless_clear(problems)?;
    let id = UserId::new((ask.ids)());
    let user = User {
        id,
        name,
        display: draft.display.trim().to_owned(),
        role: draft.role,
        divisions: draft.divisions,
        orgs: draft.orgs,
        active: draft.active,
    };
    let phc = password::hash(&secret, &salt, cost).ok_or_else(|| AppError::refuse(Problem::block("weak_password").at("password")))?;
    desk.store.set_credential(office, id, &phc, ask.moment.at).await?;
    let mut unit = Unit::open(desk, ask).await?;
    unit.put_doc(StreamKind::User, &id.to_string(), 0, &user, Change::new("add_user"))?;
    unit.commit("add_user", None).await?;
    Ok(id)
}

/// Changes role, scope, name shown or whether the account is open. Closing one ends its sessions.
pub async fn change_user(desk: &Desk, ask: Ask<'_>, id: UserId, seq: u64, draft: UserDraft) -> Result<()> {
    ask.require(Right::ManageUsers)?;
    let users = all_users(desk, ask.office()).await?;
    let before = users.iter().find(|u| u.doc.id == id).ok_or(AppError::NotFound)?.doc.clone();
    let name = draft.name.trim().to_lowercase();
    let mut problems = name_problems(&users, &name, Some(id));
    let loses_role = !draft.active || draft.role != before.role;
    let others = users.iter().filter(|u| u.doc.id != id && u.doc.active && u.doc.role == before.role).count();
    if matches!(before.role, UserRole::SystemAdmin | UserRole::SecurityAdmin | UserRole::AuditAdmin) && loses_role && others == 0 {
        problems.push(Problem::block("last_admin").at(before.role.key()));
    }
    Refusal::unless_clear(problems)?;
    let closing = !draft.active;
    let user = User {
        id,
        name,
        display: draft.display.trim().to_owned(),
        role: draft.role,
        divisions: draft.divisions,
        orgs: draft.orgs,
        active: draft.active,
    };
    let mut unit = Unit::open(desk, ask).await?;
    unit.put_doc(StreamKind::User, &id.to_string(), seq, &user, Change::new("change_user"))?;
    unit.commit("change_user", None).await?;
    if closing {
        desk.store.delete_sessions_of(ask.office(), id).await?;
    }
    Ok(())
}

pub async fn reset_password(desk: &Desk, ask: Ask<'_>, id: UserId, secret: &str, salt: [u8; 16], cost: Cost) -> Result<()> {
    if ask.signed.user != Some(id) {
        ask.require(Right::ManageUsers)?;
    }
    let users = all_users(desk, ask.office()).await?;
    let user = users.iter().find(|u| u.doc.id == id).ok_or(AppError::NotFound)?;
    Refusal::unless_clear(password::weakness(secret, &user.doc.name).into_iter().collect())?;
    let phc = password::hash(secret, &salt, cost).ok_or_else(|| AppError::refuse(Problem::block("weak_password").at("password")))?;
    desk.store.set_credential(ask.office(), id, &phc, ask.moment.at).await?;
    desk.store.delete_sessions_of(ask.office(), id).await?;
    // A reset opens a locked account, as a sign-in that succeeded would.
    Ok(desk.store.record_attempt(ask.office(), &user.doc.name, ask.moment.at, "reset", true).await?)
}

fn name_problems(users: &[Stored<User>], name: &str, own: Option<UserId>) -> Vec<Problem> {
    let mut problems = vec![];
    if name.is_empty() {
        problems.push(Problem::block("field_missing").at("name"));
    }
    if users.iter().any(|u| u.doc.name == name && Some(u.doc.id) != own) {
        problems.push(Problem::block("name_taken").at("name").with("found", name));
    }
    problems
}

pub(crate) async fn all_users(desk: &Desk, office: OfficeId) -> Result<Vec<Stored<User>>> {
    Ok(desk.store.docs(office, StreamKind::User).await?.into_iter().map(|(_, u)| u).collect())
}

/// Display names by sign-in name, which is all that the store's records of who came first hold.
pub(crate) async fn display_by_name(desk: &Desk, office: OfficeId) -> Result<HashMap<String, String>> {
    Ok(all_users(desk, office).await?.into_iter().map(|u| (u.doc.name, u.doc.display)).collect())
}

pub(crate) async fn display_names(desk: &Desk, office: OfficeId) -> Result<HashMap<UserId, String>> {
    Ok(all_users(desk, office).await?.into_iter().map(|u| (u.doc.id, u.doc.display)).collect())
}
