//! Queues beside projects: written with them, read by desk and scope, and what lets a department read a project.
use crate::{fixture::*, over_both};
use lantu_model::{Project, ProjectWork, Reach, Scope, WorkItem, WorkMover, WorkState};
use lantu_store::{Filter, Store, Transaction, WorkCount, Worked};

over_both!(
    work_is_written_with_its_project_and_read_by_desk,
    who_decides_something_sees_the_project_and_no_other,
    what_was_never_computed_is_outdated,
    old_work_is_a_finding
);

fn item(kind: &str, desks: &[&str], state: WorkState, overdue: i64) -> WorkItem {
    WorkItem {
        formality: Some(kind.into()),
        activity: None,
        name: None,
        desks: desks.iter().map(|d| (*d).to_owned()).collect(),
        state,
        pause: None,
        mover: if state == WorkState::Ready { WorkMover::Owner } else { WorkMover::Department },
        since: None,
        begun: None,
        limit: None,
        run: None,
        paused: 0,
        left: None,
        limit_day: None,
        overdue,
        promised: None,
        pauses: vec![],
        finish: None,
        float: None,
        holds: vec![],
        acts: vec![],
    }
}

fn worked(p: &Project, seq: u64, items: Vec<WorkItem>) -> Worked {
    let desks = items.iter().flat_map(|i| i.desks.clone()).collect();
    Worked { seq, work: ProjectWork { id: p.id, day: day("2026-08-01"), stamp: "s1".into(), desks, items } }
}

/// Two projects: one with a permit overdue at `env` and one asked for at `envy`; one with a permit in hand at both.
async fn two(store: &Store) -> [Project; 2] {
    let all = [project(1, "甲"), project(2, "乙")];
    let t = all.iter().fold(transaction("create"), |t, p| t.write(write(0, p)));
    let first = vec![item("eia", &["env"], WorkState::Running, 3), item("energy", &["envy"], WorkState::Ready, 0)];
    let second = vec![item("eia", &["envy", "env"], WorkState::Running, 0)];
    let work = vec![worked(&all[0], 1, first), worked(&all[1], 1, second)];
    store.commit(Transaction { work, ..t }).await.unwrap();
    all
}

async fn found(store: &Store, desks: Option<&[&str]>) -> Vec<(String, String)> {
    let desks: Option<Vec<String>> = desks.map(|d| d.iter().map(|d| (*d).to_owned()).collect());
    let all = store.work(&whole(), &Filter::default(), desks.as_deref()).await.unwrap();
    all.into_iter().map(|w| (w.name, w.item.key())).collect()
}

fn rows(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

async fn work_is_written_with_its_project_and_read_by_desk(bed: &Bed) {
    let [p, _] = two(&bed.store).await;
    assert_eq!(found(&bed.store, None).await, rows(&[("甲", "eia"), ("甲", "energy"), ("乙", "eia")]));
    assert_eq!(found(&bed.store, Some(&["env"])).await, rows(&[("甲", "eia"), ("乙", "eia")]));
    assert_eq!(found(&bed.store, Some(&["envy"])).await, rows(&[("甲", "energy"), ("乙", "eia")]));
    assert_eq!(found(&bed.store, Some(&["en", "nv", ""])).await, [], "a key is not found within another");
    assert_eq!(found(&bed.store, Some(&[])).await, []);
    let count = bed.store.count_work(&whole(), &Filter::default(), Some(&["env".to_owned()])).await.unwrap();
    assert_eq!(count, WorkCount { in_hand: 2, overdue: 1 });
    let named = Filter { text: Some("乙".into()), ..Filter::default() };
    assert_eq!(bed.store.work(&whole(), &named, None).await.unwrap().len(), 1);
    // Granted: nothing waits in the first any more, and the desk still decides there.
    let t = transaction("grant").write(write(1, &Project { name: "甲二".into(), ..p.clone() }));
    let mut done = worked(&p, 9, vec![]);
    done.work.desks.insert("env".into());
    bed.store.commit(Transaction { work: vec![done], ..t }).await.unwrap();
    assert_eq!(found(&bed.store, None).await, rows(&[("乙", "eia")]));
    bed.store.put_foreseen(office(), &[], &[worked(&p, 1, vec![item("eia", &["env"], WorkState::Running, 0)])]).await.unwrap();
    assert_eq!(found(&bed.store, None).await, rows(&[("乙", "eia")]), "of an older version");
    assert_eq!(bed.store.verify(office()).await.unwrap(), []);
}

async fn who_decides_something_sees_the_project_and_no_other(bed: &Bed) {
    let [p, q] = two(&bed.store).await;
    let seen = async |scope: &Scope| {
        let found = bed.store.projects_by_ids(scope, &[p.id, q.id], None).await.unwrap();
        let mut names: Vec<String> = found.into_iter().map(|f| f.doc.name).collect();
        names.sort_unstable();
        names
    };
    let desk = |desks: &[&str]| Scope {
        office: office(),
        regions: Reach::All,
        orgs: Reach::Only(vec![org(9)]),
        desks: desks.iter().map(|d| (*d).to_owned()).collect(),
    };
    assert_eq!(seen(&desk(&[])).await, [""; 0]);
    assert_eq!(seen(&desk(&["env"])).await, ["乙", "甲"]);
    assert_eq!(seen(&desk(&["wat"])).await, [""; 0]);
    let elsewhere = Scope { regions: Reach::Only(vec!["33".parse().unwrap()]), ..desk(&["env"]) };
    assert_eq!(seen(&elsewhere).await, [""; 0], "regions hold for desks too");
    // A project that is withdrawn is seen by nobody through its desks.
    bed.store.commit(transaction("withdraw").write(write_row(1, &p, None))).await.unwrap();
    assert_eq!(seen(&desk(&["env"])).await, ["乙"]);
}

async fn what_was_never_computed_is_outdated(bed: &Bed) {
    let [p, q] = two(&bed.store).await;
    let third = project(3, "丙");
    bed.store.commit(transaction("create").write(write(0, &third))).await.unwrap();
    let outdated = async |on: &str, stamp: &str| bed.store.outdated_work(office(), day(on), stamp, None, 10).await.unwrap();
    assert_eq!(outdated("2026-08-01", "s1").await, [third.id]);
    assert_eq!(outdated("2026-08-02", "s1").await, [p.id, q.id, third.id]);
    assert_eq!(bed.store.count_outdated_work(office(), day("2026-08-01"), "s2").await.unwrap(), 3);
    let t =
        Transaction { forecasts_due: vec![q.id], ..transaction("edit").write(write(1, &Project { name: "丁".into(), ..third.clone() })) };
    bed.store.commit(Transaction { work: vec![worked(&third, 2, vec![])], ..t }).await.unwrap();
    assert_eq!(outdated("2026-08-01", "s1").await, [q.id]);
}

async fn old_work_is_a_finding(bed: &Bed) {
    two(&bed.store).await;
    bed.raw("UPDATE work SET seq = 0").await;
    let found = bed.store.verify(office()).await.unwrap();
    assert_eq!(found.iter().map(|f| f.code).collect::<Vec<_>>(), ["work_differs"; 2]);
}
