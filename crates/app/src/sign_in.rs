//! 登录: name and password to a session; repeated failures lock the name for a while.
use crate::{
    AppError,
    desk::{Desk, Signed},
    error::Result,
    manage_users::{User, all_users},
    password,
};
use lantu_model::{OfficeId, Problem, UserId};
use lantu_store::Moment;

pub const FAILURES_BEFORE_LOCK: u64 = 5;
pub const LOCK_MINUTES: i64 = 15;
/// Idle sessions end after eight hours, all after seven days.
pub const IDLE_HOURS: i64 = 8;

/// Checks the password. The same answer, after the same work, for an unknown name and a wrong password.
/// `nonce` tells apart attempts of one instant.
pub async fn sign_in(desk: &Desk, office: OfficeId, name: &str, secret: &str, moment: Moment, nonce: &str) -> Result<User> {
    let name = name.trim().to_lowercase();
    let since = moment.at - jiff::SignedDuration::from_mins(LOCK_MINUTES);
    if desk.store.failed_attempts(office, &name, since).await? >= FAILURES_BEFORE_LOCK {
        return Err(AppError::refuse(Problem::block("locked_out").with("minutes", LOCK_MINUTES)));
    }
    let user = all_users(desk, office).await?.into_iter().map(|u| u.doc).find(|u| u.name == name && u.active);
    let phc = match &user {
        Some(u) => desk.store.credential(office, u.id).await?,
        None => None,
    };
    // An unknown name costs a verification too, so that names cannot be told apart by time.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$2Y1qX1wOCq0Y4Jj5y8V0cVx2nq0n7Wq8m5mOVhI3dXg";
    let secret = secret.to_owned();
    let checked = phc.clone().unwrap_or_else(|| NOBODY.to_owned());
    let right = tokio::task::spawn_blocking(move || password::verify(&secret, &checked)).await.unwrap_or(false);
    match (user, right && phc.is_some()) {
        (Some(user), true) => {
            desk.store.record_attempt(office, &name, moment.at, nonce, true).await?;
            Ok(user)
        }
        _ => {
            desk.store.record_attempt(office, &name, moment.at, nonce, false).await?;
            Err(AppError::refuse(Problem::block("sign_in_failed")))
        }
    }
}

/// Who a user is now, with present role and scope; `None` when the account was closed.
pub async fn signed(desk: &Desk, office: OfficeId, user: UserId) -> Result<Option<(User, Signed)>> {
    let stream = lantu_store::StreamId::user(user);
    let found = desk.store.doc::<User>(office, &stream, None).await?.map(|u| u.doc).filter(|u| u.active);
    let Some(user) = found else { return Ok(None) };
    let scope = user.scope(office);
    let desks = crate::desks::of_user(desk, office, &user).await?;
    let signed = Signed { user: Some(user.id), label: user.name.clone(), role: user.role, scope, desks };
    Ok(Some((user, signed)))
}
