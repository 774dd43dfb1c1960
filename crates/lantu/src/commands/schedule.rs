//! `lantu schedule`: the dates of a schedule file, as P6 or MS Project compute them.
use super::quality;
use crate::{
    losses,
    outcome::{self, Outcome, Stop},
    plans::{self, Said, Target, Unread},
    timetable::{self, Beside},
    tongue::Tongue,
};
use clap::{Args, ValueEnum};
use lantu_planfile::{Plan, PlanFile, answer};
use lantu_schedule::{ActivityIx, Dialect, Finding, Network, Schedule, Why, longest_path, why};
use serde_json::json;
use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

/// So many steps of a reason are shown on a terminal; a file or a pipe gets all.
const STEPS: usize = 30;

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
    /// Why an activity stands where it stands: its uid, or its id in the table
    #[arg(long, value_name = "UID", allow_hyphen_values = true)]
    why: Option<String>,
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

impl From<Rules> for Dialect {
    fn from(rules: Rules) -> Self {
        match rules {
            Rules::P6 => Self::P6,
            Rules::Msp => Self::MsProject,
        }
    }
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
            plan.options.dialect = rules.into();
        }
        let (network, schedule) = plans::dates(&file.plans[at], tongue)?;
        Ok(Dated { file, at, network, schedule })
    }

    fn answer(&self, mut dated: Dated, tongue: Tongue) -> Result<Outcome, Stop> {
        let asked = match &self.why {
            None => None,
            Some(who) => match plans::find(dated.plan(), who, "--why", tongue) {
                Ok(at) => Some(why(&dated.network, &dated.schedule, at)),
                Err(unread) => return unread.tell(&self.file, self.json, tongue),
            },
        };
        let findings = self.quality.then(|| quality::of(dated.plan(), &dated.network, &dated.schedule));
        outcome::print(&match (self.json, findings) {
            (true, findings) => dated.as_json(asked.as_ref(), findings.as_deref(), tongue) + "\n",
            (false, Some(findings)) => quality::in_words(&findings, dated.plan(), tongue),
            (false, None) => dated.in_words(asked, tongue),
        });
        if !self.json {
            plans::tell_losses(dated.plan(), tongue);
        }
        match &self.output {
            None => Ok(Outcome::Done),
            Some(out) => self.write(&mut dated, out, tongue),
        }
    }

    /// The file with the computed dates in place of the stored ones.
    fn write(&self, dated: &mut Dated, out: &Path, tongue: Tongue) -> Result<Outcome, Stop> {
        let plan = &mut dated.file.plans[dated.at];
        plan.stored.iter_mut().zip(&dated.schedule.rows).for_each(|(stored, row)| stored.take(row));
        let target = Target { input: &self.file, out, format: None, overwrite_input: false, force_offered: false };
        let written = plans::target_format(&dated.file, &target, tongue).and_then(|format| {
            if !format.holds_several() {
                dated.file.keep_only(dated.at);
            }
            plans::write(&dated.file, format, &target, tongue)
        });
        match written {
            Ok(written) => {
                let losses: Vec<Said> = written.losses.iter().map(|l| Said::of_loss(l, tongue)).collect();
                let out = out.display();
                eprintln!("{}", tongue.say(&format!("已写出 {out}"), &format!("wrote {out}")));
                losses::tell(&losses, tongue);
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

    fn as_json(&self, asked: Option<&Why>, findings: Option<&[Finding]>, tongue: Tongue) -> String {
        let longest = longest_path(&self.network, &self.schedule);
        let dates = answer(self.plan(), &self.schedule, |at| longest.get(at).is_some_and(|on| *on));
        let beside = Beside::of(self.plan(), &self.network, &self.schedule);
        let mut more = vec![
            ("stored", json!({"agree": beside.agree, "differ": beside.differ.len()})),
            ("losses", json!(plans::losses(self.plan(), tongue))),
        ];
        more.extend(asked.map(|why| ("why", super::why::as_json(why, self.plan()))));
        more.extend(findings.map(|findings| ("quality", quality::as_json(findings))));
        // The answer is one object; what else there is to say becomes keys of it.
        let open = dates.trim_end().strip_suffix('}').unwrap_or_default();
        let more: String = more.iter().map(|(key, value)| format!(",\"{key}\":{value}")).collect();
        format!("{open}{more}}}")
    }

    fn in_words(&self, asked: Option<Why>, tongue: Tongue) -> String {
        let (plan, terminal) = (self.plan(), std::io::stdout().is_terminal());
        if let Some(why) = asked {
            return said(if terminal { shortened(why) } else { why }, plan, tongue);
        }
        let beside = Beside::of(plan, &self.network, &self.schedule);
        timetable::in_words(plan, &self.schedule, terminal, tongue) + &beside.in_words(plan, tongue)
    }
}

fn shortened(mut why: Why) -> Why {
    why.cut |= why.early.len().max(why.late.len()) > STEPS;
    why.early.truncate(STEPS);
    why.late.truncate(STEPS);
    why
}

fn said(why: Why, plan: &Plan, tongue: Tongue) -> String {
    let named = |at: ActivityIx| timetable::named(plan, at.at());
    if why.early.is_empty() && why.late.is_empty() {
        let who = named(why.activity);
        let zh = format!("“{who}”不参与排程：已停用，或下面没有工作。\n");
        let en = format!("“{who}” takes no part in the schedule: it is inactive, or nothing stands under it.\n");
        return tongue.say(&zh, &en).to_owned();
    }
    why.say(plans::inner(tongue), &named) + "\n"
}
