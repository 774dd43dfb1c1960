//! 待办导出: the queue as it looks, group by group, with the numbers that stand on the screen.
use crate::{
    AppError, Books,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    show_work::{Queue, WorkAsk, read_queue, row_of},
    view::work::{WorkGroup, WorkHeld, WorkRow},
};
use jiff::civil::Date;
use lantu_exchange::write_sheet::{LineKind, SheetCell, SheetColumn, SheetHead, SheetLine, sheet_xlsx};
use lantu_model::{Light, Limit, WorkMover, words::Lang};

pub async fn export_work(desk: &Desk, ask: Ask<'_>, asked: &WorkAsk) -> Result<Vec<u8>> {
    ask.require(Right::Export)?;
    let queue = read_queue(desk, ask, asked).await?;
    let zh = ask.lang == Lang::Zh;
    let title = format!("{} {} {}", queue.books.office.name, if zh { "待办" } else { "Work" }, ask.moment.day);
    let columns = heads(ask.lang);
    let head = SheetHead { title: &title, legend: legend(ask.lang), columns: &columns, fixed: 2 };
    let lines = lines(&queue, ask);
    sheet_xlsx(&head, &lines, ask.moment.day).map_err(|e| AppError::Unreadable { stream: "export".into(), reason: e.to_string() })
}

fn legend(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "已用和时限按时限自己的单位计(工作日或自然日),停表的日子不计 · 误期为已耽误节点的工作日 · 预测与项目作战图同一次计算",
        Lang::En => {
            "Used and limit in the limit's own days, without paused ones · cost: working days that the milestone has lost · forecasts as on the project's map"
        }
    }
}

const HEADS: [(&str, &str, f64); 17] = [
    ("序号", "No.", 6.0),
    ("项目", "Project", 34.0),
    ("代码", "Code", 26.0),
    ("属地", "Town", 12.0),
    ("事项", "Permit or step", 26.0),
    ("办理单位", "Decided by", 20.0),
    ("轮到谁", "Whose move", 10.0),
    ("起", "Since", 12.0),
    ("已用", "Used", 8.0),
    ("时限", "Limit", 10.0),
    ("停表", "Paused", 8.0),
    ("法定到期", "Limit day", 12.0),
    ("承诺到期", "Promised day", 12.0),
    ("预计办结", "Expected", 12.0),
    ("牵制节点", "Holds", 12.0),
    ("误期", "Cost", 8.0),
    ("节点预测(承诺)", "Forecast (promise)", 26.0),
];

fn heads(lang: Lang) -> Vec<SheetColumn> {
    let word = |zh: &str, en: &str| (if lang == Lang::Zh { zh } else { en }).to_owned();
    let column =
        |(zh, en, width): &(&str, &str, f64)| SheetColumn { heading: word(zh, en), over: None, width: *width, centred: *width < 20.0 };
    HEADS.iter().map(column).collect()
}

fn lines(queue: &Queue, ask: Ask<'_>) -> Vec<SheetLine> {
    let mut lines = vec![];
    let mut number = 0;
    for group in WorkGroup::ALL {
        let of: Vec<WorkRow> = queue.items.iter().filter(|(g, _)| *g == group).map(|(g, at)| row_of(queue, ask, *g, at)).collect();
        if of.is_empty() {
            continue;
        }
        lines.push(group_line(group, of.len(), ask.lang));
        for row in of {
            number += 1;
            lines.push(line(number, &row, &queue.books, ask.lang));
        }
    }
    lines
}

fn group_line(group: WorkGroup, rows: usize, lang: Lang) -> SheetLine {
    let (zh, en) = match group {
        WorkGroup::Overdue => ("超期", "Past the limit"),
        WorkGroup::Soon => ("将到期", "Due soon"),
        WorkGroup::InHand => ("在办", "In hand"),
        WorkGroup::Ready => ("待受理、可开始", "Ready to begin"),
        WorkGroup::Waiting => ("计时已停或等业主", "Clock stopped, or with the owner"),
    };
    let said = if lang == Lang::Zh { format!("{zh}（{rows}件）") } else { format!("{en} ({rows})") };
    let mut cells = vec![plain(String::new()); HEADS.len()];
    if let Some(cell) = cells.get_mut(1) {
        *cell = plain(said);
    }
    SheetLine { kind: LineKind::Sum, cells }
}

fn plain(text: String) -> SheetCell {
    SheetCell { text, late: false }
}

fn line(number: usize, row: &WorkRow, books: &Books, lang: Lang) -> SheetLine {
    let day = |day: Option<Date>| plain(day.map(|d| d.to_string()).unwrap_or_default());
    let late = row.group == WorkGroup::Overdue;
    let town =
        row.division.as_ref().map(|d| books.place.division(d.as_str()).map_or_else(|| d.to_string(), |w| w.words.in_lang(lang).to_owned()));
    let held = row.holds.iter().max_by_key(|h| (h.light, h.days));
    let cells = vec![
        plain(number.to_string()),
        plain(row.project_name.clone()),
        plain(row.code.clone()),
        plain(town.unwrap_or_default()),
        plain(row.name.clone()),
        plain(row.desks.join(if lang == Lang::Zh { "、" } else { ", " })),
        plain(mover(row.mover, lang).to_owned()),
        day(row.since),
        SheetCell { text: row.run.map(|n| n.to_string()).unwrap_or_default(), late },
        plain(row.limit.map(|l| limit(l, lang)).unwrap_or_default()),
        plain(if row.paused > 0 { row.paused.to_string() } else { String::new() }),
        SheetCell { text: row.limit_day.map(|d| d.to_string()).unwrap_or_default(), late },
        day(row.promised),
        day(row.finish),
        plain(held.map(|h| h.name.clone()).unwrap_or_default()),
        plain(held.filter(|h| h.days > 0).map(|h| h.days.to_string()).unwrap_or_default()),
        SheetCell { text: held.map(|h| forecast(h, lang)).unwrap_or_default(), late: held.is_some_and(|h| h.light == Light::Red) },
    ];
    SheetLine { kind: LineKind::Row, cells }
}

fn mover(mover: WorkMover, lang: Lang) -> &'static str {
    match (mover, lang) {
        (WorkMover::Department, Lang::Zh) => "部门",
        (WorkMover::Department, Lang::En) => "department",
        (WorkMover::Owner, Lang::Zh) => "业主",
        (WorkMover::Owner, Lang::En) => "owner",
        (WorkMover::Nobody, Lang::Zh) => "公示期",
        (WorkMover::Nobody, Lang::En) => "public notice",
    }
}

fn limit(limit: Limit, lang: Lang) -> String {
    match (limit, lang) {
        (Limit::WorkingDays(n), Lang::Zh) => format!("{n} 工作日"),
        (Limit::WorkingDays(n), Lang::En) => format!("{n} wd"),
        (Limit::CalendarDays(n), Lang::Zh) => format!("{n} 天"),
        (Limit::CalendarDays(n), Lang::En) => format!("{n} d"),
    }
}

fn forecast(held: &WorkHeld, lang: Lang) -> String {
    match (held.due, lang) {
        (Some(due), Lang::Zh) => format!("{}（承诺 {due}）", held.expected),
        (Some(due), Lang::En) => format!("{} (promised {due})", held.expected),
        (None, _) => held.expected.to_string(),
    }
}
