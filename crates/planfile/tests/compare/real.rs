//! Real files that are versions of one another, or of nothing in common: whatever they are, they are compared.
use crate::shared;
use lantu_planfile::{Plan, compare, read};
use lantu_schedule::Tongue;
use std::{collections::BTreeMap, path::Path};

/// Files of one family have names that differ in the program's version and format alone.
fn family(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let generated = stem.split("-project").next().unwrap_or(stem);
    generated.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_' || c == '-').to_owned()
}

fn plans(folder: &Path) -> BTreeMap<String, Vec<(String, Plan)>> {
    let mut families: BTreeMap<String, Vec<(String, Plan)>> = BTreeMap::new();
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().map(|e| e.path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let known = ["xer", "xml", "pmxml"].iter().any(|ending| name.ends_with(&format!(".{ending}")));
        let Some(read) = known.then(|| read(&std::fs::read(&file).unwrap()).ok()).flatten() else { continue };
        let plans = read.plans.into_iter().map(|plan| (format!("{name} {}", plan.id), plan));
        families.entry(family(&name)).or_default().extend(plans);
    }
    families
}

#[test]
fn versions_among_the_samples_are_compared() {
    let Some(folder) = shared::folder("schedule/original") else { return };
    let all = plans(&folder);
    let mut compared = 0;
    let pairs = all.values().flat_map(|plans| plans.iter().flat_map(move |old| plans.iter().map(move |new| (old, new))));
    // Beside their own kind, each beside the next family's first: another project.
    let firsts: Vec<_> = all.values().filter_map(|plans| plans.first()).collect();
    let strangers = firsts.windows(2).map(|pair| (pair[0], pair[1]));
    for ((old_name, old), (new_name, new)) in pairs.chain(strangers) {
        let Ok(found) = compare(old, new) else { continue };
        let json = found.to_json(old, new, Tongue::Chinese);
        assert_eq!(found.pairs.len() + found.added.len(), new.activities.len(), "{old_name}, {new_name}");
        assert_eq!(found.pairs.len() + found.deleted.len(), old.activities.len(), "{old_name}, {new_name}");
        if std::ptr::eq(old, new) {
            assert!(found.is_empty(), "{old_name} beside itself: {json}");
        }
        compared += 1;
    }
    println!("{compared} pairs");
    assert!(compared > 20, "{compared} pairs");
}
