//! Far into a list at once: the cursor before the nth row, so that a scroll bar need not read all that it passes.
use crate::{
    error::StoreError,
    filter::Filter,
    open::Store,
    rows::{Sort, push_leafed, write_cursor},
    scope::scope_predicate,
    sql::Sql,
    stream::AsOf,
};
use lantu_model::Scope;

impl Store {
    /// The cursor after which the row at `offset` (from 0) comes; `None` when the list is not that long.
    ///
    /// It counts over the promoted columns alone and reads no rows. Lists move between two reads: a page found this
    /// way may repeat or miss a row that has just changed its place.
    pub async fn cursor_at(
        &self,
        scope: &Scope,
        filter: &Filter,
        sort: Sort,
        offset: u64,
        as_of: AsOf,
    ) -> Result<Option<String>, StoreError> {
        let Some(before) = offset.checked_sub(1) else { return Ok(None) };
        let tag = sort.tag();
        if let Some((key, id)) = self.nth(scope, filter, sort, true, before, as_of).await? {
            return Ok(Some(write_cursor(&tag, key.as_deref(), &id)));
        }
        if !sort.key.may_be_null() {
            return Ok(None);
        }
        let mut sql = self.sql("SELECT COUNT(*)");
        self.push_part(&mut sql, scope, filter, sort, true, as_of);
        let valued = self.all(sql).await?.first().map(|r| r.count(0)).transpose()?.unwrap_or(0);
        let Some(rest) = before.checked_sub(valued) else { return Ok(None) };
        let found = self.nth(scope, filter, sort, false, rest, as_of).await?;
        Ok(found.map(|(_, id)| write_cursor(&tag, None, &id)))
    }

    async fn nth(
        &self,
        scope: &Scope,
        filter: &Filter,
        sort: Sort,
        valued: bool,
        nth: u64,
        as_of: AsOf,
    ) -> Result<Option<(Option<String>, String)>, StoreError> {
        let mut sql = self.sql("SELECT ");
        sql.push(&sort.key.as_text()).push(", p.id");
        self.push_part(&mut sql, scope, filter, sort, valued, as_of);
        sort.push_order(&mut sql, valued);
        sql.push(" LIMIT 1 OFFSET ").bind(nth);
        self.all(sql).await?.first().map(|r| Ok((r.opt_text(0)?, r.text(1)?))).transpose()
    }

    fn push_part(&self, sql: &mut Sql, scope: &Scope, filter: &Filter, sort: Sort, valued: bool, as_of: AsOf) {
        sql.push(" FROM ");
        push_leafed(sql, scope, filter, sort, as_of);
        sql.push(" WHERE ");
        scope_predicate(sql, scope, as_of);
        filter.push(sql, scope, as_of);
        sort.key.push_valued(sql, valued);
    }
}
