//! A project's plan through the use cases: from a pattern to dates that follow the facts.
use crate::bureau::{Bureau, TODAY};
use jiff::civil::date;
use lantu_app::{
    AppError, At, Mode,
    act_on_formality::act_on_formality,
    create_project::{ProjectDraft, create_project},
    plan::{
        Application, BaselineDraft, PlanAnswer, apply_pattern, edit_plan, set_baseline, show_difference, show_plan, take_difference, why,
    },
    view::{PlanView, plan::ActivityView},
};
use lantu_model::{
    FormalityAct, FormalityFact, Level, Milestone, ProjectId,
    plan::{FactValue, PlanEdit},
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

async fn project(b: &Bureau, name: &str) -> ProjectId {
    let facts = BTreeMap::from([("procedure".to_owned(), json!("filing")), ("industry".to_owned(), json!("C3441"))]);
    let draft = ProjectDraft {
        name: name.into(),
        level: Level::Project,
        parent: None,
        code: None,
        owner: None,
        stage: None,
        since: None,
        classified: false,
        facts,
    };
    create_project(&b.desk, b.ask(), draft, None).await.unwrap().0
}

async fn seen(b: &Bureau, id: ProjectId) -> PlanView {
    show_plan(&b.desk, b.ask(), id, None).await.unwrap()
}

fn factory() -> Application {
    Application { pattern: "MFG".into(), start: TODAY, facts: BTreeMap::new(), without: BTreeSet::new(), replace: None }
}

async fn applied(b: &Bureau, id: ProjectId, wanted: &Application, mode: Mode) -> Result<PlanAnswer, AppError> {
    let seq = seen(b, id).await.seq;
    apply_pattern(&b.desk, b.ask(), At { id, seq }, wanted, mode).await
}

fn expected(view: &PlanView, milestone: Milestone) -> jiff::civil::Date {
    view.milestones.iter().find(|m| m.milestone == milestone).unwrap().expected
}

#[tokio::test]
async fn a_pattern_gives_a_plan_with_dates_and_planned_permits() {
    let b = Bureau::open().await;
    let id = project(&b, "示例厂").await;
    let empty = seen(&b, id).await;
    assert!(empty.activities.is_empty() && empty.applied.is_none() && empty.can_edit);
    assert_eq!((empty.suggestions[0].key.as_str(), empty.suggestions[0].fits, empty.suggestions.len()), ("MFG", true, 4));
    let preview = applied(&b, id, &factory(), Mode::Preview).await.unwrap();
    assert!(preview.feed.is_none() && preview.plan.activities.len() > 30);
    assert!(seen(&b, id).await.activities.is_empty(), "a preview writes nothing");
    let done = applied(&b, id, &factory(), Mode::Commit).await.unwrap();
    assert_eq!(done.plan.activities, preview.plan.activities);
    let view = seen(&b, id).await;
    assert_eq!(view.activities, done.plan.activities);
    assert!(view.problems.is_empty() && view.applied.as_ref().is_some_and(|a| !a.newer));
    let names = view.activities.iter().all(|a| !a.name.is_empty() && a.departments.iter().all(|d| !d.is_empty()));
    assert!(names && view.milestones.len() >= 4);
    let project = lantu_app::show_project::show_project(&b.desk, b.ask(), id, None).await.unwrap().project;
    let kinds: BTreeSet<&str> = view.activities.iter().flat_map(|a| &a.formality).map(|f| f.kind.as_str()).collect();
    assert_eq!(project.formalities.iter().map(|f| f.kind.as_str()).collect::<BTreeSet<_>>(), kinds, "the matrix shows what is ahead");
    match applied(&b, id, &factory(), Mode::Commit).await.unwrap_err() {
        AppError::Refused(r) => assert_eq!(r.unmet[0].code, "plan_exists"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_known_decides_which_steps_come() {
    let b = Bureau::open().await;
    let id = project(&b, "示例厂").await;
    let all = applied(&b, id, &factory(), Mode::Preview).await.unwrap().plan;
    let small = BTreeMap::from([("energy_tce".to_owned(), FactValue::Number(10)), ("electricity_kwh".to_owned(), FactValue::Number(10))]);
    let fewer = applied(&b, id, &Application { facts: small, ..factory() }, Mode::Preview).await.unwrap().plan;
    assert!(all.activities.iter().any(|a| a.id == "A09" && a.undecided) && !fewer.activities.iter().any(|a| a.id == "A09"));
    let bad = Application { facts: BTreeMap::from([("energy_tce".to_owned(), FactValue::YesNo(true))]), ..factory() };
    let told = applied(&b, id, &bad, Mode::Preview).await.unwrap();
    assert_eq!((told.unmet[0].code.as_str(), told.plan.activities.len()), ("plan_fact_kind", 0));
    let unknown = Application { pattern: "XYZ".into(), ..factory() };
    assert_eq!(applied(&b, id, &unknown, Mode::Preview).await.unwrap().unmet[0].code, "unknown_pattern");
}

#[tokio::test]
async fn a_permit_granted_late_moves_the_start() {
    let b = Bureau::open().await;
    let id = project(&b, "示例厂").await;
    let before = applied(&b, id, &factory(), Mode::Commit).await.unwrap().plan;
    let permit = before.activities.iter().find(|a| a.drives.contains(&Milestone::Start) && !a.formality.is_empty()).unwrap();
    let kind = permit.formality[0].kind.clone();
    let late = b.ask_on(date(2026, 12, 1));
    let then = show_plan(&b.desk, late, id, None).await.unwrap();
    let fact = |on, act| FormalityFact { kind: kind.clone(), on, basis: "示例".into(), act };
    let accept = fact(date(2026, 12, 1), FormalityAct::Accept);
    act_on_formality(&b.desk, late, At { id, seq: then.seq }, &accept, Mode::Commit).await.unwrap();
    let after = show_plan(&b.desk, late, id, None).await.unwrap();
    let moved = after.activities.iter().find(|a| a.id == permit.id).unwrap();
    assert_eq!((moved.state, moved.actual_start), ("running", Some(date(2026, 12, 1))));
    assert!(expected(&after, Milestone::Start) > expected(&before, Milestone::Start));
    let past = show_plan(&b.desk, late, id, Some(TODAY)).await.unwrap();
    assert_eq!(expected(&past, Milestone::Start), expected(&before, Milestone::Start), "as it was known then");
    assert!(!past.can_edit);
}

#[tokio::test]
async fn outside_the_scope_there_is_no_plan() {
    let b = Bureau::open().await;
    let id = project(&b, "示例厂").await;
    applied(&b, id, &factory(), Mode::Commit).await.unwrap();
    let mut town = b.clerk.clone();
    town.role = lantu_app::UserRole::Town;
    town.scope.regions = lantu_model::Reach::Only(vec!["339981002".parse().unwrap()]);
    let ask = lantu_app::Ask { signed: &town, ..b.ask() };
    assert!(matches!(show_plan(&b.desk, ask, id, None).await, Err(AppError::NotFound)));
    assert!(matches!(apply_pattern(&b.desk, ask, At { id, seq: 2 }, &factory(), Mode::Commit).await, Err(AppError::NotFound)));
}

fn edits(of: serde_json::Value) -> Vec<PlanEdit> {
    serde_json::from_value(of).unwrap()
}

async fn edited(b: &Bureau, id: ProjectId, seq: u64, of: serde_json::Value, mode: Mode) -> Result<PlanAnswer, AppError> {
    edit_plan(&b.desk, b.ask(), At { id, seq }, &edits(of), "", mode).await
}

async fn planned(b: &Bureau) -> (ProjectId, PlanView) {
    let id = project(b, "示例厂").await;
    (id, applied(b, id, &factory(), Mode::Commit).await.unwrap().plan)
}

fn step<'a>(view: &'a PlanView, id: &str) -> &'a lantu_app::view::plan::ActivityView {
    view.activities.iter().find(|a| a.id == id).unwrap()
}

/// The step whose end the start of works waits for: those before it may be tied by their starts alone.
fn last_before_start(plan: &PlanView) -> &ActivityView {
    plan.activities.iter().rev().find(|a| a.drives.contains(&Milestone::Start) && a.days > 0).unwrap()
}

#[tokio::test]
async fn an_edit_is_tried_before_it_is_kept_and_can_be_taken_back() {
    let b = Bureau::open().await;
    let (id, plan) = planned(&b).await;
    let own = last_before_start(&plan);
    let longer = json!([{"op": "set", "id": own.id, "days": own.days + 20}]);
    let what_if = edited(&b, id, plan.seq, longer.clone(), Mode::Preview).await.unwrap();
    assert!(what_if.feed.is_none() && expected(&what_if.plan, Milestone::Start) > expected(&plan, Milestone::Start));
    assert_eq!(seen(&b, id).await.activities, plan.activities, "a preview writes nothing");
    let done = edited(&b, id, plan.seq, longer, Mode::Commit).await.unwrap();
    assert_eq!(done.plan.activities, what_if.plan.activities);
    lantu_app::undo::undo(&b.desk, b.ask(), done.feed.unwrap()).await.unwrap();
    assert_eq!(seen(&b, id).await.activities, plan.activities, "taken back whole");
}

#[tokio::test]
async fn two_people_edit_one_plan_and_no_edit_is_lost() {
    let b = Bureau::open().await;
    let (id, plan) = planned(&b).await;
    let set = |id: &str, days: i64| json!([{"op": "set", "id": id, "days": days, "was": {"days": step(&plan, id).days}}]);
    edited(&b, id, plan.seq, set("A03", 41), Mode::Commit).await.unwrap();
    let done = edited(&b, id, plan.seq, set("A02", 42), Mode::Commit).await.unwrap();
    assert_eq!((step(&done.plan, "A02").days, step(&done.plan, "A03").days), (42, 41), "both are in");
    let both = json!([{"op": "set", "id": "A01", "days": 43}, {"op": "set", "id": "A03", "days": 44}]);
    match edited(&b, id, plan.seq, both, Mode::Commit).await.unwrap_err() {
        AppError::Stale(by) => {
            assert_eq!((by[0].by.as_str(), by[0].fields.len()), ("示例科员", 1));
            assert!(by[0].fields[0].ends_with("· 工期") && by[0].fields[0].starts_with(&step(&plan, "A03").name), "{:?}", by[0].fields);
        }
        other => panic!("{other:?}"),
    }
    let typed_over = json!([{"op": "set", "id": "A03", "days": 46, "was": {"days": step(&plan, "A03").days}}]);
    match edited(&b, id, done.plan.seq, typed_over, Mode::Commit).await.unwrap_err() {
        AppError::Stale(by) => {
            assert_eq!((by[0].by.as_str(), by[0].fields.len()), ("示例科员", 1), "its page knew the version, its editor did not")
        }
        other => panic!("{other:?}"),
    }
    let now = seen(&b, id).await;
    assert_eq!((step(&now, "A01").days, step(&now, "A03").days), (step(&plan, "A01").days, 41), "nothing of the batch was written");
    edited(&b, id, plan.seq, json!([{"op": "set", "id": "A03", "name": "示例改名"}]), Mode::Commit).await.unwrap();
    let settled = json!([{"op": "set", "id": "A03", "days": 45, "was": {"days": 41}}]);
    edited(&b, id, plan.seq, settled, Mode::Commit).await.unwrap();
}

#[tokio::test]
async fn refusals_name_activities_as_people_know_them() {
    let b = Bureau::open().await;
    let (id, plan) = planned(&b).await;
    let told = edited(&b, id, plan.seq, json!([{"op": "set", "id": "A02", "after": "A05"}]), Mode::Preview).await.unwrap();
    let ring = told.unmet.iter().find(|p| p.code == "plan_cycle").unwrap();
    assert!(ring.title.contains(&step(&plan, "A02").name) && !ring.title.contains("A02") && !ring.title.contains('{'), "{}", ring.title);
    assert_eq!(told.plan.activities, plan.activities);
}

#[tokio::test]
async fn a_baseline_stays_behind_as_the_plan_moves_and_why_tells_by_how_much() {
    let b = Bureau::open().await;
    let (id, plan) = planned(&b).await;
    let draft = BaselineDraft { name: "年初版".into(), on: TODAY, reason: "示例纪要".into(), approver: "示例主任".into() };
    let kept = set_baseline(&b.desk, b.ask(), At { id, seq: plan.seq }, &draft).await.unwrap().plan;
    assert_eq!((kept.baselines.len(), kept.baselines[0].dates.len()), (1, plan.activities.len()));
    let mut town = b.clerk.clone();
    town.role = lantu_app::UserRole::Town;
    let ask = lantu_app::Ask { signed: &town, ..b.ask() };
    let refused = set_baseline(&b.desk, ask, At { id, seq: kept.seq }, &draft).await;
    assert!(matches!(refused, Err(AppError::Forbidden(_))), "an approval is a decision");
    let own = last_before_start(&plan);
    let longer = json!([{"op": "set", "id": own.id, "days": own.days + 20}]);
    let moved = edited(&b, id, kept.seq, longer, Mode::Commit).await.unwrap().plan;
    assert_eq!(moved.baselines, kept.baselines);
    let told = why(&b.desk, b.ask(), id, &own.id).await.unwrap();
    assert!(told.causes.iter().any(|c| c.decides) && told.late.iter().any(|l| l.total == 20), "{told:#?}");
    let said = told.causes.iter().map(|c| &c.text).chain(told.late.iter().map(|l| &l.text)).chain(told.wins.iter().map(|w| &w.text));
    assert!(said.into_iter().all(|text| !text.is_empty() && !text.contains('{') && !text.starts_with("why.")));
    assert!(matches!(why(&b.desk, b.ask(), id, "Q").await, Err(AppError::NotFound)));
}

#[tokio::test]
async fn without_another_pattern_there_is_no_difference() {
    let b = Bureau::open().await;
    let (id, plan) = planned(&b).await;
    assert!(show_difference(&b.desk, b.ask(), id).await.unwrap().steps.is_empty());
    let told = take_difference(&b.desk, b.ask(), At { id, seq: plan.seq }, &["A01".into()], false, Mode::Preview).await.unwrap();
    assert_eq!(told.unmet[0].code, "plan_no_difference");
}
