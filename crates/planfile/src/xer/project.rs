//! The tables PROJECT and SCHEDOPTIONS.
use super::calendars::FileCalendar;
use super::cells::Reader;
use super::sheet::RowAt;
use super::words::{FLOATS, LAG_CALENDARS};
use lantu_calendar::{Instant, Span};
use lantu_schedule::{CalendarIx, Critical, Dialect, Options, ProgressLogic};
use std::collections::HashMap;

/// A row of PROJECT.
pub(super) struct Project {
    pub row: RowAt,
    /// P6's number.
    pub number: i64,
    /// Its short name; the number where that is missing or stands twice.
    pub id: String,
    /// P6's number of its calendar.
    pub calendar: Option<i64>,
    pub is_baseline: bool,
}

/// The projects of the file; refused when there is none.
pub(super) fn list(reader: &mut Reader<'_>) -> Vec<Project> {
    let sheet = reader.sheet;
    let mut list: Vec<Project> = vec![];
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut numbers: HashMap<i64, ()> = HashMap::new();
    for row in sheet.rows("PROJECT") {
        if reader.flag(&row, "project_flag") == Some(false) {
            continue;
        }
        let Some(number) = reader.key(&row, "proj_id") else { continue };
        if numbers.insert(number, ()).is_some() {
            refuse_twice(reader, row.place("proj_id"), number);
            continue;
        }
        let id = reader.text(&row, "proj_short_name");
        *names.entry(id.clone()).or_default() += 1;
        let is_baseline = row.bytes("orig_proj_id").is_some();
        list.push(Project { row: row.at, number, id, calendar: reader.id(&row, "clndr_id"), is_baseline });
    }
    for project in &mut list {
        if project.id.is_empty() || names.get(&project.id).is_some_and(|n| *n > 1) {
            project.id = project.number.to_string();
        }
    }
    if list.is_empty() && reader.findings.is_sound() {
        reader.findings.refuse(
            "no_project",
            "PROJECT",
            "",
            "文件中没有项目（缺少 PROJECT 表或表中无行）。请在 P6 中选定项目后重新导出。",
            "The file holds no project: the table PROJECT is missing or empty. Choose the project in P6 and export it again.",
        );
    }
    list
}

fn refuse_twice(reader: &mut Reader<'_>, place: String, number: i64) {
    reader.findings.refuse(
        "id_twice",
        place,
        &number.to_string(),
        "项目编号重复，无法确定作业属于哪个项目。请在 P6 中重新导出。",
        "This project id stands twice, so it cannot be told which activities are whose. Export the file again from P6.",
    );
}

/// The calendar of the project: the one it names, else the default one, else the first.
pub(super) fn default_calendar(reader: &mut Reader<'_>, project: &Project, calendars: &[FileCalendar]) -> CalendarIx {
    let named = project.calendar.and_then(|uid| {
        let at = calendars.iter().position(|c| c.calendar.uid == uid);
        if at.is_none() {
            reader.findings.lose("unknown_calendar", || reader.sheet.row(project.row).place("clndr_id"), &uid.to_string());
        }
        at
    });
    let default = || calendars.iter().position(|c| c.is_default && c.project.is_none());
    CalendarIx(named.or_else(default).unwrap_or(0) as u32)
}

/// The settings; `first` is the earliest date that any task has.
pub(super) fn options(
    reader: &mut Reader<'_>,
    project: &Project,
    options_row: Option<RowAt>,
    calendar: CalendarIx,
    first: Option<Instant>,
) -> Options {
    let row = reader.sheet.row(project.row);
    let data_date = reader.date(&row, "last_recalc_date");
    let start = reader.date(&row, "plan_start_date").or(data_date).or(first);
    if start.is_none() {
        reader.findings.lose("no_start", || row.place("plan_start_date"), "");
    }
    let mut options = Options::new(Dialect::P6, start.unwrap_or_default());
    options.data_date = data_date;
    options.finish = reader.date(&row, "plan_end_date");
    options.calendar = calendar;
    let limit = reader.hours(&row, "critical_drtn_hr_cnt").unwrap_or(Span::ZERO);
    let longest = row.raw("critical_path_type").is_some_and(|t| t.eq_ignore_ascii_case("CT_DrivPath"));
    options.critical = if longest { Critical::LongestPath } else { Critical::FloatAtMost(limit) };
    if let Some(at) = options_row {
        schedule_options(reader, at, &mut options);
    }
    options
}

/// The dialog "Schedule Options". What the table does not say is as P6 has it in a new project.
fn schedule_options(reader: &mut Reader<'_>, at: RowAt, options: &mut Options) {
    let row = reader.sheet.row(at);
    let mut flag = |column| reader.flag(&row, column);
    let (retained, over) = (flag("sched_retained_logic"), flag("sched_progress_override"));
    options.progress = match (retained, over) {
        (Some(true), _) | (None, None | Some(false)) => ProgressLogic::RetainedLogic,
        (_, Some(true)) => ProgressLogic::ProgressOverride,
        (Some(false), None | Some(false)) => ProgressLogic::ActualDates,
    };
    options.ss_lag_from_early_start = flag("sched_lag_early_start_flag").unwrap_or(options.ss_lag_from_early_start);
    options.open_ended_critical = flag("sched_open_critical_flag").unwrap_or(options.open_ended_critical);
    options.use_expected_finish = flag("sched_use_expect_end_flag").unwrap_or(options.use_expected_finish);
    options.ignore_external = row.raw("sched_outer_depend_type").is_some_and(|t| t.eq_ignore_ascii_case("SD_None"));
    options.total_float = reader.word(&row, "sched_float_type", FLOATS).unwrap_or(options.total_float);
    options.lag_calendar = reader.word(&row, "sched_calendar_on_relationship_lag", LAG_CALENDARS).unwrap_or(options.lag_calendar);
}
