//! Patterns of the pack in force: shown, judged while they are edited, put in force as a new version.
use super::attachment;
use crate::{
    door::{
        body::{Body, Key},
        signed::Reader,
    },
    problem::Failure,
    state::House,
};
use axum::{Json, extract::State, response::Response};
use lantu_app::patterns::{self, CheckAsk, PatternCheck, PatternView, PatternsView, PutAsk, PutPattern};

/// The patterns, and what their steps may name.
#[utoipa::path(get, path = "/patterns", tag = "admin", responses((status = 200, body = PatternsView)))]
pub async fn list_patterns(State(house): State<House>, reader: Reader) -> Result<Json<PatternsView>, Failure> {
    Ok(Json(patterns::list_patterns(&house.desk, reader.ask()).await?))
}

/// One pattern as it is in force.
#[utoipa::path(get, path = "/patterns/{key}", tag = "admin", params(("key" = String, Path)), responses((status = 200, body = PatternView)))]
pub async fn show_pattern(State(house): State<House>, reader: Reader, Key(key): Key<String>) -> Result<Json<PatternView>, Failure> {
    Ok(Json(patterns::show_pattern(&house.desk, reader.ask(), &key).await?))
}

/// Its file.
#[utoipa::path(get, path = "/patterns/{key}/file", tag = "admin", params(("key" = String, Path)), responses((status = 200, content_type = "application/toml")))]
pub async fn download_pattern(State(house): State<House>, reader: Reader, Key(key): Key<String>) -> Result<Response, Failure> {
    let bytes = patterns::pattern_text(&house.desk, reader.ask(), &key).await?;
    Ok(attachment::toml(&format!("{}.toml", key.to_lowercase()), bytes))
}

/// Judges a draft: findings at their steps, its dates, its difference to what is in force. Writes nothing.
#[utoipa::path(post, path = "/patterns/check", tag = "admin", request_body = CheckAsk, responses((status = 200, body = PatternCheck)))]
pub async fn check_pattern(State(house): State<House>, reader: Reader, Body(asked): Body<CheckAsk>) -> Result<Json<PatternCheck>, Failure> {
    Ok(Json(patterns::check_pattern(&house.desk, reader.ask(), asked).await?))
}

/// Puts a draft in force as a new version of the office's pack. Plans stay as they are and are offered the difference.
#[utoipa::path(post, path = "/patterns/in-force", tag = "admin", request_body = PutAsk, responses((status = 200, body = PutPattern)))]
pub async fn put_pattern_in_force(
    State(house): State<House>,
    reader: Reader,
    Body(asked): Body<PutAsk>,
) -> Result<Json<PutPattern>, Failure> {
    Ok(Json(patterns::put_pattern_in_force(&house.desk, reader.ask(), asked).await?))
}
