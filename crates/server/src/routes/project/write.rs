//! Entering projects, editing plain facts of one or many, taking a transaction back.
use crate::{
    door::{
        body::{Body, Key},
        signed::{OnceKey, Reader},
    },
    problem::Failure,
    state::House,
};
use axum::{Json, extract::State, http::StatusCode};
use lantu_app::{
    Mode,
    create_project::ProjectDraft,
    edit_projects::{Edit, Edited},
    undo::Undone,
    view::{ProblemView, ProjectView},
};
use lantu_model::{ProjectId, Severity};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct CreateBody {
    pub draft: ProjectDraft,
}

/// Enters one project by hand.
#[utoipa::path(post, path = "/projects", tag = "projects", request_body = CreateBody, responses((status = 201, body = ProjectView)))]
pub async fn create_project(
    State(house): State<House>,
    reader: Reader,
    once: OnceKey,
    Body(body): Body<CreateBody>,
) -> Result<(StatusCode, Json<ProjectView>), Failure> {
    let key = once.of(&reader, &body.draft);
    let (id, _) = lantu_app::create_project::create_project(&house.desk, reader.ask(), body.draft, key).await?;
    Ok((StatusCode::CREATED, super::read::show(&house, &reader, id).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct PatchBody {
    /// The version that the editor saw.
    pub seq: u64,
    /// Field → new value; `null` clears.
    pub patch: BTreeMap<String, Value>,
}

/// Changes plain facts of one project.
#[utoipa::path(patch, path = "/projects/{id}", tag = "projects", params(("id" = String, Path)), request_body = PatchBody, responses((status = 200, body = ProjectView)))]
pub async fn edit_project(
    State(house): State<House>,
    reader: Reader,
    Key(id): Key<ProjectId>,
    once: OnceKey,
    Body(body): Body<PatchBody>,
) -> Result<Json<ProjectView>, Failure> {
    // One project that is not there is not found; in a bulk edit it is one of the problems.
    drop(super::read::show(&house, &reader, id).await?);
    let edits = vec![Edit { id, seq: body.seq, patch: body.patch }];
    let key = once.of(&reader, &edits);
    lantu_app::edit_projects::edit_projects(&house.desk, reader.ask(), edits, Mode::Commit, key).await?;
    super::read::show(&house, &reader, id).await
}

#[derive(Deserialize, ToSchema)]
pub struct BulkBody {
    #[serde(default)]
    pub mode: Mode,
    pub edits: Vec<Edit>,
}

/// Each edited project with what was found; with a feed number when it was written.
#[derive(Serialize, ToSchema)]
pub struct BulkAnswer {
    pub feed: Option<u64>,
    pub results: Vec<BulkResult>,
}

#[derive(Serialize, ToSchema)]
pub struct BulkResult {
    pub id: ProjectId,
    pub ok: bool,
    pub problems: Vec<ProblemView>,
}

/// Changes plain facts of many projects, all or nothing.
#[utoipa::path(post, path = "/projects/bulk-edit", tag = "projects", request_body = BulkBody, responses((status = 200, body = BulkAnswer)))]
pub async fn edit_projects(
    State(house): State<House>,
    reader: Reader,
    once: OnceKey,
    Body(body): Body<BulkBody>,
) -> Result<Json<BulkAnswer>, Failure> {
    let key = once.of(&reader, &body.edits);
    let preview = lantu_app::edit_projects::edit_projects(&house.desk, reader.ask(), body.edits.clone(), Mode::Preview, None).await?;
    let blocked = preview.results.iter().any(|r| r.problems.iter().any(|p| p.severity == Severity::Block));
    // What is blocked is told project by project, in either mode.
    let edited = match body.mode {
        Mode::Commit if !blocked => {
            lantu_app::edit_projects::edit_projects(&house.desk, reader.ask(), body.edits, Mode::Commit, key).await?
        }
        _ => preview,
    };
    Ok(Json(answer(&reader, edited)))
}

fn answer(reader: &Reader, edited: Edited) -> BulkAnswer {
    let results = edited.results.into_iter().map(|r| BulkResult {
        id: r.id,
        ok: r.problems.iter().all(|p| p.severity != Severity::Block),
        problems: reader.views(&r.problems),
    });
    BulkAnswer { feed: edited.feed, results: results.collect() }
}

/// Takes a whole transaction back, if nothing of it has changed since.
#[utoipa::path(post, path = "/transactions/{feed}/undo", tag = "projects", params(("feed" = u64, Path)), responses((status = 200, body = Undone)))]
pub async fn undo_transaction(State(house): State<House>, reader: Reader, Key(feed): Key<u64>) -> Result<Json<Undone>, Failure> {
    Ok(Json(lantu_app::undo::undo(&house.desk, reader.ask(), feed).await?))
}
