//! The traps between the two databases' SQL, by name.
use crate::{fixture::*, over_both};
use lantu_model::{DivisionCode, Money, OrgId, Owner, ProjectCodeEntry, Reach, Scope};
use lantu_store::{Filter, PageAsk, Sort, SortKey, Store};

over_both!(
    sum_of_bigint_is_numeric_on_postgres,
    keyset_order_needs_collate_c,
    nulls_come_last_in_both_directions,
    like_minds_no_case_and_takes_percent_and_underscore_literally,
    sqlite_affinity_keeps_digits_as_text,
    bind_limits_are_chunked,
    an_empty_in_list_is_never_true,
    a_cursor_of_another_sort_is_refused,
);

async fn names(store: &Store, filter: &Filter, sort: Sort) -> Vec<String> {
    let (mut all, mut after) = (vec![], None);
    loop {
        let page = store.rows(&whole(), filter, sort, &PageAsk { limit: 2, after }, None).await.unwrap();
        all.extend(page.rows.into_iter().map(|r| r.row.name));
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

async fn sum_of_bigint_is_numeric_on_postgres(bed: &Bed) {
    let empty = bed.store.count(&whole(), &Filter::default(), None).await.unwrap();
    assert_eq!((empty.rows, empty.investment), (0, 0));
    let big = 4_000_000_000_000_000_000;
    let mut writes = vec![];
    for (n, fen) in [(1, Some(big)), (2, Some(big)), (3, Some(-5)), (4, None)] {
        let mut p = project(n, "大额");
        p.total_investment = fen.map(Money::from_fen);
        writes.push(write(0, &p));
    }
    commit(&bed.store, writes).await.unwrap();
    let total = bed.store.count(&whole(), &Filter::default(), None).await.unwrap();
    assert_eq!((total.rows, total.counted, total.investment), (4, 4, 2 * big - 5));
}

async fn keyset_order_needs_collate_c(bed: &Bed) {
    // A natural-language order would put a before B, ignore the hyphen, and sort 重 by its sound.
    let keys = ["B", "a", "a-c", "ab", "Z", "z", "é", "重", "中", "甲", "_", "~", "０"];
    let mut writes = vec![];
    for (n, key) in keys.iter().enumerate() {
        let p = project(n as u32 + 1, key);
        let mut r = row(&p);
        r.name_key = (*key).to_owned();
        writes.push(write_row(0, &p, Some(r)));
    }
    commit(&bed.store, writes).await.unwrap();
    let mut sorted: Vec<String> = keys.iter().map(|k| (*k).to_owned()).collect();
    sorted.sort();
    assert_eq!(names(&bed.store, &Filter::default(), Sort { key: SortKey::Name, desc: false }).await, sorted);
    sorted.reverse();
    assert_eq!(names(&bed.store, &Filter::default(), Sort { key: SortKey::Name, desc: true }).await, sorted);
}

async fn nulls_come_last_in_both_directions(bed: &Bed) {
    let mut writes = vec![];
    for (n, fen) in [(1, None), (2, Some(5)), (3, None), (4, Some(-5)), (5, Some(5)), (6, Some(0))] {
        let mut p = project(n, &n.to_string());
        p.total_investment = fen.map(Money::from_fen);
        writes.push(write(0, &p));
    }
    commit(&bed.store, writes).await.unwrap();
    let by = |desc| Sort { key: SortKey::Investment, desc };
    assert_eq!(names(&bed.store, &Filter::default(), by(false)).await, ["4", "6", "2", "5", "1", "3"]);
    assert_eq!(names(&bed.store, &Filter::default(), by(true)).await, ["5", "2", "6", "4", "3", "1"]);
}

async fn like_minds_no_case_and_takes_percent_and_underscore_literally(bed: &Bed) {
    let mut writes = vec![];
    for (n, name) in
        ["Alpha 100% done", "alpha 1000 done", "beta_two", "betaXtwo", "back\\slash", "ＡＬＰＨＡ工程", "ÉCOLE"].iter().enumerate()
    {
        let mut p = project(n as u32 + 1, name);
        p.owner = (n == 2).then(|| Owner { name: "示例 Holding".into(), uscc: None, holding: None });
        p.codes = if n == 3 {
            vec![ProjectCodeEntry { code: "XM-014".into(), state: lantu_model::CodeState::Void, issued: None }]
        } else {
            vec![]
        };
        writes.push(write(0, &p));
    }
    commit(&bed.store, writes).await.unwrap();
    let found = async |text: &str| {
        let filter = Filter { text: Some(text.into()), ..Default::default() };
        names(&bed.store, &filter, Sort::default()).await.len()
    };
    for (text, count) in [
        ("ALPHA", 3),
        ("100%", 1),
        ("%", 1),
        ("_", 1),
        ("a_t", 1),
        ("\\", 1),
        ("école", 1),
        ("done alpha", 2),
        ("holding", 1),
        ("ＨＯＬＤＩＮＧ", 1),
        ("xm-014", 1),
        ("'; DROP TABLE project; --", 0),
        ("  ", 7),
    ] {
        assert_eq!(found(text).await, count, "{text}");
    }
    let owner = |o: &str| Filter { owner: Some(o.into()), ..Default::default() };
    assert_eq!(names(&bed.store, &owner("HOLD"), Sort::default()).await, ["beta_two"]);
    assert!(names(&bed.store, &owner("%"), Sort::default()).await.is_empty());
}

async fn sqlite_affinity_keeps_digits_as_text(bed: &Bed) {
    let (mut p, mut q) = (project(1, "00123"), project(2, "1e3"));
    p.division = Some("007".parse().unwrap());
    q.platform = Some("0100".into());
    commit(&bed.store, vec![write(0, &p), write(0, &q)]).await.unwrap();
    let rows = bed.store.rows(&whole(), &Filter::default(), Sort::default(), &PageAsk::first(9), None).await.unwrap().rows;
    assert_eq!((rows[0].row.name.as_str(), rows[1].row.name.as_str()), ("00123", "1e3"));
    let keys = bed.store.match_keys(&whole()).await.unwrap();
    assert_eq!((keys[0].name.as_str(), keys[0].division.as_ref().unwrap().as_str()), ("00123", "007"));
    let filter = Filter { platforms: vec!["0100".into()], ..Default::default() };
    assert_eq!(names(&bed.store, &filter, Sort::default()).await, ["1e3"]);
    let filter = Filter { platforms: vec!["100".into()], ..Default::default() };
    assert!(names(&bed.store, &filter, Sort::default()).await.is_empty());
}

async fn bind_limits_are_chunked(bed: &Bed) {
    let writes = (1..=2_300).map(|n| write(0, &project(n, &format!("第{n}号")))).collect();
    assert_eq!(commit(&bed.store, writes).await.unwrap().entries, 2_300);
    let ids: Vec<_> = (1..=40_000).map(pid).collect();
    assert_eq!(bed.store.projects_by_ids(&whole(), &ids, None).await.unwrap().len(), 2_300);
    assert_eq!(bed.store.projects_by_ids(&whole(), &ids[..3_000], Some(1)).await.unwrap().len(), 2_300);
    let view = bed.store.transaction(&whole(), 1).await.unwrap().unwrap();
    assert_eq!((view.touched.len(), view.hidden), (2_300, 0));
    // More regions than SQLite's expressions are deep.
    let mut p = project(1, "第1号");
    p.division = Some("330482001".parse().unwrap());
    commit(&bed.store, vec![write(1, &p)]).await.unwrap();
    let divisions: Vec<DivisionCode> = (0..3_000).map(|n| format!("{}", 330_480_001 + n).parse().unwrap()).collect();
    let orgs: Vec<OrgId> = (0..3_000).map(org).collect();
    let scope = Scope { office: office(), regions: Reach::Only(divisions.clone()), orgs: Reach::All, desks: vec![] };
    assert_eq!(bed.store.count(&scope, &Filter::default(), None).await.unwrap().rows, 1);
    let filter = Filter { divisions, ..Default::default() };
    assert_eq!(bed.store.count(&whole(), &filter, None).await.unwrap().rows, 1);
    let scope = Scope { office: office(), regions: Reach::All, orgs: Reach::Only(orgs), desks: vec![] };
    assert_eq!(bed.store.count(&scope, &Filter::default(), None).await.unwrap().rows, 0);
}

async fn an_empty_in_list_is_never_true(bed: &Bed) {
    let mut p = project(1, "甲");
    p.division = Some("330482".parse().unwrap());
    commit(&bed.store, vec![write(0, &p)]).await.unwrap();
    for scope in [
        Scope { office: office(), regions: Reach::Only(vec![]), orgs: Reach::All, desks: vec![] },
        Scope { office: office(), regions: Reach::All, orgs: Reach::Only(vec![]), desks: vec![] },
        Scope { office: office(), regions: Reach::Only(vec![]), orgs: Reach::Only(vec![]), desks: vec![] },
    ] {
        assert_eq!(bed.store.count(&scope, &Filter::default(), None).await.unwrap().rows, 0);
        assert!(bed.store.match_keys(&scope).await.unwrap().is_empty());
        assert!(bed.store.project(&scope, p.id, None).await.unwrap().is_none());
    }
    assert!(bed.store.projects_by_ids(&whole(), &[], None).await.unwrap().is_empty());
}

async fn a_cursor_of_another_sort_is_refused(bed: &Bed) {
    let writes = (1..=5).map(|n| write(0, &project(n, "同名"))).collect();
    commit(&bed.store, writes).await.unwrap();
    let page = bed.store.rows(&whole(), &Filter::default(), Sort::default(), &PageAsk::first(2), None).await.unwrap();
    let other = Sort { key: SortKey::Name, desc: true };
    for (after, sort) in [(page.next, other), (Some("00".into()), other), (Some("'\"".into()), Sort::default())] {
        let error = bed.store.rows(&whole(), &Filter::default(), sort, &PageAsk { limit: 2, after }, None).await.unwrap_err();
        assert_eq!(error.code(), "bad_cursor");
    }
}
