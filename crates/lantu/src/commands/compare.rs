//! `lantu compare`: what changed between two versions of a schedule file, and what of it to ask about.
use crate::{
    difference, losses,
    outcome::{self, Outcome, Stop},
    plans::{self, Said, Unread},
    tongue::Tongue,
};
use clap::Args;
use lantu_planfile::{Plan, PlanFile, Version, compare_versions};
use serde_json::{Value, json};
use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

#[derive(Args)]
pub struct Compare {
    /// The earlier version: .xer or .xml of P6, .xml of MS Project, .json
    #[arg(id = "old_version", value_name = "OLD")]
    old: PathBuf,
    /// The later version; its format may be another
    #[arg(id = "new_version", value_name = "NEW")]
    new: PathBuf,
    /// Which of the files' projects, by its id
    #[arg(long, value_name = "ID")]
    project: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Compare {
    pub fn run(&self, tongue: Tongue) -> Result<Outcome, Stop> {
        let read = |path: &PathBuf| self.read(path, tongue);
        let (old, old_at) = match read(&self.old) {
            Ok(read) => read,
            Err(unread) => return unread.tell(&self.old, self.json, tongue),
        };
        let (new, new_at) = match read(&self.new) {
            Ok(read) => read,
            Err(unread) => return unread.tell(&self.new, self.json, tongue),
        };
        let old = match dated(&old.plans[old_at], tongue) {
            Ok(version) => version,
            Err(unread) => return unread.tell(&self.old, self.json, tongue),
        };
        let new = match dated(&new.plans[new_at], tongue) {
            Ok(version) => version,
            Err(unread) => return unread.tell(&self.new, self.json, tongue),
        };
        self.answer(&old, &new, tongue);
        Ok(Outcome::Done)
    }

    fn read(&self, path: &Path, tongue: Tongue) -> Result<(PlanFile, usize), Unread> {
        let file = plans::read(path, tongue)?;
        let at = plans::choose(&file, self.project.as_deref(), tongue)?;
        Ok((file, at))
    }

    fn answer(&self, old: &Version<'_>, new: &Version<'_>, tongue: Tongue) {
        let found = compare_versions(old, new);
        if self.json {
            let mut answer = found.to_json(old.plan, new.plan, plans::inner(tongue));
            answer["old"] = about(old, tongue);
            answer["new"] = about(new, tongue);
            outcome::print(&format!("{answer}\n"));
            return;
        }
        let terminal = std::io::stdout().is_terminal();
        outcome::print(&difference::in_words(&found, old.plan, new.plan, terminal, tongue));
        for (path, version) in [(&self.old, old), (&self.new, new)] {
            tell_losses(path, version.plan, tongue);
        }
    }
}

fn dated<'a>(plan: &'a Plan, tongue: Tongue) -> Result<Version<'a>, Unread> {
    let (network, schedule) = plans::dates(plan, tongue)?;
    Ok(Version { plan, network, schedule })
}

/// What a version is of itself.
fn about(version: &Version<'_>, tongue: Tongue) -> Value {
    let plan = version.plan;
    let losses: Vec<Said> = plan.losses.iter().map(|l| Said::of_loss(l, tongue)).collect();
    let activities = plan.activities.iter().filter(|a| !a.is_summary()).count();
    let data_date = plan.options.data_date.map(|d| format!("{d:#}"));
    json!({"id": plan.id, "name": plan.name, "activities": activities, "links": plan.links.len(),
        "data_date": data_date, "finish": format!("{:#}", version.schedule.finish), "losses": losses})
}

fn tell_losses(path: &Path, plan: &Plan, tongue: Tongue) {
    let losses: Vec<Said> = plan.losses.iter().map(|l| Said::of_loss(l, tongue)).collect();
    let (n, file) = (losses.len(), path.display());
    if n > 0 {
        let (zh, en) = (format!("{file} 中有 {n} 处未能照原样读取："), format!("not read as it stands in {file} ({n}):"));
        eprintln!("{}", tongue.say(&zh, &en));
        losses::tell(&losses, tongue);
    }
}
