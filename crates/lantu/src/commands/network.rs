//! `lantu network`: a pack's pattern scheduled from a day.
use super::pack;
use crate::{
    outcome::{self, Outcome, Stop},
    pattern_table::{self, Told},
    tongue::Tongue,
};
use clap::Args;
use jiff::civil::Date;
use lantu_model::words::Lang;
use lantu_pack::{FactKind, Facts, Pack, PackProblem, Pattern, embedded, embedded_names, pretty};
use lantu_rules::pattern::{Dated, Landmark, LeftOut, PatternDates, Steps, steps};
use serde_json::{Map, Value, json};
use std::path::Path;

#[derive(Args)]
pub struct PatternNetwork {
    /// The pattern, such as MFG
    #[arg(value_name = "PATTERN")]
    pattern: String,
    /// A pack's name, or its folder
    #[arg(id = "pattern_pack", long = "pack", value_name = "NAME", default_value = "cn-county")]
    pack: String,
    /// The first day: YYYY-MM-DD
    #[arg(long, value_name = "DAY")]
    start: Date,
    /// Activities to leave out, by their ids
    #[arg(long, value_name = "ID", num_args = 1.., value_delimiter = ',')]
    without: Vec<String>,
    /// What is known of the project: KEY=VALUE, such as energy_tce=800 or civil_works=no
    #[arg(long, value_name = "KEY=VALUE")]
    fact: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A pack that was asked for, or what is wrong with it.
enum Found {
    Sound(Box<Pack>),
    Broken(Vec<PackProblem>),
}

impl PatternNetwork {
    pub fn run(&self, tongue: Tongue) -> Result<Outcome, Stop> {
        let pack = match find(&self.pack)? {
            Found::Sound(pack) => pack,
            Found::Broken(problems) => {
                if self.json {
                    outcome::print(&(serde_json::to_string_pretty(&problems).unwrap_or_default() + "\n"));
                }
                eprint!("{}", pretty(&problems, tongue.0));
                return Ok(Outcome::Refused);
            }
        };
        let pattern = pack.pattern(&self.pattern).ok_or_else(|| self.no_pattern(&pack))?;
        let facts = self.facts(&pack)?;
        let steps = steps(pattern, &facts, &self.left_out(pattern)?);
        let dates = PatternDates::of(&steps, pack.calendar_data(), self.start).map_err(impossible)?;
        let told = Told { pack: &pack, pattern, steps: &steps, dates: &dates, facts: &facts };
        outcome::print(&if self.json { as_json(&told, tongue.0).to_string() + "\n" } else { pattern_table::in_words(&told, tongue) });
        Ok(Outcome::Done)
    }

    fn no_pattern(&self, pack: &Pack) -> Stop {
        let asked = &self.pattern;
        let known = |lang: Lang| {
            let named: Vec<String> = pack.patterns.iter().map(|p| format!("{} {}", p.key, p.words.in_lang(lang))).collect();
            named.join(if lang == Lang::Zh { "、" } else { ", " })
        };
        if pack.patterns.is_empty() {
            return Stop::usage(format!("数据包 {} 里没有工期模板", pack.name), format!("the pack {} has no patterns", pack.name));
        }
        Stop::usage(
            format!("没有模板 {asked}(有:{})", known(Lang::Zh)),
            format!("there is no pattern {asked} (there are: {})", known(Lang::En)),
        )
    }

    fn left_out(&self, pattern: &Pattern) -> Result<Vec<&str>, Stop> {
        let strange: Vec<&str> = self.without.iter().map(String::as_str).filter(|id| pattern.activity(id).is_none()).collect();
        if strange.is_empty() {
            return Ok(self.without.iter().map(String::as_str).collect());
        }
        let (strange, key) = (strange.join(", "), &pattern.key);
        let known: Vec<&str> = pattern.activities.iter().map(|a| a.id.as_str()).collect();
        let known = known.join(", ");
        Err(Stop::usage(
            format!("模板 {key} 里没有事项 {strange}(有:{known})"),
            format!("the pattern {key} has no activity {strange} (it has: {known})"),
        ))
    }

    fn facts(&self, pack: &Pack) -> Result<Facts, Stop> {
        let mut facts = Facts::default();
        for said in &self.fact {
            let (key, value) = said.split_once('=').map_or((said.as_str(), ""), |(key, value)| (key.trim(), value.trim()));
            let Some(fact) = pack.fact(key) else {
                let known: Vec<&str> = pack.facts.iter().map(|f| f.key.as_str()).collect();
                let known = known.join(", ");
                return Err(Stop::usage(format!("没有项目情况 {key}(有:{known})"), format!("there is no fact {key} (there are: {known})")));
            };
            let value = fact.kind.parse(value).ok_or_else(|| not_a_value(key, value, fact.kind))?;
            facts.0.insert(key.to_owned(), value);
        }
        Ok(facts)
    }
}

fn not_a_value(key: &str, value: &str, kind: FactKind) -> Stop {
    let (zh, en) = match kind {
        FactKind::Number => ("整数", "a whole number"),
        FactKind::YesNo => ("是或否", "yes or no"),
    };
    Stop::usage(format!("{key} 应为{zh}:“{value}”"), format!("{key} takes {en}, not \"{value}\""))
}

/// What no checked pattern leads to but a day at the end of time.
fn impossible(problems: Vec<lantu_schedule::Problem>) -> Stop {
    let said = |tongue| problems.iter().map(|p| p.say(tongue)).collect::<Vec<_>>().join("\n");
    Stop::usage(said(lantu_schedule::Tongue::Chinese), said(lantu_schedule::Tongue::English))
}

/// A shipped pack by its name, else one in a folder.
fn find(name: &str) -> Result<Found, Stop> {
    let files = match embedded(name) {
        Some(files) => files,
        None if Path::new(name).is_dir() => pack::read(Path::new(name))?,
        None => {
            let known = embedded_names().join(", ");
            return Err(Stop::usage(
                format!("没有数据包 {name}(有:{known};也可以写数据包所在的文件夹)"),
                format!("there is no pack {name} (there are: {known}; the folder of one will do too)"),
            ));
        }
    };
    Ok(match Pack::load(&files) {
        Ok(pack) => Found::Sound(Box::new(pack)),
        Err(problems) => Found::Broken(problems),
    })
}

fn as_json(told: &Told<'_>, lang: Lang) -> Value {
    let Told { pack, pattern, dates, .. } = told;
    let landmarks: Map<String, Value> =
        dates.landmarks.iter().map(|landmark| (landmark.milestone.key().to_owned(), landmark_as_json(landmark, dates))).collect();
    json!({
        "pattern": pattern.key,
        "name": pattern.words.in_lang(lang),
        "pack": pack.name,
        "pack_hash": pack.hash(),
        "start": dates.start.to_string(),
        "activities": dates.rows.iter().map(|row| row_as_json(row, told, lang)).collect::<Vec<_>>(),
        "milestones": landmarks,
        "finish": dates.finish.to_string(),
        "finish_offset": dates.finish_offset,
        "provisional": dates.provisional,
        "left_out": told.steps.left_out.iter().map(|left| left_as_json(left, lang)).collect::<Vec<_>>(),
        "undecided": undecided(told.steps, told.facts),
    })
}

fn row_as_json(row: &Dated<'_>, told: &Told<'_>, lang: Lang) -> Value {
    let step = row.activity;
    json!({
        "id": step.id,
        "phase": step.phase,
        "name": step.words.in_lang(lang),
        "es": row.early_start.to_string(),
        "ef": row.early_finish.to_string(),
        "ls": row.late_start.to_string(),
        "lf": row.late_finish.to_string(),
        "es_offset": row.start_offset,
        "ef_offset": row.finish_offset,
        "tf": row.total_float,
        "critical": row.critical,
        "days": step.days,
        "department": step.department.0,
        "department_names": told.departments(step, lang),
        "party": step.party.as_ref().map(|words| words.in_lang(lang)),
        "clock": step.clock,
        "limit": step.limit,
        "formality": step.formality.0,
        "milestone": step.milestone.0,
        "range": told.pack.range_of(step),
    })
}

fn left_as_json(left: &LeftOut<'_>, lang: Lang) -> Value {
    json!({"id": left.activity.id, "name": left.activity.words.in_lang(lang), "asked": left.asked})
}

fn landmark_as_json(landmark: &Landmark, dates: &PatternDates<'_>) -> Value {
    let id = |at: &usize| dates.rows[*at].activity.id.as_str();
    json!({
        "id": id(&landmark.row),
        "day": landmark.day.to_string(),
        "offset": landmark.offset,
        "path": landmark.path.iter().map(id).collect::<Vec<_>>(),
        "approval_days": dates.approval_days(landmark.offset),
    })
}

/// Steps that stay because what decides them is not known, each with the facts that would.
fn undecided(steps: &Steps<'_>, facts: &Facts) -> Value {
    let of = |at: &usize| json!({"id": steps.needed[*at].id, "facts": pattern_table::missing(steps.needed[*at], facts)});
    steps.undecided.iter().map(of).collect()
}
