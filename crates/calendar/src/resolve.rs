//! From what is written of calendars to calendars: exceptions painted over work weeks, these over weeks, these over
//! parents. Near-linear in the stretches that come out.
use crate::{
    Calendar, CalendarSpec, Hours, days_of,
    draft::{DAYS, Draft, WeekIds, day_index},
};
use jiff::civil::Date;
use std::fmt;

/// The calendars of a list would need more stretches of days than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyPieces {
    /// The place in the list where the limit was passed.
    pub at: usize,
}

impl fmt::Display for TooManyPieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "calendar {}: too many exceptions, its own and its parents'", self.at)
    }
}

impl std::error::Error for TooManyPieces {}

impl Calendar {
    /// Resolves calendars that refer to one another as parents; in the same order. A parent that is not there counts
    /// as none, and calendars that are their own ancestors stand without a parent.
    ///
    /// Cost: near-linear in the exceptions of each calendar and its ancestors; a calendar that adds nothing shares its
    /// parent's tables. For files of strangers see [`Calendar::try_resolve`].
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours};
    /// let specs = [CalendarSpec::child_of(1), CalendarSpec::weekdays(&Hours::all_day()), CalendarSpec::child_of(2)];
    /// let calendars = Calendar::resolve(&specs);
    /// assert_eq!(calendars[0], calendars[1]);
    /// assert!(!calendars[2].has_work(), "its own parent: it stands alone, and says nothing");
    /// ```
    pub fn resolve(specs: &[CalendarSpec]) -> Vec<Self> {
        // Nothing can pass the limit.
        Self::try_resolve(specs, usize::MAX).unwrap_or_default()
    }

    /// As [`Calendar::resolve`], unless more than `most` stretches of days come out in all: a thousand calendars that
    /// each change a day of a parent with a hundred thousand exceptions would fill the memory. A plan of work needs
    /// some thousands; a million takes about 100 MB.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, TooManyPieces};
    /// let plain = CalendarSpec::around_the_clock();
    /// assert!(Calendar::try_resolve(&[plain.clone(), plain.clone()], 2).is_ok());
    /// assert_eq!(Calendar::try_resolve(&[plain.clone(), plain], 1), Err(TooManyPieces { at: 1 }));
    /// ```
    pub fn try_resolve(specs: &[CalendarSpec], most: usize) -> Result<Vec<Self>, TooManyPieces> {
        let mut resolved: Vec<Option<Self>> = vec![None; specs.len()];
        let mut left = most;
        for (at, parent) in parents_first(specs) {
            let parent = parent.and_then(|p| resolved[p].as_ref());
            let calendar = match parent {
                Some(parent) if specs[at].says_nothing() => parent.clone(),
                _ => {
                    let calendar = over(&specs[at], parent);
                    left = left.checked_sub(calendar.stretches()).ok_or(TooManyPieces { at })?;
                    calendar
                }
            };
            resolved[at] = Some(calendar);
        }
        Ok(resolved.into_iter().flatten().collect())
    }

    /// At least as many stretches of days as [`Calendar::resolve`] would make of the list in all, found without making
    /// them: for readers that must refuse a file before they look into its calendars.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours};
    /// let may = CalendarSpec::around_the_clock().except(date(2026, 5, 1), date(2026, 5, 5), Hours::none());
    /// let specs = [may.clone(), CalendarSpec::child_of(0), CalendarSpec { parent: Some(0), ..may }];
    /// assert_eq!(Calendar::stretches_at_most(&specs), 3 + 5);
    /// ```
    pub fn stretches_at_most(specs: &[CalendarSpec]) -> usize {
        let (mut sizes, mut all) = (vec![0usize; specs.len()], 0usize);
        for (at, parent) in parents_first(specs) {
            let inherited = parent.map_or(1, |p| sizes[p]);
            let own = 2 * (specs[at].exceptions.len() + specs[at].work_weeks.len());
            sizes[at] = inherited.saturating_add(own);
            let shared = parent.is_some() && specs[at].says_nothing();
            all = all.saturating_add(if shared { 0 } else { sizes[at] });
        }
        all
    }

    /// A calendar that has no parent; if it names one, that is left out.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Span};
    /// let week = Calendar::of(&CalendarSpec::weekdays(&Hours::eight_to_five()));
    /// assert_eq!(week.add("2026-03-02".parse()?, Span::hours(40)).to_string(), "2026-03-06T17:00");
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    pub fn of(spec: &CalendarSpec) -> Self {
        over(spec, None)
    }

    /// Every hour of every day.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, Instant, Span};
    /// let friday: Instant = "2026-03-06T17:00".parse()?;
    /// assert_eq!(Calendar::around_the_clock().add(friday, Span::hours(48)).to_string(), "2026-03-08T17:00");
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    pub fn around_the_clock() -> Self {
        Self::of(&CalendarSpec::around_the_clock())
    }
}

/// Every place of the list after its parent's, with the parent unless it is missing or in a loop.
fn parents_first(specs: &[CalendarSpec]) -> Vec<(usize, Option<usize>)> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Unseen,
        OnPath,
        Done,
    }
    let mut state = vec![State::Unseen; specs.len()];
    let mut order = Vec::with_capacity(specs.len());
    for start in 0..specs.len() {
        let (mut path, mut next) = (vec![], Some(start));
        let mut loop_from = None;
        while let Some(at) = next {
            match state[at] {
                State::Unseen => {
                    state[at] = State::OnPath;
                    path.push(at);
                    next = specs[at].parent.filter(|p| *p < specs.len());
                }
                State::OnPath => {
                    loop_from = path.iter().position(|p| *p == at);
                    next = None;
                }
                State::Done => next = None,
            }
        }
        for (i, at) in path.into_iter().enumerate().rev() {
            state[at] = State::Done;
            let looped = loop_from.is_some_and(|from| i >= from);
            order.push((at, specs[at].parent.filter(|p| !looped && *p < specs.len())));
        }
    }
    order
}

/// What `spec` says over what its parent gives.
fn over(spec: &CalendarSpec, parent: Option<&Calendar>) -> Calendar {
    let mut draft = Draft::default();
    let week_ids = |week: &[Option<Hours>; 7], draft: &mut Draft| week.each_ref().map(|h| h.as_ref().map(|h| draft.id(h)));
    let week = week_ids(&spec.week, &mut draft);
    // The later exception holds, but the first work week.
    let exceptions = painted(spec.exceptions.iter().map(|e| days(e.from, e.to)).rev());
    let work_weeks = painted(spec.work_weeks.iter().map(|w| days(w.from, w.to)));
    let inherited: Vec<(u32, WeekIds)> = match parent {
        Some(parent) => parent.weeks_of_stretches(&mut draft),
        None => vec![(0, [draft.id(&Hours::none()); 7])],
    };
    let exception_ids: Vec<u32> = spec.exceptions.iter().rev().map(|e| draft.id(&e.hours)).collect();
    let work_week_ids: Vec<_> = spec.work_weeks.iter().map(|w| week_ids(&w.week, &mut draft)).collect();

    let mut edges: Vec<u32> = inherited.iter().map(|s| s.0).collect();
    edges.extend(exceptions.iter().chain(&work_weeks).flat_map(|p| [p.from, p.end]).filter(|day| *day < DAYS));
    edges.sort_unstable();
    edges.dedup();
    let (mut exception, mut work_week, mut from_parent) = (Walk(&exceptions), Walk(&work_weeks), 0);
    for (i, &first) in edges.iter().enumerate() {
        let end = edges.get(i + 1).copied().unwrap_or(DAYS);
        while inherited.get(from_parent + 1).is_some_and(|s| s.0 <= first) {
            from_parent += 1;
        }
        let own = work_week.at(first).map(|of| work_week_ids[of]);
        let ids = match exception.at(first) {
            Some(of) => [exception_ids[of]; 7],
            None => std::array::from_fn(|d| own.and_then(|own| own[d]).or(week[d]).unwrap_or(inherited[from_parent].1[d])),
        };
        draft.push(first, end, ids);
    }
    draft.finish()
}

/// First day and the day after the last.
fn days(from: Date, to: Date) -> (u32, u32) {
    (day_index(days_of(from)), day_index(days_of(to).saturating_add(1)))
}

/// Days that belong to the item at place `of`.
struct Painted {
    from: u32,
    end: u32,
    of: usize,
}

/// Gives each day to the first span that covers it; in order of days. A painted cell is skipped by the spans after it,
/// through links that are shortened on the way.
fn painted(spans: impl Iterator<Item = (u32, u32)>) -> Vec<Painted> {
    let spans: Vec<(u32, u32)> = spans.collect();
    let mut edges: Vec<u32> = spans.iter().flat_map(|&(a, b)| [a, b]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut free: Vec<usize> = (0..edges.len()).collect();
    let mut owner = vec![usize::MAX; edges.len()];
    for (of, &(from, end)) in spans.iter().enumerate().filter(|(_, (from, end))| from < end) {
        let stop = edges.partition_point(|e| *e < end);
        let mut cell = next_free(&mut free, edges.partition_point(|e| *e < from));
        while cell < stop {
            owner[cell] = of;
            free[cell] = cell + 1;
            cell = next_free(&mut free, cell + 1);
        }
    }
    let mut list: Vec<Painted> = vec![];
    for (cell, &of) in owner.iter().enumerate().filter(|(_, of)| **of != usize::MAX) {
        // The last edge ends the last span, so a painted cell has an edge after it.
        list.push(Painted { from: edges[cell], end: edges[cell + 1], of });
    }
    list
}

fn next_free(free: &mut [usize], mut cell: usize) -> usize {
    while cell < free.len() && free[cell] != cell {
        // Halving the path keeps it short.
        let next = free[cell];
        if next < free.len() {
            free[cell] = free[next];
        }
        cell = next;
    }
    cell
}

/// Painted days, asked for in order of days.
struct Walk<'a>(&'a [Painted]);

impl Walk<'_> {
    fn at(&mut self, day: u32) -> Option<usize> {
        while self.0.first().is_some_and(|p| p.end <= day) {
            self.0 = &self.0[1..];
        }
        self.0.first().filter(|p| p.from <= day).map(|p| p.of)
    }
}
