//! The plan of a project: its network with dates, and everything that may happen to it.
use crate::{
    door::{
        body::{Body, Key},
        signed::Reader,
    },
    problem::Failure,
    query,
    state::House,
};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use lantu_app::{
    AppError, At, Mode,
    plan::{Application, BaselineDraft, PatternDifference, PlanAnswer, WhyView},
    view::PlanView,
};
use lantu_model::{ActivityId, ProjectId, plan::PlanEdit};
use serde::Deserialize;
use utoipa::ToSchema;

/// The network of a project with its dates; without activities when it has no plan.
#[utoipa::path(get, path = "/projects/{id}/plan", tag = "plan", params(("id" = String, Path), super::read::Then), responses((status = 200, body = PlanView)))]
pub async fn show_plan(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Query(then): Query<super::read::Then>,
) -> Result<Json<PlanView>, Failure> {
    let day = query::as_of(then.as_of.as_ref())?;
    Ok(Json(lantu_app::plan::show_plan(&house.desk, reader.ask(), id, day).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct ApplyBody {
    #[serde(default)]
    pub mode: Mode,
    pub seq: u64,
    #[serde(flatten)]
    pub application: Application,
}

/// Makes a plan from a pattern of the pack; a preview shows it with its dates.
#[utoipa::path(post, path = "/projects/{id}/plan/apply", tag = "plan", params(("id" = String, Path)), request_body = ApplyBody, responses((status = 200, body = PlanAnswer)))]
pub async fn apply_pattern(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<ApplyBody>,
) -> Result<Json<PlanAnswer>, Failure> {
    let at = At { id, seq: body.seq };
    Ok(Json(lantu_app::plan::apply_pattern(&house.desk, reader.ask(), at, &body.application, body.mode).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct PlanEditBody {
    #[serde(default)]
    pub mode: Mode,
    /// The version that the editor saw; an older one lands as long as nobody changed the same thing since.
    pub seq: u64,
    pub edits: Vec<PlanEdit>,
    #[serde(default)]
    pub reason: String,
}

/// Edits a plan, every edit or none; a preview shows what would come of it. A conflict answers with the newest plan.
#[utoipa::path(post, path = "/projects/{id}/plan/edit", tag = "plan", params(("id" = String, Path)), request_body = PlanEditBody, responses((status = 200, body = PlanAnswer)))]
pub async fn edit_plan(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<PlanEditBody>,
) -> Result<Json<PlanAnswer>, Failure> {
    let at = At { id, seq: body.seq };
    match lantu_app::plan::edit_plan(&house.desk, reader.ask(), at, &body.edits, &body.reason, body.mode).await {
        Err(error @ AppError::Stale(_)) => {
            let newest = lantu_app::plan::show_plan(&house.desk, reader.ask(), id, None).await?;
            Err(Failure::from(error).with_plan(newest))
        }
        done => Ok(Json(done?)),
    }
}

#[derive(Deserialize, ToSchema)]
pub struct BaselineBody {
    pub seq: u64,
    #[serde(flatten)]
    pub draft: BaselineDraft,
}

/// Keeps today's dates to be measured against.
#[utoipa::path(post, path = "/projects/{id}/plan/baseline", tag = "plan", params(("id" = String, Path)), request_body = BaselineBody, responses((status = 200, body = PlanAnswer)))]
pub async fn set_baseline(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<BaselineBody>,
) -> Result<Json<PlanAnswer>, Failure> {
    Ok(Json(lantu_app::plan::set_baseline(&house.desk, reader.ask(), At { id, seq: body.seq }, &body.draft).await?))
}

/// What the pattern in force has otherwise than the one that the plan was made from.
#[utoipa::path(get, path = "/projects/{id}/plan/difference", tag = "plan", params(("id" = String, Path)), responses((status = 200, body = PatternDifference)))]
pub async fn show_difference(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
) -> Result<Json<PatternDifference>, Failure> {
    Ok(Json(lantu_app::plan::show_difference(&house.desk, reader.ask(), id).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct TakeBody {
    #[serde(default)]
    pub mode: Mode,
    pub seq: u64,
    pub ids: Vec<ActivityId>,
    /// What is not chosen is declined and offered no more.
    #[serde(default)]
    pub settle: bool,
}

/// Takes chosen differences of the pattern over.
#[utoipa::path(post, path = "/projects/{id}/plan/take", tag = "plan", params(("id" = String, Path)), request_body = TakeBody, responses((status = 200, body = PlanAnswer)))]
pub async fn take_difference(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<TakeBody>,
) -> Result<Json<PlanAnswer>, Failure> {
    let at = At { id, seq: body.seq };
    Ok(Json(lantu_app::plan::take_difference(&house.desk, reader.ask(), at, &body.ids, body.settle, body.mode).await?))
}

/// Why an activity is where it is.
#[utoipa::path(get, path = "/projects/{id}/plan/why/{activity}", tag = "plan", params(("id" = String, Path), ("activity" = String, Path)), responses((status = 200, body = WhyView)))]
pub async fn show_why(
    State(house): State<House>,
    reader: Reader,
    Path((id, activity)): Path<(String, String)>,
) -> Result<Json<WhyView>, Failure> {
    let id: ProjectId = id.parse().map_err(|_| Failure::not_found())?;
    Ok(Json(lantu_app::plan::why(&house.desk, reader.ask(), id, &activity).await?))
}
