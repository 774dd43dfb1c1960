//! 重算预测: forecasts of a new day, a new pack or a new program, and the odds that were left to the background.
//!
//! One server does it at a time, under a lease; boards read the rows there are and say which day those are of. Dates come
//! first for everybody, odds after.
use crate::{
    desk::{Ask, Books, Desk},
    error::Result,
    forecast::{Chase, Lens},
    permission::Right,
};
use jiff::{Timestamp, civil::Date};
use lantu_model::{OfficeId, Project, ProjectId, Scope};
use lantu_rules::outlook::{History, stamp};
use lantu_store::{Filter, Outdated, Stored};
use serde::Serialize;
use std::{collections::BTreeSet, sync::Arc};

const JOB: &str = "forecasts";
/// Rows computed between two words of progress.
const BATCH: u32 = 50;
/// A server that says nothing for so long has left the job.
const LEASE_SECONDS: i64 = 30;

/// How far forecasts are behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ForecastStatus {
    pub today: Date,
    /// The earliest day that some forecast is of; absent without forecasts.
    pub day: Option<Date>,
    /// A server is computing.
    pub running: bool,
    pub done: u64,
    pub total: u64,
    /// Dates that are of another day, pack or program.
    pub outdated: u64,
    /// Odds still to be drawn, with those.
    pub undrawn: u64,
}

pub async fn forecast_status(desk: &Desk, ask: Ask<'_>) -> Result<ForecastStatus> {
    ask.require(Right::ReadProjects)?;
    let (office, today) = (ask.office(), ask.moment.day);
    let stamp = stamp(&desk.books(office).await?.pack);
    let asked = Outdated { day: today, stamp: &stamp, undrawn: false };
    let job = desk.store.job(office, JOB, ask.moment.at.as_microsecond()).await?;
    Ok(ForecastStatus {
        today,
        day: desk.store.oldest_forecast(office).await?,
        running: job.running,
        done: job.done,
        total: job.total,
        outdated: desk.store.count_outdated(office, &asked).await?,
        undrawn: desk.store.count_outdated(office, &Outdated { undrawn: true, ..asked }).await?,
    })
}

/// In which respect rows are looked for that are behind.
#[derive(Clone, Copy)]
enum Behind<'a> {
    Work,
    Forecasts(&'a Outdated<'a>),
}

/// A refresh under way.
struct Refresh<'a> {
    desk: &'a Desk,
    office: OfficeId,
    books: Arc<Books>,
    today: Date,
    stamp: String,
    holder: &'a str,
    now: &'a (dyn Fn() -> Timestamp + Send + Sync),
    done: u64,
    total: u64,
}

/// Computes what is behind; gives how many rows it wrote, `None` when another server is at it. The moment is asked anew before
/// every batch, because the lease ends by the clock.
pub async fn refresh_forecasts(
    desk: &Desk,
    office: OfficeId,
    today: Date,
    holder: &str,
    now: &(dyn Fn() -> Timestamp + Send + Sync),
) -> Result<Option<u64>> {
    let books = desk.books(office).await?;
    let stamp = stamp(&books.pack);
    let asked = Outdated { day: today, stamp: &stamp, undrawn: true };
    let behind = desk.store.count_outdated_work(office, today, &stamp).await?;
    let total = desk.store.count_outdated(office, &asked).await?.max(behind);
    if total == 0 && desk.history(office).is_some() {
        return Ok(Some(0));
    }
    let mut refresh = Refresh { desk, office, books, today, stamp, holder, now, done: 0, total };
    if !refresh.lease().await? {
        return Ok(None);
    }
    let done = refresh.run().await;
    let past = (now)().as_microsecond() - 1;
    desk.store.tell_job(office, JOB, holder, past, refresh.done, refresh.total).await?;
    done.map(Some)
}

impl Refresh<'_> {
    async fn lease(&self) -> Result<bool> {
        let now = (self.now)().as_microsecond();
        Ok(self.desk.store.lease(self.office, JOB, self.holder, now, now + LEASE_SECONDS * 1_000_000).await?)
    }

    async fn run(&mut self) -> Result<u64> {
        let dates = Outdated { day: self.today, stamp: &self.stamp.clone(), undrawn: false };
        // Odds are drawn for these too, afterwards.
        let behind = self.desk.store.count_outdated(self.office, &dates).await?;
        self.total += behind;
        // What waits is kept of every project, with or without a plan; the forecasts come with it.
        let mut written = self.pass(Behind::Work, None).await?;
        written += self.pass(Behind::Forecasts(&dates), None).await?;
        let history = self.history().await?;
        let odds = Outdated { undrawn: true, ..dates };
        written += self.pass(Behind::Forecasts(&odds), Some(&history)).await?;
        Ok(written)
    }

    /// Everything that is behind in one respect, from the first id to the last.
    async fn pass(&mut self, asked: Behind<'_>, history: Option<&History>) -> Result<u64> {
        let (mut written, mut after) = (0, None);
        loop {
            let ids = match asked {
                Behind::Work => self.desk.store.outdated_work(self.office, self.today, &self.stamp, after, BATCH).await?,
                Behind::Forecasts(asked) => self.desk.store.outdated_forecasts(self.office, asked, after, BATCH).await?,
            };
            let Some(last) = ids.last().copied() else { return Ok(written) };
            if !self.lease().await? {
                return Ok(written);
            }
            written += self.batch(&ids, history).await?;
            after = Some(last);
            self.done += ids.len() as u64;
            let until = (self.now)().as_microsecond() + LEASE_SECONDS * 1_000_000;
            self.desk.store.tell_job(self.office, JOB, self.holder, until, self.done, self.total).await?;
        }
    }

    /// Some rows, with whatever of others follows from them.
    async fn batch(&self, ids: &[ProjectId], history: Option<&History>) -> Result<u64> {
        let lens = Lens { pack: &self.books.pack, today: self.today, history };
        let mut chase = Chase::new(self.desk, self.office, lens);
        for Stored { doc, seq, .. } in self.desk.store.projects_by_ids(&Scope::whole(self.office), ids, None).await? {
            chase.add(doc, seq);
        }
        // Each row that moves may move others, in a portfolio without rings not for ever.
        let found = chase.run(usize::from(u16::MAX)).await?;
        Ok(self.desk.store.put_foreseen(self.office, &found.rows, &found.work).await?)
    }

    /// The durations that this office has recorded; remembered, so that a change draws its own project's odds at once.
    async fn history(&self) -> Result<Arc<History>> {
        let scope = Scope::whole(self.office);
        let mut planned: BTreeSet<ProjectId> = BTreeSet::new();
        planned.extend(self.desk.store.forecasts(&scope, &every_level()).await?.into_iter().map(|f| f.row.id));
        let ids: Vec<ProjectId> = planned.into_iter().collect();
        let mut projects: Vec<Project> = vec![];
        for chunk in ids.chunks(BATCH as usize) {
            let found = self.desk.store.projects_by_ids(&scope, chunk, None).await?;
            projects.extend(found.into_iter().map(|s| s.doc).filter(has_records));
        }
        let history = Arc::new(History::of(&projects.iter().collect::<Vec<_>>(), &self.books.pack));
        self.desk.remember_history(self.office, history.clone());
        Ok(history)
    }
}

fn every_level() -> Filter {
    Filter { levels: lantu_model::Level::ALL.to_vec(), ..Filter::default() }
}

/// Whether something of its plan is finished: nothing else is learned from.
fn has_records(project: &Project) -> bool {
    let steps = project.plan.iter().flat_map(|p| p.activities.values());
    !project.formalities.is_empty() || steps.into_iter().any(|a| a.progress.finished.is_some())
}
