//! The same seed gives the same books, and the books hold what a bureau relies on.
use jiff::civil::date;
use lantu_app::{Ask, Desk, Filter, Moment, OpenOptions, Signed, Sort, Store, list_projects, set_up, show_overview, verify_books};
use lantu_model::words::Lang;
use lantu_sim::{Life, populate};

async fn lived(life: Life) -> (Desk, lantu_model::OfficeId, lantu_sim::LifeSummary) {
    let store = Store::open("sqlite::memory:", OpenOptions::default()).await.unwrap();
    let desk = Desk::new(store);
    let day = date(2024, 12, 1);
    let moment = Moment { day, at: day.at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp() };
    let ids = lantu_sim::IdSource::new(1, 1_700_000_000_000);
    let fresh = || ids.fresh();
    let draft = set_up::OfficeDraft { name: "示例市项目办".into(), pack: "cn-county".into(), place: "demo".into(), demo: true };
    let office = set_up::open_office(&desk, draft, moment, &fresh).await.unwrap();
    let summary = populate(&desk, office, life, &mut |_, _| {}).await.unwrap();
    (desk, office, summary)
}

#[tokio::test]
async fn a_seed_repeats_its_life_and_the_books_verify() {
    let life = Life { seed: 7, projects: 60, months: 12, until: date(2026, 5, 18) };
    let (desk, office, first) = lived(life).await;
    let (again, other, second) = lived(life).await;
    assert_eq!(first, second);
    let signed = Signed::system(office, "test");
    let ids = || panic!("reading makes no ids");
    let moment = Moment { day: life.until, at: jiff::Timestamp::UNIX_EPOCH };
    let ask = Ask { signed: &signed, moment, lang: Lang::Zh, ids: &ids };
    let page = lantu_app::PageAsk { limit: 1000, after: None };
    let one = list_projects::list_projects(&desk, ask, &Filter::default(), Sort::default(), &page, None).await.unwrap();
    let signed_other = Signed::system(other, "test");
    let ask_other = Ask { signed: &signed_other, moment, lang: Lang::Zh, ids: &ids };
    let two = list_projects::list_projects(&again, ask_other, &Filter::default(), Sort::default(), &page, None).await.unwrap();
    assert_eq!(one.items, two.items);
    assert!(one.items.len() > 40, "{first:?}");
    assert_eq!(verify_books::verify_office(&desk, ask).await.unwrap().findings, vec![]);
    let overview = show_overview::show_overview(&desk, ask, Filter::default(), 2026, None).await.unwrap();
    assert_eq!(overview.by_stage.iter().map(|c| c.rows).sum::<u64>(), one.items.len() as u64);
    assert_eq!(overview.by_division.iter().map(|c| c.rows).sum::<u64>(), one.items.len() as u64);
    for watch in &overview.watches {
        assert_eq!(watch.due_by_now, watch.done_of_due + watch.overdue, "{}", watch.key);
    }
}

#[tokio::test]
async fn plans_are_lived_month_by_month() {
    let life = Life { seed: 7, projects: 80, months: 14, until: date(2026, 5, 18) };
    let (desk, office, summary) = lived(life).await;
    let signed = Signed::system(office, "test");
    let ids = || panic!("reading makes no ids");
    let ask = Ask { signed: &signed, moment: Moment { day: life.until, at: jiff::Timestamp::UNIX_EPOCH }, lang: Lang::Zh, ids: &ids };
    let page = lantu_app::PageAsk { limit: 1000, after: None };
    let rows = list_projects::list_projects(&desk, ask, &Filter::default(), Sort::default(), &page, None).await.unwrap();
    let all: Vec<lantu_model::ProjectId> = rows.items.iter().map(|r| r.id).collect();
    let projects = desk.store.projects_by_ids(&signed.scope, &all, None).await.unwrap();
    let plans: Vec<&lantu_model::Plan> = projects.iter().filter_map(|p| p.doc.plan.as_ref()).collect();
    let told = plans.iter().flat_map(|p| p.activities.values()).filter(|a| !a.progress.is_none()).count();
    let running = plans.iter().flat_map(|p| p.activities.values()).filter(|a| a.progress.remaining.is_some()).count();
    let baselines = plans.iter().filter(|p| p.baselines.len() == 1).count();
    println!("{summary:?}: {} of {} planned, {told} steps told, {running} under way, {baselines} baselines", plans.len(), all.len());
    assert!(plans.len() * 2 > all.len() && plans.len() < all.len(), "{} of {}", plans.len(), all.len());
    assert!(told > plans.len() * 3 && running > 10 && baselines > 5, "{told} told, {running} under way, {baselines} baselines");
    assert!(summary.refused * 50 <= summary.acts, "{summary:?}");
}
