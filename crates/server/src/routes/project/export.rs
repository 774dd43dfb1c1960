//! The list as a file: what is shown, with its filter, order and columns.
use crate::{
    door::signed::Reader,
    problem::Failure,
    query::{self, FilterQuery},
    routes::attachment,
    state::House,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use lantu_app::export_list::{ExportFormat, export_list};
use lantu_model::words::Lang;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// Keys of the columns, comma-separated, in their order; all when not given
    columns: Option<String>,
    /// As for a page
    sort: Option<String>,
    /// As known at the end of this day
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<String>,
}

/// The list as a workbook.
#[utoipa::path(get, path = "/projects/export.xlsx", tag = "projects", params(FilterQuery, ExportQuery), responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = [u8])))]
pub async fn export_projects(
    State(house): State<House>,
    reader: Reader,
    Query(which): Query<FilterQuery>,
    Query(how): Query<ExportQuery>,
) -> Result<Response, Failure> {
    let bytes = export(&house, &reader, &which, &how, ExportFormat::Xlsx).await?;
    Ok(attachment::workbook(&format!("{}.xlsx", name(&reader)), bytes))
}

/// The list as comma-separated values.
#[utoipa::path(get, path = "/projects/export.csv", tag = "projects", params(FilterQuery, ExportQuery), responses((status = 200, content_type = "text/csv", body = [u8])))]
pub async fn export_projects_csv(
    State(house): State<House>,
    reader: Reader,
    Query(which): Query<FilterQuery>,
    Query(how): Query<ExportQuery>,
) -> Result<Response, Failure> {
    let bytes = export(&house, &reader, &which, &how, ExportFormat::Csv).await?;
    Ok(attachment::csv(&format!("{}.csv", name(&reader)), bytes))
}

async fn export(house: &House, reader: &Reader, which: &FilterQuery, how: &ExportQuery, format: ExportFormat) -> Result<Vec<u8>, Failure> {
    let day = query::as_of(how.as_of.as_ref())?;
    let filter = which.filter(query::seen_from(day, reader.moment.day))?;
    let sort = query::sort(how.sort.as_ref())?;
    let columns: Vec<String> =
        how.columns.iter().flat_map(|c| c.split(',')).map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect();
    Ok(export_list(&house.desk, reader.ask(), &filter, sort, &columns, day, format).await?)
}

fn name(reader: &Reader) -> String {
    let word = if reader.lang == Lang::Zh { "项目清单" } else { "projects" };
    format!("{word}-{}", reader.moment.day)
}
