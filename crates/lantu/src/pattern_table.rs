//! A pattern with its dates as a table on a terminal, and what it comes to.
use crate::{columns, tongue::Tongue};
use lantu_model::words::Lang;
use lantu_pack::{Clock, Facts, Limit, LimitMark, LimitUnit, Milestone, Pack, Pattern, PatternActivity};
use lantu_rules::pattern::{Dated, Landmark, PatternDates, Steps};
use std::fmt::Write as _;

/// A pattern, what is left of it, and its dates.
pub struct Told<'a> {
    pub pack: &'a Pack,
    pub pattern: &'a Pattern,
    pub steps: &'a Steps<'a>,
    pub dates: &'a PatternDates<'a>,
    pub facts: &'a Facts,
}

impl Told<'_> {
    /// The names of the departments that answer for a step.
    pub fn departments(&self, step: &PatternActivity, lang: Lang) -> Vec<String> {
        // The pack is checked: a department has words.
        step.department.iter().map(|key| self.pack.department_words(key).map_or(key.as_str(), |w| w.in_lang(lang)).to_owned()).collect()
    }
}

/// The facts of a step's condition that are not known.
pub fn missing<'a>(step: &'a PatternActivity, facts: &Facts) -> Vec<&'a str> {
    let asked = step.when.iter().flat_map(|when| when.tests()).map(|(key, _)| key);
    asked.filter(|key| facts.get(key).is_none()).collect()
}

pub fn in_words(told: &Told<'_>, tongue: Tongue) -> String {
    let Told { pattern, dates, .. } = told;
    let lang = tongue.0;
    let mut out = format!("{} {}\n\n", pattern.key, pattern.words.in_lang(lang));
    out.push_str(&table(told, tongue));
    out.push('\n');
    for landmark in &dates.landmarks {
        out.push_str(&reached(landmark, dates, tongue));
    }
    let (finish, n) = (dates.finish, dates.finish_offset);
    let _ = writeln!(out, "{}", tongue.say(&format!("全部完成:{finish}({n} 个工作日)"), &format!("Finish: {finish} ({n} working days)")));
    out.push_str(&remarks(told, tongue));
    out
}

fn table(told: &Told<'_>, tongue: Tongue) -> String {
    const HEAD: [(&str, &str); 10] = [
        ("编号", "id"),
        ("事项", "activity"),
        ("负责单位", "department"),
        ("计时归属", "clock"),
        ("工作日", "days"),
        ("时限", "limit"),
        ("开始", "start"),
        ("完成", "finish"),
        ("总时差", "float"),
        ("关键", "critical"),
    ];
    let mut rows = vec![HEAD.map(|(zh, en)| tongue.say(zh, en).to_owned()).to_vec()];
    rows.extend(told.dates.rows.iter().map(|row| line(row, told, tongue)));
    columns::lay_out(&rows, &[4, 8])
}

fn line(row: &Dated<'_>, told: &Told<'_>, tongue: Tongue) -> Vec<String> {
    let step = row.activity;
    let mut departments = told.departments(step, tongue.0).join(tongue.say("、", ", "));
    if let Some(party) = &step.party {
        let _ = write!(departments, " ({})", party.in_lang(tongue.0));
    }
    let (zh, en) = clock(step.clock);
    vec![
        columns::clean(&step.id),
        columns::cut(&columns::clean(step.words.in_lang(tongue.0)), 44),
        columns::cut(&columns::clean(&departments), 40),
        tongue.say(zh, en).to_owned(),
        step.days.to_string(),
        step.limit.map(|l| limit(l, tongue)).unwrap_or_default(),
        row.early_start.to_string(),
        row.early_finish.to_string(),
        row.total_float.to_string(),
        if row.critical { tongue.say("是", "yes").to_owned() } else { String::new() },
    ]
}

fn clock(clock: Clock) -> (&'static str, &'static str) {
    match clock {
        Clock::Government => ("政府", "government"),
        Clock::GovernmentCommissioned => ("政府委托", "commissioned"),
        Clock::Utility => ("公用事业", "utility"),
        Clock::OwnerCommissioned => ("业主委托", "owner's institute"),
        Clock::Owner => ("业主", "owner"),
        Clock::Contractor => ("施工单位", "contractor"),
        Clock::Milestone => ("节点", "milestone"),
    }
}

fn limit(limit: Limit, tongue: Tongue) -> String {
    let n = limit.days.unwrap_or_default();
    let days = match limit.unit {
        LimitUnit::Wd => tongue.say(&format!("{n} 工作日"), &format!("{n} wd")).to_owned(),
        LimitUnit::Cd => tongue.say(&format!("{n} 日"), &format!("{n} cd")).to_owned(),
        LimitUnit::Instant => tongue.say("即办", "at once").to_owned(),
    };
    days + limit.mark.map(sign).unwrap_or_default()
}

fn sign(mark: LimitMark) -> &'static str {
    match mark {
        LimitMark::FromMemory => "*",
        LimitMark::CompletionBudget => "†",
        LimitMark::CountyList => "‡",
    }
}

fn milestone(milestone: Milestone) -> (&'static str, &'static str) {
    match milestone {
        Milestone::Start => ("开工", "Start of works"),
        Milestone::Completion => ("竣工", "Completion"),
        Milestone::Production => ("投产(投用)", "In production or use"),
        Milestone::Capacity => ("达产", "At capacity"),
        Milestone::Handover => ("移交", "Handover"),
        Milestone::Closed => ("销号", "Closed out"),
    }
}

/// A milestone's day, and the steps that drive it.
fn reached(landmark: &Landmark, dates: &PatternDates<'_>, tongue: Tongue) -> String {
    let ids: Vec<&str> = landmark.path.iter().map(|at| dates.rows[*at].activity.id.as_str()).collect();
    let (path, day, n) = (ids.join(" → "), landmark.day, landmark.offset);
    let (zh, en) = milestone(landmark.milestone);
    let mut zh = format!("{zh}:{day}(第 {n} 个工作日");
    let mut en = format!("{en}: {day} (working day {n}");
    if landmark.milestone == Milestone::Start {
        let approval = dates.approval_days(n);
        let _ = write!(zh, ",其中审批计时 {approval} 天");
        let _ = write!(en, ", approval clocks run on {approval} of them");
    }
    let _ = writeln!(zh, ")\n    决定日期的:{path}");
    let _ = writeln!(en, ")\n    driven by: {path}");
    tongue.say(&zh, &en).to_owned()
}

/// What was left out, what could not be decided, what is not certain.
fn remarks(told: &Told<'_>, tongue: Tongue) -> String {
    let (mut zh, mut en) = (String::new(), String::new());
    let left: Vec<&str> = told.steps.left_out.iter().map(|l| l.activity.id.as_str()).collect();
    if !left.is_empty() {
        let _ = writeln!(zh, "不办的:{}", left.join("、"));
        let _ = writeln!(en, "Left out: {}", left.join(", "));
    }
    for at in &told.steps.undecided {
        let step = told.steps.needed[*at];
        let missing = missing(step, told.facts);
        let _ = writeln!(zh, "{} 先按要办排;知道以下情况后再定:{}", step.id, missing.join("、"));
        let _ = writeln!(en, "{} is kept until it is known: {}", step.id, missing.join(", "));
    }
    let marked = |mark| told.dates.rows.iter().any(|r| r.activity.limit.is_some_and(|l| l.mark == Some(mark)));
    for (mark, said_zh, said_en) in [
        (LimitMark::FromMemory, "据记忆,引用前请核对", "from memory: look it up before quoting"),
        (LimitMark::CompletionBudget, "竣工环节总时限的一部分", "part of a promise for completion as a whole"),
        (LimitMark::CountyList, "县级清单", "a county's own list"),
    ] {
        if marked(mark) {
            let _ = writeln!(zh, "{} {said_zh}", sign(mark));
            let _ = writeln!(en, "{} {said_en}", sign(mark));
        }
    }
    if told.dates.provisional {
        zh.push_str("有的日期在放假安排尚未公布的年份,为暂定\n");
        en.push_str("Some dates lie in years whose holidays have not been announced: they are provisional\n");
    }
    tongue.say(&zh, &en).to_owned()
}
