//! What waits for whom: the queues of departments, kept beside the forecasts that the same numbers come from.
//!
//! Derived like those: written with each change of a project, replaced when the day, the pack or the program changes, never
//! journalled. `work_desk` names everyone who decides anything in a project, which is also what lets them read it.
use crate::{
    commit::Step,
    dialect::Dialect,
    error::StoreError,
    filter::Filter,
    open::Store,
    scope::{push_source, scope_predicate},
    sql::{IN_CHUNK, Rec, Sql, Tx, Val, insert_many},
};
use jiff::civil::Date;
use lantu_model::{DivisionCode, OfficeId, ProjectId, ProjectWork, Scope, WorkItem};
use std::collections::{BTreeSet, HashMap};

/// What waits in a project, with the version that it was computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    pub seq: u64,
    pub work: ProjectWork,
}

/// One piece of work with its project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkAt {
    pub id: ProjectId,
    pub seq: u64,
    pub name: String,
    pub name_key: String,
    pub code: String,
    pub division: Option<DivisionCode>,
    pub item: WorkItem,
}

/// How much waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkCount {
    /// Accepted or begun, and theirs to go on with.
    pub in_hand: u64,
    /// Of these past their limit.
    pub overdue: u64,
}

/// Where a queue's desks stand in their column: each between bars, so that no key is found within another.
fn between_bars(desks: &[String]) -> String {
    desks.iter().fold("|".to_owned(), |all, desk| all + desk + "|")
}

fn values(office: &str, id: &str, item: &WorkItem) -> Result<Vec<Val>, StoreError> {
    let json = serde_json::to_string(item).map_err(|e| StoreError::Invalid(format!("work: {e}")))?;
    let in_hand = item.is_in_hand();
    Ok(vec![
        office.into(),
        id.into(),
        item.key().into(),
        i64::from(in_hand).into(),
        i64::from(in_hand && item.overdue > 0).into(),
        between_bars(&item.desks).into(),
        json.into(),
    ])
}

async fn remove(tx: &mut Tx, dialect: Dialect, office: &str, ids: &[String], tables: &[&str]) -> Result<(), StoreError> {
    for table in tables {
        for chunk in ids.chunks(IN_CHUNK) {
            let mut sql = Sql::new(dialect, "DELETE FROM ");
            sql.push(table).push(" WHERE office = ").bind(office).push(" AND ").push_in("id", chunk.iter().map(String::as_str));
            tx.run(sql).await?;
        }
    }
    Ok(())
}

async fn write(tx: &mut Tx, dialect: Dialect, office: &str, rows: &[&Worked]) -> Result<(), StoreError> {
    let head = |w: &&Worked| {
        let work = &w.work;
        vec![office.into(), work.id.to_string().into(), w.seq.into(), work.day.to_string().into(), work.stamp.as_str().into()]
    };
    let upsert = "ON CONFLICT (office, id) DO UPDATE SET seq = excluded.seq, day = excluded.day, stamp = excluded.stamp";
    insert_many(tx, dialect, "work", "office, id, seq, day, stamp", rows.iter().map(head).collect(), upsert).await?;
    let ids: Vec<String> = rows.iter().map(|w| w.work.id.to_string()).collect();
    remove(tx, dialect, office, &ids, &["work_desk", "work_item"]).await?;
    let (mut desks, mut items): (Vec<Vec<Val>>, Vec<Vec<Val>>) = (vec![], vec![]);
    for (w, id) in rows.iter().zip(&ids) {
        desks.extend(w.work.desks.iter().map(|desk| vec![office.into(), desk.as_str().into(), id.as_str().into()]));
        for item in &w.work.items {
            items.push(values(office, id, item)?);
        }
    }
    insert_many(tx, dialect, "work_desk", "office, desk, id", desks, "ON CONFLICT (office, desk, id) DO NOTHING").await?;
    let columns = "office, id, item, in_hand, overdue, desks, row_json";
    insert_many(tx, dialect, "work_item", columns, items, "ON CONFLICT (office, id, item) DO NOTHING").await?;
    Ok(())
}

impl Store {
    /// What waits after a transaction; as with forecasts, a written project without a row has none from now on.
    pub(crate) async fn write_work(&self, tx: &mut Tx, office: &str, steps: &[Step<'_>], given: &[Worked]) -> Result<(), StoreError> {
        let written: HashMap<&str, u64> = steps.iter().filter_map(Step::project).collect();
        let mut rows: Vec<Worked> = given.to_vec();
        for row in &mut rows {
            if let Some(seq) = written.get(row.work.id.to_string().as_str()) {
                row.seq = *seq;
            }
        }
        let told: BTreeSet<String> = rows.iter().map(|w| w.work.id.to_string()).collect();
        let gone: Vec<String> = written.keys().filter(|id| !told.contains(**id)).map(|id| (*id).to_owned()).collect();
        remove(tx, self.dialect(), office, &gone, &["work", "work_desk", "work_item"]).await?;
        self.write_current_work(tx, office, &rows).await
    }

    /// Of the rows given, those of projects still at the version they were computed from.
    pub(crate) async fn write_current_work(&self, tx: &mut Tx, office: &str, rows: &[Worked]) -> Result<(), StoreError> {
        for chunk in rows.chunks(IN_CHUNK) {
            let mut sql = self.sql("SELECT id, seq FROM project WHERE office = ").with("", office).and(" AND ");
            sql.push_in("id", chunk.iter().map(|w| w.work.id.to_string()));
            let now = tx.all(sql).await?.iter().map(|r| Ok((r.text(0)?, r.count(1)?))).collect::<Result<HashMap<_, _>, StoreError>>()?;
            let current: Vec<&Worked> = chunk.iter().filter(|w| now.get(&w.work.id.to_string()) == Some(&w.seq)).collect();
            write(tx, self.dialect(), office, &current).await?;
        }
        Ok(())
    }

    pub(crate) async fn mark_work(&self, tx: &mut Tx, office: &str, ids: &[ProjectId]) -> Result<(), StoreError> {
        for chunk in ids.chunks(IN_CHUNK) {
            let mut sql = self.sql("UPDATE work SET stamp = '' WHERE office = ").with("", office).and(" AND ");
            sql.push_in("id", chunk.iter().map(ToString::to_string));
            tx.run(sql).await?;
        }
        Ok(())
    }

    /// What waits at some desks (`None`: at any) in the projects that a filter and the scope show, in order of project and item.
    pub async fn work(&self, scope: &Scope, filter: &Filter, desks: Option<&[String]>) -> Result<Vec<WorkAt>, StoreError> {
        let mut sql = self.sql("SELECT w.row_json, q.id, q.seq, q.name, q.name_key, q.code, q.division FROM work_item w");
        self.push_work(&mut sql, scope, filter, desks);
        sql.push(" ORDER BY w.id, w.item");
        self.all(sql).await?.iter().map(read).collect()
    }

    /// How much of it is in hand.
    pub async fn count_work(&self, scope: &Scope, filter: &Filter, desks: Option<&[String]>) -> Result<WorkCount, StoreError> {
        let mut sql = self.sql("SELECT COUNT(*), CAST(COALESCE(SUM(w.overdue), 0) AS BIGINT) FROM work_item w");
        self.push_work(&mut sql, scope, filter, desks);
        sql.push(" AND w.in_hand = 1");
        let Some(r) = self.first(sql).await? else { return Ok(WorkCount::default()) };
        Ok(WorkCount { in_hand: r.count(0)?, overdue: r.count(1)? })
    }

    fn push_work(&self, sql: &mut Sql, scope: &Scope, filter: &Filter, desks: Option<&[String]>) {
        sql.push(" JOIN (SELECT p.office, p.id, p.seq, p.name, p.name_key, p.code, p.division FROM ");
        push_source(sql, scope, None);
        sql.push(" WHERE ");
        scope_predicate(sql, scope, None);
        filter.push(sql, scope, None);
        sql.push(") q ON q.office = w.office AND q.id = w.id WHERE w.office = ").bind(scope.office.to_string());
        match desks {
            None => {}
            Some([]) => {
                sql.push(" AND 1=0");
            }
            Some(desks) => {
                for (at, desk) in desks.iter().enumerate() {
                    sql.push(if at == 0 { " AND (" } else { " OR " });
                    sql.push_contains("w.desks", &format!("|{desk}|"));
                }
                sql.push(")");
            }
        }
    }

    /// Projects whose work is of another day, pack or program, or was never computed, after an id.
    pub async fn outdated_work(
        &self,
        office: OfficeId,
        day: Date,
        stamp: &str,
        after: Option<ProjectId>,
        limit: u32,
    ) -> Result<Vec<ProjectId>, StoreError> {
        let mut sql = self.sql("SELECT p.id");
        push_outdated(&mut sql, office, day, stamp);
        if let Some(after) = after {
            sql.push(" AND p.id > ").bind(after.to_string());
        }
        sql.push(" ORDER BY p.id LIMIT ").bind(i64::from(limit));
        self.all(sql).await?.iter().map(|r| r.parsed(0)).collect()
    }

    pub async fn count_outdated_work(&self, office: OfficeId, day: Date, stamp: &str) -> Result<u64, StoreError> {
        let mut sql = self.sql("SELECT COUNT(*)");
        push_outdated(&mut sql, office, day, stamp);
        self.first(sql).await?.map_or(Ok(0), |r| r.count(0))
    }
}

fn push_outdated(sql: &mut Sql, office: OfficeId, day: Date, stamp: &str) {
    sql.push(" FROM project p LEFT JOIN work w ON w.office = p.office AND w.id = p.id WHERE p.office = ").bind(office.to_string());
    sql.push(" AND (w.id IS NULL OR w.day <> ").bind(day.to_string()).push(" OR w.stamp <> ").bind(stamp).push(")");
}

fn read(r: &Rec) -> Result<WorkAt, StoreError> {
    let item = serde_json::from_str(&r.text(0)?).map_err(|e| StoreError::Damaged(format!("work: {e}")))?;
    Ok(WorkAt {
        id: r.parsed(1)?,
        seq: r.count(2)?,
        name: r.text(3)?,
        name_key: r.text(4)?,
        code: r.opt_text(5)?.unwrap_or_default(),
        division: r.opt_parsed(6)?,
        item,
    })
}
