//! Counts over the same rows that a list shows: totals and facets.
use crate::{
    error::StoreError,
    filter::{Filter, list_state_key},
    open::Store,
    scope::{push_source, scope_predicate, valid},
    sql::Sql,
    stream::AsOf,
};
use lantu_model::{MembershipState, Scope};
use std::collections::BTreeMap;

/// A dimension to count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    Stage,
    Status,
    Division,
    Platform,
    /// By section letter.
    Industry,
    Nature,
    Holding,
    Level,
    /// By `kind:year`, applied and admitted together; a project on two lists is in both.
    List,
}

impl Facet {
    pub const ALL: [Self; 9] =
        [Self::Stage, Self::Status, Self::Division, Self::Platform, Self::Industry, Self::Nature, Self::Holding, Self::Level, Self::List];
    pub fn key(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Status => "status",
            Self::Division => "division",
            Self::Platform => "platform",
            Self::Industry => "industry",
            Self::Nature => "nature",
            Self::Holding => "holding",
            Self::Level => "level",
            Self::List => "list",
        }
    }
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.key() == key)
    }
    /// Where the dimension stands in the index of figures: asked in this order, rows come grouped as they are read.
    fn place(self) -> usize {
        match self {
            Self::Level => 0,
            Self::Stage => 1,
            Self::Status => 2,
            Self::Division => 3,
            Self::Platform => 4,
            Self::Industry => 5,
            Self::Nature => 6,
            Self::Holding => 7,
            Self::List => 8,
        }
    }
    fn expression(self) -> &'static str {
        match self {
            Self::Stage => "p.stage",
            Self::Status => "p.status",
            Self::Division => "p.division",
            Self::Platform => "p.platform",
            Self::Industry => "p.section",
            Self::Nature => "p.nature",
            Self::Holding => "p.holding",
            Self::Level => "p.level",
            Self::List => "l.kind || ':' || CAST(l.year AS TEXT)",
        }
    }
}

/// One value of a facet. Figures are those of counting rows only, so that nothing counts twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// `None`: rows without a value.
    pub key: Option<String>,
    pub rows: u64,
    /// Rows whose figures count ([`lantu_model::ProjectRow::counts`]).
    pub counted: u64,
    /// 分, of counting rows.
    pub investment: i64,
}

/// Totals of a list; money in 分, of counting rows only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub rows: u64,
    pub counted: u64,
    pub investment: i64,
    pub annual_plan: i64,
    /// Latest reported year-to-date investment.
    pub ytd: i64,
}

/// The counts of one facet in order of its keys, the empty one last.
fn counts(sums: BTreeMap<Option<String>, [i64; 3]>) -> Vec<FacetCount> {
    let of = |(key, [rows, counted, investment]): (Option<String>, [i64; 3])| FacetCount {
        key,
        rows: rows.unsigned_abs(),
        counted: counted.unsigned_abs(),
        investment,
    };
    let mut counts: Vec<FacetCount> = sums.into_iter().map(of).collect();
    counts.sort_by(|a, b| (a.key.is_none(), &a.key).cmp(&(b.key.is_none(), &b.key)));
    counts
}

/// `SUM` of a BIGINT is NUMERIC on PostgreSQL and NULL over no rows on both.
fn push_sum(sql: &mut Sql, column: &str) {
    sql.push("CAST(COALESCE(SUM(CASE WHEN p.counts = 1 THEN ").push(column).push(" END), 0) AS BIGINT)");
}

impl Store {
    pub async fn count(&self, scope: &Scope, filter: &Filter, as_of: AsOf) -> Result<Totals, StoreError> {
        let mut sql = self.sql("SELECT COUNT(*), CAST(COALESCE(SUM(p.counts), 0) AS BIGINT), ");
        push_sum(&mut sql, "p.investment");
        sql.push(", ");
        push_sum(&mut sql, "p.annual_plan");
        sql.push(", ");
        push_sum(&mut sql, "p.ytd");
        sql.push(" FROM ");
        push_source(&mut sql, scope, as_of);
        sql.push(" WHERE ");
        scope_predicate(&mut sql, scope, as_of);
        filter.push(&mut sql, scope, as_of);
        let Some(r) = self.first(sql).await? else { return Ok(Totals::default()) };
        Ok(Totals { rows: r.count(0)?, counted: r.count(1)?, investment: r.int(2)?, annual_plan: r.int(3)?, ytd: r.int(4)? })
    }

    /// Counts by each facet, each in order of its keys with the empty one last.
    pub async fn facets(
        &self,
        scope: &Scope,
        filter: &Filter,
        facets: &[Facet],
        as_of: AsOf,
    ) -> Result<BTreeMap<Facet, Vec<FacetCount>>, StoreError> {
        let mut all = BTreeMap::new();
        let mut columns: Vec<Facet> = facets.iter().copied().filter(|f| *f != Facet::List).collect();
        columns.sort_unstable_by_key(|f| f.place());
        columns.dedup();
        if !columns.is_empty() {
            all = self.cross(scope, filter, &columns, as_of).await?;
        }
        if facets.contains(&Facet::List) {
            all.insert(Facet::List, self.lists(scope, filter, as_of).await?);
        }
        Ok(all)
    }

    /// Several facets in one pass: counted by all of them together, then added up for each.
    async fn cross(
        &self,
        scope: &Scope,
        filter: &Filter,
        columns: &[Facet],
        as_of: AsOf,
    ) -> Result<BTreeMap<Facet, Vec<FacetCount>>, StoreError> {
        let names: Vec<&str> = columns.iter().map(|f| f.expression()).collect();
        let names = names.join(", ");
        let mut sql = self.sql("SELECT COUNT(*), CAST(COALESCE(SUM(p.counts), 0) AS BIGINT), ");
        push_sum(&mut sql, "p.investment");
        sql.push(", ").push(&names).push(" FROM ");
        push_source(&mut sql, scope, as_of);
        sql.push(" WHERE ");
        scope_predicate(&mut sql, scope, as_of);
        filter.push(&mut sql, scope, as_of);
        sql.push(" GROUP BY ").push(&names);
        let mut sums: Vec<BTreeMap<Option<String>, [i64; 3]>> = vec![BTreeMap::new(); columns.len()];
        for r in self.all(sql).await? {
            let figures = [r.int(0)?, r.int(1)?, r.int(2)?];
            for (i, of) in sums.iter_mut().enumerate() {
                let sum = of.entry(r.opt_text(3 + i)?).or_default();
                for (total, figure) in sum.iter_mut().zip(figures) {
                    *total += figure;
                }
            }
        }
        Ok(columns.iter().copied().zip(sums.into_iter().map(counts)).collect())
    }

    /// The lists that rows stand on; one on two lists counts in both.
    async fn lists(&self, scope: &Scope, filter: &Filter, as_of: AsOf) -> Result<Vec<FacetCount>, StoreError> {
        let mut sql = self.sql("SELECT COUNT(*), CAST(COALESCE(SUM(p.counts), 0) AS BIGINT), ");
        push_sum(&mut sql, "p.investment");
        sql.push(", ").push(Facet::List.expression()).push(" FROM ");
        push_source(&mut sql, scope, as_of);
        sql.push(" JOIN project_list l ON l.office = p.office AND l.id = p.id AND ");
        valid(&mut sql, "l", as_of);
        sql.push(" AND l.state <> ").bind(list_state_key(MembershipState::Removed)).push(" WHERE ");
        scope_predicate(&mut sql, scope, as_of);
        filter.push(&mut sql, scope, as_of);
        sql.push(" GROUP BY 4");
        let of = |r: &crate::sql::Rec| Ok((r.opt_text(3)?, [r.int(0)?, r.int(1)?, r.int(2)?]));
        let sums = self.all(sql).await?.iter().map(of).collect::<Result<_, StoreError>>()?;
        Ok(counts(sums))
    }
}
