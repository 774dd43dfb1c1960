//! `lantu pack check`: every problem of a pack's files, by file, line and key.
use crate::{
    outcome::{self, Outcome, Stop},
    tongue::Tongue,
};
use clap::{Args, Subcommand};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

#[derive(Subcommand)]
pub enum Pack {
    /// List a pack's problems by file, line and key
    Check(Check),
}

#[derive(Args)]
pub struct Check {
    /// Folder of the pack
    dir: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Pack {
    pub fn run(&self, tongue: Tongue) -> Result<Outcome, Stop> {
        let Self::Check(check) = self;
        let files = read(&check.dir)?;
        if files.is_empty() {
            let dir = check.dir.display();
            return Err(Stop::broken(format!("{dir} 里没有数据包文件"), format!("{dir} holds no pack files")));
        }
        let problems = lantu_pack::check_dir(&files);
        if check.json {
            println!("{}", serde_json::to_string_pretty(&problems).unwrap_or_default());
        } else if problems.is_empty() {
            println!("{}", tongue.say("没有问题", "No problems"));
        } else {
            eprint!("{}", lantu_pack::pretty(&problems, tongue.0));
        }
        Ok(if problems.is_empty() { Outcome::Done } else { Outcome::Refused })
    }
}

/// The pack's files by their path below the folder, `/` between.
pub fn read(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, Stop> {
    let failed = |path: &Path, e: std::io::Error| outcome::io(&path.display().to_string(), &e);
    let (mut files, mut folders) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|e| failed(&folder, e))? {
            let path = entry.map_err(|e| failed(&folder, e))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "toml" || e == "csv") {
                let bytes = std::fs::read(&path).map_err(|e| failed(&path, e))?;
                let parts = path.strip_prefix(root).unwrap_or(&path).components().map(|c| c.as_os_str().to_string_lossy().into_owned());
                files.insert(parts.collect::<Vec<_>>().join("/"), bytes);
            }
        }
    }
    Ok(files)
}
