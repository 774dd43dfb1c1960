//! Live changes as server-sent events: one stream a browser window, within the reader's scope.
use crate::{
    door::signed::Reader,
    live::{self, FeedEvent},
    problem::Failure,
    state::House,
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response, Sse},
};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// The last feed number known; without it only later changes are told
    since: Option<u64>,
}

/// Tells of changes as they happen.
#[utoipa::path(get, path = "/events", tag = "changes", params(Since), responses((status = 200, body = FeedEvent, content_type = "text/event-stream")))]
pub async fn watch_events(
    State(house): State<House>,
    reader: Reader,
    Query(asked): Query<Since>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    reader.ask().require(lantu_app::Right::ReadProjects)?;
    let resumed = headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    let since = match resumed.or(asked.since) {
        Some(feed) => feed,
        None => house.desk.store.feed(reader.signed.scope.office).await.map_err(lantu_app::AppError::from)?,
    };
    let stream = live::listen(&house, reader, since).ok_or(Failure::new(StatusCode::TOO_MANY_REQUESTS, "too_many_streams"))?;
    // Proxies that collect answers before they pass them on would make a live stream a dead one.
    Ok(([(header::CACHE_CONTROL, "no-store"), (header::HeaderName::from_static("x-accel-buffering"), "no")], Sse::new(stream))
        .into_response())
}
