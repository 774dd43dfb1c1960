//! Tables of a day and of a week: work before a moment, and the moment of a second of work.
use crate::Hours;

/// Spans of a day that are kept at hand; days with more keep a list.
const INLINE: usize = 4;

/// One day's hours, made for counting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DayTable {
    start: [u32; INLINE],
    end: [u32; INLINE],
    /// Work before each span; beyond the last span more than a day holds.
    before: [u32; INLINE],
    /// Start, end and work before of every span, where they are more than [`INLINE`].
    many: Option<Box<[(u32, u32, u32)]>>,
}

impl DayTable {
    pub(crate) fn new(hours: &Hours) -> Self {
        let mut rows: Vec<(u32, u32, u32)> = Vec::with_capacity(hours.spans().len());
        for &(start, end) in hours.spans() {
            let before = rows.last().map_or(0, |&(a, b, before)| before + b - a);
            rows.push((start, end, before));
        }
        let mut table = Self { start: [0; INLINE], end: [0; INLINE], before: [0, u32::MAX, u32::MAX, u32::MAX], many: None };
        for (i, &(start, end, before)) in rows.iter().take(INLINE).enumerate() {
            (table.start[i], table.end[i], table.before[i]) = (start, end, before);
        }
        table.many = (rows.len() > INLINE).then(|| rows.into());
        table
    }

    /// Work from midnight to `second`.
    #[inline]
    pub(crate) fn until(&self, second: u32) -> u32 {
        match &self.many {
            None => (0..INLINE).map(|i| second.max(self.start[i]).min(self.end[i]) - self.start[i]).sum(),
            Some(rows) => match rows.partition_point(|r| r.0 <= second).checked_sub(1).and_then(|i| rows.get(i)) {
                Some(&(start, end, before)) => before + second.min(end) - start,
                None => 0,
            },
        }
    }

    /// Where the second of work begins that has so much work before it; the day must have more work than that.
    #[inline]
    pub(crate) fn second_of(&self, work: u32) -> u32 {
        match &self.many {
            None => {
                let at: usize = (1..INLINE).map(|i| usize::from(self.before[i] <= work)).sum();
                self.start[at] + work - self.before[at]
            }
            Some(rows) => match rows.partition_point(|r| r.2 <= work).checked_sub(1).and_then(|i| rows.get(i)) {
                Some(&(start, _, before)) => start + work - before,
                None => 0,
            },
        }
    }

    /// Whether work goes on in the second that begins here.
    #[inline]
    pub(crate) fn is_working(&self, second: u32) -> bool {
        match &self.many {
            None => (0..INLINE).any(|i| self.start[i] <= second && second < self.end[i]),
            Some(rows) => rows.partition_point(|r| r.0 <= second).checked_sub(1).is_some_and(|i| second < rows[i].1),
        }
    }
}

/// One week's hours, made for counting. Days are numbered from a Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WeekTable {
    /// Monday first: places in the calendar's list of days.
    pub(crate) days: [u32; 7],
    /// Work before each weekday; the eighth is the whole week.
    pub(crate) before: [u32; 8],
    /// 2^63 / the week's work, rounded up: divides by multiplying.
    inverse: u64,
}

impl WeekTable {
    pub(crate) fn new(days: [u32; 7], work: impl Fn(u32) -> u32) -> Self {
        let mut before = [0; 8];
        for (i, day) in days.iter().enumerate() {
            before[i + 1] = before[i] + work(*day);
        }
        let inverse = (1u64 << 63).checked_div(u64::from(before[7])).map_or(0, |n| n + 1);
        Self { days, before, inverse }
    }

    /// Work before `day`, were this week to hold since the first Monday.
    #[inline]
    pub(crate) fn until(&self, day: u32) -> u64 {
        u64::from(day / 7) * u64::from(self.before[7]) + u64::from(self.before[(day % 7) as usize])
    }

    /// The table of `day`.
    #[inline]
    pub(crate) fn day(&self, day: u32) -> usize {
        self.days[(day % 7) as usize] as usize
    }

    /// The day of the second of work that has so much work before it, and how much of that lies on the day itself.
    #[inline]
    pub(crate) fn day_of_work(&self, work: u64) -> (u32, u32) {
        // Exact while work < 2^43: the inverse is too large by less than one part in 2^63 / a week's 604,800 seconds.
        let weeks = ((u128::from(work) * u128::from(self.inverse)) >> 63) as u64;
        let rest = (work - weeks * u64::from(self.before[7])) as u32;
        let weekday: usize = (1..7).map(|d| usize::from(self.before[d] <= rest)).sum();
        (weeks as u32 * 7 + weekday as u32, rest - self.before[weekday])
    }
}
