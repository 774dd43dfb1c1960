//! Normal numbers out of uniform ones and back, by tables, in lanes.
use super::philox::Chance;
use super::series::{WHOLE, tail, tail_end};
use crate::lanes::LANES;
use std::sync::OnceLock;

/// A normal number for each iteration of a block.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Normal(pub [f64; LANES]);

/// Cells of an octave of probability.
const CELLS: usize = 1 << CELL_BITS;
const CELL_BITS: u32 = 7;
/// Octaves of the tail, from 2^-33 to a half.
const OCTAVES: usize = 32;
const QUANTILES: usize = OCTAVES * CELLS + 1;
/// Bits of a float behind those that choose the cell.
const REST: u32 = 23 - CELL_BITS;
/// The float 0.5, which the first cell begins at.
const HALF: u32 = 0.5_f32.to_bits();

/// Cells of a unit, and the last unit, of the table of tails.
const STEPS: f64 = 256.0;
const REACH: f64 = 6.5;
const TAILS: usize = (REACH * STEPS) as usize + 1;

/// Both tables, computed once, by arithmetic that is the same everywhere.
pub(crate) struct Tables {
    /// |z| where the tail is the cell's first probability, in multiples of 2^-40.
    quantiles: [f64; QUANTILES + 1],
    /// 2^32 times the tail at multiples of 1/256.
    tails: [f64; TAILS + 1],
}

/// The tables.
pub(crate) fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(Tables::computed)
}

impl Tables {
    fn computed() -> Self {
        let mut quantiles = [0.0; QUANTILES + 1];
        let mut z = 0.0;
        for cell in (0..QUANTILES - 1).rev() {
            let first = f32::from_bits(HALF + ((cell as u32) << REST));
            z = tail_end(f64::from(first) / 4_294_967_296.0, z);
            // A grain of 2^-40 leaves room for the products of the interpolation to be exact, so that it never turns back.
            quantiles[cell] = ((z * 1_099_511_627_776.0 + WHOLE) - WHOLE) / 1_099_511_627_776.0;
        }
        let mut tails = [0.0; TAILS + 1];
        for (at, value) in tails.iter_mut().enumerate() {
            *value = tail(at as f64 / STEPS) * 4_294_967_296.0;
        }
        Self { quantiles, tails }
    }

    /// The normal number whose probability is (u + ½)/2^32; within 8e-6 of the exact one, and never falling as u rises.
    ///
    /// Cells halve with the probability, as those of a float do, so the float's own bits choose the cell.
    #[inline(always)]
    pub fn normal(&self, chance: &Chance) -> Normal {
        let mut out = [0.0; LANES];
        for (out, &u) in out.iter_mut().zip(&chance.0) {
            let lower = u.cast_signed() >= 0;
            let tail = if lower { u } else { !u };
            let bits = (tail.cast_signed() as f32 + 0.5).to_bits();
            let cell = (bits.wrapping_sub(HALF) >> REST).min(QUANTILES as u32 - 1) as usize;
            let part = f64::from((bits & ((1 << REST) - 1)).cast_signed()) * (1.0 / f64::from(1 << REST));
            let (from, to) = (self.quantiles[cell], self.quantiles[cell + 1]);
            let z = from + (to - from) * part;
            *out = if lower { -z } else { z };
        }
        Normal(out)
    }

    /// The uniform number that normal numbers below z are as likely as: 2^32·Φ(z), within 5e-7 of 2^32.
    #[inline(always)]
    pub fn chance(&self, normal: &Normal) -> Chance {
        let mut out = [0; LANES];
        for (out, &z) in out.iter_mut().zip(&normal.0) {
            let lower = z < 0.0;
            let far = if lower { -z } else { z };
            let far = if far < REACH { far } else { REACH } * STEPS;
            let cell = far + WHOLE;
            let at = (cell.to_bits() as u32).min(TAILS as u32 - 1) as usize;
            // The nearest entry may lie ahead; then the cell before it counts.
            let part = far - (cell - WHOLE);
            let before = (at as u32).wrapping_sub(u32::from(part < 0.0)).min(TAILS as u32 - 1) as usize;
            let part = if part < 0.0 { part + 1.0 } else { part };
            let (from, to) = (self.tails[before], self.tails[before + 1]);
            let tail = ((from + (to - from) * part - 0.5) + WHOLE).to_bits() as u32;
            let tail = tail.min(0x7FFF_FFFF);
            *out = if lower { tail } else { !tail };
        }
        Chance(out)
    }
}
