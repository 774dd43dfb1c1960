//! `lantu verify`: chains and state against the journal.
use crate::{
    books,
    outcome::{Outcome, Stop},
    tongue::Tongue,
};
use clap::Args;
use lantu_app::verify_books::verify_office;
use lantu_store::OpenOptions;
use uuid::Uuid;

#[derive(Args)]
pub struct Verify {
    /// sqlite:PATH or postgres://…
    #[arg(long, default_value = "sqlite:lantu.db")]
    database: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub async fn run(&self, tongue: Tongue) -> Result<Outcome, Stop> {
        let options = OpenOptions { create: false, migrate: false, ..OpenOptions::default() };
        let opened = books::office(books::open(&self.database, options).await?, None, "verify", None).await?;
        let ids = Uuid::now_v7;
        let found = verify_office(&opened.desk, opened.ask(tongue.0, &ids)).await.map_err(books::stop)?;
        let clean = found.findings.is_empty();
        if self.json {
            println!("{}", serde_json::to_string_pretty(&found).unwrap_or_default());
        } else if let Some(root) = &found.checkpoint {
            println!("{} {root}", tongue.say("账簿完整。核验值", "The books are whole. Root"));
        }
        for f in found.findings.iter().filter(|_| !self.json) {
            let seq = f.seq.map(|s| format!(" #{s}")).unwrap_or_default();
            eprintln!("{}{seq}: {} — {}", f.stream, f.code, f.detail);
        }
        opened.desk.store.close().await;
        Ok(if clean { Outcome::Done } else { Outcome::Refused })
    }
}
