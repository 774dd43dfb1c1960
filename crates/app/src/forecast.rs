//! What is ahead of the projects that a unit writes, and of those that wait for them: computed with the change itself, so that
//! every board says so at once.
mod ring;

pub(crate) use ring::refuse_ring;

use crate::{desk::Desk, error::Result};
use jiff::civil::Date;
use lantu_model::{ActivityId, OfficeId, Project, ProjectId, Scope};
use lantu_pack::Pack;
use lantu_rules::outlook::{Elsewhere, History, Odds, Sight, foresee};
use lantu_store::{Forecast, Worked};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// Projects beyond those written that one transaction computes; what else follows is left to the next refresh.
const AT_ONCE: usize = 50;
/// Activities of a plan whose odds are drawn with the change: some milliseconds.
const DRAWN_AT_ONCE: usize = 200;
/// Iterations of a forecast.
pub const ITERATIONS: u32 = 2_000;
/// One seed for all: a project draws the same numbers today and tomorrow, so that only facts move its odds.
pub(crate) const SEED: u64 = 5;

/// Forecasts that follow from a change.
#[derive(Debug, Default)]
pub(crate) struct Followed {
    pub rows: Vec<Forecast>,
    /// What waits for whom in the same projects.
    pub work: Vec<Worked>,
    /// Left to the next refresh.
    pub due: Vec<ProjectId>,
}

type Finishes = BTreeMap<ActivityId, Date>;

/// By what forecasts are computed, and whether odds are drawn.
#[derive(Clone, Copy)]
pub(crate) struct Lens<'a> {
    pub pack: &'a Pack,
    pub today: Date,
    pub history: Option<&'a History>,
}

/// The projects that a plan waits for.
pub(crate) fn awaited(project: &Project) -> BTreeSet<ProjectId> {
    let all = project.plan.iter().flat_map(|p| p.activities.values()).flat_map(|a| &a.after_others);
    all.map(|other| other.project).collect()
}

/// The forecast of a project (none without a plan that has dates), and what waits in it.
pub(crate) fn foreseen(project: &Project, seq: u64, lens: Lens<'_>, elsewhere: &Elsewhere) -> (Option<Forecast>, Worked) {
    let sight = Sight { pack: lens.pack, today: lens.today, elsewhere };
    let odds = lens.history.map_or(Odds::None, |history| Odds::Draw { iterations: ITERATIONS, seed: SEED, history });
    let found = foresee(project, &sight, odds);
    let forecast = found.row.filter(|_| !project.withdrawn).map(|row| {
        let open = row.ahead.iter().any(|a| a.done.is_none());
        Forecast { seq, row, awaits: awaited(project), drawn: lens.history.is_some() || !open }
    });
    (forecast, Worked { seq, work: found.work })
}

/// The forecast alone.
pub(crate) fn forecast(project: &Project, seq: u64, lens: Lens<'_>, elsewhere: &Elsewhere) -> Option<Forecast> {
    foreseen(project, seq, lens, elsewhere).0
}

/// Computing that runs after what follows from it.
pub(crate) struct Chase<'a> {
    desk: &'a Desk,
    office: OfficeId,
    lens: Lens<'a>,
    projects: HashMap<ProjectId, (Project, u64)>,
    /// As kept, or as computed here; none where there is no forecast.
    finishes: HashMap<ProjectId, Option<Finishes>>,
    rows: BTreeMap<ProjectId, (Option<Forecast>, Worked)>,
    queue: VecDeque<ProjectId>,
}

impl<'a> Chase<'a> {
    pub(crate) fn new(desk: &'a Desk, office: OfficeId, lens: Lens<'a>) -> Self {
        Self { desk, office, lens, projects: HashMap::new(), finishes: HashMap::new(), rows: BTreeMap::new(), queue: VecDeque::new() }
    }

    pub(crate) fn add(&mut self, project: Project, seq: u64) {
        self.queue.push_back(project.id);
        self.projects.insert(project.id, (project, seq));
    }

    async fn learn_finishes(&mut self, ids: impl IntoIterator<Item = ProjectId>) -> Result<()> {
        let unknown: Vec<ProjectId> = ids.into_iter().filter(|id| !self.finishes.contains_key(id)).collect();
        for found in self.desk.store.forecasts_of(self.office, &unknown).await? {
            self.finishes.insert(found.row.id, Some(found.row.finishes));
        }
        for id in unknown {
            self.finishes.entry(id).or_default();
        }
        Ok(())
    }

    async fn load(&mut self, id: ProjectId) -> Result<()> {
        if !self.projects.contains_key(&id) {
            let scope = Scope::whole(self.office);
            if let Some(found) = self.desk.store.project(&scope, id, None).await? {
                self.projects.insert(id, (found.doc, found.seq));
            }
        }
        Ok(())
    }

    /// When what a project waits for elsewhere is done, as far as that is known.
    fn elsewhere(&self, project: &Project) -> Elsewhere {
        let others = project.plan.iter().flat_map(|p| p.activities.values()).flat_map(|a| &a.after_others);
        let day = |project: ProjectId, activity: &ActivityId| self.finishes.get(&project)?.as_ref()?.get(activity).copied();
        others.filter_map(|o| Some(((o.project, o.activity.clone()), day(o.project, &o.activity)?))).collect()
    }

    /// Computes one; `true` when the days that others wait for have moved.
    async fn compute(&mut self, id: ProjectId) -> Result<bool> {
        self.load(id).await?;
        let Some(awaits) = self.projects.get(&id).map(|(p, _)| awaited(p)) else { return Ok(false) };
        self.learn_finishes(awaits).await?;
        let Some((project, seq)) = self.projects.get(&id) else { return Ok(false) };
        let found = foreseen(project, *seq, self.lens, &self.elsewhere(project));
        let finishes = found.0.as_ref().map(|f| f.row.finishes.clone());
        self.rows.insert(id, found);
        Ok(self.finishes.insert(id, finishes.clone()).flatten() != finishes)
    }

    /// Computes what was added, and up to `more` times what follows.
    pub(crate) async fn run(mut self, more: usize) -> Result<Followed> {
        let first: Vec<ProjectId> = self.queue.iter().copied().collect();
        let mut waiting: HashMap<ProjectId, BTreeSet<ProjectId>> = HashMap::new();
        self.learn_waiting(&mut waiting, &first).await?;
        self.learn_finishes(waiting.keys().copied().collect::<Vec<_>>()).await?;
        let (mut fresh, mut left) = (first.len(), more);
        let mut due = BTreeSet::new();
        while let Some(id) = self.queue.pop_front() {
            if fresh > 0 {
                fresh -= 1;
            } else if left > 0 {
                left -= 1;
            } else {
                due.insert(id);
                continue;
            }
            if !self.compute(id).await? {
                continue;
            }
            if !first.contains(&id) {
                self.learn_waiting(&mut waiting, &[id]).await?;
            }
            for next in waiting.get(&id).into_iter().flatten() {
                if !self.queue.contains(next) {
                    self.queue.push_back(*next);
                }
            }
        }
        let (rows, work): (Vec<Option<Forecast>>, Vec<Worked>) = self.rows.into_values().unzip();
        Ok(Followed { rows: rows.into_iter().flatten().collect(), work, due: due.into_iter().collect() })
    }

    /// Who waits for these: as kept, and as the projects at hand say.
    async fn learn_waiting(&self, waiting: &mut HashMap<ProjectId, BTreeSet<ProjectId>>, ids: &[ProjectId]) -> Result<()> {
        for (awaited, by) in self.desk.store.waiting_for(self.office, ids).await? {
            waiting.entry(awaited).or_default().insert(by);
        }
        for (project, _) in self.projects.values() {
            for other in awaited(project) {
                waiting.entry(other).or_default().insert(project.id);
            }
        }
        Ok(())
    }
}

/// What follows from writing these projects, each at the version after the one given.
pub(crate) async fn follow(desk: &Desk, pack: &Pack, office: OfficeId, today: Date, written: &[(&Project, u64)]) -> Result<Followed> {
    if written.is_empty() {
        return Ok(Followed::default());
    }
    refuse_ring(desk, office, written).await?;
    let small = |p: &Project| p.plan.as_ref().is_none_or(|p| p.activities.len() <= DRAWN_AT_ONCE);
    let history = desk.history(office).filter(|_| matches!(written, [(one, _)] if small(one)));
    let lens = Lens { pack, today, history: history.as_deref() };
    let mut chase = Chase::new(desk, office, lens);
    for (project, seq) in written {
        chase.add((*project).clone(), seq + 1);
    }
    let mut followed = chase.run(AT_ONCE).await?;
    followed.due.retain(|id| !written.iter().any(|(p, _)| p.id == *id));
    Ok(followed)
}
