//! 导出: exactly what the grid shows, with its filter, order and columns.
use crate::{
    AppError, Books,
    desk::{Ask, Desk},
    error::Result,
    list_projects::list_projects,
    permission::Right,
    view::{Row, RowMilestone},
};
use jiff::civil::Date;
use lantu_exchange::write::{OutCell, OutColumn, OutRow, table_csv, table_xlsx};
use lantu_model::{Light, Milestone, Period, words::Lang};
use lantu_store::{Filter, PageAsk, Sort};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    Xlsx,
    Csv,
}

/// The columns that a list can show, in their usual order.
pub const COLUMNS: &[&str] = &[
    "name",
    "code",
    "division",
    "platform",
    "stage",
    "status",
    "industry",
    "nature",
    "procedure",
    "owner",
    "holding",
    "lead_dept",
    "total_investment",
    "land_total",
    "annual_plan",
    "ytd_done",
    "start_planned",
    "started_on",
    "finish_planned",
    "completed_on",
    "operate_planned",
    "operating_on",
    "ramp_planned",
    "ramped_on",
    "stat_entry_on",
    "light",
    "days_late",
    "start_expected",
    "completion_expected",
    "blocked_at",
    "blocked_by",
    "memberships",
    "list_group",
];

/// A sheet holds no more rows than this; a longer list is asked to be narrowed.
const MAX_ROWS: usize = 200_000;

pub async fn export_list(
    desk: &Desk,
    ask: Ask<'_>,
    filter: &Filter,
    sort: Sort,
    columns: &[String],
    day: Option<Date>,
    format: ExportFormat,
) -> Result<Vec<u8>> {
    ask.require(Right::Export)?;
    let books = desk.books(ask.office()).await?;
    let known: Vec<&str> = columns.iter().map(String::as_str).filter(|c| COLUMNS.contains(c)).collect();
    let shown: Vec<&str> = if known.is_empty() { COLUMNS.to_vec() } else { known };
    let mut rows = vec![];
    let mut after = None;
    loop {
        let page = list_projects(desk, ask, filter, sort, &PageAsk { limit: 2_000, after }, day).await?;
        rows.extend(page.items);
        after = page.next;
        if rows.len() > MAX_ROWS {
            return Err(AppError::refuse(lantu_model::Problem::block("too_many_rows").with("limit", MAX_ROWS)));
        }
        if after.is_none() {
            break;
        }
    }
    let out: Vec<OutRow> =
        rows.iter().map(|r| OutRow { group: false, cells: shown.iter().map(|c| cell(r, c, &books, ask.lang)).collect() }).collect();
    let heads: Vec<OutColumn> = shown.iter().map(|c| OutColumn { heading: heading(c, &books, ask.lang), width: None }).collect();
    match format {
        ExportFormat::Csv => Ok(table_csv(&heads, &out)),
        ExportFormat::Xlsx => {
            let title = format!("{} {}", books.office.name, day.unwrap_or(ask.moment.day));
            table_xlsx(&title, &heads, &out, ask.moment.day)
                .map_err(|e| AppError::Unreadable { stream: "export".into(), reason: e.to_string() })
        }
    }
}

/// Money carries its unit in the heading, as offices write it.
fn heading(column: &str, books: &Books, lang: Lang) -> String {
    let word = books.word(column, lang);
    let unit = match column {
        "total_investment" | "annual_plan" | "ytd_done" => unit_of(books).map(|u| u.words.in_lang(lang).to_owned()),
        "land_total" => Some(if lang == Lang::Zh { "亩".into() } else { "mu".into() }),
        _ => None,
    };
    unit.map_or(word.clone(), |u| if lang == Lang::Zh { format!("{word}（{u}）") } else { format!("{word} ({u})") })
}

fn unit_of(books: &Books) -> Option<&lantu_pack::MoneyUnit> {
    books.pack.unit(books.place.default_unit.as_deref().unwrap_or(&books.pack.default_unit))
}

fn cell(r: &Row, column: &str, books: &Books, lang: Lang) -> OutCell {
    let text = |t: Option<String>| t.filter(|t| !t.is_empty()).map_or(OutCell::Empty, OutCell::Text);
    let word = |key: Option<&str>| text(key.map(|k| books.word(k, lang)));
    let day = |d: Option<Date>| d.map_or(OutCell::Empty, OutCell::Day);
    let period = |p: &Option<String>| p.as_ref().and_then(|p| p.parse::<Period>().ok()).map_or(OutCell::Empty, OutCell::Period);
    let fen = unit_of(books).map_or(lantu_model::Money::FEN_PER_WAN, |u| u.minor);
    let money = |m: Option<lantu_model::Money>| m.map_or(OutCell::Empty, |m| OutCell::MoneyIn(m, fen));
    match column {
        "name" => text(Some(r.name.clone())),
        "code" => text(Some(r.code.clone())),
        "division" => text(
            r.division
                .as_ref()
                .map(|d| books.place.division(d.as_str()).map_or_else(|| d.to_string(), |w| w.words.in_lang(lang).to_owned())),
        ),
        "platform" => {
            text(r.platform.as_ref().map(|p| books.place.platform(p).map_or_else(|| p.clone(), |w| w.words.in_lang(lang).to_owned())))
        }
        "stage" => word(Some(r.stage.key())),
        "status" => word(Some(r.status.key())),
        "industry" => text(
            r.industry.as_ref().map(|i| books.pack.industry(i).map_or_else(|| i.clone(), |w| format!("{i} {}", w.words.in_lang(lang)))),
        ),
        "nature" => word(r.nature.map(|n| n.key())),
        "procedure" => word(r.procedure.map(|n| n.key())),
        "holding" => word(r.holding.map(|n| n.key())),
        "owner" => text(r.owner.clone()),
        "lead_dept" => text(r.lead_org_name.clone()),
        "total_investment" => money(r.investment),
        "annual_plan" => money(r.annual_plan),
        "ytd_done" => money(r.ytd_done),
        "land_total" => r.land.map_or(OutCell::Empty, OutCell::Area),
        "start_planned" => period(&r.start_planned),
        "finish_planned" => period(&r.finish_planned),
        "operate_planned" => period(&r.operate_planned),
        "ramp_planned" => period(&r.ramp_planned),
        "started_on" => day(r.started_on),
        "completed_on" => day(r.completed_on),
        "operating_on" => day(r.operating_on),
        "ramped_on" => day(r.ramped_on),
        "stat_entry_on" => day(r.stat_entry_on),
        "list_group" => text(r.group.clone()),
        "light" => word(r.ahead.as_ref().map(|a| light_key(a.light))),
        "days_late" => r.ahead.as_ref().and_then(|a| a.days_late).map_or(OutCell::Empty, |d| OutCell::Number(i64::from(d))),
        "start_expected" => day(expected(r, Milestone::Start)),
        "completion_expected" => day(expected(r, Milestone::Completion)),
        "blocked_at" => text(next(r).and_then(|m| m.blocking.as_ref()).map(|b| b.activity_name.clone())),
        "blocked_by" => text(next(r).and_then(|m| m.blocking.as_ref()).and_then(|b| b.mover.clone())),
        "memberships" => {
            let names = r.memberships.iter().map(|m| {
                let kind = books.pack.list(&m.list.kind).map_or(m.list.kind.as_str(), |l| l.words.in_lang(lang));
                format!("{} {kind}", m.list.year)
            });
            text(Some(names.collect::<Vec<_>>().join("；")))
        }
        _ => OutCell::Empty,
    }
}

fn light_key(light: Light) -> &'static str {
    match light {
        Light::Green => "light_green",
        Light::Amber => "light_amber",
        Light::Red => "light_red",
    }
}

/// A forecast of what has not happened; what has happened has a column of its own.
fn expected(r: &Row, milestone: Milestone) -> Option<Date> {
    let of = r.ahead.iter().flat_map(|a| &a.milestones).find(|m| m.milestone == milestone)?;
    of.done.is_none().then_some(of.expected)
}

/// The first milestone that is not reached.
fn next(r: &Row) -> Option<&RowMilestone> {
    r.ahead.iter().flat_map(|a| &a.milestones).find(|m| m.done.is_none())
}
