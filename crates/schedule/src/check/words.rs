//! The words of each broken rule.
use super::Breach;
use crate::Tongue;

pub(super) fn say(breach: &Breach, tongue: Tongue) -> String {
    let (chinese, english) = template(breach.code);
    let uid = |i: usize| breach.activities.get(i).map_or_else(|| "?".to_owned(), i64::to_string);
    let text = tongue.pick(chinese, english);
    text.replace("{a}", &uid(0)).replace("{b}", &uid(1)).replace("{found}", &breach.found).replace("{expected}", &breach.expected)
}

/// `{a}`: the row with the wrong date; `{b}`: the row on the other end of the link.
fn template(code: &str) -> (&'static str, &'static str) {
    match code {
        "actual_moved" => (
            "工作{a}的实际日期被改动：排期结果为{found}，应为{expected}。",
            "Activity {a}: an actual date was moved to {found}; it is {expected}.",
        ),
        "constraint_broken" => (
            "工作{a}未遵守限制日期：排期结果为{found}，应为{expected}。",
            "Activity {a} starts {found}, against its constraint: {expected}.",
        ),
        "critical_wrong" => {
            ("工作{a}的关键标志有误：排期结果为{found}，应为{expected}。", "Activity {a}: critical is {found}, by the rule {expected}.")
        }
        "effort_span_wrong" => (
            "配合作业{a}未与其关联工作的起止一致：排期结果为{found}，可为{expected}。",
            "Level of effort {a}: {found} is no date of what it is tied to: {expected}.",
        ),
        "finish_wrong" => (
            "工作{a}的完成时间不等于开始时间加工期：排期结果为{found}，应为{expected}。",
            "Activity {a} finishes {found}; its start and its work give {expected}.",
        ),
        "fixed_moved" => {
            ("工作{a}为固定日期，却被移动到{found}，应为{expected}。", "Activity {a} has fixed dates but was moved to {found}: {expected}.")
        }
        "float_sign_wrong" => (
            "工作{a}的总时差正负与日期不符：排期结果为{found}。",
            "Activity {a}: a total float of {found} has the wrong sign for its dates.",
        ),
        "free_float_wrong" => {
            ("工作{a}的自由时差有误：排期结果为{found}，应为{expected}。", "Activity {a}: free float is {found}, by the dates {expected}.")
        }
        "late_beyond_finish" => (
            "工作{a}的最迟完成晚于项目完成：排期结果为{found}，不得晚于{expected}。",
            "Activity {a}: the late finish {found} is after the project's finish {expected}.",
        ),
        "late_bound_broken" => (
            "工作{a}的最迟完成超过限制或期限：排期结果为{found}，不得晚于{expected}。",
            "Activity {a}: the late finish {found} passes a constraint or deadline: {expected}.",
        ),
        "late_finish_unexplained" => (
            "工作{a}的最迟完成{found}没有依据，可为{expected}。",
            "Activity {a}: nothing explains the late finish {found}; it could be {expected}.",
        ),
        "late_link_broken" => (
            "工作{a}的最迟完成{found}会延误后续工作{b}，不得晚于{expected}。",
            "Activity {a}: the late finish {found} would delay activity {b}; {expected} at the latest.",
        ),
        "late_start_wrong" => (
            "工作{a}的最迟开始不等于最迟完成减工期：排期结果为{found}，应为{expected}。",
            "Activity {a}: the late start is {found}; its late finish and its work give {expected}.",
        ),
        "link_broken" => (
            "工作{a}的最早开始{found}早于前置工作{b}所允许的{expected}。",
            "Activity {a} starts {found}, before activity {b} lets it: {expected}.",
        ),
        "milestone_has_length" => (
            "里程碑{a}的开始与完成不一致：完成为{found}，应为{expected}。",
            "Milestone {a} finishes {found}, not when it starts: {expected}.",
        ),
        "network_impossible" => ("网络本身无法排期（{found}）。", "The network itself cannot be scheduled ({found})."),
        "project_finish_wrong" => (
            "项目完成时间有误：排期结果为{found}，应为{expected}。",
            "The project finishes {found}; its last activity finishes {expected}.",
        ),
        "project_start_wrong" => {
            ("项目开始时间有误：排期结果为{found}，应为{expected}。", "The project starts {found}; its first activity starts {expected}.")
        }
        "remaining_before_data_date" => (
            "工作{a}的未完成工作{found}早于数据日期，不得早于{expected}。",
            "Activity {a}: what remains starts {found}, before the data date: {expected}.",
        ),
        "rows_missing" => ("排期结果的行数{found}与工作数{expected}不符。", "The schedule has {found} rows for {expected} activities."),
        "shown_dates_wrong" => (
            "工作{a}的显示日期有误：排期结果为{found}，应为{expected}。",
            "Activity {a}: the date shown is {found}, it should be {expected}.",
        ),
        "start_too_early" => {
            ("工作{a}早于项目开始：排期结果为{found}，不得早于{expected}。", "Activity {a} starts {found}, before the project: {expected}.")
        }
        "start_unexplained" => (
            "工作{a}的最早开始{found}没有依据，可为{expected}。",
            "Activity {a}: nothing explains the start {found}; it could be {expected}.",
        ),
        "summary_late_wrong" => (
            "汇总行{a}的最迟日期与下级工作不符：排期结果为{found}，应为{expected}。",
            "Summary {a}: the late date {found} is not that of the rows under it: {expected}.",
        ),
        "summary_span_wrong" => (
            "汇总行{a}的起止与下级工作不符：排期结果为{found}，应为{expected}。",
            "Summary {a}: the date {found} is not that of the rows under it: {expected}.",
        ),
        "total_float_wrong" => {
            ("工作{a}的总时差有误：排期结果为{found}，应为{expected}。", "Activity {a}: total float is {found}, by the dates {expected}.")
        }
        _ => ("工作{a}违反规则：{found}，应为{expected}。", "Activity {a} breaks a rule: {found}, not {expected}."),
    }
}
