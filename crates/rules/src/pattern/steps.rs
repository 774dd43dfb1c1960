//! Which steps of a pattern a project needs, and what waits for what when some are left out.
use lantu_pack::{Ends, Facts, Pattern, PatternActivity, Unknown};
use std::collections::BTreeMap;

/// What is left of a pattern for one project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps<'a> {
    /// In the pattern's order.
    pub needed: Vec<&'a PatternActivity>,
    /// Between the needed ones, by their places in `needed`, the waiting one's order first.
    pub ties: Vec<Tie>,
    /// In the pattern's order.
    pub left_out: Vec<LeftOut<'a>>,
    /// Needed ones whose condition is not decided by what is known, by their places in `needed`.
    pub undecided: Vec<usize>,
}

/// One step waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// Who waits.
    pub to: usize,
    /// Who is waited for.
    pub from: usize,
    pub ends: Ends,
    /// Working days.
    pub lag: i64,
}

/// A step that the project does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut<'a> {
    pub activity: &'a PatternActivity,
    /// Someone asked for it; else its condition does not hold.
    pub asked: bool,
}

/// The steps of a pattern that a project with these facts needs, without those of the ids in `without`.
///
/// A step that is left out takes no time: whoever waits for it waits for those it waits for. Lags on both sides add up,
/// but time that it gave away (a lead of its successor into it) goes with it.
///
/// ```
/// use lantu_pack::{FactValue, Facts, Pack, embedded};
/// use lantu_rules::pattern::steps;
/// let pack = Pack::load(&embedded("cn-county").unwrap_or_default()).map_err(|p| format!("{p:?}"))?;
/// let school = pack.pattern("SCH").ok_or("no such pattern")?;
/// let mut facts = Facts::default();
/// facts.0.insert("needs_land_conversion".to_owned(), FactValue::YesNo(false));
/// let left: Vec<&str> = steps(school, &facts, &[]).left_out.iter().map(|l| l.activity.id.as_str()).collect();
/// assert_eq!(left, ["B05E", "B08"]);
/// # Ok::<(), String>(())
/// ```
pub fn steps<'a>(pattern: &'a Pattern, facts: &Facts, without: &[&str]) -> Steps<'a> {
    let verdicts: Vec<Verdict> = pattern.activities.iter().map(|a| verdict(a, facts, without)).collect();
    let mut ties = Ties::of(pattern, &verdicts);
    for at in (0..verdicts.len()).filter(|at| !verdicts[*at].is_needed()) {
        ties.bridge(at);
    }
    let mut place = BTreeMap::new();
    let mut found = Steps { needed: vec![], ties: vec![], left_out: vec![], undecided: vec![] };
    for (at, (activity, verdict)) in pattern.activities.iter().zip(&verdicts).enumerate() {
        match verdict {
            Verdict::LeftOut { asked } => found.left_out.push(LeftOut { activity, asked: *asked }),
            Verdict::Needed { decided } => {
                if !decided {
                    found.undecided.push(found.needed.len());
                }
                place.insert(at, found.needed.len());
                found.needed.push(activity);
            }
        }
    }
    // What is left lies between needed steps, which all have a place.
    found.ties = ties
        .0
        .iter()
        .filter_map(|((to, from, ends), lag)| Some(Tie { to: *place.get(to)?, from: *place.get(from)?, ends: *ends, lag: *lag }))
        .collect();
    found
}

/// Whether a step stays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Needed { decided: bool },
    LeftOut { asked: bool },
}

impl Verdict {
    fn is_needed(self) -> bool {
        matches!(self, Self::Needed { .. })
    }
}

fn verdict(activity: &PatternActivity, facts: &Facts, without: &[&str]) -> Verdict {
    if without.contains(&activity.id.as_str()) {
        return Verdict::LeftOut { asked: true };
    }
    let Some(when) = &activity.when else { return Verdict::Needed { decided: true } };
    match (when.holds(facts), activity.unknown) {
        (Some(true), _) => Verdict::Needed { decided: true },
        (None, Unknown::Keep) => Verdict::Needed { decided: false },
        (Some(false), _) | (None, Unknown::LeaveOut) => Verdict::LeftOut { asked: false },
    }
}

/// Lags by who waits, who is waited for, and which ends; of several the longest, which is the one that holds.
struct Ties(BTreeMap<(usize, usize, Ends), i64>);

impl Ties {
    fn of(pattern: &Pattern, verdicts: &[Verdict]) -> Self {
        let places: BTreeMap<&str, usize> = pattern.activities.iter().enumerate().map(|(at, a)| (a.id.as_str(), at)).collect();
        let mut ties = Self(BTreeMap::new());
        for (to, activity) in pattern.activities.iter().enumerate() {
            for predecessor in activity.after.iter() {
                // The pack is checked: a predecessor exists.
                let Some(from) = places.get(predecessor.id.as_str()).copied() else { continue };
                let lag = if verdicts[from].is_needed() { predecessor.lag } else { predecessor.lag.max(0) };
                ties.add(to, from, predecessor.ends, lag);
            }
        }
        ties
    }

    fn add(&mut self, to: usize, from: usize, ends: Ends, lag: i64) {
        self.0.entry((to, from, ends)).and_modify(|known| *known = lag.max(*known)).or_insert(lag);
    }

    /// Takes a step out and ties those it waits for to those that wait for it.
    fn bridge(&mut self, gone: usize) {
        let of = |ends: Ends, lag: i64, other: usize| (other, ends, lag);
        let before: Vec<_> =
            self.0.iter().filter(|((to, ..), _)| *to == gone).map(|((_, from, ends), lag)| of(*ends, *lag, *from)).collect();
        let after: Vec<_> =
            self.0.iter().filter(|((_, from, _), _)| *from == gone).map(|((to, _, ends), lag)| of(*ends, *lag, *to)).collect();
        self.0.retain(|(to, from, _), _| *to != gone && *from != gone);
        for (from, of_from, lag_before) in &before {
            for (to, of_to, lag_after) in &after {
                self.add(*to, *from, joined(*of_from, *of_to), lag_before.saturating_add(*lag_after));
            }
        }
    }
}

/// A link through a step without duration: the first link's end of the one waited for, the second's end of the one that waits.
fn joined(first: Ends, second: Ends) -> Ends {
    let from_start = matches!(first, Ends::StartStart | Ends::StartFinish);
    let to_finish = matches!(second, Ends::FinishFinish | Ends::StartFinish);
    match (from_start, to_finish) {
        (false, false) => Ends::FinishStart,
        (true, false) => Ends::StartStart,
        (false, true) => Ends::FinishFinish,
        (true, true) => Ends::StartFinish,
    }
}
