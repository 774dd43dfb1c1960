//! Exact distributions over whole minutes.
use lantu_risk::Range;
use lantu_schedule::Span;

/// The probability of each whole number of minutes from `first` on.
#[derive(Clone, Debug)]
pub struct Exact {
    pub first: i64,
    pub mass: Vec<f64>,
}

impl Exact {
    pub fn certain(minutes: i64) -> Self {
        Self { first: minutes, mass: vec![1.0] }
    }

    /// A range as its definition has it: the continuous ones to the nearest minute.
    pub fn of(range: &Range) -> Self {
        match range {
            Range::Triangular { min, mode, max } => triangular(minutes(*min), minutes(*mode), minutes(*max)),
            Range::Uniform { min, max } => {
                let count = minutes(*max) - minutes(*min) + 1;
                Self { first: minutes(*min), mass: vec![1.0 / count as f64; count as usize] }
            }
            Range::Lognormal { p50, p90 } => lognormal(minutes(*p50) as f64, minutes(*p90) as f64),
            Range::Empirical { values } => {
                let share = 1.0 / values.len() as f64;
                Self::collected(values.iter().map(|value| (minutes(*value), share)))
            }
        }
    }

    /// Of minutes and probabilities in any order, the same minute as often as it comes.
    pub fn collected(parts: impl Iterator<Item = (i64, f64)>) -> Self {
        let parts: Vec<(i64, f64)> = parts.collect();
        let first = parts.iter().map(|part| part.0).min().unwrap();
        let last = parts.iter().map(|part| part.0).max().unwrap();
        let mut mass = vec![0.0; (last - first) as usize + 1];
        parts.into_iter().for_each(|(at, share)| mass[(at - first) as usize] += share);
        Self { first, mass }
    }

    pub fn parts(&self) -> impl Iterator<Item = (i64, f64)> {
        (self.first..).zip(self.mass.iter().copied()).filter(|part| part.1 > 0.0)
    }

    /// One after the other, independent.
    pub fn then(&self, other: &Self) -> Self {
        let mut mass = vec![0.0; self.mass.len() + other.mass.len() - 1];
        for (i, a) in self.mass.iter().enumerate() {
            for (sum, b) in mass[i..].iter_mut().zip(&other.mass) {
                *sum += a * b;
            }
        }
        Self { first: self.first + other.first, mass }
    }

    /// The longer of both, independent.
    pub fn beside(&self, other: &Self) -> Self {
        let first = self.first.min(other.first);
        let last = self.last().max(other.last());
        let both = |at| self.by(at) * other.by(at);
        Self { first, mass: (first..=last).map(|at| both(at) - both(at - 1)).collect() }
    }

    /// This with a probability, else nothing.
    pub fn perhaps(&self, probability: f64) -> Self {
        Self::collected(self.parts().map(|(at, share)| (at, share * probability)).chain([(0, 1.0 - probability)]))
    }

    /// Each length as `of` makes another of it.
    pub fn changed(&self, of: impl Fn(i64) -> i64) -> Self {
        Self::collected(self.parts().map(|(at, share)| (of(at), share)))
    }

    pub fn last(&self) -> i64 {
        self.first + self.mass.len() as i64 - 1
    }

    /// The probability of at most so many minutes.
    pub fn by(&self, minutes: i64) -> f64 {
        let count = (minutes - self.first + 1).clamp(0, self.mass.len() as i64);
        self.mass[..count as usize].iter().sum()
    }

    pub fn mean(&self) -> f64 {
        self.parts().map(|(at, share)| at as f64 * share).sum()
    }

    pub fn deviation(&self) -> f64 {
        let mean = self.mean();
        self.parts().map(|(at, share)| (at as f64 - mean).powi(2) * share).sum::<f64>().sqrt()
    }

    /// What all parts add up to: one, but for the rounding of many additions.
    pub fn whole(&self) -> f64 {
        self.mass.iter().sum()
    }
}

pub fn minutes(span: Span) -> i64 {
    span.as_seconds() / 60
}

/// Masses of the cells from half a minute before to half a minute after, of a distribution function.
fn cells(first: i64, last: i64, below: impl Fn(f64) -> f64) -> Exact {
    let upper = |at: i64| if at == last { 1.0 } else { below(at as f64 + 0.5) };
    let lower = |at: i64| if at == first { 0.0 } else { below(at as f64 - 0.5) };
    Exact { first, mass: (first..=last).map(|at| upper(at) - lower(at)).collect() }
}

fn triangular(min: i64, mode: i64, max: i64) -> Exact {
    let (a, c, b) = (min as f64, mode as f64, max as f64);
    cells(min, max, |x| if x < c { (x - a).powi(2) / ((b - a) * (c - a)) } else { 1.0 - (b - x).powi(2) / ((b - a) * (b - c)) })
}

fn lognormal(p50: f64, p90: f64) -> Exact {
    // The normal distribution's nine tenths.
    let sigma = (p90 / p50).ln() / 1.281_551_565_544_600_4;
    // Beyond six deviations lies one in a thousand million.
    let last = (p50 * (6.0 * sigma).exp()).ceil() as i64;
    cells(0, last, |x| normal((x / p50).ln() / sigma))
}

/// The normal distribution function by the power series of its integral (Abramowitz and Stegun, 26.2.11): slow and plain.
fn normal(z: f64) -> f64 {
    if z.abs() > 7.0 {
        return if z > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut term, mut sum) = (z, z);
    let mut odd = 1.0;
    while term.abs() > 1e-17 * sum.abs() && odd < 400.0 {
        odd += 2.0;
        term *= z * z / odd;
        sum += term;
    }
    0.5 + sum * (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt()
}

/// The references themselves, where a book has the figures.
#[test]
fn references_are_right() {
    for (z, known) in [(0.0, 0.5), (1.0, 0.841_344_746_068_543), (-2.0, 0.022_750_131_948_179), (3.5, 0.999_767_370_920_964)] {
        assert!((normal(z) - known).abs() < 1e-12, "{z}: {}", normal(z));
    }
    let span = |minutes| Span::minutes(minutes);
    let triangle = Exact::of(&Range::Triangular { min: span(600), mode: span(900), max: span(1_800) });
    assert!((triangle.mean() - 1_100.0).abs() < 1.0 && (triangle.deviation() - 254.95).abs() < 0.5);
    assert!((triangle.by(900) - 0.25).abs() < 1e-3);
    let skewed = Exact::of(&Range::Lognormal { p50: span(1_000), p90: span(1_600) });
    assert!((skewed.by(999) - 0.5).abs() < 1e-3 && (skewed.by(1_599) - 0.9).abs() < 1e-3);
    for exact in [&triangle, &skewed, &triangle.then(&skewed), &triangle.beside(&skewed), &skewed.perhaps(0.3)] {
        assert!((exact.whole() - 1.0).abs() < 1e-9);
    }
    assert!((triangle.then(&skewed).mean() - triangle.mean() - skewed.mean()).abs() < 1e-6);
    assert!((triangle.beside(&triangle).by(900) - 0.0625).abs() < 1e-3);
}
