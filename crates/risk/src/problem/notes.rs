//! The words of notes: what was not taken as it stands, and what was done instead.
use super::{place, words};
use crate::Note;
use lantu_schedule::Tongue;

impl Note {
    /// All codes that there are.
    pub const CODES: [&'static str; 8] = [
        "correlation_on_fixed",
        "correlation_repaired",
        "impact_on_finished",
        "impact_on_summary",
        "range_on_finished",
        "range_on_summary",
        "risk_without_impact",
        "weather_on_unused_calendar",
    ];

    /// What was not taken as it stands, and what was done instead, in words.
    pub fn say(&self, tongue: Tongue) -> String {
        self.say_named(tongue, &|_| None)
    }

    /// The same, where people know the activities by their names and not by their uids; of one without a name the uid is said.
    pub fn say_named(&self, tongue: Tongue, name: &dyn Fn(i64) -> Option<String>) -> String {
        let (chinese, english) = template(self.code);
        let place = place::say(&self.place, &self.activities, tongue, name);
        let who = words::all(&self.activities, tongue, name);
        words::capital(&tongue.pick(chinese, english).replace("{place}", &place).replace("{who}", &who).replace("{found}", &self.found))
    }
}

fn template(code: &str) -> (&'static str, &'static str) {
    match code {
        "correlation_on_fixed" => (
            "{place}中有 {found} 项工作工期不变，与它们的相关不起作用：{who}。",
            "{place} names work whose duration does not vary and moves with nothing ({found}): {who}.",
        ),
        "correlation_repaired" => (
            "{place}给出的相关系数不能同时成立（相关矩阵不是正定的），已改用最接近的一组（最多相差 {found}）。",
            "the coefficients of {place} cannot hold together (their matrix is not positive definite): the nearest that can are taken (at most {found} away).",
        ),
        "impact_on_finished" => ("{place}对已经完成的工作没有作用：{who}。", "{place} does nothing to work that is done: {who}."),
        "impact_on_summary" => (
            "{place}对没有自己工期的行（汇总行等）没有作用：{who}。",
            "{place} does nothing to rows without a duration of their own, such as summaries: {who}.",
        ),
        "range_on_finished" => {
            ("有 {found} 项工作已经完成，它们的工期区间不计入：{who}。", "ranges of work that is done are left out ({found}): {who}.")
        }
        "range_on_summary" => (
            "有 {found} 行没有自己的工期（汇总行等），它们的工期区间不计入：{who}。",
            "ranges of rows without a duration of their own, such as summaries, are left out ({found}): {who}.",
        ),
        "risk_without_impact" => {
            ("{place}没有列出受影响的工作，对日期没有作用。", "{place} names no activity that it would delay: it moves no date.")
        }
        "weather_on_unused_calendar" => {
            ("{place}没有作用：没有未完成的工作使用该日历。", "{place} takes nothing: no unfinished work is on its calendar.")
        }
        _ => ("{place}未照原样采用（{found}）。", "{place} is not taken as it stands ({found})."),
    }
}
