//! The words of losses, in both languages: what was mended or left out.

/// A code with its words; `{}` stands for what was found.
type Words = (&'static str, &'static str, &'static str);

const LOSSES: &[Words] = &[
    ("read_by_mpxj", "{} 由 MPXJ 转换后读取", "{} was read by way of MPXJ"),
    ("more_losses", "另有 {} 处未逐条列出", "{} more are not listed"),
    ("id_twice", "编号 {} 重复，只读取第一次出现的", "id {} stands twice: the first is read"),
    ("bad_id", "编号不是整数：{}，按空值处理", "an id that is no whole number: {}; taken as empty"),
    ("negative_duration", "工期为负（{} 小时），按零计", "a negative duration ({} hours) is taken as none"),
    ("bad_number", "不是数字：{}，按空值处理", "not a number: {}; taken as empty"),
    ("bad_date", "不是日期：{}，按空值处理", "not a date: {}; taken as empty"),
    ("unknown_word", "不认识的取值：{}，按默认值处理", "an unknown value: {}; the usual one is taken"),
    ("bytes_not_text", "有不成字的字节：{}", "bytes that are no text: {}"),
    ("unknown_wbs", "没有编号为 {} 的 WBS，该行放在项目之下", "there is no WBS element {}: the row stands under the project"),
    ("wbs_cycle", "WBS {} 是自己的上级，改放在项目之下", "WBS element {} stands above itself: it is put under the project"),
    ("unknown_calendar", "没有编号为 {} 的日历，改用项目日历", "there is no calendar {}: the project's is used"),
    ("unknown_project", "没有编号为 {} 的项目，该行略去", "there is no project {}: the row is left out"),
    ("unknown_task", "没有编号为 {} 的工作，该行略去", "there is no activity {}: the row is left out"),
    ("unknown_activity", "没有编号为 {} 的工作，该行略去", "there is no activity {}: the row is left out"),
    ("exception_without_date", "日历例外没有日期，略去", "an exception of a calendar without its date is left out"),
    ("working_period_unreadable", "工作时段无法识别：{}，略去", "working hours that cannot be read are left out: {}"),
    ("unknown_code", "不认识的代码 {}，按默认值处理", "an unknown code {}: the usual one is taken"),
    ("wrong_unit", "不合理的换算单位：{}，按默认值处理", "a unit that cannot be: {}; the usual one is taken"),
    ("period_reversed", "例外的结束日早于开始日（{}），略去", "an exception that ends before it begins ({}) is left out"),
    ("exception_cut", "重复的例外太多，只取前一部分：{}", "an exception repeats too often; its first days are taken: {}"),
    ("assignment_to_unknown_task", "分配到不存在的任务（{}），略去", "an assignment to a task that is not there ({}) is left out"),
    ("link_to_unknown_task", "与不存在的任务（{}）的关系，略去", "a link to a task that is not there ({}) is left out"),
    ("duration_missing", "任务没有工期，按零计", "a task without a duration is taken to have none"),
    ("project_start_missing", "项目没有开始日期，取最早的任务：{}", "the project has no start: its earliest task's is taken: {}"),
    ("unknown_resource", "没有编号为 {} 的资源，分配照常计算", "there is no resource {}: the assignment counts without it"),
    ("no_start", "项目没有开始日期，以最早的日期为准", "the project has no start: its earliest date is taken"),
    ("no_calendar", "文件没有日历，按每天 8 小时、每周 5 天计", "the file has no calendar: five days of eight hours are taken"),
    ("no_end_mark", "文件没有结束标记，内容已读完", "the file has no end mark; it was read to its end"),
    ("columns_out_of_place", "列名行不在表内，略去", "a line of columns outside of a table is left out"),
    ("row_out_of_place", "数据行不在表内，略去", "a row outside of a table is left out"),
    ("progress_without_date", "有进度却没有实际开始日期，按未开工计", "progress without an actual start: taken as not started"),
    ("constraint_without_date", "限制条件没有日期，略去", "a constraint without its date is left out"),
    ("link_to_other_project", "与其他项目的工作（{}）的关系，略去", "a link to another project's activity ({}) is left out"),
    ("link_to_missing_task", "与不存在的工作（{}）的关系，略去", "a link to an activity that is not there ({}) is left out"),
    ("calendar_unreadable", "日历内容无法全部识别：{}", "a calendar that cannot be read in full: {}"),
    ("calendar_without_week", "日历没有每周工作时间：{}", "a calendar without a working week: {}"),
    ("calendar_cycle", "日历是自己的上级，按没有上级处理", "a calendar that is its own parent is taken to have none"),
    ("calendars_too_deep", "日历的上级层数太多，按没有上级处理", "a calendar with too many parents above it is taken to have none"),
    ("too_many_exceptions", "日历例外太多，不再继承上级的", "too many exceptions of calendars: the parent's are not taken over"),
    // What a format cannot hold, or holds otherwise.
    (
        "rules_of_ms_project",
        "日期按 MS Project 的规则排出，P6 会按自己的规则重排",
        "the dates follow MS Project's rules; P6 will schedule by its own",
    ),
    (
        "ms_project_rules",
        "日期按 MS Project 的规则排出，P6 会按自己的规则重排",
        "the dates follow MS Project's rules; P6 will schedule by its own",
    ),
    ("p6_rules", "日期按 P6 的规则排出，MS Project 会按自己的规则重排", "the dates follow P6's rules; MS Project will schedule by its own"),
    ("schedule_from_finish", "“从完成日期排程”的设置无法保存", "scheduling from the finish cannot be held"),
    ("data_date_assumed", "没有数据日期，写成 {}", "there is no data date: {} is written"),
    ("multiple_critical_paths", "“计算多条关键路径”的设置无法保存", "the setting for several critical paths cannot be held"),
    ("honor_constraints", "“任务始终遵守限制日期”的设置无法保存", "the setting that links win over constraints cannot be held"),
    ("inactive_activity", "停用的任务未写出", "an inactive task is not written"),
    ("inactive", "“停用”状态无法保存，按启用写出", "that the task is inactive cannot be held: it is written as active"),
    ("external_activity", "其他文件的任务未写出", "a task of another file is not written"),
    ("external_task", "其他文件的任务按本项目的工作写出", "a task of another file is written as work of this project"),
    ("milestone_with_duration", "有工期的里程碑按普通工作写出", "a milestone that has a duration is written as plain work"),
    ("elapsed_duration", "按自然时间计的工期，改按工作时间写出", "a duration by the clock is written as working time"),
    ("deadline", "截止期限（{}）无法保存", "the deadline ({}) cannot be held"),
    ("manual_activity", "手动计划的任务，改用限制条件固定日期", "a manually scheduled task is held to its dates by a constraint"),
    ("manual_dates", "手动计划的日期（{}）改用限制条件固定", "manual dates ({}) are held by a constraint"),
    ("leveling_delay", "资源调配延迟无法保存", "a delay by levelling cannot be held"),
    ("split_activity", "任务的拆分无法保存", "that the work is split cannot be held"),
    ("splits", "任务的拆分（{} 段）无法保存", "that the work is split ({} parts) cannot be held"),
    ("recurring_activity", "周期性任务按普通工作写出", "a recurring task is written as plain work"),
    ("recurring", "周期性任务按普通工作写出", "a recurring task is written as plain work"),
    ("actual_duration_by_dates", "实际工期改由实际日期推算", "the actual duration follows from the actual dates"),
    ("summary_constraint", "汇总行的限制条件无法保存", "a constraint on a summary row cannot be held"),
    ("constraint_on_summary", "汇总行的限制条件（{}）无法保存", "a constraint on a summary row ({}) cannot be held"),
    ("summary_assignment", "汇总行的资源分配（{} 个）无法保存", "assignments of a summary row ({}) cannot be held"),
    ("assignment_on_summary", "汇总行的资源分配无法保存", "an assignment of a summary row cannot be held"),
    ("assignment_without_resource", "没有资源的分配（{}）未写出", "an assignment without a resource ({}) is not written"),
    ("assignment_delay", "资源分配的延迟无法保存", "the delay of an assignment cannot be held"),
    ("contour", "工时分布（{}）无法保存，按均匀分布写出", "how the work is spread ({}) cannot be held: it is written as even"),
    ("ignores_resource_calendars", "“排程忽略资源日历”的设置无法保存", "that resource calendars are ignored cannot be held"),
    ("elapsed_lag", "按自然时间计的时距，改按工作时间写出", "a lag by the clock is written as working time"),
    ("elapsed_lag_as_work", "按自然时间计的时距（{}），改按工作时间写出", "a lag by the clock ({}) is written as working time"),
    ("percent_lag", "按百分比计的时距，改为固定时长写出", "a lag in per cent is written as a length of time"),
    ("percent_lag_as_hours", "按百分比计的时距（{}），改为固定时长写出", "a lag in per cent ({}) is written as hours"),
    ("link_on_summary", "汇总行上的关系无法保存", "a link on a summary row cannot be held"),
    ("calendar_cut", "日历“{}”的例外太多，只写出前一部分", "calendar {} has more exceptions than can be written: the first are"),
    ("work_weeks_flattened", "日历“{}”的工作周改写成逐日例外", "the work weeks of calendar {} are written as exceptions day by day"),
    ("cost_resource", "成本类资源“{}”无法保存", "the cost resource {} cannot be held"),
    ("cost_resource_as_material", "成本类资源“{}”按材料写出", "the cost resource {} is written as material"),
    ("baseline", "基线日期（{}）无法保存", "the baseline's dates ({}) cannot be held"),
    ("notes_of_summary", "汇总行的备注无法保存", "the notes of a summary row cannot be held"),
    ("notes_not_rewritten", "备注未改写", "changed notes are not written"),
    ("resource_units_not_rewritten", "资源数量（{}）未改写", "changed units of a resource ({}) are not written"),
    ("max_units_not_written", "资源数量（{}）未改写", "changed units of a resource ({}) are not written"),
    ("row_taken_out", "该行已从文件中删去", "the row is taken out of the file"),
    ("project_not_in_file", "原文件中没有项目“{}”，未写出", "project {} is not in the file it came from, and is not written"),
    ("uids_changed", "{} 项工作的编号已重编", "{} activities have new uids"),
    ("uid_changed", "编号已重编：{}", "a new uid: {}"),
    ("name_cut", "名称过长，已截短：{}", "a name is too long and cut: {}"),
    ("activity_id_made", "作业代码缺失或重复（{}），已另编", "an activity id is missing or used twice ({}): one is made"),
    ("not_in_code_page", "文件的字符集写不下：{}", "the file's character set has no room for: {}"),
    ("written_as_utf8", "改用 UTF-8 写出", "it is written in UTF-8"),
    ("part_not_carried", "新格式不带：{}", "does not go into the other format: {}"),
    ("costs_not_carried", "费用数据（{} 处）不带到新格式", "costs ({} figures) do not go into the other format"),
    // Microsoft Project's XML.
    ("suspend_as_stop", "停工日期（{}）按“停止”写出", "a suspension ({}) is written as the date that the work stopped"),
    ("other_project_left_out", "只能保存一个项目，“{}”未写出", "there is room for one project: {} is not written"),
    ("calendar_base_written_out", "日历“{}”的上级已并入其中", "calendar {} is written with the hours of the one it stands on"),
    (
        "sixth_shift",
        "一天最多保存五段工作时间，这里有 {} 段，只写出前五段",
        "a day has room for five stretches of work, not {}: the first five are written",
    ),
    ("machine_as_work", "机械类资源按工时类写出", "a machine is written as a work resource"),
    ("planned_dates", "{} 项工作的计划日期无法保存", "the planned dates of {} activities cannot be held"),
    (
        "lag_calendar",
        "时距所用日历（{}）无法保存，MS Project 按后续任务的日历计",
        "the calendar of lags ({}) cannot be held: MS Project counts on the successor's",
    ),
    ("progress_logic", "开工后的逻辑（{}）无法保存", "how links into started work hold ({}) cannot be held"),
    ("float_option", "总时差的算法（{}）无法保存", "how total float is measured ({}) cannot be held"),
    ("longest_path", "按最长路径判断关键的设置无法保存", "that the longest path is critical cannot be held"),
    ("open_ends", "无后续工作即为关键的设置无法保存", "that open ends are critical cannot be held"),
    ("must_finish", "项目必须完成日期（{}）无法保存", "the date that the project must finish by ({}) cannot be held"),
    ("day_length", "{} 个日历各自的每天小时数无法保存", "the day lengths of {} calendars cannot be held"),
    ("resource_dependent_as_task", "资源相关作业按普通任务写出", "resource dependent work is written as a task"),
    ("finish_milestone_as_milestone", "完成里程碑按普通里程碑写出", "a finish milestone is written as a milestone"),
    (
        "level_of_effort_as_task",
        "配合作业按普通任务写出，长度不再随相关作业变化",
        "level of effort is written as a task of its present length",
    ),
    ("wbs_summary_as_task", "WBS 汇总作业按普通任务写出", "a WBS summary activity is written as a task"),
    ("empty_summary_as_task", "没有下级的汇总行按任务写出", "a summary row with nothing below it is written as a task"),
    ("start_on_as_no_earlier", "“开始于”限制改写为“不得早于……开始”", "Start On is written as Start No Earlier Than"),
    ("finish_on_as_no_earlier", "“完成于”限制改写为“不得早于……完成”", "Finish On is written as Finish No Earlier Than"),
    ("second_constraint", "第二限制条件（{}）无法保存", "the secondary constraint ({}) cannot be held"),
    ("expected_finish", "期望完成日期（{}）无法保存", "the expected finish ({}) cannot be held"),
    ("external_dates", "外部项目带来的日期（{}）无法保存", "dates from other projects ({}) cannot be held"),
    ("task_type", "“固定工期和单位用量”按“固定工期”写出", "fixed duration and units is written as fixed duration"),
    ("link_to_itself_left_out", "以自身为前置任务的关系未写出", "a link of a task to itself is not written"),
    ("second_link_at_risk", "与任务 {} 之间有两条关系，MS Project 只保留一条", "there are two links to task {}: MS Project keeps one"),
    ("percent_lag_rounded", "百分比时距 {} 取整写出", "the lag of {} per cent is rounded"),
];

/// `deadline_not_held` has the words of `deadline`.
fn stem(code: &str) -> &str {
    code.strip_suffix("_not_held").unwrap_or(code)
}

/// A loss in its words; one that has none says its code.
pub(crate) fn loss(code: &'static str, found: &str) -> (String, String) {
    let said = LOSSES.iter().find(|w| w.0 == stem(code)).map_or((code, code), |w| (w.1, w.2));
    if found.is_empty() {
        let bare = |words: &str| ["（{}）", " ({})", "：{}", ": {}", "{}"].iter().fold(words.to_owned(), |w, hole| w.replace(hole, ""));
        return (bare(said.0), bare(said.1));
    }
    (said.0.replace("{}", found), said.1.replace("{}", found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    const HOLE: &str = "{}";

    fn sources(folder: &Path, out: &mut String) {
        for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                sources(&entry, out);
            } else if entry.extension().is_some_and(|e| e == "rs") {
                out.push_str(&fs::read_to_string(entry).unwrap());
            }
        }
    }

    /// Every text in quotes after `before`, whatever space lies between.
    fn said_after<'a>(source: &'a str, before: &str) -> Vec<&'a str> {
        let quoted = |rest: &'a str| rest.trim_start().strip_prefix('"').and_then(|r| r.split('"').next());
        source.split(before).skip(1).filter_map(quoted).filter(|t| t.chars().all(|c| c == '_' || c.is_ascii_lowercase())).collect()
    }

    #[test]
    fn nothing_found_leaves_no_brackets() {
        assert_eq!(loss("assignment_without_resource", "").0, "没有资源的分配未写出");
        assert!(!loss("assignment_without_resource", "").1.contains('('));
        assert_eq!(loss("calendar_without_week", "").0, "日历没有每周工作时间");
    }

    #[test]
    fn every_code_has_words_in_both_languages() {
        let mut source = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
        let lost = ["lose(", "Loss { code: ", "lost(", "say("].iter().flat_map(|b| said_after(&source, b));
        let missing: Vec<_> = lost.filter(|c| !c.is_empty() && LOSSES.iter().all(|w| w.0 != stem(c))).collect();
        assert!(missing.is_empty(), "losses without words: {missing:?}");
        for (code, chinese, english) in LOSSES {
            assert_eq!(chinese.contains(HOLE), english.contains(HOLE), "{code}");
        }
    }
}
