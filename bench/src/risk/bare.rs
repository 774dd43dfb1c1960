//! The least that a simulation can cost: one calendar, finish to start links, a forward pass with its sampling and nothing else,
//! in lanes on one thread. What the library takes is told as a multiple of it.

use std::time::Instant;

use multiversion::multiversion;

use crate::schedule::network::Dice;
use crate::table::{Row, median};

/// An activity is tied to others at most so far before it.
const NEAR: usize = 200;
const RUNS: usize = 7;

/// What it took on this processor.
pub struct Bare {
    milliseconds: f64,
    /// For an activity and an iteration.
    pub nanoseconds: f64,
    lanes: usize,
}

impl Bare {
    /// With two links an activity, by the lanes that are quickest here.
    pub fn measure(activities: usize, iterations: u32) -> Self {
        let network = Network::random(activities);
        let tried = [time::<16>(&network, iterations), time::<32>(&network, iterations), time::<64>(&network, iterations)];
        let (lanes, milliseconds) = tried.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, f64::NAN));
        Self { milliseconds, nanoseconds: milliseconds * 1e6 / activities as f64 / f64::from(iterations), lanes }
    }

    pub fn row(&self) -> Row {
        Row {
            what: "bare kernel 10k × 10k".to_string(),
            value: self.milliseconds,
            unit: "ms",
            peer: None,
            limit: None,
            from: format!("median of {RUNS}, 1 thread, {} lanes; {:.2} ns an activity and iteration", self.lanes, self.nanoseconds),
        }
    }
}

/// Activities in an order that their links keep to; the links into activity `at` are those from `first[at]` to `first[at + 1]`.
struct Network {
    first: Vec<u32>,
    links: Vec<Link>,
    work: Vec<Triangle>,
}

struct Link {
    from: u32,
    lag: i32,
}

/// A triangular distribution, as its inverse needs it.
#[derive(Clone, Copy)]
struct Triangle {
    min: f32,
    max: f32,
    /// The chance of less than what is most likely.
    below_mode: f32,
    rising: f32,
    falling: f32,
}

impl Network {
    fn random(activities: usize) -> Self {
        let mut dice = Dice::of(1);
        let mut ties: Vec<(u32, Link)> = (1..activities).map(|at| tie(at, &mut dice)).collect();
        while ties.len() < 2 * activities && activities > 1 {
            ties.push(tie(1 + dice.below(activities - 1), &mut dice));
        }
        ties.sort_by_key(|(to, _)| *to);
        let first = (0..=activities).map(|at| ties.partition_point(|(to, _)| (*to as usize) < at) as u32).collect();
        let work = (0..activities).map(|_| Triangle::around(5 + dice.below(40) as u32)).collect();
        Self { first, links: ties.into_iter().map(|(_, link)| link).collect(), work }
    }
}

fn tie(to: usize, dice: &mut Dice) -> (u32, Link) {
    let from = to - 1 - dice.below(NEAR.min(to));
    (to as u32, Link { from: from as u32, lag: dice.below(3) as i32 })
}

impl Triangle {
    fn around(mode: u32) -> Self {
        let (min, mode, max) = (mode as f32 * 0.8, mode as f32, mode as f32 * 1.5);
        let all = max - min;
        Self { min, max, below_mode: (mode - min) / all, rising: all * (mode - min), falling: all * (max - mode) }
    }
}

/// The lanes, and the median of what all iterations took, in milliseconds.
fn time<const LANES: usize>(network: &Network, iterations: u32) -> (usize, f64) {
    let mut chance = std::array::from_fn(|lane| 0x9E37_79B9_u32.wrapping_mul(2 * lane as u32 + 1));
    let mut finish = vec![[0; LANES]; network.work.len()];
    let mut times = Vec::new();
    for _ in 0..=RUNS {
        let began = Instant::now();
        for _ in 0..(iterations as usize).div_ceil(LANES) {
            std::hint::black_box(pass(network, &mut chance, &mut finish));
        }
        times.push(began.elapsed().as_secs_f64() * 1e3);
    }
    (LANES, median(&times[1..]))
}

/// When the last activity ends, in each lane; the durations are drawn on the way.
#[multiversion(targets = "simd")]
fn pass<const LANES: usize>(network: &Network, chance: &mut [u32; LANES], finish: &mut [[i32; LANES]]) -> [i32; LANES] {
    let mut last = [0; LANES];
    for (at, &triangle) in network.work.iter().enumerate() {
        let mut end = [0; LANES];
        for link in &network.links[network.first[at] as usize..network.first[at + 1] as usize] {
            let before = &finish[link.from as usize];
            for lane in 0..LANES {
                end[lane] = end[lane].max(before[lane] + link.lag);
            }
        }
        for lane in 0..LANES {
            chance[lane] = xorshift(chance[lane]);
            end[lane] += draw(triangle, chance[lane]);
            last[lane] = last[lane].max(end[lane]);
        }
        finish[at] = end;
    }
    last
}

/// The next of Marsaglia's numbers.
#[inline(always)]
fn xorshift(x: u32) -> u32 {
    let x = x ^ (x << 13);
    let x = x ^ (x >> 17);
    x ^ (x << 5)
}

/// The inverse of the distribution at a random place.
#[inline(always)]
fn draw(triangle: Triangle, chance: u32) -> i32 {
    let place = (chance >> 8) as i32 as f32 * (1.0 / 16_777_216.0);
    let rises = place < triangle.below_mode;
    let root = if rises { place * triangle.rising } else { (1.0 - place) * triangle.falling }.sqrt();
    let drawn = if rises { triangle.min + root } else { triangle.max - root };
    // Beside 2^23 no fraction has room, and the whole number is the mantissa: a cast would look for the infinite.
    ((drawn + 8_388_608.0).to_bits() & 0x7F_FFFF) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_the_triangle_and_keeps_to_it() {
        let triangle = Triangle::around(40);
        let drawn: Vec<i32> = (0..10_000).map(|place| draw(triangle, place * 429_496)).collect();
        assert_eq!(drawn.iter().min(), Some(&32));
        assert!(drawn.is_sorted() && drawn.iter().all(|drawn| *drawn <= 60));
        // At even places the mean is that of the distribution, (32 + 40 + 60) / 3, but for rounding.
        let mean = f64::from(drawn.iter().sum::<i32>()) / 10_000.0;
        assert!((mean - 44.0).abs() < 0.05, "{mean}");
    }

    #[test]
    fn ends_no_earlier_than_what_comes_before() {
        let network = Network::random(500);
        let mut finish = vec![[0; 16]; 500];
        let last = pass(&network, &mut [1; 16], &mut finish);
        for (to, link) in (0..500)
            .flat_map(|at| network.links[network.first[at] as usize..network.first[at + 1] as usize].iter().map(move |link| (at, link)))
        {
            assert!((0..16).all(|lane| finish[to][lane] >= finish[link.from as usize][lane] + link.lag));
        }
        assert!((0..16).all(|lane| finish.iter().map(|end| end[lane]).max() == Some(last[lane])));
        assert_eq!(network.links.len(), 1_000);
    }
}
