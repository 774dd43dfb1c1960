//! The office's words: stages, towns, formalities, lists.
use crate::{door::signed::Reader, problem::Failure};
use axum::Json;
use lantu_app::view::PackView;

/// The pack in force, as the screens need it.
#[utoipa::path(get, path = "/pack", tag = "session", responses((status = 200, body = PackView)))]
pub async fn show_pack(reader: Reader) -> Result<Json<PackView>, Failure> {
    Ok(Json(PackView::of(&reader.books)))
}
