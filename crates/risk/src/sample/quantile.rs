//! Inverse distribution functions: a uniform number gives whole minutes, and those give ticks.
//!
//! Every function rises with the uniform number (inverse transform sampling; Devroye, "Non-Uniform Random Variate
//! Generation", 1986, chapter II), which is what keeps common random numbers and copulas true.
use super::normal::{Normal, Tables, tables};
use super::philox::Chance;
use super::series::{WHOLE, Z90, exp, ln};
use crate::lanes::{LANES, Lanes};
use crate::model::Range;
use lantu_calendar::Span;

/// A range, made ready. Lengths are minutes.
#[derive(Clone, Debug)]
pub(crate) enum Quantile {
    /// Three points less than two years of the clock apart.
    Narrow(Triangle),
    /// Three points farther apart.
    Wide(Triangle),
    /// Every minute from the least to the most is as likely as the others.
    Uniform { min: i32, width: u32 },
    /// p50·e^(sigma·z), up to `most`.
    Lognormal { p50: i32, most: i32, sigma: f64 },
    /// One of those, in order.
    Empirical(Box<[i32]>),
}

/// Three points, and the last of 2^31 equal steps of probability that falls below the mode; -1 for none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Triangle {
    min: i32,
    mode: i32,
    max: i32,
    last: i32,
}

/// As far apart as 24 bits still tell a sixth of a minute.
const NARROW: i64 = 1 << 20;
/// 2^-31.
const STEP: f64 = 1.0 / 2_147_483_648.0;
/// Added to a float below 2^22 it leaves the nearest whole number in its low bits.
const WHOLE_FLOAT: f32 = 8_388_608.0;

impl Quantile {
    /// Of a range whose lengths are held within `most` minutes either way. `None` of an empty sample, which no valid model has.
    pub fn of(range: &Range, most: i32) -> Option<Self> {
        let minutes = |span: Span| minutes(span, most);
        Some(match range {
            Range::Triangular { min, mode, max } => {
                let min = minutes(*min);
                let max = minutes(*max).max(min);
                Self::triangle(min, minutes(*mode).clamp(min, max), max)
            }
            Range::Uniform { min, max } => {
                let min = minutes(*min);
                Self::Uniform { min, width: minutes(*max).max(min).abs_diff(min) + 1 }
            }
            Range::Lognormal { p50, p90 } => {
                let [p50, p90] = [minutes(*p50).max(1), minutes(*p90).max(1)];
                let sigma = ln(f64::from(p90.max(p50)) / f64::from(p50)) / Z90;
                Self::Lognormal { p50, most, sigma }
            }
            Range::Empirical { values } => {
                let mut values: Box<[i32]> = values.iter().map(|value| minutes(*value)).collect();
                values.sort_unstable();
                values.first()?;
                Self::Empirical(values)
            }
        })
    }

    fn triangle(min: i32, mode: i32, max: i32) -> Self {
        let (width, rise) = (i64::from(max) - i64::from(min), i64::from(mode) - i64::from(min));
        let steps = if width == 0 { 0 } else { (rise << 31) / width };
        let triangle = Triangle { min, mode, max, last: (steps - 1) as i32 };
        if width <= NARROW { Self::Narrow(triangle) } else { Self::Wide(triangle) }
    }

    /// Writes what `chance` draws, in ticks of which `per_minute` are a minute.
    #[inline(always)]
    pub fn draw(&self, chance: &Chance, per_minute: i32, out: &mut Lanes) {
        match self {
            Self::Narrow(triangle) => triangle.draw_narrow(chance, per_minute, out),
            Self::Wide(triangle) => triangle.draw_wide(chance, per_minute, out),
            Self::Uniform { min, width } => {
                for (out, &u) in out.0.iter_mut().zip(&chance.0) {
                    let up = (u64::from(u).wrapping_mul(u64::from(*width)) >> 32) as i32;
                    *out = min.wrapping_add(up).wrapping_mul(per_minute);
                }
            }
            Self::Lognormal { p50, most, sigma } => {
                let table: &Tables = tables();
                lognormal(&table.normal(chance), [f64::from(*p50), f64::from(*most), *sigma], per_minute, out);
            }
            Self::Empirical(values) => {
                let count = values.len() as u64;
                for (out, &u) in out.0.iter_mut().zip(&chance.0) {
                    let at = (u64::from(u).wrapping_mul(count) >> 32) as usize;
                    *out = values.get(at).map_or(0, |value| value.wrapping_mul(per_minute));
                }
            }
        }
    }

    /// The least and the most that it draws, in minutes.
    pub fn bounds(&self) -> (i32, i32) {
        (self.at(0), self.at(u32::MAX))
    }

    /// What one draw in a thousand passes, in minutes: the most that there is may be two hundred times the median.
    pub fn seldom_passed(&self) -> i32 {
        self.at(u32::MAX - (1 << 22))
    }

    fn at(&self, chance: u32) -> i32 {
        let mut out = Lanes::ZERO;
        self.draw(&Chance([chance; LANES]), 1, &mut out);
        out.0[0]
    }

    /// What is most likely, of three points.
    pub fn mode(&self) -> Option<i32> {
        match self {
            Self::Narrow(triangle) | Self::Wide(triangle) => Some(triangle.mode),
            _ => None,
        }
    }
}

impl Triangle {
    /// From the nearer end: min + √(u·width·rise) below the mode, max - √((1-u)·width·fall) above it. Floats are enough for
    /// the distance from an end, to which whole minutes are added; neither side passes the mode.
    #[inline(always)]
    fn draw_narrow(&self, chance: &Chance, per_minute: i32, out: &mut Lanes) {
        let [rise, fall] = self.sides();
        let [up, down] = self.slopes().map(|slope| slope as f32);
        // Values of their own, each chosen by itself: what is loaded or computed on one side only stays a branch where the
        // processor has no masks.
        let Triangle { min, max, last, .. } = *self;
        for (out, &u) in out.0.iter_mut().zip(&chance.0) {
            let step = (u >> 1).cast_signed();
            let lower = step <= last;
            let far = if lower { step } else { i32::MAX.wrapping_sub(step) };
            let slope = if lower { up } else { down };
            let most = if lower { rise } else { fall };
            let root = (far as f32 * slope).sqrt();
            let minutes = (root + WHOLE_FLOAT).to_bits().wrapping_sub(WHOLE_FLOAT.to_bits()).cast_signed().min(most);
            let (from_min, from_max) = (min.wrapping_add(minutes), max.wrapping_sub(minutes));
            *out = (if lower { from_min } else { from_max }).wrapping_mul(per_minute);
        }
    }

    /// The same by doubles.
    #[inline(always)]
    fn draw_wide(&self, chance: &Chance, per_minute: i32, out: &mut Lanes) {
        let [rise, fall] = self.sides();
        let [up, down] = self.slopes();
        for (out, &u) in out.0.iter_mut().zip(&chance.0) {
            let step = (u >> 1).cast_signed();
            let lower = step <= self.last;
            let (far, slope, most) = if lower { (step, up, rise) } else { (i32::MAX.wrapping_sub(step), down, fall) };
            let root = (f64::from(far) * slope).sqrt();
            let minutes = ((root + WHOLE).to_bits() as u32).cast_signed();
            *out = self.beyond(lower, minutes.min(most)).wrapping_mul(per_minute);
        }
    }

    #[inline(always)]
    fn beyond(&self, lower: bool, minutes: i32) -> i32 {
        if lower { self.min.wrapping_add(minutes) } else { self.max.wrapping_sub(minutes) }
    }

    #[inline(always)]
    fn sides(&self) -> [i32; 2] {
        [self.mode.wrapping_sub(self.min), self.max.wrapping_sub(self.mode)]
    }

    /// What a step of probability adds to the square of the distance from either end.
    #[inline(always)]
    fn slopes(&self) -> [f64; 2] {
        let width = f64::from(self.max.wrapping_sub(self.min));
        self.sides().map(|side| width * f64::from(side) * STEP)
    }
}

#[inline(always)]
fn lognormal(normal: &Normal, [p50, most, sigma]: [f64; 3], per_minute: i32, out: &mut Lanes) {
    for (out, &z) in out.0.iter_mut().zip(&normal.0) {
        let drawn = p50 * exp(sigma * z);
        let drawn = if drawn < most { drawn } else { most };
        *out = ((drawn + WHOLE).to_bits() as u32).cast_signed().wrapping_mul(per_minute);
    }
}

/// Whole minutes, the nearest, held within `most` either way.
pub(crate) fn minutes(span: Span, most: i32) -> i32 {
    let minutes = span.as_seconds().saturating_add(30).div_euclid(60);
    minutes.clamp(-i64::from(most), i64::from(most)) as i32
}
