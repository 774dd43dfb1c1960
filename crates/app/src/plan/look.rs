//! What a plan is looked at with: its pattern, the days of the projects that it waits for, the names that its keys stand for.
use crate::{
    Books,
    desk::{Ask, Desk},
    error::Result,
    unit::Register,
};
use jiff::civil::Date;
use lantu_model::{
    About, ActivityId, OrgId, Project, ProjectId, Scope,
    plan::{Activities, Facts, Ground},
    words::Lang,
};
use lantu_pack::{Fact, FactKind, Pack, Pattern};
use lantu_rules::outlook::{Elsewhere, History, Odds, Outlook, Sight, WithLineOdds};
use lantu_store::AsOf;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Chains of projects that wait for one another are followed this far.
const FURTHEST: usize = 200;

/// Everything beside the project itself that its plan is shown and judged by.
pub struct Around {
    pub books: Arc<Books>,
    pub register: Register,
    /// The pack that the plan's pattern came from.
    pub origin: Option<Arc<Pack>>,
    /// Projects that are waited for, and those that they wait for, as the office knows them.
    pub others: BTreeMap<ProjectId, Project>,
    /// Those of them that the asker may see.
    pub visible: BTreeSet<ProjectId>,
    /// What ranges of durations lean on.
    pub history: Arc<History>,
    pub day: Date,
    pub lang: Lang,
}

impl Around {
    /// What surrounds a project's plan on a day; `named` are further projects that an edit names.
    pub async fn of(desk: &Desk, ask: Ask<'_>, project: &Project, then: AsOf, day: Date, named: &[ProjectId]) -> Result<Self> {
        let books = desk.books(ask.office()).await?;
        let applied = project.plan.as_ref().and_then(|p| p.applied.as_ref());
        let origin = match applied {
            Some(applied) if applied.pack == books.pack.hash() => Some(books.pack.clone()),
            Some(applied) => desk.pack_kept(ask.office(), &applied.pack).await?,
            None => None,
        };
        let others = others(desk, ask, project, then, named).await?;
        let ids: Vec<ProjectId> = others.keys().copied().collect();
        let seen = desk.store.projects_by_ids(&ask.signed.scope, &ids, then).await?;
        let visible = seen.into_iter().map(|p| p.doc.id).collect();
        let register = crate::unit::read_register(desk, ask.office()).await?;
        // What was learned later is no part of a past day; before the first refresh the pack's ranges are all there is.
        let learned = if then.is_none() { desk.history(ask.office()) } else { None };
        let history = learned.unwrap_or_else(|| Arc::new(History::of(&[], &books.pack)));
        Ok(Self { books, register, origin, others, visible, history, day, lang: ask.lang })
    }

    /// The pattern of a plan, as it was applied.
    pub fn pattern(&self, project: &Project) -> Option<&Pattern> {
        let applied = project.plan.as_ref()?.applied.as_ref()?;
        self.origin.as_ref()?.pattern(&applied.pattern)
    }

    /// When what is waited for elsewhere is done.
    pub fn elsewhere(&self, project: &Project) -> Elsewhere {
        let (mut known, mut entered) = (Elsewhere::new(), BTreeSet::from([project.id]));
        for other in waited_for(project) {
            self.enter(other, &mut known, &mut entered);
        }
        known
    }

    /// The dates of a project's activities, after those of the projects that it waits for itself.
    fn enter(&self, id: ProjectId, known: &mut Elsewhere, entered: &mut BTreeSet<ProjectId>) {
        let Some(project) = self.others.get(&id).filter(|_| entered.insert(id)) else { return };
        for other in waited_for(project) {
            self.enter(other, known, entered);
        }
        let sight = Sight { pack: &self.books.pack, today: self.day, elsewhere: known };
        if let Some(Ok(outlook)) = Outlook::of(project, &sight) {
            known.extend(outlook.lines.into_iter().map(|line| ((id, line.id), line.finish)));
        }
    }

    pub fn outlook(&self, project: &Project, elsewhere: &Elsewhere) -> Option<std::result::Result<Outlook, Vec<lantu_model::Problem>>> {
        Outlook::of(project, &Sight { pack: &self.books.pack, today: self.day, elsewhere })
    }

    /// The outlook with the odds of its milestones and lines where they are to be drawn: the same as in the forecast that is kept.
    pub fn with_odds(
        &self,
        project: &Project,
        elsewhere: &Elsewhere,
        drawn: bool,
    ) -> Option<std::result::Result<WithLineOdds, Vec<lantu_model::Problem>>> {
        let sight = Sight { pack: &self.books.pack, today: self.day, elsewhere };
        let odds = Odds::Draw { iterations: crate::forecast::ITERATIONS, seed: crate::forecast::SEED, history: &self.history };
        Outlook::with_line_odds(project, &sight, if drawn { odds } else { Odds::None })
    }

    /// Keys of the facts that a pattern asks for.
    pub fn facts_asked(&self, pattern: &Pattern) -> Vec<String> {
        let tests = pattern.activities.iter().filter_map(|a| a.when.as_ref()).flat_map(|when| when.tests());
        let asked: BTreeSet<String> = tests.map(|(key, _)| key.to_owned()).collect();
        asked.into_iter().collect()
    }

    /// Facts that a pattern asks for, in the pack's order; all of the pack's without one.
    pub fn facts(&self, pattern: Option<&Pattern>) -> Vec<&Fact> {
        let asked: BTreeSet<String> = pattern.into_iter().flat_map(|p| self.facts_asked(p)).collect();
        let pack = self.origin.as_ref().filter(|_| pattern.is_some()).unwrap_or(&self.books.pack);
        pack.facts.iter().filter(|fact| pattern.is_none() || asked.contains(&fact.key)).collect()
    }

    /// Judges a project's plan by what the pack in force and the books know.
    pub fn judge<T>(&self, project: &Project, decide: impl FnOnce(&Ground<'_>) -> T) -> T {
        let pattern = self.pattern(project);
        let draft = pattern.map(|pattern| {
            move |facts: &Facts, left_out: &BTreeSet<ActivityId>| -> Activities { super::drafted::drafted(pattern, facts, left_out) }
        });
        let pack = &self.books.pack;
        let places = pack.places.iter().flat_map(|place| &place.orgs).map(|org| org.key.as_str());
        let orgs: BTreeSet<OrgId> = self.register.orgs.keys().copied().collect();
        let visible = self.visible.iter().filter_map(|id| Some((id, self.others.get(id)?.plan.as_ref()?)));
        let ground = Ground {
            today: self.day,
            departments: places.chain(pack.roles.iter().map(|role| role.key.key())).collect(),
            formalities: pack.formalities.iter().map(|kind| kind.key.as_str()).collect(),
            phases: pack.phases.iter().map(|phase| phase.number).collect(),
            facts: self.facts(pattern).into_iter().map(|fact| (fact.key.as_str(), fact.kind == FactKind::YesNo)).collect(),
            orgs,
            others: visible.flat_map(|(id, plan)| plan.activities.keys().map(|a| (*id, a.clone()))).collect(),
            behind: self.behind(project),
            evidence: project
                .evidence
                .iter()
                .filter_map(|e| if let Some(About::Activity(id)) = &e.about { Some(id.clone()) } else { None })
                .collect(),
            drafted: draft.as_ref().map(|draft| draft as &lantu_model::plan::Drafted<'_>),
        };
        decide(&ground)
    }

    /// Activities elsewhere that wait, in the end, for one of this project's: `(project, activity, own activity)`.
    fn behind(&self, project: &Project) -> BTreeSet<(ProjectId, ActivityId, ActivityId)> {
        let mut found = BTreeSet::new();
        for (id, activity) in self
            .others
            .iter()
            .filter_map(|(id, p)| Some((*id, p.plan.as_ref()?)))
            .flat_map(|(id, plan)| plan.activities.keys().map(move |activity| (id, activity.as_str())))
        {
            let reached = self.waits_on(project, id, activity);
            found.extend(reached.into_iter().map(|own| (id, activity.to_owned(), own)));
        }
        found
    }

    /// The activities of this project that one elsewhere waits for, directly or through others.
    fn waits_on(&self, project: &Project, id: ProjectId, activity: &str) -> BTreeSet<ActivityId> {
        let (mut seen, mut next) = (BTreeSet::new(), vec![(id, activity.to_owned())]);
        while let Some((at, activity)) = next.pop() {
            if !seen.insert((at, activity.clone())) {
                continue;
            }
            let plan = if at == project.id { project.plan.as_ref() } else { self.others.get(&at).and_then(|p| p.plan.as_ref()) };
            if let Some(found) = plan.and_then(|plan| plan.activities.get(&activity)) {
                next.extend(found.after.iter().map(|p| (at, p.id.clone())));
                next.extend(found.after_others.iter().map(|o| (o.project, o.activity.clone())));
            }
        }
        seen.into_iter().filter(|(at, _)| *at == project.id).map(|(_, activity)| activity).collect()
    }
}

fn waited_for(project: &Project) -> BTreeSet<ProjectId> {
    let activities = project.plan.iter().flat_map(|plan| plan.activities.values());
    activities.flat_map(|a| &a.after_others).map(|other| other.project).filter(|id| *id != project.id).collect()
}

/// Dates are the same for every reader, whatever he may see: the whole office's projects count.
async fn others(desk: &Desk, ask: Ask<'_>, project: &Project, then: AsOf, named: &[ProjectId]) -> Result<BTreeMap<ProjectId, Project>> {
    let whole = Scope::whole(ask.office());
    let mut found: BTreeMap<ProjectId, Project> = BTreeMap::new();
    let mut next: BTreeSet<ProjectId> = waited_for(project);
    next.extend(named.iter().filter(|id| **id != project.id));
    while !next.is_empty() && found.len() < FURTHEST {
        let ids: Vec<ProjectId> = std::mem::take(&mut next).into_iter().collect();
        for other in desk.store.projects_by_ids(&whole, &ids, then).await? {
            next.extend(waited_for(&other.doc));
            found.insert(other.doc.id, other.doc);
        }
        next.retain(|id| !found.contains_key(id) && *id != project.id);
    }
    Ok(found)
}
