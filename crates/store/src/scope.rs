//! The door: what a reader may see, as SQL. Every read of projects passes here and nowhere else.
use crate::{sql::Sql, stream::AsOf};
use lantu_model::{DivisionCode, Reach, Scope};

/// `feed_to` of what is still so.
pub(crate) const STILL: i64 = i64::MAX;

/// Above so many regions an `OR` chain nears SQLite's depth limit (1 000), and a table of values is used.
const OR_MAX: usize = 100;

/// The relation that holds each project's row at a moment, with the alias `p`; the office is part of it.
pub(crate) fn push_source(sql: &mut Sql, scope: &Scope, as_of: AsOf) {
    let office = scope.office.to_string();
    match as_of {
        None => {
            sql.push("project p");
        }
        Some(feed) => {
            let columns = crate::promote::all_columns();
            sql.push("(SELECT ").push(&columns).push(" FROM project WHERE office = ").bind(office.as_str());
            sql.push(" AND feed <= ").bind(feed);
            sql.push(" UNION ALL SELECT ").push(&columns).push(" FROM project_history WHERE office = ").bind(office);
            sql.push(" AND feed <= ").bind(feed).push(" AND feed_to > ").bind(feed).push(") p");
        }
    }
}

/// The condition under which `p` (see [`push_source`]) is visible: office, region and organisation, all three.
pub(crate) fn scope_predicate(sql: &mut Sql, scope: &Scope, as_of: AsOf) {
    sql.push("p.office = ").bind(scope.office.to_string());
    if let Reach::Only(divisions) = &scope.regions {
        sql.push(" AND ");
        within_any(sql, divisions);
    }
    if let Reach::Only(orgs) = &scope.orgs {
        let mut orgs: Vec<String> = orgs.iter().map(ToString::to_string).collect();
        orgs.sort_unstable();
        orgs.dedup();
        // The lead is among the side rows. Not correlated, so that a narrow scope drives the search.
        sql.push(" AND (p.id IN (SELECT o.id FROM project_org o WHERE o.office = ").bind(scope.office.to_string()).push(" AND ");
        valid(sql, "o", as_of);
        sql.push(" AND ").push_in("o.org", orgs.iter().map(String::as_str)).push(")");
        if !scope.desks.is_empty() {
            // Who decides something is known of today alone: of a past day it shows the same projects.
            sql.push(" OR p.id IN (SELECT d.id FROM work_desk d WHERE d.office = ").bind(scope.office.to_string());
            sql.push(" AND ").push_in("d.desk", scope.desks.iter().map(String::as_str)).push(")");
        }
        sql.push(")");
    }
}

/// Whether a side row was so at the moment.
pub(crate) fn valid(sql: &mut Sql, alias: &str, as_of: AsOf) {
    match as_of {
        None => {
            sql.push(alias).push(".feed_to = ").bind(STILL);
        }
        Some(feed) => {
            sql.push(alias).push(".feed_from <= ").bind(feed).push(" AND ").push(alias).push(".feed_to > ").bind(feed);
        }
    }
}

/// `p.division` is one of the divisions or lies below one: a range each, because codes nest by prefix.
pub(crate) fn within_any(sql: &mut Sql, divisions: &[DivisionCode]) {
    let ranges = ranges(divisions.iter().map(DivisionCode::nest_prefix));
    push_ranges(sql, "p.division", &ranges);
}

/// `column` starts with one of the prefixes.
pub(crate) fn starts_with_any(sql: &mut Sql, column: &str, prefixes: &[String]) {
    push_ranges(sql, column, &ranges(prefixes.iter().map(String::as_str)));
}

/// Prefixes without those that another covers, sorted, so that no region's row is asked for twice.
fn ranges<'a>(prefixes: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut all: Vec<&str> = prefixes.collect();
    all.sort_unstable();
    let mut kept: Vec<&str> = vec![];
    for prefix in all {
        if !kept.last().is_some_and(|k| prefix.starts_with(k)) {
            kept.push(prefix);
        }
    }
    kept
}

fn push_ranges(sql: &mut Sql, column: &str, prefixes: &[&str]) {
    match prefixes {
        [] => {
            sql.push("1=0");
        }
        [""] => {
            sql.push(column).push(" IS NOT NULL");
        }
        few if few.len() <= OR_MAX => {
            sql.push("(");
            for (i, prefix) in few.iter().enumerate() {
                sql.push(if i == 0 { "" } else { " OR " }).push("(").push(column).push(" >= ").bind(*prefix);
                sql.push(" AND ").push(column).push(" < ").bind(after(prefix)).push(")");
            }
            sql.push(")");
        }
        many => {
            sql.push("EXISTS (SELECT 1 FROM (VALUES ");
            for (i, prefix) in many.iter().enumerate() {
                sql.push(if i == 0 { "(" } else { ",(" }).bind(*prefix).push(",").bind(after(prefix)).push(")");
            }
            sql.push(") v WHERE ").push(column).push(" >= v.column1 AND ").push(column).push(" < v.column2)");
        }
    }
}

/// The least text after everything that starts with `prefix`, by bytes.
fn after(prefix: &str) -> String {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        // Code points and UTF-8 bytes sort alike; the next one past the surrogates' gap or the end needs a carry.
        if let Some(next) = char::from_u32(u32::from(last) + 1) {
            chars.push(next);
            return chars.into_iter().collect();
        }
    }
    char::MAX.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;

    #[test]
    fn a_scope_of_nothing_is_never_true() {
        let office = "00000000-0000-7000-8000-000000000001".parse().unwrap();
        let mut sql = Sql::new(Dialect::Postgres, "");
        scope_predicate(&mut sql, &Scope { office, regions: Reach::Only(vec![]), orgs: Reach::All, desks: vec![] }, None);
        assert_eq!(sql.text(), "p.office = $1 AND 1=0");
        let mut sql = Sql::new(Dialect::Sqlite, "");
        scope_predicate(&mut sql, &Scope { office, regions: Reach::All, orgs: Reach::Only(vec![]), desks: vec![] }, None);
        assert!(sql.text().ends_with("AND 1=0))"), "{}", sql.text());
    }

    #[test]
    fn ranges_cover_what_nests_and_nothing_else() {
        assert_eq!(ranges(["330482", "330482001", "3304", "33"].into_iter()), ["33"]);
        assert_eq!(after("330482"), "330483");
        assert_eq!(after("C39"), "C3:");
        assert!(*after("甲") > *"甲\u{10ffff}");
    }
}
