//! 手续矩阵导出: the sheet as it looks, with its groups and sums, in words that an import reads back.
use crate::{
    AppError, Books,
    desk::{Ask, Desk},
    error::Result,
    export_list::ExportFormat,
    permission::Right,
    show_matrix::{MatrixBy, Sums, cells_of, columns_of, read_page},
    view::{MatrixCell, MatrixColumn, MatrixGroup, Row},
};
use jiff::civil::Date;
use lantu_exchange::write_sheet::{LineKind, SheetCell, SheetColumn, SheetHead, SheetLine, sheet_csv, sheet_xlsx};
use lantu_model::{Problem, StageKind, words::Lang};
use lantu_store::{Filter, PageAsk, Sort};
use std::collections::{BTreeMap, BTreeSet};

/// A sheet with so many columns is read by nobody beyond this.
const MAX_ROWS: usize = 50_000;

type Sheet = Vec<(Row, Vec<MatrixCell>)>;
type Lines<'s> = Vec<&'s (Row, Vec<MatrixCell>)>;

pub async fn export_matrix(
    desk: &Desk,
    ask: Ask<'_>,
    filter: &Filter,
    sort: Sort,
    by: Option<MatrixBy>,
    day: Option<Date>,
    format: ExportFormat,
) -> Result<Vec<u8>> {
    ask.require(Right::Export)?;
    let books = desk.books(ask.office()).await?;
    let on = day.map_or(ask.moment.day, |d| d.min(ask.moment.day));
    let sheet = read_sheet(desk, ask, filter, sort, day, &books, on).await?;
    let kinds: BTreeSet<&str> = sheet.iter().flat_map(|(_, cells)| cells.iter().map(|c| c.kind.as_str())).collect();
    let columns = columns_of(&books, ask, &kinds);
    let lines = Writer { books: &books, lang: ask.lang, columns: &columns }.lines(&sheet, by);
    let heads = heads(&books, ask.lang, &columns);
    let title = format!("{} {} {on}", books.office.name, if ask.lang == Lang::Zh { "手续办理情况" } else { "Permits" });
    let head = SheetHead { title: &title, legend: legend(ask.lang), columns: &heads, fixed: 2 };
    match format {
        ExportFormat::Csv => Ok(sheet_csv(&head, &lines)),
        ExportFormat::Xlsx => {
            sheet_xlsx(&head, &lines, ask.moment.day).map_err(|e| AppError::Unreadable { stream: "export".into(), reason: e.to_string() })
        }
    }
}

async fn read_sheet(desk: &Desk, ask: Ask<'_>, filter: &Filter, sort: Sort, day: Option<Date>, books: &Books, on: Date) -> Result<Sheet> {
    let (mut sheet, mut after) = (vec![], None);
    loop {
        let (page, next) = read_page(desk, ask, filter, sort, &PageAsk { limit: 2_000, after }, day).await?;
        sheet.extend(page.into_iter().map(|(row, project)| {
            let cells = cells_of(&project, books, ask, on);
            (row, cells)
        }));
        if sheet.len() > MAX_ROWS {
            return Err(AppError::refuse(Problem::block("too_many_rows").with("limit", MAX_ROWS)));
        }
        after = next;
        if after.is_none() {
            return Ok(sheet);
        }
    }
}

fn legend(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => {
            "√ 已取得(后为批准日) · 办理中(后为受理日) · 计划(后为计划时间) · — 不需办理 · ! 已过有效期 · 空白 未登记 · 分组行为 已取得/需办理"
        }
        Lang::En => {
            "√ granted (with its day) · pending (since) · planned (for) · — not needed · ! past its validity · blank: not recorded · group rows: granted/needed"
        }
    }
}

fn heads(books: &Books, lang: Lang, columns: &[MatrixColumn]) -> Vec<SheetColumn> {
    let plain = |heading: String, width: f64, centred: bool| SheetColumn { heading, over: None, width, centred };
    let number = if lang == Lang::Zh { "序号" } else { "No." };
    let mut heads = vec![
        plain(number.to_owned(), 6.0, true),
        plain(books.word("name", lang), 34.0, false),
        plain(books.word("code", lang), 26.0, false),
        plain(books.word("division", lang), 12.0, false),
    ];
    heads.extend(columns.iter().map(|c| SheetColumn { heading: c.short.clone(), over: c.phase.clone(), width: 13.0, centred: true }));
    heads
}

struct Writer<'a> {
    books: &'a Books,
    lang: Lang,
    columns: &'a [MatrixColumn],
}

impl Writer<'_> {
    fn lines(&self, sheet: &Sheet, by: Option<MatrixBy>) -> Vec<SheetLine> {
        let zh = self.lang == Lang::Zh;
        let total = sum_of(None, sheet.iter());
        let said = if zh { format!("合计（{}个）", total.rows) } else { format!("Total ({})", total.rows) };
        let mut lines = vec![self.sum(&said, &total)];
        let mut number = 0;
        for (place, (key, rows)) in self.groups(sheet, by).into_iter().enumerate() {
            if by.is_some() {
                let sum = sum_of(key.clone(), rows.iter().copied());
                lines.push(self.sum(&self.group_title(by, key.as_deref(), place + 1, sum.rows), &sum));
            }
            for (row, cells) in rows {
                number += 1;
                lines.push(self.row(number, row, cells));
            }
        }
        lines
    }

    /// In the order of the registers, those without a value last; headings of a list in order of first appearance.
    fn groups<'s>(&self, sheet: &'s Sheet, by: Option<MatrixBy>) -> Vec<(Option<String>, Lines<'s>)> {
        let Some(by) = by else { return vec![(None, sheet.iter().collect())] };
        let mut found: BTreeMap<(usize, Option<String>), Lines<'s>> = BTreeMap::new();
        let mut seen: Vec<String> = vec![];
        for line in sheet {
            let key = by.key(&line.0);
            let place = key.as_deref().map_or(usize::MAX, |k| self.place_of(by, k, &mut seen));
            found.entry((place, key)).or_default().push(line);
        }
        found.into_iter().map(|((_, key), rows)| (key, rows)).collect()
    }

    fn place_of(&self, by: MatrixBy, key: &str, seen: &mut Vec<String>) -> usize {
        let known = match by {
            MatrixBy::Stage => StageKind::ALL.iter().position(|s| s.key() == key),
            MatrixBy::Division => self.books.place.divisions.iter().position(|d| d.code == key),
            MatrixBy::Industry => self.books.pack.industries.iter().position(|i| i.code == key),
            MatrixBy::Group => None,
        };
        known.unwrap_or_else(|| {
            let at = seen.iter().position(|s| s == key).unwrap_or_else(|| {
                seen.push(key.to_owned());
                seen.len() - 1
            });
            usize::MAX / 2 + at
        })
    }

    fn group_title(&self, by: Option<MatrixBy>, key: Option<&str>, ordinal: usize, rows: u64) -> String {
        let (books, lang) = (self.books, self.lang);
        let word = match (by, key) {
            (_, None) | (None, _) => (if lang == Lang::Zh { "未填" } else { "Not filled in" }).to_owned(),
            (Some(MatrixBy::Stage), Some(key)) => books.word(key, lang),
            (Some(MatrixBy::Division), Some(key)) => {
                books.place.division(key).map_or_else(|| key.to_owned(), |d| d.words.in_lang(lang).to_owned())
            }
            (Some(MatrixBy::Industry), Some(key)) => {
                books.pack.industry(key).map_or_else(|| key.to_owned(), |i| i.words.in_lang(lang).to_owned())
            }
            (Some(MatrixBy::Group), Some(key)) => {
                key.trim_start_matches(|c| "一二三四五六七八九十".contains(c)).trim_start_matches(['、', '.', '．']).to_owned()
            }
        };
        if lang == Lang::Zh { format!("{}、{word}（{rows}个）", chinese(ordinal)) } else { format!("{ordinal}. {word} ({rows})") }
    }

    fn sum(&self, title: &str, sum: &MatrixGroup) -> SheetLine {
        let plain = |text: String| SheetCell { text, late: false };
        let mut cells = vec![plain(String::new()), plain(title.to_owned()), plain(String::new()), plain(String::new())];
        cells.extend(self.columns.iter().map(|column| {
            let of = sum.columns.iter().find(|c| c.kind == column.kind).filter(|c| c.needed > 0);
            plain(of.map(|c| format!("{}/{}", c.granted, c.needed)).unwrap_or_default())
        }));
        SheetLine { kind: LineKind::Sum, cells }
    }

    fn row(&self, number: usize, row: &Row, cells: &[MatrixCell]) -> SheetLine {
        let plain = |text: String| SheetCell { text, late: false };
        let town = row
            .division
            .as_ref()
            .map(|d| self.books.place.division(d.as_str()).map_or_else(|| d.to_string(), |w| w.words.in_lang(self.lang).to_owned()));
        let mut out = vec![plain(number.to_string()), plain(row.name.clone()), plain(row.code.clone()), plain(town.unwrap_or_default())];
        out.extend(self.columns.iter().map(|column| {
            let cell = cells.iter().find(|c| c.kind == column.kind);
            cell.map_or_else(|| plain(String::new()), |c| SheetCell { text: mark(c, self.lang), late: c.left.is_some() && c.overdue > 0 })
        }));
        SheetLine { kind: LineKind::Row, cells: out }
    }
}

fn sum_of<'a>(key: Option<String>, rows: impl Iterator<Item = &'a (Row, Vec<MatrixCell>)>) -> MatrixGroup {
    let mut sums = Sums::new(key);
    rows.for_each(|(row, cells)| sums.add(row, cells));
    sums.done()
}

/// As an office writes it, and as the reader of sheets reads it: what was read back changes nothing.
pub(crate) fn mark(cell: &MatrixCell, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let dated = |word: &str| cell.day.as_ref().map_or_else(|| word.to_owned(), |day| format!("{word} {day}"));
    match cell.standing {
        "granted" | "promised" => dated("√"),
        "expired" => format!("{} !", dated("√")),
        "running" | "paused" | "undated" => dated(if zh { "办理中" } else { "pending" }),
        "planned" if cell.day.is_none() => (if zh { "未办" } else { "no" }).to_owned(),
        "planned" => dated(if zh { "计划" } else { "planned" }),
        "returned" => (if zh { "退回补正" } else { "returned" }).to_owned(),
        "refused" => (if zh { "不予批准" } else { "refused" }).to_owned(),
        "lapsed" => (if zh { "失效" } else { "lapsed" }).to_owned(),
        _ => "—".to_owned(),
    }
}

/// 一、二、… 十二; good to 99.
fn chinese(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |d: usize| DIGITS.get(d).copied().unwrap_or_default();
    match n {
        0 | 100.. => n.to_string(),
        1..=9 => digit(n).to_owned(),
        10..=19 => format!("十{}", digit(n % 10)),
        _ => format!("{}十{}", digit(n / 10), digit(n % 10)),
    }
}
