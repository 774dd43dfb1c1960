//! The shipped patterns: they are the domain's table, a file read and written is the same, and they suit who they should.
use lantu_model::{Nature, Procedure, words::Lang};
use lantu_pack::{Clock, FactTest, LimitUnit, Milestone, Pack, Pattern, Unknown, When, check_dir, embedded, embedded_names, pretty};
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    path::{Path, PathBuf},
};

fn pack(name: &str) -> Pack {
    Pack::load(&embedded(name).unwrap()).unwrap_or_else(|problems| panic!("{name}:\n{}", pretty(&problems, Lang::En)))
}

/// A row of the domain's table: phase, predecessors, days, clock.
type Row = (String, BTreeSet<String>, String, Clock);

/// The domain's table by pattern and id, or `None` with a word where there is none.
fn table() -> Option<BTreeMap<(String, String), Row>> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let file = env::var_os("LANTU_SHARED").map_or_else(beside, PathBuf::from).join("domain/templates.csv");
    if !file.exists() {
        eprintln!("skipped: no shared data at {}", file.display());
        assert!(env::var_os("CI").is_none(), "CI must have the shared data");
        return None;
    }
    let mut reader = csv::Reader::from_path(file).unwrap();
    let rows = reader.records().map(Result::unwrap).map(|r| {
        let after = r[4].split(';').filter(|p| !p.is_empty()).map(str::to_owned).collect();
        ((r[0].to_owned(), r[1].to_owned()), (r[2].to_owned(), after, r[5].to_owned(), clock(&r[8])))
    });
    Some(rows.collect())
}

fn clock(letter: &str) -> Clock {
    match letter {
        "G" => Clock::Government,
        "A" => Clock::GovernmentCommissioned,
        "U" => Clock::Utility,
        "B" => Clock::OwnerCommissioned,
        "O" => Clock::Owner,
        "C" => Clock::Contractor,
        "M" => Clock::Milestone,
        other => panic!("{other}"),
    }
}

/// What stands in for something else while facts are not known is not of the table.
fn of_table(pattern: &Pattern) -> BTreeSet<&str> {
    pattern.activities.iter().filter(|a| a.unknown == Unknown::Keep).map(|a| a.id.as_str()).collect()
}

#[test]
fn the_patterns_are_the_domains_table() {
    let Some(table) = table() else { return };
    let pack = pack("cn-county");
    assert_eq!(pack.patterns.iter().map(|p| p.key.as_str()).collect::<Vec<_>>(), ["HWY", "MFG", "REN", "SCH"]);
    let mut seen = 0;
    for pattern in &pack.patterns {
        let ids = of_table(pattern);
        for activity in pattern.activities.iter().filter(|a| ids.contains(a.id.as_str())) {
            let known: BTreeSet<String> = activity.after.iter().filter(|p| ids.contains(p.id.as_str())).map(ToString::to_string).collect();
            let found = (activity.phase.to_string(), known, activity.days.to_string(), activity.clock);
            assert_eq!(table.get(&(pattern.key.clone(), activity.id.clone())), Some(&found), "{}", activity.id);
            seen += 1;
        }
    }
    assert_eq!((seen, table.len()), (110, 110));
}

#[test]
fn a_pattern_written_and_read_is_the_same() {
    for name in embedded_names() {
        let before = pack(name);
        let mut files = embedded(name).unwrap();
        for pattern in &before.patterns {
            let file = files.keys().find(|f| **f == format!("patterns/{}.toml", pattern.key.to_lowercase())).unwrap().clone();
            files.insert(file, pattern.to_toml().into_bytes());
        }
        let after = Pack::load(&files).unwrap_or_else(|problems| panic!("{name}:\n{}", pretty(&problems, Lang::En)));
        assert_eq!(after.patterns, before.patterns);
        assert_ne!(after.hash(), before.hash(), "comments are part of a pack's bytes");
    }
}

#[test]
fn a_pattern_is_part_of_the_hash() {
    let mut files = embedded("cn-county").unwrap();
    let before = Pack::load(&files).unwrap();
    let text = String::from_utf8(files["patterns/mfg.toml"].clone()).unwrap();
    files.insert("patterns/mfg.toml".to_owned(), text.replacen("days = 22", "days = 23", 1).into_bytes());
    let after = Pack::load(&files).unwrap();
    assert_ne!(after.hash(), before.hash());
    assert_eq!(after.pattern("mfg").unwrap().activity("A04").unwrap().days, 23);
    // Only the form of a file that is no pattern is told, and the others are read on.
    files.insert("patterns/more/deep.toml".to_owned(), b"key = 1".to_vec());
    assert_eq!(check_dir(&files)[0].code, "pack_unknown_file");
}

#[test]
fn projects_are_offered_what_suits_them() {
    let pack = pack("cn-county");
    let suits = |procedure, nature, industry: &str| -> Vec<&str> {
        let code = industry.parse().ok();
        pack.patterns_for(procedure, nature, code.as_ref()).iter().map(|p| p.key.as_str()).collect()
    };
    assert_eq!(suits(Some(Procedure::Filing), Some(Nature::New), "C3441"), ["MFG"]);
    assert_eq!(suits(Some(Procedure::Filing), Some(Nature::TechRenovation), "C34"), ["REN"]);
    assert_eq!(suits(Some(Procedure::Approval), Some(Nature::New), "P832"), ["SCH"]);
    assert_eq!(suits(Some(Procedure::Approval), Some(Nature::Expand), "E481"), ["HWY"]);
    assert_eq!(suits(Some(Procedure::Approval), None, "Q841"), Vec::<&str>::new());
    assert_eq!(suits(None, None, ""), Vec::<&str>::new());
    assert_eq!(suits(Some(Procedure::Filing), None, "C34"), ["MFG", "REN"]);
}

#[test]
fn what_an_office_reads_of_an_activity() {
    let pack = pack("cn-county");
    let mfg = pack.pattern("MFG").unwrap();
    let review = mfg.activity("A09").unwrap();
    assert_eq!(
        (&review.formality[..], &review.department[..]),
        (&["energy_review".to_owned()][..], &["drb".to_owned(), "eib".to_owned()][..])
    );
    assert_eq!(review.limit.map(|l| (l.days, l.unit)), Some((Some(20), LimitUnit::Wd)));
    let Some(When::Any(parts)) = &review.when else { panic!("{:?}", review.when) };
    assert_eq!(
        parts.iter().flat_map(When::tests).map(|(_, t)| t).collect::<Vec<_>>(),
        [FactTest::AtLeast(1_000), FactTest::AtLeast(5_000_000)]
    );
    assert_eq!(pack.range_of(review).map(|r| (r.min, r.max)), Some((80, 160)));
    assert_eq!(pack.range_of(mfg.activity("A18").unwrap()), None);
    assert_eq!(pack.department_words("eeb").unwrap().zh, "生态环境局");
    assert_eq!(pack.department_words("host_place").unwrap().en, "Host town office");
    assert_eq!(pack.phase(3).unwrap().words.zh, "施工许可");
    let ren = pack.pattern("REN").unwrap();
    assert_eq!(&ren.activity("D16").unwrap().milestone[..], [Milestone::Completion, Milestone::Production]);
}

#[test]
fn both_packs_say_where_their_patterns_end() {
    for (name, key, ends) in [
        ("cn-county", "MFG", vec!["start", "completion", "production", "capacity"]),
        ("cn-county", "SCH", vec!["start", "completion", "production", "closed"]),
        ("cn-county", "HWY", vec!["start", "completion", "production", "handover"]),
        ("cn-county", "REN", vec!["start", "completion", "production", "capacity"]),
        ("generic", "CAP", vec!["start", "completion", "production", "handover"]),
    ] {
        let pack = pack(name);
        let marked = pack.pattern(key).unwrap().activities.iter().flat_map(|a| a.milestone.iter().map(|m| m.key()));
        assert_eq!(marked.collect::<Vec<_>>(), ends, "{key}");
    }
}
