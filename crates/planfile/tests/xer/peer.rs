//! MPXJ opens what is written and sees the same dates, where `LANTU_MPXJ_PYTHON` names a Python that has it.
use crate::corpus::{originals, shared};
use crate::generated::{Chance, plan};
use lantu_planfile::{Format, PlanFile, Source, mspdi, xer};
use std::collections::BTreeMap;
use std::process::Command;

const SCRIPT: &str = r#"
import sys, jpype, mpxj
jpype.startJVM()
from org.mpxj.primavera import PrimaveraXERFileReader
for path in sys.argv[1:]:
    for project in PrimaveraXERFileReader().readAll(path):
        for task in project.getTasks():
            if not task.getSummary():
                print(path, task.getActivityID(), task.getStart(), task.getFinish(), len(task.getPredecessors()), sep="\t")
"#;

/// What a peer sees of an activity: start, finish, how many links lead to it.
type Seen = BTreeMap<(String, String), (String, String, String)>;

fn ours(name: &str, file: &PlanFile) -> Seen {
    let mut seen = Seen::new();
    for plan in &file.plans {
        for (at, activity) in plan.activities.iter().enumerate().filter(|(_, a)| !a.is_summary()) {
            let date = |d: Option<lantu_calendar::Instant>| d.map_or("None".into(), |d| format!("{d:#}"));
            let links = plan.links.iter().filter(|l| l.successor.at() == at).count().to_string();
            let says = (date(plan.stored[at].start), date(plan.stored[at].finish), links);
            seen.insert((name.to_owned(), format!("{} {}", plan.labels[at].code, activity.uid)), says);
        }
    }
    seen
}

#[test]
fn a_peer_sees_the_same_dates() {
    let Some(python) = std::env::var_os("LANTU_MPXJ_PYTHON") else {
        eprintln!("skipped: LANTU_MPXJ_PYTHON names no Python with mpxj");
        return;
    };
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("xer_peer");
    std::fs::create_dir_all(&folder).unwrap();
    let mut files: Vec<PlanFile> = originals().iter().map(|p| xer::read(&std::fs::read(p).unwrap()).unwrap()).collect();
    let xmls = shared("original").map(|f| f.read_dir().unwrap().map(|e| e.unwrap().path()).collect::<Vec<_>>()).unwrap_or_default();
    files.extend(xmls.iter().filter_map(|p| mspdi::read(&std::fs::read(p).ok()?).ok()));
    for seed in 1..6 {
        files.push(PlanFile { format: Format::Xer, plans: vec![plan(&mut Chance(seed), "P", 0, 30)], source: Source::None });
    }
    let (mut wanted, mut paths) = (Seen::new(), vec![]);
    for (at, file) in files.iter().enumerate() {
        let path = folder.join(format!("{at}.xer")).display().to_string();
        let bytes = xer::write(&PlanFile { source: Source::None, ..file.clone() }).bytes;
        // The codes are the keys here, so what was given or made for each is taken from the file.
        wanted.extend(ours(&path, &xer::read(&bytes).unwrap()));
        std::fs::write(&path, bytes).unwrap();
        paths.push(path);
    }
    let output = Command::new(python).arg("-c").arg(SCRIPT).args(&paths).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let mut count = 0;
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [path, code, start, finish, links] = cells[..] else { panic!("{line}") };
        let key = wanted.keys().find(|(p, c)| p == path && c.rsplit_once(' ').is_some_and(|(c, _)| c == code)).cloned();
        let says = wanted.remove(&key.unwrap_or_else(|| panic!("{line}"))).unwrap();
        assert_eq!((says.0.as_str(), says.1.as_str(), says.2.as_str()), (start, finish, links), "{line}");
        count += 1;
    }
    assert!(wanted.is_empty(), "not seen: {wanted:?}");
    eprintln!("{count} activities of {} files seen alike", paths.len());
}
