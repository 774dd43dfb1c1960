//! Makes a model ready to draw from.
use super::copula::Copula;
use super::correlations::copula;
use super::quantile::{Quantile, minutes};
use super::risks::{Bearing, Strike};
use super::stream::{key_of, of_activity, of_cause, of_pair};
use super::weather::Sky;
use super::{Begun, Draws, MOST, Own};
use crate::model::{Risk, RiskModel};
use crate::odds::Note;
use lantu_calendar::Span;
use lantu_schedule::{Activity, ActivityIx, Kind, Progress};
use std::collections::BTreeMap;

/// How a range or a risk finds an activity.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    /// So much is to be done, nothing is.
    Ahead(Span),
    /// So much of it is still to be done.
    Begun(Span),
    /// Nothing is.
    Done,
    /// It has no length of its own: rows that sum up others, levels of effort, milestones by kind, what the network leaves out.
    Aside,
}

fn standing(activity: &Activity) -> Standing {
    let work = matches!(activity.kind, Kind::Task | Kind::ResourceDependent);
    if !work || activity.detail.as_ref().is_some_and(|detail| detail.inactive || detail.fixed.is_some()) {
        return Standing::Aside;
    }
    match activity.progress() {
        Progress::NotStarted => Standing::Ahead(activity.duration),
        Progress::Started { remaining, .. } => Standing::Begun(remaining),
        Progress::Finished { .. } => Standing::Done,
    }
}

struct Setup<'a> {
    model: &'a RiskModel,
    tick: i64,
    draws: Draws,
    /// Uids whose ranges are left aside: of finished work, of rows without a length of their own.
    left_aside: [Vec<i64>; 2],
    notes: Vec<Note>,
}

impl Draws {
    /// Of a model whose lengths are counted in ticks of `tick` seconds, a divisor of 60; and what it leaves aside. All
    /// chance comes from `seed`.
    pub fn of(model: &RiskModel, tick: i64, seed: u64) -> (Self, Vec<Note>) {
        let tick = tick.clamp(1, 60);
        let activities = model.network.activities.len();
        let draws = Self {
            key: key_of(seed),
            per_minute: (60 / tick) as i32,
            varies: vec![false; activities],
            bounds: vec![],
            seldom_passed: vec![],
            own: vec![],
            together: Copula::default(),
            begun: vec![],
            planned: vec![],
            risks: vec![],
            shortened: vec![],
            weather: model.weather.iter().map(Sky::of).collect(),
        };
        let mut setup = Setup { model, tick, draws, left_aside: [vec![], vec![]], notes: vec![] };
        setup.draws.bounds = model.network.activities.iter().map(|activity| setup.planned(activity)).map(|t| (t, t)).collect();
        setup.draws.seldom_passed = setup.draws.bounds.iter().map(|bounds| bounds.1).collect();
        setup.ranges();
        setup.correlations();
        setup.risks();
        (setup.draws, setup.notes)
    }
}

impl Setup<'_> {
    /// What the plan says.
    fn planned(&self, activity: &Activity) -> i32 {
        match standing(activity) {
            Standing::Begun(remaining) => self.ticks(remaining),
            _ => self.ticks(activity.duration),
        }
    }

    fn ticks(&self, span: Span) -> i32 {
        (span.as_seconds() / self.tick).clamp(0, i64::from(MOST)) as i32
    }

    /// The most minutes that a draw may have.
    fn most(&self) -> i32 {
        MOST / self.draws.per_minute
    }

    fn activity(&self, at: ActivityIx) -> Option<&Activity> {
        self.model.network.activities.get(at.at())
    }

    fn ranges(&mut self) {
        for range in &self.model.ranges {
            let Some(activity) = self.model.network.activities.get(range.activity.at()) else { continue };
            if self.draws.varies[range.activity.at()] {
                continue;
            }
            match standing(activity) {
                Standing::Done => self.left_aside[0].push(activity.uid),
                Standing::Aside => self.left_aside[1].push(activity.uid),
                Standing::Ahead(_) | Standing::Begun(_) => {
                    if let Some(quantile) = Quantile::of(&range.range, self.most()) {
                        self.range(range.activity, activity, quantile);
                    }
                }
            }
        }
        let [done, aside] = std::mem::take(&mut self.left_aside);
        for (code, activities) in [("range_on_finished", done), ("range_on_summary", aside)] {
            self.note(code, "ranges".into(), activities);
        }
    }

    fn range(&mut self, at: ActivityIx, activity: &Activity, quantile: Quantile) {
        let per_minute = self.draws.per_minute;
        let (least, most) = quantile.bounds();
        let mut bounds = [least, most, quantile.seldom_passed()].map(|minutes| minutes.saturating_mul(per_minute));
        if let Standing::Begun(remaining) = standing(activity) {
            let likely = quantile.mode().unwrap_or_else(|| minutes(activity.duration, self.most()).clamp(least, most));
            let begun = Begun { at: at.0, remaining: self.ticks(remaining), likely: likely.saturating_mul(per_minute) };
            bounds = bounds.map(|ticks| begun.of(ticks));
            self.draws.begun.push(begun);
        }
        self.draws.own.push(Own { stream: of_activity(self.model.key, activity.uid), at: at.0, quantile });
        self.draws.varies[at.at()] = true;
        (self.draws.bounds[at.at()], self.draws.seldom_passed[at.at()]) = ((bounds[0], bounds[1]), bounds[2]);
    }

    fn correlations(&mut self) {
        if !self.model.correlations.is_empty() {
            let (together, notes) = copula(self.model, &mut self.draws.own);
            self.draws.together = together;
            self.notes.extend(notes);
        }
    }

    fn risks(&mut self) {
        let risks: Vec<Strike> = self.model.risks.iter().map(|risk| self.risk(risk)).collect();
        // How far the risks can move an activity, all together.
        let mut reach: BTreeMap<u32, [i32; 3]> = risks.iter().flat_map(Strike::touched).map(|at| (at, [0; 3])).collect();
        for (at, [least, most, seldom]) in risks.iter().flat_map(Strike::reach) {
            let adds = [least.min(0), most.max(0), seldom.max(0)].map(|minutes| minutes.saturating_mul(self.draws.per_minute));
            reach.entry(at).or_default().iter_mut().zip(adds).for_each(|(sum, add)| *sum = sum.saturating_add(add));
        }
        for (at, [least, most, seldom]) in reach {
            let bounds = &mut self.draws.bounds[at as usize];
            if !std::mem::replace(&mut self.draws.varies[at as usize], true) {
                self.draws.planned.push((at, bounds.0));
            }
            if least < 0 {
                self.draws.shortened.push(at);
            }
            *bounds = (bounds.0.saturating_add(least).max(0), bounds.1.saturating_add(most).max(0));
            let passed = &mut self.draws.seldom_passed[at as usize];
            *passed = passed.saturating_add(seldom);
        }
        self.draws.risks = risks;
    }

    fn risk(&mut self, risk: &Risk) -> Strike {
        let key = self.model.key;
        let own = of_cause(key, &risk.id, false);
        let mut left_aside = [vec![], vec![]];
        let mut before: BTreeMap<u32, u64> = BTreeMap::new();
        let mut bearings = vec![];
        for impact in &risk.impacts {
            let Some(activity) = self.activity(impact.activity) else { continue };
            match standing(activity) {
                Standing::Done => left_aside[0].push(activity.uid),
                Standing::Aside => left_aside[1].push(activity.uid),
                Standing::Ahead(_) | Standing::Begun(_) => {
                    let Some(quantile) = Quantile::of(&impact.range, self.most()) else { continue };
                    // A second impact on the same activity is drawn on its own.
                    let again = before.entry(impact.activity.0).or_default();
                    let stream = of_pair(own.wrapping_add(*again), activity.uid.cast_unsigned());
                    *again += 1;
                    bearings.push(Bearing { stream, at: impact.activity.0, quantile });
                }
            }
        }
        for (code, activities) in ["impact_on_finished", "impact_on_summary"].into_iter().zip(left_aside) {
            self.note(code, format!("risk {}", risk.id), activities);
        }
        Strike::new(of_cause(key, &risk.id, risk.shared), risk.shared, risk.probability, bearings)
    }

    /// Notes activities, when there are any.
    fn note(&mut self, code: &'static str, place: String, activities: Vec<i64>) {
        if !activities.is_empty() {
            self.notes.push(Note { code, place, found: activities.len().to_string(), activities });
        }
    }
}
