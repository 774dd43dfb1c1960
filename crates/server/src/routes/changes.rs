//! What changed in the office since a point, and the mark of the last visit.
use crate::{
    door::{body::Body, signed::Reader},
    problem::Failure,
    query,
    state::House,
};
use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
};
use lantu_app::view::journal::JournalPage;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangesQuery {
    /// A feed number: only later changes
    #[serde(default)]
    #[param(value_type = Option<u64>)]
    since: u64,
    /// The `next` of the page before
    before: Option<String>,
    /// At most 500
    #[param(value_type = Option<u32>)]
    limit: Option<String>,
}

/// Changes of visible projects after a feed number, newest first.
#[utoipa::path(get, path = "/changes", tag = "changes", params(ChangesQuery), responses((status = 200, body = JournalPage)))]
pub async fn list_changes(
    State(house): State<House>,
    reader: Reader,
    Query(asked): Query<ChangesQuery>,
) -> Result<Json<JournalPage>, Failure> {
    let limit = query::limit(asked.limit.as_ref(), 100, 500)?;
    Ok(Json(lantu_app::show_journal::show_changes(&house.desk, reader.ask(), asked.since, asked.before, limit).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct VisitBody {
    /// The feed number that was seen.
    pub feed: u64,
}

/// Marks all changes up to a feed number as seen.
#[utoipa::path(post, path = "/visit", tag = "changes", request_body = VisitBody, responses((status = 204)))]
pub async fn mark_visit(State(house): State<House>, reader: Reader, Body(body): Body<VisitBody>) -> Result<StatusCode, Failure> {
    let moment = reader.moment;
    let marked = house.desk.store.set_visit(reader.books.office.id, reader.user.id, body.feed, moment.at).await;
    marked.map_err(lantu_app::AppError::from)?;
    Ok(StatusCode::NO_CONTENT)
}
