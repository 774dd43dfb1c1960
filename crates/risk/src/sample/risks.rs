//! Risks: whether each strikes, and what it then adds.
use super::philox::chance;
use super::quantile::Quantile;
use super::stream::{IMPACT, SHARED, STRIKE};
use crate::lanes::{LANES, Lanes};

/// A risk, made ready.
#[derive(Clone, Debug)]
pub(crate) struct Strike {
    stream: u64,
    tag: u32,
    /// It strikes when the uniform number is not above this; `None` for never.
    last: Option<u32>,
    bearings: Vec<Bearing>,
}

/// What a risk adds to an activity.
#[derive(Clone, Debug)]
pub(crate) struct Bearing {
    /// Whose chance.
    pub stream: u64,
    /// On which activity.
    pub at: u32,
    /// How much.
    pub quantile: Quantile,
}

impl Strike {
    /// A risk of a probability, held within 0 and 1 and rounded to 2^-32.
    pub fn new(stream: u64, shared: bool, probability: f64, bearings: Vec<Bearing>) -> Self {
        // The conversion stops at both ends and takes what is not a number for 0.
        let chances = (probability * 4_294_967_296.0 + 0.5) as u64;
        let last = chances.min(1 << 32).checked_sub(1).map(|last| last as u32);
        Self { stream, tag: if shared { STRIKE | SHARED } else { STRIKE }, last, bearings }
    }

    /// Takes away its chance.
    pub fn never(&mut self) {
        self.last = None;
    }

    /// What it may add, by activity, in minutes: the least, the most, and what it seldom passes.
    pub fn reach(&self) -> impl Iterator<Item = (u32, [i32; 3])> {
        let bearings = if self.last.is_some() { self.bearings.as_slice() } else { &[] };
        let three = |quantile: &Quantile| {
            let (least, most) = quantile.bounds();
            [least, most, quantile.seldom_passed()]
        };
        bearings.iter().map(move |bearing| (bearing.at, three(&bearing.quantile)))
    }

    /// On which activities it bears.
    pub fn touched(&self) -> impl Iterator<Item = u32> {
        self.bearings.iter().map(|bearing| bearing.at)
    }

    /// Bit i for lane i.
    pub fn mask(&self, key: [u32; 2], block: u32) -> u64 {
        let strikes = self.strikes(key, block);
        strikes.0.iter().enumerate().fold(0, |mask, (lane, strikes)| mask | u64::from(*strikes != 0) << lane)
    }

    /// Adds what it brings to the lanes it strikes in.
    #[inline(always)]
    pub fn add(&self, key: [u32; 2], block: u32, per_minute: i32, out: &mut [Lanes]) {
        if self.last.is_none() {
            return;
        }
        let strikes = self.strikes(key, block);
        for bearing in &self.bearings {
            let Some(out) = out.get_mut(bearing.at as usize) else { continue };
            let mut more = Lanes::ZERO;
            bearing.quantile.draw(&chance(key, bearing.stream, IMPACT, block), per_minute, &mut more);
            for lane in 0..LANES {
                out.0[lane] = out.0[lane].saturating_add(more.0[lane] & strikes.0[lane]);
            }
        }
    }

    /// All bits of the lanes that it strikes in.
    #[inline(always)]
    fn strikes(&self, key: [u32; 2], block: u32) -> Lanes {
        let mut out = Lanes::ZERO;
        if let Some(last) = self.last {
            let drawn = chance(key, self.stream, self.tag, block);
            for (out, u) in out.0.iter_mut().zip(drawn.0) {
                *out = if u <= last { -1 } else { 0 };
            }
        }
        out
    }
}
