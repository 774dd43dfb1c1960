//! Patterns edited by an office: judged, put in force, kept apart from what others do meanwhile.
use crate::bureau::{Bureau, TODAY, moment};
use jiff::civil::date;
use lantu_app::{
    AppError, Ask, Signed, UserRole,
    patterns::{CheckAsk, PutAsk, StepChangeKind, check_pattern, list_patterns, pattern_text, put_pattern_in_force, show_pattern},
};
use lantu_model::{Scope, words::Lang};
use lantu_pack::ActivityDraft;

fn administrator(bureau: &Bureau) -> Signed {
    let office = bureau.clerk.scope.office;
    Signed { user: None, label: "sysadmin".into(), role: UserRole::SystemAdmin, scope: Scope::whole(office), desks: vec![] }
}

fn no_ids() -> uuid::Uuid {
    uuid::Uuid::nil()
}

fn ask(signed: &Signed) -> Ask<'_> {
    Ask { signed, moment: moment(TODAY), lang: Lang::En, ids: &no_ids }
}

#[tokio::test]
async fn a_pattern_is_shown_with_what_its_steps_may_name() {
    let bureau = Bureau::open().await;
    let listed = list_patterns(&bureau.desk, bureau.ask()).await.unwrap();
    let factory = listed.patterns.iter().find(|p| p.key == "MFG").unwrap();
    assert_eq!((factory.start_offset, listed.can_edit), (Some(75), false));
    assert!(listed.shared.departments.iter().any(|d| d.key == "owner_contact" && d.role));
    let shown = show_pattern(&bureau.desk, bureau.ask(), "mfg").await.unwrap();
    assert_eq!((shown.draft.activities.len(), shown.hash.as_str()), (factory.steps, listed.hash.as_str()));
    let text = pattern_text(&bureau.desk, bureau.ask(), "MFG").await.unwrap();
    assert!(String::from_utf8(text).unwrap().contains("key = \"MFG\""));
    assert!(matches!(show_pattern(&bureau.desk, bureau.ask(), "none").await, Err(AppError::NotFound)));
}

#[tokio::test]
async fn findings_stand_at_their_steps_and_a_loop_is_named() {
    let bureau = Bureau::open().await;
    let admin = administrator(&bureau);
    let mut draft = show_pattern(&bureau.desk, ask(&admin), "MFG").await.unwrap().draft;
    let at = |id: &str| draft.activities.iter().position(|a| a.id == id).unwrap();
    let (a03, a05, last) = (at("A03"), at("A05"), draft.activities.len());
    draft.activities[a03].after = "A05".into();
    draft.activities[a05].after = "A03".into();
    draft.activities[a05].department = vec!["moon".into()];
    draft.activities.push(ActivityDraft { id: "A 99".into(), after: "ZZ:QQ".into(), ..ActivityDraft::default() });
    let told = check_pattern(&bureau.desk, ask(&admin), CheckAsk { was: Some("MFG".into()), draft: Some(draft), ..CheckAsk::default() })
        .await
        .unwrap();
    let found =
        |row: usize, field: &str, code: &str| told.findings.iter().any(|f| f.row == Some(row) && f.field == field && f.code == code);
    assert!(found(a05, "department", "pack_unknown_department"), "{:#?}", told.findings);
    for field in ["phase", "days", "clock", "department"] {
        assert!(found(last, field, "pack_missing_key"), "{field}: {:#?}", told.findings);
    }
    assert!(found(last, "after", "pack_bad_value"), "{:#?}", told.findings);
    assert_eq!(told.dates, None);
    let mut ring = show_pattern(&bureau.desk, ask(&admin), "MFG").await.unwrap().draft;
    ring.activities[a03].after = "A05".into();
    ring.activities[a05].after = "A03".into();
    let told = check_pattern(&bureau.desk, ask(&admin), CheckAsk { was: Some("MFG".into()), draft: Some(ring), ..CheckAsk::default() })
        .await
        .unwrap();
    assert!(told.findings.iter().any(|f| f.code == "pack_cycle" && f.title.contains("A03 → A05 → A03")), "{:#?}", told.findings);
}

#[tokio::test]
async fn a_longer_step_moves_the_start_and_a_file_may_be_given_instead() {
    let bureau = Bureau::open().await;
    let admin = administrator(&bureau);
    let shown = show_pattern(&bureau.desk, ask(&admin), "MFG").await.unwrap();
    let start = Some(date(2026, 3, 2));
    let plain = CheckAsk { was: Some("MFG".into()), draft: Some(shown.draft.clone()), start, ..CheckAsk::default() };
    let before = check_pattern(&bureau.desk, ask(&admin), plain.clone()).await.unwrap();
    assert_eq!(before.difference, Default::default());
    let works = before.dates.as_ref().unwrap().milestones[0].clone();
    assert_eq!((works.milestone.as_str(), works.offset, works.day), ("start", 75, date(2026, 6, 18)));
    let takes_time = |id: &&String| shown.draft.activities.iter().any(|a| a.id == **id && a.days > Some(0));
    let driver = works.path.iter().rfind(takes_time).unwrap().clone();
    let mut draft = shown.draft;
    let step = draft.activities.iter_mut().find(|a| a.id == driver).unwrap();
    step.days = step.days.map(|n| n + 4);
    let longer = check_pattern(&bureau.desk, ask(&admin), CheckAsk { draft: Some(draft), ..plain.clone() }).await.unwrap();
    assert_eq!(longer.dates.as_ref().unwrap().milestones[0].offset, 79);
    let change = &longer.difference.steps[..];
    assert!(matches!(change, [one] if one.id == driver && one.kind == StepChangeKind::Changed && one.fields == ["days"]), "{change:?}");
    let as_file = CheckAsk { text: Some(longer.text.clone()), draft: None, ..plain.clone() };
    let read = check_pattern(&bureau.desk, ask(&admin), as_file).await.unwrap();
    assert_eq!((read.difference, read.dates), (longer.difference, longer.dates));
    let broken = CheckAsk { text: Some("key = \"MFG\"\nwords = {\n".into()), draft: None, ..plain };
    let told = check_pattern(&bureau.desk, ask(&admin), broken).await.unwrap();
    assert!(told.draft.is_none() && told.findings.iter().any(|f| f.code == "pack_syntax" && f.line >= 2), "{:?}", told.findings);
}

#[tokio::test]
async fn a_new_version_is_put_in_force_and_an_overtaken_one_is_not() {
    let bureau = Bureau::open().await;
    let admin = administrator(&bureau);
    let shown = show_pattern(&bureau.desk, ask(&admin), "MFG").await.unwrap();
    let mut draft = shown.draft.clone();
    draft.activities[1].days = draft.activities[1].days.map(|n| n + 2);
    let asked =
        PutAsk { based_on: shown.hash.clone(), was: Some("MFG".into()), draft, number: "示例发改〔2026〕3号".into(), on: TODAY };
    assert!(matches!(put_pattern_in_force(&bureau.desk, bureau.ask(), asked.clone()).await, Err(AppError::Forbidden(_))));
    for wrong in [
        PutAsk { number: " ".into(), ..asked.clone() },
        PutAsk { on: date(2026, 12, 1), ..asked.clone() },
        PutAsk { draft: shown.draft.clone(), ..asked.clone() },
        PutAsk { draft: lantu_pack::PatternDraft::default(), ..asked.clone() },
    ] {
        assert!(matches!(put_pattern_in_force(&bureau.desk, ask(&admin), wrong).await, Err(AppError::Refused(_))));
    }
    let put = put_pattern_in_force(&bureau.desk, ask(&admin), asked.clone()).await.unwrap();
    assert_eq!(put.version, "2026.1+1");
    let now = show_pattern(&bureau.desk, ask(&admin), "MFG").await.unwrap();
    assert_eq!((now.hash.as_str(), now.draft.activities[1].days), (put.hash.as_str(), asked.draft.activities[1].days));
    // The editor who saw the older version is told who changed which step, and nothing is written.
    match put_pattern_in_force(&bureau.desk, ask(&admin), asked).await {
        Err(AppError::Stale(streams)) => {
            assert_eq!(streams[0].fields, [format!("MFG {}", shown.draft.activities[1].id)]);
            assert_eq!(streams[0].by, "sysadmin");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(list_patterns(&bureau.desk, ask(&admin)).await.unwrap().hash, put.hash);
}

#[tokio::test]
async fn a_copy_is_a_pattern_of_its_own() {
    let bureau = Bureau::open().await;
    let admin = administrator(&bureau);
    let shown = show_pattern(&bureau.desk, ask(&admin), "MFG").await.unwrap();
    let mut draft = shown.draft.clone();
    let same = CheckAsk { draft: Some(draft.clone()), ..CheckAsk::default() };
    let told = check_pattern(&bureau.desk, ask(&admin), same).await.unwrap();
    assert!(told.findings.iter().any(|f| f.code == "pack_duplicate"), "{:?}", told.findings);
    draft.key = "MFG2".into();
    draft.words.zh = "示例化工厂".into();
    let asked = PutAsk { based_on: shown.hash, was: None, draft, number: "示例1号".into(), on: TODAY };
    put_pattern_in_force(&bureau.desk, ask(&admin), asked).await.unwrap();
    let listed = list_patterns(&bureau.desk, ask(&admin)).await.unwrap();
    let keys: Vec<&str> = listed.patterns.iter().map(|p| p.key.as_str()).collect();
    assert!(keys.contains(&"MFG") && keys.contains(&"MFG2"), "{keys:?}");
}
