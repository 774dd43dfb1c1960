//! 初始设置: an office's first books. No default password exists; `demo` alone brings printed ones.
use crate::{
    AppError,
    desk::{Ask, Desk, Office, Org, Signed},
    error::Result,
    manage_users::{UserDraft, add_user_unchecked},
    password::Cost,
    permission::UserRole,
};
use lantu_model::{Change, OfficeId, OrgId, Problem, UserId, words::Lang};
use lantu_store::{Actor, Moment, StreamId, Transaction, Write};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OfficeDraft {
    pub name: String,
    pub pack: String,
    pub place: String,
    #[serde(default)]
    pub demo: bool,
}

/// Opens an office with its pack in force and the pack's organisations in its register.
pub async fn open_office(desk: &Desk, draft: OfficeDraft, moment: Moment, ids: &(dyn Fn() -> Uuid + Send + Sync)) -> Result<OfficeId> {
    let files = lantu_pack::embedded(&draft.pack).ok_or(AppError::NotFound)?;
    let pack = lantu_pack::Pack::load(&files)
        .map_err(|p| AppError::Unreadable { stream: draft.pack.clone(), reason: format!("{} problems", p.len()) })?;
    let place = pack.place(&draft.place).ok_or(AppError::NotFound)?;
    let id = OfficeId::new(ids());
    let name = if draft.name.trim().is_empty() { place.words.zh.clone() } else { draft.name.trim().to_owned() };
    let office = Office { id, name, pack: draft.pack, pack_hash: pack.hash().to_owned(), place: draft.place, demo: draft.demo };
    let mut transaction = Transaction::new(id, Actor::system(), moment, "open_office");
    transaction.writes.push(write(StreamId::office(id), &office, "open_office")?);
    transaction.writes.push(crate::manage_packs::pack_write(pack.hash(), &office.pack, &files)?);
    for org in &place.orgs {
        let id = OrgId::new(ids());
        let kind = serde_json::to_value(org.kind).ok().and_then(|k| k.as_str().map(str::to_owned)).unwrap_or_else(|| "other".into());
        let row = Org {
            id,
            name: org.words.zh.clone(),
            aliases: org.aliases.iter().cloned().chain([org.words.en.clone()]).collect(),
            kind,
            division: org.division.as_deref().and_then(|d| d.parse().ok()),
            key: Some(org.key.clone()),
            active: true,
        };
        transaction.writes.push(write(StreamId::org(id), &row, "add_org")?);
    }
    desk.store.commit(transaction).await?;
    Ok(id)
}

fn write<T: Serialize>(stream: StreamId, doc: &T, act: &str) -> Result<Write> {
    let doc = serde_json::to_value(doc).map_err(|e| AppError::Unreadable { stream: stream.to_string(), reason: e.to_string() })?;
    Ok(Write { stream, expected: 0, doc, change: Change::new(act), row: None })
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FirstUser {
    pub name: String,
    pub display: String,
    pub password: String,
}

/// First run: the office, a clerk to begin the work, and a security administrator who lets the others in,
/// whose name and password are the second pair given.
pub async fn set_up(
    desk: &Desk,
    office: OfficeDraft,
    users: Vec<(FirstUser, UserRole, [u8; 16])>,
    moment: Moment,
    ids: &(dyn Fn() -> Uuid + Send + Sync),
    cost: Cost,
) -> Result<(OfficeId, Vec<UserId>)> {
    if !desk.offices().await?.is_empty() {
        return Err(AppError::refuse(Problem::block("setup_done")));
    }
    let mut problems: Vec<Problem> = users.iter().filter_map(|(u, _, _)| crate::password::weakness(&u.password, &u.name)).collect();
    if users.iter().any(|(u, _, _)| u.name.trim().is_empty()) {
        problems.push(Problem::block("field_missing").at("name"));
    }
    lantu_model::Refusal::unless_clear(problems)?;
    let id = open_office(desk, office, moment, ids).await?;
    let system = Signed::system(id, "setup");
    let ask = Ask { signed: &system, moment, lang: Lang::Zh, ids };
    let mut added = vec![];
    for (user, role, salt) in users {
        let draft = UserDraft {
            name: user.name,
            display: user.display,
            role,
            divisions: None,
            orgs: None,
            password: Some(user.password),
            active: true,
        };
        added.push(add_user_unchecked(desk, ask, draft, salt, cost).await?);
    }
    Ok((id, added))
}

/// One user, without asking who may: for the demo and the command line.
pub async fn add_first_user(
    desk: &Desk,
    office: OfficeId,
    draft: UserDraft,
    salt: [u8; 16],
    moment: Moment,
    ids: &(dyn Fn() -> Uuid + Send + Sync),
    cost: Cost,
) -> Result<UserId> {
    let system = Signed::system(office, "setup");
    add_user_unchecked(desk, Ask { signed: &system, moment, lang: Lang::Zh, ids }, draft, salt, cost).await
}
