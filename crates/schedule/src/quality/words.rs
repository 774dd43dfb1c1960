//! The words of each check: its name, what was found, what to do.
use super::{Finding, Limit};
use crate::Tongue;

pub(super) fn name(code: &str, tongue: Tongue) -> &'static str {
    let (chinese, english, _, _) = words(code);
    tongue.pick(chinese, english)
}

pub(super) fn say(finding: &Finding, tongue: Tongue) -> String {
    let (_, _, chinese, english) = words(finding.code);
    let chinese_or = |zh: String, en: String| if tongue == Tongue::Chinese { zh } else { en };
    let (count, population, value) = (finding.count, finding.population, finding.value);
    let measured = match finding.limit {
        Limit::Index(_) if finding.passed.is_none() => String::new(),
        Limit::Index(least) => {
            chinese_or(format!("指数 {value:.2}，应不低于 {least:.2}。"), format!("index {value:.2}, at least {least:.2} wanted. "))
        }
        Limit::AtMost(most) => chinese_or(
            format!("{population} 项中有 {count} 项（{value:.1}%），应不超过 {most:.0}%。"),
            format!("{count} of {population} ({value:.1} %), at most {most:.0} % wanted. "),
        ),
        Limit::AtLeast(least) => chinese_or(
            format!("{population} 项中有 {count} 项（{value:.1}%），应不低于 {least:.0}%。"),
            format!("{count} of {population} ({value:.1} %), at least {least:.0} % wanted. "),
        ),
        Limit::None => chinese_or(format!("{population} 项中有 {count} 项。"), format!("{count} of {population}. ")),
    };
    let unknown = finding.passed.is_none() && finding.limit != Limit::None;
    let missing = || chinese_or("缺少数据，无法评定。".into(), "not judged, for what it takes is missing. ".into());
    let measured = if unknown { missing() } else { measured };
    // What is in order needs no advice.
    let advised = finding.passed == Some(false) || (finding.limit == Limit::None && count > 0);
    let (chinese, english) = if advised { (chinese, english) } else { ("", "") };
    chinese_or(format!("{measured}{chinese}"), format!("{measured}{english}").trim_end().to_owned())
}

/// Name in Chinese and English, then what to do in both.
fn words(code: &str) -> (&'static str, &'static str, &'static str, &'static str) {
    match code {
        "logic" => ("逻辑完整性", "Logic", "请为缺少前置或后续的工作补充逻辑关系。", "Give every task a predecessor and a successor."),
        "leads" => (
            "提前量",
            "Leads",
            "请拆分工作，以完成—开始关系代替负时距。",
            "Split tasks and link finish to start instead of using negative lags.",
        ),
        "lags" => ("时距", "Lags", "请把等待时间列为单独的工作。", "Make waiting time a task of its own."),
        "relationship_types" => (
            "关系类型",
            "Relationship types",
            "请尽量改用完成—开始关系，尤其避免开始—完成关系。",
            "Prefer finish-to-start links; avoid start-to-finish ones.",
        ),
        "hard_constraints" => (
            "硬性限制",
            "Hard constraints",
            "请改用逻辑关系、“不得早于”限制或期限。",
            "Use logic, no-earlier-than constraints or deadlines instead.",
        ),
        "high_float" => (
            "总时差过大",
            "High float",
            "总时差超过 44 个工作日，通常缺少后续工作，请检查。",
            "More than 44 days of float mostly mean a missing successor; check them.",
        ),
        "negative_float" => (
            "负时差",
            "Negative float",
            "现有安排赶不上限定日期，请压缩工期或调整日期。",
            "The dates asked for cannot be met; shorten the work or move the dates.",
        ),
        "high_duration" => {
            ("工期过长", "High duration", "工期超过 44 个工作日，请分解为较小的工作。", "More than 44 days of work; break such tasks down.")
        }
        "invalid_dates" => (
            "无效日期",
            "Invalid dates",
            "实际日期不应晚于数据日期，计划日期不应早于数据日期，请更新进度。",
            "Nothing has happened after the data date and nothing is planned before it; update the progress.",
        ),
        "resources" => ("资源", "Resources", "请为一日以上的工作分配资源。", "Assign resources to all tasks of a day and more."),
        "missed_tasks" => (
            "未按期完成",
            "Missed tasks",
            "请核实晚于基线的工作并采取赶工措施。",
            "Look into the tasks later than agreed and how to catch up.",
        ),
        "critical_path_test" => (
            "关键路径测试",
            "Critical path test",
            "关键工作延长后项目完成应同步推迟；否则请查找断开的逻辑关系或硬性限制。",
            "The end of the project should move with a critical task; if not, look for broken logic or hard constraints.",
        ),
        "critical_path_length_index" => (
            "关键路径长度指数",
            "Critical path length index",
            "指数低于 1 表示按现有安排难以如期完成。",
            "Below 1 the agreed end is out of reach at today's pace.",
        ),
        "baseline_execution_index" => (
            "基线执行指数",
            "Baseline execution index",
            "指数低于 1 表示完成的工作少于基线要求。",
            "Below 1 fewer tasks are done than were agreed.",
        ),
        "open_ends" => {
            ("开口工作", "Open ends", "除项目首尾外，请补齐前置与后续。", "Tie all but the project's first and last activity at both ends.")
        }
        "dangling_starts" => (
            "开始悬空",
            "Dangling starts",
            "其开始不受任何前置工作约束，请补充到开始的关系。",
            "No predecessor holds the start; add a link to it.",
        ),
        "dangling_finishes" => (
            "完成悬空",
            "Dangling finishes",
            "其完成不影响任何后续工作，请补充从完成出发的关系。",
            "No successor waits for the finish; add a link from it.",
        ),
        "riding_data_date" => (
            "随数据日期顺延",
            "Riding the data date",
            "未开工且无未完前置，每次更新都会顺延，请补充逻辑或落实开工。",
            "Unstarted and held by nothing, they move on with every update; add logic or start them.",
        ),
        "idle_constraints" => (
            "不起作用的限制",
            "Constraints without effect",
            "限制日期未改变任何日期，请确认是否仍需要。",
            "The constraint changes no date; see whether it is still wanted.",
        ),
        "near_critical" => (
            "次关键工作",
            "Nearly critical",
            "时差很小，稍有延误即成关键工作，请一并盯紧。",
            "Little float: a small delay makes them critical; watch them too.",
        ),
        "milestones_with_duration" => (
            "里程碑有工期",
            "Milestones with duration",
            "里程碑不应有工期，请改为普通工作或将工期清零。",
            "A milestone takes no time; make it a task or clear its duration.",
        ),
        "missing_baseline" => ("缺少基线", "Missing baseline", "请保存基线，以便考核执行情况。", "Save a baseline to measure against."),
        "links_to_summaries" => {
            ("汇总行上的关系", "Links to summaries", "请把关系移到具体工作上。", "Move the links to the activities under them.")
        }
        "duplicated_links" => ("重复关系", "Duplicated links", "请删除重复的关系。", "Delete all but one."),
        "redundant_links" => {
            ("多余关系", "Redundant links", "经由其他工作已能保证先后，可以删除。", "Other links already say so; they can be deleted.")
        }
        "out_of_sequence" => (
            "逻辑颠倒的进度",
            "Out-of-sequence progress",
            "实际先后与逻辑关系不符，请更正关系或实际日期。",
            "What happened does not follow the links; correct the links or the actual dates.",
        ),
        "lags_between_calendars" => (
            "跨日历时距",
            "Lags between calendars",
            "两端日历不同，时距的实际长度取决于排期选项，请核对。",
            "Its length hangs on which calendar counts; check the scheduling options.",
        ),
        "long_lags" => ("过长时距", "Long lags", "请把长时间的等待列为工作。", "Make long waiting a task of its own."),
        _ => ("检查", "Check", "", ""),
    }
}
