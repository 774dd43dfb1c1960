//! Everything that is impossible about a model, at once.
mod correlations;
mod ranges;
mod weather;

use crate::{Note, Problem, Risk, RiskModel};
use lantu_schedule::{ActivityIx, Progress};
use std::collections::BTreeSet;

/// So many problems are named, then the search ends: a broken file breaks the same rule a million times.
const MOST: usize = 1_000;

/// Every impossibility of a model and of its network that shows without scheduling, in the order network, ranges, risks,
/// correlations, weather; loops of links show only when they are walked. At most a thousand are named.
///
/// Near linear in the size of the model, but for correlation groups that overlap: there each pair is looked at, and at most
/// 400 activities may hang together in that way.
///
/// ```
/// use lantu_risk::*;
/// use lantu_schedule::*;
/// let options = Options::new(Dialect::P6, "2026-03-02T08:00".parse()?);
/// let activities = vec![Activity::task(7, CalendarIx(0), Span::hours(8))];
/// let network = Network { options, calendars: vec![Calendar::around_the_clock()], activities, links: vec![] };
/// let range = Range::Uniform { min: Span::hours(9), max: Span::hours(6) };
/// let ranges = vec![DurationRange { activity: ActivityIx(0), range }];
/// let model = RiskModel { network, ranges, risks: vec![], correlations: vec![], weather: vec![], key: 0 };
/// let problems = lantu_risk::validate(&model);
/// assert_eq!((problems[0].code, problems[0].place.as_str()), ("range_out_of_order", "range of activity 7"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn validate(model: &RiskModel) -> Vec<Problem> {
    let mut found = Found { model, problems: lantu_schedule::validate(&model.network).into_iter().map(Problem::from).collect() };
    ranges::check(&mut found);
    risks(&mut found);
    correlations::check(&mut found);
    weather::check(&mut found);
    found.problems.truncate(MOST);
    found.problems
}

/// What a model says to no effect, beside what the draws find.
pub(crate) fn remarks(model: &RiskModel) -> Vec<Note> {
    let note = |code, place: String| Note { code, activities: vec![], place, found: String::new() };
    let idle = |risk: &&Risk| risk.impacts.is_empty();
    let mut notes: Vec<Note> = model.risks.iter().filter(idle).map(|r| note("risk_without_impact", format!("risk {}", r.id))).collect();
    if !model.weather.is_empty() {
        let open = model.network.activities.iter().filter(|a| !matches!(a.progress(), Progress::Finished { .. }));
        let on = |a: &lantu_schedule::Activity| {
            let crew = a.detail.iter().flat_map(|d| d.assignments.iter().map(|s| s.calendar));
            crew.chain([a.calendar]).collect::<Vec<_>>()
        };
        let used: BTreeSet<_> = open.flat_map(on).collect();
        let unused = model.weather.iter().filter(|w| !used.contains(&w.calendar));
        notes.extend(unused.map(|w| note("weather_on_unused_calendar", format!("weather {}", w.id))));
    }
    notes.extend(correlated_but_fixed(model));
    notes
}

/// Members of groups that have no range of their own to move in.
fn correlated_but_fixed(model: &RiskModel) -> Vec<Note> {
    let ranged: BTreeSet<ActivityIx> = model.ranges.iter().map(|r| r.activity).collect();
    let varies = |at: &ActivityIx| {
        let open = |a: &lantu_schedule::Activity| !a.is_summary() && !matches!(a.progress(), Progress::Finished { .. });
        ranged.contains(at) && model.network.activities.get(at.at()).is_some_and(open)
    };
    let mut notes = vec![];
    for (at, group) in model.correlations.iter().enumerate() {
        let fixed = group.activities.iter().filter(|a| !varies(a));
        let activities: Vec<i64> = fixed.filter_map(|a| model.network.activities.get(a.at())).map(|a| a.uid).collect();
        if !activities.is_empty() {
            let (place, found) = (named("correlation", &group.id, at), activities.len().to_string());
            notes.push(Note { code: "correlation_on_fixed", activities, place, found });
        }
    }
    notes
}

/// What has been found so far.
struct Found<'m> {
    model: &'m RiskModel,
    problems: Vec<Problem>,
}

impl<'m> Found<'m> {
    #[cold]
    fn push(&mut self, code: &'static str, activities: Vec<i64>, place: &str, found: String) {
        if self.problems.len() < MOST {
            self.problems.push(Problem { code, activities, place: place.to_owned(), found });
        }
    }

    /// An activity's uid; one that is not there is noted.
    fn uid(&mut self, at: ActivityIx, place: &str) -> Option<i64> {
        let uid = self.model.network.activities.get(at.at()).map(|a| a.uid);
        if uid.is_none() {
            self.push("unknown_activity", vec![], place, format!("row {}", at.at()));
        }
        uid
    }

    /// A name that has to be there and to be one's own; `seen` are those of the others.
    fn name(&mut self, id: &'m str, duplicate: &'static str, place: &str, seen: &mut BTreeSet<&'m str>) {
        if id.is_empty() {
            self.push("name_missing", vec![], place, String::new());
        } else if !seen.insert(id) {
            self.push(duplicate, vec![], place, id.to_owned());
        }
    }
}

/// A name, else the number in the list, counted from one.
fn named(sort: &str, id: &str, at: usize) -> String {
    if id.is_empty() { format!("{sort} {}", at + 1) } else { format!("{sort} {id}") }
}

/// Not a number is in no range.
fn is_chance(chance: f64) -> bool {
    (0.0..=1.0).contains(&chance)
}

fn risks(found: &mut Found<'_>) {
    let mut seen = BTreeSet::new();
    for (at, risk) in found.model.risks.iter().enumerate() {
        let Risk { id, probability, impacts, .. } = risk;
        let place = named("risk", id, at);
        found.name(id, "duplicate_risk", &place, &mut seen);
        if !is_chance(*probability) {
            found.push("probability_out_of_range", vec![], &place, probability.to_string());
        }
        for impact in impacts {
            if let Some(uid) = found.uid(impact.activity, &place) {
                ranges::impact(found, &impact.range, uid, &place);
            }
        }
    }
}

#[cfg(test)]
mod tests;
