//! Rows, links, calendars and settings that differ, line by line.
use super::{Report, day};
use crate::{columns, plans};
use jiff::civil::Date;
use lantu_planfile::{At, CalendarChange, CalendarFate, Field, FieldChange, RowChange, Step, Value, Which};
use lantu_schedule::{ActivityIx, Span};

impl Report<'_> {
    fn table(&self, heading: (&str, &str), head: &[(&str, &str)], rows: impl Iterator<Item = Vec<String>>, right: &[usize]) -> String {
        let rows: Vec<Vec<String>> = rows.collect();
        if rows.is_empty() {
            return String::new();
        }
        let all = rows.len();
        let mut lines: Vec<Vec<String>> = vec![];
        if !head.is_empty() {
            lines.push(head.iter().map(|(zh, en)| self.say(zh, en).to_owned()).collect());
        }
        lines.extend(rows.into_iter().take(self.most));
        lines.iter_mut().filter_map(|line| line.first_mut()).for_each(|cell| cell.insert_str(0, "  "));
        format!("{}\n{}{}", self.say(heading.0, heading.1), columns::lay_out(&lines, right), self.more(all))
    }

    /// The activities that drive the end now, where that moved or they are others.
    pub(super) fn path(&self) -> String {
        let f = &self.found.finish;
        if f.days == 0 && f.new_path.iter().all(|s| s.in_both) && f.old_path.iter().all(|s| s.in_both) {
            return String::new();
        }
        const HEAD: [(&str, &str); 4] = [("工作", "activity"), ("完成", "finish"), ("移动", "moved"), ("", "")];
        let joined = |s: &Step| if s.in_both { String::new() } else { self.say("新进入", "joined").to_owned() };
        let left = |s: &Step| if s.in_both { None } else { Some(self.say("已离开", "left").to_owned()) };
        let line = |s: &Step, note: String| vec![self.named(s.at), day(s.finish), s.days.map(|d| self.moved(d)).unwrap_or_default(), note];
        let new = f.new_path.iter().map(|s| line(s, joined(s)));
        let old = f.old_path.iter().filter_map(|s| left(s).map(|note| line(s, note)));
        self.table(("决定完成日期的最长路径", "The longest path, which drives the finish"), &HEAD, new.chain(old), &[2])
    }

    pub(super) fn milestones(&self) -> String {
        const HEAD: [(&str, &str); 4] = [("里程碑", "milestone"), ("原完成", "was"), ("现完成", "is"), ("移动", "moved")];
        let rows = self.found.changed.iter().filter(|c| c.milestone).filter_map(|c| {
            let finish = c.field(Field::Finish)?;
            Some(vec![self.named(c.at()), self.value(&finish.before, None), self.value(&finish.after, None), self.moved(c.days)])
        });
        self.table(("里程碑", "Milestones"), &HEAD, rows, &[3])
    }

    pub(super) fn lone_rows(&self) -> String {
        let row = |which: Which| move |row: &ActivityIx| vec![self.named(At { which, row: *row })];
        let added = self.table(("新增的工作", "Added"), &[], self.found.added.iter().map(row(Which::New)), &[]);
        let deleted = self.table(("删除的工作", "Deleted"), &[], self.found.deleted.iter().map(row(Which::Old)), &[]);
        added + &deleted
    }

    pub(super) fn activities(&self) -> String {
        const HEAD: [(&str, &str); 4] = [("工作", "activity"), ("完成", "finish"), ("移动", "moved"), ("变化", "what changed")];
        let rows = self.found.changed.iter().filter_map(|c| self.changed(c));
        self.table(("变化的工作", "Changed"), &HEAD, rows, &[2])
    }

    /// Its own facts, criticality and float; a row of which only late or stored dates differ is left to the JSON.
    fn changed(&self, change: &RowChange) -> Option<Vec<String>> {
        let told = |f: &&FieldChange| match f.field {
            Field::Critical | Field::LongestPath => !change.summary,
            Field::TotalFloat => !change.milestone,
            field => !field.is_computed() && !field.is_stored(),
        };
        let facts: Vec<String> = change.fields.iter().filter(told).map(|f| self.fact(f, change.at())).collect();
        let finish = change.field(Field::Finish).map(|f| self.value(&f.after, None)).unwrap_or_default();
        let says = !facts.is_empty() || !finish.is_empty() || change.field(Field::Start).is_some();
        let between = self.say("；", "; ");
        says.then(|| vec![self.named(change.at()), finish, self.moved(change.days), facts.join(between)])
    }

    fn fact(&self, f: &FieldChange, at: At) -> String {
        let inner = plans::inner(self.tongue);
        match (f.field, &f.after) {
            (Field::Critical, Value::Flag(true)) => return self.say("变为关键", "became critical").to_owned(),
            (Field::Critical, _) => return self.say("不再关键", "no longer critical").to_owned(),
            (Field::LongestPath, Value::Flag(true)) => return self.say("进入最长路径", "joined the longest path").to_owned(),
            (Field::LongestPath, _) => return self.say("离开最长路径", "left the longest path").to_owned(),
            _ => {}
        }
        let of = f.of.as_ref().map(|name| format!(" {}", columns::cut(&columns::clean(name), 24))).unwrap_or_default();
        let mark = if f.concern.is_some() { "!" } else { "" };
        format!("{mark}{}{of} {} → {}", f.field.name(inner), self.value(&f.before, Some(at)), self.value(&f.after, Some(at)))
    }

    /// Those between rows that are in both versions; what came or went with its row is counted.
    pub(super) fn links(&self) -> String {
        const HEAD: [(&str, &str); 4] = [("前置 → 后续", "predecessor → successor"), ("原", "was"), ("现", "is"), ("", "")];
        let lone = |at: At| match at.which {
            Which::Old => true,
            Which::New => self.added_row(at.row),
        };
        let (with_row, own): (Vec<_>, Vec<_>) = self.found.links.iter().partition(|l| l.with_row(|at| !lone(at)));
        let rows = own.iter().map(|l| {
            let tied = |tie: Option<_>| self.value(&tie.map_or(Value::None, Value::Tied), None);
            let drives = if l.drove || l.drives { self.say("在最长路径上", "on the longest path") } else { "" };
            vec![format!("{} → {}", self.named(l.predecessor), self.named(l.successor)), tied(l.before), tied(l.after), drives.to_owned()]
        });
        let mut out = self.table(("逻辑关系", "Links"), &HEAD, rows, &[]);
        if !with_row.is_empty() {
            let n = with_row.len();
            let zh = format!("另有 {n} 条关系随工作新增或删除\n");
            out.push_str(self.say(&zh, &format!("{n} more links came or went with their activities\n")));
        }
        out
    }

    fn added_row(&self, row: ActivityIx) -> bool {
        self.found.pairs.binary_search_by_key(&row, |pair| pair.new).is_err()
    }

    pub(super) fn calendars(&self) -> String {
        let rows = self.found.calendars.iter().map(|c| vec![columns::cut(&columns::clean(&c.name), 40), self.calendar(c)]);
        self.table(("日历", "Calendars"), &[], rows, &[])
    }

    fn calendar(&self, c: &CalendarChange) -> String {
        let week = |span| self.week(span);
        let mut said = match c.fate {
            CalendarFate::Added => vec![self.say("新增", "added").to_owned(), week(c.week_after)],
            CalendarFate::Deleted => vec![self.say("删除", "deleted").to_owned(), week(c.week_before)],
            CalendarFate::Changed => vec![],
        };
        if let Some(name) = &c.old_name {
            said.push(format!("{} {}", self.say("原名", "was"), columns::clean(name)));
        }
        if c.week_before != c.week_after && c.fate == CalendarFate::Changed {
            said.push(self.weeks(c.week_before, c.week_after));
        } else if !c.days.is_empty() {
            said.push(self.say("每日时段变化", "other hours of the day").to_owned());
        }
        let exceptions = [(&c.added, ("新增例外", "exceptions added")), (&c.removed, ("取消例外", "exceptions removed"))];
        for (list, (zh, en)) in exceptions.into_iter().filter(|(list, _)| !list.is_empty()) {
            said.push(format!("{} {}", self.say(zh, en), spans(&list.iter().map(|e| (e.from, e.to)).collect::<Vec<_>>())));
        }
        said.extend(c.work_weeks.then(|| self.say("替代周变化", "other work weeks").to_owned()));
        said.extend(c.base.then(|| self.say("基准日历变化", "another base calendar").to_owned()));
        said.join(self.say("；", "; "))
    }

    fn week(&self, span: Span) -> String {
        let hours = format!("{:.1}", span.as_minutes() / 60.0);
        let hours = hours.trim_end_matches(".0");
        self.say(&format!("每周 {hours} 小时"), &format!("{hours} h a week")).to_owned()
    }

    /// Nothing where the week is as long as it was.
    pub(super) fn weeks(&self, before: Span, after: Span) -> String {
        if before == after { String::new() } else { format!("{} → {}", self.week(before), self.week(after)) }
    }

    pub(super) fn settings(&self) -> String {
        let inner = plans::inner(self.tongue);
        let rows = self.found.settings.iter().map(|s| {
            let change = format!("{} → {}", self.value(&s.before, None), self.value(&s.after, None));
            vec![s.setting.name(inner).to_owned(), change]
        });
        self.table(("项目设置", "Project settings"), &[], rows, &[])
    }
}

/// The first days, and how many more.
fn spans(days: &[(Date, Date)]) -> String {
    const SAID: usize = 4;
    let span = |(from, to): &(Date, Date)| if from == to { from.to_string() } else { format!("{from}–{to}") };
    let mut said: Vec<String> = days.iter().take(SAID).map(span).collect();
    said.extend(days.len().checked_sub(SAID).filter(|n| *n > 0).map(|n| format!("… +{n}")));
    said.join(", ")
}
