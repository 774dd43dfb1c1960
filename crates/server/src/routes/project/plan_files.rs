//! Contractors' schedules of a project: read, compared, drawn, given back.
use super::{
    super::{attachment, upload},
    evidence::Recorded,
};
use crate::{
    door::{
        body::{Body, Key, Keys},
        signed::Reader,
    },
    problem::Failure,
    state::House,
};
use axum::{
    Json,
    extract::{Multipart, Query, State},
    response::Response,
};
use lantu_app::plan_files::{self, Beside, Facts, FileRows, Reading, Received, Said, Sent, TieChoice};
use lantu_model::{FileTie, Problem, ProjectId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; its parts are read one by one")]
pub struct PlanFileForm {
    /// .xer, .xml of P6 or of MS Project, .json
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SentQuery {
    /// Which of the file's projects
    project: Option<String>,
    /// It is this project's, whatever it looks like
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    confirmed: bool,
    /// Only look
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    preview: bool,
}

/// Reads a schedule and keeps it as a new version, unless a project is to be chosen or a doubt to be confirmed first.
#[utoipa::path(post, path = "/projects/{id}/plan-files", tag = "plan files", params(("id" = String, Path), SentQuery), request_body(content = PlanFileForm, content_type = "multipart/form-data"), responses((status = 200, body = Received)))]
pub async fn receive_plan_file(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Query(sent): Query<SentQuery>,
    mut form: Multipart,
) -> Result<Json<Received>, Failure> {
    lantu_app::evidence::may_change(&house.desk, reader.ask(), id).await?;
    let limit = house.options.evidence_limit;
    let file = upload::next_file(&mut form, limit).await?.ok_or_else(|| Failure::bad(Problem::block("no_file").at("file")))?;
    let sent = Sent { project: sent.project, confirmed: sent.confirmed, preview: sent.preview };
    Ok(Json(plan_files::receive(&house.desk, reader.ask(), id, file, limit, &sent).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AgainstQuery {
    /// The version to compare with, else the one before
    against: Option<String>,
}

/// What a version says: dates beside the file's, losses, quality, differences.
#[utoipa::path(get, path = "/projects/{id}/plan-files/{file}/reading", tag = "plan files", params(("id" = String, Path), ("file" = String, Path), AgainstQuery), responses((status = 200, body = Reading)))]
pub async fn show_plan_file(
    State(house): State<House>,
    reader: Reader,
    Keys(id, file): Keys<ProjectId, String>,
    Query(asked): Query<AgainstQuery>,
) -> Result<Json<Reading>, Failure> {
    Ok(Json(plan_files::show_reading(&house.desk, reader.ask(), id, &file, asked.against.as_deref()).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlanRowsQuery {
    #[serde(default)]
    #[param(value_type = Option<usize>)]
    from: usize,
    /// At most 2000
    limit: Option<usize>,
}

/// Rows for the map, in the file's order; links come with the first page.
#[utoipa::path(get, path = "/projects/{id}/plan-files/{file}", tag = "plan files", params(("id" = String, Path), ("file" = String, Path), PlanRowsQuery), responses((status = 200, body = FileRows)))]
pub async fn list_plan_file_rows(
    State(house): State<House>,
    reader: Reader,
    Keys(id, file): Keys<ProjectId, String>,
    Query(asked): Query<PlanRowsQuery>,
) -> Result<Json<FileRows>, Failure> {
    let limit = asked.limit.unwrap_or(2000);
    Ok(Json(plan_files::plan_file_rows(&house.desk, reader.ask(), id, &file, asked.from, limit).await?))
}

/// Takes a version away, and its file with it.
#[utoipa::path(delete, path = "/projects/{id}/plan-files/{file}", tag = "plan files", params(("id" = String, Path), ("file" = String, Path)), responses((status = 200, body = Recorded)))]
pub async fn remove_plan_file(
    State(house): State<House>,
    reader: Reader,
    Keys(id, file): Keys<ProjectId, String>,
) -> Result<Json<Recorded>, Failure> {
    let feed = plan_files::remove_plan_file(&house.desk, reader.ask(), id, &file).await?;
    Ok(Json(Recorded { feed }))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormatQuery {
    /// xer, pmxml, mspdi or json; as it came, else
    format: Option<String>,
    /// `ours`: with what the office knows to have been done of the rows that are tied
    facts: Option<String>,
}

impl FormatQuery {
    fn asked(&self) -> Result<(Option<&str>, Facts), Failure> {
        let facts = match self.facts.as_deref() {
            None => Facts::Theirs,
            Some("ours") => Facts::Ours,
            Some(other) => return Err(Failure::bad(Problem::block("bad_value").at("facts").with("found", other))),
        };
        Ok((self.format.as_deref(), facts))
    }
}

/// The schedule as it came, byte for byte, in another format, or with the office's facts.
#[utoipa::path(get, path = "/projects/{id}/plan-files/{file}/export", tag = "plan files", params(("id" = String, Path), ("file" = String, Path), FormatQuery), responses((status = 200, content_type = "application/octet-stream", body = [u8])))]
pub async fn export_plan_file(
    State(house): State<House>,
    reader: Reader,
    Keys(id, file): Keys<ProjectId, String>,
    Query(asked): Query<FormatQuery>,
) -> Result<Response, Failure> {
    let (name, bytes, _) = plan_files::export(&house.desk, reader.ask(), id, &file, asked.asked()?).await?;
    Ok(attachment::whole(&name, "application/octet-stream", bytes))
}

/// What another format could not hold of it.
#[utoipa::path(get, path = "/projects/{id}/plan-files/{file}/losses", tag = "plan files", params(("id" = String, Path), ("file" = String, Path), FormatQuery), responses((status = 200, body = Vec<Said>)))]
pub async fn list_plan_file_losses(
    State(house): State<House>,
    reader: Reader,
    Keys(id, file): Keys<ProjectId, String>,
    Query(asked): Query<FormatQuery>,
) -> Result<Json<Vec<Said>>, Failure> {
    Ok(Json(plan_files::export(&house.desk, reader.ask(), id, &file, asked.asked()?).await?.2))
}

#[derive(Deserialize, ToSchema)]
pub struct TiesBody {
    #[serde(default)]
    pub tie: Vec<FileTie>,
    /// Rows by their number in the file.
    #[serde(default)]
    pub untie: Vec<i64>,
}

/// Says which rows of a version are which steps of the plan.
#[utoipa::path(post, path = "/projects/{id}/plan-files/{file}/ties", tag = "plan files", params(("id" = String, Path), ("file" = String, Path)), request_body = TiesBody, responses((status = 200, body = Recorded)))]
pub async fn tie_plan_file(
    State(house): State<House>,
    reader: Reader,
    Keys(id, file): Keys<ProjectId, String>,
    Body(body): Body<TiesBody>,
) -> Result<Json<Recorded>, Failure> {
    let feed = plan_files::tie(&house.desk, reader.ask(), id, &file, &body.tie, &body.untie).await?;
    Ok(Json(Recorded { feed }))
}

/// The steps of the plan, each with the rows of a version that it may be.
#[utoipa::path(get, path = "/projects/{id}/plan-files/{file}/choices", tag = "plan files", params(("id" = String, Path), ("file" = String, Path)), responses((status = 200, body = Vec<TieChoice>)))]
pub async fn suggest_plan_file_ties(
    State(house): State<House>,
    reader: Reader,
    Keys(id, file): Keys<ProjectId, String>,
) -> Result<Json<Vec<TieChoice>>, Failure> {
    Ok(Json(plan_files::suggest_ties(&house.desk, reader.ask(), id, &file).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BesideQuery {
    /// Which version; else the newest that has ties
    file: Option<String>,
    /// As known at the end of this day
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<String>,
}

/// What a schedule says of the steps that its rows are tied to, beside what the office knows; `null` without ties.
#[utoipa::path(get, path = "/projects/{id}/beside", tag = "plan files", params(("id" = String, Path), BesideQuery), responses((status = 200, body = Option<Beside>)))]
pub async fn show_beside(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Query(asked): Query<BesideQuery>,
) -> Result<Json<Option<Beside>>, Failure> {
    let day = crate::query::as_of(asked.as_of.as_ref())?;
    Ok(Json(plan_files::beside(&house.desk, reader.ask(), id, asked.file.as_deref(), day).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnFormatQuery {
    /// xer, pmxml, mspdi or json
    format: String,
}

/// The project's own plan as a schedule file, with its dates as they stand today.
#[utoipa::path(get, path = "/projects/{id}/plan/file", tag = "plan files", params(("id" = String, Path), OwnFormatQuery), responses((status = 200, content_type = "application/octet-stream", body = [u8])))]
pub async fn export_own_plan(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Query(asked): Query<OwnFormatQuery>,
) -> Result<Response, Failure> {
    let (name, bytes, _) = plan_files::export_plan(&house.desk, reader.ask(), id, &asked.format).await?;
    Ok(attachment::whole(&name, "application/octet-stream", bytes))
}
