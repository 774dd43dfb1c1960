//! `lantu verify`: chains and state against the journal.
use crate::{
    books,
    outcome::{Outcome, Stop},
    tongue::Tongue,
};
use clap::Args;
use lantu_app::verify_books::{FilesView, sweep_files, verify_office};
use lantu_store::{OpenOptions, Shelf};
use uuid::Uuid;

#[derive(Args)]
pub struct Verify {
    /// sqlite:PATH or postgres://…
    #[arg(long, default_value = "sqlite:lantu.db")]
    database: String,
    /// Where evidence is kept: folder:PATH or s3://BUCKET/PREFIX; beside the database unless said
    #[arg(long)]
    evidence: Option<String>,
    /// Delete files that no version of any project names and that are older than a day
    #[arg(long)]
    sweep: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub async fn run(&self, tongue: Tongue) -> Result<Outcome, Stop> {
        let options = OpenOptions { create: false, migrate: false, ..OpenOptions::default() };
        let url = books::evidence_url(&self.database, self.evidence.as_deref());
        let desk = books::open(&self.database, options).await?;
        let shelf = Shelf::look(&url).map_err(|e| books::database(&url, e))?;
        let opened = books::office(desk.with_shelf(shelf), None, "verify", None).await?;
        let ids = Uuid::now_v7;
        let found = verify_office(&opened.desk, opened.ask(tongue.0, &ids)).await.map_err(books::stop)?;
        if self.sweep {
            let ask = opened.ask(tongue.0, &ids);
            let swept = sweep_files(&opened.desk, ask.moment.at).await.map_err(books::stop)?;
            eprintln!("{}", tongue.say(&format!("清理无主文件 {swept} 个"), &format!("files of nobody deleted: {swept}")));
        }
        let clean = found.findings.is_empty();
        if self.json {
            println!("{}", serde_json::to_string_pretty(&found).unwrap_or_default());
        } else if let Some(root) = &found.checkpoint {
            println!("{} {root}", tongue.say("账簿完整。核验值", "The books are whole. Root"));
        }
        if !self.json {
            tell_files(&found.files, tongue);
        }
        for f in found.findings.iter().filter(|_| !self.json) {
            let seq = f.seq.map(|s| format!(" #{s}")).unwrap_or_default();
            eprintln!("{}{seq}: {} — {}", f.stream, f.code, f.detail);
        }
        opened.desk.store.close().await;
        Ok(if clean { Outcome::Done } else { Outcome::Refused })
    }
}

fn tell_files(files: &FilesView, tongue: Tongue) {
    let FilesView { named, missing, orphans, orphan_bytes } = *files;
    if named + orphans == 0 {
        return;
    }
    let mb = orphan_bytes as f64 / f64::from(1 << 20);
    let zh = format!("文件 {named} 个，缺失 {missing} 个，无主 {orphans} 个（{mb:.1} MB）");
    let en = format!("files: {named} named, {missing} missing, {orphans} of nobody ({mb:.1} MB)");
    println!("{}", tongue.say(&zh, &en));
}
