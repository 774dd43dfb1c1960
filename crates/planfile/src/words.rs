//! The words of problems that no one format has, and of losses, in both languages: what is wrong, and what to do.
mod losses;

pub(crate) use losses::loss;

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
        "这是 Word 或 Excel 文件，不是进度计划。项目清单请用 lantu import 导入；进度计划请从 P6 导出 .xer，或从 MS Project 另存为 .xml",
        "this is a Word or Excel file, not a schedule. Lists of projects go in by lantu import; for a schedule export .xer from P6, or save .xml from MS Project",
    ),
    (
        "zip_file",
        "这是压缩包或 Excel 文件（.zip、.xlsx），不是进度计划。压缩包请先解压；项目清单请用 lantu import 导入",
        "this is an archive or an Excel file (.zip, .xlsx), not a schedule. Unpack an archive first; lists of projects go in by lantu import",
    ),
    (
        "pdf_file",
        "这是 PDF 文件，不是进度计划。请向编制单位要 .xer（P6）或 .xml（MS Project）文件",
        "this is a PDF, not a schedule. Ask its author for the .xer (P6) or .xml (MS Project) file",
    ),
    (
        "unknown_xml",
        "这个 XML 文件既不是 P6 的（APIBusinessObjects）也不是 MS Project 的（Project）：{}。请从 P6 或 MS Project 重新导出",
        "this XML is neither P6's (APIBusinessObjects) nor MS Project's (Project): {}. Export it again from P6 or MS Project",
    ),
    (
        "unknown_format",
        "不认识的文件：{}。能读取 P6 的 .xer、.xml，MS Project 的 .xml，以及 .json",
        "not a file that is known: {}. What is read: .xer and .xml of P6, .xml of MS Project, .json",
    ),
    (
        "one_project_only",
        "JSON 只装一个项目，这里有几个：{}。请用 --project 选一个",
        "JSON holds one project, and there are several: {}. Choose one with --project",
    ),
    ("json_broken", "不是完整的 JSON 文件：{}。请重新导出或补全该处", "not valid JSON: {}. Export the file again, or mend this place"),
    ("wrong_json_type", "这里的内容类型不对：{}。请按格式说明填写", "a value of the wrong type: {}. See the description of the format"),
    ("missing_json_key", "缺少必填项。请补上", "a required key is missing. Add it"),
    (
        "not_whole_minutes",
        "不是整分钟：{}。工期区间以整分钟计，请取整（例如一天 8 小时写 480）",
        "not in whole minutes: {}. Ranges are in whole minutes: round it (a day of 8 hours is 480)",
    ),
    ("not_a_time", "不是日期时间：{}。请写成 2026-03-02T08:00", "not a date and time: {}. Write it like 2026-03-02T08:00"),
    (
        "unknown_json_name",
        "不认识的取值：{}。请改为格式说明中列出的值",
        "an unknown value: {}. Use one that the format's description lists",
    ),
    (
        "wrong_hours",
        "工作时段不对：{}。请写成 [[480,720],[780,1020]]，以零点起的分钟数计",
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
    (
        "unknown_activity",
        "没有编号为 {} 的工作。请补上该工作，或删去引用它的内容",
        "there is no activity {}. Add it, or remove what refers to it",
    ),
    (
        "constraint_without_date",
        "限制条件没有日期。请补上日期，或去掉该限制",
        "a constraint without its date. Add the date, or remove the constraint",
    ),
    (
        "not_mspdi",
        "最外层元素是 {}，不是 Microsoft Project 的 XML。请在 Project 中用“文件 → 另存为 → XML 格式”导出",
        "the outermost element is {}, not Microsoft Project's. In Project choose File, Save As, XML Format",
    ),
    ("missing_uid", "缺少唯一标识号 UID。请补上，或从原软件重新导出", "the UID is missing. Add it, or export the file again"),
    ("wrong_number", "不是数字：{}。请写成 12 或 12.5", "not a number: {}. Write it like 12 or 12.5"),
    ("wrong_flag", "不是“是/否”：{}。请写 1 或 0", "neither yes nor no: {}. Write 1 or 0"),
    ("wrong_date", "不是日期时间：{}。请写成 2026-03-02T08:00:00", "not a date and time: {}. Write it like 2026-03-02T08:00:00"),
    ("wrong_time", "不是钟点：{}。请写成 08:00:00", "not a time of day: {}. Write it like 08:00:00"),
    (
        "wrong_duration",
        "不是工期，或超过八千年：{}。请写成 PT8H0M0S",
        "not a duration, or longer than eight thousand years: {}. Write it like PT8H0M0S",
    ),
    (
        "calendar_cycle",
        "日历的基准日历绕回了自身：{}。请改正其中一个的 BaseCalendarUID",
        "calendars that are each other's base: {}. Correct the BaseCalendarUID of one of them",
    ),
    (
        "calendars_too_large",
        "日历例外过多，连同从上级日历继承的共 {} 段以上，不像真实的计划，不予读取。请删去多余的日历或例外后重新导出",
        "more than {} stretches of calendar exceptions, with those taken over from parents: no plan has these, and the file is not read. Remove calendars or exceptions and export again",
    ),
    (
        "json_too_many",
        "文件中的项目超过 {} 个，不像真实的计划，不予读取。请分项目导出",
        "more than {} values in the file: no plan has these, and it is not read. Export its projects one by one",
    ),
    ("negative_duration", "工期不能为负：{} 分钟。请改成零或正数", "a duration cannot be negative: {} minutes. Make it zero or more"),
    ("self_link", "任务以自身为前置任务：{}。请删去这条前置关系", "the task is its own predecessor: {}. Remove this link"),
    (
        "project_start_missing",
        "项目没有开始日期，任务也没有。请补上 StartDate",
        "neither the project nor a task has a start. Add StartDate",
    ),
    ("more_problems", "另有 {} 处问题未逐一列出。请先改正以上各处", "{} more problems are not listed. Correct these first"),
];

/// A problem in its words.
pub(crate) fn problem(code: &'static str, place: String, found: &str) -> FileProblem {
    let found: String = found.chars().take(120).collect();
    let (chinese, english) = PROBLEMS.iter().find(|w| w.0 == code).map_or(("{}", "{}"), |w| (w.1, w.2));
    FileProblem { code, place, chinese: chinese.replace("{}", &found), english: english.replace("{}", &found), found }
}
