//! Then and now: days, feed numbers, old versions.
use crate::{fixture::*, over_both};
use lantu_model::{ListKey, Membership, MembershipState, Money, Reach, Responsibility, Role, Scope};
use lantu_store::{Facet, Filter, Moment, StreamId, StreamKind, Write};
use serde_json::json;

over_both!(
    a_day_names_its_last_feed,
    every_version_of_a_long_life_can_be_had,
    side_tables_follow_the_feed,
    a_withdrawn_project_leaves_every_list
);

async fn a_day_names_its_last_feed(bed: &Bed) {
    for (n, d) in [(1, "2026-08-01"), (2, "2026-08-01"), (3, "2026-08-04")] {
        let mut t = transaction("create").write(write(0, &project(n, "甲")));
        t.moment = Moment { day: day(d), at: at(i64::from(n)) };
        bed.store.commit(t).await.unwrap();
    }
    for (d, feed) in [("2026-07-31", 0), ("2026-08-01", 2), ("2026-08-03", 2), ("2026-08-04", 3), ("2030-01-01", 3)] {
        assert_eq!(bed.store.feed_on_day(office(), day(d)).await.unwrap(), feed, "{d}");
        assert_eq!(bed.store.count(&whole(), &Filter::default(), Some(feed)).await.unwrap().rows, feed);
    }
}

async fn every_version_of_a_long_life_can_be_had(bed: &Bed) {
    let mut p = project(1, "长命");
    let view = StreamId::new(StreamKind::View, "v");
    for n in 0..70u64 {
        p.remark = (n % 3 != 0).then(|| format!("第{n}版"));
        p.total_investment = Some(Money::from_fen(n as i64));
        let doc = json!({"n": n, "odd": if n % 2 == 1 { json!(true) } else { json!(null) }});
        let w = Write { stream: view.clone(), expected: n, doc, change: lantu_model::Change::new("edit"), row: None };
        commit(&bed.store, vec![write(n, &p), w]).await.unwrap();
    }
    for feed in [1u64, 2, 31, 32, 33, 63, 64, 65, 70] {
        let n = feed - 1;
        let then = bed.store.project(&whole(), p.id, Some(feed)).await.unwrap().unwrap();
        assert_eq!((then.seq, then.feed), (feed, feed));
        assert_eq!(then.doc.remark, (n % 3 != 0).then(|| format!("第{n}版")));
        assert_eq!(bed.store.count(&whole(), &Filter::default(), Some(feed)).await.unwrap().investment, n as i64);
        let doc = bed.store.doc::<serde_json::Value>(office(), &view, Some(feed)).await.unwrap().unwrap().doc;
        assert_eq!(doc, if n % 2 == 1 { json!({"n": n, "odd": true}) } else { json!({"n": n}) });
    }
    assert!(bed.store.project(&whole(), p.id, Some(0)).await.unwrap().is_none());
    assert_eq!(bed.store.verify(office()).await.unwrap(), []);
}

async fn side_tables_follow_the_feed(bed: &Bed) {
    let list = ListKey { kind: "city_key".into(), year: 2026 };
    let member = |state| Membership {
        list: list.clone(),
        state,
        plan: Some(Money::from_fen(7)),
        applied: None,
        admitted: None,
        removed: None,
        basis: None,
        group: None,
    };
    let duty = |n| Responsibility { role: Role::LeadDept, person: None, org: Some(org(n)), from: None, to: None };
    let mut p = project(1, "甲");
    p.memberships = vec![member(MembershipState::Admitted)];
    p.responsibilities = vec![duty(1)];
    commit(&bed.store, vec![write(0, &p)]).await.unwrap();
    p.memberships = vec![member(MembershipState::Removed)];
    p.responsibilities = vec![duty(2)];
    commit(&bed.store, vec![write(1, &p)]).await.unwrap();
    p.memberships = vec![];
    p.responsibilities = vec![duty(1), duty(2)];
    commit(&bed.store, vec![write(2, &p)]).await.unwrap();
    let seen = async |n: u32, as_of| {
        let scope = Scope { office: office(), regions: Reach::All, orgs: Reach::Only(vec![org(n)]), desks: vec![] };
        let rows = bed.store.count(&scope, &Filter::default(), as_of).await.unwrap().rows;
        assert_eq!(bed.store.project(&scope, pid(1), as_of).await.unwrap().is_some(), rows == 1);
        rows
    };
    assert_eq!((seen(1, Some(1)).await, seen(1, Some(2)).await, seen(1, Some(3)).await, seen(1, None).await), (1, 0, 1, 1));
    assert_eq!((seen(2, Some(1)).await, seen(2, Some(2)).await, seen(2, None).await), (0, 1, 1));
    let listed = async |state, as_of| {
        let filter = Filter { list: Some(list.clone()), list_state: state, ..Default::default() };
        bed.store.count(&whole(), &filter, as_of).await.unwrap().rows
    };
    assert_eq!((listed(None, Some(1)).await, listed(None, Some(2)).await, listed(None, None).await), (1, 0, 0));
    assert_eq!(listed(Some(MembershipState::Removed), Some(2)).await, 1);
    let by = bed.store.facets(&whole(), &Filter::default(), &[Facet::List], Some(1)).await.unwrap();
    assert_eq!(by[&Facet::List][0].key.as_deref(), Some("city_key:2026"));
    assert_eq!(bed.store.verify(office()).await.unwrap(), []);
}

async fn a_withdrawn_project_leaves_every_list(bed: &Bed) {
    let mut p = project(1, "误录");
    commit(&bed.store, vec![write(0, &p)]).await.unwrap();
    p.withdrawn = true;
    commit(&bed.store, vec![write_row(1, &p, None)]).await.unwrap();
    let rows = async |as_of| bed.store.count(&whole(), &Filter::default(), as_of).await.unwrap().rows;
    assert_eq!((rows(Some(1)).await, rows(Some(2)).await, rows(None).await), (1, 0, 0));
    assert!(bed.store.project(&whole(), p.id, None).await.unwrap().unwrap().doc.withdrawn);
    let narrow = Scope { office: office(), regions: Reach::Only(vec!["33".parse().unwrap()]), orgs: Reach::All, desks: vec![] };
    assert!(bed.store.project(&narrow, p.id, None).await.unwrap().is_none());
    assert_eq!(bed.store.verify(office()).await.unwrap(), []);
    p.withdrawn = false;
    commit(&bed.store, vec![write(2, &p)]).await.unwrap();
    assert_eq!(rows(None).await, 1);
    assert_eq!(bed.store.verify(office()).await.unwrap(), []);
}
