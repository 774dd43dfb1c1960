//! Stretches of days with one weekly pattern each, collected in order: what a calendar is built from.
use crate::{Hours, Instant, working::Calendar};
use std::collections::HashMap;

/// Days from the first to after the last that is ever given, 0001-01-01 (a Monday) being 0.
pub(crate) const DAYS: u32 = ((Instant::MAX.seconds() - Instant::MIN.seconds()) / crate::DAY + 1) as u32;

/// A day since 1970-01-01 as a day since 0001-01-01, within what is ever given or the day after it.
pub(crate) fn day_index(day: i64) -> u32 {
    (day.saturating_sub(Instant::MIN.day_number())).clamp(0, i64::from(DAYS)) as u32
}

/// Hours of Monday to Sunday, as places in a list of hours.
pub(crate) type WeekIds = [u32; 7];

#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) hours: Vec<Hours>,
    ids: HashMap<Hours, u32>,
    /// First day and week, in order, the first from day 0.
    pub(crate) stretches: Vec<(u32, WeekIds)>,
}

impl Draft {
    pub(crate) fn id(&mut self, hours: &Hours) -> u32 {
        if let Some(id) = self.ids.get(hours) {
            return *id;
        }
        let id = self.hours.len() as u32;
        self.hours.push(hours.clone());
        self.ids.insert(hours.clone(), id);
        id
    }

    /// The days from `first` to before `end` follow this week. Stretches come in order and leave no gap.
    pub(crate) fn push(&mut self, first: u32, end: u32, week: WeekIds) {
        let goes_on =
            self.stretches.last().is_some_and(|(_, last)| (first..end).take(7).all(|d| last[(d % 7) as usize] == week[(d % 7) as usize]));
        if !goes_on {
            self.stretches.push((first, week));
        }
    }

    /// The calendar, with the hours that it uses in the order of their first use.
    pub(crate) fn finish(mut self) -> Calendar {
        let (mut place, mut used) = (vec![None; self.hours.len()], vec![]);
        for id in self.stretches.iter_mut().flat_map(|(_, week)| week) {
            let old = *id as usize;
            *id = *place[old].get_or_insert_with(|| {
                used.push(std::mem::take(&mut self.hours[old]));
                (used.len() - 1) as u32
            });
        }
        Calendar::of_stretches(used, &self.stretches)
    }
}
