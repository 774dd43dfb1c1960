//! Acts on one project: decisions and recorded facts, each at the version that the asker saw.
use crate::{
    door::{
        body::{Body, Key},
        signed::Reader,
    },
    problem::Failure,
    state::House,
};
use axum::{Json, extract::State};
use jiff::civil::Date;
use lantu_app::{
    At, Mode, Outcome,
    assign_responsibility::DutyDraft,
    change_owner::OwnerDraft,
    split_project::Part,
    view::{ProblemView, ProjectView},
};
use lantu_model::{
    CodeState, Formality, FormalityFact, Membership, Money, ProjectCodeEntry, ProjectId, Stage, StageKind, StatusKind, YearMonth,
    project::StageDecision,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What came of an act: the number under which it was recorded, none in a preview or when conditions are unmet.
#[derive(Serialize, ToSchema)]
pub struct Decided {
    pub feed: Option<u64>,
    /// Everything that stands against it, each with its remedy.
    pub unmet: Vec<ProblemView>,
    pub reminders: Vec<ProblemView>,
}

#[derive(Deserialize, ToSchema)]
pub struct StageBody {
    #[serde(default)]
    pub mode: Mode,
    pub seq: u64,
    pub to: StageKind,
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    pub basis: String,
    /// Days of stages passed through without a decision of their own.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    pub passed: BTreeMap<StageKind, Date>,
}

/// Enters a later stage; a preview lists what the gate still asks for.
#[utoipa::path(post, path = "/projects/{id}/stage", tag = "acts", params(("id" = String, Path)), request_body = StageBody, responses((status = 200, body = Decided)))]
pub async fn move_stage(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<StageBody>,
) -> Result<Json<Decided>, Failure> {
    let decision = StageDecision { to: body.to, on: body.on, basis: body.basis, passed: body.passed };
    let done = lantu_app::move_stage::move_stage(&house.desk, reader.ask(), At { id, seq: body.seq }, decision, body.mode).await;
    decided(&reader, done, body.mode)
}

#[derive(Deserialize, ToSchema)]
pub struct CorrectionBody {
    pub seq: u64,
    /// The stage with its dates, as it should have been recorded.
    pub stage: Stage,
    pub basis: String,
}

/// Sets a wrongly recorded stage right; no gate applies to the past, and the reason stays on record.
#[utoipa::path(post, path = "/projects/{id}/stage-correction", tag = "acts", params(("id" = String, Path)), request_body = CorrectionBody, responses((status = 200, body = ProjectView)))]
pub async fn correct_stage(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<CorrectionBody>,
) -> Result<Json<ProjectView>, Failure> {
    lantu_app::move_stage::correct_stage(&house.desk, reader.ask(), At { id, seq: body.seq }, body.stage, &body.basis).await?;
    super::read::show(&house, &reader, id).await
}

#[derive(Deserialize, ToSchema)]
pub struct ProgressBody {
    pub seq: u64,
    /// YYYY-MM
    pub month: YearMonth,
    /// Investment done from January to the end of that month.
    pub done: Money,
}

/// Reports a month: the year's cumulative investment.
#[utoipa::path(post, path = "/projects/{id}/progress", tag = "acts", params(("id" = String, Path)), request_body = ProgressBody, responses((status = 200, body = ProjectView)))]
pub async fn report_progress(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<ProgressBody>,
) -> Result<Json<ProjectView>, Failure> {
    let at = At { id, seq: body.seq };
    lantu_app::report_progress::report_progress(&house.desk, reader.ask(), at, body.month, body.done).await?;
    super::read::show(&house, &reader, id).await
}

#[derive(Deserialize, ToSchema)]
pub struct StatusBody {
    #[serde(default)]
    pub mode: Mode,
    pub seq: u64,
    pub to: StatusKind,
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    pub reason: String,
}

/// Halts, defers, resumes, terminates or closes.
#[utoipa::path(post, path = "/projects/{id}/status", tag = "acts", params(("id" = String, Path)), request_body = StatusBody, responses((status = 200, body = Decided)))]
pub async fn change_status(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<StatusBody>,
) -> Result<Json<Decided>, Failure> {
    let at = At { id, seq: body.seq };
    let done = lantu_app::change_status::change_status(&house.desk, reader.ask(), at, body.to, body.on, &body.reason, body.mode).await;
    decided(&reader, done, body.mode)
}

/// In a preview a refusal is an answer, not an error.
fn decided(reader: &Reader, done: lantu_app::Result<Outcome>, mode: Mode) -> Result<Json<Decided>, Failure> {
    let (feed, unmet, reminders) = match done {
        Ok(outcome) => (outcome.feed, vec![], outcome.reminders),
        Err(lantu_app::AppError::Refused(r)) if mode == Mode::Preview => (None, r.unmet, vec![]),
        Err(e) => return Err(e.into()),
    };
    Ok(Json(Decided { feed, unmet: reader.views(&unmet), reminders: reader.views(&reminders) }))
}

#[derive(Deserialize, ToSchema)]
pub struct RenameBody {
    pub seq: u64,
    pub name: String,
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    pub basis: String,
}

/// Gives another name; the former one stays on record.
#[utoipa::path(post, path = "/projects/{id}/rename", tag = "acts", params(("id" = String, Path)), request_body = RenameBody, responses((status = 200, body = ProjectView)))]
pub async fn rename_project(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<RenameBody>,
) -> Result<Json<ProjectView>, Failure> {
    lantu_app::rename_project::rename_project(&house.desk, reader.ask(), At { id, seq: body.seq }, &body.name, body.on, &body.basis)
        .await?;
    super::read::show(&house, &reader, id).await
}

#[derive(Deserialize, ToSchema)]
pub struct OwnerBody {
    pub seq: u64,
    pub owner: OwnerDraft,
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    #[serde(default)]
    pub basis: String,
    /// The same owner, better known, rather than another one.
    #[serde(default)]
    pub correct: bool,
}

/// Another owner takes over, or what is known of the present one is corrected.
#[utoipa::path(post, path = "/projects/{id}/owner", tag = "acts", params(("id" = String, Path)), request_body = OwnerBody, responses((status = 200, body = ProjectView)))]
pub async fn change_owner(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<OwnerBody>,
) -> Result<Json<ProjectView>, Failure> {
    let at = At { id, seq: body.seq };
    lantu_app::change_owner::change_owner(&house.desk, reader.ask(), at, &body.owner, body.on, &body.basis, body.correct).await?;
    super::read::show(&house, &reader, id).await
}

#[derive(Deserialize, ToSchema)]
pub struct CodeBody {
    pub seq: u64,
    pub code: String,
    pub state: CodeState,
    #[schema(value_type = Option<String>, format = Date)]
    pub issued: Option<Date>,
}

/// Adds a code, or changes the state of one.
#[utoipa::path(post, path = "/projects/{id}/code", tag = "acts", params(("id" = String, Path)), request_body = CodeBody, responses((status = 200, body = ProjectView)))]
pub async fn set_code(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<CodeBody>,
) -> Result<Json<ProjectView>, Failure> {
    let entry = ProjectCodeEntry { code: body.code, state: body.state, issued: body.issued };
    lantu_app::set_code::set_code(&house.desk, reader.ask(), At { id, seq: body.seq }, entry).await?;
    super::read::show(&house, &reader, id).await
}

#[derive(Deserialize, ToSchema)]
pub struct MembershipBody {
    pub seq: u64,
    pub membership: Membership,
}

/// Applies for, enters or leaves a yearly list.
#[utoipa::path(post, path = "/projects/{id}/membership", tag = "acts", params(("id" = String, Path)), request_body = MembershipBody, responses((status = 200, body = ProjectView)))]
pub async fn set_membership(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<MembershipBody>,
) -> Result<Json<ProjectView>, Failure> {
    lantu_app::set_membership::set_membership(&house.desk, reader.ask(), At { id, seq: body.seq }, body.membership).await?;
    super::read::show(&house, &reader, id).await
}

#[derive(Deserialize, ToSchema)]
pub struct FormalityBody {
    pub seq: u64,
    pub formality: Formality,
}

/// Records a permit, approval or filing.
#[utoipa::path(post, path = "/projects/{id}/formality", tag = "acts", params(("id" = String, Path)), request_body = FormalityBody, responses((status = 200, body = ProjectView)))]
pub async fn record_formality(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<FormalityBody>,
) -> Result<Json<ProjectView>, Failure> {
    lantu_app::record_formality::record_formality(&house.desk, reader.ask(), At { id, seq: body.seq }, body.formality).await?;
    super::read::show(&house, &reader, id).await
}

#[derive(Deserialize, ToSchema)]
pub struct FormalityActBody {
    #[serde(default)]
    pub mode: Mode,
    pub seq: u64,
    pub fact: FormalityFact,
}

/// Records what happened to a permit: accepted, paused, resumed, returned, granted (on a promise, too), refused, lapsed.
#[utoipa::path(post, path = "/projects/{id}/formality-act", tag = "acts", params(("id" = String, Path)), request_body = FormalityActBody, responses((status = 200, body = Decided)))]
pub async fn act_on_formality(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<FormalityActBody>,
) -> Result<Json<Decided>, Failure> {
    let at = At { id, seq: body.seq };
    let done = lantu_app::act_on_formality::act_on_formality(&house.desk, reader.ask(), at, &body.fact, body.mode).await;
    decided(&reader, done, body.mode)
}

#[derive(Deserialize, ToSchema)]
pub struct ResponsibilityBody {
    pub seq: u64,
    #[serde(flatten)]
    pub duty: DutyDraft,
}

/// Gives a duty to a person or an organisation from a day on.
#[utoipa::path(post, path = "/projects/{id}/responsibility", tag = "acts", params(("id" = String, Path)), request_body = ResponsibilityBody, responses((status = 200, body = ProjectView)))]
pub async fn assign_responsibility(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<ResponsibilityBody>,
) -> Result<Json<ProjectView>, Failure> {
    lantu_app::assign_responsibility::assign_responsibility(&house.desk, reader.ask(), At { id, seq: body.seq }, body.duty).await?;
    super::read::show(&house, &reader, id).await
}

#[derive(Deserialize, ToSchema)]
pub struct SplitBody {
    pub seq: u64,
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    pub basis: String,
    pub parts: Vec<Part>,
}

/// What a split or a merger made.
#[derive(Serialize, ToSchema)]
pub struct Became {
    pub feed: Option<u64>,
    pub projects: Vec<ProjectId>,
}

/// Ends a project in favour of its parts.
#[utoipa::path(post, path = "/projects/{id}/split", tag = "acts", params(("id" = String, Path)), request_body = SplitBody, responses((status = 200, body = Became)))]
pub async fn split_project(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    Body(body): Body<SplitBody>,
) -> Result<Json<Became>, Failure> {
    let at = At { id, seq: body.seq };
    let (outcome, projects) =
        lantu_app::split_project::split_project(&house.desk, reader.ask(), at, body.parts, body.on, &body.basis).await?;
    Ok(Json(Became { feed: outcome.feed, projects }))
}

#[derive(Deserialize, ToSchema)]
pub struct MergeBody {
    pub sources: Vec<At>,
    pub name: String,
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    pub basis: String,
}

/// Ends several projects in favour of one.
#[utoipa::path(post, path = "/projects/merge", tag = "acts", request_body = MergeBody, responses((status = 200, body = Became)))]
pub async fn merge_projects(State(house): State<House>, reader: Reader, Body(body): Body<MergeBody>) -> Result<Json<Became>, Failure> {
    let (outcome, id) =
        lantu_app::split_project::merge_projects(&house.desk, reader.ask(), body.sources, &body.name, body.on, &body.basis).await?;
    Ok(Json(Became { feed: outcome.feed, projects: vec![id] }))
}
