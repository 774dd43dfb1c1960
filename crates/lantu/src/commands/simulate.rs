//! `lantu simulate`: a bureau's months from one seed, into an empty database.
use crate::{
    books,
    county::{self, County},
    outcome::{Outcome, Stop},
    tongue::Tongue,
};
use clap::Args;
use jiff::civil::Date;
use lantu_store::OpenOptions;
use serde_json::json;

#[derive(Args)]
pub struct Simulate {
    /// Seed: the same one gives the same books
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Number of projects
    #[arg(long, default_value_t = 800)]
    projects: usize,
    /// Number of months up to today
    #[arg(long, default_value_t = 24)]
    months: usize,
    /// sqlite:PATH or postgres://…
    #[arg(long, default_value = "sqlite:lantu-simulated.db")]
    database: String,
    /// Take this day as today (demonstrations, tests)
    #[arg(long)]
    today: Option<Date>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Simulate {
    pub async fn run(&self, tongue: Tongue) -> Result<Outcome, Stop> {
        let desk = books::open(&self.database, OpenOptions::default()).await?;
        if !desk.offices().await.map_err(books::stop)?.is_empty() {
            let url = &self.database;
            return Err(Stop::usage(
                format!("{url} 已有数据;模拟需要空数据库"),
                format!("{url} already holds an office; a simulation needs an empty database"),
            ));
        }
        let county = County {
            pack: "cn-county",
            place: "demo",
            demo: true,
            seed: self.seed,
            projects: self.projects,
            months: self.months,
            until: self.today,
        };
        let (_, lived) = county::live(&desk, &county, tongue).await?;
        desk.store.close().await;
        if self.json {
            println!("{}", json!({ "projects": lived.projects, "acts": lived.acts, "refused": lived.refused, "feed": lived.feed }));
        } else {
            let (n, acts) = (lived.projects, lived.acts);
            println!("{}", tongue.say(&format!("{n} 个项目,{acts} 条记录"), &format!("{n} projects, {acts} entries")));
        }
        Ok(Outcome::Done)
    }
}
