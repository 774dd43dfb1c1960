//! Who else is at a project's map.
use crate::{
    door::{
        body::{Body, Key},
        signed::Reader,
    },
    problem::Failure,
    state::House,
};
use axum::{Json, extract::State, http::StatusCode};
use lantu_app::presence::{self, Present};
use lantu_model::{ActivityId, ProjectId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct PresenceBody {
    /// Random, of one window: two windows of one session are two seats.
    pub window: String,
    /// The step whose sheet is open.
    #[serde(default)]
    pub doing: Option<ActivityId>,
}

#[derive(Serialize, ToSchema)]
pub struct PresenceAnswer {
    pub others: Vec<Present>,
}

/// Says that one has the map open, every few seconds, and learns who else has.
#[utoipa::path(put, path = "/projects/{id}/presence", tag = "plan", params(("id" = String, Path)), request_body = PresenceBody, responses((status = 200, body = PresenceAnswer)))]
pub async fn tell_presence(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<PresenceBody>,
) -> Result<Json<PresenceAnswer>, Failure> {
    let seat = seat(&reader, &body.window);
    Ok(Json(PresenceAnswer { others: presence::be_present(&house.desk, reader.ask(), &seat, id, body.doing).await? }))
}

/// Says that one has closed it.
#[utoipa::path(delete, path = "/projects/{id}/presence", tag = "plan", params(("id" = String, Path)), request_body = PresenceBody, responses((status = 204)))]
pub async fn leave_map(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<PresenceBody>,
) -> Result<StatusCode, Failure> {
    presence::leave(&house.desk, reader.ask(), &seat(&reader, &body.window), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The session's own, so that nobody sits on another's seat; the window's text is kept short.
fn seat(reader: &Reader, window: &str) -> String {
    let window: String = window.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
    format!("{}/{window}", reader.session)
}
