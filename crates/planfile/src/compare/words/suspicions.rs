//! Each doubt: what it is, and what to ask for.

/// A code, the title in Chinese and English, then why it matters and what to do, in both.
pub(super) type Words = (&'static str, &'static str, &'static str, &'static str, &'static str);

const WORDS: &[Words] = &[
    (
        "another_project",
        "可能不是同一个项目",
        "Perhaps another project",
        "两个文件中相同的工作很少，请确认是否拿错了文件。",
        "Few activities are the same in both files. Check that these are versions of one project.",
    ),
    (
        "data_date_back",
        "数据日期早于上一版",
        "The data date went back",
        "请确认两个文件的先后没有颠倒。",
        "Check that the two files are in the right order.",
    ),
    (
        "actual_changed",
        "已上报的实际日期被改动或取消",
        "Reported actual dates were moved or taken back",
        "上一版数据日期以前的事实不应再变，请说明理由并附凭据。",
        "What had happened by the last data date should stand. Ask why, and for the records.",
    ),
    (
        "progress_backwards",
        "进度倒退",
        "Progress went backwards",
        "完成百分比低于上一版，请说明原因。",
        "Less is done than the last version said. Ask why.",
    ),
    (
        "actual_backdated",
        "补报上期以前的实际日期",
        "Actual dates were added before the last data date",
        "上一版没有报这些开始或完成，请核对施工记录。",
        "The last version did not report them. Check the site records.",
    ),
    (
        "driving_link_deleted",
        "删除了控制工期的逻辑关系",
        "Driving links of the longest path were deleted",
        "这些关系原在最长路径上，请说明为何不再需要。",
        "They held the longest path together. Ask why they no longer hold.",
    ),
    (
        "critical_deleted",
        "删除了未完成的关键工作",
        "Open critical activities were deleted",
        "请说明这些工作由什么代替，或何以取消。",
        "Ask what replaces them, or why they are not needed.",
    ),
    (
        "critical_shortened",
        "压缩了未完成关键工作的工期",
        "Open critical work was shortened",
        "不是因进度而减少，请说明增加了哪些投入。",
        "Progress does not explain it. Ask what resources or methods make it possible.",
    ),
    (
        "constraint_hides_lateness",
        "限制日期压过逻辑，掩盖延误",
        "Constraints hide lateness",
        "工作被固定在其前置完成之前，请去掉该限制后重新计算。",
        "The work is held before what it waits for. Take the constraint off and schedule again.",
    ),
    (
        "limit_loosened",
        "限期被取消或推后，而工作已超过原限期",
        "Limits went or moved, and the work is later than they allowed",
        "请确认限期的变更已经批准。",
        "Check that the change of the limit was approved.",
    ),
    (
        "must_finish_loosened",
        "项目必须完成日期被取消或推后，而工期已超过原日期",
        "The project's must-finish date went or moved, and the project is later than it allowed",
        "请确认合同工期的变更已经批准。",
        "Check that the change of the contract date was approved.",
    ),
    (
        "calendar_gains_time",
        "日历增加了工作时间",
        "Calendars gained working time",
        "同样的工作因此显得更早完成，请确认加班或取消节假日属实。",
        "The same work ends earlier by it. Check that the longer hours or lost holidays are real.",
    ),
    (
        "lag_negative",
        "出现负时距",
        "Negative lags appeared",
        "请拆分工作，用正常的关系表达搭接。",
        "Ask for the work to be split, and linked without leads.",
    ),
    (
        "lag_increased",
        "时距加长",
        "Lags grew",
        "时距中可能藏有工作或富余，请列为单独的工作。",
        "A lag may hide work or a reserve. Ask for an activity of its own.",
    ),
    (
        "out_of_sequence",
        "新出现不按逻辑顺序的进度",
        "New progress out of sequence",
        "前置未完就已开工，请改正关系或实际日期。",
        "Work went on before its predecessors allowed. Correct the links or the dates.",
    ),
];

pub(super) fn words(code: &str) -> Words {
    WORDS.iter().find(|w| w.0 == code).copied().unwrap_or(("", "", "", "", ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Suspicion;

    #[test]
    fn every_doubt_has_its_words() {
        assert_eq!(WORDS.iter().map(|w| w.0).collect::<Vec<_>>(), Suspicion::CODES);
    }
}
