//! `lantu schedule`: the dates of a schedule file, as P6 or MS Project compute them.
use super::quality;
use crate::{
    columns,
    outcome::{self, Outcome, Stop},
    plans::{self, Said, Target, Unread},
    tongue::Tongue,
};
use clap::{Args, ValueEnum};
use lantu_planfile::{Plan, PlanFile, answer};
use lantu_schedule::{ActivityIx, Dialect, Finding, Instant, Network, Row, Schedule, Span, Why, longest_path, why};
use std::path::{Path, PathBuf};

/// So many differences from the stored dates are shown.
const DIFFERENCES: usize = 8;
/// Dates closer than this in working time are one: MS Project keeps tenths of a minute.
const SAME: i64 = 17;

#[derive(Args)]
pub struct ScheduleFile {
    /// The schedule: .xer or .xml of P6, .xml of MS Project, .json
    #[arg(id = "schedule_file", value_name = "FILE")]
    file: PathBuf,
    /// Which of the file's projects, by its id
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// Whose rules decide [default: those of the program that made the file]
    #[arg(long)]
    dialect: Option<Rules>,
    /// Why the activity of this uid stands where it stands
    #[arg(long, value_name = "UID")]
    why: Option<i64>,
    /// How sound the schedule is: the fourteen points and more
    #[arg(long, conflicts_with = "why")]
    quality: bool,
    /// Write the file with these dates
    #[arg(long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Whose rules.
#[derive(Clone, Copy, ValueEnum)]
pub enum Rules {
    /// Oracle Primavera P6
    P6,
    /// Microsoft Project
    Msp,
}

/// What was computed.
struct Dated {
    file: PlanFile,
    at: usize,
    network: Network,
    schedule: Schedule,
}

impl ScheduleFile {
    pub fn run(&self, tongue: Tongue) -> Result<Outcome, Stop> {
        match self.dated(tongue) {
            Ok(dated) => self.answer(dated, tongue),
            Err(unread) => unread.tell(&self.file, self.json, tongue),
        }
    }

    fn dated(&self, tongue: Tongue) -> Result<Dated, Unread> {
        let mut file = plans::read(&self.file, tongue)?;
        let at = plans::choose(&file, self.project.as_deref(), tongue)?;
        if let (Some(rules), Some(plan)) = (self.dialect, file.plans.get_mut(at)) {
            plan.options.dialect = match rules {
                Rules::P6 => Dialect::P6,
                Rules::Msp => Dialect::MsProject,
            };
        }
        let (network, schedule) = plans::dates(&file.plans[at], tongue)?;
        Ok(Dated { file, at, network, schedule })
    }

    fn answer(&self, mut dated: Dated, tongue: Tongue) -> Result<Outcome, Stop> {
        let asked = match self.why {
            None => None,
            Some(uid) => match dated.find(uid, tongue) {
                Ok(at) => Some(why(&dated.network, &dated.schedule, at)),
                Err(unread) => return unread.tell(&self.file, self.json, tongue),
            },
        };
        let findings = self.quality.then(|| quality::of(dated.plan(), &dated.network, &dated.schedule));
        outcome::print(&match (self.json, findings) {
            (true, findings) => dated.as_json(asked.as_ref(), findings.as_deref()) + "\n",
            (false, Some(findings)) => quality::in_words(&findings, dated.plan(), tongue),
            (false, None) => dated.in_words(asked.as_ref(), tongue),
        });
        match &self.output {
            None => Ok(Outcome::Done),
            Some(out) => self.write(&mut dated, out, tongue),
        }
    }

    /// The file with the computed dates in place of the stored ones.
    fn write(&self, dated: &mut Dated, out: &Path, tongue: Tongue) -> Result<Outcome, Stop> {
        let plan = &mut dated.file.plans[dated.at];
        plan.stored.iter_mut().zip(&dated.schedule.rows).for_each(|(stored, row)| stored.take(row));
        let target = Target { input: &self.file, out, format: None, overwrite_input: false };
        let written = plans::target_format(&dated.file, &target, tongue).and_then(|format| {
            if !format.holds_several() {
                dated.file.keep_only(dated.at);
            }
            plans::write(&dated.file, format, &target, tongue)
        });
        match written {
            Ok(written) => {
                let losses: Vec<Said> = written.losses.iter().map(|l| Said::of_loss(l, tongue)).collect();
                plans::tell_losses(&losses, tongue);
                Ok(Outcome::Done)
            }
            // The answer, if JSON, is on stdout already.
            Err(unread) => unread.tell(out, false, tongue),
        }
    }
}

impl Dated {
    fn plan(&self) -> &Plan {
        &self.file.plans[self.at]
    }

    /// The activity of a uid, else the summary row.
    fn find(&self, uid: i64, tongue: Tongue) -> Result<ActivityIx, Unread> {
        let plan = self.plan();
        plan.find(uid, false).or_else(|| plan.find(uid, true)).ok_or_else(|| {
            let (zh, en) = (format!("没有 uid 为 {uid} 的工作"), format!("there is no activity with the uid {uid}"));
            let (place, message) = ("--why".to_owned(), tongue.say(&zh, &en).to_owned());
            Unread::Refused(vec![Said { code: "unknown_activity", place, found: uid.to_string(), message }])
        })
    }

    fn as_json(&self, asked: Option<&Why>, findings: Option<&[Finding]>) -> String {
        let longest = longest_path(&self.network, &self.schedule);
        let dates = answer(self.plan(), &self.schedule, |at| longest.get(at).is_some_and(|on| *on));
        let mut more = vec![];
        more.extend(asked.map(|why| ("why", super::why::as_json(why, self.plan()))));
        more.extend(findings.map(|findings| ("quality", quality::as_json(findings))));
        if more.is_empty() {
            return dates;
        }
        // The answer is one object; what else was asked for becomes a key of it.
        let open = dates.trim_end().strip_suffix('}').unwrap_or_default();
        let more: String = more.iter().map(|(key, value)| format!(",\"{key}\":{value}")).collect();
        format!("{open}{more}}}")
    }

    fn in_words(&self, asked: Option<&Why>, tongue: Tongue) -> String {
        let (plan, schedule) = (self.plan(), &self.schedule);
        if let Some(why) = asked {
            return why.say(plans::inner(tongue), &|at| named(plan, at.at())) + "\n";
        }
        let losses: Vec<Said> = plan.losses.iter().map(|l| Said::of_loss(l, tongue)).collect();
        plans::tell_losses(&losses, tongue);
        let (table, totals) = (table(plan, schedule, tongue), totals(plan, schedule, tongue));
        format!("{table}{totals}\n{}", differences(plan, &self.network, schedule, tongue))
    }
}

/// A row's code and name, else its uid.
fn named(plan: &Plan, at: usize) -> String {
    let said = plan.labels.get(at).map(|l| format!("{} {}", l.code, l.name).trim().to_owned()).filter(|n| !n.is_empty());
    said.unwrap_or_else(|| plan.activities.get(at).map(|a| a.uid.to_string()).unwrap_or_default())
}

/// Every row with its dates; what a summary row sums up stands further in.
fn table(plan: &Plan, schedule: &Schedule, tongue: Tongue) -> String {
    let head = [("编号", "id"), ("名称", "name"), ("开始", "start"), ("完成", "finish"), ("总时差", "float"), ("关键", "critical")];
    let mut rows = vec![head.map(|(zh, en)| tongue.say(zh, en).to_owned()).to_vec()];
    for (at, (activity, row)) in plan.activities.iter().zip(&schedule.rows).enumerate() {
        let label = plan.labels.get(at);
        let code = label.map(|l| l.code.clone()).filter(|c| !c.is_empty()).unwrap_or_else(|| activity.uid.to_string());
        let name = label.map(|l| l.name.as_str()).unwrap_or_default();
        let indent = "  ".repeat(depth(plan, at).min(8));
        let critical = if row.critical { tongue.say("是", "yes") } else { "" };
        rows.push(vec![
            code,
            indent + &columns::cut(name, 40),
            day_and_time(row.start),
            day_and_time(row.finish),
            days(row.total_float, plan, at, tongue),
            critical.to_owned(),
        ]);
    }
    columns::lay_out(&rows, &[4])
}

/// How many rows stand above one; a circle of parents is refused before there are dates.
fn depth(plan: &Plan, at: usize) -> usize {
    let above = |at: &usize| plan.activities.get(*at).and_then(|a| a.parent).map(|p| p.at());
    std::iter::successors(above(&at), above).take(plan.activities.len()).count()
}

fn day_and_time(at: Instant) -> String {
    at.to_string().replace('T', " ")
}

/// A float in days of the activity's calendar, as the file counts a day.
fn days(span: Span, plan: &Plan, at: usize, tongue: Tongue) -> String {
    let of_calendar = plan.activities.get(at).and_then(|a| plan.calendars.get(a.calendar.at())).and_then(|c| c.minutes_per_day);
    let per_day = of_calendar.unwrap_or(plan.units.minutes_per_day).max(1);
    let days = format!("{:.1}", span.as_minutes() / f64::from(per_day));
    let days = days.strip_suffix(".0").unwrap_or(&days);
    format!("{} {}", if days == "-0" { "0" } else { days }, tongue.say("天", "d"))
}

fn totals(plan: &Plan, schedule: &Schedule, tongue: Tongue) -> String {
    let rows = || plan.activities.iter().zip(&schedule.rows).filter(|(a, _)| !a.is_summary());
    let (all, critical) = (rows().count(), rows().filter(|(_, row)| row.critical).count());
    let finish = day_and_time(schedule.finish);
    let zh = format!("项目完成：{finish}；工作 {all} 项，其中关键 {critical} 项");
    let en = format!("Project finish {finish}; {all} activities, {critical} of them critical");
    tongue.say(&zh, &en).to_owned()
}

/// Where the dates are others than the file says: how many, and the first of them. Nothing for a file that says none.
fn differences(plan: &Plan, network: &Network, schedule: &Schedule, tongue: Tongue) -> String {
    let (mut said, mut other) = (0, vec![]);
    for (at, (activity, row)) in plan.activities.iter().zip(&schedule.rows).enumerate().filter(|(_, (a, _))| !a.is_summary()) {
        let Some(stored) = plan.stored.get(at) else { continue };
        let Some((start, finish)) = stored.start.zip(stored.finish) else { continue };
        said += 1;
        let calendar = network.calendars.get(activity.calendar.at());
        let same = |a: Instant, b: Instant| {
            let between = calendar.map_or(b - a, |c| c.work_between(a, b));
            a == b || between.as_seconds().abs() <= SAME
        };
        if !(same(start, row.start) && same(finish, row.finish)) {
            other.push((at, start, finish, *row));
        }
    }
    if said == 0 {
        return String::new();
    }
    let (n, agree) = (other.len(), said - other.len());
    let zh = format!("与文件所存日期相比：一致 {agree} 项，不同 {n} 项\n");
    let en = format!("Beside the dates that the file stores: {agree} agree, {n} differ\n");
    let mut out = tongue.say(&zh, &en).to_owned();
    out.push_str(&columns::lay_out(&other.iter().take(DIFFERENCES).map(|d| difference(plan, d, tongue)).collect::<Vec<_>>(), &[]));
    out
}

fn difference(plan: &Plan, (at, start, finish, row): &(usize, Instant, Instant, Row), tongue: Tongue) -> Vec<String> {
    let was = |from: Instant, to: Instant| format!("{} – {}", day_and_time(from), day_and_time(to));
    vec![
        format!("  {}", columns::cut(&named(plan, *at), 40)),
        format!("{} {}", tongue.say("文件", "stored"), was(*start, *finish)),
        format!("{} {}", tongue.say("计算", "computed"), was(row.start, row.finish)),
    ]
}
