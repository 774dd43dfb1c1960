//! What an office's own records say of how long things take: learned from what other projects have done.
use crate::clock::Counter;
use lantu_model::{Plan, PlanActivity, Project, period::Period, plan::DurationRange};
use lantu_pack::Pack;
use std::collections::BTreeMap;

/// Recorded durations in hundredths of the usual days, by what was done and who answered for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// In order.
    ratios: BTreeMap<(String, String), Vec<i64>>,
}

/// A range in hundredths of the usual days, and how many records it leans on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Learned {
    pub min: i64,
    pub mode: i64,
    pub max: i64,
    pub samples: u32,
}

/// So many records weigh as much as the pack's range.
const HALF_WEIGHT: i64 = 5;
/// A record outside of these says more about its entry than about the work.
const PLAUSIBLE: std::ops::RangeInclusive<i64> = 5..=1_000;

impl History {
    /// From everything that these projects have finished, with its first and last day known.
    pub fn of(projects: &[&Project], pack: &Pack) -> Self {
        let mut ratios: BTreeMap<(String, String), Vec<i64>> = BTreeMap::new();
        for project in projects.iter().filter(|p| !p.withdrawn) {
            let Some(plan) = &project.plan else { continue };
            for (id, activity) in plan.activities.iter().filter(|(_, a)| a.days > 0) {
                let took = took(project, activity, pack).map(|days| (days * 100 + activity.days / 2) / activity.days);
                if let Some((ratio, key)) = took.filter(|r| PLAUSIBLE.contains(r)).zip(key(plan, id, activity)) {
                    ratios.entry(key).or_default().push(ratio);
                }
            }
        }
        ratios.values_mut().for_each(|all| all.sort_unstable());
        Self { ratios }
    }

    /// How many records there are of an activity's kind and department.
    pub fn samples(&self, plan: &Plan, id: &str, activity: &PlanActivity) -> u32 {
        u32::try_from(self.recorded(plan, id, activity).len()).unwrap_or(u32::MAX)
    }

    /// How long an activity may take: as the plan or the pack has it, moved towards what was recorded the more of it there
    /// is. With five records each half counts.
    pub fn range(&self, plan: &Plan, id: &str, activity: &PlanActivity, pack: &Pack) -> Option<Learned> {
        let of_clock = || pack.ranges.iter().find(|r| r.clock == activity.clock).map(|r| DurationRange { min: r.min, max: r.max });
        let told = activity.range.or_else(of_clock);
        let recorded = self.recorded(plan, id, activity);
        let n = i64::try_from(recorded.len()).unwrap_or(i64::MAX);
        let told = told.or_else(|| (n > 0).then_some(DurationRange { min: 100, max: 100 }))?;
        let (Some(least), Some(middle), Some(most)) = (recorded.first(), recorded.get(recorded.len() / 2), recorded.last()) else {
            return Some(Learned { min: told.min, mode: 100, max: told.max, samples: 0 }.in_order());
        };
        let shrunk = |told: i64, found: i64| (told * HALF_WEIGHT + found * n) / (HALF_WEIGHT + n);
        let learned = Learned {
            min: shrunk(told.min, *least),
            mode: shrunk(100, *middle),
            max: shrunk(told.max, *most),
            samples: u32::try_from(n).unwrap_or(u32::MAX),
        };
        Some(learned.in_order())
    }

    fn recorded(&self, plan: &Plan, id: &str, activity: &PlanActivity) -> &[i64] {
        if self.ratios.is_empty() {
            return &[];
        }
        key(plan, id, activity).and_then(|key| self.ratios.get(&key)).map_or(&[], Vec::as_slice)
    }
}

impl Learned {
    fn in_order(self) -> Self {
        let (min, max) = (self.min.clamp(0, 10_000), self.max.clamp(0, 10_000));
        let (min, max) = (min.min(max), max.max(min));
        Self { min, mode: self.mode.clamp(min, max), max, ..self }
    }
}

/// A formality is itself everywhere; a step of a pattern is one where the same pattern was applied.
fn key(plan: &Plan, id: &str, activity: &PlanActivity) -> Option<(String, String)> {
    let of_pattern = || plan.applied.as_ref().map(|applied| format!("{}/{id}", applied.pattern));
    let kind = activity.formality.first().cloned().or_else(of_pattern)?;
    Some((kind, activity.department.first().cloned().unwrap_or_default()))
}

/// Working days from the first to the last, pauses among them: who waits, waits for them too.
fn took(project: &Project, activity: &PlanActivity, pack: &Pack) -> Option<i64> {
    let counter = Counter { calendar: pack.calendar(), working: true, pauses: &[] };
    if activity.formality.is_empty() {
        let (first, last) = (activity.progress.started?, activity.progress.finished?);
        return Some(counter.days(first.yesterday().ok()?, last).max(1));
    }
    let rows = activity.formality.iter().map(|kind| {
        let row = project.formalities.iter().find(|f| f.kind == *kind)?;
        let first = row.course.earlier.iter().filter_map(|r| r.applied).chain(row.applied).map(Period::first_day).min();
        Some((first?, row.decided_on().filter(|_| row.state == lantu_model::FormalityState::Granted)?))
    });
    let rows = rows.collect::<Option<Vec<_>>>()?;
    let (first, last) = (rows.iter().map(|r| r.0).min()?, rows.iter().map(|r| r.1).max()?);
    Some(counter.days(first, last).max(1))
}
