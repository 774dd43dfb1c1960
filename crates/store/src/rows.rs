//! Pages of the pipeline: sorted, filtered, scoped, by keyset.
//!
//! Rows without a value come last in both directions. A page is read in two parts, those with a value and those
//! without, so that each part is a plain range of an index and neither database's own order of NULL matters.
use crate::{
    error::StoreError,
    filter::Filter,
    open::Store,
    scope::{push_source, scope_predicate},
    sql::{Rec, Sql},
    stream::AsOf,
};
use lantu_model::{DivisionCode, Level, ProjectId, ProjectRow, Reach, Scope};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// By pronunciation ([`ProjectRow::name_key`]).
    #[default]
    Name,
    Code,
    Investment,
    StartDue,
    FinishDue,
    RampDue,
    /// In the order of a project's life.
    Stage,
    Division,
    /// By the feed number of the latest change.
    Changed,
    AnnualPlan,
    Ytd,
    /// By the worst light of its forecast, as that is now.
    Light,
    /// By how late it is expected to be, as its forecast is now.
    DaysLate,
}

impl SortKey {
    pub const ALL: [Self; 13] = [
        Self::Name,
        Self::Code,
        Self::Investment,
        Self::StartDue,
        Self::FinishDue,
        Self::RampDue,
        Self::Stage,
        Self::Division,
        Self::Changed,
        Self::AnnualPlan,
        Self::Ytd,
        Self::Light,
        Self::DaysLate,
    ];
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Code => "code",
            Self::Investment => "investment",
            Self::StartDue => "start_due",
            Self::FinishDue => "finish_due",
            Self::RampDue => "ramp_due",
            Self::Stage => "stage",
            Self::Division => "division",
            Self::Changed => "changed",
            Self::AnnualPlan => "annual_plan",
            Self::Ytd => "ytd",
            Self::Light => "light",
            Self::DaysLate => "days_late",
        }
    }
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }
    fn column(self) -> &'static str {
        match self {
            Self::Name => "p.name_key",
            Self::Code => "p.code",
            Self::Investment => "p.investment",
            Self::StartDue => "p.start_due",
            Self::FinishDue => "p.finish_due",
            Self::RampDue => "p.ramp_due",
            Self::Stage => "p.stage_no",
            Self::Division => "p.division",
            Self::Changed => "p.feed",
            Self::AnnualPlan => "p.annual_plan",
            Self::Ytd => "p.ytd",
            Self::Light => "(SELECT f.light FROM forecast f WHERE f.office = p.office AND f.id = p.id)",
            Self::DaysLate => "(SELECT f.days_late FROM forecast f WHERE f.office = p.office AND f.id = p.id)",
        }
    }
    /// The index that holds the rows of a level in this order.
    fn index(self) -> Option<&'static str> {
        Some(match self {
            Self::Name => "project_name",
            Self::Code => "project_code_at",
            Self::Investment => "project_investment",
            Self::StartDue => "project_start",
            Self::FinishDue => "project_finish",
            Self::RampDue | Self::Light | Self::DaysLate => return None,
            Self::Stage => "project_stage",
            Self::Division => "project_division",
            Self::Changed => "project_changed",
            Self::AnnualPlan => "project_plan",
            Self::Ytd => "project_ytd",
        })
    }
    fn is_number(self) -> bool {
        matches!(self, Self::Investment | Self::Stage | Self::Changed | Self::AnnualPlan | Self::Ytd | Self::Light | Self::DaysLate)
    }
    pub(crate) fn may_be_null(self) -> bool {
        !matches!(self, Self::Name | Self::Stage | Self::Changed)
    }
    /// The column as a cursor keeps it.
    pub(crate) fn as_text(self) -> String {
        let column = self.column();
        if self.is_number() { format!("CAST({column} AS TEXT)") } else { column.to_owned() }
    }
    /// Narrows to rows with a value, or to those without.
    pub(crate) fn push_valued(self, sql: &mut Sql, valued: bool) {
        match (valued, self.may_be_null()) {
            (true, true) => sql.push(" AND ").push(self.column()).push(" IS NOT NULL"),
            (true, false) => sql,
            (false, _) => sql.push(" AND ").push(self.column()).push(" IS NULL"),
        };
    }
}

/// Order of a list; ties are broken by id in the same direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    pub key: SortKey,
    pub desc: bool,
}

impl Sort {
    /// Names the order in its cursors.
    pub(crate) fn tag(self) -> String {
        format!("{}{}", if self.desc { "-" } else { "" }, self.key.key())
    }
    pub(crate) fn push_order(self, sql: &mut Sql, valued: bool) {
        let direction = if self.desc { "DESC" } else { "ASC" };
        sql.push(" ORDER BY ");
        if valued {
            sql.push(self.key.column()).push(" ").push(direction).push(", ");
        }
        sql.push("p.id ").push(direction);
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAsk {
    /// Rows a page; at least 1.
    pub limit: u32,
    /// Where the last page ended ([`Page::next`]); only with the same sort.
    pub after: Option<String>,
}

impl PageAsk {
    pub fn first(limit: u32) -> Self {
        Self { limit, after: None }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Opaque; `None` on the last page.
    pub next: Option<String>,
}

/// A row with its project's version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowAt {
    pub row: ProjectRow,
    pub seq: u64,
    pub feed: u64,
}

/// What finding duplicates needs of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchKey {
    pub id: ProjectId,
    pub name: String,
    pub codes: Vec<String>,
    pub owner: Option<String>,
    pub division: Option<DivisionCode>,
    pub level: Level,
}

struct Found {
    at: RowAt,
    key: Option<String>,
}

/// Where a page ended: among the rows with a value, or among those without.
struct Cursor {
    key: Option<String>,
    id: String,
}

impl Store {
    pub async fn rows(&self, scope: &Scope, filter: &Filter, sort: Sort, ask: &PageAsk, as_of: AsOf) -> Result<Page<RowAt>, StoreError> {
        let tag = sort.tag();
        let cursor = ask.after.as_deref().map(|c| read_cursor(c, &tag)).transpose()?;
        let limit = ask.limit.max(1) as usize;
        let mut found = vec![];
        if cursor.as_ref().is_none_or(|c| c.key.is_some()) {
            found = self.part(scope, filter, sort, true, cursor.as_ref(), limit + 1, as_of).await?;
        }
        if found.len() <= limit && sort.key.may_be_null() {
            let within = cursor.as_ref().filter(|c| c.key.is_none());
            let rest = limit + 1 - found.len();
            found.extend(self.part(scope, filter, sort, false, within, rest, as_of).await?);
        }
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|last| write_cursor(&tag, last.key.as_deref(), &last.at.row.id.to_string()));
        Ok(Page { rows: found.into_iter().map(|f| f.at).collect(), next })
    }

    /// One part of a list: rows with a value under the sort key, or those without.
    #[expect(clippy::too_many_arguments, reason = "the parts of one question, each of a type of its own")]
    async fn part(
        &self,
        scope: &Scope,
        filter: &Filter,
        sort: Sort,
        valued: bool,
        cursor: Option<&Cursor>,
        limit: usize,
        as_of: AsOf,
    ) -> Result<Vec<Found>, StoreError> {
        let column = sort.key.column();
        let beyond = if sort.desc { "<" } else { ">" };
        // The page is found first and its JSON is fetched then, so that no sorting carries it along.
        let mut sql = self.sql("SELECT r.row_json, p.seq, p.feed, p.shown FROM (SELECT p.office, p.id, p.seq, p.feed, ");
        sql.push(&sort.key.as_text()).push(" AS shown");
        if sort.key != SortKey::Changed {
            sql.push(", ").push(column);
        }
        sql.push(" FROM ");
        push_leafed(&mut sql, scope, filter, sort, as_of);
        sql.push(" WHERE ");
        scope_predicate(&mut sql, scope, as_of);
        match sort.key {
            SortKey::Name => filter.push_by_name(&mut sql, scope, as_of),
            _ => filter.push(&mut sql, scope, as_of),
        }
        sort.key.push_valued(&mut sql, valued);
        match cursor {
            Some(Cursor { key: Some(key), id }) => {
                sql.push(" AND (").push(column).push(", p.id) ").push(beyond).push(" (");
                bind_key(&mut sql, sort.key, key)?;
                sql.push(", ").bind(id.as_str()).push(")");
            }
            Some(Cursor { key: None, id }) => {
                sql.push(" AND p.id ").push(beyond).push(" ").bind(id.as_str());
            }
            None => {}
        }
        sort.push_order(&mut sql, valued);
        sql.push(" LIMIT ").bind(limit as i64);
        sql.push(") p JOIN project_row r ON r.office = p.office AND r.id = p.id AND r.seq = p.seq");
        sort.push_order(&mut sql, valued);
        self.all(sql).await?.iter().map(found).collect()
    }

    /// What finding duplicates needs of every project of any level that the scope shows, in order of id.
    pub async fn match_keys(&self, scope: &Scope) -> Result<Vec<MatchKey>, StoreError> {
        let mut sql = self.sql("SELECT p.id, p.name, p.codes, p.owner, p.division, p.level FROM ");
        push_source(&mut sql, scope, None);
        sql.push(" WHERE ");
        scope_predicate(&mut sql, scope, None);
        sql.push(" ORDER BY p.id");
        self.all(sql).await?.iter().map(match_key).collect()
    }

    /// Projects of any level changed after a feed number, with the number of their latest change, in that order.
    pub async fn changed_since(&self, scope: &Scope, feed: u64) -> Result<Vec<(ProjectId, u64)>, StoreError> {
        let mut sql = self.sql("SELECT p.id, p.feed FROM ");
        push_source(&mut sql, scope, None);
        sql.push(" WHERE ");
        scope_predicate(&mut sql, scope, None);
        sql.push(" AND p.feed > ").bind(feed).push(" ORDER BY p.feed, p.id");
        self.all(sql).await?.iter().map(|r| Ok((r.parsed(0)?, r.count(1)?))).collect()
    }

    /// Rows of some projects of any level, in no particular order; those that the scope hides are left out.
    pub async fn rows_by_ids(&self, scope: &Scope, ids: &[ProjectId], as_of: AsOf) -> Result<Vec<RowAt>, StoreError> {
        let mut rows = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(crate::sql::IN_CHUNK) {
            let mut sql = self.sql("SELECT r.row_json, p.seq, p.feed, p.id FROM ");
            push_source(&mut sql, scope, as_of);
            sql.push(" JOIN project_row r ON r.office = p.office AND r.id = p.id AND r.seq = p.seq WHERE ");
            scope_predicate(&mut sql, scope, as_of);
            sql.push(" AND ").push_in("p.id", chunk.iter().map(ToString::to_string));
            for r in self.all(sql).await? {
                rows.push(found(&r)?.at);
            }
        }
        Ok(rows)
    }
}

/// The source of a list to leaf through. SQLite keeps no statistics here, so it is told to walk the list in its order:
/// that costs little where much matches and never more than one walk where little does.
pub(crate) fn push_leafed(sql: &mut Sql, scope: &Scope, filter: &Filter, sort: Sort, as_of: AsOf) {
    push_source(sql, scope, as_of);
    let narrow = filter.is_narrow() || matches!(scope.orgs, Reach::Only(_));
    if let Some(index) = sort.key.index().filter(|_| as_of.is_none() && !narrow) {
        sql.push_index(index);
    }
}

fn match_key(r: &Rec) -> Result<MatchKey, StoreError> {
    let (codes, level) = (r.text(2)?, r.text(5)?);
    Ok(MatchKey {
        id: r.parsed(0)?,
        name: r.text(1)?,
        codes: serde_json::from_str(&codes).map_err(|e| StoreError::Damaged(format!("codes: {e}")))?,
        owner: r.opt_text(3)?,
        division: r.opt_parsed(4)?,
        level: Level::parse(&level).ok_or_else(|| StoreError::Damaged(format!("level {level}")))?,
    })
}

fn found(r: &Rec) -> Result<Found, StoreError> {
    let row = serde_json::from_str(&r.text(0)?).map_err(|e| StoreError::Damaged(format!("row: {e}")))?;
    Ok(Found { at: RowAt { row, seq: r.count(1)?, feed: r.count(2)? }, key: r.opt_text(3)? })
}

fn bind_key(sql: &mut Sql, sort: SortKey, key: &str) -> Result<(), StoreError> {
    if sort.is_number() {
        let number: i64 = key.parse().map_err(|_| StoreError::BadCursor(key.to_owned()))?;
        sql.bind(number);
    } else {
        sql.bind(key);
    }
    Ok(())
}

pub(crate) fn write_cursor(tag: &str, key: Option<&str>, id: &str) -> String {
    match key {
        Some(key) => encode_cursor(tag, &["v", key, id]),
        None => encode_cursor(tag, &["n", "", id]),
    }
}

fn read_cursor(cursor: &str, tag: &str) -> Result<Cursor, StoreError> {
    let [part, key, id] = decode_cursor::<3>(cursor, tag)?;
    Ok(Cursor { key: (part == "v").then_some(key), id })
}

/// An opaque, URL-safe cursor that names the list it belongs to.
pub(crate) fn encode_cursor(tag: &str, parts: &[&str]) -> String {
    let json = serde_json::Value::from([&[tag], parts].concat());
    crate::canonical::hex(json.to_string().as_bytes())
}

pub(crate) fn decode_cursor<const N: usize>(cursor: &str, tag: &str) -> Result<[String; N], StoreError> {
    let bad = || StoreError::BadCursor(cursor.chars().take(60).collect());
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let pairs = cursor.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> = pairs.map(|p| Some(digit(*p.first()?)? * 16 + digit(*p.get(1)?)?)).collect();
    let mut parts: Vec<String> = serde_json::from_slice(&bytes.ok_or_else(bad)?).map_err(|_| bad())?;
    if parts.len() != N + 1 || parts.remove(0) != tag {
        return Err(bad());
    }
    parts.try_into().map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_list() {
        let c = encode_cursor("-name", &["v", "甲\"", "id"]);
        assert_eq!(decode_cursor::<3>(&c, "-name").unwrap(), ["v", "甲\"", "id"]);
        for bad in [c.as_str(), "", "zz", "é", "5b5d", "0"] {
            assert!(matches!(decode_cursor::<3>(bad, "name"), Err(StoreError::BadCursor(_))), "{bad}");
        }
    }
}
