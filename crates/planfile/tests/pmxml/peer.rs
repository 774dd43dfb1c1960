//! What is written is opened by MPXJ, where its jars are at hand (`LANTU_MPXJ`, their folder), and says the same dates.
use crate::{corpus::originals, facts::SAMPLE};
use lantu_planfile::{Plan, Source, mspdi, pmxml};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A document as MPXJ understands it, turned into Microsoft Project's XML.
fn by_peer(jars: &Path, folder: &Path, bytes: &[u8]) -> Vec<u8> {
    let (from, to) = (folder.join("ours.xml"), folder.join("theirs.xml"));
    std::fs::write(&from, bytes).unwrap();
    let mut java = Command::new("java");
    java.arg("-cp").arg(jars.join("*")).arg("org.mpxj.sample.MpxjConvert").arg(&from).arg(&to);
    assert!(java.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success(), "MPXJ refuses {}", from.display());
    std::fs::read(to).unwrap()
}

/// Names of the work with its dates and length, in order.
fn said(plan: &Plan) -> Vec<String> {
    let work = |at: &usize| !plan.activities[*at].is_summary();
    let one = |at: usize| {
        let (stored, name) = (&plan.stored[at], &plan.labels[at].name);
        format!("{name} {:?} {:?}", stored.start.map(|t| t.to_string()), stored.finish.map(|t| t.to_string()))
    };
    let mut all: Vec<String> = (0..plan.activities.len()).filter(work).map(one).collect();
    all.sort();
    all
}

#[test]
fn the_peer_opens_what_is_written() {
    let Some(jars) = std::env::var_os("LANTU_MPXJ").map(PathBuf::from).filter(|p| p.is_dir()) else {
        return eprintln!("skipped: no folder of MPXJ's jars in LANTU_MPXJ");
    };
    let folder = std::env::temp_dir().join(format!("lantu-pmxml-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut files = originals();
    files.push(("sample".into(), SAMPLE.as_bytes().to_vec()));
    for (name, bytes) in files {
        let mut file = pmxml::read(&bytes).unwrap();
        file.source = Source::None;
        // The sample has work that was never scheduled; the peer gives it dates of its own.
        file.plans.retain(|plan| plan.stored.iter().zip(&plan.activities).all(|(s, a)| a.is_summary() || s.start.is_some()));
        for plan in file.plans.clone() {
            file.plans = vec![plan];
            let theirs = mspdi::read(&by_peer(&jars, &folder, &pmxml::write(&file).bytes)).unwrap();
            assert_eq!(said(&theirs.plans[0]), said(&file.plans[0]), "{name}");
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
