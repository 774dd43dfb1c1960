//! The board is what the journal says: whatever people do, in whatever order, what is kept of forecasts equals what is computed
//! anew from the projects as their entries fold, and lists and overview count just that.
use crate::bureau::{Bureau, TODAY, moment};
use jiff::{ToSpan, civil::Date};
use lantu_app::{
    At, Mode,
    act_on_formality::act_on_formality,
    change_status::change_status,
    create_project::{ProjectDraft, create_project},
    list_projects::count_projects,
    plan::{Application, apply_pattern, edit_plan},
    refresh_forecasts::refresh_forecasts,
    show_overview::show_overview,
    undo::undo,
    verify_books::verify_office,
};
use lantu_model::{Ahead, ForecastRow, FormalityFact, Light, Project, ProjectId, Scope, StatusKind, plan::PlanEdit};
use lantu_rules::outlook::{Elsewhere, Odds, Sight, forecast_row};
use lantu_store::Filter;
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Something that somebody does; numbers choose among what is there.
#[derive(Clone, Debug)]
enum Deed {
    /// An edit of a project's plan: of the nth step, by days from the day it is done.
    Edit {
        project: usize,
        step: usize,
        what: usize,
        days: i64,
    },
    Permit {
        project: usize,
        step: usize,
        what: usize,
        days: i64,
    },
    /// One project's step waits for another's.
    Tie {
        project: usize,
        step: usize,
        other: usize,
        to: usize,
    },
    End(usize),
    Undo,
    /// Days go by, and the night's refresh comes or does not.
    Nights {
        days: i32,
        refreshed: bool,
    },
}

const PROJECTS: usize = 4;
const PATTERNS: [&str; PROJECTS] = ["MFG", "SCH", "REN", "MFG"];

fn deed() -> impl Strategy<Value = Deed> {
    let (project, step, days) = (0..PROJECTS, 0_usize..40, -30_i64..40);
    prop_oneof![
        6 => (project.clone(), step.clone(), 0_usize..5, days.clone()).prop_map(|(project, step, what, days)| Deed::Edit { project, step, what, days }),
        6 => (project.clone(), step.clone(), 0_usize..5, days).prop_map(|(project, step, what, days)| Deed::Permit { project, step, what, days }),
        3 => (project.clone(), step.clone(), project.clone(), step).prop_map(|(project, step, other, to)| Deed::Tie { project, step, other, to }),
        1 => project.prop_map(Deed::End),
        2 => Just(Deed::Undo),
        2 => (1_i32..60, any::<bool>()).prop_map(|(days, refreshed)| Deed::Nights { days, refreshed }),
    ]
}

/// An office at work.
struct County {
    bureau: Bureau,
    ids: Vec<ProjectId>,
    day: Date,
    /// Feed numbers that could be undone, newest last.
    done: Vec<u64>,
}

impl County {
    async fn open() -> Self {
        let bureau = Bureau::open().await;
        let mut ids = vec![];
        for (n, pattern) in PATTERNS.iter().enumerate() {
            let facts = json!({ "procedure": "filing", "industry": "C3441", "start_planned": "2026-09", "finish_planned": "2027-12" });
            let draft: ProjectDraft = serde_json::from_value(json!({ "name": format!("示例账板厂{n}"), "facts": facts })).unwrap();
            let (id, _) = create_project(&bureau.desk, bureau.ask(), draft, None).await.unwrap();
            let start = TODAY.saturating_sub((n as i64 * 20).days());
            let wanted = Application { pattern: (*pattern).into(), start, facts: BTreeMap::new(), without: BTreeSet::new(), replace: None };
            apply_pattern(&bureau.desk, bureau.ask(), At { id, seq: 1 }, &wanted, Mode::Commit).await.unwrap();
            ids.push(id);
        }
        Self { bureau, ids, day: TODAY, done: vec![] }
    }

    async fn project(&self, at: usize) -> (Project, u64) {
        let scope = Scope::whole(self.bureau.clerk.scope.office);
        let found = self.bureau.desk.store.project(&scope, self.ids[at], None).await.unwrap().unwrap();
        (found.doc, found.seq)
    }

    /// Does a deed if the books allow it; what they refuse leaves no trace.
    async fn act(&mut self, deed: &Deed) {
        let (desk, ask) = (&self.bureau.desk, self.bureau.ask_on(self.day));
        let feed = match deed {
            Deed::Nights { days, refreshed } => {
                self.day = self.day.saturating_add(days.days());
                if *refreshed {
                    self.refresh().await;
                }
                None
            }
            Deed::Undo => {
                if let Some(feed) = self.done.pop() {
                    // What later changes built on stays, and is said.
                    let _ = undo(desk, ask, feed).await;
                }
                None
            }
            Deed::End(project) => {
                let (found, seq) = self.project(*project).await;
                let at = At { id: found.id, seq };
                change_status(desk, ask, at, StatusKind::Terminated, self.day, "示例", Mode::Commit).await.ok().and_then(|o| o.feed)
            }
            Deed::Edit { project, step, what, days } => {
                self.edit(*project, edit(&self.project(*project).await.0, *step, *what, self.later(*days))).await
            }
            Deed::Tie { project, step, other, to } => {
                let (from, other) = (self.project(*project).await.0, self.project(*other).await.0);
                let tie = json!({ "op": "tie", "id": nth(&from, *step), "project": other.id, "activity": nth(&other, *to), "lag": 0 });
                self.edit(*project, tie).await
            }
            Deed::Permit { project, step, what, days } => self.permit(*project, *step, *what, self.later(*days)).await,
        };
        self.done.extend(feed);
    }

    fn later(&self, days: i64) -> Date {
        self.day.saturating_add(days.days())
    }

    async fn edit(&self, project: usize, edit: Value) -> Option<u64> {
        let (found, seq) = self.project(project).await;
        let edit: PlanEdit = serde_json::from_value(edit).unwrap();
        let at = At { id: found.id, seq };
        edit_plan(&self.bureau.desk, self.bureau.ask_on(self.day), at, &[edit], "", Mode::Commit).await.ok()?.feed
    }

    async fn permit(&self, project: usize, step: usize, what: usize, on: Date) -> Option<u64> {
        let (found, seq) = self.project(project).await;
        let kind = found.formalities.get(step % found.formalities.len().max(1))?.kind.clone();
        let act = match what {
            0 | 1 => json!({ "act": "accept" }),
            2 => json!({ "act": "pause", "why": "correction" }),
            3 => json!({ "act": "grant", "valid_until": on.saturating_add(200.days()) }),
            _ => json!({ "act": "return" }),
        };
        let mut fact = json!({ "kind": kind, "on": on, "basis": "示例" });
        fact.as_object_mut()?.extend(act.as_object()?.clone());
        let fact: FormalityFact = serde_json::from_value(fact).unwrap_or_else(|e| panic!("{e}: {act}"));
        let at = At { id: found.id, seq };
        act_on_formality(&self.bureau.desk, self.bureau.ask_on(self.day), at, &fact, Mode::Commit).await.ok()?.feed
    }

    async fn refresh(&self) {
        let office = self.bureau.clerk.scope.office;
        let now = moment(self.day).at;
        refresh_forecasts(&self.bureau.desk, office, self.day, "test", &move || now).await.unwrap().expect("nobody else is at it");
    }

    /// What the projects say today, each waiting for the others until none moves: computed from nothing that was kept.
    async fn recomputed(&self) -> BTreeMap<ProjectId, ForecastRow> {
        let books = self.bureau.desk.books(self.bureau.clerk.scope.office).await.unwrap();
        let mut projects = vec![];
        for at in 0..self.ids.len() {
            projects.push(self.project(at).await.0);
        }
        let (mut elsewhere, mut rows) = (Elsewhere::new(), BTreeMap::new());
        for _ in 0..=projects.len() {
            for project in &projects {
                let sight = Sight { pack: &books.pack, today: self.day, elsewhere: &elsewhere };
                let Some(row) = forecast_row(project, &sight, Odds::None) else { continue };
                elsewhere.extend(row.finishes.iter().map(|(id, day)| ((project.id, id.clone()), *day)));
                rows.insert(project.id, row);
            }
        }
        rows
    }

    async fn kept(&self) -> BTreeMap<ProjectId, ForecastRow> {
        let scope = Scope::whole(self.bureau.clerk.scope.office);
        let kept = self.bureau.desk.store.forecasts(&scope, &Filter::default()).await.unwrap();
        kept.into_iter().map(|f| (f.row.id, f.row)).collect()
    }
}

/// The nth step's id.
fn nth(project: &Project, n: usize) -> String {
    let ids: Vec<&String> = project.plan.iter().flat_map(|p| p.activities.keys()).collect();
    ids.get(n % ids.len().max(1)).map(|id| (*id).clone()).unwrap_or_default()
}

fn edit(project: &Project, step: usize, what: usize, day: Date) -> Value {
    let id = nth(project, step);
    match what {
        0 => json!({ "op": "progress", "id": id, "started": day }),
        1 => json!({ "op": "progress", "id": id, "finished": day }),
        2 => json!({ "op": "set", "id": id, "days": 1 + step }),
        3 => json!({ "op": "set", "id": id, "not_before": day }),
        _ => json!({ "op": "remove", "id": id, "bridge": true }),
    }
}

/// Without odds, which a seed draws and a refresh may still owe.
fn dates(row: &ForecastRow) -> (Vec<Ahead>, &BTreeMap<String, Date>) {
    (row.ahead.iter().map(|a| Ahead { odds: None, ..a.clone() }).collect(), &row.finishes)
}

/// Within a day every change has taken its forecasts along, and those that follow from them. A day that has turned is the
/// refresh's to catch up with.
async fn agrees(county: &County, deed: &Deed) {
    let kept = county.kept().await;
    if kept.values().any(|row| row.day != county.day) {
        return;
    }
    let anew = county.recomputed().await;
    for (id, row) in &kept {
        let at = county.ids.iter().position(|known| known == id);
        assert_eq!(dates(row).1, dates(&anew[id]).1, "dates of {at:?} after {deed:?} on {}", county.day);
        assert_eq!(dates(row), dates(&anew[id]), "milestones of {at:?} after {deed:?} on {}", county.day);
    }
}

async fn board_agrees(county: &County) {
    county.refresh().await;
    let (kept, anew) = (county.kept().await, county.recomputed().await);
    assert!(kept.len() > 1, "there is something to compare");
    assert_eq!(kept.keys().collect::<Vec<_>>(), anew.keys().collect::<Vec<_>>());
    for (id, row) in &kept {
        assert_eq!((row.day, dates(row)), (county.day, dates(&anew[id])));
    }
    let (desk, ask) = (&county.bureau.desk, county.bureau.ask_on(county.day));
    for light in [Light::Green, Light::Amber, Light::Red] {
        let filter = Filter { lights: vec![light], ..Filter::default() };
        let listed = count_projects(desk, ask, &filter, None).await.unwrap().rows;
        assert_eq!(listed, anew.values().filter(|row| row.light() == light).count() as u64, "{light:?}");
    }
    let overview = show_overview(desk, ask, Filter::default(), county.day.year(), None).await.unwrap();
    let of = |light| anew.values().filter(|row| row.light() == light).count() as u64;
    assert_eq!((overview.reds.red, overview.reds.amber, overview.forecast_day), (of(Light::Red), of(Light::Amber), None));
    let books = verify_office(desk, ask).await.unwrap();
    assert_eq!(books.findings, [], "state is what the journal folds to");
}

#[test]
fn the_board_equals_a_recomputation_from_the_journal() {
    let mut runner = TestRunner::new(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let deeds = prop::collection::vec(deed(), 12..40);
    let told = runner.run(&deeds, |deeds| {
        runtime.block_on(async {
            let mut county = County::open().await;
            for deed in &deeds {
                county.act(deed).await;
                agrees(&county, deed).await;
            }
            board_agrees(&county).await;
        });
        Ok(())
    });
    told.unwrap();
}
