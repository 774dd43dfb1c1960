//! Chance from one seed: small, named and unchanging, so that a seed is a bug report for good (SplitMix64).
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// An independent stream for each `(seed, what)`.
    pub fn of(seed: u64, what: u64) -> Self {
        let mut c = Self(seed ^ what.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        c.next();
        c
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }
    /// `0..n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { ((u128::from(self.next()) * n as u128) >> 64) as usize }
    }
    /// Both ends included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }
    pub fn percent(&mut self, p: u32) -> bool {
        self.below(100) < p as usize
    }
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
    /// Days of an exponential delay with this mean.
    pub fn delay(&mut self, mean_days: f64) -> i64 {
        (-(1.0 - self.unit()).ln() * mean_days).round() as i64
    }
    /// A lognormal figure around a median.
    pub fn around(&mut self, median: f64, spread: f64) -> f64 {
        // The sum of twelve uniforms less six is normal enough for a demo's money.
        let normal: f64 = (0..12).map(|_| self.unit()).sum::<f64>() - 6.0;
        median * (normal * spread).exp()
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// UUIDv7-shaped ids from the seed: they sort in the order they were made.
#[derive(Debug)]
pub struct IdSource {
    seed: u64,
    made: AtomicU64,
    start_ms: u64,
}

impl IdSource {
    pub fn new(seed: u64, start_ms: u64) -> Self {
        Self { seed, made: AtomicU64::new(0), start_ms }
    }
    pub fn fresh(&self) -> Uuid {
        let n = self.made.fetch_add(1, Ordering::Relaxed);
        let random = (u128::from(mix(self.seed ^ n.wrapping_mul(0xd134_2543_de82_ef95))) << 16) | u128::from(n & 0xffff);
        let mut tail = [0u8; 10];
        tail.copy_from_slice(&random.to_be_bytes()[6..16]);
        uuid::Builder::from_unix_timestamp_millis(self.start_ms + n, &tail).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_streams_differ() {
        let draw = |seed, what| (0..20).map(|_| ()).scan(Chance::of(seed, what), |c, ()| Some(c.below(1000))).collect::<Vec<_>>();
        assert_eq!(draw(7, 1), draw(7, 1));
        assert_ne!(draw(7, 1), draw(7, 2));
        let ids = IdSource::new(7, 1_700_000_000_000);
        let made: Vec<Uuid> = (0..1000).map(|_| ids.fresh()).collect();
        assert!(made.windows(2).all(|w| w[0] < w[1]));
    }
}
