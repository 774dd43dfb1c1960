//! 手续矩阵: the list as a sheet of permits, page by page, with sums over the whole of it.
use crate::{
    AppError, Books,
    desk::{Ask, Desk},
    error::Result,
    list_projects::as_of,
    permission::Right,
    view::{MatrixCell, MatrixColumn, MatrixGroup, MatrixPage, MatrixRow, MatrixSum, MatrixTotals, Row},
};
use jiff::civil::Date;
use lantu_model::{Project, ProjectId};
use lantu_pack::{FormalityKind, Pack};
use lantu_store::{Filter, PageAsk, RowAt, Sort};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What the sheet's group rows stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatrixBy {
    Stage,
    Division,
    /// Sections of the industry classification.
    Industry,
    /// The heading on the list.
    Group,
}

impl MatrixBy {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "stage" => Some(Self::Stage),
            "division" => Some(Self::Division),
            "industry" => Some(Self::Industry),
            "group" => Some(Self::Group),
            _ => None,
        }
    }

    pub(crate) fn key(self, row: &Row) -> Option<String> {
        match self {
            Self::Stage => Some(row.stage.key().to_owned()),
            Self::Division => row.division.as_ref().map(ToString::to_string),
            Self::Industry => row.industry.as_ref().and_then(|i| i.get(..1)).map(str::to_owned),
            Self::Group => row.group.clone(),
        }
    }
}

pub async fn show_matrix(desk: &Desk, ask: Ask<'_>, filter: &Filter, sort: Sort, page: &PageAsk, day: Option<Date>) -> Result<MatrixPage> {
    let books = desk.books(ask.office()).await?;
    let (sheet, next) = read_page(desk, ask, filter, sort, page, day).await?;
    let on = seen(ask, day);
    let items = sheet.into_iter().map(|(row, project)| matrix_row(row, &project, &books, ask, on)).collect();
    Ok(MatrixPage { items, next })
}

/// The page that begins at the nth row, for jumps.
pub async fn show_matrix_from(
    desk: &Desk,
    ask: Ask<'_>,
    filter: &Filter,
    sort: Sort,
    (offset, limit): (u64, u32),
    day: Option<Date>,
) -> Result<MatrixPage> {
    ask.require(Right::ReadProjects)?;
    let then = as_of(desk, ask, day).await?;
    let after = desk.store.cursor_at(&ask.signed.scope, filter, sort, offset, then).await?;
    if after.is_none() && offset > 0 {
        return Ok(MatrixPage { items: vec![], next: None });
    }
    show_matrix(desk, ask, filter, sort, &PageAsk { limit, after }, day).await
}

/// Columns and sums of the whole list: what a page alone cannot know.
pub async fn sum_matrix(desk: &Desk, ask: Ask<'_>, filter: &Filter, by: Option<MatrixBy>, day: Option<Date>) -> Result<MatrixTotals> {
    let books = desk.books(ask.office()).await?;
    let on = seen(ask, day);
    let mut sums = Sums::new(None);
    let mut groups: BTreeMap<Option<String>, Sums> = BTreeMap::new();
    let mut after = None;
    loop {
        let (sheet, next) = read_page(desk, ask, filter, Sort::default(), &PageAsk { limit: 2_000, after }, day).await?;
        for (row, project) in &sheet {
            let cells = cells_of(project, &books, ask, on);
            sums.add(row, &cells);
            if let Some(by) = by {
                let key = by.key(row);
                groups.entry(key.clone()).or_insert_with(|| Sums::new(key)).add(row, &cells);
            }
        }
        after = next;
        if after.is_none() {
            break;
        }
    }
    let columns = columns_of(&books, ask, &sums.columns.keys().map(String::as_str).collect());
    Ok(MatrixTotals { columns, total: sums.done(), groups: groups.into_values().map(Sums::done).collect() })
}

fn seen(ask: Ask<'_>, day: Option<Date>) -> Date {
    day.map_or(ask.moment.day, |d| d.min(ask.moment.day))
}

/// Rows in the list's order with their projects, as the asker's scope shows them.
pub(crate) async fn read_page(
    desk: &Desk,
    ask: Ask<'_>,
    filter: &Filter,
    sort: Sort,
    page: &PageAsk,
    day: Option<Date>,
) -> Result<(Vec<(Row, Project)>, Option<String>)> {
    ask.require(Right::ReadProjects)?;
    let then = as_of(desk, ask, day).await?;
    let found = desk.store.rows(&ask.signed.scope, filter, sort, page, then).await?;
    let ids: Vec<ProjectId> = found.rows.iter().map(|r| r.row.id).collect();
    let docs = desk.store.projects_by_ids(&ask.signed.scope, &ids, then).await.map_err(AppError::from)?;
    let mut docs: HashMap<ProjectId, Project> = docs.into_iter().map(|d| (d.doc.id, d.doc)).collect();
    let with_doc = |RowAt { row, seq, feed }| {
        let project = docs.remove(&row.id)?;
        Some((Row::new(row, seq, feed, None, filter.list.as_ref()), project))
    };
    Ok((found.rows.into_iter().filter_map(with_doc).collect(), found.next))
}

pub(crate) fn cells_of(project: &Project, books: &Books, ask: Ask<'_>, on: Date) -> Vec<MatrixCell> {
    project.formalities.iter().map(|f| MatrixCell::of(f, project, books, ask.lang, on)).collect()
}

fn matrix_row(row: Row, project: &Project, books: &Books, ask: Ask<'_>, on: Date) -> MatrixRow {
    MatrixRow {
        id: row.id,
        seq: row.seq,
        feed: row.feed,
        name: row.name,
        code: row.code,
        division: row.division,
        stage: row.stage,
        group: row.group,
        granted: row.formalities_granted,
        needed: row.formalities_needed,
        cells: cells_of(project, books, ask, on),
    }
}

/// The formalities of `kinds` in the order of the pack, those of one phase together.
pub(crate) fn columns_of(books: &Books, ask: Ask<'_>, kinds: &BTreeSet<&str>) -> Vec<MatrixColumn> {
    let pack = &books.pack;
    let mut known: Vec<(Option<i64>, &FormalityKind)> =
        pack.formalities.iter().filter(|f| kinds.contains(f.key.as_str())).map(|f| (phase_of(pack, &f.key), f)).collect();
    // Those that no pattern places come last.
    known.sort_by_key(|(phase, _)| phase.unwrap_or(i64::MAX));
    let dept = |f: &FormalityKind| f.dept.as_ref().and_then(|key| books.place.orgs.iter().find(|o| o.key == *key));
    let column = |(phase, f): (Option<i64>, &FormalityKind)| MatrixColumn {
        kind: f.key.clone(),
        name: f.words.in_lang(ask.lang).to_owned(),
        short: f.short.in_lang(ask.lang).to_owned(),
        phase: phase.and_then(|n| pack.phases.iter().find(|p| p.number == n)).map(|p| p.words.in_lang(ask.lang).to_owned()),
        dept: dept(f).map(|o| o.words.in_lang(ask.lang).to_owned()),
    };
    known.into_iter().map(column).collect()
}

/// The phase under which most of the pack's patterns have a formality; of several as frequent, the earliest.
fn phase_of(pack: &Pack, kind: &str) -> Option<i64> {
    let steps = pack.patterns.iter().flat_map(|p| &p.activities);
    let mut seen: BTreeMap<i64, usize> = BTreeMap::new();
    for step in steps.filter(|a| a.formality.iter().any(|f| f == kind)) {
        *seen.entry(step.phase).or_default() += 1;
    }
    let most = seen.values().copied().max()?;
    seen.into_iter().find(|(_, n)| *n == most).map(|(phase, _)| phase)
}

/// Adds up rows of the sheet.
pub(crate) struct Sums {
    key: Option<String>,
    rows: u64,
    granted: u64,
    needed: u64,
    columns: BTreeMap<String, MatrixSum>,
}

impl Sums {
    pub(crate) fn new(key: Option<String>) -> Self {
        Self { key, rows: 0, granted: 0, needed: 0, columns: BTreeMap::new() }
    }

    pub(crate) fn add(&mut self, row: &Row, cells: &[MatrixCell]) {
        self.rows += 1;
        self.granted += u64::from(row.formalities_granted);
        self.needed += u64::from(row.formalities_needed);
        for cell in cells {
            let sum =
                self.columns.entry(cell.kind.clone()).or_insert_with(|| MatrixSum { kind: cell.kind.clone(), ..MatrixSum::default() });
            // Expired ones count as the list counts them: granted once.
            sum.granted += u64::from(matches!(cell.standing, "granted" | "promised" | "expired"));
            sum.needed += u64::from(cell.standing != "not_needed");
            let in_hand = matches!(cell.standing, "running" | "paused" | "undated");
            sum.in_hand += u64::from(in_hand);
            sum.overdue += u64::from(in_hand && cell.overdue > 0);
        }
    }

    pub(crate) fn done(self) -> MatrixGroup {
        let Self { key, rows, granted, needed, columns } = self;
        MatrixGroup { key, rows, granted, needed, columns: columns.into_values().collect() }
    }
}
