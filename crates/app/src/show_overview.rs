//! 总览: counts by stage, town and kind; the three watches of a year; what changed since the last visit.
mod ahead;

use crate::{
    desk::{Ask, Books, Desk},
    error::Result,
    list_projects::{as_of, org_names},
    movers::Movers,
    permission::Right,
    view::{
        Count, Overview, WatchItem, WatchMonth, WatchView,
        overview::{DivisionCount, Invest},
    },
};
use jiff::civil::Date;
use lantu_model::{Money, ProjectRow, StageKind};
use lantu_rules::Watch;
use lantu_store::{DateRange, Due, DueAsk, Facet, Filter, PageAsk, Sort, SortKey};
use std::collections::BTreeMap;

const LISTED: u32 = 8;

pub async fn show_overview(desk: &Desk, ask: Ask<'_>, base: Filter, year: i16, day: Option<Date>) -> Result<Overview> {
    ask.require(Right::ReadProjects)?;
    let books = desk.books(ask.office()).await?;
    let then = as_of(desk, ask, day).await?;
    let today = day.filter(|d| *d < ask.moment.day).unwrap_or(ask.moment.day);
    let scope = &ask.signed.scope;
    let by = [Facet::Stage, Facet::Status, Facet::Industry, Facet::Nature, Facet::Holding];
    let mut facets = desk.store.facets(scope, &base, &by, then).await?;
    let mut take = |f: Facet| facets.remove(&f).unwrap_or_default().into_iter().map(Count::from).collect::<Vec<_>>();
    let totals = desk.store.count(scope, &base, then).await?;
    let names = org_names(desk, ask).await?;
    let mut watches = vec![];
    let board = ahead::Board::of(desk, ask, &books, &base, then, today).await?;
    let movers = Movers { books: &books, orgs: &names, lang: ask.lang };
    let lens = Lens { year, today, then, movers: &movers, board: &board };
    for watch in Watch::ALL {
        watches.push(watch_view(desk, ask, &base, watch, &lens).await?);
    }
    let reds = ahead::reds(&board, &movers);
    let count = async |filter: Filter| -> Result<u64> { Ok(desk.store.count(scope, &filter, then).await?.rows) };
    Ok(Overview {
        today,
        as_of: then.and(day),
        year,
        feed: desk.store.feed(ask.office()).await?,
        total: Count { key: None, rows: totals.rows, counted: totals.counted, investment: Money::from_fen(totals.investment) },
        by_stage: take(Facet::Stage),
        by_status: take(Facet::Status),
        by_division: by_division(desk, ask, &base, then).await?,
        by_industry: take(Facet::Industry),
        by_nature: take(Facet::Nature),
        by_holding: take(Facet::Holding),
        watches,
        reds,
        forecast_day: board.day,
        not_in_statistics: count(Filter { due: Some(DueAsk { due: Due::NotInStatistics, today }), ..base.clone() }).await?,
        suggested_differs: count(Filter { suggested_differs: true, ..base.clone() }).await?,
        invest: Invest { annual_plan: Money::from_fen(totals.annual_plan), ytd: Money::from_fen(totals.ytd) },
        changed_since_visit: changed_since_visit(desk, ask).await?,
    })
}

/// Towns and other divisions with their stages; every division of the place that can host has a line, even an empty one.
async fn by_division(desk: &Desk, ask: Ask<'_>, base: &Filter, then: Option<u64>) -> Result<Vec<DivisionCount>> {
    let scope = &ask.signed.scope;
    let mut lines: BTreeMap<Option<String>, DivisionCount> = BTreeMap::new();
    let all = desk.store.facets(scope, base, &[Facet::Division], then).await?;
    for c in all.into_values().flatten() {
        let line = DivisionCount {
            key: c.key.clone(),
            rows: c.rows,
            counted: c.counted,
            investment: Money::from_fen(c.investment),
            by_stage: BTreeMap::new(),
        };
        lines.insert(c.key, line);
    }
    for stage in StageKind::ALL {
        let filter = Filter { stages: vec![stage], ..base.clone() };
        for c in desk.store.facets(scope, &filter, &[Facet::Division], then).await?.into_values().flatten() {
            if let Some(line) = lines.get_mut(&c.key) {
                line.by_stage.insert(stage.key().to_owned(), c.rows);
            }
        }
    }
    Ok(lines.into_values().collect())
}

/// Every project that is planned for the year in this watch or did it in the year.
async fn watched_rows(desk: &Desk, ask: Ask<'_>, base: &Filter, watch: Watch, year: i16, then: Option<u64>) -> Result<Vec<ProjectRow>> {
    let range = DateRange { from: Some(Date::constant(year, 1, 1)), to: Some(Date::constant(year, 12, 31)) };
    let (mut planned, mut done) = (base.clone(), base.clone());
    match watch {
        Watch::Start => (planned.start_due, done.started) = (range, range),
        Watch::Finish => (planned.finish_due, done.completed) = (range, range),
        Watch::Ramp => (planned.ramp_due, done.ramped) = (range, range),
    }
    let mut rows: BTreeMap<_, ProjectRow> = BTreeMap::new();
    for filter in [planned, done] {
        let mut after = None;
        loop {
            let page = desk.store.rows(&ask.signed.scope, &filter, Sort::default(), &PageAsk { limit: 2_000, after }, then).await?;
            rows.extend(page.rows.into_iter().map(|r| (r.row.id, r.row)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(rows.into_values().filter(Watch::is_expected).collect())
}

/// A standing work list: how many, and the first of them. The count is the list's own, so that the figure opens exactly.
async fn work_list(
    desk: &Desk,
    ask: Ask<'_>,
    base: &Filter,
    watch: Watch,
    due: DueAsk,
    then: Option<u64>,
) -> Result<(u64, Vec<ProjectRow>)> {
    let filter = Filter { due: Some(due), ..base.clone() };
    let key = match watch {
        Watch::Start => SortKey::StartDue,
        Watch::Finish => SortKey::FinishDue,
        Watch::Ramp => SortKey::RampDue,
    };
    let scope = &ask.signed.scope;
    let count = desk.store.count(scope, &filter, then).await?.rows;
    let page = desk.store.rows(scope, &filter, Sort { key, desc: false }, &PageAsk { limit: LISTED, after: None }, then).await?;
    Ok((count, page.rows.into_iter().map(|r| r.row).collect()))
}

fn target(books: &Books, watch: Watch, year: i16) -> Option<i64> {
    let t = &books.place.targets;
    let of_year = t.year.is_none_or(|y| y == i64::from(year));
    let n = match watch {
        Watch::Start => t.starts,
        Watch::Finish => t.completions,
        Watch::Ramp => t.ramps,
    };
    n.filter(|_| of_year)
}

async fn watch_view(desk: &Desk, ask: Ask<'_>, base: &Filter, watch: Watch, lens: &Lens<'_>) -> Result<WatchView> {
    let Lens { year, today, then, movers, board } = *lens;
    let rows = watched_rows(desk, ask, base, watch, year, then).await?;
    let (late, soon) = match watch {
        Watch::Start => (Due::StartOverdue, Due::StartThisMonth),
        Watch::Finish => (Due::FinishOverdue, Due::FinishThisMonth),
        Watch::Ramp => (Due::RampOverdue, Due::RampThisMonth),
    };
    let (overdue, overdue_rows) = work_list(desk, ask, base, watch, DueAsk { due: late, today }, then).await?;
    let (this_month, month_rows) = work_list(desk, ask, base, watch, DueAsk { due: soon, today }, then).await?;
    let tally = Tally::of(watch, &rows, year, today);
    let target = target(movers.books, watch, year);
    Ok(WatchView {
        key: watch.key().to_owned(),
        target,
        done: tally.done,
        due_by_now: tally.done_of_due + overdue,
        done_of_due: tally.done_of_due,
        overdue,
        early: tally.early,
        planned: tally.planned,
        this_month,
        by_month: tally.by_month,
        forecast: board.by_year_end(watch, year, tally.done, target),
        overdue_items: items(watch, &overdue_rows, lens),
        this_month_items: items(watch, &month_rows, lens),
    })
}

/// The year looked at, from which day, and what its figures are called.
struct Lens<'a> {
    year: i16,
    today: Date,
    then: Option<u64>,
    movers: &'a Movers<'a>,
    board: &'a ahead::Board,
}

struct Tally {
    done: u64,
    done_of_due: u64,
    early: u64,
    planned: u64,
    by_month: Vec<WatchMonth>,
}

impl Tally {
    fn of(watch: Watch, rows: &[ProjectRow], year: i16, today: Date) -> Self {
        let count = |keep: &dyn Fn(Option<Date>, Option<Date>) -> bool| {
            rows.iter().map(|r| watch.standing(r)).filter(|s| keep(s.due, s.done)).count() as u64
        };
        let in_year = |d: Option<Date>| d.is_some_and(|d| d.year() == year);
        let in_month = |d: Option<Date>, m: i8| d.is_some_and(|d| d.year() == year && d.month() == m);
        Self {
            done: count(&|_, done| in_year(done)),
            done_of_due: count(&|due, done| in_year(due) && due.is_some_and(|d| d <= today) && done.is_some()),
            early: count(&|due, done| in_year(done) && due.is_none_or(|d| d > today)),
            planned: count(&|due, _| in_year(due)),
            by_month: (1..=12)
                .map(|m| WatchMonth { month: m, planned: count(&|due, _| in_month(due, m)), done: count(&|_, done| in_month(done, m)) })
                .collect(),
        }
    }
}

fn items(watch: Watch, rows: &[ProjectRow], lens: &Lens<'_>) -> Vec<WatchItem> {
    let (today, names) = (lens.today, lens.movers.orgs);
    rows.iter()
        .filter_map(|r| watch.standing(r).due.map(|due| (r, due)))
        .map(|(r, due)| (r, due, ahead::of_item(lens.board, lens.movers, watch, r)))
        .map(|(r, due, (expected, light, blocking))| WatchItem {
            id: r.id,
            name: r.name.clone(),
            division: r.division.clone(),
            due,
            days: (today - due).get_days(),
            lead_org: r.lead_org,
            lead_org_name: r.lead_org.and_then(|o| names.get(&o).cloned()),
            expected,
            light,
            blocking,
        })
        .collect()
}

async fn changed_since_visit(desk: &Desk, ask: Ask<'_>) -> Result<u64> {
    let Some(user) = ask.signed.user else { return Ok(0) };
    let since = desk.store.last_visit(ask.office(), user).await?.unwrap_or(0);
    Ok(desk.store.changed_since(&ask.signed.scope, since).await?.len() as u64)
}
