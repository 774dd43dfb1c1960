//! How many dates fall where.
use super::Distribution;
use super::width::{WIDTHS, Width};
use lantu_calendar::Instant;

/// A part of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// Dates after this.
    pub from: Instant,
    /// Up to and with this: the chance to be done by `to` is that of `from`, and this bin's share more. Work that ends
    /// at midnight belongs to the day that ends then.
    pub to: Instant,
    /// In how many iterations.
    pub count: u32,
}

impl Distribution {
    /// How many dates fall where, in at most so many bins (0 is taken for 1), one next to the other from the earliest
    /// date to the latest. The bins are of one width and begin where people count from: the finest width of seconds,
    /// hours, days, weeks, months or years that needs no more bins.
    ///
    /// ```
    /// use lantu_risk::Distribution;
    /// let dates = ["2026-03-02T17:00", "2026-03-03T17:00", "2026-03-03T09:00", "2026-03-05T17:00"];
    /// let odds = Distribution::of(dates.map(|d| d.parse()).into_iter().collect::<Result<_, _>>()?).ok_or("empty")?;
    /// let days: Vec<_> = odds.histogram(5).iter().map(|bin| (bin.from.to_string(), bin.count)).collect();
    /// let day = |day: &str, count| (format!("2026-03-{day}T00:00"), count);
    /// assert_eq!(days, [day("02", 1), day("03", 2), day("04", 0), day("05", 1)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn histogram(&self, bins: usize) -> Vec<Bin> {
        let (first, last) = self.ends();
        let most = i64::try_from(bins.max(1)).unwrap_or(i64::MAX);
        let needs = |width: &Width| width.bin_of(last).saturating_sub(width.bin_of(first)).saturating_add(1);
        // Where even the widest part the dates in two, one bin from the one's start to the other's end holds them all.
        match WIDTHS.into_iter().find(|width| needs(width) <= most) {
            Some(width) => (width.bin_of(first)..=width.bin_of(last)).map(|at| self.bin(width, at, at)).collect(),
            None => {
                let width = WIDTHS.into_iter().find(|width| needs(width) <= 2).unwrap_or(Width::Years(10_000));
                vec![self.bin(width, width.bin_of(first), width.bin_of(last))]
            }
        }
    }

    /// From the start of one part to the end of another.
    fn bin(&self, width: Width, first: i64, last: i64) -> Bin {
        let (from, to) = (width.start_of(first), width.start_of(last + 1));
        // The ends of time are clamped: what lies on them belongs within.
        let before = if from == Instant::MIN { 0 } else { self.done_by(from) };
        Bin { from, to, count: (self.done_by(to) - before) as u32 }
    }
}
