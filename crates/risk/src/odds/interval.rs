//! How far a sample may have missed.

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Between which bounds a chance lies with 95 % confidence, of which `share` was found in so many iterations: Wilson's
/// score interval ("Probable inference, the law of succession, and statistical inference", 1927). It stays within 0 and
/// 1 and says something even where the share is 0 or 1.
///
/// ```
/// let (low, high) = lantu_risk::chance_interval(0.0, 100);
/// assert!(low == 0.0 && (0.036..0.038).contains(&high));
/// ```
pub fn chance_interval(share: f64, iterations: u32) -> (f64, f64) {
    if iterations == 0 || share.is_nan() {
        return (0.0, 1.0);
    }
    let (n, p) = (f64::from(iterations), share.clamp(0.0, 1.0));
    let middle = p + Z * Z / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    // At the ends the two sums are the same number, rounded each in its own way.
    let low = if p == 0.0 { 0.0 } else { (middle - reach) / scale };
    let high = if p == 1.0 { 1.0 } else { (middle + reach) / scale };
    (low.clamp(0.0, p), high.clamp(p, 1.0))
}

/// The ranks, from 1, of the two order statistics of `n` that hold the quantile at `p` between them with at least 95 %
/// confidence, at most 2.5 % on either side. `None` where there are none.
pub(crate) fn ranks(p: f64, n: usize) -> Option<(usize, usize)> {
    if !(p > 0.0 && p < 1.0) || n == 0 {
        return None;
    }
    // The number of dates at or before the quantile is binomial. The low rank is the greatest with P(number < rank) at
    // most 2.5 %, the high one the least with P(number < rank) at least 97.5 %.
    let tail = Binomial::around_mode(p, n);
    let (mut below, mut low) = (0.0, None);
    for (number, weight) in (tail.first..).zip(&tail.weights) {
        if below <= 0.025 * tail.total && number > 0 {
            low = Some(number);
        }
        below += weight;
        if below >= 0.975 * tail.total {
            return low.zip((number < n).then_some(number + 1));
        }
    }
    None
}

/// The binomial distribution, not normed, where it is not vanishingly small.
struct Binomial {
    first: usize,
    weights: Vec<f64>,
    total: f64,
}

impl Binomial {
    /// From the most likely number outwards by the ratios of neighbours: products and quotients only, so that all machines
    /// have the same bits, and some thousands of steps even for millions of iterations.
    fn around_mode(p: f64, n: usize) -> Self {
        const VANISHING: f64 = 1e-20;
        let mode = (((n + 1) as f64 * p) as usize).min(n);
        let odds = p / (1.0 - p);
        let mut down = vec![];
        let (mut number, mut weight) = (mode, 1.0_f64);
        while number > 0 && weight > VANISHING {
            weight *= number as f64 / ((n - number + 1) as f64 * odds);
            number -= 1;
            down.push(weight);
        }
        let first = number;
        let mut weights: Vec<f64> = down.into_iter().rev().collect();
        weights.push(1.0);
        (number, weight) = (mode, 1.0);
        while number < n && weight > VANISHING {
            weight *= (n - number) as f64 * odds / (number + 1) as f64;
            number += 1;
            weights.push(weight);
        }
        let total = weights.iter().sum();
        Self { first, weights, total }
    }
}
