//! Sessions, credentials, sign-in attempts and visits: plain rows, outside the journal.
//!
//! A session's token never comes here: callers give a hash of it, so that a stolen database opens no door.
use crate::{error::StoreError, journal::instant, open::Store};
use jiff::Timestamp;
use lantu_model::{OfficeId, UserId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Hash of the token, hex.
    pub token_hash: String,
    pub office: OfficeId,
    pub user: UserId,
    pub created: Timestamp,
    pub seen: Timestamp,
    pub expires: Timestamp,
}

impl Store {
    pub async fn put_session(&self, s: &Session) -> Result<(), StoreError> {
        let sql = self.sql("INSERT INTO session (token_hash, office, user_id, created_at, seen_at, expires_at) VALUES (");
        let sql = sql.with("", s.token_hash.as_str()).with(",", s.office.to_string()).with(",", s.user.to_string());
        let sql = sql.with(",", s.created.as_microsecond()).with(",", s.seen.as_microsecond()).with(",", s.expires.as_microsecond());
        let sql = sql.and(") ON CONFLICT (token_hash) DO UPDATE SET seen_at = excluded.seen_at, expires_at = excluded.expires_at");
        self.run(sql).await.map(drop)
    }

    /// A session that has not expired at `now`.
    pub async fn session(&self, token_hash: &str, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let sql = self.sql("SELECT office, user_id, created_at, seen_at, expires_at FROM session WHERE token_hash = ").with("", token_hash);
        let Some(r) = self.first(sql.with(" AND expires_at > ", now.as_microsecond())).await? else { return Ok(None) };
        Ok(Some(Session {
            token_hash: token_hash.to_owned(),
            office: r.parsed(0)?,
            user: r.parsed(1)?,
            created: instant(r.int(2)?)?,
            seen: instant(r.int(3)?)?,
            expires: instant(r.int(4)?)?,
        }))
    }

    /// Notes that a session was used, and moves its end.
    pub async fn touch_session(&self, token_hash: &str, seen: Timestamp, expires: Timestamp) -> Result<(), StoreError> {
        let sql = self.sql("UPDATE session SET seen_at = ").with("", seen.as_microsecond());
        let sql = sql.with(", expires_at = ", expires.as_microsecond()).with(" WHERE token_hash = ", token_hash);
        self.run(sql).await.map(drop)
    }

    pub async fn delete_session(&self, token_hash: &str) -> Result<(), StoreError> {
        self.run(self.sql("DELETE FROM session WHERE token_hash = ").with("", token_hash)).await.map(drop)
    }

    /// Ends every session of a user, for instance after a new password; gives their number.
    pub async fn delete_sessions_of(&self, office: OfficeId, user: UserId) -> Result<u64, StoreError> {
        let sql = self.sql("DELETE FROM session WHERE office = ").with("", office.to_string());
        self.run(sql.with(" AND user_id = ", user.to_string())).await
    }

    /// Removes sessions past their end, and attempts and presences older than `attempts_before`.
    pub async fn sweep(&self, now: Timestamp, attempts_before: Timestamp) -> Result<(), StoreError> {
        let sessions = self.sql("DELETE FROM session WHERE expires_at <= ").with("", now.as_microsecond());
        let attempts = self.sql("DELETE FROM sign_in_attempt WHERE at < ").with("", attempts_before.as_microsecond());
        let presences = self.sql("DELETE FROM presence WHERE seen_at < ").with("", attempts_before.as_microsecond());
        self.run_all(vec![sessions, attempts, presences]).await.map(drop)
    }

    /// A user's password hash in PHC form.
    pub async fn credential(&self, office: OfficeId, user: UserId) -> Result<Option<String>, StoreError> {
        let sql = self.sql("SELECT phc FROM credential WHERE office = ").with("", office.to_string());
        self.first(sql.with(" AND user_id = ", user.to_string())).await?.map(|r| r.text(0)).transpose()
    }

    pub async fn set_credential(&self, office: OfficeId, user: UserId, phc: &str, at: Timestamp) -> Result<(), StoreError> {
        let sql = self.sql("INSERT INTO credential (office, user_id, phc, changed_at) VALUES (").with("", office.to_string());
        let sql = sql.with(",", user.to_string()).with(",", phc).with(",", at.as_microsecond());
        self.run(sql.and(") ON CONFLICT (office, user_id) DO UPDATE SET phc = excluded.phc, changed_at = excluded.changed_at"))
            .await
            .map(drop)
    }

    /// Records an attempt to sign in. `name` is what was typed, whether or not there is such a user; `nonce` tells
    /// apart attempts of one instant.
    pub async fn record_attempt(&self, office: OfficeId, name: &str, at: Timestamp, nonce: &str, success: bool) -> Result<(), StoreError> {
        let sql = self.sql("INSERT INTO sign_in_attempt (office, name, at, nonce, success) VALUES (").with("", office.to_string());
        let sql = sql.with(",", name).with(",", at.as_microsecond()).with(",", nonce).with(",", i64::from(success));
        self.run(sql.and(") ON CONFLICT (office, name, at, nonce) DO NOTHING")).await.map(drop)
    }

    /// Failed attempts under a name since an instant and since the last success.
    pub async fn failed_attempts(&self, office: OfficeId, name: &str, since: Timestamp) -> Result<u64, StoreError> {
        let office = office.to_string();
        let sql = self.sql("SELECT COUNT(*) FROM sign_in_attempt a WHERE a.office = ").with("", office.as_str());
        let sql = sql.with(" AND a.name = ", name).with(" AND a.at >= ", since.as_microsecond()).and(" AND a.success = 0 AND a.at > ");
        let sql = sql.with("COALESCE((SELECT MAX(s.at) FROM sign_in_attempt s WHERE s.office = ", office).with(" AND s.name = ", name);
        let sql = sql.with(" AND s.success = 1), ", i64::MIN).and(")");
        self.first(sql).await?.map_or(Ok(0), |r| r.count(0))
    }

    /// The feed number a user had seen at the last visit.
    pub async fn last_visit(&self, office: OfficeId, user: UserId) -> Result<Option<u64>, StoreError> {
        let sql = self.sql("SELECT feed FROM visit WHERE office = ").with("", office.to_string());
        self.first(sql.with(" AND user_id = ", user.to_string())).await?.map(|r| r.count(0)).transpose()
    }

    pub async fn set_visit(&self, office: OfficeId, user: UserId, feed: u64, at: Timestamp) -> Result<(), StoreError> {
        let sql = self.sql("INSERT INTO visit (office, user_id, feed, at) VALUES (").with("", office.to_string());
        let sql = sql.with(",", user.to_string()).with(",", feed).with(",", at.as_microsecond());
        self.run(sql.and(") ON CONFLICT (office, user_id) DO UPDATE SET feed = excluded.feed, at = excluded.at")).await.map(drop)
    }
}
