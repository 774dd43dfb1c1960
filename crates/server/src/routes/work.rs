//! A department's queue: its pages, its count, its sheet, and what is recorded of many lines at once.
use crate::{
    door::{
        body::Body,
        signed::{OnceKey, Reader},
    },
    problem::Failure,
    query::WorkQuery,
    routes::attachment,
    state::House,
};
use axum::{
    Json,
    extract::{Query, State},
    response::Response,
};
use lantu_app::{
    Mode,
    act_on_work::{WorkDone, WorkEdit},
    export_work::export_work as sheet,
    show_work as queue,
    view::work::{WorkEffect, WorkPage, WorkResult, WorkWaiting},
};
use lantu_model::words::Lang;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What waits at the asker's desk, or at the desks asked for, as it would be worked off.
#[utoipa::path(get, path = "/work", tag = "work", params(WorkQuery), responses((status = 200, body = WorkPage)))]
pub async fn show_work(State(house): State<House>, reader: Reader, Query(which): Query<WorkQuery>) -> Result<Json<WorkPage>, Failure> {
    Ok(Json(queue::show_work(&house.desk, reader.ask(), &which.ask()?).await?))
}

/// How much of it is in hand.
#[utoipa::path(get, path = "/work/count", tag = "work", responses((status = 200, body = WorkWaiting)))]
pub async fn count_work(State(house): State<House>, reader: Reader) -> Result<Json<WorkWaiting>, Failure> {
    Ok(Json(queue::count_work(&house.desk, reader.ask()).await?))
}

/// The queue as a workbook, as it looks.
#[utoipa::path(get, path = "/work/export.xlsx", tag = "work", params(WorkQuery), responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = [u8])))]
pub async fn export_work(State(house): State<House>, reader: Reader, Query(which): Query<WorkQuery>) -> Result<Response, Failure> {
    let bytes = sheet(&house.desk, reader.ask(), &which.ask()?).await?;
    let word = if reader.lang == Lang::Zh { "待办" } else { "work" };
    Ok(attachment::workbook(&format!("{word}-{}.xlsx", reader.moment.day), bytes))
}

#[derive(Deserialize, ToSchema)]
pub struct WorkBody {
    #[serde(default)]
    pub mode: Mode,
    pub edits: Vec<WorkEdit>,
}

/// Each line with what was found; with a feed number when all of them were written, with what would come of it otherwise.
#[derive(Serialize, ToSchema)]
pub struct WorkAnswer {
    pub feed: Option<u64>,
    pub lines: Vec<WorkResult>,
    pub effects: Vec<WorkEffect>,
}

/// Records facts of many lines of a queue, all or nothing.
#[utoipa::path(post, path = "/work", tag = "work", request_body = WorkBody, responses((status = 200, body = WorkAnswer)))]
pub async fn act_on_work(
    State(house): State<House>,
    reader: Reader,
    once: OnceKey,
    Body(body): Body<WorkBody>,
) -> Result<Json<WorkAnswer>, Failure> {
    let key = once.of(&reader, &body.edits);
    let done = lantu_app::act_on_work::act_on_work(&house.desk, reader.ask(), body.edits, body.mode, key).await?;
    Ok(Json(answer(&reader, done)))
}

fn answer(reader: &Reader, done: WorkDone) -> WorkAnswer {
    let lines = done.lines.into_iter().map(|line| WorkResult {
        ok: !line.is_blocked(),
        problems: reader.views(&line.problems),
        project: line.project,
        item: line.item,
        same: line.same,
    });
    WorkAnswer { feed: done.feed, lines: lines.collect(), effects: done.effects }
}
