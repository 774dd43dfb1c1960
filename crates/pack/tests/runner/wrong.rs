//! Broken packs from `cases/pack/wrong`: each edits the minimal pack and states exactly what must be found.
use lantu_model::words::Lang;
use lantu_pack::{check_dir, pretty};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

type Files = BTreeMap<String, Vec<u8>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    edit: Vec<Edit>,
    expect: Vec<Finding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    file: String,
    #[serde(default)]
    remove: bool,
    text: Option<String>,
    bytes: Option<Vec<u8>>,
    append: Option<String>,
    find: Option<String>,
    put: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    file: String,
    line: usize,
    key: String,
    code: String,
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/pack")
}

fn minimal() -> Files {
    let root = cases().join("minimal");
    let (mut files, mut folders) = (Files::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn apply(edit: Edit, files: &mut Files) {
    let old = || String::from_utf8(files[&edit.file].clone()).unwrap();
    let new = match edit {
        Edit { remove: true, .. } => return drop(files.remove(&edit.file)),
        Edit { bytes: Some(bytes), .. } => bytes,
        Edit { text: Some(text), .. } => text.into_bytes(),
        Edit { append: Some(more), .. } => (old() + &more).into_bytes(),
        Edit { find: Some(find), put: Some(put), .. } => {
            assert_eq!(old().matches(&find).count(), 1, "{find:?} must occur once in {}", edit.file);
            old().replace(&find, &put).into_bytes()
        }
        _ => panic!("an edit without content"),
    };
    files.insert(edit.file, new);
}

#[test]
fn the_minimal_pack_is_sound() {
    assert_eq!(check_dir(&minimal()), []);
}

#[test]
fn every_wrong_pack_is_told_exactly_what_is_wrong() {
    let (mut codes, mut mismatches) = (BTreeSet::new(), vec![]);
    for path in fs::read_dir(cases().join("wrong")).unwrap().map(|e| e.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let case: Case = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut files = minimal();
        case.edit.into_iter().for_each(|e| apply(e, &mut files));
        let problems = check_dir(&files);
        let found: Vec<Finding> =
            problems.iter().map(|p| Finding { file: p.file.clone(), line: p.line, key: p.key.clone(), code: p.code.clone() }).collect();
        if found != case.expect {
            mismatches.push(format!("{name}: expected {:#?}\nfound\n{}", case.expect, pretty(&problems, Lang::En)));
        }
        for p in &problems {
            codes.insert(p.code.clone());
            for said in [&p.zh, &p.en, &p.remedy.zh, &p.remedy.en] {
                assert!(!said.is_empty() && !said.contains('{') && *said != p.code, "{name}: {} says {said:?}", p.code);
            }
        }
    }
    assert!(mismatches.is_empty(), "{}", mismatches.join("\n"));
    let known: BTreeSet<String> = lantu_model::words::codes().filter(|c| c.starts_with("pack_")).map(str::to_owned).collect();
    assert_eq!(codes, known, "every code has a case, and every case's code has words");
}

#[test]
fn the_printed_list_names_file_line_key_and_remedy() {
    let mut files = minimal();
    files.insert("notes.toml".to_owned(), b"x = 1".to_vec());
    let printed = pretty(&check_dir(&files), Lang::En);
    assert!(printed.starts_with("notes.toml:0: A pack has no such file [pack_unknown_file]\n    Check"), "{printed}");
    assert!(pretty(&[], Lang::Zh).contains("没有问题"));
}
