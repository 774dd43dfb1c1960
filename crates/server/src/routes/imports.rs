//! The import wizard: upload, settle, look, commit.
use super::attachment;
use crate::{
    door::{
        body::{Body, Key},
        signed::Reader,
    },
    problem::Failure,
    state::House,
};
use axum::{
    Json,
    extract::{
        Query, State,
        multipart::{Field, Multipart},
    },
    http::StatusCode,
    response::Response,
};
use lantu_app::{
    Right,
    import_list::{self, ImportDone, ImportLine, ImportRows, ImportState, MappingChoice},
};
use lantu_model::Problem;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; its parts are read one by one")]
pub struct UploadForm {
    /// .xlsx, .xls or .csv
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Takes a file in and shows its preview; nothing of it is written to the portfolio.
#[utoipa::path(post, path = "/imports", tag = "imports", request_body(content = UploadForm, content_type = "multipart/form-data"), responses((status = 201, body = ImportState)))]
pub async fn start_import(State(house): State<House>, reader: Reader, form: Multipart) -> Result<(StatusCode, Json<ImportState>), Failure> {
    reader.ask().require(Right::Import)?;
    let (name, bytes) = file_of(form, house.options.upload_limit).await?;
    Ok((StatusCode::CREATED, Json(import_list::start_import(&house.desk, reader.ask(), &name, bytes).await?)))
}

async fn file_of(mut form: Multipart, limit: u64) -> Result<(String, Vec<u8>), Failure> {
    let unreadable = |e: axum::extract::multipart::MultipartError| Failure::of_status(e.status());
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if let Some(name) = field.file_name().map(base_name) {
            return Ok((name, bytes_of(field, limit).await?));
        }
    }
    Err(Failure::bad(Problem::block("no_file").at("file")))
}

/// What is beyond the limit is read and dropped: a browser that is cut off while it sends shows no answer at all.
async fn bytes_of(mut field: Field<'_>, limit: u64) -> Result<Vec<u8>, Failure> {
    let (mut bytes, mut size) = (vec![], 0);
    while let Some(chunk) = field.chunk().await.map_err(|e| Failure::of_status(e.status()))? {
        size += chunk.len() as u64;
        if size > limit {
            bytes = vec![];
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    if size > limit { Err(Failure::of_status(StatusCode::PAYLOAD_TOO_LARGE)) } else { Ok(bytes) }
}

/// Some browsers send a whole path.
fn base_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).chars().filter(|c| !c.is_control()).take(200).collect()
}

/// The office's imports, newest first.
#[utoipa::path(get, path = "/imports", tag = "imports", responses((status = 200, body = Vec<ImportLine>)))]
pub async fn list_imports(State(house): State<House>, reader: Reader) -> Result<Json<Vec<ImportLine>>, Failure> {
    Ok(Json(import_list::list_imports(&house.desk, reader.ask()).await?))
}

/// One import as it stands against the register of now.
#[utoipa::path(get, path = "/imports/{id}", tag = "imports", params(("id" = String, Path)), responses((status = 200, body = ImportState)))]
pub async fn show_import(State(house): State<House>, reader: Reader, Key(id): Key<String>) -> Result<Json<ImportState>, Failure> {
    Ok(Json(import_list::show_import(&house.desk, reader.ask(), &id).await?))
}

/// Drops an import that has not been committed.
#[utoipa::path(delete, path = "/imports/{id}", tag = "imports", params(("id" = String, Path)), responses((status = 204)))]
pub async fn cancel_import(State(house): State<House>, reader: Reader, Key(id): Key<String>) -> Result<StatusCode, Failure> {
    import_list::cancel_import(&house.desk, reader.ask(), &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Settles sheet, heading rows, columns, list and year.
#[utoipa::path(put, path = "/imports/{id}/mapping", tag = "imports", params(("id" = String, Path)), request_body = MappingChoice, responses((status = 200, body = ImportState)))]
pub async fn set_mapping(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<String>,
    Body(choice): Body<MappingChoice>,
) -> Result<Json<ImportState>, Failure> {
    Ok(Json(import_list::set_mapping(&house.desk, reader.ask(), &id, choice).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RowsQuery {
    /// How many rows to pass over
    #[serde(default)]
    #[param(value_type = Option<usize>)]
    from: usize,
    /// At most 2000
    limit: Option<usize>,
}

/// The office's own sheet, row by row, with what becomes of each.
#[utoipa::path(get, path = "/imports/{id}/rows", tag = "imports", params(("id" = String, Path), RowsQuery), responses((status = 200, body = ImportRows)))]
pub async fn list_import_rows(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<String>,
    Query(asked): Query<RowsQuery>,
) -> Result<Json<ImportRows>, Failure> {
    let limit = asked.limit.unwrap_or(200);
    Ok(Json(import_list::import_rows(&house.desk, reader.ask(), &id, asked.from, limit).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct CommitBody {
    /// New and changed rows that the person saw.
    pub expect_rows: usize,
}

/// Writes the import, all of it or nothing.
#[utoipa::path(post, path = "/imports/{id}/commit", tag = "imports", params(("id" = String, Path)), request_body = CommitBody, responses((status = 200, body = ImportDone)))]
pub async fn commit_import(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<String>,
    Body(body): Body<CommitBody>,
) -> Result<Json<ImportDone>, Failure> {
    Ok(Json(import_list::commit_import(&house.desk, reader.ask(), &id, body.expect_rows).await?))
}

/// The sheet with every finding at its cell.
#[utoipa::path(get, path = "/imports/{id}/problems.xlsx", tag = "imports", params(("id" = String, Path)), responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = [u8])))]
pub async fn export_import_problems(State(house): State<House>, reader: Reader, Key(id): Key<String>) -> Result<Response, Failure> {
    let (name, bytes) = import_list::problem_sheet(&house.desk, reader.ask(), &id).await?;
    Ok(attachment::workbook(&name, bytes))
}
