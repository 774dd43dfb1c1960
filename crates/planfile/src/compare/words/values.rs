//! Values in words.
use crate::compare::{Tie, Value};
use lantu_calendar::Span;
use lantu_schedule::{Constraint, ConstraintKind, Lag, LinkKind, Tongue};

pub(super) fn say(value: &Value, tongue: Tongue, minutes_per_day: u32) -> String {
    match value {
        Value::None => "–".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Time(at) => at.to_string().replace('T', " "),
        Value::Length(span) => days(*span, tongue, minutes_per_day),
        Value::Number(n) => number(*n, 2),
        Value::Flag(yes) => if *yes { tongue.pick("是", "yes") } else { tongue.pick("否", "no") }.to_owned(),
        Value::Dated(c) => dated(c, tongue),
        Value::Tied(tie) => tied(tie, tongue, minutes_per_day),
        Value::Word(code) => word(code, tongue).to_owned(),
    }
}

/// Up to so many decimals, none that say nothing.
fn number(n: f64, decimals: usize) -> String {
    let written = format!("{n:.decimals$}");
    let short = if written.contains('.') { written.trim_end_matches('0').trim_end_matches('.') } else { &written };
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

fn days(span: Span, tongue: Tongue, minutes_per_day: u32) -> String {
    let days = number(span.as_minutes() / f64::from(minutes_per_day.max(1)), 1);
    // Minutes are not nothing.
    let days = match span.as_seconds() {
        s if days == "0" && s > 0 => "<0.1".to_owned(),
        s if days == "0" && s < 0 => ">-0.1".to_owned(),
        _ => days,
    };
    format!("{days} {}", tongue.pick("天", "d"))
}

fn dated(c: &Constraint, tongue: Tongue) -> String {
    let date = c.date.to_string().replace('T', " ");
    let (before, after, english) = match c.kind {
        ConstraintKind::AsLateAsPossible => return tongue.pick("越晚越好", "as late as possible").to_owned(),
        ConstraintKind::StartNoEarlierThan => ("不得早于 ", " 开始", "start no earlier than"),
        ConstraintKind::StartNoLaterThan => ("不得晚于 ", " 开始", "start no later than"),
        ConstraintKind::FinishNoEarlierThan => ("不得早于 ", " 完成", "finish no earlier than"),
        ConstraintKind::FinishNoLaterThan => ("不得晚于 ", " 完成", "finish no later than"),
        ConstraintKind::StartOn => ("开始于 ", "", "start on"),
        ConstraintKind::FinishOn => ("完成于 ", "", "finish on"),
        ConstraintKind::MustStartOn => ("必须开始于 ", "", "must start on"),
        ConstraintKind::MustFinishOn => ("必须完成于 ", "", "must finish on"),
    };
    match tongue {
        Tongue::Chinese => format!("{before}{date}{after}"),
        Tongue::English => format!("{english} {date}"),
    }
}

/// As JSON files name it.
pub(crate) fn constraint_code(kind: ConstraintKind) -> &'static str {
    match kind {
        ConstraintKind::AsLateAsPossible => "AS_LATE_AS_POSSIBLE",
        ConstraintKind::StartNoEarlierThan => "START_NO_EARLIER_THAN",
        ConstraintKind::StartNoLaterThan => "START_NO_LATER_THAN",
        ConstraintKind::FinishNoEarlierThan => "FINISH_NO_EARLIER_THAN",
        ConstraintKind::FinishNoLaterThan => "FINISH_NO_LATER_THAN",
        ConstraintKind::StartOn => "START_ON",
        ConstraintKind::FinishOn => "FINISH_ON",
        ConstraintKind::MustStartOn => "MUST_START_ON",
        ConstraintKind::MustFinishOn => "MUST_FINISH_ON",
    }
}

/// As planners write it.
pub(crate) fn link_kind(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::FinishStart => "FS",
        LinkKind::StartStart => "SS",
        LinkKind::FinishFinish => "FF",
        LinkKind::StartFinish => "SF",
    }
}

fn tied(tie: &Tie, tongue: Tongue, minutes_per_day: u32) -> String {
    let signed = |n: f64, text: String| if n > 0.0 { format!("+{text}") } else { text };
    let lag = match tie.lag {
        Lag::Work(span) if span.is_zero() => String::new(),
        Lag::Work(span) => signed(span.as_minutes(), days(span, tongue, minutes_per_day)),
        Lag::Elapsed(span) if span.is_zero() => String::new(),
        Lag::Elapsed(span) => {
            let days = number(span.as_minutes() / 1440.0, 1);
            signed(span.as_minutes(), format!("{days} {}", tongue.pick("日历天", "elapsed d")))
        }
        Lag::Percent(percent) | Lag::ElapsedPercent(percent) => signed(f64::from(percent), format!("{}%", number(percent.into(), 1))),
    };
    format!("{}{lag}", link_kind(tie.kind))
}

fn word(code: &'static str, tongue: Tongue) -> &'static str {
    let (chinese, english) = match code {
        "task" => ("任务", "task"),
        "resource_dependent" => ("资源相关", "resource dependent"),
        "start_milestone" => ("开始里程碑", "start milestone"),
        "finish_milestone" => ("完成里程碑", "finish milestone"),
        "level_of_effort" => ("支持性工作", "level of effort"),
        "wbs_summary" => ("WBS 汇总", "WBS summary"),
        "summary" => ("汇总", "summary"),
        "p6" => ("P6", "P6"),
        "msp" => ("MS Project", "MS Project"),
        "from_start" => ("自开始日期", "the start"),
        "from_finish" => ("自完成日期", "the finish"),
        "start_float" => ("开始时差", "start float"),
        "finish_float" => ("完成时差", "finish float"),
        "smallest_float" => ("两者中较小者", "the smaller of both"),
        "longest_path" => ("最长路径", "the longest path"),
        "float" => ("总时差", "total float"),
        "of_predecessor" => ("前置工作的日历", "the predecessor's"),
        "of_successor" => ("后续工作的日历", "the successor's"),
        "of_project" => ("项目日历", "the project's"),
        "by_the_clock" => ("24 小时", "24 hours"),
        "retained_logic" => ("保留逻辑", "retained logic"),
        "progress_override" => ("进度覆盖", "progress override"),
        "actual_dates" => ("实际日期", "actual dates"),
        _ => (code, code),
    };
    tongue.pick(chinese, english)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_planners_write_them() {
        let say = |value: Value, tongue| say(&value, tongue, 480);
        assert_eq!(say(Value::Length(Span::hours(20)), Tongue::English), "2.5 d");
        assert_eq!(say(Value::Length(Span::minutes(-1)), Tongue::Chinese), ">-0.1 天");
        let tie = |lag| Value::Tied(Tie { kind: LinkKind::StartStart, lag });
        assert_eq!(say(tie(Lag::Work(Span::hours(-16))), Tongue::English), "SS-2 d");
        assert_eq!(say(tie(Lag::Elapsed(Span::hours(48))), Tongue::Chinese), "SS+2 日历天");
        assert_eq!(say(tie(Lag::Percent(50.0)), Tongue::English), "SS+50%");
        let by = Constraint { kind: ConstraintKind::FinishNoLaterThan, date: "2026-03-02T17:00".parse().unwrap() };
        assert_eq!(say(Value::Dated(by), Tongue::Chinese), "不得晚于 2026-03-02 17:00 完成");
        assert_eq!((say(Value::Number(100.0), Tongue::English), say(Value::None, Tongue::English)), ("100".into(), "–".into()));
    }
}
