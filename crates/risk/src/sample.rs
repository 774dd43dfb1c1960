//! Draws: for any block of iterations, how long every unsure activity takes in each of them.
//!
//! Nothing is remembered between blocks. A draw is a function of the seed, the iteration and the name of what is drawn, so any
//! thread may draw any block, and a model with one activity, range or risk more draws the same for all others.
mod copula;
mod correlations;
mod matrix;
mod normal;
mod philox;
mod quantile;
mod risks;
mod series;
mod setup;
mod stream;
mod weather;

use crate::lanes::Lanes;
use copula::Copula;
use philox::chance;
use quantile::Quantile;
use risks::Strike;
use series::WHOLE;
use stream::DURATION;
use weather::Sky;

/// What a model draws. Values are ticks: of the duration, or of what remains where the work has begun.
#[derive(Clone, Debug)]
pub(crate) struct Draws {
    key: [u32; 2],
    /// Ticks of a minute.
    per_minute: i32,
    /// By activity.
    varies: Vec<bool>,
    /// By activity: the least and the most.
    bounds: Vec<(i32, i32)>,
    /// By activity.
    seldom_passed: Vec<i32>,
    /// Ranges that vary on their own.
    own: Vec<Own>,
    /// Ranges that move together.
    together: Copula,
    /// Ranges of work that has begun.
    begun: Vec<Begun>,
    /// What only risks vary, with what the plan says.
    planned: Vec<(u32, i32)>,
    /// In the model's order.
    risks: Vec<Strike>,
    /// What an opportunity could bring below zero.
    shortened: Vec<u32>,
    /// In the model's order.
    weather: Vec<Sky>,
}

/// An activity that draws for itself.
#[derive(Clone, Debug)]
struct Own {
    stream: u64,
    at: u32,
    quantile: Quantile,
}

/// Work that has begun: what remains, in proportion to what is drawn of the whole.
#[derive(Clone, Copy, Debug)]
struct Begun {
    at: u32,
    remaining: i32,
    likely: i32,
}

/// No draw has more ticks, so that differences of two still fit: two thousand years in minutes, 34 in seconds.
const MOST: i32 = i32::MAX / 2;

impl Draws {
    /// Writes the durations of a block's iterations, by activity; of activities that do not vary, nothing.
    ///
    /// To be called where the processor's extensions are switched on: everything is inlined down to here.
    #[inline(always)]
    pub fn fill(&self, block: u32, out: &mut [Lanes]) {
        for own in &self.own {
            if let Some(out) = out.get_mut(own.at as usize) {
                own.quantile.draw(&chance(self.key, own.stream, DURATION, block), self.per_minute, out);
            }
        }
        self.together.fill(self.key, block, self.per_minute, out);
        for begun in &self.begun {
            if let Some(out) = out.get_mut(begun.at as usize) {
                begun.stretch(out);
            }
        }
        for &(at, ticks) in &self.planned {
            if let Some(out) = out.get_mut(at as usize) {
                *out = Lanes::all(ticks);
            }
        }
        for risk in &self.risks {
            risk.add(self.key, block, self.per_minute, out);
        }
        for &at in &self.shortened {
            if let Some(out) = out.get_mut(at as usize) {
                out.0.iter_mut().for_each(|ticks| *ticks = (*ticks).max(0));
            }
        }
    }

    /// By activity, whether [`Draws::fill`] writes it.
    pub fn varies(&self) -> &[bool] {
        &self.varies
    }

    /// The least and the most ticks that an activity can have, whatever strikes; of one that does not vary, what the plan says.
    pub fn bounds(&self, at: usize) -> (i32, i32) {
        self.bounds.get(at).copied().unwrap_or_default()
    }

    /// The ticks that an activity passes in few iterations of a thousand, if all risks strike.
    pub fn seldom_passed(&self, at: usize) -> i32 {
        self.seldom_passed.get(at).copied().unwrap_or_default()
    }

    /// The same chances with a risk that never strikes. The same activities are written, and bounds stay as they are.
    pub fn without(&self, risk: usize) -> Self {
        let mut without = self.clone();
        if let Some(risk) = without.risks.get_mut(risk) {
            risk.never();
        }
        without
    }

    /// In which iterations of a block a risk strikes: bit i for lane i.
    pub fn struck(&self, risk: usize, block: u32) -> u64 {
        self.risks.get(risk).map_or(0, |risk| risk.mask(self.key, block))
    }

    /// Which of the `days` from `first_day` (counted from 1970-01-01) a weather takes in an iteration.
    pub fn lost_days(&self, weather: usize, iteration: u32, first_day: i64, days: usize) -> Vec<bool> {
        self.weather.get(weather).map_or_else(|| vec![false; days], |sky| sky.lost_days(self.key, iteration, first_day, days))
    }
}

impl Begun {
    #[inline(always)]
    fn stretch(self, out: &mut Lanes) {
        for ticks in &mut out.0 {
            *ticks = self.of(*ticks);
        }
    }

    /// What remains when so many ticks are drawn of the whole; what is added to it when nothing was most likely.
    #[inline(always)]
    fn of(self, drawn: i32) -> i32 {
        let [remaining, likely, most] = [self.remaining, self.likely, MOST].map(f64::from);
        let drawn = f64::from(drawn);
        let stretched = if self.likely == 0 { remaining + drawn } else { remaining * drawn / likely };
        let stretched = if stretched < most { stretched } else { most };
        ((stretched + WHOLE).to_bits() as u32).cast_signed()
    }
}

#[cfg(test)]
mod tests;
