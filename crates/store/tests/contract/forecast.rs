//! Forecasts beside projects: written with them, replaced without an entry, filtered, sorted, leased.
use crate::{fixture::*, over_both};
use lantu_model::{Ahead, ForecastRow, Light, Milestone, Project, Reach, Scope};
use lantu_store::{Filter, Forecast, JobStanding, Outdated, PageAsk, Sort, SortKey, Store, Transaction};
use std::collections::BTreeSet;

over_both!(
    a_forecast_is_written_with_its_project,
    a_refresh_replaces_rows_of_the_present_version_alone,
    lists_are_filtered_and_sorted_by_forecasts,
    who_waits_is_found,
    a_job_is_held_by_one,
    an_old_forecast_is_a_finding
);

fn ahead(milestone: Milestone, light: Light, late: i32) -> Ahead {
    let expected = day("2026-09-30");
    let due = Some(expected.checked_sub(jiff::ToSpan::days(late)).unwrap());
    let path = vec!["A01".to_owned()];
    Ahead {
        milestone,
        activity: "A01".into(),
        due,
        done: None,
        expected,
        odds: None,
        days_late: Some(late),
        light,
        since: None,
        path,
        blocking: None,
    }
}

fn forecast(p: &Project, seq: u64, on: &str, light: Light, late: i32) -> Forecast {
    let row = ForecastRow {
        id: p.id,
        day: day(on),
        stamp: "s1".into(),
        ahead: vec![ahead(Milestone::Start, Light::Green, -5), ahead(Milestone::Completion, light, late)],
        finishes: [("A01".to_owned(), day("2026-09-30"))].into(),
    };
    Forecast { seq, row, awaits: BTreeSet::new(), drawn: false }
}

fn with(transaction: Transaction, forecasts: Vec<Forecast>) -> Transaction {
    Transaction { forecasts, ..transaction }
}

/// Three projects: red by 40 days, amber by 3, without a plan.
async fn three(store: &Store) -> [Project; 3] {
    let all = [project(1, "甲"), project(2, "乙"), project(3, "丙")];
    let t = all.iter().fold(transaction("create"), |t, p| t.write(write(0, p)));
    let rows = vec![forecast(&all[0], 1, "2026-08-01", Light::Red, 40), forecast(&all[1], 1, "2026-08-01", Light::Amber, 3)];
    store.commit(with(t, rows)).await.unwrap();
    all
}

async fn a_forecast_is_written_with_its_project(bed: &Bed) {
    let [p, ..] = three(&bed.store).await;
    let rows = bed.store.forecasts(&whole(), &Filter::default()).await.unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0], forecast(&p, 1, "2026-08-01", Light::Red, 40));
    let nowhere = Scope { office: office(), regions: Reach::Only(vec!["33".parse().unwrap()]), orgs: Reach::All, desks: vec![] };
    assert_eq!(bed.store.forecasts(&nowhere, &Filter::default()).await.unwrap(), []);
    let renamed = Project { name: "甲二".into(), ..p.clone() };
    let t = transaction("edit").write(write(1, &renamed));
    bed.store.commit(with(t, vec![forecast(&p, 7, "2026-08-02", Light::Green, 0)])).await.unwrap();
    let rows = bed.store.forecasts_of(office(), &[p.id]).await.unwrap();
    assert_eq!((rows[0].seq, rows[0].row.light()), (2, Light::Green), "of the version that the transaction made");
    bed.store.commit(transaction("edit").write(write(2, &p))).await.unwrap();
    assert_eq!(bed.store.forecasts_of(office(), &[p.id]).await.unwrap(), []);
    assert_eq!(bed.store.verify(office()).await.unwrap(), []);
}

async fn a_refresh_replaces_rows_of_the_present_version_alone(bed: &Bed) {
    let [p, q, _] = three(&bed.store).await;
    let asked = Outdated { day: day("2026-08-02"), stamp: "s1", undrawn: false };
    assert_eq!(bed.store.outdated_forecasts(office(), &asked, None, 10).await.unwrap(), [p.id, q.id]);
    assert_eq!(bed.store.outdated_forecasts(office(), &asked, Some(p.id), 10).await.unwrap(), [q.id]);
    let fresh = [forecast(&p, 1, "2026-08-02", Light::Amber, 10), forecast(&q, 2, "2026-08-02", Light::Red, 99)];
    assert_eq!(bed.store.put_forecasts(office(), &fresh).await.unwrap(), 1);
    assert_eq!(bed.store.outdated_forecasts(office(), &asked, None, 10).await.unwrap(), [q.id]);
    assert_eq!(bed.store.count_outdated(office(), &Outdated { undrawn: true, ..asked }).await.unwrap(), 2);
    assert_eq!(bed.store.oldest_forecast(office()).await.unwrap(), Some(day("2026-08-01")));
    assert_eq!(bed.store.feed(office()).await.unwrap(), 1, "no entry, no feed number");
    assert_eq!(bed.store.verify(office()).await.unwrap(), []);
}

async fn lists_are_filtered_and_sorted_by_forecasts(bed: &Bed) {
    let [p, q, r] = three(&bed.store).await;
    let list = async |filter: &Filter, key, desc| {
        let (mut seen, mut after) = (vec![], None);
        loop {
            let page = bed.store.rows(&whole(), filter, Sort { key, desc }, &PageAsk { limit: 1, after }, None).await.unwrap();
            seen.extend(page.rows.into_iter().map(|r| r.row.id));
            after = page.next;
            if after.is_none() {
                return seen;
            }
        }
    };
    let all = Filter::default();
    assert_eq!(list(&all, SortKey::DaysLate, true).await, [p.id, q.id, r.id]);
    assert_eq!(list(&all, SortKey::Light, false).await, [q.id, p.id, r.id]);
    let red = Filter { lights: vec![Light::Red], ..all.clone() };
    assert_eq!(list(&red, SortKey::Name, false).await, [p.id]);
    let late = Filter { late_from: Some(3), ..all.clone() };
    assert_eq!(bed.store.count(&whole(), &late, None).await.unwrap().rows, 2);
    let among = Filter { among: Some(vec![r.id]), ..all };
    assert_eq!(list(&among, SortKey::Name, false).await, [r.id]);
    let third = bed.store.cursor_at(&whole(), &Filter::default(), Sort { key: SortKey::DaysLate, desc: true }, 1, None).await.unwrap();
    assert!(third.is_some());
}

async fn who_waits_is_found(bed: &Bed) {
    let [p, q, r] = three(&bed.store).await;
    let waiting = Forecast { awaits: [p.id, r.id].into(), ..forecast(&q, 1, "2026-08-01", Light::Amber, 3) };
    bed.store.put_forecasts(office(), &[waiting]).await.unwrap();
    assert_eq!(bed.store.waiting_for(office(), &[p.id]).await.unwrap(), [(p.id, q.id)]);
    bed.store.put_forecasts(office(), &[forecast(&q, 1, "2026-08-01", Light::Amber, 3)]).await.unwrap();
    assert_eq!(bed.store.waiting_for(office(), &[p.id, r.id]).await.unwrap(), []);
    let t = Transaction { forecasts_due: vec![q.id], ..transaction("edit").write(write(1, &Project { name: "丁".into(), ..r })) };
    bed.store.commit(t).await.unwrap();
    let asked = Outdated { day: day("2026-08-01"), stamp: "s1", undrawn: false };
    assert_eq!(bed.store.outdated_forecasts(office(), &asked, None, 10).await.unwrap(), [q.id]);
}

async fn a_job_is_held_by_one(bed: &Bed) {
    let lease = async |holder: &str, now, until| bed.store.lease(office(), "forecasts", holder, now, until).await.unwrap();
    assert!(lease("a", 0, 10).await);
    assert!(!lease("b", 5, 15).await);
    assert!(lease("a", 5, 20).await, "taken on");
    bed.store.tell_job(office(), "forecasts", "a", 20, 3, 9).await.unwrap();
    let standing = async |now| bed.store.job(office(), "forecasts", now).await.unwrap();
    assert_eq!(standing(6).await, JobStanding { running: true, done: 3, total: 9 });
    assert!(lease("b", 21, 30).await, "left lying");
    assert!(!standing(31).await.running);
}

async fn an_old_forecast_is_a_finding(bed: &Bed) {
    three(&bed.store).await;
    bed.raw("UPDATE forecast SET seq = 0 WHERE light = 2").await;
    let found = bed.store.verify(office()).await.unwrap();
    assert_eq!(found.iter().map(|f| f.code).collect::<Vec<_>>(), ["forecast_differs"]);
}
