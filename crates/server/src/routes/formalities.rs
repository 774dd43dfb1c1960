//! The matrix of formalities: pages, sums, edits of cells, the sheet as a file.
use crate::{
    door::{
        body::Body,
        signed::{OnceKey, Reader},
    },
    problem::Failure,
    query::{self, FilterQuery, PageQuery},
    routes::attachment,
    state::House,
};
use axum::{
    Json,
    extract::{Query, State},
    response::Response,
};
use lantu_app::{
    Mode, PageAsk,
    export_list::ExportFormat,
    export_matrix::export_matrix,
    record_cells::{CellEdit, Recorded},
    show_matrix as matrix,
    view::{CellResult, MatrixPage, MatrixTotals},
};
use lantu_model::words::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A page of the matrix: the list's rows, in the list's order, with their permits.
#[utoipa::path(get, path = "/formalities/matrix", tag = "formalities", params(FilterQuery, PageQuery), responses((status = 200, body = MatrixPage)))]
pub async fn show_matrix(
    State(house): State<House>,
    reader: Reader,
    Query(which): Query<FilterQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<MatrixPage>, Failure> {
    let day = query::as_of(page.as_of.as_ref())?;
    let filter = which.filter(query::seen_from(day, reader.moment.day))?;
    let sort = query::sort(page.sort.as_ref())?;
    let limit = query::limit(page.limit.as_ref(), query::PAGE_DEFAULT, query::PAGE_MAX)?;
    if let (None, Some(offset)) = (&page.after, query::offset(page.offset.as_ref())?) {
        return Ok(Json(matrix::show_matrix_from(&house.desk, reader.ask(), &filter, sort, (offset, limit), day).await?));
    }
    let ask = PageAsk { limit, after: page.after };
    Ok(Json(matrix::show_matrix(&house.desk, reader.ask(), &filter, sort, &ask, day).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SheetQuery {
    /// `stage`, `division`, `industry` or `group` (the heading on the list); none: no group rows
    by: Option<String>,
    /// As for a page; for files only
    sort: Option<String>,
    /// As known at the end of this day
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<String>,
}

/// The columns that occur in the whole list, with their sums, and those of its groups.
#[utoipa::path(get, path = "/formalities/matrix/totals", tag = "formalities", params(FilterQuery, SheetQuery), responses((status = 200, body = MatrixTotals)))]
pub async fn sum_matrix(
    State(house): State<House>,
    reader: Reader,
    Query(which): Query<FilterQuery>,
    Query(sheet): Query<SheetQuery>,
) -> Result<Json<MatrixTotals>, Failure> {
    let day = query::as_of(sheet.as_of.as_ref())?;
    let filter = which.filter(query::seen_from(day, reader.moment.day))?;
    let by = query::matrix_by(sheet.by.as_ref())?;
    Ok(Json(matrix::sum_matrix(&house.desk, reader.ask(), &filter, by, day).await?))
}

/// The sheet as a workbook, as it looks.
#[utoipa::path(get, path = "/formalities/matrix/export.xlsx", tag = "formalities", params(FilterQuery, SheetQuery), responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = [u8])))]
pub async fn export_permits(
    State(house): State<House>,
    reader: Reader,
    Query(which): Query<FilterQuery>,
    Query(sheet): Query<SheetQuery>,
) -> Result<Response, Failure> {
    let bytes = export(&house, &reader, &which, &sheet, ExportFormat::Xlsx).await?;
    Ok(attachment::workbook(&format!("{}.xlsx", name(&reader)), bytes))
}

/// The sheet as comma-separated values.
#[utoipa::path(get, path = "/formalities/matrix/export.csv", tag = "formalities", params(FilterQuery, SheetQuery), responses((status = 200, content_type = "text/csv", body = [u8])))]
pub async fn export_permits_csv(
    State(house): State<House>,
    reader: Reader,
    Query(which): Query<FilterQuery>,
    Query(sheet): Query<SheetQuery>,
) -> Result<Response, Failure> {
    let bytes = export(&house, &reader, &which, &sheet, ExportFormat::Csv).await?;
    Ok(attachment::csv(&format!("{}.csv", name(&reader)), bytes))
}

async fn export(house: &House, reader: &Reader, which: &FilterQuery, how: &SheetQuery, format: ExportFormat) -> Result<Vec<u8>, Failure> {
    let day = query::as_of(how.as_of.as_ref())?;
    let filter = which.filter(query::seen_from(day, reader.moment.day))?;
    let sort = query::sort(how.sort.as_ref())?;
    let by = query::matrix_by(how.by.as_ref())?;
    Ok(export_matrix(&house.desk, reader.ask(), &filter, sort, by, day, format).await?)
}

fn name(reader: &Reader) -> String {
    let word = if reader.lang == Lang::Zh { "手续矩阵" } else { "permits" };
    format!("{word}-{}", reader.moment.day)
}

#[derive(Deserialize, ToSchema)]
pub struct CellsBody {
    #[serde(default)]
    pub mode: Mode,
    pub edits: Vec<CellEdit>,
}

/// Each cell with what it would hold and what was found; with a feed number when all of them were written.
#[derive(Serialize, ToSchema)]
pub struct CellsAnswer {
    pub feed: Option<u64>,
    pub cells: Vec<CellResult>,
}

/// Records many cells of the matrix, all or nothing.
#[utoipa::path(post, path = "/formalities/matrix", tag = "formalities", request_body = CellsBody, responses((status = 200, body = CellsAnswer)))]
pub async fn record_cells(
    State(house): State<House>,
    reader: Reader,
    once: OnceKey,
    Body(body): Body<CellsBody>,
) -> Result<Json<CellsAnswer>, Failure> {
    let key = once.of(&reader, &body.edits);
    let done = lantu_app::record_cells::record_cells(&house.desk, reader.ask(), body.edits, body.mode, key).await?;
    Ok(Json(answer(&reader, done)))
}

fn answer(reader: &Reader, done: Recorded) -> CellsAnswer {
    let cells = done.cells.into_iter().map(|c| CellResult {
        ok: !c.is_blocked(),
        problems: reader.views(&c.problems),
        project: c.project,
        kind: c.kind,
        after: c.after,
        same: c.same,
    });
    CellsAnswer { feed: done.feed, cells: cells.collect() }
}
