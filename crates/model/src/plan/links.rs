//! Links of a plan: who waits for whom, rings, and taking a step out so that order is kept.
use super::{ActivityId, Ends, Plan, PlanActivity, Predecessor, Predecessors};
use std::collections::{BTreeMap, BTreeSet};

/// Lags are kept within what the notation can say.
pub(super) const LONGEST_LAG: i64 = 10_000;

impl Ends {
    /// A link through a step without duration: the first link's end of the one waited for, the second's of the one that waits.
    #[must_use]
    pub fn through(self, next: Self) -> Self {
        let from_start = matches!(self, Self::StartStart | Self::StartFinish);
        let to_finish = matches!(next, Self::FinishFinish | Self::StartFinish);
        match (from_start, to_finish) {
            (false, false) => Self::FinishStart,
            (true, false) => Self::StartStart,
            (false, true) => Self::FinishFinish,
            (true, true) => Self::StartFinish,
        }
    }
}

impl Predecessors {
    /// Adds a link; of two between the same ends the longer lag holds.
    pub fn tie(&mut self, link: Predecessor) {
        match self.0.iter_mut().find(|p| p.id == link.id && p.ends == link.ends) {
            Some(known) => known.lag = known.lag.max(link.lag),
            None => self.0.push(link),
        }
    }
}

impl Plan {
    /// Who waits for an activity, in the order of lines.
    pub fn waiting_for(&self, id: &str) -> Vec<&ActivityId> {
        let waits = |a: &PlanActivity| a.after.iter().any(|p| p.id == id);
        self.lines().into_iter().filter(|(_, a)| waits(a)).map(|(id, _)| id).collect()
    }

    /// Takes an activity out. Those that waited for it wait for those it waited for: lags on both sides add up, but a lead into
    /// it goes with it, as its own time does.
    pub fn bridge(&mut self, gone: &str) -> Option<PlanActivity> {
        let taken = self.activities.remove(gone)?;
        for activity in self.activities.values_mut() {
            let (into, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut activity.after.0).into_iter().partition(|p| p.id == gone);
            activity.after.0 = kept;
            for second in &into {
                for first in taken.after.iter() {
                    let lag = first.lag.saturating_add(second.lag.max(0)).clamp(-LONGEST_LAG, LONGEST_LAG);
                    activity.after.tie(Predecessor { id: first.id.clone(), ends: first.ends.through(second.ends), lag });
                }
                activity.wait_for_others(&taken, second);
            }
        }
        Some(taken)
    }

    /// The first ring of links, in the order in which they follow one another, its first activity once more at the end.
    pub fn ring(&self) -> Option<Vec<ActivityId>> {
        let mut settled = BTreeSet::new();
        self.activities.keys().find_map(|id| self.ring_from(id, &mut settled))
    }

    /// Walks against the links from an activity, without recursion: a plan may be long.
    fn ring_from<'a>(&'a self, start: &'a str, settled: &mut BTreeSet<&'a str>) -> Option<Vec<ActivityId>> {
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_way: BTreeMap<&str, usize> = BTreeMap::from([(start, 0)]);
        while let Some((id, next)) = way.last_mut() {
            let before = (!settled.contains(id)).then(|| self.activities.get(*id)?.after.get(*next)).flatten();
            *next += 1;
            match before.map(|p| p.id.as_str()) {
                Some(before) => {
                    if let Some(at) = on_way.get(before) {
                        let ring = way.iter().skip(*at).rev().map(|(id, _)| (*id).to_owned());
                        return Some(std::iter::once(before.to_owned()).chain(ring).collect());
                    }
                    if self.activities.contains_key(before) && !settled.contains(before) {
                        on_way.insert(before, way.len());
                        way.push((before, 0));
                    }
                }
                None => {
                    settled.insert(*id);
                    on_way.remove(*id);
                    way.pop();
                }
            }
        }
        None
    }
}

impl PlanActivity {
    /// What the step taken out waited for elsewhere is waited for by those that could only begin after it.
    fn wait_for_others(&mut self, taken: &Self, link: &Predecessor) {
        if matches!(link.ends, Ends::FinishFinish | Ends::StartFinish) {
            return;
        }
        for other in &taken.after_others {
            let lag = other.lag.saturating_add(link.lag.max(0)).clamp(-LONGEST_LAG, LONGEST_LAG);
            match self.after_others.iter_mut().find(|o| o.project == other.project && o.activity == other.activity) {
                Some(known) => known.lag = known.lag.max(lag),
                None => self.after_others.push(super::OtherProject { lag, ..other.clone() }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::plan;

    #[test]
    fn a_ring_is_named_in_its_order() {
        assert_eq!(plan(&[("A", ""), ("B", "A"), ("C", "A;B:SS+2")]).ring(), None);
        let ring = plan(&[("A", ""), ("B", "A;D"), ("C", "B"), ("D", "C"), ("E", "D")]).ring().unwrap();
        assert_eq!(ring.join(" "), "B C D B");
        assert_eq!(plan(&[("A", "A")]).ring().unwrap(), ["A", "A"]);
        let long: Vec<(String, String)> = (0..20_000).map(|n| (format!("N{n:05}"), format!("N{:05}", (n + 1) % 20_000))).collect();
        let long: Vec<(&str, &str)> = long.iter().map(|(id, after)| (id.as_str(), after.as_str())).collect();
        assert_eq!(plan(&long).ring().unwrap().len(), 20_001);
    }

    #[test]
    fn order_is_kept_when_a_step_goes() {
        let mut p = plan(&[("A", ""), ("B", "A:SS+5"), ("C", "B:FS-10"), ("D", "B:FF+2;A:SF")]);
        p.bridge("B");
        assert_eq!(p.activities["C"].after.to_string(), "A:SS+5");
        assert_eq!(p.activities["D"].after.to_string(), "A:SF+7");
        assert!(p.bridge("B").is_none());
    }
}
