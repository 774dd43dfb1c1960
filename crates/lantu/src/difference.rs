//! What changed between two versions of a plan, as a report for people.
mod doubts;
mod tables;

use crate::{plans, timetable, tongue::Tongue};
use lantu_planfile::{At, Comparison, MatchedBy, Plan, Value, Which};

/// So many lines of a table are shown on a terminal; a file or a pipe gets all.
const LINES: usize = 20;

/// Both versions, and how to speak of them.
struct Report<'a> {
    found: &'a Comparison,
    old: &'a Plan,
    new: &'a Plan,
    most: usize,
    tongue: Tongue,
}

/// The end first, then what to ask about, then milestones, activities, links, calendars, settings.
pub fn in_words(found: &Comparison, old: &Plan, new: &Plan, terminal: bool, tongue: Tongue) -> String {
    let most = if terminal { LINES } else { usize::MAX };
    let report = Report { found, old, new, most, tongue };
    let parts = [
        report.summary(),
        report.path(),
        report.doubts(),
        report.milestones(),
        report.lone_rows(),
        report.activities(),
        report.links(),
        report.calendars(),
        report.settings(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

impl Report<'_> {
    fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.tongue.say(zh, en)
    }

    fn summary(&self) -> String {
        let f = self.found;
        let mut out = self.end() + "\n";
        if f.is_empty() {
            out.push_str(self.say("两个版本没有差别\n", "the two versions do not differ\n"));
            return out;
        }
        let of_links = |is: fn(&lantu_planfile::LinkChange) -> bool| f.links.iter().filter(|l| is(l)).count();
        let (new, gone) = (of_links(|l| l.before.is_none()), of_links(|l| l.after.is_none()));
        let (added, deleted, changed, tied) = (f.added.len(), f.deleted.len(), f.changed.len(), f.links.len() - new - gone);
        let zh = format!("工作：新增 {added}，删除 {deleted}，变化 {changed}；关系：新增 {new}，删除 {gone}，变化 {tied}\n");
        let en = format!("Rows: {added} added, {deleted} deleted, {changed} changed; links: {new} added, {gone} deleted, {tied} changed\n");
        out.push_str(self.say(&zh, &en));
        out + &self.matches()
    }

    fn end(&self) -> String {
        let f = &self.found.finish;
        let (before, after) = (day(f.before), day(f.after));
        let work = if f.work.is_negative() { -f.work } else { f.work };
        let work = Value::Length(work).say(plans::inner(self.tongue), self.new.units.minutes_per_day);
        let (zh, en) = match f.days {
            _ if f.before == f.after => {
                return self.say(&format!("项目完成：{after}，未移动"), &format!("Project finish: {after}, as before")).to_owned();
            }
            0 => ("在同一天".to_owned(), "on the same day".to_owned()),
            n if n > 0 => (format!("推迟 {n} 天（工作时间 {work}）"), format!("later by {n} d ({work} of work)")),
            n => (format!("提前 {} 天（工作时间 {work}）", -n), format!("earlier by {} d ({work} of work)", -n)),
        };
        self.say(&format!("项目完成：{before} → {after}，{zh}"), &format!("Project finish: {before} → {after}, {en}")).to_owned()
    }

    /// By what rows are known again.
    fn matches(&self) -> String {
        let inner = plans::inner(self.tongue);
        let count = |by: MatchedBy| self.found.pairs.iter().filter(|p| p.by == by).count();
        let known = MatchedBy::ALL.into_iter().map(|by| (by, count(by))).filter(|(_, n)| *n > 0);
        let known: Vec<String> = known.map(|(by, n)| format!("{} {n}", by.name(inner))).collect();
        let rows = (self.old.activities.len(), self.new.activities.len());
        let (zh, en) = (known.join("、"), known.join(", "));
        let zh = format!("对应：旧版 {} 行，新版 {} 行；按{}\n", rows.0, rows.1, if zh.is_empty() { "任何标识都没有对应" } else { &zh });
        let en = format!("Matched: {} rows and {} rows, by {}\n", rows.0, rows.1, if en.is_empty() { "nothing" } else { &en });
        self.say(&zh, &en).to_owned()
    }

    fn plan(&self, at: At) -> &Plan {
        if at.which == Which::Old { self.old } else { self.new }
    }

    fn named(&self, at: At) -> String {
        crate::columns::cut(&timetable::named(self.plan(at), at.row.at()), 40)
    }

    /// A value in the days of its row's calendar.
    fn value(&self, value: &Value, at: Option<At>) -> String {
        let said = value
            .say(plans::inner(self.tongue), at.map_or(self.new.units.minutes_per_day, |at| timetable::per_day(self.plan(at), at.row.at())));
        crate::columns::cut(&crate::columns::clean(&said), 50)
    }

    fn moved(&self, days: i64) -> String {
        match days {
            0 => String::new(),
            days => format!("{days:+} {}", self.say("天", "d")),
        }
    }

    fn more(&self, all: usize) -> String {
        match all.checked_sub(self.most).filter(|n| *n > 0) {
            None => String::new(),
            Some(more) => self
                .say(
                    &format!("  ……另有 {more} 项未显示：输出到文件（> changes.txt）或加 --json 可得全部\n"),
                    &format!("  … and {more} more: send them to a file (> changes.txt) or add --json to have all\n"),
                )
                .to_owned(),
        }
    }
}

fn day(at: lantu_schedule::Instant) -> String {
    at.to_string().replace('T', " ")
}
