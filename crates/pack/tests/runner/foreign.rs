//! Real lists of other countries: every agency and borough in them is in the generic pack's places.
use lantu_pack::{Pack, Template, embedded};
use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
};

/// A file of the shared data, or `None` with a word where there is none.
fn shared(path: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let file = env::var_os("LANTU_SHARED").map_or_else(beside, PathBuf::from).join("data").join(path);
    if !file.exists() {
        eprintln!("skipped: no shared data at {}", file.display());
        assert!(env::var_os("CI").is_none(), "CI must have the shared data");
        return None;
    }
    Some(file)
}

fn generic() -> Pack {
    Pack::load(&embedded("generic").unwrap()).unwrap()
}

fn is_mapped_whole(template: &Template, headings: &[String]) {
    for heading in headings {
        assert!(template.column(heading).is_some(), "{}: {heading}", template.key);
    }
}

#[test]
fn new_york() {
    let Some(file) = shared("nyc/nyc_capital_projects_fy2021_dev.geojson") else { return };
    let data: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let rows: Vec<_> = data["features"].as_array().unwrap().iter().map(|f| f["properties"].as_object().unwrap()).collect();
    let headings: Vec<String> = rows[0].keys().cloned().collect();
    let pack = generic();
    let template = pack.template_for(&headings).unwrap();
    is_mapped_whole(template, &headings);
    let place = pack.place(template.place.as_deref().unwrap()).unwrap();
    let values = |key: &str| -> BTreeSet<String> { rows.iter().map(|r| r[key].as_str().unwrap().to_owned()).collect() };
    for agency in values("managing_agency") {
        assert!(place.org_by_name(&agency).is_some(), "{agency}");
    }
    for borough in values("borough") {
        assert!(place.division_by_name(&borough).is_some(), "{borough}");
    }
}

#[test]
fn new_york_without_points() {
    let Some(file) = shared("nyc/nyc_capital_projects_fy2021_search_dev.json") else { return };
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let headings: Vec<String> = rows[0].keys().cloned().collect();
    let pack = generic();
    let template = pack.template_for(&headings).unwrap();
    is_mapped_whole(template, &headings);
    let place = pack.place(template.place.as_deref().unwrap()).unwrap();
    for agency in rows.iter().map(|r| r["managing_agency"].as_str().unwrap()).collect::<BTreeSet<_>>() {
        assert!(place.org_by_name(agency).is_some(), "{agency}");
    }
}

#[test]
fn united_kingdom() {
    let Some(file) = shared("uk/gmpp_2024-25_sample.csv") else { return };
    let mut reader = csv::Reader::from_path(file).unwrap();
    let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let pack = generic();
    let template = pack.template_for(&headings).unwrap();
    is_mapped_whole(template, &headings);
    let place = pack.place(template.place.as_deref().unwrap()).unwrap();
    let department = headings.iter().position(|h| h == "department").unwrap();
    for record in reader.records().map(Result::unwrap) {
        assert!(place.org_by_name(&record[department]).is_some(), "{}", &record[department]);
    }
}
