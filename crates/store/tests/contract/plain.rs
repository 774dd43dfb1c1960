//! The plain rows beside the journal: sessions, credentials, attempts, visits, uploads.
use crate::{fixture::*, over_both};
use lantu_store::{NewUpload, Presence, Session};

over_both!(
    sessions_live_until_they_end,
    attempts_count_since_the_last_success,
    credentials_and_visits_are_replaced,
    uploads_keep_bytes_and_state,
    people_are_in_a_room_until_they_leave
);

async fn sessions_live_until_they_end(bed: &Bed) {
    let s = |hash: &str, u, end| Session {
        token_hash: hash.into(),
        office: office(),
        user: user(u),
        created: at(0),
        seen: at(0),
        expires: at(end),
    };
    let store = &bed.store;
    for session in [s("a", 1, 100), s("b", 1, 100), s("c", 2, 100)] {
        store.put_session(&session).await.unwrap();
    }
    assert_eq!(store.session("a", at(99)).await.unwrap(), Some(s("a", 1, 100)));
    assert_eq!(store.session("a", at(100)).await.unwrap(), None);
    assert_eq!(store.session("x", at(0)).await.unwrap(), None);
    store.touch_session("a", at(50), at(200)).await.unwrap();
    assert_eq!(store.session("a", at(150)).await.unwrap().unwrap().seen, at(50));
    store.sweep(at(150), at(0)).await.unwrap();
    assert_eq!(store.session("c", at(0)).await.unwrap(), None);
    store.put_session(&s("b", 1, 300)).await.unwrap();
    store.delete_session("a").await.unwrap();
    assert_eq!(store.session("a", at(0)).await.unwrap(), None);
    assert_eq!(store.delete_sessions_of(office(), user(1)).await.unwrap(), 1);
}

async fn attempts_count_since_the_last_success(bed: &Bed) {
    for (name, second, nonce, success) in [
        ("jing", 1, "a", false),
        ("jing", 2, "a", true),
        ("jing", 3, "a", false),
        ("jing", 3, "b", false),
        ("jing", 9, "a", false),
        ("li", 3, "a", false),
    ] {
        bed.store.record_attempt(office(), name, at(second), nonce, success).await.unwrap();
    }
    let failed = async |name: &str, since| bed.store.failed_attempts(office(), name, at(since)).await.unwrap();
    assert_eq!((failed("jing", 0).await, failed("jing", 4).await, failed("li", 0).await, failed("no", 0).await), (3, 1, 1, 0));
    assert_eq!(bed.store.failed_attempts(other_office(), "jing", at(0)).await.unwrap(), 0);
    bed.store.sweep(at(0), at(5)).await.unwrap();
    assert_eq!(failed("jing", 0).await, 1);
}

async fn credentials_and_visits_are_replaced(bed: &Bed) {
    let store = &bed.store;
    assert_eq!(store.credential(office(), user(1)).await.unwrap(), None);
    for phc in ["$argon2id$a", "$argon2id$b"] {
        store.set_credential(office(), user(1), phc, at(1)).await.unwrap();
        assert_eq!(store.credential(office(), user(1)).await.unwrap().as_deref(), Some(phc));
    }
    assert_eq!(store.credential(other_office(), user(1)).await.unwrap(), None);
    assert_eq!(store.last_visit(office(), user(1)).await.unwrap(), None);
    for feed in [3, 8] {
        store.set_visit(office(), user(1), feed, at(1)).await.unwrap();
        assert_eq!(store.last_visit(office(), user(1)).await.unwrap(), Some(feed));
    }
}

async fn uploads_keep_bytes_and_state(bed: &Bed) {
    let store = &bed.store;
    let bytes: Vec<u8> = (0..300_000u32).map(|n| (n % 251) as u8).collect();
    let new = |id: &str, u, bytes: &[u8]| NewUpload {
        id: id.into(),
        user: user(u),
        name: "清单.xlsx".into(),
        bytes: bytes.to_vec(),
        at: at(1),
        state: "open".into(),
        state_json: "{}".into(),
    };
    store.put_upload(office(), new("a", 1, &bytes)).await.unwrap();
    store.put_upload(office(), new("a", 2, b"other")).await.unwrap();
    store.put_upload(office(), new("b", 2, b"")).await.unwrap();
    let a = store.upload(office(), "a").await.unwrap().unwrap();
    assert_eq!((a.user, a.size, a.version, a.name.as_str()), (user(1), 300_000, 1, "清单.xlsx"));
    assert_eq!(store.upload_bytes(office(), "a").await.unwrap().unwrap(), bytes);
    assert_eq!(store.upload_bytes(office(), "b").await.unwrap().unwrap(), b"");
    assert!(store.upload(other_office(), "a").await.unwrap().is_none());
    assert!(store.set_upload_state(office(), "a", 1, "committed", "{\"n\":1}").await.unwrap());
    assert!(!store.set_upload_state(office(), "a", 1, "open", "{}").await.unwrap());
    let a = store.upload(office(), "a").await.unwrap().unwrap();
    assert_eq!((a.state.as_str(), a.state_json.as_str(), a.version), ("committed", "{\"n\":1}", 2));
    assert_eq!(store.uploads(office(), None).await.unwrap().len(), 2);
    assert_eq!(store.uploads(office(), Some(user(2))).await.unwrap()[0].id, "b");
    assert!(store.delete_upload(office(), "a").await.unwrap());
    assert!(!store.delete_upload(office(), "a").await.unwrap());
    assert!(store.upload_bytes(office(), "a").await.unwrap().is_none());
}

async fn people_are_in_a_room_until_they_leave(bed: &Bed) {
    let store = &bed.store;
    let here = |seat: &str, u, doing: Option<&str>, second| Presence {
        seat: seat.into(),
        user: user(u),
        doing: doing.map(str::to_owned),
        since: at(second),
        seen: at(second),
    };
    for p in [here("a", 1, None, 10), here("b", 2, Some("A03"), 12), here("a", 1, Some("A04"), 20)] {
        store.put_presence(office(), "map/1", &p).await.unwrap();
    }
    store.put_presence(office(), "map/2", &here("a", 1, None, 20)).await.unwrap();
    let there = async |after| store.presences(office(), "map/1", at(after)).await.unwrap();
    // Who came first stays first, and keeps the time of coming.
    assert_eq!(there(0).await, [Presence { since: at(10), ..here("a", 1, Some("A04"), 20) }, here("b", 2, Some("A03"), 12)]);
    assert_eq!(there(12).await.len(), 1);
    store.leave(office(), "map/1", "a").await.unwrap();
    assert_eq!(there(0).await, [here("b", 2, Some("A03"), 12)]);
    assert!(store.presences(other_office(), "map/1", at(0)).await.unwrap().is_empty());
    store.sweep(at(30), at(30)).await.unwrap();
    assert!(there(0).await.is_empty());
}
