//! Committing: versions, staleness, idempotency, full disks, races.
use crate::{fixture::*, over_both};
use lantu_model::Money;
use lantu_store::{CommitError, Idempotency, JournalAsk, OpenOptions, StoreError, StreamId, StreamKind, Write};
use serde_json::json;

over_both!(
    a_commit_can_be_read_back,
    a_write_that_changes_nothing_is_skipped,
    every_stale_stream_is_told_with_who_when_and_fields,
    nothing_is_written_when_one_stream_is_stale,
    an_idempotency_key_answers_twice_and_refuses_other_content,
    two_imports_of_one_list_never_double,
    floats_twice_and_foreign_rows_are_refused,
    concurrent_writers_lose_no_update_and_leave_no_gap,
    offices_do_not_see_each_other,
);

async fn a_commit_can_be_read_back(bed: &Bed) {
    let store = &bed.store;
    let mut p = project(1, "示例一期");
    p.total_investment = Some(Money::from_fen(i64::MAX));
    let done = commit(store, vec![write(0, &p)]).await.unwrap();
    assert_eq!((done.feed, done.replayed, done.entries), (1, false, 1));
    let kept = store.project(&whole(), p.id, None).await.unwrap().unwrap();
    assert_eq!((kept.doc, kept.seq, kept.feed), (p.clone(), 1, 1));
    let user = StreamId::new(StreamKind::User, user(7));
    let doc = json!({"name": "jing", "role": "clerk", "gone": null});
    let w = Write { stream: user.clone(), expected: 0, doc, change: lantu_model::Change::new("create"), row: None };
    assert_eq!(commit(store, vec![w]).await.unwrap().feed, 2);
    let kept = store.doc::<serde_json::Value>(office(), &user, None).await.unwrap().unwrap();
    assert_eq!((kept.doc, kept.seq, kept.feed), (json!({"name": "jing", "role": "clerk"}), 1, 2));
    assert_eq!(store.docs::<serde_json::Value>(office(), StreamKind::User).await.unwrap()[0].0, user.id);
    assert!(matches!(store.doc::<serde_json::Value>(office(), &StreamId::project(p.id), None).await, Err(StoreError::Invalid(_))));
    assert_eq!(store.feed(office()).await.unwrap(), 2);
}

async fn a_write_that_changes_nothing_is_skipped(bed: &Bed) {
    let p = project(1, "示例");
    commit(&bed.store, vec![write(0, &p)]).await.unwrap();
    let again = commit(&bed.store, vec![write(1, &p)]).await.unwrap();
    assert_eq!((again.feed, again.entries), (1, 0));
    for old in [0, 9] {
        assert!(matches!(commit(&bed.store, vec![write(old, &p)]).await, Err(CommitError::Stale(_))));
    }
    let q = project(2, "另一");
    let done = commit(&bed.store, vec![write(1, &p), write(0, &q)]).await.unwrap();
    assert_eq!((done.feed, done.entries), (2, 1));
    assert!(bed.store.verify(office()).await.unwrap().is_empty());
}

async fn every_stale_stream_is_told_with_who_when_and_fields(bed: &Bed) {
    let (mut p, mut q, r) = (project(1, "甲"), project(2, "乙"), project(3, "丙"));
    commit(&bed.store, vec![write(0, &p), write(0, &q), write(0, &r)]).await.unwrap();
    p.remark = Some("x".into());
    q.scale = Some("y".into());
    commit(&bed.store, vec![write(1, &p), write(1, &q)]).await.unwrap();
    p.location = Some("z".into());
    commit(&bed.store, vec![write(2, &p)]).await.unwrap();
    let (mut p1, mut q1, s) = (project(1, "甲"), project(2, "乙"), project(4, "丁"));
    (p1.remark, q1.remark) = (Some("mine".into()), Some("mine".into()));
    let error = commit(&bed.store, vec![write(1, &p1), write(1, &q1), write(5, &s)]).await.unwrap_err();
    let CommitError::Stale(stale) = error else { panic!("{error}") };
    let told: Vec<_> = stale.iter().map(|s| (s.stream.id.clone(), s.expected, s.actual, s.by.as_str(), s.fields.join(" "))).collect();
    assert_eq!(
        told,
        [
            (pid(1).to_string(), 1, 3, "jing", "location remark".into()),
            (pid(2).to_string(), 1, 2, "jing", "scale".into()),
            (pid(4).to_string(), 5, 0, "", String::new()),
        ]
    );
    assert_eq!(stale[0].at, Some(at(1)));
}

async fn nothing_is_written_when_one_stream_is_stale(bed: &Bed) {
    let p = project(1, "甲");
    commit(&bed.store, vec![write(0, &p)]).await.unwrap();
    let mut other = project(1, "甲");
    other.remark = Some("x".into());
    assert!(matches!(commit(&bed.store, vec![write(0, &project(2, "乙")), write(0, &other)]).await, Err(CommitError::Stale(_))));
    assert_eq!(bed.store.feed(office()).await.unwrap(), 1);
    assert!(bed.store.project(&whole(), pid(2), None).await.unwrap().is_none());
    assert!(bed.store.verify(office()).await.unwrap().is_empty());
}

async fn an_idempotency_key_answers_twice_and_refuses_other_content(bed: &Bed) {
    let ask = |n: u32, request: Option<&str>| {
        let mut t = transaction("create").write(write(0, &project(n, "甲")));
        t.idempotency = Some(Idempotency { key: "k1".into(), request: request.map(Into::into) });
        t
    };
    let first = bed.store.commit(ask(1, None)).await.unwrap();
    let second = bed.store.commit(ask(1, None)).await.unwrap();
    assert_eq!((second.feed, second.replayed, second.entries), (first.feed, true, 1));
    let error = bed.store.commit(ask(2, None)).await.unwrap_err();
    assert_eq!(error.code(), "idempotency_mismatch");
    // A use case that draws fresh ids says itself what was asked.
    let named = |n, key: &str, request: &str| {
        let mut t = ask(n, Some(request));
        t.idempotency.as_mut().unwrap().key = key.into();
        t
    };
    let first = bed.store.commit(named(3, "k2", "same")).await.unwrap();
    let second = bed.store.commit(named(4, "k2", "same")).await.unwrap();
    assert_eq!((second.feed, second.replayed), (first.feed, true));
    assert!(matches!(bed.store.commit(named(5, "k2", "other")).await, Err(CommitError::IdempotencyMismatch)));
    let idem = |r: &str| Idempotency { key: "k2".into(), request: Some(r.into()) };
    assert_eq!(bed.store.earlier(office(), &idem("same")).await.unwrap().unwrap().feed, first.feed);
    assert!(matches!(bed.store.earlier(office(), &idem("other")).await, Err(CommitError::IdempotencyMismatch)));
    assert!(bed.store.earlier(other_office(), &idem("other")).await.unwrap().is_none());
    assert_eq!(bed.store.count(&whole(), &Default::default(), None).await.unwrap().rows, 2);
}

async fn two_imports_of_one_list_never_double(bed: &Bed) {
    // Both planned against feed 0, each with ids of its own.
    let import = |base: u32| {
        let mut t = transaction("import_list");
        t.matched_at = Some(0);
        t.writes = (0..20).map(|n| write(0, &project(base + n, &format!("第{n}号")))).collect();
        t
    };
    let (a, b) = tokio::join!(bed.store.commit(import(100)), bed.store.commit(import(200)));
    let (won, lost) = if a.is_ok() { (a, b) } else { (b, a) };
    assert_eq!(won.unwrap().entries, 20);
    let Err(CommitError::Stale(stale)) = lost else { panic!("both went through") };
    assert_eq!((stale.len(), stale[0].by.as_str()), (20, "jing"));
    assert_eq!(bed.store.count(&whole(), &Default::default(), None).await.unwrap().rows, 20);
    assert_eq!(bed.store.feed(office()).await.unwrap(), 1);
    // Planned again against what is there now, it goes through.
    let mut t = import(300);
    t.matched_at = Some(1);
    assert_eq!(bed.store.commit(t).await.unwrap().feed, 2);
}

async fn floats_twice_and_foreign_rows_are_refused(bed: &Bed) {
    let p = project(1, "甲");
    let mut float = write(0, &p);
    float.doc["remark"] = json!(0.5);
    let mut foreign = write(0, &p);
    foreign.row.as_mut().unwrap().id = pid(2);
    let mut list = write(0, &p);
    list.doc = json!([1]);
    for writes in [vec![float], vec![foreign], vec![list], vec![write(0, &p), write(0, &p)]] {
        assert!(matches!(commit(&bed.store, writes).await, Err(CommitError::Db(StoreError::Invalid(_)))));
    }
    assert_eq!(bed.store.feed(office()).await.unwrap(), 0);
}

async fn concurrent_writers_lose_no_update_and_leave_no_gap(bed: &Bed) {
    commit(&bed.store, vec![write(0, &project(1, "共用"))]).await.unwrap();
    let mut tasks = vec![];
    for n in 0..4u32 {
        // A second store is a second server or a command line beside it.
        let store = if n % 2 == 0 { bed.store.clone() } else { bed.another().await };
        tasks.push(tokio::spawn(async move {
            for i in 0..10u32 {
                loop {
                    let now = store.project(&whole(), pid(1), None).await.unwrap().unwrap();
                    let mut p = now.doc;
                    let count: i64 = p.remark.as_deref().unwrap_or("0").parse().unwrap();
                    p.remark = Some((count + 1).to_string());
                    let own = project(1000 + n * 100 + i, "各自");
                    match commit(&store, vec![write(now.seq, &p), write(0, &own)]).await {
                        Ok(_) => break,
                        Err(CommitError::Stale(stale)) => assert_eq!(stale[0].stream, StreamId::project(pid(1))),
                        Err(e) => panic!("{e}"),
                    }
                }
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let end = bed.store.project(&whole(), pid(1), None).await.unwrap().unwrap();
    assert_eq!((end.doc.remark.as_deref(), end.seq, bed.store.feed(office()).await.unwrap()), (Some("40"), 41, 41));
    assert_eq!(bed.store.verify(office()).await.unwrap(), []);
}

async fn offices_do_not_see_each_other(bed: &Bed) {
    let p = project(1, "同号");
    commit(&bed.store, vec![write(0, &p)]).await.unwrap();
    let mut t = transaction("create").write(write(0, &p));
    t.office = other_office();
    assert_eq!(bed.store.commit(t).await.unwrap().feed, 1);
    let other = lantu_model::Scope::whole(other_office());
    for scope in [whole(), other] {
        assert_eq!(bed.store.count(&scope, &Default::default(), None).await.unwrap().rows, 1);
        let ask = JournalAsk { limit: 10, ..Default::default() };
        assert_eq!(bed.store.journal(&scope, &ask).await.unwrap().rows.len(), 1);
    }
}

#[tokio::test]
async fn a_full_disk_writes_nothing_and_loses_nothing() {
    let bed = Bed::sqlite_with(OpenOptions { max_page_count: Some(400), ..Default::default() }).await;
    let mut n = 0;
    let error = loop {
        let writes = (0..50).map(|i| write(0, &project(n * 50 + i, &format!("填满 {i} {}", "字".repeat(100))))).collect();
        match commit(&bed.store, writes).await {
            Ok(done) => n = done.feed as u32,
            Err(e) => break e,
        }
        assert!(n < 100, "the page limit was never met");
    };
    assert!(matches!(error, CommitError::Full), "{error}");
    assert_eq!(error.code(), "storage_full");
    assert!(n > 0, "not one commit went through");
    assert_eq!(bed.store.feed(office()).await.unwrap(), u64::from(n));
    assert_eq!(bed.store.count(&whole(), &Default::default(), None).await.unwrap().rows, u64::from(n) * 50);
    assert_eq!(bed.store.verify(office()).await.unwrap(), []);
    // With room again the same store goes on.
    let more = bed.another().await;
    assert_eq!(commit(&more, vec![write(0, &project(9_999, "又有地方"))]).await.unwrap().feed, u64::from(n) + 1);
    more.close().await;
    bed.done().await;
}
