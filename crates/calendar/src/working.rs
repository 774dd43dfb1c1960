//! A calendar ready to count with.
use crate::{
    DAY, Hours, Instant, Span,
    draft::{DAYS, Draft, WeekIds, day_index},
    index::Index,
    tables::{DayTable, WeekTable},
};
use std::{collections::HashMap, sync::Arc};

/// Working time, counted by prefix sums and found by direct lookup: no operation walks over days, and each takes some
/// nanoseconds however far it reaches and however many exceptions there are. Clones share their tables.
///
/// Positions: a span of work begins at the start of a working period and ends at the end of one, so adding eight hours
/// to Friday 08:00 gives Friday 17:00, never Monday 08:00. Hours that meet at midnight are one period. Outside of its
/// exceptions a calendar repeats its week, as far as instants reach in both directions.
///
/// ```
/// use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span};
/// let week = Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)])));
/// let friday: Instant = "2026-03-06T08:00".parse()?;
/// let finish = week.add(friday, Span::hours(8));
/// assert_eq!(finish.to_string(), "2026-03-06T17:00");
/// assert_eq!(week.next_start(finish).to_string(), "2026-03-09T08:00");
/// assert_eq!(week.work_between(friday, week.next_start(finish)), Span::hours(8));
/// # Ok::<(), lantu_calendar::TimeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Stretches of days with one weekly pattern, in order, from the first day that there is.
    pieces: Arc<[Piece]>,
    by_day: Index,
    /// The pieces that have work, in order.
    worked: Arc<[WorkedPiece]>,
    by_work: Index,
    weeks: Arc<[WeekTable]>,
    days: Arc<[DayTable]>,
    hours: Arc<[Hours]>,
    /// All work up to the last instant that there is.
    total: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    first_day: u32,
    week: u32,
    /// Work before `first_day`, less what its week would have given until then.
    offset: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WorkedPiece {
    /// Work before the piece.
    before: u64,
    offset: i64,
    week: u32,
}

/// A day and a second of it, as the tables count them.
#[derive(Clone, Copy)]
struct Moment {
    day: u32,
    second: u32,
}

impl Moment {
    #[inline]
    fn of(at: Instant) -> Self {
        let seconds = (at.clamped().seconds() - Instant::MIN.seconds()) as u64;
        Self { day: (seconds / DAY as u64) as u32, second: (seconds % DAY as u64) as u32 }
    }
}

impl Calendar {
    /// Stretches begin with day 0 and leave no gap; weeks hold places in `hours`.
    pub(crate) fn of_stretches(hours: Vec<Hours>, stretches: &[(u32, WeekIds)]) -> Self {
        let days: Arc<[DayTable]> = hours.iter().map(DayTable::new).collect();
        let mut weeks: Vec<WeekTable> = vec![];
        let mut known: HashMap<WeekIds, u32> = HashMap::new();
        let (mut pieces, mut worked, mut before) = (Vec::with_capacity(stretches.len()), vec![], 0u64);
        for (i, &(first_day, ids)) in stretches.iter().enumerate() {
            let week = *known.entry(ids).or_insert_with(|| {
                weeks.push(WeekTable::new(ids, |day| hours[day as usize].work().as_seconds() as u32));
                (weeks.len() - 1) as u32
            });
            let table = &weeks[week as usize];
            let offset = before as i64 - table.until(first_day) as i64;
            pieces.push(Piece { first_day, week, offset });
            let end = stretches.get(i + 1).map_or(DAYS, |next| next.0);
            let work = table.until(end) - table.until(first_day);
            if work > 0 {
                worked.push(WorkedPiece { before, offset, week });
            }
            before += work;
        }
        let by_day = Index::new(pieces.len(), |i| u64::from(pieces[i].first_day));
        let by_work = Index::new(worked.len(), |i| worked[i].before);
        let (pieces, worked, weeks) = (pieces.into(), worked.into(), weeks.into());
        let mut calendar = Self { pieces, by_day, worked, by_work, weeks, days, hours: hours.into(), total: 0 };
        calendar.total = calendar.position(Instant::MAX);
        calendar
    }

    /// How many stretches of days it has.
    pub(crate) fn stretches(&self) -> usize {
        self.pieces.len()
    }

    /// Its stretches, with the weeks' hours as places in the draft's list.
    pub(crate) fn weeks_of_stretches(&self, draft: &mut Draft) -> Vec<(u32, WeekIds)> {
        let ids: Vec<u32> = self.hours.iter().map(|h| draft.id(h)).collect();
        let week = |piece: &Piece| self.weeks[piece.week as usize].days.map(|day| ids[day as usize]);
        self.pieces.iter().map(|p| (p.first_day, week(p))).collect()
    }

    #[inline]
    fn piece_of(&self, day: u32) -> &Piece {
        &self.pieces[self.by_day.find(u64::from(day), |i| u64::from(self.pieces[i].first_day))]
    }

    #[inline]
    fn day_table(&self, day: u32) -> &DayTable {
        &self.days[self.weeks[self.piece_of(day).week as usize].day(day)]
    }

    /// The hours of the day so many days after 1970-01-01.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant};
    /// let week = Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 1020)])));
    /// let sunday: Instant = "2026-03-08".parse()?;
    /// assert!(week.hours(sunday.day_number()).is_empty());
    /// assert_eq!(week.hours(sunday.day_number() + 1).to_string(), "08:00-17:00");
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    pub fn hours(&self, day: i64) -> &Hours {
        let day = day_index(day).min(DAYS - 1);
        &self.hours[self.weeks[self.piece_of(day).week as usize].day(day)]
    }

    /// Seconds of work from the first instant to `at`; never less for a later instant.
    #[inline]
    pub fn position(&self, at: Instant) -> i64 {
        let Moment { day, second } = Moment::of(at);
        let piece = self.piece_of(day);
        let week = &self.weeks[piece.week as usize];
        piece.offset + week.until(day) as i64 + i64::from(self.days[week.day(day)].until(second))
    }

    /// Where the second of work begins that has so much work before it: at least 0, less than the total.
    #[inline]
    fn second_of(&self, work: u64) -> Instant {
        let piece = &self.worked[self.by_work.find(work, |i| self.worked[i].before)];
        let week = &self.weeks[piece.week as usize];
        let (day, rest) = week.day_of_work((work as i64 - piece.offset) as u64);
        let second = self.days[week.day(day)].second_of(rest);
        Instant::from_seconds(Instant::MIN.seconds() + i64::from(day) * DAY + i64::from(second))
    }

    /// The earliest instant with so much work before it.
    #[inline]
    fn earliest(&self, position: i64) -> Instant {
        if position <= 0 {
            Instant::MIN
        } else if position > self.total {
            Instant::MAX
        } else {
            self.second_of(position as u64 - 1) + Span::seconds(1)
        }
    }

    /// The latest instant with so much work before it.
    #[inline]
    fn latest(&self, position: i64) -> Instant {
        if position < 0 {
            Instant::MIN
        } else if position >= self.total {
            Instant::MAX
        } else {
            self.second_of(position as u64)
        }
    }

    /// Working time from `a` to `b`; negative when `b` is earlier.
    #[inline]
    pub fn work_between(&self, a: Instant, b: Instant) -> Span {
        Span::seconds(self.position(b) - self.position(a))
    }

    /// Moves on by working time: for a positive span to the earliest instant with so much work between (the end of a
    /// period rather than the start of the next), for a negative one to the latest instant; for none, not at all.
    /// [`Instant::MAX`] or [`Instant::MIN`] when there is not so much work.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span};
    /// let week = Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)])));
    /// let sunday: Instant = "2026-03-08T10:00".parse()?;
    /// assert_eq!(week.add(sunday, Span::hours(4)).to_string(), "2026-03-09T12:00");
    /// assert_eq!(week.add(sunday, Span::hours(-4)).to_string(), "2026-03-06T13:00");
    /// assert_eq!(week.add(sunday, Span::ZERO), sunday);
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    #[inline]
    pub fn add(&self, from: Instant, span: Span) -> Instant {
        match span.as_seconds() {
            0 => from,
            n if n > 0 => self.earliest(self.position(from).saturating_add(n)),
            n => self.latest(self.position(from).saturating_add(n)),
        }
    }

    /// The instant itself when work begins or goes on there, else the start of the next period;
    /// [`Instant::MAX`] when there is none.
    #[inline]
    pub fn next_start(&self, at: Instant) -> Instant {
        self.latest(self.position(at))
    }

    /// The instant itself when work goes on or ends there, else the end of the previous period;
    /// [`Instant::MIN`] when there is none.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant};
    /// let week = Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 720), (780, 1020)])));
    /// let monday: Instant = "2026-03-09T08:00".parse()?;
    /// assert_eq!(week.next_start(monday), monday);
    /// assert_eq!(week.previous_finish(monday).to_string(), "2026-03-06T17:00");
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    #[inline]
    pub fn previous_finish(&self, at: Instant) -> Instant {
        self.earliest(self.position(at))
    }

    /// The same position as a start: as [`Calendar::next_start`], but the instant itself when no work follows.
    #[inline]
    pub fn equivalent_start(&self, at: Instant) -> Instant {
        let position = self.position(at);
        if position < self.total { self.latest(position) } else { at }
    }

    /// The same position as a finish: as [`Calendar::previous_finish`], but the instant itself when no work precedes.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Instant};
    /// let never = Calendar::of(&CalendarSpec::default());
    /// let noon: Instant = "2026-03-02T12:00".parse()?;
    /// assert_eq!((never.equivalent_start(noon), never.equivalent_finish(noon)), (noon, noon));
    /// assert_eq!((never.next_start(noon), never.previous_finish(noon)), (Instant::MAX, Instant::MIN));
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    #[inline]
    pub fn equivalent_finish(&self, at: Instant) -> Instant {
        let position = self.position(at);
        if position > 0 { self.earliest(position) } else { at }
    }

    /// Whether work goes on in the second that begins here: yes at the start of a period, no at its end.
    #[inline]
    pub fn is_working(&self, at: Instant) -> bool {
        let Moment { day, second } = Moment::of(at);
        self.day_table(day).is_working(second)
    }

    /// Whether there is any work at all.
    #[inline]
    pub fn has_work(&self) -> bool {
        self.total > 0
    }
}
