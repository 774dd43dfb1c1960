//! Calendars out of calendars: common time, joined time.
use crate::{
    Calendar, Hours,
    draft::{DAYS, Draft, WeekIds},
};
use std::collections::HashMap;

impl Calendar {
    /// Working time that both have: a resource's and its activity's.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Span};
    /// let site = Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 1020)])));
    /// let crane = Calendar::of(&CalendarSpec::daily(&Hours::of_minutes([(600, 1200)])));
    /// let monday = "2026-03-02".parse()?;
    /// assert_eq!(Calendar::both(&site, &crane).add(monday, Span::hours(7)).to_string(), "2026-03-02T17:00");
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    pub fn both(a: &Self, b: &Self) -> Self {
        combined(a, b, Hours::common)
    }

    /// Working time that one of them has at least: a team that shares the work.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Span};
    /// let day = Calendar::of(&CalendarSpec::daily(&Hours::of_minutes([(480, 960)])));
    /// let evening = Calendar::of(&CalendarSpec::daily(&Hours::of_minutes([(960, 1440)])));
    /// let morning = "2026-03-02T08:00".parse()?;
    /// assert_eq!(Calendar::either(&day, &evening).add(morning, Span::hours(16)).to_string(), "2026-03-03T00:00");
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    pub fn either(a: &Self, b: &Self) -> Self {
        combined(a, b, Hours::joined)
    }

    /// Working time common to all; every hour of every day for none.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec};
    /// let (clock, never) = (Calendar::around_the_clock(), Calendar::of(&CalendarSpec::default()));
    /// assert_eq!(Calendar::intersection(&[&clock, &clock]), Calendar::intersection(&[]));
    /// assert_eq!(Calendar::intersection(&[&clock, &never]), Calendar::union(&[]));
    /// ```
    pub fn intersection(calendars: &[&Self]) -> Self {
        folded(calendars, Self::both).unwrap_or_else(Self::around_the_clock)
    }

    /// Working time of any; no work at all for none. See [`Calendar::intersection`].
    pub fn union(calendars: &[&Self]) -> Self {
        folded(calendars, Self::either).unwrap_or_else(|| Self::of(&crate::CalendarSpec::default()))
    }
}

/// Halves first, so that many small calendars are not each laid over all the others.
fn folded(calendars: &[&Calendar], two: fn(&Calendar, &Calendar) -> Calendar) -> Option<Calendar> {
    match calendars {
        [] => None,
        [one] => Some((*one).clone()),
        more => {
            let (a, b) = more.split_at(more.len() / 2);
            Some(two(&folded(a, two)?, &folded(b, two)?))
        }
    }
}

fn combined(a: &Calendar, b: &Calendar, hours_of: fn(&Hours, &Hours) -> Hours) -> Calendar {
    let (mut left, mut right, mut draft) = (Draft::default(), Draft::default(), Draft::default());
    let (of_a, of_b) = (a.weeks_of_stretches(&mut left), b.weeks_of_stretches(&mut right));
    let mut known: HashMap<(u32, u32), u32> = HashMap::new();
    let mut edges: Vec<u32> = of_a.iter().chain(&of_b).map(|s| s.0).collect();
    edges.sort_unstable();
    edges.dedup();
    let (mut i, mut j) = (0, 0);
    for (at, &first) in edges.iter().enumerate() {
        let end = edges.get(at + 1).copied().unwrap_or(DAYS);
        while of_a.get(i + 1).is_some_and(|s| s.0 <= first) {
            i += 1;
        }
        while of_b.get(j + 1).is_some_and(|s| s.0 <= first) {
            j += 1;
        }
        let week: WeekIds = std::array::from_fn(|d| {
            let pair = (of_a[i].1[d], of_b[j].1[d]);
            *known.entry(pair).or_insert_with(|| draft.id(&hours_of(&left.hours[pair.0 as usize], &right.hours[pair.1 as usize])))
        });
        draft.push(first, end, week);
    }
    draft.finish()
}
