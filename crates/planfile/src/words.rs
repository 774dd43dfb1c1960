//! The words of problems and losses, in both languages: what is wrong, and what to do.
use crate::FileProblem;

/// A code with its words; `{}` stands for what was found.
type Words = (&'static str, &'static str, &'static str);

const PROBLEMS: &[Words] = &[
    ("file_empty", "文件是空的。请重新导出", "the file is empty. Export it again"),
    (
        "file_too_large",
        "文件太大（{}），上限 1 GB。请按项目分开导出",
        "the file is too large ({}): the limit is 1 GB. Export its projects one by one",
    ),
    (
        "mpp_file",
        "这是 MS Project 自己的文件（.mpp），不能直接读取。请在 MS Project 中打开它，点“文件 → 另存为”，保存类型选“XML 格式 (*.xml)”，再使用存出的文件",
        "this is MS Project's own file (.mpp), which is not read directly. Open it in MS Project, choose File → Save As, type “XML Format (*.xml)”, and use the saved file",
    ),
    (
        "mpx_file",
        "这是旧的 MPX 文件，不能读取。请在 MS Project 中打开它，点“文件 → 另存为”，保存类型选“XML 格式 (*.xml)”，再使用存出的文件",
        "this is an old MPX file, which is not read. Open it in MS Project, choose File → Save As, type “XML Format (*.xml)”, and use the saved file",
    ),
    (
        "office_file",
        "这是 Word 或 Excel 文件，不是进度计划。项目清单请用 lantu import 导入;进度计划请从 P6 导出 .xer,或从 MS Project 另存为 .xml",
        "this is a Word or Excel file, not a schedule. Lists of projects go in by lantu import; for a schedule export .xer from P6, or save .xml from MS Project",
    ),
    (
        "zip_file",
        "这是压缩包或 Excel 文件（.zip、.xlsx），不是进度计划。压缩包请先解压;项目清单请用 lantu import 导入",
        "this is an archive or an Excel file (.zip, .xlsx), not a schedule. Unpack an archive first; lists of projects go in by lantu import",
    ),
    (
        "pdf_file",
        "这是 PDF 文件，不是进度计划。请向编制单位要 .xer(P6)或 .xml(MS Project)文件",
        "this is a PDF, not a schedule. Ask its author for the .xer (P6) or .xml (MS Project) file",
    ),
    (
        "unknown_xml",
        "这个 XML 文件既不是 P6 的（APIBusinessObjects）也不是 MS Project 的（Project）：{}。请从 P6 或 MS Project 重新导出",
        "this XML is neither P6's (APIBusinessObjects) nor MS Project's (Project): {}. Export it again from P6 or MS Project",
    ),
    (
        "unknown_format",
        "不认识的文件：{}。能读取 P6 的 .xer、.xml,MS Project 的 .xml,以及 .json",
        "not a file that is known: {}. What is read: .xer and .xml of P6, .xml of MS Project, .json",
    ),
    ("not_yet_read", "还不能读取 {} 文件", "{} files are not read yet"),
    ("not_yet_written", "还不能写出 {} 文件", "{} files are not written yet"),
    (
        "one_project_only",
        "JSON 只装一个项目，这里有几个：{}。请用 --project 选一个",
        "JSON holds one project, and there are several: {}. Choose one with --project",
    ),
    ("json_broken", "不是完整的 JSON 文件：{}。请重新导出或补全该处", "not valid JSON: {}. Export the file again, or mend this place"),
    ("wrong_json_type", "这里的内容类型不对：{}。请按格式说明填写", "a value of the wrong type: {}. See the description of the format"),
    ("missing_json_key", "缺少必填项。请补上", "a required key is missing. Add it"),
    ("not_a_time", "不是日期时间：{}。请写成 2026-03-02T08:00", "not a date and time: {}. Write it like 2026-03-02T08:00"),
    (
        "unknown_json_name",
        "不认识的取值：{}。请改为格式说明中列出的值",
        "an unknown value: {}. Use one that the format's description lists",
    ),
    (
        "wrong_hours",
        "工作时段不对：{}。请写成 [[480,720],[780,1020]],以零点起的分钟数计",
        "wrong working hours: {}. Write minutes after midnight, like [[480,720],[780,1020]]",
    ),
    (
        "wrong_exception",
        "日历例外不对：{}。请写成 [起始日，结束日，时段]",
        "a wrong calendar exception: {}. Write [first day, last day, hours]",
    ),
    ("uid_twice", "编号 {} 重复。请给每一行不同的编号", "uid {} is used twice. Give every row a uid of its own"),
    ("unknown_calendar", "没有编号为 {} 的日历。请补上该日历，或改用已有的日历", "there is no calendar {}. Add it, or name another one"),
    ("unknown_parent", "没有编号为 {} 的汇总行。请补上，或改正上级编号", "there is no summary row {}. Add it, or correct the parent"),
    ("unknown_activity", "没有编号为 {} 的工作。请补上该工作，或删去这条关系", "there is no activity {}. Add it, or remove the link"),
    (
        "constraint_without_date",
        "限制条件没有日期。请补上日期，或去掉该限制",
        "a constraint without its date. Add the date, or remove the constraint",
    ),
];

const LOSSES: &[Words] = &[
    ("more_losses", "另有 {} 处未逐条列出", "{} more are not listed"),
    ("id_twice", "编号 {} 重复，只读取第一次出现的", "id {} stands twice: the first is read"),
    ("bad_id", "编号不是整数：{}，按空值处理", "an id that is no whole number: {}; taken as empty"),
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
];

/// A loss in its words; one that has none says its code.
pub(crate) fn loss(code: &'static str, found: &str) -> (String, String) {
    let said = LOSSES.iter().find(|w| w.0 == code).map_or((code, code), |w| (w.1, w.2));
    (said.0.replace("{}", found), said.1.replace("{}", found))
}

/// A problem in its words.
pub(crate) fn problem(code: &'static str, place: String, found: &str) -> FileProblem {
    let found: String = found.chars().take(120).collect();
    let (chinese, english) = PROBLEMS.iter().find(|w| w.0 == code).map_or(("{}", "{}"), |w| (w.1, w.2));
    FileProblem { code, place, chinese: chinese.replace("{}", &found), english: english.replace("{}", &found), found }
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
    fn every_code_has_words_in_both_languages() {
        let mut source = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
        let has = |table: &[Words], code: &str| table.iter().any(|w| w.0 == code);
        let lost = ["lose(", "Loss { code: ", "losses.note("].iter().flat_map(|b| said_after(&source, b));
        let missing: Vec<_> = lost.filter(|c| !c.is_empty() && !has(LOSSES, c)).collect();
        assert!(missing.is_empty(), "losses without words: {missing:?}");
        let refused = ["words::problem(", "found.refuse(", "fields.refuse("].iter().flat_map(|b| said_after(&source, b));
        let missing: Vec<_> = refused.filter(|c| !has(PROBLEMS, c)).collect();
        assert!(missing.is_empty(), "problems without words: {missing:?}");
        for (code, chinese, english) in PROBLEMS.iter().chain(LOSSES) {
            assert_eq!(chinese.contains(HOLE), english.contains(HOLE), "{code}");
        }
    }
}
