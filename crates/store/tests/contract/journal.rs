//! Reading the journal and taking a transaction apart for undo.
use crate::{fixture::*, over_both};
use lantu_model::{Plan, Reach, Scope};
use lantu_store::{JournalAsk, StreamId, StreamKind, Write};
use serde_json::json;

over_both!(
    entries_tell_who_when_what_and_why,
    pages_of_a_large_import_miss_nothing,
    a_transaction_gives_what_was_before,
    one_fact_in_a_large_plan_is_a_small_entry
);

async fn entries_tell_who_when_what_and_why(bed: &Bed) {
    let mut p = project(1, "甲");
    commit(&bed.store, vec![write(0, &p)]).await.unwrap();
    p.remark = Some("改".into());
    let mut w = write(1, &p);
    w.change = lantu_model::Change::new("edit").on(day("2026-07-15")).because("发改〔2026〕1号");
    let mut t = transaction("bulk_edit").write(w);
    t.undoes = Some(1);
    bed.store.commit(t).await.unwrap();
    let ask = JournalAsk { stream: Some(StreamId::project(p.id)), limit: 10, ..Default::default() };
    let page = bed.store.journal(&whole(), &ask).await.unwrap();
    let e = &page.rows[0];
    assert_eq!((e.feed, e.seq, e.actor.as_str(), e.actor_user), (2, 2, "jing", Some(user(1))));
    assert_eq!(
        (e.act.as_str(), e.tx_act.as_str(), e.on, e.basis.as_deref()),
        ("edit", "bulk_edit", Some(day("2026-07-15")), Some("发改〔2026〕1号"))
    );
    assert_eq!((e.day, e.at, &e.delta), (day("2026-08-01"), at(1), &json!({"remark": [null, "改"]})));
    assert_eq!(page.rows[1].delta["name"], json!([null, "甲"]));
    let since = JournalAsk { since: Some(1), limit: 10, ..Default::default() };
    assert_eq!(bed.store.journal(&whole(), &since).await.unwrap().rows.len(), 1);
    let before = JournalAsk { before: Some(2), limit: 10, ..Default::default() };
    assert_eq!(bed.store.journal(&whole(), &before).await.unwrap().rows.len(), 1);
}

async fn pages_of_a_large_import_miss_nothing(bed: &Bed) {
    commit(&bed.store, (1..=25).map(|n| write(0, &project(n, "甲"))).collect()).await.unwrap();
    let doc = json!({"name": "x"});
    let w =
        Write { stream: StreamId::new(StreamKind::User, user(1)), expected: 0, doc, change: lantu_model::Change::new("create"), row: None };
    commit(&bed.store, vec![w, write(0, &project(26, "乙"))]).await.unwrap();
    let (mut seen, mut after) = (vec![], None);
    loop {
        let page = bed.store.journal(&whole(), &JournalAsk { after, limit: 4, ..Default::default() }).await.unwrap();
        seen.extend(page.rows.into_iter().map(|e| (e.feed, e.stream)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 27);
    assert!(seen.windows(2).all(|w| w[0].0 >= w[1].0));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 27);
    // Users and the like are for whole scopes only, and a project without a region is in no region.
    let narrow = Scope { office: office(), regions: Reach::Only(vec!["33".parse().unwrap()]), orgs: Reach::All, desks: vec![] };
    assert!(bed.store.journal(&narrow, &JournalAsk { limit: 100, ..Default::default() }).await.unwrap().rows.is_empty());
}

async fn a_transaction_gives_what_was_before(bed: &Bed) {
    let (mut p, mut q) = (project(1, "甲"), project(2, "乙"));
    p.division = Some("330482001".parse().unwrap());
    commit(&bed.store, vec![write(0, &p), write(0, &q)]).await.unwrap();
    (p.remark, q.remark) = (Some("一".into()), Some("二".into()));
    commit(&bed.store, vec![write(1, &p), write(1, &q), write(0, &project(3, "丙"))]).await.unwrap();
    p.remark = Some("三".into());
    commit(&bed.store, vec![write(2, &p)]).await.unwrap();
    let view = bed.store.transaction(&whole(), 2).await.unwrap().unwrap();
    assert_eq!((view.act.as_str(), view.actor.as_str(), view.hidden, view.touched.len()), ("edit", "jing", 0, 3));
    let of = |n: u32| view.touched.iter().find(|t| t.stream.id == pid(n).to_string()).unwrap();
    assert_eq!((of(1).seq, of(1).seq_now, of(2).seq_now), (2, 3, 2));
    assert_eq!(of(1).before.as_ref().unwrap().get("remark"), None);
    assert_eq!(of(1).after["remark"], json!("一"));
    assert_eq!((of(3).before.as_ref(), of(3).after["name"].as_str()), (None, Some("丙")));
    let town = Scope { office: office(), regions: Reach::Only(vec!["330482001".parse().unwrap()]), orgs: Reach::All, desks: vec![] };
    let part = bed.store.transaction(&town, 2).await.unwrap().unwrap();
    assert_eq!((part.touched.len(), part.hidden), (1, 2));
    let none = Scope { office: office(), regions: Reach::Only(vec![]), orgs: Reach::All, desks: vec![] };
    assert!(bed.store.transaction(&none, 2).await.unwrap().is_none());
    assert!(bed.store.transaction(&whole(), 9).await.unwrap().is_none());
}

async fn one_fact_in_a_large_plan_is_a_small_entry(bed: &Bed) {
    let mut p = project(1, "甲");
    p.plan = Some(large_plan());
    commit(&bed.store, vec![write(0, &p)]).await.unwrap();
    let before = p.clone();
    let started = |p: &mut lantu_model::Project, at: &str| {
        let plan = p.plan.as_mut().unwrap();
        plan.activities.get_mut("A070").unwrap().progress.started = Some(day(at));
    };
    for (seq, at) in [(1, "2026-03-02"), (2, "2026-03-03")] {
        started(&mut p, at);
        commit(&bed.store, vec![write(seq, &p)]).await.unwrap();
    }
    let ask = JournalAsk { stream: Some(StreamId::project(p.id)), limit: 10, ..Default::default() };
    let entries = bed.store.journal(&whole(), &ask).await.unwrap().rows;
    let told = |progress: serde_json::Value| json!({"plan": {"activities": {"A070": {"progress": progress}}}});
    assert_eq!(entries[0].delta, told(json!({"started": ["2026-03-02", "2026-03-03"]})));
    assert_eq!(entries[1].delta, told(json!([null, {"started": "2026-03-02"}])));
    let then = bed.store.project(&whole(), p.id, Some(1)).await.unwrap().unwrap();
    assert_eq!((then.doc, then.seq), (before, 1));
    let last = bed.store.transaction(&whole(), 3).await.unwrap().unwrap();
    assert_eq!(last.touched[0].after, serde_json::to_value(&p).map(without_nulls).unwrap());
    started(&mut p, "2026-03-02");
    assert_eq!(last.touched[0].before, Some(serde_json::to_value(&p).map(without_nulls).unwrap()));
    assert_eq!(bed.store.verify(office()).await.unwrap(), []);
}

fn without_nulls(doc: serde_json::Value) -> serde_json::Value {
    let serde_json::Value::Object(map) = doc else { return doc };
    map.into_iter().filter(|(_, v)| !v.is_null()).collect()
}

fn large_plan() -> Plan {
    let mut plan = Plan::from_day(day("2026-03-01"));
    for place in 0..150 {
        let activity = json!({"name": {"zh": format!("工作{place}")}, "place": place, "phase": 1, "days": 5, "clock": "contractor"});
        plan.activities.insert(format!("A{place:03}"), serde_json::from_value(activity).unwrap());
    }
    plan
}
