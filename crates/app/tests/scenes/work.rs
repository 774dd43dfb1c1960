//! 待办: what waits for a department, the numbers that its projects show, and what it may and may not do there.
use crate::bureau::{Bureau, TODAY, moment};
use jiff::civil::{Date, date};
use lantu_app::{
    AppError, Ask, At, Filter, Mode, PageAsk, Signed, Sort,
    act_on_work::{WorkDone, WorkEdit, WorkSaid, act_on_work},
    assign_responsibility::assign_responsibility,
    create_project::{ProjectDraft, create_project},
    edit_projects::{Edit, edit_projects},
    export_work::export_work,
    list_projects::{count_projects, list_projects},
    manage_orgs::list_orgs,
    manage_users::UserDraft,
    plan::{Application, apply_pattern, show_plan},
    set_up::add_first_user,
    show_journal::show_journal,
    show_project::show_project,
    show_work::{WorkAsk, count_work, show_work},
    undo::undo,
    view::{
        PlanView,
        work::{WorkGroup, WorkPage, WorkRow},
    },
};
use lantu_model::{FormalityAct, FormalityFact, OrgId, PauseKind, ProjectId, WorkState, plan::ProgressPatch};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

async fn project(b: &Bureau, name: &str, number: u8) -> ProjectId {
    let town = b.desk.books(b.clerk.scope.office).await.unwrap().place.divisions.iter().find(|d| d.parent.is_some()).unwrap().code.clone();
    let facts = json!({ "procedure": "filing", "industry": "C3441", "division": town, "start_planned": "2026-11" });
    let draft = json!({ "name": name, "code": format!("2601-339981-04-01-0000{number:02}"), "facts": facts });
    let draft: ProjectDraft = serde_json::from_value(draft).unwrap();
    let id = create_project(&b.desk, b.ask(), draft, None).await.unwrap().0;
    let wanted = Application { pattern: "MFG".into(), start: START, facts: BTreeMap::new(), without: BTreeSet::new(), replace: None };
    let seq = show_project(&b.desk, b.ask(), id, None).await.unwrap().seq;
    apply_pattern(&b.desk, b.ask(), At { id, seq }, &wanted, Mode::Commit).await.unwrap();
    so_far(b, id).await;
    id
}

const START: Date = date(2026, 3, 2);
/// Decided by the planning department, open to be accepted once the filing is done, and on the way to the start.
const KIND: &str = "energy_review";

/// The filing and most steps before the start are done; the land is still to be sold, by the department itself.
async fn so_far(b: &Bureau, id: ProjectId) {
    let done = |step: &str, from: Date, to: Date| {
        let started = (from != to).then_some(Some(from));
        (id, WorkSaid::Progress(ProgressPatch { id: step.into(), started, finished: Some(Some(to)), ..ProgressPatch::default() }))
    };
    let accept = (id, fact("filing", date(2026, 3, 4), FormalityAct::Accept));
    let granted = (id, fact("filing", date(2026, 3, 4), grant()));
    let steps = [
        done("A00", START, START),
        done("A02", date(2026, 3, 3), date(2026, 3, 20)),
        done("A03", date(2026, 3, 18), date(2026, 3, 27)),
        done("A06", date(2026, 3, 30), date(2026, 4, 24)),
        done("A07", date(2026, 4, 1), date(2026, 4, 20)),
        done("A14", date(2026, 4, 27), date(2026, 5, 15)),
    ];
    for one in [&steps[..1], &[accept, granted], &steps[1..]] {
        let told = said(b, b.ask(), one, Mode::Commit).await;
        assert!(told.feed.is_some(), "{:?}", told.lines);
    }
}

/// The land is sold too: only permits are left before the start.
async fn land_sold(b: &Bureau, id: ProjectId) {
    let sold = ProgressPatch {
        id: "A04".into(),
        started: Some(Some(date(2026, 4, 1))),
        finished: Some(Some(date(2026, 5, 12))),
        ..ProgressPatch::default()
    };
    assert!(said(b, b.ask(), &[(id, WorkSaid::Progress(sold))], Mode::Commit).await.feed.is_some());
}

async fn org(b: &Bureau, key: &str) -> OrgId {
    list_orgs(&b.desk, b.ask()).await.unwrap().into_iter().find(|o| o.org.key.as_deref() == Some(key)).unwrap().org.id
}

/// Someone who acts for these departments of the pack.
async fn of_department(b: &Bureau, name: &str, keys: &[&str]) -> Signed {
    let mut orgs = vec![];
    for key in keys {
        orgs.push(org(b, key).await);
    }
    let draft = UserDraft {
        name: name.into(),
        display: format!("示例·{name}"),
        role: lantu_app::UserRole::Department,
        divisions: None,
        orgs: Some(orgs),
        password: Some("river-stone-42".into()),
        active: true,
    };
    let office = b.clerk.scope.office;
    let user = add_first_user(&b.desk, office, draft, [7; 16], moment(TODAY), b.ask().ids, lantu_app::password::Cost::Cheap).await.unwrap();
    lantu_app::sign_in::signed(&b.desk, office, user).await.unwrap().unwrap().1
}

fn asks<'a>(b: &'a Bureau, signed: &'a Signed) -> Ask<'a> {
    Ask { signed, ..b.ask() }
}

fn every() -> WorkAsk {
    WorkAsk { soon: 3, limit: 1_000, ..WorkAsk::default() }
}

async fn queue(b: &Bureau, ask: Ask<'_>) -> WorkPage {
    show_work(&b.desk, ask, &every()).await.unwrap()
}

fn row<'a>(page: &'a WorkPage, project: ProjectId, kind: &str) -> Option<&'a WorkRow> {
    page.items.iter().find(|r| r.project == project && r.formality.as_deref() == Some(kind))
}

fn fact(kind: &str, on: Date, act: FormalityAct) -> WorkSaid {
    WorkSaid::Fact(FormalityFact { kind: kind.into(), on, basis: "示例".into(), act })
}

fn grant() -> FormalityAct {
    FormalityAct::Grant { number: Some("示例〔2026〕1号".into()), valid_until: None, promise: None }
}

async fn said(b: &Bureau, ask: Ask<'_>, all: &[(ProjectId, WorkSaid)], mode: Mode) -> WorkDone {
    let mut edits = vec![];
    for (project, said) in all {
        let seq = b.desk.store.project(&b.clerk.scope, *project, None).await.unwrap().unwrap().seq;
        edits.push(WorkEdit { project: *project, seq, said: said.clone() });
    }
    act_on_work(&b.desk, ask, edits, mode, None).await.unwrap()
}

async fn plan(b: &Bureau, id: ProjectId, day: Date) -> PlanView {
    show_plan(&b.desk, b.ask_on(day), id, None).await.unwrap()
}

/// Who decides it.
async fn decider(b: &Bureau) -> String {
    b.desk.books(b.clerk.scope.office).await.unwrap().pack.formality(KIND).unwrap().dept.clone().unwrap()
}

fn code(error: AppError) -> String {
    match error {
        AppError::Refused(r) => r.unmet[0].code.clone(),
        AppError::NotFound => "not_found".into(),
        AppError::Forbidden(_) => "forbidden".into(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_queue_shows_the_numbers_of_the_project() {
    let b = Bureau::open().await;
    let id = project(&b, "示例厂", 11).await;
    let (kind, dept) = (KIND.to_owned(), decider(&b).await);
    said(&b, b.ask(), &[(id, fact(&kind, TODAY, FormalityAct::Accept))], Mode::Commit).await;
    let later = date(2026, 9, 1);
    let holder = "test";
    lantu_app::refresh_forecasts::refresh_forecasts(&b.desk, b.clerk.scope.office, later, holder, &|| moment(later).at).await.unwrap();
    let ask = b.ask_on(later);
    let page = queue(&b, ask).await;
    assert!(!page.behind && page.mine.is_empty());
    let mine = row(&page, id, &kind).unwrap();
    let shown = show_project(&b.desk, ask, id, None).await.unwrap();
    let clock = shown.clocks.iter().find(|c| c.kind == kind).unwrap();
    assert_eq!((mine.run, mine.limit, mine.limit_day, mine.overdue), (clock.run, clock.limit, clock.limit_day, clock.overdue));
    assert_eq!((mine.since, mine.desks.first(), mine.acts.len()), (clock.since, clock.dept.as_ref(), clock.acts.len()));
    let drawn = plan(&b, id, later).await;
    let bar = drawn.activities.iter().find(|a| Some(&a.id) == mine.activity.as_ref()).unwrap();
    assert_eq!((mine.finish, mine.float), (Some(bar.finish), Some(bar.total_float)));
    for ahead in drawn.milestones.iter().filter(|m| m.done.is_none() && bar.drives.contains(&m.milestone)) {
        let held = mine.holds.iter().find(|h| h.milestone == ahead.milestone).unwrap();
        let blocking = ahead.blocking.as_ref().unwrap();
        assert_eq!((held.expected, held.due, held.days_late, held.light), (ahead.expected, ahead.due, ahead.days_late, ahead.light));
        assert_eq!(held.blocks, blocking.activity == bar.id);
        assert!(!held.blocks || held.days == blocking.days_lost, "{held:?} {blocking:?}");
    }
    let blocks = drawn.milestones.iter().filter_map(|m| m.blocking.as_ref()).next().unwrap();
    assert!(
        page.items
            .iter()
            .any(|r| r.activity.as_ref() == Some(&blocks.activity) && r.holds.iter().any(|h| h.blocks && h.days == blocks.days_lost))
    );
    assert_eq!(
        page.sums.in_hand,
        page.items.iter().filter(|r| matches!(r.group, WorkGroup::Overdue | WorkGroup::Soon | WorkGroup::InHand)).count() as u64
    );
    let narrow = show_work(&b.desk, ask, &WorkAsk { desks: vec![dept], ..every() }).await.unwrap();
    assert!(narrow.rows < page.rows && row(&narrow, id, &kind).is_some());
    let bytes = export_work(&b.desk, ask, &every()).await.unwrap();
    assert!(bytes.starts_with(b"PK"));
}

#[tokio::test]
async fn one_sheet_decides_many_and_says_before_what_moves() {
    let b = Bureau::open().await;
    let ids = [project(&b, "示例甲厂", 11).await, project(&b, "示例乙厂", 22).await];
    let kind = KIND.to_owned();
    land_sold(&b, ids[0]).await;
    land_sold(&b, ids[1]).await;
    let both = |on, act: &FormalityAct| ids.map(|id| (id, fact(&kind, on, act.clone())));
    said(&b, b.ask(), &both(TODAY, &FormalityAct::Accept), Mode::Commit).await;
    let day = date(2026, 5, 19);
    let ask = b.ask_on(day);
    let preview = said(&b, ask, &both(day, &grant()), Mode::Preview).await;
    assert!(preview.feed.is_none() && preview.lines.iter().all(|l| l.problems.is_empty()), "{:?}", preview.lines);
    assert_eq!(preview.effects.len(), 2);
    let before: Vec<Date> = preview.effects.iter().map(|e| e.milestones[0].before).collect();
    assert!(
        preview.effects.iter().all(|e| e.acted && e.milestones[0].after < e.milestones[0].before && e.next.is_some()),
        "{:?}",
        preview.effects
    );
    let done = said(&b, ask, &both(day, &grant()), Mode::Commit).await;
    assert!(done.feed.is_some());
    for (id, effect) in ids.iter().zip(&preview.effects) {
        let drawn = plan(&b, *id, day).await;
        assert_eq!(drawn.milestones[0].expected, effect.milestones[0].after, "as was said before");
    }
    assert!(row(&queue(&b, ask).await, ids[0], &kind).is_none(), "decided: it waits no longer");
    assert_eq!(undo(&b.desk, ask, done.feed.unwrap()).await.unwrap().undone, 2);
    for (id, was) in ids.iter().zip(before) {
        assert!(plan(&b, *id, TODAY).await.milestones[0].expected <= was);
    }
    assert!(row(&queue(&b, ask).await, ids[0], &kind).is_some());
    // All problems at once, and nothing is written.
    let bad = [(ids[0], fact(&kind, date(2027, 1, 1), grant())), (ids[1], fact(&kind, date(2026, 1, 1), grant()))];
    let refused = said(&b, ask, &bad, Mode::Commit).await;
    assert!(refused.feed.is_none() && refused.lines.iter().all(|l| l.is_blocked()), "{:?}", refused.lines);
}

#[tokio::test]
async fn a_stopped_clock_waits_for_the_owner_and_a_step_is_reported() {
    let b = Bureau::open().await;
    let id = project(&b, "示例厂", 11).await;
    let kind = KIND.to_owned();
    said(&b, b.ask(), &[(id, fact(&kind, TODAY, FormalityAct::Accept))], Mode::Commit).await;
    let day = date(2026, 5, 20);
    let ask = b.ask_on(day);
    let pause = FormalityAct::Pause { why: PauseKind::Correction, until: None };
    said(&b, ask, &[(id, fact(&kind, day, pause))], Mode::Commit).await;
    let page = queue(&b, ask).await;
    let paused = row(&page, id, &kind).unwrap();
    assert_eq!((paused.group, paused.state, paused.limit_day), (WorkGroup::Waiting, WorkState::Paused, None));
    let step = page.items.iter().find(|r| r.project == id && r.formality.is_none() && r.acts.contains(&"finish".to_owned()));
    let step = step.expect("a department's own step").clone();
    assert_eq!(step.group, WorkGroup::Ready);
    let id_of = step.activity.clone().unwrap();
    let report = |finished| {
        WorkSaid::Progress(ProgressPatch {
            id: id_of.clone(),
            started: Some(Some(TODAY)),
            finished: Some(Some(finished)),
            ..ProgressPatch::default()
        })
    };
    let future = said(&b, ask, &[(id, report(date(2027, 1, 1)))], Mode::Commit).await;
    assert!(future.lines[0].is_blocked() && future.feed.is_none());
    assert!(said(&b, ask, &[(id, report(day))], Mode::Commit).await.feed.is_some());
    assert!(!queue(&b, ask).await.items.iter().any(|r| r.project == id && r.activity.as_ref() == Some(&id_of)));
}

#[tokio::test]
async fn a_department_finds_what_it_decides_wherever_it_is_and_records_that_alone() {
    let b = Bureau::open().await;
    let id = project(&b, "示例厂", 11).await;
    let (kind, dept) = (KIND.to_owned(), decider(&b).await);
    let signed = of_department(&b, "decider", &[&dept]).await;
    let ask = asks(&b, &signed);
    // No list shows it; the queue and its own page do.
    assert_eq!(count_projects(&b.desk, ask, &Filter::default(), None).await.unwrap().rows, 0);
    let listed = list_projects(&b.desk, ask, &Filter::default(), Sort::default(), &PageAsk { limit: 10, after: None }, None).await.unwrap();
    assert!(listed.items.is_empty());
    let page = queue(&b, ask).await;
    assert!(page.items.iter().all(|r| r.project == id) && row(&page, id, &kind).is_some());
    assert!(page.mine.contains(&dept) && page.chosen == page.mine);
    assert!(show_plan(&b.desk, ask, id, None).await.is_ok_and(|p| !p.can_edit));
    assert!(!show_journal(&b.desk, ask, id, None, 10).await.unwrap().items.is_empty());
    // Its permit, with undo; nothing else, by whatever act.
    let done = said(&b, ask, &[(id, fact(&kind, TODAY, FormalityAct::Accept))], Mode::Commit).await;
    let waiting = count_work(&b.desk, ask).await.unwrap();
    assert!(waiting.own && waiting.in_hand == 1);
    undo(&b.desk, ask, done.feed.unwrap()).await.unwrap();
    let books = b.desk.books(b.clerk.scope.office).await.unwrap();
    let other = books.pack.formalities.iter().find(|f| f.dept.as_ref().is_some_and(|d| *d != dept)).unwrap().key.clone();
    let refused = said(&b, ask, &[(id, fact(&other, TODAY, FormalityAct::Accept))], Mode::Commit).await;
    assert!(refused.lines[0].problems.iter().any(|p| p.code == "not_your_desk"), "{:?}", refused.lines);
    let seq = show_project(&b.desk, ask, id, None).await.unwrap().seq;
    let edit: Edit = serde_json::from_value(json!({ "id": id, "seq": seq, "patch": { "remark": "改" } })).unwrap();
    assert_eq!(code(edit_projects(&b.desk, ask, vec![edit], Mode::Commit, None).await.unwrap_err()), "not_your_desk");
}

#[tokio::test]
async fn who_decides_nothing_there_sees_nothing_and_a_duty_opens_the_list_too() {
    let b = Bureau::open().await;
    let id = project(&b, "示例厂", 11).await;
    let books = b.desk.books(b.clerk.scope.office).await.unwrap();
    let plan = plan(&b, id, TODAY).await;
    let busy: BTreeSet<String> = plan.activities.iter().flat_map(|a| a.department.clone()).collect();
    let idle =
        books.place.orgs.iter().find(|o| !busy.contains(&o.key) && !books.pack.formalities.iter().any(|f| f.dept.as_ref() == Some(&o.key)));
    let idle = idle.unwrap().key.clone();
    let signed = of_department(&b, "idle", &[&idle]).await;
    let ask = asks(&b, &signed);
    assert_eq!(queue(&b, ask).await.rows, 0);
    assert_eq!(code(show_project(&b.desk, ask, id, None).await.unwrap_err()), "not_found");
    assert_eq!(code(show_plan(&b.desk, ask, id, None).await.unwrap_err()), "not_found");
    let everyone = show_work(&b.desk, ask, &WorkAsk { everyone: true, ..every() }).await.unwrap();
    assert_eq!((everyone.rows, everyone.desks.len()), (0, 0), "asking for everyone's shows no more projects");
    let kind = KIND.to_owned();
    let line = said(&b, ask, &[(id, fact(&kind, TODAY, FormalityAct::Accept))], Mode::Preview).await;
    assert_eq!((line.lines[0].problems[0].code.as_str(), line.effects.len()), ("not_found", 0));
    let seq = show_project(&b.desk, b.ask(), id, None).await.unwrap().seq;
    let duty = json!({ "role": "lead_dept", "org": org(&b, &idle).await, "from": "2026-01-01" });
    assign_responsibility(&b.desk, b.ask(), At { id, seq }, serde_json::from_value(duty).unwrap()).await.unwrap();
    assert_eq!(count_projects(&b.desk, ask, &Filter::default(), None).await.unwrap().rows, 1);
    assert!(show_plan(&b.desk, ask, id, None).await.unwrap().can_edit);
}
