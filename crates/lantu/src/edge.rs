//! The one real clock and source of chance. Everything further in is given their values.
use crate::outcome::Stop;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use lantu_app::Moment;
use lantu_server::Edge;
use std::sync::Arc;
use uuid::Uuid;

/// `today` replaces the civil day for demonstrations and tests; the instant stays the real one.
pub fn edge(today: Option<Date>) -> Edge {
    Edge { now: Arc::new(move |zone| now(zone, today)), ids: Arc::new(Uuid::now_v7), token: Arc::new(token) }
}

pub fn now(zone: &str, today: Option<Date>) -> Moment {
    let at = Timestamp::now();
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Moment { day: today.unwrap_or_else(|| at.to_zoned(zone).date()), at }
}

/// 32 bytes from the operating system. Without them no session may be made, so the process ends.
fn token() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// Sixteen bytes for a password's hash.
pub fn salt() -> [u8; 16] {
    let bytes = token();
    std::array::from_fn(|i| bytes[i])
}

/// Whether the operating system gives chance at all: asked once at the start, so that `token` cannot fail later.
pub fn check_chance() -> Result<(), Stop> {
    getrandom::fill(&mut [0; 32])
        .map_err(|e| Stop::broken(format!("系统无法提供随机数:{e}"), format!("the system gives no random numbers: {e}")))
}

/// A day's first instant, for books that begin in the past.
pub fn start_of(day: Date) -> Moment {
    let at = day.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp());
    Moment { day, at }
}
