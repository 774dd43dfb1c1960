//! Opening: what is refused, and how it is said.
use crate::fixture::*;
use lantu_store::{OpenOptions, SCHEMA, Store, StoreError};

#[tokio::test]
async fn a_newer_schema_is_refused_with_a_clear_error() {
    let bed = Bed::sqlite().await;
    bed.raw(&format!("INSERT INTO schema_version (version) VALUES ({})", SCHEMA + 1)).await;
    let error = Store::open(&bed.url, OpenOptions::default()).await.err().unwrap();
    assert!(matches!(error, StoreError::NewerSchema { found, known } if found == SCHEMA + 1 && known == SCHEMA));
    assert_eq!(error.code(), "database_newer");
    assert!(error.to_string().contains("use the newer program"));
    bed.done().await;
}

#[tokio::test]
async fn postgres_refuses_a_newer_schema_too_and_two_servers_may_migrate_at_once() {
    let Some(bed) = Bed::postgres().await else { return };
    bed.raw("DROP TABLE schema_version, office_feed, feed_day, tx, state, journal, checkpoint, project, project_history, project_row, project_org, project_list, session, credential, sign_in_attempt, visit, upload, upload_bytes, forecast, forecast_wait, job, work, work_desk, work_item, presence").await;
    let starts = (0..4).map(|_| {
        let url = bed.url.clone();
        tokio::spawn(async move { Store::open(&url, OpenOptions::default()).await.map(drop) })
    });
    for start in starts.collect::<Vec<_>>() {
        start.await.unwrap().unwrap();
    }
    bed.raw(&format!("INSERT INTO schema_version (version) VALUES ({})", SCHEMA + 1)).await;
    assert!(matches!(Store::open(&bed.url, OpenOptions::default()).await, Err(StoreError::NewerSchema { .. })));
    bed.done().await;
}

#[tokio::test]
async fn what_is_no_database_of_ours_is_left_alone() {
    let bed = Bed::sqlite().await;
    let path = |name: &str| bed.url.strip_prefix("sqlite:").unwrap().replace("lantu.db", name);
    let open = |name: &str, create, migrate| {
        let url = format!("sqlite:{}", path(name));
        async move { Store::open(&url, OpenOptions { create, migrate, max_page_count: None }).await.map(drop) }
    };
    assert!(matches!(open("absent.db", false, true).await, Err(StoreError::Missing(_))));
    assert!(!std::path::Path::new(&path("absent.db")).exists());
    std::fs::write(path("text.db"), "not a database at all, ".repeat(100)).unwrap();
    assert!(matches!(open("text.db", true, true).await, Err(StoreError::Foreign(_))));
    std::fs::write(path("empty.db"), "").unwrap();
    assert!(matches!(open("empty.db", false, false).await, Err(StoreError::OlderSchema { found: 0, .. })));
    let alien = format!("sqlite:{}?mode=rwc", path("alien.db"));
    {
        use sqlx::Connection;
        let mut c = sqlx::SqliteConnection::connect(&alien).await.unwrap();
        sqlx::raw_sql("CREATE TABLE recipes (id INTEGER)").execute(&mut c).await.unwrap();
        c.close().await.unwrap();
    }
    assert!(matches!(open("alien.db", true, true).await, Err(StoreError::Foreign(why)) if why.contains("recipes")));
    assert!(matches!(Store::open("mysql://u:secret@h/d", OpenOptions::default()).await, Err(e) if !e.to_string().contains("secret")));
    bed.done().await;
}

#[tokio::test]
async fn a_database_in_memory_works() {
    let store = Store::open("sqlite::memory:", OpenOptions::default()).await.unwrap();
    commit(&store, vec![write(0, &project(1, "甲"))]).await.unwrap();
    assert_eq!(store.count(&whole(), &Default::default(), None).await.unwrap().rows, 1);
    assert_eq!(store.verify(office()).await.unwrap(), []);
    store.checkpoint(office(), moment("2026-08-01")).await.unwrap();
}
