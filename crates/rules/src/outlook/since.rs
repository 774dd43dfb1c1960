//! Since when a milestone has had its light.
//!
//! Between two days on which something happened a date can only move away, so that a light only worsens. The steps back over
//! those days grow after the latest, so that a thousand projects are dated at once: a relief of a few days long ago may be stepped over, but
//! the day that is told has the light and its eve has not. Facts are dated by their own days; promises are those of today.
use super::View;
use jiff::civil::Date;
use lantu_model::{Ahead, Formality, Light, Milestone, period::Period};
use std::collections::{BTreeMap, BTreeSet};

impl View<'_> {
    /// Puts the first day of its light beside each milestone that is late.
    pub(super) fn date_lights(&self, milestones: &mut [Ahead]) {
        if milestones.iter().all(|ahead| ahead.light == Light::Green) {
            return;
        }
        let mut past = Past { view: self, happened: self.happened(), known: BTreeMap::new() };
        for (at, ahead) in milestones.iter_mut().enumerate().filter(|(_, ahead)| ahead.light != Light::Green) {
            ahead.since = Some(past.since(at, ahead.light));
        }
    }

    /// The days from the plan's first to today on which something happened, in order.
    fn happened(&self) -> Vec<Date> {
        let mut days: BTreeSet<Date> = BTreeSet::new();
        for (_, activity) in self.lines.iter() {
            days.extend([activity.progress.started, activity.progress.finished, activity.progress.seen].into_iter().flatten());
        }
        for row in &self.project.formalities {
            days_of(row, &mut days);
        }
        days.extend(Milestone::ALL.into_iter().filter_map(|m| super::ahead::stage_day(self.project, m)));
        let first = self.axis.start.min(self.sight.today);
        days.insert(first);
        days.range(first..=self.sight.today).copied().collect()
    }

    /// The lights of its milestones, in their order.
    pub(super) fn lights(&self) -> Vec<Light> {
        self.reached().map(|(milestone, at)| self.light(milestone, at)).collect()
    }
}

fn days_of(row: &Formality, days: &mut BTreeSet<Date>) {
    let mut round = |applied: Option<Period>, decided: Option<Period>, ended: Option<Date>| {
        days.extend(
            [applied.map(Period::first_day), decided.map(Period::first_day), decided.map(Period::last_day), ended].into_iter().flatten(),
        );
    };
    round(row.applied, row.decided, row.course.ended.as_ref().map(|e| e.on));
    for earlier in &row.course.earlier {
        round(earlier.applied, earlier.decided, earlier.ended.as_ref().map(|e| e.on));
    }
    let rounds = row.course.earlier.iter().map(|r| &r.pauses).chain([&row.course.pauses]);
    for pause in rounds.flatten() {
        days.insert(pause.from);
        days.extend(pause.until.and_then(|until| until.tomorrow().ok()));
    }
}

/// So many of the latest days are all looked at.
const ONE_BY_ONE: usize = 8;

/// The lights of earlier days.
struct Past<'a> {
    view: &'a View<'a>,
    happened: Vec<Date>,
    known: BTreeMap<Date, Vec<Light>>,
}

impl Past<'_> {
    /// Back over the days on which something happened, the latest one by one, the others in ever longer steps, to one without the light; then by halving.
    fn since(&mut self, at: usize, light: Light) -> Date {
        let (mut has, mut back) = (self.view.sight.today, self.happened.len());
        let all = back;
        while back > 0 {
            let looked = all - back;
            back = back.saturating_sub(if looked < ONE_BY_ONE { 1 } else { looked / 2 });
            let Some(&fact) = self.happened.get(back) else { break };
            if self.light(fact, at) != light {
                return self.turned(fact, has, at, light);
            }
            has = fact;
        }
        has
    }

    /// A day with a light whose eve has not got it, between one that did not have it yet and one that has.
    fn turned(&mut self, not_yet: Date, has: Date, at: usize, light: Light) -> Date {
        let (mut low, mut high) = (not_yet, has);
        loop {
            let days = (high - low).get_days();
            if days <= 1 {
                return high;
            }
            let middle = low.saturating_add(jiff::ToSpan::days(days / 2));
            if self.light(middle, at) == light { high = middle } else { low = middle }
        }
    }

    fn light(&mut self, day: Date, at: usize) -> Light {
        let view = self.view;
        let lights = self.known.entry(day).or_insert_with(|| view.on(day).map(|past| past.lights()).unwrap_or_default());
        lights.get(at).copied().unwrap_or_default()
    }
}
