//! Sums over the iterations, from which criticality and sensitivity are reckoned.
//!
//! All sums are whole numbers and exact, so that it is all the same which thread adds which block, and when. Durations
//! are counted from the planned one and finishes from the planned finish: the sums stay small, and work that never
//! varies adds nothing.
use crate::Sensitivity;
use crate::lanes::{LANES, Lanes};
use lantu_calendar::Span;

/// Sums of some blocks; those of two threads are put together by [`Tally::merge`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    planned_finish: i32,
    /// The finishes of the block at hand.
    finish: Lanes,
    /// How many of its lanes count.
    lanes: usize,
    /// Bits that the size of one of these finishes may have.
    finish_bits: i32,
    iterations: i64,
    finishes: Sums,
    planned: Vec<i32>,
    rows: Vec<Row>,
}

/// What is known of a number that varies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    sum: i64,
    squares: i128,
}

/// What is known of an activity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Row {
    critical: u64,
    duration: Sums,
    /// Products of duration and finish.
    products: i128,
}

impl Tally {
    /// Of no iterations. `planned` are the activities' durations (of what remains of them), in ticks.
    pub fn of(planned: Vec<i32>, planned_finish: i32) -> Self {
        let rows = vec![Row::default(); planned.len()];
        Self { planned_finish, finish: Lanes::ZERO, lanes: 0, finish_bits: 0, iterations: 0, finishes: Sums::default(), planned, rows }
    }

    /// Of nobody: only the finish is asked for.
    pub fn none() -> Self {
        Self::of(vec![], 0)
    }

    /// Begins a block: its finishes, in ticks, of which the first `lanes` count. Comes before the activities of the block.
    #[inline(always)]
    pub fn begin(&mut self, finish: &Lanes, lanes: usize) {
        self.lanes = lanes.min(LANES);
        self.iterations += self.lanes as i64;
        self.finish = Lanes::ZERO;
        for (own, at) in self.finish.0.iter_mut().zip(&finish.0).take(self.lanes) {
            *own = at.wrapping_sub(self.planned_finish);
        }
        self.finish_bits = bits(&self.finish);
        for &at in &self.finish.0 {
            let at = i64::from(at);
            self.finishes.sum += at;
            self.finishes.squares += i128::from(at * at);
        }
    }

    /// Adds an activity's part of the block: its durations in ticks, and in which of the lanes that count it is critical.
    #[inline(always)]
    pub fn add(&mut self, at: usize, duration: &Lanes, critical: u64) {
        let (Some(row), Some(&planned)) = (self.rows.get_mut(at), self.planned.get(at)) else { return };
        if self.lanes < LANES {
            return row.add_some(planned, duration, &self.finish, self.lanes, critical);
        }
        row.critical += u64::from(critical.count_ones());
        let off = less(duration, planned);
        if bits(&off) | self.finish_bits < FAST {
            row.add_fast(&off, &self.finish);
        } else {
            row.add_wide(&off, &self.finish);
        }
    }

    /// Adds in which lanes of the block an activity is critical that always takes what is planned.
    #[inline(always)]
    pub fn add_fixed(&mut self, at: usize, critical: u64) {
        let Some(row) = self.rows.get_mut(at) else { return };
        row.critical += u64::from(critical.count_ones());
    }

    /// Adds the sums of other blocks.
    pub fn merge(&mut self, other: &Self) {
        self.iterations += other.iterations;
        self.finishes.merge(other.finishes);
        for (row, more) in self.rows.iter_mut().zip(&other.rows) {
            row.critical += more.critical;
            row.duration.merge(more.duration);
            row.products += more.products;
        }
    }

    /// What the sums say of each activity; a tick is so many seconds.
    pub fn sensitivities(&self, tick: i64) -> Vec<Sensitivity> {
        self.rows.iter().zip(&self.planned).map(|(row, &planned)| self.sensitivity(row, planned, tick)).collect()
    }

    fn sensitivity(&self, row: &Row, planned: i32, tick: i64) -> Sensitivity {
        let n = i128::from(self.iterations.max(1));
        // n² times the variances and the covariance: whole numbers yet, below 2^120.
        let of_duration = row.duration.spread(n) as f64;
        let of_finish = self.finishes.spread(n) as f64;
        let both = (n * row.products - i128::from(row.duration.sum) * i128::from(self.finishes.sum)) as f64;
        let deviation = (of_duration / (n as f64 * (n as f64 - 1.0).max(1.0))).sqrt() * tick as f64;
        let (sensitivity, slope) = if of_duration > 0.0 && of_finish > 0.0 {
            ((both / (of_duration * of_finish).sqrt()).clamp(-1.0, 1.0), both / of_duration)
        } else {
            (0.0, 0.0)
        };
        let total = (i128::from(planned) * n + i128::from(row.duration.sum)) * i128::from(tick);
        Sensitivity {
            criticality: row.critical as f64 / n as f64,
            sensitivity,
            swing: rounded(slope * P10_TO_P90 * deviation),
            mean: Span::seconds((2 * total + n).div_euclid(2 * n) as i64),
            deviation: rounded(deviation),
        }
    }
}

/// Deviations from the P10 to the P90 of a normal distribution.
const P10_TO_P90: f64 = 2.563_103_131_089_201;

/// Sizes below this keep the sum of 64 products within 64 bits.
const FAST: i32 = 1 << 28;

impl Row {
    #[inline(always)]
    fn add_fast(&mut self, off: &Lanes, finish: &Lanes) {
        let (mut sum, mut squares, mut products) = (0_i64, 0_i64, 0_i64);
        for (&off, &finish) in off.0.iter().zip(&finish.0) {
            let (off, finish) = (i64::from(off), i64::from(finish));
            sum += off;
            squares += off * off;
            products += off * finish;
        }
        self.duration.sum += sum;
        self.duration.squares += i128::from(squares);
        self.products += i128::from(products);
    }

    #[cold]
    #[inline(never)]
    fn add_wide(&mut self, off: &Lanes, finish: &Lanes) {
        for (&off, &finish) in off.0.iter().zip(&finish.0) {
            let (off, finish) = (i64::from(off), i64::from(finish));
            self.duration.sum += off;
            self.duration.squares += i128::from(off * off);
            self.products += i128::from(off * finish);
        }
    }

    /// Of the last block, not all of whose lanes count.
    #[cold]
    fn add_some(&mut self, planned: i32, duration: &Lanes, finish: &Lanes, lanes: usize, critical: u64) {
        let mut off = less(duration, planned);
        off.0.iter_mut().skip(lanes).for_each(|unused| *unused = 0);
        self.critical += u64::from(critical.count_ones());
        self.add_wide(&off, finish);
    }
}

impl Sums {
    fn merge(&mut self, other: Self) {
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// n times the sum of the squares about the mean.
    fn spread(self, n: i128) -> i128 {
        n * self.squares - i128::from(self.sum) * i128::from(self.sum)
    }
}

#[inline(always)]
fn less(duration: &Lanes, planned: i32) -> Lanes {
    let mut off = *duration;
    for lane in &mut off.0 {
        *lane = lane.wrapping_sub(planned);
    }
    off
}

/// All bits that stand in the sizes: below a power of two exactly when every size is.
#[inline(always)]
fn bits(lanes: &Lanes) -> i32 {
    let mut bits = 0;
    for &lane in &lanes.0 {
        bits |= lane ^ (lane >> 31);
    }
    bits
}

fn rounded(seconds: f64) -> Span {
    Span::seconds(seconds.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Blocks of durations of one activity, and of finishes.
    fn blocks(most: i32) -> impl Strategy<Value = Vec<(Vec<i32>, Vec<i32>)>> {
        let lanes = || prop::collection::vec(0..=most, LANES);
        prop::collection::vec((lanes(), lanes()), 1..4)
    }

    fn lanes(values: &[i32]) -> Lanes {
        let mut lanes = Lanes::ZERO;
        lanes.0.copy_from_slice(values);
        lanes
    }

    fn tally_of(blocks: &[(Vec<i32>, Vec<i32>)], last: usize) -> Tally {
        let mut tally = Tally::of(vec![100, 7], 1_000);
        for (at, (duration, finish)) in blocks.iter().enumerate() {
            let used = if at + 1 == blocks.len() { last } else { LANES };
            let even = |values: &[i32]| (0..used).map(|lane| u64::from(values[lane] % 2 == 0) << lane).sum();
            tally.begin(&lanes(finish), used);
            tally.add(0, &lanes(duration), even(duration));
            tally.add_fixed(1, even(finish));
        }
        tally
    }

    /// The same, as a textbook has it: two passes, in floating point.
    fn textbook(d: &[f64], f: &[f64]) -> (f64, f64, f64) {
        let n = d.len() as f64;
        let mean = |x: &[f64]| x.iter().sum::<f64>() / n;
        let (md, mf) = (mean(d), mean(f));
        let products = |a: &[f64], ma: f64, b: &[f64], mb: f64| a.iter().zip(b).map(|(a, b)| (a - ma) * (b - mb)).sum::<f64>();
        let (dd, ff, df) = (products(d, md, d, md), products(f, mf, f, mf), products(d, md, f, mf));
        (md, (dd / (n - 1.0)).sqrt(), if dd > 0.0 && ff > 0.0 { df / (dd * ff).sqrt() } else { 0.0 })
    }

    proptest! {
        #[test]
        fn sums_are_those_of_the_textbook(
            blocks in prop_oneof![blocks(1), blocks(1_000), blocks(1 << 27), blocks(i32::MAX)],
            last in 2..=LANES,
        ) {
            let tally = tally_of(&blocks, last);
            let n = (blocks.len() - 1) * LANES + last;
            let (mut d, mut f): (Vec<i32>, Vec<i32>) = blocks.iter().flat_map(|b| b.0.iter().zip(&b.1)).unzip();
            d.truncate(n);
            f.truncate(n);
            let float = |x: &[i32]| x.iter().map(|&x| f64::from(x)).collect::<Vec<_>>();
            let (mean, deviation, correlation) = textbook(&float(&d), &float(&f));
            let found = tally.sensitivities(60);
            let near = |span: Span, ticks: f64| (span.as_seconds() as f64 - ticks * 60.0).abs() <= 0.51 + ticks.abs() * 1e-9;
            prop_assert!(near(found[0].mean, mean) && near(found[0].deviation, deviation), "{:?} {mean} {deviation}", found[0]);
            prop_assert!((found[0].sensitivity - correlation).abs() < 1e-9);
            prop_assert_eq!(found[0].criticality, d.iter().filter(|d| *d % 2 == 0).count() as f64 / n as f64);
            let fixed = Sensitivity {
                criticality: f.iter().filter(|f| *f % 2 == 0).count() as f64 / n as f64,
                sensitivity: 0.0,
                swing: Span::ZERO,
                mean: Span::seconds(420),
                deviation: Span::ZERO,
            };
            prop_assert_eq!(found[1], fixed);
        }

        #[test]
        fn the_order_of_blocks_is_all_the_same(blocks in blocks(i32::MAX)) {
            let whole = tally_of(&blocks, LANES);
            let mut parts = Tally::of(vec![100, 7], 1_000);
            for block in blocks.iter().rev() {
                parts.merge(&tally_of(std::slice::from_ref(block), LANES));
            }
            prop_assert_eq!(whole.sensitivities(1), parts.sensitivities(1));
        }
    }

    #[test]
    fn the_swing_is_the_slope_times_the_distance() {
        // The finish moves by two ticks for each tick of the duration.
        let duration: Vec<i32> = (0..64).collect();
        let finish: Vec<i32> = duration.iter().map(|d| 2 * d + 500).collect();
        let found = tally_of(&[(duration, finish)], LANES).sensitivities(60)[0];
        let deviation = (64.0 * 65.0 / 12.0_f64).sqrt() * 60.0;
        assert_eq!(found.sensitivity, 1.0);
        assert!((found.swing.as_seconds() as f64 - 2.0 * 2.5631 * deviation).abs() < 1.0);
    }
}
