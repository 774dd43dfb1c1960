//! Saved views of the pipeline.
use crate::{
    door::{
        body::{Body, Key},
        signed::Reader,
    },
    problem::Failure,
    state::House,
};
use axum::{Json, extract::State, http::StatusCode};
use lantu_app::saved_views::{SavedView, ViewDraft};

/// One's own views and the shared ones.
#[utoipa::path(get, path = "/views", tag = "views", responses((status = 200, body = Vec<SavedView>)))]
pub async fn list_views(State(house): State<House>, reader: Reader) -> Result<Json<Vec<SavedView>>, Failure> {
    Ok(Json(lantu_app::saved_views::list_views(&house.desk, reader.ask()).await?))
}

/// Saves a view; one's own of the same name is replaced.
#[utoipa::path(post, path = "/views", tag = "views", request_body = ViewDraft, responses((status = 200, body = SavedView)))]
pub async fn save_view(State(house): State<House>, reader: Reader, Body(draft): Body<ViewDraft>) -> Result<Json<SavedView>, Failure> {
    Ok(Json(lantu_app::saved_views::save_view(&house.desk, reader.ask(), draft).await?))
}

/// Deletes one of one's own views.
#[utoipa::path(delete, path = "/views/{id}", tag = "views", params(("id" = String, Path)), responses((status = 204)))]
pub async fn delete_view(State(house): State<House>, reader: Reader, Key(id): Key<String>) -> Result<StatusCode, Failure> {
    lantu_app::saved_views::delete_view(&house.desk, reader.ask(), &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
