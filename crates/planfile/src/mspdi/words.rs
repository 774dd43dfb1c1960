//! The words of this format's problems, in both languages: what is wrong, and what to do.
use crate::{FileProblem, xml::shortened};

/// A code with its words; `{}` stands for what was found.
type Words = (&'static str, &'static str, &'static str);

const PROBLEMS: &[Words] = &[
    (
        "not_mspdi",
        "最外层元素是 {}，不是 Microsoft Project 的 XML。请在 Project 中用“文件 → 另存为 → XML 格式”导出",
        "the outermost element is {}, not Microsoft Project's. In Project choose File, Save As, XML Format",
    ),
    ("missing_uid", "缺少唯一标识号 UID。请补上，或从原软件重新导出", "the UID is missing. Add it, or export the file again"),
    ("uid_twice", "UID {} 重复。请给每一项不同的 UID", "UID {} is used twice. Give every item one of its own"),
    ("wrong_number", "不是数字：{}。请写成 12 或 12.5", "not a number: {}. Write it like 12 or 12.5"),
    ("wrong_flag", "不是“是/否”：{}。请写 1 或 0", "neither yes nor no: {}. Write 1 or 0"),
    ("wrong_date", "不是日期时间：{}。请写成 2026-03-02T08:00:00", "not a date and time: {}. Write it like 2026-03-02T08:00:00"),
    ("wrong_time", "不是钟点：{}。请写成 08:00:00", "not a time of day: {}. Write it like 08:00:00"),
    (
        "wrong_duration",
        "不是工期，或超过一千年：{}。请写成 PT8H0M0S",
        "not a duration, or longer than a thousand years: {}. Write it like PT8H0M0S",
    ),
    (
        "calendar_cycle",
        "日历的基准日历绕回了自身：{}。请改正其中一个的 BaseCalendarUID",
        "calendars that are each other's base: {}. Correct the BaseCalendarUID of one of them",
    ),
    ("self_link", "任务以自身为前置任务：{}。请删去这条前置关系", "the task is its own predecessor: {}. Remove this link"),
    (
        "project_start_missing",
        "项目没有开始日期，任务也没有。请补上 StartDate",
        "neither the project nor a task has a start. Add StartDate",
    ),
    ("more_problems", "另有 {} 处问题未逐一列出。请先改正以上各处", "{} more problems are not listed. Correct these first"),
];

/// A problem in its words.
pub(super) fn problem(code: &'static str, place: String, found: &str) -> FileProblem {
    let found = shortened(found);
    let (chinese, english) = PROBLEMS.iter().find(|w| w.0 == code).map_or(("{}", "{}"), |w| (w.1, w.2));
    FileProblem { code, place, chinese: chinese.replace("{}", &found), english: english.replace("{}", &found), found }
}
