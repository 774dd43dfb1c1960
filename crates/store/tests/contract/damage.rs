//! Verification finds what was changed behind the store's back.
use crate::{fixture::*, over_both};
use lantu_model::{ListKey, Membership, MembershipState, Money, Responsibility, Role};
use lantu_store::VerifyFinding;

over_both!(
    an_untouched_database_is_clean,
    a_tampered_journal_entry_is_found,
    a_tampered_state_is_found,
    a_tampered_row_is_found,
    tampered_history_and_side_tables_are_found,
    a_missing_entry_or_stream_is_found,
    gaps_in_the_feed_are_found,
    a_checkpoint_notices_a_chain_cut_short,
);

/// Two projects with three versions, memberships and duties; a checkpoint; one change after it.
async fn fill(bed: &Bed) {
    let mut p = project(1, "甲");
    p.total_investment = Some(Money::from_fen(100));
    p.division = Some("330482001".parse().unwrap());
    p.responsibilities = vec![Responsibility { role: Role::LeadDept, person: None, org: Some(org(1)), from: None, to: None }];
    let list = ListKey { kind: "city_key".into(), year: 2026 };
    let state = MembershipState::Admitted;
    p.memberships = vec![Membership { list, state, plan: None, applied: None, admitted: None, removed: None, basis: None, group: None }];
    commit(&bed.store, vec![write(0, &p), write(0, &project(2, "乙"))]).await.unwrap();
    p.remark = Some("一".into());
    commit(&bed.store, vec![write(1, &p)]).await.unwrap();
    p.total_investment = Some(Money::from_fen(200));
    commit(&bed.store, vec![write(2, &p)]).await.unwrap();
    let root = bed.store.checkpoint(office(), moment("2026-08-01")).await.unwrap();
    assert_eq!(bed.store.checkpoint(office(), moment("2026-08-02")).await.unwrap(), root);
    commit(&bed.store, vec![write(0, &project(3, "丙"))]).await.unwrap();
}

async fn findings(bed: &Bed) -> Vec<VerifyFinding> {
    bed.store.verify(office()).await.unwrap()
}

/// Tampers, expects a finding of the code about project `n` (0: the office), and puts it back.
async fn tamper(bed: &Bed, n: u32, code: &str, sql: &str, back: &str) {
    assert!(bed.raw(sql).await > 0, "touched nothing: {sql}");
    let found = findings(bed).await;
    let id = if n == 0 { office().to_string() } else { pid(n).to_string() };
    assert!(found.iter().any(|f| f.code == code && f.stream.id == id), "{sql}\nfound {found:#?}");
    assert!(bed.raw(back).await > 0, "put nothing back: {back}");
    assert_eq!(findings(bed).await, [], "after {back}");
}

fn of(n: u32) -> String {
    format!("office = '{}' AND id = '{}'", office(), pid(n))
}

async fn an_untouched_database_is_clean(bed: &Bed) {
    assert_eq!(findings(bed).await, []);
    fill(bed).await;
    assert_eq!(findings(bed).await, []);
    let last = bed.store.last_checkpoint(office()).await.unwrap().unwrap();
    assert_eq!((last.feed, last.streams, last.prev.as_str(), last.root.len()), (3, 2, "", 64));
    bed.store.checkpoint(office(), moment("2026-08-02")).await.unwrap();
    assert_eq!(bed.store.last_checkpoint(office()).await.unwrap().unwrap().prev, last.root);
    assert_eq!(findings(bed).await, []);
}

async fn a_tampered_journal_entry_is_found(bed: &Bed) {
    fill(bed).await;
    let at = format!("{} AND seq = 2", of(1));
    for (column, bad, good) in [
        ("delta", "'{\"remark\":[null,\"二\"]}'", "'{\"remark\":[null,\"一\"]}'"),
        ("basis", "'x'", "NULL"),
        ("on_day", "'2026-01-01'", "NULL"),
        ("act", "'move_stage'", "'edit'"),
        ("actor", "'wang'", "'jing'"),
        ("at", "5", "1780000001000000"),
        ("day", "'2026-07-31'", "'2026-08-01'"),
    ] {
        let set = |v: &str| format!("UPDATE journal SET {column} = {v} WHERE {at}");
        tamper(bed, 1, "entry_hash", &set(bad), &set(good)).await;
    }
    // A forger who also mends the hash breaks the chain after it.
    let hash = "SELECT hash FROM journal j WHERE j.office = journal.office AND j.id = journal.id AND j.seq = 1";
    let (bad, good) = (format!("UPDATE journal SET prev = 'x' WHERE {at}"), format!("UPDATE journal SET prev = ({hash}) WHERE {at}"));
    tamper(bed, 1, "chain_broken", &bad, &good).await;
}

async fn a_tampered_state_is_found(bed: &Bed) {
    fill(bed).await;
    let set = |a: &str, b: &str| format!("UPDATE state SET doc = REPLACE(doc, '{a}', '{b}') WHERE {}", of(1));
    tamper(bed, 1, "state_differs", &set("\"remark\":\"一\"", "\"remark\":\"二\""), &set("\"remark\":\"二\"", "\"remark\":\"一\"")).await;
    tamper(
        bed,
        1,
        "state_differs",
        &format!("UPDATE state SET seq = 9 WHERE {}", of(1)),
        &format!("UPDATE state SET seq = 3 WHERE {}", of(1)),
    )
    .await;
    let copy = format!("INSERT INTO state SELECT office, kind, 'ghost', seq, feed, head, row_digest, doc FROM state WHERE {}", of(1));
    bed.raw(&copy).await;
    assert!(findings(bed).await.iter().any(|f| f.code == "state_extra" && f.stream.id == "ghost"));
}

async fn a_tampered_row_is_found(bed: &Bed) {
    fill(bed).await;
    for (column, bad, good) in [
        ("investment", "999", "200"),
        ("name", "'假'", "'甲'"),
        ("counts", "0", "1"),
        ("division", "'330482002'", "'330482001'"),
        ("stage", "'ramped'", "'scouting'"),
        ("search", "''", "'甲\n'"),
        ("start_due", "'2026-01-01'", "NULL"),
        ("lead_org", "'x'", "NULL"),
        ("feed", "1", "3"),
    ] {
        let set = |v: &str| format!("UPDATE project SET {column} = {v} WHERE {}", of(1));
        tamper(bed, 1, "row_differs", &set(bad), &set(good)).await;
    }
    let set = |a: &str, b: &str| format!("UPDATE project_row SET row_json = REPLACE(row_json, '{a}', '{b}') WHERE {} AND seq = 3", of(1));
    tamper(bed, 1, "row_differs", &set("\"investment\":200", "\"investment\":900"), &set("\"investment\":900", "\"investment\":200")).await;
    bed.raw(&format!("DELETE FROM project WHERE {}", of(2))).await;
    assert!(findings(bed).await.iter().any(|f| f.code == "row_missing" && f.stream.id == pid(2).to_string()));
}

async fn tampered_history_and_side_tables_are_found(bed: &Bed) {
    fill(bed).await;
    let set = |table: &str, set: &str, more: &str| format!("UPDATE {table} SET {set} WHERE {}{more}", of(1));
    let history = |s: &str| set("project_history", s, " AND seq = 1");
    tamper(bed, 1, "row_differs", &history("investment = 1"), &history("investment = 100")).await;
    tamper(bed, 1, "row_differs", &history("feed_to = 9"), &history("feed_to = 2")).await;
    let orgs = |s: &str| set("project_org", s, "");
    tamper(bed, 1, "side_differs", &orgs("org = 'x'"), &orgs(&format!("org = '{}'", org(1)))).await;
    tamper(bed, 1, "side_differs", &orgs("feed_from = 2"), &orgs("feed_from = 1")).await;
    let lists = |s: &str| set("project_list", s, "");
    tamper(bed, 1, "side_differs", &lists("state = 'removed'"), &lists("state = 'admitted'")).await;
    tamper(bed, 1, "side_differs", &lists("plan = 5"), &lists("plan = NULL")).await;
    bed.raw(&format!("DELETE FROM project_history WHERE {} AND seq = 2", of(1))).await;
    assert!(findings(bed).await.iter().any(|f| f.code == "row_missing" && f.seq == Some(2)));
    bed.raw(&format!("INSERT INTO project_org (office, id, org, feed_from, feed_to) VALUES ('{}', 'ghost', 'x', 1, 2)", office())).await;
    assert!(findings(bed).await.iter().any(|f| f.code == "row_extra" && f.stream.id == "ghost"));
}

async fn a_missing_entry_or_stream_is_found(bed: &Bed) {
    fill(bed).await;
    bed.raw(&format!("DELETE FROM journal WHERE {} AND seq = 2", of(1))).await;
    assert!(findings(bed).await.iter().any(|f| f.code == "entry_missing" && f.seq == Some(2) && f.stream.id == pid(1).to_string()));
    // A whole stream with all its traces: only the checkpoint and its transaction remember it.
    for table in ["journal", "state", "project", "project_row"] {
        bed.raw(&format!("DELETE FROM {table} WHERE {}", of(2))).await;
    }
    bed.raw("UPDATE tx SET entries = 1 WHERE feed = 1").await;
    let found = findings(bed).await;
    let told = found.iter().find(|f| f.code == "checkpoint_differs").unwrap();
    assert!(told.detail.contains("2 streams then, 1 of that time now"), "{}", told.detail);
    assert!(!found.iter().any(|f| f.code == "transaction_differs" && f.detail.contains("feed 1 ")), "{found:?}");
}

async fn gaps_in_the_feed_are_found(bed: &Bed) {
    fill(bed).await;
    let counter = |n: u32| format!("UPDATE office_feed SET feed = {n} WHERE office = '{}'", office());
    tamper(bed, 0, "feed_gap", &counter(5), &counter(4)).await;
    tamper(bed, 0, "transaction_differs", "UPDATE tx SET entries = 3 WHERE feed = 1", "UPDATE tx SET entries = 2 WHERE feed = 1").await;
    tamper(bed, 0, "transaction_differs", "UPDATE tx SET act = 'x' WHERE feed = 1", "UPDATE tx SET act = 'edit' WHERE feed = 1").await;
    tamper(bed, 0, "day_differs", "UPDATE feed_day SET feed = 3", "UPDATE feed_day SET feed = 4").await;
    bed.raw("DELETE FROM tx WHERE feed = 2").await;
    assert!(findings(bed).await.iter().any(|f| f.code == "feed_gap" && f.detail == "after feed 1 comes 3"));
}

async fn a_checkpoint_notices_a_chain_cut_short(bed: &Bed) {
    fill(bed).await;
    let set = |r: &str| format!("UPDATE checkpoint SET root = {r}");
    tamper(bed, 0, "checkpoint_differs", &set("root || 'x'"), &set("SUBSTR(root, 1, 64)")).await;
    // The last version of project 1 is cut off everywhere, cleanly, its transaction and the counter too.
    let doc = "REPLACE(doc, '\"total_investment\":200', '\"total_investment\":100')";
    let last = "SELECT hash FROM journal j WHERE j.office = state.office AND j.id = state.id AND j.seq = 2";
    bed.raw(&format!("DELETE FROM journal WHERE {} AND seq = 3", of(1))).await;
    bed.raw(&format!("UPDATE state SET seq = 2, feed = 2, head = ({last}), doc = {doc} WHERE {}", of(1))).await;
    let found = findings(bed).await;
    assert!(found.iter().any(|f| f.code == "checkpoint_differs"), "{found:?}");
}
