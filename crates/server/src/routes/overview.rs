//! The office at a glance.
use crate::{door::signed::Reader, problem::Failure, query, state::House};
use axum::{
    Json,
    extract::{Query, State},
};
use lantu_app::{refresh_forecasts::ForecastStatus, view::Overview};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OverviewQuery {
    /// As known at the end of this day
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<String>,
    /// Default: this year
    year: Option<i16>,
}

/// Counts that open, and three watches; narrowed by the same filters as a list.
#[utoipa::path(get, path = "/overview", tag = "projects", params(OverviewQuery, crate::query::FilterQuery), responses((status = 200, body = Overview)))]
pub async fn show_overview(
    State(house): State<House>,
    reader: Reader,
    Query(asked): Query<OverviewQuery>,
    Query(which): Query<crate::query::FilterQuery>,
) -> Result<Json<Overview>, Failure> {
    let day = query::as_of(asked.as_of.as_ref())?;
    let filter = which.filter(query::seen_from(day, reader.moment.day))?;
    let year = asked.year.unwrap_or(day.unwrap_or(reader.moment.day).year());
    Ok(Json(lantu_app::show_overview::show_overview(&house.desk, reader.ask(), filter, year, day).await?))
}

/// How far forecasts are behind the day, the pack and the facts.
#[utoipa::path(get, path = "/forecast/status", tag = "projects", responses((status = 200, body = ForecastStatus)))]
pub async fn forecast_status(State(house): State<House>, reader: Reader) -> Result<Json<ForecastStatus>, Failure> {
    Ok(Json(lantu_app::refresh_forecasts::forecast_status(&house.desk, reader.ask()).await?))
}
