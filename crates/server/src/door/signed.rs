//! Who asks: the session behind the cookie, read afresh with every request, so that a closed account or a narrowed
//! scope holds at once.
use super::{
    cookie,
    frame::{Asked, Seen},
};
use crate::{problem::Failure, state::House};
use axum::{
    extract::FromRequestParts,
    http::{HeaderName, request::Parts},
};
use jiff::{SignedDuration, Timestamp};
use lantu_app::{AppError, Ask, Books, Idempotency, Moment, Session, Signed, manage_users::User, sign_in::IDLE_HOURS, view::ProblemView};
use lantu_model::{OfficeId, Problem, UserId, words::Lang};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

/// However busy, a session ends after a week.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A session is extended at most this often, so that reading does not mean writing.
const EXTEND_AFTER: SignedDuration = SignedDuration::from_mins(5);

/// Someone signed in, at a moment, in a language.
#[derive(Clone)]
pub struct Reader {
    pub user: User,
    pub signed: Signed,
    pub books: Arc<Books>,
    pub moment: Moment,
    pub lang: Lang,
    /// Hash of the session's token.
    pub session: String,
    ids: Arc<dyn Fn() -> Uuid + Send + Sync>,
}

impl Reader {
    pub fn ask(&self) -> Ask<'_> {
        Ask { signed: &self.signed, moment: self.moment, lang: self.lang, ids: &*self.ids }
    }

    pub fn views(&self, problems: &[Problem]) -> Vec<ProblemView> {
        problems.iter().map(|p| ProblemView::say(p, self.lang, &self.books)).collect()
    }
}

impl FromRequestParts<House> for Reader {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Failure> {
        let asked = parts.extensions.get::<Asked>().cloned().ok_or(Failure::internal())?;
        let token = cookie::token(&parts.headers).ok_or(Failure::not_signed_in())?;
        let reader = house.read_session(&hash_of(&token), asked.lang).await?.ok_or(Failure::not_signed_in())?;
        let feed = house.desk.store.feed(reader.books.office.id).await.map_err(AppError::from)?;
        // Set once a request: the extractor runs once.
        let _ = asked.seen.set(Seen { books: reader.books.clone(), feed });
        Ok(reader)
    }
}

/// What is kept of a token: whoever reads the database cannot sign in with it.
pub fn hash_of(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

impl House {
    /// A fresh session's token, known to nobody else.
    pub async fn open_session(&self, office: OfficeId, user: UserId) -> Result<String, AppError> {
        let token = cookie::text_of((self.edge.token)());
        let now = self.moment(office).await?.at;
        let session = Session { token_hash: hash_of(&token), office, user, created: now, seen: now, expires: end_of(now, now) };
        self.desk.store.put_session(&session).await?;
        // Signing in is rare enough to tidy up: sessions past their end, attempts that lock nothing any more.
        self.desk.store.sweep(now, now - SignedDuration::from_hours(24)).await?;
        Ok(token)
    }

    /// Who is behind a session now; `None` when it has ended or the account was closed.
    pub async fn read_session(&self, hash: &str, lang: Lang) -> Result<Option<Reader>, AppError> {
        // The instant is the same in every zone; the day is known once the office is.
        let now = (self.edge.now)("UTC").at;
        let Some(session) = self.desk.store.session(hash, now).await? else { return Ok(None) };
        if now.duration_since(session.seen) > EXTEND_AFTER {
            self.desk.store.touch_session(hash, now, end_of(session.created, now)).await?;
        }
        let Some((user, signed)) = lantu_app::sign_in::signed(&self.desk, session.office, session.user).await? else { return Ok(None) };
        let books = self.desk.books(session.office).await?;
        let moment = (self.edge.now)(&books.pack.zone);
        Ok(Some(Reader { user, signed, books, moment, lang, session: hash.to_owned(), ids: self.edge.ids.clone() }))
    }

    pub async fn end_session(&self, token: &str) -> Result<(), AppError> {
        let hash = hash_of(token);
        self.desk.store.delete_session(&hash).await?;
        self.hub.signed_out(&hash);
        Ok(())
    }
}

/// Idle sessions end first, busy ones after their lifetime.
fn end_of(created: Timestamp, now: Timestamp) -> Timestamp {
    (now + SignedDuration::from_hours(IDLE_HOURS)).min(created + LIFETIME)
}

/// A commit's `Idempotency-Key`, if the client gave one.
pub struct OnceKey(Option<String>);

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

impl<S: Send + Sync> FromRequestParts<S> for OnceKey {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let Some(value) = parts.headers.get(IDEMPOTENCY_KEY) else { return Ok(Self(None)) };
        let text = value.to_str().ok().map(str::trim).filter(|t| (1..=200).contains(&t.len()));
        match text {
            Some(text) => Ok(Self(Some(text.to_owned()))),
            None => Err(Failure::bad(
                Problem::block("bad_value").at("idempotency-key").with("found", String::from_utf8_lossy(value.as_bytes())),
            )),
        }
    }
}

impl OnceKey {
    /// A key counts within one user's requests: what another happens to choose is another's. `asked` is what was asked,
    /// so that the same key for something else is told.
    pub fn of<T: Serialize>(&self, reader: &Reader, asked: &T) -> Option<Idempotency> {
        let key = format!("{}:{}", reader.user.id, self.0.as_ref()?);
        let request = serde_json::to_string(asked).ok().map(|text| hash_of(&text));
        Some(Idempotency { key, request })
    }
}
