//! Weather: which days it takes.
use super::philox::chance;
use super::stream::{WEATHER, of_name, of_pair};
use crate::lanes::LANES;
use crate::model::Weather;
use lantu_calendar::day_of;

/// A weather, made ready. Its chance is of its name alone: the same days for all networks that name it.
#[derive(Clone, Debug)]
pub(crate) struct Sky {
    name: u64,
    /// By month from January: a day is lost when its number is below this.
    limits: [u64; 12],
}

impl Sky {
    pub fn of(weather: &Weather) -> Self {
        // The conversion stops at 0 and takes what is not a number for it; above 1 is no more than always.
        Self { name: of_name(&weather.id), limits: weather.lost.map(|chance| (chance * 4_294_967_296.0 + 0.5) as u64) }
    }

    /// Which of the `days` from `first_day` are lost in an iteration. A day's chance does not depend on where one begins.
    pub fn lost_days(&self, key: [u32; 2], iteration: u32, first_day: i64, days: usize) -> Vec<bool> {
        let stream = of_pair(self.name, u64::from(iteration));
        let last_day = first_day.saturating_add_unsigned(days as u64);
        let mut lost = Vec::with_capacity(days);
        let mut day = first_day;
        while day < last_day {
            // Days in blocks of 64 as iterations are elsewhere; the counter comes round after more years than calendars have.
            let drawn = chance(key, stream, WEATHER, day.div_euclid(LANES as i64) as u32);
            let block_end = (day.div_euclid(LANES as i64) + 1).saturating_mul(LANES as i64).min(last_day);
            while day < block_end {
                let (left, limit) = self.month(day);
                let month_end = day.saturating_add(left).min(block_end);
                for day in day..month_end {
                    lost.push(u64::from(drawn.0[day.rem_euclid(LANES as i64) as usize]) < limit);
                }
                day = month_end;
            }
        }
        lost
    }

    /// How many days a day's month has left, that day among them, and the month's limit.
    fn month(&self, day: i64) -> (i64, u64) {
        let date = day_of(day);
        let month = usize::from(date.month().cast_unsigned()).saturating_sub(1);
        let left = i64::from(date.days_in_month() - date.day()) + 1;
        (left, self.limits.get(month).copied().unwrap_or_default())
    }
}
