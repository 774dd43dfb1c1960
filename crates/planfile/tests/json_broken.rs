//! JSON broken by chance and by intent: every document is answered, none breaks the program.
use lantu_planfile::{json, read};
use lantu_risk::{Sampling, simulate};
use serde_json::{Value, json};
use std::ops::ControlFlow;

const SEED: u64 = 7_141;
const DOCUMENTS: usize = 4_000;

/// Enough chance for a test (an xorshift generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

fn whole() -> Value {
    let hours = json!([[480, 720], [780, 1020]]);
    json!({
        "key": "k",
        "project": {"engine": "P6", "start": "2026-03-02T08:00", "status_date": "2026-03-03T08:00", "default_calendar": 1,
            "min_per_day": 480, "schedule_from": "0", "critical_slack_limit": {"min": 0}, "default_start_time": "08:00"},
        "calendars": [{"uid": 1, "week": {"mon": hours, "tue": hours}, "exceptions": [["2026-05-01", "2026-05-03", []]]},
            {"uid": 2, "parent": 1, "work_weeks": [["2026-06-01", "2026-06-30", {"mon": hours}]]}],
        "summaries": [{"uid": 9, "id": 1}],
        "activities": [
            {"uid": 1, "id": 2, "parent": 9, "calendar": 2, "duration": {"min": 960, "u": "h"},
                "range": {"kind": "triangular", "min": 480, "mode": 960, "max": 1440}, "constraint": "START_ON",
                "constraint_date": "2026-03-05T08:00", "splits": [["2026-03-05T08:00", "2026-03-05T17:00"]]},
            {"uid": 2, "id": 3, "duration": {"min": 480.5}, "actual_start": "2026-03-02T08:00", "manual": true,
                "manual_start": "2026-03-02T08:00", "assignments": [{"res": 7, "units": 50.0, "work": {"min": 60}, "contour": "BELL"}]},
        ],
        "links": [{"pred": 1, "succ": 2, "type": "SS", "lag": {"pct": -50.0, "elapsed": true}}],
        "resources": [{"id": 7, "calendar": 2, "max_units": 200}],
        "risks": [{"id": "flood", "probability": 0.3, "impacts": [{"uid": 1, "range": {"kind": "uniform", "min": 0, "max": 960}}]}],
        "correlations": [{"uids": [1, 2], "rho": 0.5}],
        "weather": [{"id": "site", "calendar": 2, "lost": [0, 0, 0, 0.1, 0.2, 0.3, 0.3, 0.2, 0.1, 0, 0, 0]}],
    })
}

/// What stands where something else should.
fn odd(chance: &mut Chance) -> Value {
    let odd = [
        Value::Null,
        json!(-1),
        json!(1e300),
        json!(9_223_372_036_854_775_807_i64),
        json!(0.1),
        json!("2026-02-30T08:00"),
        json!("9999-12-31T23:59"),
        json!("-9999-01-01"),
        json!("\u{0}漢"),
        json!([]),
        json!([[]]),
        json!([["0001-01-01", "9999-12-31", [[0, 1440]]]]),
        json!({}),
        json!({"min": -1e18}),
        json!({"pct": 1e308}),
        json!(true),
        json!(2),
    ];
    odd[chance.below(odd.len())].clone()
}

/// Puts something odd at one place, found by going down at random.
fn spoil(value: &mut Value, chance: &mut Chance) {
    let deeper = chance.below(8) > 0;
    match value {
        Value::Object(map) if deeper && !map.is_empty() => {
            let at = chance.below(map.len());
            let (key, inner) = map.iter_mut().nth(at).unwrap();
            let key = key.clone();
            if chance.below(12) == 0 {
                map.remove(&key);
            } else {
                spoil(inner, chance);
            }
        }
        Value::Array(list) if deeper && !list.is_empty() => {
            let at = chance.below(list.len());
            if chance.below(12) == 0 {
                let again = list[at].clone();
                list.push(again);
            } else {
                spoil(&mut list[at], chance);
            }
        }
        other => *other = odd(chance),
    }
}

/// Reads, and takes what was read through everything that follows.
fn answered(bytes: &[u8]) -> bool {
    let Ok(file) = read(bytes) else { return false };
    let written = json::write(&file).unwrap();
    assert!(json::read(&written.bytes).is_ok(), "{}", String::from_utf8_lossy(bytes));
    let _ = lantu_schedule::schedule(&file.plans[0].network());
    let sampling = Sampling { iterations: 70, sensitivity: true, risk_costs: true, ..Sampling::default() };
    let _ = simulate(&file.plans[0].risk_model(20.0).0, &sampling, &mut |_| ControlFlow::Continue(()));
    true
}

#[test]
fn odd_values_are_answered() {
    let mut chance = Chance(SEED);
    let mut taken = 0;
    for _ in 0..DOCUMENTS {
        let mut document = whole();
        for _ in 0..=chance.below(3) {
            spoil(&mut document, &mut chance);
        }
        taken += usize::from(answered(document.to_string().as_bytes()));
    }
    println!("{DOCUMENTS} odd documents, {taken} read");
    assert!(taken > DOCUMENTS / 20 && taken < DOCUMENTS, "{taken} of {DOCUMENTS} were taken");
}

#[test]
fn damaged_bytes_are_answered() {
    let mut chance = Chance(SEED + 1);
    let whole = whole().to_string().into_bytes();
    for _ in 0..DOCUMENTS {
        let mut bytes = whole.clone();
        match chance.below(3) {
            0 => bytes.truncate(chance.below(whole.len())),
            1 => {
                let at = chance.below(bytes.len());
                bytes[at] = chance.below(256) as u8;
            }
            _ => {
                let (from, to) = (chance.below(bytes.len()), chance.below(bytes.len()));
                bytes.drain(from.min(to)..from.max(to));
            }
        }
        answered(&bytes);
    }
}

#[test]
fn intent_is_answered() {
    let deep = format!("{}{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    assert!(!answered(deep.as_bytes()));
    let mut circle = whole();
    circle["calendars"][0]["parent"] = json!(2);
    answered(circle.to_string().as_bytes());
    let mut above = whole();
    above["summaries"] = json!([{"uid": 9, "parent": 8}, {"uid": 8, "parent": 9}]);
    answered(above.to_string().as_bytes());
    let many: Vec<Value> = (0..60).map(|_| json!({"uid": "x"})).collect();
    let mut wrong = whole();
    wrong["activities"] = many.into();
    let refused = read(wrong.to_string().as_bytes()).unwrap_err();
    assert_eq!(refused.problems.len(), 50, "enough is told, not everything");
}
