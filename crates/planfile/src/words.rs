//! The words of problems and losses, in both languages: what is wrong, and what to do.
use crate::FileProblem;

/// A code with its words; `{}` stands for what was found.
type Words = (&'static str, &'static str, &'static str);

const PROBLEMS: &[Words] = &[
    ("json_broken", "不是完整的 JSON 文件:{}。请重新导出或补全该处", "not valid JSON: {}. Export the file again, or mend this place"),
    ("wrong_json_type", "这里的内容类型不对:{}。请按格式说明填写", "a value of the wrong type: {}. See the description of the format"),
    ("missing_json_key", "缺少必填项。请补上", "a required key is missing. Add it"),
    ("not_a_time", "不是日期时间:{}。请写成 2026-03-02T08:00", "not a date and time: {}. Write it like 2026-03-02T08:00"),
    ("unknown_json_name", "不认识的取值:{}。请改为格式说明中列出的值", "an unknown value: {}. Use one that the format's description lists"),
    (
        "wrong_hours",
        "工作时段不对:{}。请写成 [[480,720],[780,1020]],以零点起的分钟数计",
        "wrong working hours: {}. Write minutes after midnight, like [[480,720],[780,1020]]",
    ),
    (
        "wrong_exception",
        "日历例外不对:{}。请写成 [起始日, 结束日, 时段]",
        "a wrong calendar exception: {}. Write [first day, last day, hours]",
    ),
    ("uid_twice", "编号 {} 重复。请给每一行不同的编号", "uid {} is used twice. Give every row a uid of its own"),
    ("unknown_calendar", "没有编号为 {} 的日历。请补上该日历,或改用已有的日历", "there is no calendar {}. Add it, or name another one"),
    ("unknown_parent", "没有编号为 {} 的汇总行。请补上,或改正上级编号", "there is no summary row {}. Add it, or correct the parent"),
    ("unknown_activity", "没有编号为 {} 的工作。请补上该工作,或删去这条关系", "there is no activity {}. Add it, or remove the link"),
    (
        "constraint_without_date",
        "限制条件没有日期。请补上日期,或去掉该限制",
        "a constraint without its date. Add the date, or remove the constraint",
    ),
];

/// A problem in its words.
pub(crate) fn problem(code: &'static str, place: String, found: &str) -> FileProblem {
    let found: String = found.chars().take(120).collect();
    let (chinese, english) = PROBLEMS.iter().find(|w| w.0 == code).map_or(("{}", "{}"), |w| (w.1, w.2));
    FileProblem { code, place, chinese: chinese.replace("{}", &found), english: english.replace("{}", &found), found }
}
