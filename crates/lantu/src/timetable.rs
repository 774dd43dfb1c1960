//! A schedule as a table on a terminal, and beside the dates that its file stores.
use crate::{columns, plans, tongue::Tongue};
use lantu_planfile::Plan;
use lantu_schedule::{Dialect, Instant, Network, Progress, Row, Schedule, Span};

/// So many rows are shown on a terminal; a file or a pipe gets all.
const ROWS: usize = 200;
/// So many differences from the stored dates are shown.
const DIFFERENCES: usize = 8;
/// Dates closer than this in working time are one: MS Project keeps tenths of a minute.
const SAME: i64 = 17;

/// The table and what it comes to.
pub fn in_words(plan: &Plan, schedule: &Schedule, terminal: bool, tongue: Tongue) -> String {
    let most = if terminal { ROWS } else { usize::MAX };
    format!("{}{}\n", table(plan, schedule, most, tongue), totals(plan, schedule, tongue))
}

/// A row's code and name, else its uid.
pub fn named(plan: &Plan, at: usize) -> String {
    let uid = || plan.activities.get(at).map(|a| a.uid.to_string()).unwrap_or_default();
    plans::code_and_name(plan, at).unwrap_or_else(uid)
}

/// The rows with their dates, under the summary rows that they belong to.
fn table(plan: &Plan, schedule: &Schedule, most: usize, tongue: Tongue) -> String {
    const HEAD: [(&str, &str); 7] = [
        ("uid", "uid"),
        ("编号", "id"),
        ("名称", "name"),
        ("开始", "start"),
        ("完成", "finish"),
        ("总时差", "float"),
        ("关键", "critical"),
    ];
    let outline = outline(plan);
    let mut rows = vec![HEAD.map(|(zh, en)| tongue.say(zh, en).to_owned()).to_vec()];
    rows.extend(outline.iter().take(most).filter_map(|(at, depth)| line(plan, *at, *depth, schedule.rows.get(*at)?, tongue)));
    let mut table = columns::lay_out(&rows, &[0, 5]);
    if let Some(more) = outline.len().checked_sub(most).filter(|n| *n > 0) {
        let zh = format!("……另有 {more} 行未显示：输出到文件（> dates.txt）或加 --json 可得全部\n");
        let en = format!("… and {more} more rows: send them to a file (> dates.txt) or add --json to have all\n");
        table.push_str(tongue.say(&zh, &en));
    }
    table
}

/// Places of the rows in the order of the outline, each with its depth; a circle of parents is refused before there are dates.
fn outline(plan: &Plan) -> Vec<(usize, usize)> {
    let n = plan.activities.len();
    let mut under: Vec<Vec<usize>> = vec![vec![]; n];
    let mut waiting = vec![];
    for (at, activity) in plan.activities.iter().enumerate() {
        match activity.parent.and_then(|p| under.get_mut(p.at())) {
            Some(children) => children.push(at),
            None => waiting.push(at),
        }
    }
    // MS Project numbers its rows; P6 shows the activities of a WBS element before the elements under it.
    let p6 = plan.options.dialect == Dialect::P6;
    let order = |at: &usize| {
        let summary = p6 && plan.activities[*at].is_summary();
        (summary, plan.labels.get(*at).and_then(|l| l.row).unwrap_or(i64::MAX))
    };
    under.iter_mut().chain([&mut waiting]).for_each(|rows| rows.sort_by_key(order));
    let mut stack: Vec<(usize, usize)> = waiting.into_iter().rev().map(|at| (at, 0)).collect();
    let mut outline = Vec::with_capacity(n);
    while let Some((at, depth)) = stack.pop() {
        outline.push((at, depth));
        stack.extend(under[at].iter().rev().map(|child| (*child, depth + 1)));
    }
    outline
}

fn line(plan: &Plan, at: usize, depth: usize, row: &Row, tongue: Tongue) -> Option<Vec<String>> {
    let (activity, label) = (plan.activities.get(at)?, plan.labels.get(at));
    let name = columns::clean(label.map(|l| l.name.as_str()).unwrap_or_default());
    // P6 leaves the float of finished work empty.
    let finished = matches!(activity.progress(), Progress::Finished { .. }) && !activity.is_summary();
    let no_float = finished && plan.options.dialect == Dialect::P6;
    Some(vec![
        activity.uid.to_string(),
        columns::cut(&plans::code(plan, at), 24),
        "  ".repeat(depth.min(8)) + &columns::cut(&name, 40),
        day_and_time(row.start),
        day_and_time(row.finish),
        if no_float { String::new() } else { days(row.total_float, plan, at, tongue) },
        if row.critical { tongue.say("是", "yes").to_owned() } else { String::new() },
    ])
}

/// To the minute.
pub fn day_and_time(at: Instant) -> String {
    at.to_string().replace('T', " ")
}

/// A float in days of the activity's calendar, as the file counts a day.
fn days(span: Span, plan: &Plan, at: usize, tongue: Tongue) -> String {
    let days = format!("{:.1}", span.as_minutes() / f64::from(per_day(plan, at)));
    let days = match (days.strip_suffix(".0").unwrap_or(&days), span.as_seconds()) {
        ("0" | "-0", 0) => "0",
        // A float of minutes is none of zero: it decides what is critical.
        ("0", _) => "<0.1",
        ("-0", _) => ">-0.1",
        (days, _) => days,
    };
    format!("{days} {}", tongue.say("天", "d"))
}

/// Minutes that count as a day of an activity.
pub fn per_day(plan: &Plan, at: usize) -> u32 {
    let of_calendar = plan.activities.get(at).and_then(|a| plan.calendars.get(a.calendar.at())).and_then(|c| c.minutes_per_day);
    of_calendar.unwrap_or(plan.units.minutes_per_day).max(1)
}

fn totals(plan: &Plan, schedule: &Schedule, tongue: Tongue) -> String {
    let rows = || plan.activities.iter().zip(&schedule.rows).filter(|(a, _)| !a.is_summary());
    let (all, critical) = (rows().count(), rows().filter(|(_, row)| row.critical).count());
    if all == 0 {
        return tongue.say("文件中没有工作", "there are no activities in the file").to_owned();
    }
    let finish = day_and_time(schedule.finish);
    let zh = format!("项目完成：{finish}；工作 {all} 项，其中关键 {critical} 项");
    let en = format!("Project finish: {finish}; activities: {all}, critical: {critical}");
    tongue.say(&zh, &en).to_owned()
}

/// The computed dates beside those that the file stores.
pub struct Beside<'a> {
    /// So many are the same.
    pub agree: usize,
    /// Place, stored start, stored finish, computed row of each that is not.
    pub differ: Vec<(usize, Instant, Instant, &'a Row)>,
}

impl<'a> Beside<'a> {
    /// Of all work whose dates the file says.
    pub fn of(plan: &Plan, network: &Network, schedule: &'a Schedule) -> Self {
        let mut beside = Self { agree: 0, differ: vec![] };
        for (at, (activity, row)) in plan.activities.iter().zip(&schedule.rows).enumerate().filter(|(_, (a, _))| !a.is_summary()) {
            let Some((start, finish)) = plan.stored.get(at).and_then(|s| s.start.zip(s.finish)) else { continue };
            let calendar = network.calendars.get(activity.calendar.at());
            let same = |a: Instant, b: Instant| {
                let between = calendar.map_or(b - a, |c| c.work_between(a, b));
                a == b || between.as_seconds().abs() <= SAME
            };
            if same(start, row.start) && same(finish, row.finish) {
                beside.agree += 1;
            } else {
                beside.differ.push((at, start, finish, row));
            }
        }
        beside
    }

    /// How many, and the first of those that differ. Nothing for a file that stores no dates.
    pub fn in_words(&self, plan: &Plan, tongue: Tongue) -> String {
        let (n, agree) = (self.differ.len(), self.agree);
        if n + agree == 0 {
            return String::new();
        }
        let zh = format!("与文件所存日期相比：一致 {agree} 项，不同 {n} 项\n");
        let en = format!("Compared with the dates stored in the file: {agree} agree, {n} differ\n");
        let mut out = tongue.say(&zh, &en).to_owned();
        let lines: Vec<_> = self.differ.iter().take(DIFFERENCES).map(|d| difference(plan, d, tongue)).collect();
        out.push_str(&columns::lay_out(&lines, &[]));
        if let Some(more) = n.checked_sub(DIFFERENCES).filter(|more| *more > 0) {
            out.push_str(tongue.say(&format!("  ……另有 {more} 项\n"), &format!("  … and {more} more\n")));
        }
        out
    }
}

fn difference(plan: &Plan, (at, start, finish, row): &(usize, Instant, Instant, &Row), tongue: Tongue) -> Vec<String> {
    let was = |from: Instant, to: Instant| format!("{} – {}", day_and_time(from), day_and_time(to));
    vec![
        format!("  {}", columns::cut(&named(plan, *at), 40)),
        format!("{} {}", tongue.say("文件", "stored"), was(*start, *finish)),
        format!("{} {}", tongue.say("计算", "computed"), was(row.start, row.finish)),
    ]
}
