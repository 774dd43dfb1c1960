//! Another reader of the format opens what is written and sees the same dates: MPXJ, where Java and it are at hand.
use crate::corpus::originals;
use crate::random_plan::plan;
use lantu_planfile::{Format, Plan, PlanFile, Source, mspdi};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of MPXJ's jars, named by `LANTU_MPXJ`.
fn jars() -> Option<PathBuf> {
    let folder = std::env::var_os("LANTU_MPXJ").map(PathBuf::from).filter(|f| f.is_dir());
    if folder.is_none() {
        eprintln!("skipped: what MPXJ sees, no LANTU_MPXJ");
    }
    folder
}

/// What MPXJ makes of a file, in the same format.
fn by_way_of_mpxj(jars: &Path, bytes: &[u8], at: usize) -> Plan {
    let folder = std::env::temp_dir().join(format!("lantu-mspdi-{}-{at}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (from, to) = (folder.join("ours.xml"), folder.join("theirs.xml"));
    std::fs::write(&from, bytes).unwrap();
    let mut java = Command::new("java");
    java.arg("-cp").arg(jars.join("*")).arg("org.mpxj.sample.MpxjConvert").arg(&from).arg(&to);
    assert!(java.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
    let theirs = mspdi::read(&std::fs::read(&to).unwrap()).unwrap().plans.remove(0);
    std::fs::remove_dir_all(&folder).unwrap();
    theirs
}

/// The dates of every row, and what it waits for.
fn dates(plan: &Plan) -> Vec<String> {
    let uid = |at: usize| plan.activities[at].uid;
    let row = |(a, s): (&lantu_schedule::Activity, &lantu_planfile::Stored)| {
        let before = plan.links.iter().filter(|l| uid(l.successor.at()) == a.uid);
        let mut links: Vec<String> = before.map(|l| format!("{} {:?}", uid(l.predecessor.at()), l.kind)).collect();
        links.sort();
        let computed = [s.early_start, s.early_finish, s.late_start, s.late_finish];
        format!("{} {:?} {:?} {computed:?} {:?} {links:?}", a.uid, s.start, s.finish, a.duration)
    };
    plan.activities.iter().zip(&plan.stored).map(row).collect()
}

#[test]
fn another_reader_sees_the_same_dates() {
    let Some(jars) = jars() else { return };
    let real = originals().into_iter().map(|(_, bytes)| mspdi::read(&bytes).unwrap().plans.remove(0));
    // Every fourth will do: each takes a second.
    for (at, plan) in real.step_by(4).chain((3..6).map(plan_with_its_dates)).enumerate() {
        let ours = PlanFile { format: Format::Mspdi, plans: vec![plan], source: Source::None };
        let theirs = by_way_of_mpxj(&jars, &mspdi::write(&ours).bytes, at);
        let (ours, theirs) = (dates(&ours.plans[0]), dates(&theirs));
        assert_eq!(ours.len(), theirs.len());
        ours.iter().zip(&theirs).for_each(|(a, b)| assert_eq!(a, b));
    }
}

/// MPXJ fills in dates that are missing, and does not write tasks of other files.
fn plan_with_its_dates(seed: u64) -> Plan {
    let mut plan = plan(seed);
    plan.activities.iter_mut().filter_map(|a| a.detail.as_deref_mut()).for_each(|d| d.external = false);
    for s in &mut plan.stored {
        (s.early_start, s.early_finish, s.late_start, s.late_finish) = (s.start, s.finish, s.start, s.finish);
    }
    plan
}
