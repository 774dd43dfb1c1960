//! Forecasts: what is ahead of each project, computed by the rules and kept beside it so that boards and lists read rows.
//!
//! Derived, so not in the journal: a row is replaced when its project, the day, the pack or the program changes. What is told
//! of a past day is computed again from the project as it was then.
use crate::{
    commit::Step,
    dialect::Dialect,
    error::StoreError,
    filter::Filter,
    open::Store,
    scope::{push_source, scope_predicate},
    sql::{IN_CHUNK, Rec, Sql, Tx, Val, insert_many, int},
};
use jiff::civil::Date;
use lantu_model::{Blocking, ForecastRow, Light, Milestone, MoverOf, OfficeId, ProjectId, Scope};
use std::collections::{BTreeSet, HashMap};

/// A forecast with the version of its project that it was computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    pub seq: u64,
    pub row: ForecastRow,
    /// The projects that it waits for.
    pub awaits: BTreeSet<ProjectId>,
    /// Whether odds were drawn, or there was nothing to draw.
    pub drawn: bool,
}

/// Which rows are to be computed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outdated<'a> {
    pub day: Date,
    pub stamp: &'a str,
    /// Also those without odds.
    pub undrawn: bool,
}

/// The columns of a milestone, in the order of the table.
const MILESTONES: [(Milestone, &str); 4] = [
    (Milestone::Start, "start"),
    (Milestone::Completion, "completion"),
    (Milestone::Production, "production"),
    (Milestone::Capacity, "capacity"),
];

/// A light as the table keeps it, so that the worst sorts last.
pub(crate) fn light_no(light: Light) -> i64 {
    match light {
        Light::Green => 0,
        Light::Amber => 1,
        Light::Red => 2,
    }
}

fn columns() -> String {
    let mut all = "office, id, seq, day, stamp, drawn, light, days_late".to_owned();
    for (_, name) in MILESTONES {
        all.push_str(&format!(", {name}_due, {name}_done, {name}_expected, {name}_p50, {name}_late"));
    }
    all + ", blocked_at, blocked_by, row_json"
}

fn blocking(row: &ForecastRow) -> Option<&Blocking> {
    let open = row.ahead.iter().filter(|a| a.done.is_none());
    open.max_by_key(|a| (a.light, std::cmp::Reverse(a.expected))).and_then(|a| a.blocking.as_ref())
}

fn mover_key(mover: &MoverOf) -> Option<String> {
    match mover {
        MoverOf::Departments(keys) => keys.first().cloned(),
        MoverOf::Org(org) => Some(org.to_string()),
        MoverOf::Owner => Some("owner".to_owned()),
        MoverOf::Nobody => None,
    }
}

fn values(office: &str, f: &Forecast) -> Result<Vec<Val>, StoreError> {
    let row = &f.row;
    let json = serde_json::to_string(row).map_err(|e| StoreError::Invalid(format!("forecast: {e}")))?;
    let text = |d: Option<Date>| Val::Text(d.map(|d| d.to_string()));
    let mut vals: Vec<Val> = vec![
        office.into(),
        row.id.to_string().into(),
        f.seq.into(),
        row.day.to_string().into(),
        row.stamp.as_str().into(),
        i64::from(f.drawn).into(),
        light_no(row.light()).into(),
        row.days_late().map(i64::from).into(),
    ];
    for (milestone, _) in MILESTONES {
        let of = row.of(milestone);
        vals.push(text(of.and_then(|a| a.due)));
        vals.push(text(of.and_then(|a| a.done)));
        vals.push(text(of.map(|a| a.expected)));
        vals.push(text(of.and_then(|a| a.odds).map(|o| o.p50)));
        vals.push(of.and_then(|a| a.days_late).map(i64::from).into());
    }
    let blocked = blocking(row);
    vals.push(blocked.map(|b| b.activity.clone()).into());
    vals.push(blocked.and_then(|b| mover_key(&b.mover)).into());
    vals.push(json.into());
    Ok(vals)
}

fn read(r: &Rec) -> Result<Forecast, StoreError> {
    let row = serde_json::from_str(&r.text(0)?).map_err(|e| StoreError::Damaged(format!("forecast: {e}")))?;
    Ok(Forecast { seq: r.count(1)?, row, awaits: BTreeSet::new(), drawn: r.int(2)? == 1 })
}

/// Writes rows and what they wait for. A row of an older version never replaces one of a newer.
async fn write(tx: &mut Tx, dialect: Dialect, office: &str, rows: &[&Forecast]) -> Result<(), StoreError> {
    let columns = columns();
    let set: Vec<String> = columns.split(", ").skip(2).map(|c| format!("{c} = excluded.{c}")).collect();
    let upsert = format!("ON CONFLICT (office, id) DO UPDATE SET {} WHERE forecast.seq <= excluded.seq", set.join(", "));
    let vals = rows.iter().map(|f| values(office, f)).collect::<Result<Vec<_>, _>>()?;
    insert_many(tx, dialect, "forecast", &columns, vals, &upsert).await?;
    let ids: Vec<String> = rows.iter().map(|f| f.row.id.to_string()).collect();
    remove(tx, dialect, "forecast_wait", office, &ids).await?;
    let wait = |f: &&Forecast| f.awaits.iter().map(|a| vec![office.into(), f.row.id.to_string().into(), a.to_string().into()]).collect();
    let waits: Vec<Vec<Val>> = rows.iter().flat_map(|f| -> Vec<Vec<Val>> { wait(f) }).collect();
    insert_many(tx, dialect, "forecast_wait", "office, id, awaited", waits, "ON CONFLICT (office, id, awaited) DO NOTHING").await?;
    Ok(())
}

async fn remove(tx: &mut Tx, dialect: Dialect, table: &str, office: &str, ids: &[String]) -> Result<(), StoreError> {
    for chunk in ids.chunks(IN_CHUNK) {
        let mut sql = Sql::new(dialect, "DELETE FROM ");
        sql.push(table).push(" WHERE office = ").bind(office).push(" AND ").push_in("id", chunk.iter().map(String::as_str));
        tx.run(sql).await?;
    }
    Ok(())
}

impl Store {
    /// The forecasts of a transaction: those of the projects that it writes at the versions that it makes, and those of others
    /// that follow from them. A written project without one has none from now on.
    pub(crate) async fn write_forecasts(
        &self,
        tx: &mut Tx,
        office: &str,
        steps: &[Step<'_>],
        given: &[Forecast],
    ) -> Result<(), StoreError> {
        let written: HashMap<&str, u64> = steps.iter().filter_map(Step::project).collect();
        let mut rows: Vec<Forecast> = given.to_vec();
        for f in &mut rows {
            if let Some(seq) = written.get(f.row.id.to_string().as_str()) {
                f.seq = *seq;
            }
        }
        let told: BTreeSet<String> = rows.iter().map(|f| f.row.id.to_string()).collect();
        let gone: Vec<String> = written.keys().filter(|id| !told.contains(**id)).map(|id| (*id).to_owned()).collect();
        remove(tx, self.dialect(), "forecast", office, &gone).await?;
        remove(tx, self.dialect(), "forecast_wait", office, &gone).await?;
        self.write_current(tx, office, &rows).await.map(drop)
    }

    /// Of the rows given, those of projects still at the version they were computed from.
    async fn write_current(&self, tx: &mut Tx, office: &str, rows: &[Forecast]) -> Result<u64, StoreError> {
        let mut written = 0;
        for chunk in rows.chunks(IN_CHUNK) {
            let mut sql = self.sql("SELECT id, seq FROM project WHERE office = ").with("", office).and(" AND ");
            sql.push_in("id", chunk.iter().map(|f| f.row.id.to_string()));
            let now = tx.all(sql).await?.iter().map(|r| Ok((r.text(0)?, r.count(1)?))).collect::<Result<HashMap<_, _>, StoreError>>()?;
            let current: Vec<&Forecast> = chunk.iter().filter(|f| now.get(&f.row.id.to_string()) == Some(&f.seq)).collect();
            written += current.len() as u64;
            write(tx, self.dialect(), office, &current).await?;
        }
        Ok(written)
    }

    /// Marks rows to be computed again by whoever refreshes next.
    pub(crate) async fn mark_forecasts(&self, tx: &mut Tx, office: &str, ids: &[ProjectId]) -> Result<(), StoreError> {
        for chunk in ids.chunks(IN_CHUNK) {
            let mut sql = self.sql("UPDATE forecast SET stamp = '' WHERE office = ").with("", office).and(" AND ");
            sql.push_in("id", chunk.iter().map(ToString::to_string));
            tx.run(sql).await?;
        }
        Ok(())
    }

    /// Replaces rows that were computed again; those whose project has changed meanwhile are left to that change.
    /// Gives how many were written.
    pub async fn put_forecasts(&self, office: OfficeId, rows: &[Forecast]) -> Result<u64, StoreError> {
        self.put_foreseen(office, rows, &[]).await
    }

    /// The same, with what waits in these projects.
    pub async fn put_foreseen(&self, office: OfficeId, rows: &[Forecast], work: &[crate::Worked]) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let office = office.to_string();
        let written = self.write_current(&mut tx, &office, rows).await?;
        self.write_current_work(&mut tx, &office, work).await?;
        tx.commit().await?;
        Ok(written)
    }

    /// Forecasts of some projects of an office; `awaits` is left empty.
    ///
    /// For computing, which follows links wherever they lead: what is shown goes through [`Store::forecasts`].
    pub async fn forecasts_of(&self, office: OfficeId, ids: &[ProjectId]) -> Result<Vec<Forecast>, StoreError> {
        let mut rows = vec![];
        for chunk in ids.chunks(IN_CHUNK) {
            let sql = self.sql("SELECT f.row_json, f.seq, f.drawn FROM forecast f WHERE f.office = ").with("", office.to_string());
            let mut sql = sql.and(" AND ");
            sql.push_in("f.id", chunk.iter().map(ToString::to_string));
            rows.extend(self.all(sql).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?);
        }
        Ok(rows)
    }

    /// Forecasts of the projects that a filter and the scope show, in order of id.
    pub async fn forecasts(&self, scope: &Scope, filter: &Filter) -> Result<Vec<Forecast>, StoreError> {
        let mut sql = self.sql("SELECT f.row_json, f.seq, f.drawn FROM forecast f JOIN (SELECT p.office, p.id FROM ");
        push_source(&mut sql, scope, None);
        sql.push(" WHERE ");
        scope_predicate(&mut sql, scope, None);
        filter.push(&mut sql, scope, None);
        sql.push(") q ON q.office = f.office AND q.id = f.id ORDER BY f.id");
        self.all(sql).await?.iter().map(read).collect()
    }

    /// The projects that wait for any of these.
    pub async fn waiting_for(&self, office: OfficeId, ids: &[ProjectId]) -> Result<Vec<(ProjectId, ProjectId)>, StoreError> {
        let mut found = vec![];
        for chunk in ids.chunks(IN_CHUNK) {
            let sql = self.sql("SELECT awaited, id FROM forecast_wait WHERE office = ").with("", office.to_string());
            let mut sql = sql.and(" AND ");
            sql.push_in("awaited", chunk.iter().map(ToString::to_string)).push(" ORDER BY awaited, id");
            for r in self.all(sql).await? {
                found.push((r.parsed(0)?, r.parsed(1)?));
            }
        }
        Ok(found)
    }

    /// How many rows are out of date, and the first of them after an id.
    pub async fn outdated_forecasts(
        &self,
        office: OfficeId,
        asked: &Outdated<'_>,
        after: Option<ProjectId>,
        limit: u32,
    ) -> Result<Vec<ProjectId>, StoreError> {
        let mut sql = self.sql("SELECT f.id FROM forecast f");
        push_outdated(&mut sql, office, asked);
        if let Some(after) = after {
            sql.push(" AND f.id > ").bind(after.to_string());
        }
        sql.push(" ORDER BY f.id LIMIT ").bind(i64::from(limit));
        self.all(sql).await?.iter().map(|r| r.parsed(0)).collect()
    }

    pub async fn count_outdated(&self, office: OfficeId, asked: &Outdated<'_>) -> Result<u64, StoreError> {
        let mut sql = self.sql("SELECT COUNT(*) FROM forecast f");
        push_outdated(&mut sql, office, asked);
        self.first(sql).await?.map_or(Ok(0), |r| r.count(0))
    }

    /// The earliest day that some row was computed for.
    pub async fn oldest_forecast(&self, office: OfficeId) -> Result<Option<Date>, StoreError> {
        let sql = self.sql("SELECT MIN(day) FROM forecast WHERE office = ").with("", office.to_string());
        self.first(sql).await?.map_or(Ok(None), |r| r.opt_parsed(0))
    }
}

fn push_outdated(sql: &mut Sql, office: OfficeId, asked: &Outdated<'_>) {
    sql.push(" WHERE f.office = ").bind(office.to_string());
    sql.push(" AND (f.day <> ").bind(asked.day.to_string()).push(" OR f.stamp <> ").bind(asked.stamp);
    sql.push(if asked.undrawn { " OR f.drawn = 0)" } else { ")" });
}

/// A job's standing: who does it until when, and how far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobStanding {
    /// Somebody holds it at the moment asked about.
    pub running: bool,
    pub done: u64,
    pub total: u64,
}

impl Store {
    /// Takes a job for a time, or takes it on; `false` when another holds it. Moments in microseconds.
    pub async fn lease(&self, office: OfficeId, name: &str, holder: &str, now: i64, until: i64) -> Result<bool, StoreError> {
        let sql = self.sql("INSERT INTO job (office, name, holder, until, done, total) VALUES (").with("", office.to_string());
        let sql =
            sql.with(", ", name).with(", ", holder).with(", ", until).and(
                ", 0, 0) ON CONFLICT (office, name) DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE job.until < ",
            );
        Ok(self.run(sql.with("", now).with(" OR job.holder = ", holder)).await? == 1)
    }

    /// Tells how far a job is, and gives it back when `until` lies in the past.
    pub async fn tell_job(&self, office: OfficeId, name: &str, holder: &str, until: i64, done: u64, total: u64) -> Result<(), StoreError> {
        let sql = self.sql("UPDATE job SET until = ").with("", until).with(", done = ", int(done)).with(", total = ", int(total));
        let sql = sql.with(" WHERE office = ", office.to_string()).with(" AND name = ", name).with(" AND holder = ", holder);
        self.run(sql).await.map(drop)
    }

    pub async fn job(&self, office: OfficeId, name: &str, now: i64) -> Result<JobStanding, StoreError> {
        let sql = self.sql("SELECT until, done, total FROM job WHERE office = ").with("", office.to_string()).with(" AND name = ", name);
        let Some(r) = self.first(sql).await? else { return Ok(JobStanding::default()) };
        Ok(JobStanding { running: r.int(0)? >= now, done: r.count(1)?, total: r.count(2)? })
    }
}
