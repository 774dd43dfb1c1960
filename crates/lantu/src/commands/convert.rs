//! `lantu convert`: a schedule file in another format, with a report of what that format cannot hold.
use crate::{
    losses,
    outcome::{self, Outcome, Stop},
    plans::{self, Said, Target, Unread},
    tongue::Tongue,
};
use clap::{Args, ValueEnum};
use lantu_planfile::{Format, Loss, Plan, PlanFile};
use serde_json::json;
use std::path::PathBuf;

#[derive(Args)]
pub struct Convert {
    /// The schedule: .xer or .xml of P6, .xml of MS Project, .json
    #[arg(id = "schedule_file", value_name = "IN")]
    input: PathBuf,
    /// Where to write: .xer, .xml or .json
    #[arg(id = "converted_file", value_name = "OUT")]
    out: PathBuf,
    /// As what to write [default: by the ending of OUT; .xml in the way of the program that made IN]
    #[arg(long, value_name = "FORMAT")]
    to: Option<To>,
    /// Which of the file's projects, by its id
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// OUT may be IN itself
    #[arg(long)]
    force: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// A format to write.
#[derive(Clone, Copy, ValueEnum)]
pub enum To {
    /// Primavera's table text
    Xer,
    /// Primavera's XML
    Pmxml,
    /// Microsoft Project's XML
    Mspdi,
    /// One project in minutes
    Json,
}

/// What was done.
struct Report {
    from: Format,
    to: Format,
    projects: usize,
    activities: usize,
    links: usize,
    computed: bool,
    losses: Vec<Loss>,
}

impl Convert {
    pub fn run(&self, tongue: Tongue) -> Result<Outcome, Stop> {
        match self.convert(tongue) {
            Ok(report) => {
                self.print(&report, tongue);
                Ok(Outcome::Done)
            }
            Err(unread) => unread.tell(&self.input, self.json, tongue),
        }
    }

    fn convert(&self, tongue: Tongue) -> Result<Report, Unread> {
        let mut file = plans::read(&self.input, tongue)?;
        let format = self.to.map(Format::from);
        let target = Target { input: &self.input, out: &self.out, format, overwrite_input: self.force, force_offered: true };
        let to = plans::target_format(&file, &target, tongue)?;
        if self.project.is_some() || !to.holds_several() {
            let chosen = plans::choose(&file, self.project.as_deref(), tongue)?;
            file.keep_only(chosen);
        }
        let computed = to != Format::Json && dated(&mut file, tongue)?;
        let mut losses: Vec<Loss> = file.plans.iter().flat_map(|p| p.losses.iter().cloned()).collect();
        losses.extend(plans::write(&file, to, &target, tongue)?.losses);
        let count = |of: fn(&Plan) -> usize| file.plans.iter().map(of).sum();
        let activities = count(|p| p.activities.iter().filter(|a| !a.is_summary()).count());
        let links = count(|p| p.links.len());
        Ok(Report { from: file.format, to, projects: file.plans.len(), activities, links, computed, losses })
    }

    fn print(&self, report: &Report, tongue: Tongue) {
        let Report { from, to, projects, activities, links, computed, .. } = report;
        let said: Vec<Said> = report.losses.iter().map(|l| Said::of_loss(l, tongue)).collect();
        if self.json {
            let (from, to) = (from.name(), to.name());
            let report = json!({"from": from, "to": to, "projects": projects, "activities": activities, "links": links, "dates_computed": computed, "losses": said});
            outcome::print(&format!("{report}\n"));
            return;
        }
        let (from, to, out) = (from.name(), to.name(), self.out.display());
        let zh = format!("已写出 {out}（{from} → {to}）：项目 {projects} 个，工作 {activities} 项，关系 {links} 条");
        let en = format!("wrote {out} ({from} → {to}); projects: {projects}, activities: {activities}, links: {links}");
        outcome::print(&format!("{}\n", tongue.say(&zh, &en)));
        if *computed {
            eprintln!("{}", tongue.say("原文件没有日期，已按网络计算", "the file had no dates: they are computed"));
        }
        let n = said.len();
        match n {
            0 => eprintln!("{}", tongue.say("没有丢失内容", "nothing is lost")),
            _ => eprintln!("{}", tongue.say(&format!("有 {n} 处未能照原样保留："), &format!("not kept as it was ({n}):"))),
        }
        losses::tell(&said, tongue);
    }
}

/// Computes the dates of plans that store none; whether there were any.
fn dated(file: &mut PlanFile, tongue: Tongue) -> Result<bool, Unread> {
    let mut computed = false;
    for plan in file.plans.iter_mut().filter(|p| !p.has_dates()) {
        let (_, schedule) = plans::dates(plan, tongue)?;
        plan.stored.iter_mut().zip(&schedule.rows).for_each(|(stored, row)| stored.take(row));
        computed = true;
    }
    Ok(computed)
}

impl From<To> for Format {
    fn from(to: To) -> Self {
        match to {
            To::Xer => Self::Xer,
            To::Pmxml => Self::Pmxml,
            To::Mspdi => Self::Mspdi,
            To::Json => Self::Json,
        }
    }
}
