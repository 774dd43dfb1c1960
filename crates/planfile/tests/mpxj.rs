//! What is written is opened by another reader, MPXJ, which sees the same activities, dates and links.
//!
//! Runs where Java, MPXJ's jars (`LANTU_MPXJ`, a folder) and the sample files are there; else says why it did not.
use lantu_planfile::{Format, read, write};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const SHOWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mpxj/Shown.java");

/// The jars and the sample files, or what is missing.
fn needs() -> Result<(PathBuf, Vec<PathBuf>), String> {
    let jars = std::env::var_os("LANTU_MPXJ").map(PathBuf::from).ok_or("LANTU_MPXJ names no folder of MPXJ's jars")?;
    if !jars.join("mpxj.jar").is_file() {
        return Err(format!("no mpxj.jar in {}", jars.display()));
    }
    let java = Command::new("java").arg("-version").output();
    if !java.is_ok_and(|said| said.status.success()) {
        return Err("no Java".to_string());
    }
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("LANTU_SHARED").map_or_else(beside, PathBuf::from).join("schedule/original");
    let mut files = vec![];
    collect(&folder, &mut files);
    files.sort();
    if files.is_empty() { Err(format!("no sample files in {}", folder.display())) } else { Ok((jars, files)) }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        if path.is_dir() {
            collect(&path, files);
        } else if ending == "xer" || ending == "xml" {
            files.push(path);
        }
    }
}

/// By file, what MPXJ sees in it.
fn shown(jars: &Path, files: &[PathBuf]) -> BTreeMap<String, Vec<String>> {
    let said = Command::new("java").args(["-cp", &format!("{}/*", jars.display()), SHOWN]).args(files).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let mut all = BTreeMap::new();
    let mut name = String::new();
    for line in String::from_utf8_lossy(&said.stdout).lines() {
        match line.strip_prefix("= ") {
            Some(file) => name = file.to_owned(),
            None => all.entry(name.clone()).or_insert_with(Vec::new).push(line.to_owned()),
        }
    }
    all
}

#[test]
fn another_reader_sees_the_same_in_what_is_written() {
    let (jars, files) = match needs() {
        Ok(found) => found,
        Err(why) => return eprintln!("skipped: MPXJ is not asked: {why}"),
    };
    let folder = std::env::temp_dir().join(format!("lantu-mpxj-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let pairs = write_all(&files, &folder);
    let copies = pairs.iter().map(|(_, copy)| copy.clone());
    let seen = shown(&jars, &files.iter().cloned().chain(copies).collect::<Vec<_>>());
    std::fs::remove_dir_all(&folder).unwrap();
    let in_file = |file: &Path| seen.get(&file.display().to_string()).cloned().unwrap_or_default();
    for (file, copy) in &pairs {
        assert_eq!(in_file(file), in_file(copy), "{} written as {}", file.display(), copy.display());
    }
    println!("MPXJ sees the same in {} files written from {}", pairs.len(), files.len());
}

/// Every file in its own format, and in the two others when it holds one project: the file and what was written of it.
fn write_all(files: &[PathBuf], folder: &Path) -> Vec<(PathBuf, PathBuf)> {
    let mut pairs = vec![];
    for (number, file) in files.iter().enumerate() {
        let Ok(plan) = read(&std::fs::read(file).unwrap()) else { continue };
        let formats = [Format::Xer, Format::Pmxml, Format::Mspdi].into_iter();
        for format in formats.filter(|f| plan.plans.len() == 1 || *f == plan.format) {
            let copy = folder.join(format!("{number}-{}.{}", format.name(), format.extension()));
            std::fs::write(&copy, write(&plan, format).unwrap().bytes).unwrap();
            pairs.push((file.clone(), copy));
        }
    }
    pairs
}
