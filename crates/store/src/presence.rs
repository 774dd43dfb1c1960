//! Who is in a room just now: plain rows outside the journal, forgotten within a day.
//!
//! In the database and not in memory, so that people see each other whichever server answers them.
use crate::{error::StoreError, journal::instant, open::Store};
use jiff::Timestamp;
use lantu_model::{OfficeId, UserId};

/// Someone in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// Tells two windows of one person apart; never shown.
    pub seat: String,
    pub user: UserId,
    /// What is in hand there: a step of a plan.
    pub doing: Option<String>,
    pub since: Timestamp,
    pub seen: Timestamp,
}

impl Store {
    /// Enters a room, or says that one is still there; `since` is kept from the first time.
    pub async fn put_presence(&self, office: OfficeId, room: &str, p: &Presence) -> Result<(), StoreError> {
        let sql = self.sql("INSERT INTO presence (office, room, seat, user_id, doing, since_at, seen_at) VALUES (");
        let sql = sql.with("", office.to_string()).with(",", room).with(",", p.seat.as_str()).with(",", p.user.to_string());
        let sql = sql.with(",", p.doing.clone()).with(",", p.since.as_microsecond()).with(",", p.seen.as_microsecond());
        let sql = sql.and(") ON CONFLICT (office, room, seat) DO UPDATE SET doing = excluded.doing, seen_at = excluded.seen_at");
        self.run(sql).await.map(drop)
    }

    /// Who has been seen in a room after an instant, in the order in which they came.
    pub async fn presences(&self, office: OfficeId, room: &str, after: Timestamp) -> Result<Vec<Presence>, StoreError> {
        let sql = self.sql("SELECT seat, user_id, doing, since_at, seen_at FROM presence WHERE office = ").with("", office.to_string());
        let sql = sql.with(" AND room = ", room).with(" AND seen_at > ", after.as_microsecond()).and(" ORDER BY since_at, seat");
        let rows = self.all(sql).await?;
        rows.iter()
            .map(|r| {
                Ok(Presence {
                    seat: r.text(0)?,
                    user: r.parsed(1)?,
                    doing: r.opt_text(2)?,
                    since: instant(r.int(3)?)?,
                    seen: instant(r.int(4)?)?,
                })
            })
            .collect()
    }

    pub async fn leave(&self, office: OfficeId, room: &str, seat: &str) -> Result<(), StoreError> {
        let sql = self.sql("DELETE FROM presence WHERE office = ").with("", office.to_string());
        self.run(sql.with(" AND room = ", room).with(" AND seat = ", seat)).await.map(drop)
    }
}
