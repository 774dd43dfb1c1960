//! Reading the portfolio: pages, totals, facets, one project, its journal.
use crate::{
    door::{body::Key, signed::Reader},
    problem::Failure,
    query::{self, FilterQuery, PageQuery},
    state::House,
};
use axum::{
    Json,
    extract::{Query, State},
};
use lantu_app::{
    PageAsk,
    view::{Count, ProjectView, RowPage, Totals, journal::JournalPage},
};
use lantu_model::ProjectId;
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::IntoParams;

/// A page of the pipeline.
#[utoipa::path(get, path = "/projects", tag = "projects", params(FilterQuery, PageQuery), responses((status = 200, body = RowPage)))]
pub async fn list_projects(
    State(house): State<House>,
    reader: Reader,
    Query(which): Query<FilterQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<RowPage>, Failure> {
    let day = query::as_of(page.as_of.as_ref())?;
    let filter = which.filter(query::seen_from(day, reader.moment.day))?;
    let sort = query::sort(page.sort.as_ref())?;
    let limit = query::limit(page.limit.as_ref(), query::PAGE_DEFAULT, query::PAGE_MAX)?;
    if let (None, Some(offset)) = (&page.after, query::offset(page.offset.as_ref())?) {
        let found = lantu_app::list_projects::list_projects_from(&house.desk, reader.ask(), &filter, sort, (offset, limit), day);
        return Ok(Json(found.await?));
    }
    let ask = PageAsk { limit, after: page.after };
    Ok(Json(lantu_app::list_projects::list_projects(&house.desk, reader.ask(), &filter, sort, &ask, day).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Then {
    /// As known at the end of this day
    #[param(value_type = Option<String>, format = Date)]
    pub as_of: Option<String>,
}

/// What a list sums to.
#[utoipa::path(get, path = "/projects/totals", tag = "projects", params(FilterQuery, Then), responses((status = 200, body = Totals)))]
pub async fn count_projects(
    State(house): State<House>,
    reader: Reader,
    Query(which): Query<FilterQuery>,
    Query(then): Query<Then>,
) -> Result<Json<Totals>, Failure> {
    let day = query::as_of(then.as_of.as_ref())?;
    let filter = which.filter(query::seen_from(day, reader.moment.day))?;
    Ok(Json(lantu_app::list_projects::count_projects(&house.desk, reader.ask(), &filter, day).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct By {
    /// `stage`, `status`, `division`, `platform`, `industry`, `nature`, `holding`, `level`, `list`
    by: Option<String>,
    /// As known at the end of this day
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<String>,
}

/// The same list counted along dimensions.
#[utoipa::path(get, path = "/projects/facets", tag = "projects", params(FilterQuery, By), responses((status = 200, body = BTreeMap<String, Vec<Count>>)))]
pub async fn facet_projects(
    State(house): State<House>,
    reader: Reader,
    Query(which): Query<FilterQuery>,
    Query(by): Query<By>,
) -> Result<Json<BTreeMap<String, Vec<Count>>>, Failure> {
    let day = query::as_of(by.as_of.as_ref())?;
    let filter = which.filter(query::seen_from(day, reader.moment.day))?;
    let facets = query::facets(by.by.as_ref())?;
    Ok(Json(lantu_app::list_projects::facet_projects(&house.desk, reader.ask(), &filter, &facets, day).await?))
}

/// Everything about one project.
#[utoipa::path(get, path = "/projects/{id}", tag = "projects", params(("id" = String, Path), Then), responses((status = 200, body = ProjectView)))]
pub async fn show_project(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Query(then): Query<Then>,
) -> Result<Json<ProjectView>, Failure> {
    let day = query::as_of(then.as_of.as_ref())?;
    Ok(Json(lantu_app::show_project::show_project(&house.desk, reader.ask(), id, day).await?))
}

/// A project as it stands after an act.
pub async fn show(house: &House, reader: &Reader, id: ProjectId) -> Result<Json<ProjectView>, Failure> {
    Ok(Json(lantu_app::show_project::show_project(&house.desk, reader.ask(), id, None).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Before {
    /// The `next` of the page before
    before: Option<String>,
    /// At most 500
    #[param(value_type = Option<u32>)]
    limit: Option<String>,
}

/// What changed on one project, newest first.
#[utoipa::path(get, path = "/projects/{id}/journal", tag = "projects", params(("id" = String, Path), Before), responses((status = 200, body = JournalPage)))]
pub async fn show_journal(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Query(page): Query<Before>,
) -> Result<Json<JournalPage>, Failure> {
    let limit = query::limit(page.limit.as_ref(), 100, 500)?;
    Ok(Json(lantu_app::show_journal::show_journal(&house.desk, reader.ask(), id, page.before, limit).await?))
}
