//! How sound a schedule is: the fourteen points and our own checks, as a table and as JSON.
use crate::{columns, plans, tongue::Tongue};
use lantu_planfile::Plan;
use lantu_schedule::{Baseline, Finding, Limit, Network, QualityOptions, Schedule, Span, quality};
use serde_json::{Value, json};

/// So many activities of a finding are named in the table; all are in the JSON.
const NAMED: usize = 8;

/// Every check's answer, limits in the days of the file, agreed dates from its baseline where it has one.
pub fn of(plan: &Plan, network: &Network, schedule: &Schedule) -> Vec<Finding> {
    let agreed: Vec<Baseline> = plan.stored.iter().map(|s| Baseline { start: s.baseline_start, finish: s.baseline_finish }).collect();
    let baseline = agreed.iter().any(|b| b.finish.is_some()).then_some(agreed.as_slice());
    let minutes = i64::from(plan.units.minutes_per_day.max(1));
    let (day, days) = (Span::minutes(minutes), |n: i64| Span::minutes(minutes * n));
    quality(network, schedule, &QualityOptions { day, baseline, near_critical: days(10), long_lag: days(20) })
}

/// A list of findings, the activities by uid; `passed` is null for what was not, or cannot be, judged.
pub fn as_json(findings: &[Finding]) -> Value {
    let limit = |limit: Limit| match limit {
        Limit::AtMost(percent) => json!({"at_most_percent": percent}),
        Limit::AtLeast(percent) => json!({"at_least_percent": percent}),
        Limit::Index(least) => json!({"at_least": least}),
        Limit::None => Value::Null,
    };
    let one = |f: &Finding| {
        json!({"code": f.code, "point": f.point, "count": f.count, "population": f.population, "value": f.value,
            "limit": limit(f.limit), "passed": f.passed, "activities": f.activities})
    };
    findings.iter().map(one).collect()
}

/// A line for each check, and under it the activities it names.
pub fn in_words(findings: &[Finding], plan: &Plan, tongue: Tongue) -> String {
    let inner = plans::inner(tongue);
    let mut rows = vec![];
    for finding in findings {
        let point = finding.point.map_or_else(|| "·".to_owned(), |point| point.to_string());
        let mark = match (finding.passed, finding.limit) {
            (Some(true), _) => tongue.say("达标", "kept"),
            (Some(false), _) => tongue.say("未达标", "NOT KEPT"),
            (None, Limit::None) => "",
            (None, _) => tongue.say("未评", "no data"),
        };
        rows.push(vec![point, finding.name(inner).to_owned(), mark.to_owned(), finding.say(inner)]);
        if finding.passed != Some(true) && !finding.activities.is_empty() {
            rows.push(vec![String::new(), String::new(), String::new(), named(finding, plan)]);
        }
    }
    columns::lay_out(&rows, &[0])
}

fn named(finding: &Finding, plan: &Plan) -> String {
    let name = |uid: &i64| {
        let at = plan.find(*uid, false).or_else(|| plan.find(*uid, true));
        let label = at.and_then(|at| plans::code_and_name(plan, at.at()));
        label.map_or_else(|| uid.to_string(), |l| columns::cut(&l, 30))
    };
    let mut names: Vec<String> = finding.activities.iter().take(NAMED).map(name).collect();
    if finding.activities.len() > NAMED {
        names.push(format!("… +{}", finding.activities.len() - NAMED));
    }
    names.join(", ")
}
