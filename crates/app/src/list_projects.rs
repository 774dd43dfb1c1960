//! 项目清单: pages, totals, facets and the holder of a code, all within the asker's scope.
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    movers::Movers,
    permission::Right,
    view::{Count, Row, RowPage, Totals},
};
use jiff::civil::Date;
use lantu_model::{ForecastRow, Money, ProjectId};
use lantu_store::{Facet, Filter, PageAsk, Sort};
use std::collections::{BTreeMap, HashMap};

/// The feed number that a past day ended with; `None` for now.
pub async fn as_of(desk: &Desk, ask: Ask<'_>, day: Option<Date>) -> Result<Option<u64>> {
    match day {
        Some(day) if day < ask.moment.day => Ok(Some(desk.store.feed_on_day(ask.office(), day).await?)),
        _ => Ok(None),
    }
}

pub async fn list_projects(desk: &Desk, ask: Ask<'_>, filter: &Filter, sort: Sort, page: &PageAsk, day: Option<Date>) -> Result<RowPage> {
    ask.require(Right::ReadProjects)?;
    let then = as_of(desk, ask, day).await?;
    let found = desk.store.rows(&ask.signed.scope, filter, sort, page, then).await?;
    let names = org_names(desk, ask).await?;
    let books = desk.books(ask.office()).await?;
    let movers = Movers { books: &books, orgs: &names, lang: ask.lang };
    // Forecasts are kept for now alone.
    let ids: Vec<ProjectId> = if then.is_none() { found.rows.iter().map(|r| r.row.id).collect() } else { vec![] };
    let mut ahead: HashMap<ProjectId, ForecastRow> =
        desk.store.forecasts_of(ask.office(), &ids).await?.into_iter().map(|f| (f.row.id, f.row)).collect();
    let items = found
        .rows
        .into_iter()
        .map(|r| {
            let lead = r.row.lead_org.and_then(|o| names.get(&o).cloned());
            let forecast = ahead.remove(&r.row.id);
            let row = Row::new(r.row, r.seq, r.feed, lead, filter.list.as_ref());
            match forecast {
                Some(forecast) => row.with_ahead(&forecast, &movers),
                None => row,
            }
        })
        .collect();
    Ok(RowPage { items, next: found.next })
}

/// The page that begins at the nth row, for jumps; the pages after it go on by cursor.
pub async fn list_projects_from(
    desk: &Desk,
    ask: Ask<'_>,
    filter: &Filter,
    sort: Sort,
    (offset, limit): (u64, u32),
    day: Option<Date>,
) -> Result<RowPage> {
    ask.require(Right::ReadProjects)?;
    let then = as_of(desk, ask, day).await?;
    let after = desk.store.cursor_at(&ask.signed.scope, filter, sort, offset, then).await?;
    if after.is_none() && offset > 0 {
        return Ok(RowPage { items: vec![], next: None });
    }
    list_projects(desk, ask, filter, sort, &PageAsk { limit, after }, day).await
}

pub async fn count_projects(desk: &Desk, ask: Ask<'_>, filter: &Filter, day: Option<Date>) -> Result<Totals> {
    ask.require(Right::ReadProjects)?;
    let then = as_of(desk, ask, day).await?;
    let t = desk.store.count(&ask.signed.scope, filter, then).await?;
    Ok(Totals {
        rows: t.rows,
        counted: t.counted,
        investment: Money::from_fen(t.investment),
        annual_plan: Money::from_fen(t.annual_plan),
        ytd: Money::from_fen(t.ytd),
    })
}

pub async fn facet_projects(
    desk: &Desk,
    ask: Ask<'_>,
    filter: &Filter,
    by: &[Facet],
    day: Option<Date>,
) -> Result<BTreeMap<String, Vec<Count>>> {
    ask.require(Right::ReadProjects)?;
    let then = as_of(desk, ask, day).await?;
    let found = desk.store.facets(&ask.signed.scope, filter, by, then).await?;
    Ok(found.into_iter().map(|(f, counts)| (f.key().to_owned(), counts.into_iter().map(Count::from).collect())).collect())
}

impl From<lantu_store::FacetCount> for Count {
    fn from(c: lantu_store::FacetCount) -> Self {
        Self { key: c.key, rows: c.rows, counted: c.counted, investment: Money::from_fen(c.investment) }
    }
}

/// The project that holds a code, if the asker may see it.
pub async fn code_holder(desk: &Desk, ask: Ask<'_>, code: &str) -> Result<Option<(ProjectId, String)>> {
    let filter = Filter { text: Some(code.to_owned()), levels: lantu_model::Level::ALL.to_vec(), ..Filter::default() };
    let page = PageAsk { limit: 50, after: None };
    let found = desk.store.rows(&ask.signed.scope, &filter, Sort::default(), &page, None).await?;
    Ok(found.rows.into_iter().find(|r| r.row.codes.iter().any(|c| c == code)).map(|r| (r.row.id, r.row.name)))
}

pub(crate) async fn org_names(desk: &Desk, ask: Ask<'_>) -> Result<BTreeMap<lantu_model::OrgId, String>> {
    let orgs = desk.store.docs::<crate::desk::Org>(ask.office(), lantu_store::StreamKind::Org).await.map_err(AppError::from)?;
    Ok(orgs.into_iter().map(|(_, o)| (o.doc.id, o.doc.name)).collect())
}
