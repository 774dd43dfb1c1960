//! Names of fields and settings.
use crate::compare::{Field, Setting};

/// A code, and the name in Chinese and English.
type Named = (&'static str, &'static str, &'static str);

pub(super) fn field(field: Field) -> Named {
    match field {
        Field::Name => ("name", "名称", "name"),
        Field::Code => ("code", "编号", "id"),
        Field::Parent => ("parent", "所属 WBS", "WBS"),
        Field::Kind => ("kind", "类型", "type"),
        Field::Active => ("active", "启用", "active"),
        Field::Calendar => ("calendar", "日历", "calendar"),
        Field::Duration => ("duration", "工期", "duration"),
        Field::OriginalDuration => ("original_duration", "原定工期", "original duration"),
        Field::Remaining => ("remaining", "尚需工期", "remaining"),
        Field::Percent => ("percent", "完成百分比", "% complete"),
        Field::ActualStart => ("actual_start", "实际开始", "actual start"),
        Field::ActualFinish => ("actual_finish", "实际完成", "actual finish"),
        Field::Resume => ("resume", "恢复日期", "resume"),
        Field::Constraint => ("constraint", "限制条件", "constraint"),
        Field::Secondary => ("constraint2", "第二限制条件", "second constraint"),
        Field::Deadline => ("deadline", "期限", "deadline"),
        Field::ExpectedFinish => ("expected_finish", "期望完成", "expected finish"),
        Field::ManualStart => ("manual_start", "手动开始", "manual start"),
        Field::ManualFinish => ("manual_finish", "手动完成", "manual finish"),
        Field::LevelingDelay => ("leveling_delay", "资源平衡延迟", "leveling delay"),
        Field::Units => ("units", "资源投入", "units"),
        Field::Work => ("work", "资源工时", "work"),
        Field::Start => ("start", "开始", "start"),
        Field::Finish => ("finish", "完成", "finish"),
        Field::LateStart => ("late_start", "最迟开始", "late start"),
        Field::LateFinish => ("late_finish", "最迟完成", "late finish"),
        Field::TotalFloat => ("total_float", "总时差", "total float"),
        Field::FreeFloat => ("free_float", "自由时差", "free float"),
        Field::Critical => ("critical", "关键", "critical"),
        Field::LongestPath => ("longest_path", "最长路径", "longest path"),
        Field::StoredStart => ("stored_start", "开始（文件）", "start (file)"),
        Field::StoredFinish => ("stored_finish", "完成（文件）", "finish (file)"),
        Field::StoredLateStart => ("stored_late_start", "最迟开始（文件）", "late start (file)"),
        Field::StoredLateFinish => ("stored_late_finish", "最迟完成（文件）", "late finish (file)"),
        Field::StoredFloat => ("stored_total_float", "总时差（文件）", "total float (file)"),
    }
}

pub(super) fn setting(setting: Setting) -> Named {
    match setting {
        Setting::DataDate => ("data_date", "数据日期", "data date"),
        Setting::MustFinish => ("must_finish", "必须完成日期", "must finish by"),
        Setting::Start => ("start", "项目开始", "project start"),
        Setting::Id => ("id", "项目编号", "project id"),
        Setting::Name => ("name", "项目名称", "project name"),
        Setting::Dialect => ("dialect", "计算规则", "rules"),
        Setting::From => ("schedule_from", "排程方向", "scheduled from"),
        Setting::Calendar => ("calendar", "项目日历", "project calendar"),
        Setting::LagCalendar => ("lag_calendar", "时距日历", "lag calendar"),
        Setting::Progress => ("progress", "进展工作的逻辑", "logic of started work"),
        Setting::TotalFloat => ("total_float", "总时差算法", "total float as"),
        Setting::Critical => ("critical", "关键判据", "critical by"),
        Setting::CriticalFloat => ("critical_float", "关键时差上限", "critical float up to"),
        Setting::HonorConstraints => ("honor_constraints", "限制条件优先", "constraints win"),
        Setting::SplitInProgress => ("split_in_progress", "拆分进行中的任务", "split started tasks"),
        Setting::MultipleCriticalPaths => ("multiple_critical_paths", "多条关键路径", "several critical paths"),
        Setting::OpenEndedCritical => ("open_ended_critical", "开口工作为关键", "open ends critical"),
        Setting::UseExpectedFinish => ("use_expected_finish", "采用期望完成", "expected finishes hold"),
        Setting::SsLagFromEarlyStart => ("ss_lag_from_early_start", "开始时距自最早开始起", "start lags from early start"),
        Setting::IgnoreExternal => ("ignore_external", "忽略其他项目的关系", "other projects ignored"),
        Setting::MinutesPerDay => ("minutes_per_day", "每天分钟数", "minutes a day"),
        Setting::MinutesPerWeek => ("minutes_per_week", "每周分钟数", "minutes a week"),
    }
}
