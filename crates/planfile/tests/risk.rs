//! What is unsure about a plan: read from JSON, kept through a round trip, lost in other formats with a word; and everything
//! that is refused, by the case files of `cases/risk`.
use lantu_planfile::{Format, PlanFile, Uncertainty, json, read, write};
use lantu_risk::{Distribution, Impact, Odds, Problem, Range, Risk, Sampling, simulate, validate};
use lantu_schedule::{ActivityIx, CalendarIx, Instant, Span, Tongue};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

fn document() -> Value {
    let hours = json!([[480, 720], [780, 1020]]);
    let three = json!({"kind": "triangular", "min": 384, "mode": 480.0, "max": 960, "said": "by the site"});
    json!({
        "key": "road",
        "project": {"engine": "MSP", "start": "2026-03-02T08:00", "default_calendar": 1},
        "calendars": [{"uid": 1, "week": {"mon": hours, "tue": hours}}, {"uid": 7, "week": {"mon": hours}}],
        "summaries": [{"uid": 9, "id": 1}],
        "activities": [
            {"uid": 1, "id": 2, "parent": 9, "duration": {"min": 480}, "range": three},
            {"uid": 2, "id": 3, "duration": {"min": 480}, "range": {"kind": "empirical", "values": [480, 960]}},
            {"uid": 3, "id": 4, "duration": {"min": 480}, "range": null},
        ],
        "risks": [{"id": 5, "probability": 0.25, "shared": true, "owner": "王",
            "impacts": [{"uid": 3, "range": {"kind": "uniform", "min": -60, "max": 600}}, {"uid": 1, "range": {"kind": "lognormal", "p50": 60, "p90": 90}}]}],
        "correlations": [{"uids": [1, 2], "rho": 1}, {"id": "bureau", "uids": [2, 3], "rho": 0.5, "shared": true}],
        "weather": [{"id": "site", "calendar": 7, "lost": [0.5, 0, 0, 0, 0.1, 0.2, 0.2, 0.2, 0.1, 0, 0, 1]}],
    })
}

fn file() -> PlanFile {
    json::read(document().to_string().as_bytes()).unwrap()
}

fn written(file: &PlanFile) -> Value {
    serde_json::from_slice(&json::write(file).unwrap().bytes).unwrap()
}

#[test]
fn everything_unsure_is_read() {
    let unsure = &file().plans[0].uncertainty;
    let minutes = Span::minutes;
    let [min, mode, max] = [384, 480, 960].map(minutes);
    assert_eq!((unsure.ranges[0].activity, &unsure.ranges[0].range), (ActivityIx(1), &Range::Triangular { min, mode, max }));
    assert_eq!(unsure.ranges[1].range, Range::Empirical { values: vec![minutes(480), minutes(960)] });
    assert_eq!(unsure.ranges.len(), 2);
    let impacts = vec![
        Impact { activity: ActivityIx(3), range: Range::Uniform { min: minutes(-60), max: minutes(600) } },
        Impact { activity: ActivityIx(1), range: Range::Lognormal { p50: minutes(60), p90: minutes(90) } },
    ];
    assert_eq!(unsure.risks, [Risk { id: "5".into(), probability: 0.25, impacts, shared: true }]);
    let bureau = &unsure.correlations[1];
    assert_eq!((bureau.id.as_str(), bureau.rho, bureau.shared, bureau.activities[1]), ("bureau", 0.5, true, ActivityIx(3)));
    let site = &unsure.weather[0];
    assert_eq!((site.id.as_str(), site.calendar, site.lost[11]), ("site", CalendarIx(1), 1.0));
    let (model, assumed) = file().plans[0].risk_model(20.0);
    assert_eq!((assumed, validate(&model)), (1, vec![]));
}

#[test]
fn what_is_not_changed_goes_back_as_it_came() {
    let (file, document) = (file(), document());
    let out = written(&file);
    assert!(["risks", "correlations", "weather"].iter().all(|key| out[key] == document[key]));
    assert!((0..2).all(|at| out["activities"][at]["range"] == document["activities"][at]["range"]));
    let again = json::read(&json::write(&file).unwrap().bytes).unwrap();
    assert_eq!(again.plans[0].uncertainty, file.plans[0].uncertainty);
    assert_eq!(json::write(&again).unwrap().bytes, json::write(&file).unwrap().bytes);
}

#[test]
fn what_is_changed_is_written_anew() {
    let mut file = file();
    let unsure = &mut file.plans[0].uncertainty;
    unsure.ranges.remove(0);
    unsure.risks[0].probability = 0.0;
    unsure.weather.clear();
    let wanted = unsure.clone();
    let out = written(&file);
    assert_eq!((&out["activities"][0]["range"], &out["weather"]), (&Value::Null, &Value::Null));
    assert_eq!((&out["risks"][0]["probability"], &out["correlations"][0]["rho"]), (&json!(0), &json!(1)));
    assert_eq!(json::read(out.to_string().as_bytes()).unwrap().plans[0].uncertainty, wanted);
    file.plans[0].uncertainty = Uncertainty::default();
    let out = written(&file);
    assert!(["risks", "correlations", "weather"].iter().all(|key| out.get(key).is_none()));
}

#[test]
fn other_formats_lose_it_with_a_word() {
    for format in [Format::Xer, Format::Pmxml, Format::Mspdi] {
        let mut file = file();
        let parts = |file: &PlanFile, format| {
            let losses = write(file, format).unwrap().losses;
            losses.into_iter().filter(|l| l.code == "part_not_carried").map(|l| l.found).collect::<Vec<_>>()
        };
        let lost = ["activities/range × 2", "correlations × 2", "risks × 1", "weather × 1"];
        assert_eq!(parts(&file, format), lost, "{format:?}");
        let bytes = write(&file, format).unwrap().bytes;
        let mut other = read(&bytes).unwrap();
        assert!(other.plans[0].uncertainty.is_empty());
        // What someone found out since is lost in the file's own format too.
        other.plans[0].uncertainty.risks = std::mem::take(&mut file.plans[0].uncertainty.risks);
        assert_eq!(parts(&other, format), ["risks × 1"]);
    }
}

fn cases(folder: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/risk").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let read = |file: PathBuf| {
        let document = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        (file.file_stem().unwrap().to_string_lossy().into_owned(), document)
    };
    files.into_iter().map(read).collect()
}

/// Code and place of every reason that a document is refused for, by the reader or before simulating.
fn refused(name: &str, case: &Value) -> Vec<(&'static str, String)> {
    let file = match json::read(case.to_string().as_bytes()) {
        Err(read) => return read.problems.into_iter().map(|p| (p.code, p.place)).collect(),
        Ok(file) => file,
    };
    let problems = validate(&file.plans[0].risk_model(0.0).0);
    assert!(!problems.is_empty(), "{name} is not refused");
    for p in &problems {
        let (zh, en) = (p.say(Tongue::Chinese), p.say(Tongue::English));
        assert!(zh.ends_with('。') && en.ends_with('.') && !zh.contains('{') && !en.contains('{'), "{name}: {zh} {en}");
    }
    problems.into_iter().map(|p| (p.code, p.place)).collect()
}

#[test]
fn wrong_cases_are_refused_by_their_codes_at_their_places() {
    let mut seen = BTreeSet::new();
    for (name, case) in &cases("wrong") {
        let found = refused(name, case);
        let strings =
            |value: &Value| value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>();
        let codes: Vec<&str> = found.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, strings(&case["refused"]["codes"]), "{name}: {found:?}");
        let places = strings(&case["refused"]["places"]);
        assert!(places.is_empty() || places.iter().eq(found.iter().map(|(_, place)| place)), "{name}: {found:?}");
        seen.extend(codes);
    }
    // What a file cannot say at all: an activity has one range, the reader refuses fractions in its own words, and keys and
    // iterations are the asker's.
    let unsayable = ["duplicate_key", "duplicate_range", "iterations_out_of_range", "range_not_whole_minutes"];
    let missing: Vec<_> = Problem::CODES.iter().filter(|code| !seen.contains(**code) && !unsayable.contains(code)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

/// So many deviations of sampling error are allowed: a right answer fails once in two million.
const DEVIATIONS: f64 = 5.0;

/// Whether a share of so many iterations may be one of this chance.
fn is_near(share: f64, chance: f64, iterations: u32) -> bool {
    (share - chance).abs() <= DEVIATIONS * (chance * (1.0 - chance) / f64::from(iterations)).sqrt()
}

/// Where dates say something else than is expected of them; only what is expected is compared.
fn differences(what: &str, dates: &Distribution, expected: &Value, within: &Value) -> Vec<String> {
    let mut found = vec![];
    for (key, share) in [("p10", 0.1), ("p50", 0.5), ("p80", 0.8), ("p90", 0.9)] {
        let Some(wanted) = expected[key].as_str() else { continue };
        let (given, wanted): (Instant, Instant) = (dates.quantile(share), wanted.parse().unwrap());
        let within = Span::minutes(within[key].as_i64().unwrap_or(0));
        if given < wanted - within || given > wanted + within {
            found.push(format!("{what} {key}: {given}, not {wanted}"));
        }
    }
    found
}

/// Where the odds of a case say something else than its file.
fn wrong_odds(case: &Value, seed: u64) -> Vec<String> {
    let plan = json::read(case.to_string().as_bytes()).unwrap().plans.remove(0);
    let (model, assumed) = plan.risk_model(20.0);
    let expected = &case["expected"];
    let list = |key: &str| expected[key].as_array().into_iter().flatten();
    let uid = |m: &Value| plan.find(m["uid"].as_i64().unwrap(), false).unwrap();
    let watch: Vec<ActivityIx> = list("milestones").map(uid).collect();
    let sampling = Sampling { seed, watch, risk_costs: true, ..Sampling::default() };
    let odds: Odds = simulate(&model, &sampling, &mut |_| ControlFlow::Continue(())).unwrap();
    let mut found = differences("finish", &odds.finish, &expected["finish"], &expected["within_minutes"]);
    for (milestone, wanted) in odds.milestones.iter().zip(list("milestones")) {
        found.extend(differences(&wanted["uid"].to_string(), &milestone.finish, wanted, &Value::Null));
    }
    for wanted in list("chances") {
        let (share, chance) = (odds.finish.chance_by(wanted[0].as_str().unwrap().parse().unwrap()), wanted[1].as_f64().unwrap());
        if !is_near(share, chance, odds.iterations) {
            found.push(format!("by {}: {share}, not {chance}", wanted[0]));
        }
    }
    for (cost, wanted) in odds.risks.iter().zip(list("struck")) {
        if !is_near(cost.struck, wanted[1].as_f64().unwrap(), odds.iterations) {
            found.push(format!("{}: struck in {}", wanted[0], cost.struck));
        }
    }
    let notes: Vec<&str> = odds.notes.iter().map(|n| n.code).collect();
    if !notes.iter().copied().eq(list("notes").filter_map(Value::as_str)) {
        found.push(format!("notes: {notes:?}"));
    }
    if expected["planned"] != odds.planned_finish.to_string() || assumed != 0 {
        found.push(format!("planned {}, {assumed} ranges assumed", odds.planned_finish));
    }
    found
}

#[test]
fn right_cases_have_the_odds_known_by_hand() {
    let cases = cases("right");
    assert!(cases.len() >= 16, "{} cases", cases.len());
    let mut wrong = vec![];
    for (name, case) in &cases {
        assert!(case["shows"].as_str().is_some_and(|s| !s.is_empty()), "{name} says what it shows");
        for seed in [1, 2] {
            wrong.extend(wrong_odds(case, seed).iter().map(|found| format!("{name}: {found}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
