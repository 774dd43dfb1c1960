//! One project's life through the use cases.
use crate::bureau::{Bureau, TODAY, moment};
use jiff::civil::date;
use lantu_app::{
    AppError, At, Filter, Mode, PageAsk, Sort,
    assign_responsibility::{DutyDraft, assign_responsibility},
    change_owner::OwnerDraft,
    create_project::{ProjectDraft, create_project},
    edit_projects::{Edit, edit_projects},
    list_projects::{count_projects, list_projects},
    move_stage::move_stage,
    record_formality::record_formality,
    rename_project::rename_project,
    show_journal::show_journal,
    show_project::show_project,
    split_project::{Part, merge_projects, split_project},
};
use lantu_model::{Formality, FormalityState, Level, Money, ProjectId, Role, StageKind, project::StageDecision};
use serde_json::json;
use std::collections::BTreeMap;

fn draft(name: &str, wan: i64) -> ProjectDraft {
    let facts = BTreeMap::from([
        ("total_investment".to_owned(), json!(Money::from_wan(wan))),
        ("scale".to_owned(), json!("新建厂房")),
        ("procedure".to_owned(), json!("filing")),
    ]);
    ProjectDraft {
        name: name.into(),
        level: Level::Project,
        parent: None,
        code: None,
        owner: None,
        stage: None,
        since: None,
        classified: false,
        facts,
    }
}

async fn at(b: &Bureau, id: ProjectId) -> At {
    At { id, seq: show_project(&b.desk, b.ask(), id, None).await.unwrap().seq }
}

fn codes(e: AppError) -> Vec<String> {
    match e {
        AppError::Refused(r) => r.unmet.into_iter().map(|p| p.code).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_gate_lists_everything_unmet_at_once_and_opens_when_it_is_met() {
    let b = Bureau::open().await;
    let mut d = draft("示例一号", 32_000);
    d.code = Some("2601-339981-04-01-000011".into());
    d.owner = Some(OwnerDraft { name: "示例有限公司".into(), uscc: None, holding: None });
    let (id, _) = create_project(&b.desk, b.ask(), d, None).await.unwrap();
    let decision = |to, basis: &str| StageDecision { to, on: TODAY, basis: basis.into(), passed: BTreeMap::new() };
    let refused = codes(move_stage(&b.desk, b.ask(), at(&b, id).await, decision(StageKind::Building, ""), Mode::Commit).await.unwrap_err());
    for expected in ["basis_missing", "formality_missing", "responsible_missing", "field_missing"] {
        assert!(refused.iter().any(|c| c == expected), "{expected} in {refused:?}");
    }
    assert!(refused.len() > 5, "one round, not one by one: {refused:?}");

    let here = at(&b, id).await;
    move_stage(&b.desk, b.ask(), here, decision(StageKind::Reserve, "赋码"), Mode::Commit).await.unwrap();
    let orgs = lantu_app::manage_orgs::list_orgs(&b.desk, b.ask()).await.unwrap();
    let duty =
        DutyDraft { role: Role::LeadDept, person_name: None, org: Some(orgs[0].org.id), from: Some(TODAY), to: None, basis: String::new() };
    assign_responsibility(&b.desk, b.ask(), at(&b, id).await, duty).await.unwrap();
    move_stage(&b.desk, b.ask(), at(&b, id).await, decision(StageKind::Prelim, "会议纪要"), Mode::Commit).await.unwrap();
    let view = show_project(&b.desk, b.ask(), id, None).await.unwrap();
    assert_eq!(view.row.stage, StageKind::Prelim);
    assert_eq!(view.gate.next, Some(StageKind::Ready));
    assert!(view.gate.unmet.iter().all(|p| !p.title.contains('{') && !p.title.is_empty()), "{:#?}", view.gate.unmet);
    let journal = show_journal(&b.desk, b.ask(), id, None, 20).await.unwrap();
    assert_eq!(journal.items.first().unwrap().act, "move_stage");
    assert_eq!(journal.items.first().unwrap().actor, "示例科员");
}

#[tokio::test]
async fn a_stale_edit_is_told_what_changed_and_by_whom() {
    let b = Bureau::open().await;
    let (id, _) = create_project(&b.desk, b.ask(), draft("示例二号", 1_000), None).await.unwrap();
    let seen = at(&b, id).await;
    let edit = |field: &str, value| vec![Edit { id, seq: seen.seq, patch: BTreeMap::from([(field.to_owned(), value)]) }];
    edit_projects(&b.desk, b.ask(), edit("location", json!("示例路1号")), Mode::Commit, None).await.unwrap();
    match edit_projects(&b.desk, b.ask(), edit("location", json!("示例路2号")), Mode::Commit, None).await.unwrap_err() {
        AppError::Stale(s) => {
            assert_eq!(s[0].fields, ["location"]);
            assert_eq!(s[0].by, "示例科员");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_classified_project_is_refused_with_the_reason() {
    let b = Bureau::open().await;
    let d = ProjectDraft { classified: true, ..draft("示例三号", 1) };
    assert_eq!(codes(create_project(&b.desk, b.ask(), d, None).await.unwrap_err()), ["classified_project"]);
}

#[tokio::test]
async fn split_and_merger_never_count_a_figure_twice() {
    let b = Bureau::open().await;
    let total = async || count_projects(&b.desk, b.ask(), &Filter::default(), None).await.unwrap();
    let (id, _) = create_project(&b.desk, b.ask(), draft("示例四号", 90_000), None).await.unwrap();
    let parts = vec![
        Part { name: "示例四号一期".into(), total_investment: Money::from_wan(50_000) },
        Part { name: "示例四号二期".into(), total_investment: Money::from_wan(40_000) },
    ];
    let (_, ids) = split_project(&b.desk, b.ask(), at(&b, id).await, parts, TODAY, "示例发改〔2026〕1号").await.unwrap();
    assert_eq!((total().await.counted, Some(total().await.investment)), (2, Money::from_wan(90_000)));
    let sources = vec![at(&b, ids[0]).await, at(&b, ids[1]).await];
    let (_, one) = merge_projects(&b.desk, b.ask(), sources, "示例四号（合并）", TODAY, "示例发改〔2026〕2号").await.unwrap();
    assert_eq!((total().await.counted, Some(total().await.investment)), (1, Money::from_wan(90_000)));
    let view = show_project(&b.desk, b.ask(), one, None).await.unwrap();
    assert_eq!(view.predecessors.len(), 2);
    let section = ProjectDraft { level: Level::Section, parent: Some(one), ..draft("示例四号一标段", 30_000) };
    create_project(&b.desk, b.ask(), section, None).await.unwrap();
    assert_eq!(Some(total().await.investment), Money::from_wan(90_000), "a section's figure is part of its project's");
    let programme = ProjectDraft { level: Level::Programme, ..draft("示例打捆", 500_000) };
    create_project(&b.desk, b.ask(), programme, None).await.unwrap();
    assert_eq!(Some(total().await.investment), Money::from_wan(90_000), "a programme is the sum of its projects");
}

#[tokio::test]
async fn a_past_day_shows_what_was_known_then() {
    let b = Bureau::open().await;
    let (id, _) = create_project(&b.desk, b.ask(), draft("示例五号", 1_000), None).await.unwrap();
    let later = b.ask_on(date(2026, 6, 10));
    rename_project(&b.desk, later, at(&b, id).await, "示例五号（更名）", date(2026, 6, 9), "示例函〔2026〕9号").await.unwrap();
    let now = b.ask_on(date(2026, 7, 1));
    let then = show_project(&b.desk, now, id, Some(date(2026, 5, 31))).await.unwrap();
    assert_eq!(then.project.name, "示例五号");
    assert_eq!(show_project(&b.desk, now, id, None).await.unwrap().project.former_names[0].name, "示例五号");
    let page = PageAsk { limit: 10, after: None };
    let listed = list_projects(&b.desk, now, &Filter::default(), Sort::default(), &page, Some(date(2026, 5, 31))).await.unwrap();
    assert_eq!(listed.items[0].name, "示例五号");
    let before = list_projects(&b.desk, now, &Filter::default(), Sort::default(), &page, Some(date(2026, 5, 1))).await.unwrap();
    assert!(before.items.is_empty(), "it was not known yet");
    assert_eq!(moment(TODAY).day, TODAY);
}

#[tokio::test]
async fn resuming_is_not_a_new_start() {
    let b = Bureau::open().await;
    let (id, _) = create_project(&b.desk, b.ask(), draft("示例六号", 1_000), None).await.unwrap();
    let started = lantu_model::Stage::Building { started: date(2025, 3, 1) };
    lantu_app::move_stage::correct_stage(&b.desk, b.ask(), at(&b, id).await, started, "补登历史").await.unwrap();
    use lantu_app::change_status::change_status;
    use lantu_model::StatusKind::{Active, Halted};
    change_status(&b.desk, b.ask(), at(&b, id).await, Halted, date(2026, 1, 5), "资金", Mode::Commit).await.unwrap();
    change_status(&b.desk, b.ask(), at(&b, id).await, Active, date(2026, 4, 5), "复工", Mode::Commit).await.unwrap();
    let view = show_project(&b.desk, b.ask(), id, None).await.unwrap();
    assert_eq!(view.row.started_on, Some(date(2025, 3, 1)));
    let f = Formality { number: Some("示例许1号".into()), ..Formality::new("nothing_known", FormalityState::Granted) };
    assert_eq!(codes(record_formality(&b.desk, b.ask(), at(&b, id).await, f).await.unwrap_err()), ["unknown_formality"]);
}
