//! Files of a project: taken in several at a time, given out by the project and their own id.
use super::super::{attachment, upload};
use crate::{
    door::{
        body::{Key, Keys},
        signed::Reader,
    },
    problem::Failure,
    state::House,
};
use axum::{
    Json,
    extract::{Multipart, Query, State},
    http::StatusCode,
    response::Response,
};
use lantu_app::evidence::{self, Added, EvidenceView, Told};
use lantu_model::{About, Problem, ProjectId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; its parts are read one by one")]
pub struct EvidenceForm {
    /// As many as there are
    #[schema(value_type = Vec<String>, format = Binary)]
    file: Vec<Vec<u8>>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ToldQuery {
    /// `formality:KIND`, `activity:ID` or `milestone:start`
    about: Option<String>,
    note: Option<String>,
}

/// Keeps files. Those that are refused are listed together; the others are kept all the same.
#[utoipa::path(post, path = "/projects/{id}/evidence", tag = "evidence", params(("id" = String, Path), ToldQuery), request_body(content = EvidenceForm, content_type = "multipart/form-data"), responses((status = 200, body = Added)))]
pub async fn add_evidence(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Query(told): Query<ToldQuery>,
    mut form: Multipart,
) -> Result<Json<Added>, Failure> {
    let ask = reader.ask();
    evidence::may_change(&house.desk, ask, id).await?;
    let told = Told { about: about(told.about.as_deref())?, note: told.note };
    let limit = house.options.evidence_limit;
    let (mut kept, mut refused) = (vec![], vec![]);
    // One after another: a single file is in memory at a time.
    while let Some(file) = upload::next_file(&mut form, limit).await? {
        match evidence::take_in(&house.desk, ask, id, file, limit, &told).await? {
            Ok(file) => kept.push(file),
            Err(problems) => refused.extend(problems),
        }
    }
    if kept.is_empty() && refused.is_empty() {
        return Err(Failure::bad(Problem::block("no_file").at("file")));
    }
    Ok(Json(evidence::add_evidence(&house.desk, ask, id, kept, refused).await?))
}

fn about(text: Option<&str>) -> Result<Option<About>, Failure> {
    let Some(text) = text.filter(|t| !t.is_empty()) else { return Ok(None) };
    About::parse(text).map(Some).ok_or_else(|| Failure::bad(Problem::block("bad_value").at("about").with("found", text)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ThenQuery {
    /// As known at the end of this day
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<String>,
}

/// The project's files, newest first.
#[utoipa::path(get, path = "/projects/{id}/evidence", tag = "evidence", params(("id" = String, Path), ThenQuery), responses((status = 200, body = Vec<EvidenceView>)))]
pub async fn list_evidence(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Query(then): Query<ThenQuery>,
) -> Result<Json<Vec<EvidenceView>>, Failure> {
    let day = crate::query::as_of(then.as_of.as_ref())?;
    Ok(Json(evidence::list_evidence(&house.desk, reader.ask(), id, day).await?))
}

/// A file as it came, to be saved and never shown in the page.
#[utoipa::path(get, path = "/projects/{id}/evidence/{file}", tag = "evidence", params(("id" = String, Path), ("file" = String, Path), ThenQuery), responses((status = 200, content_type = "application/octet-stream", body = [u8])))]
pub async fn read_evidence(
    State(house): State<House>,
    reader: Reader,
    Keys(id, file): Keys<ProjectId, String>,
    Query(then): Query<ThenQuery>,
) -> Result<Response, Failure> {
    let day = crate::query::as_of(then.as_of.as_ref())?;
    let (file, size, chunks) = evidence::read_evidence(&house.desk, reader.ask(), id, &file, day).await?;
    Ok(attachment::stream(&file.name, &file.media, size, chunks))
}

/// The number under which an act was recorded.
#[derive(Serialize, ToSchema)]
pub struct Recorded {
    pub feed: Option<u64>,
}

/// Takes a file off the project; its bytes stay for the versions that had it.
#[utoipa::path(delete, path = "/projects/{id}/evidence/{file}", tag = "evidence", params(("id" = String, Path), ("file" = String, Path)), responses((status = 200, body = Recorded)))]
pub async fn remove_evidence(
    State(house): State<House>,
    reader: Reader,
    Keys(id, file): Keys<ProjectId, String>,
) -> Result<(StatusCode, Json<Recorded>), Failure> {
    let feed = evidence::remove_evidence(&house.desk, reader.ask(), id, &file).await?;
    Ok((StatusCode::OK, Json(Recorded { feed })))
}
