//! A calendar ready to count with.
mod same;
mod without;

use crate::{
    DAY, Hours, Instant, Span,
    draft::{DAYS, Draft, WeekIds, day_index},
    index::Index,
    tables::WeekTables,
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
///
/// Equal calendars have the same hours on every day that there is.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Stretches of days with one weekly pattern, in order, from the first day that there is.
    pieces: Arc<[Piece]>,
    by_time: Index,
    /// The pieces that have work, in order.
    worked: Arc<[WorkedPiece]>,
    by_work: Index,
    weeks: Weeks,
    /// All work up to the last instant that there is.
    total: i64,
}

/// The weekly patterns that a calendar's stretches follow.
#[derive(Clone, Debug)]
struct Weeks {
    tables: WeekTables,
    /// The hours of each week's days, as places in `hours`.
    ids: Arc<[WeekIds]>,
    hours: Arc<[Hours]>,
    /// The week that has no work; there always is one, so that days can be taken away without new tables.
    idle: u32,
}

impl Weeks {
    /// The hours of a day in a week.
    fn hours(&self, week: u32, day: u32) -> &Hours {
        &self.hours[self.ids[week as usize][(day % 7) as usize] as usize]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// When it begins, in [`BEATS`].
    start: u32,
    week: u32,
    /// Work before the piece, less what its week would have given until then.
    offset: i64,
}

/// A length of 2^7 seconds: a day has 675 of them, and all the years that there are fit into 32 bits.
const BEATS: u32 = 7;
const DAY_IN_BEATS: u32 = (DAY >> BEATS) as u32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WorkedPiece {
    /// Work before the piece.
    before: u64,
    offset: i64,
    week: u32,
}

/// Seconds since the first instant that there is, a Monday's midnight.
#[inline]
fn moment(at: Instant) -> u64 {
    const LAST: u64 = (Instant::MAX.seconds() - Instant::MIN.seconds()) as u64;
    let moment = at.seconds().wrapping_sub(Instant::MIN.seconds()) as u64;
    // What lies before the first instant wraps to beyond the last.
    if moment <= LAST {
        moment
    } else if at < Instant::MIN {
        0
    } else {
        LAST
    }
}

impl Calendar {
    /// Stretches begin with day 0 and leave no gap; weeks hold places in `hours`.
    pub(crate) fn of_stretches(mut hours: Vec<Hours>, stretches: &[(u32, WeekIds)]) -> Self {
        let (mut known, mut week_ids): (HashMap<WeekIds, u32>, Vec<WeekIds>) = Default::default();
        let mut week_of = |ids: WeekIds| {
            *known.entry(ids).or_insert_with(|| {
                week_ids.push(ids);
                (week_ids.len() - 1) as u32
            })
        };
        let stretches: Vec<(u32, u32)> = stretches.iter().map(|&(first, ids)| (first, week_of(ids))).collect();
        let none = hours.iter().position(Hours::is_empty).unwrap_or_else(|| {
            hours.push(Hours::none());
            hours.len() - 1
        });
        let idle = week_of([none as u32; 7]);
        let weeks = WeekTables::new(&hours, &week_ids);
        Self::laid_out(Weeks { tables: weeks, ids: week_ids.into(), hours: hours.into(), idle }, &stretches)
    }

    /// Stretches begin with day 0 and leave no gap; each has one of the weeks.
    fn laid_out(weeks: Weeks, stretches: &[(u32, u32)]) -> Self {
        let (mut pieces, mut worked) = (Vec::with_capacity(stretches.len()), Vec::with_capacity(stretches.len()));
        let mut before = 0;
        for (i, &(first_day, week)) in stretches.iter().enumerate() {
            let end = stretches.get(i + 1).map_or(DAYS, |next| next.0);
            let until = |day: u32| weeks.tables.work_before(week, u64::from(day) * DAY as u64);
            let offset = before as i64 - until(first_day) as i64;
            pieces.push(Piece { start: first_day * DAY_IN_BEATS, week, offset });
            let work = until(end) - until(first_day);
            if work > 0 {
                worked.push(WorkedPiece { before, offset, week });
            }
            before += work;
        }
        let by_time = Index::new(pieces.len(), |i| u64::from(pieces[i].start));
        let by_work = Index::new(worked.len(), |i| worked[i].before);
        let mut calendar = Self { pieces: pieces.into(), by_time, worked: worked.into(), by_work, weeks, total: 0 };
        calendar.total = calendar.position(Instant::MAX);
        calendar
    }

    /// How many stretches of days it has.
    pub(crate) fn stretches(&self) -> usize {
        self.pieces.len()
    }

    /// Its stretches, with the weeks' hours as places in the draft's list.
    pub(crate) fn weeks_of_stretches(&self, draft: &mut Draft) -> Vec<(u32, WeekIds)> {
        let ids: Vec<u32> = self.weeks.hours.iter().map(|h| draft.id(h)).collect();
        let week = |piece: &Piece| self.weeks.ids[piece.week as usize].map(|id| ids[id as usize]);
        self.pieces.iter().map(|p| (p.start / DAY_IN_BEATS, week(p))).collect()
    }

    #[inline]
    fn piece_at(&self, moment: u64) -> &Piece {
        &self.pieces[self.by_time.find(moment >> BEATS, |i| u64::from(self.pieces[i].start))]
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
        self.weeks.hours(self.piece_at(u64::from(day) * DAY as u64).week, day)
    }

    /// The hours that its days have, each kind of day once, in no order that means anything.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours};
    /// let week = Calendar::of(&CalendarSpec::weekdays(&Hours::of_minutes([(480, 1020)])));
    /// assert_eq!(week.kinds_of_day().len(), 2);
    /// ```
    pub fn kinds_of_day(&self) -> &[Hours] {
        &self.weeks.hours
    }

    /// Seconds of work from the first instant to `at`; never less for a later instant.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant};
    /// let week = Calendar::of(&CalendarSpec::weekdays(&Hours::eight_to_five()));
    /// let close: Instant = "2026-03-06T17:00".parse()?;
    /// let open: Instant = "2026-03-09T08:00".parse()?;
    /// assert_eq!(week.position(close), week.position(open));
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    #[inline]
    pub fn position(&self, at: Instant) -> i64 {
        let moment = moment(at);
        let piece = self.piece_at(moment);
        piece.offset + self.weeks.tables.work_before(piece.week, moment) as i64
    }

    /// Where the second of work begins that has so much work before it: at least 0, less than the total.
    #[inline]
    fn second_of(&self, work: u64) -> Instant {
        let piece = &self.worked[self.by_work.find(work, |i| self.worked[i].before)];
        let moment = self.weeks.tables.moment_of(piece.week, (work as i64 - piece.offset) as u64);
        Instant::from_seconds(Instant::MIN.seconds() + moment as i64)
    }

    /// The earliest instant with so much work before it.
    #[inline]
    fn earliest(&self, position: i64) -> Instant {
        if position <= 0 {
            Instant::MIN
        } else if position > self.total {
            Instant::MAX
        } else {
            Instant::from_seconds(self.second_of(position as u64 - 1).seconds() + 1)
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
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span};
    /// let week = Calendar::of(&CalendarSpec::weekdays(&Hours::eight_to_five()));
    /// let friday: Instant = "2026-03-06T16:00".parse()?;
    /// let monday: Instant = "2026-03-09T09:00".parse()?;
    /// assert_eq!(week.work_between(friday, monday), Span::hours(2));
    /// assert_eq!(week.work_between(monday, friday), Span::hours(-2));
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
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
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant};
    /// let week = Calendar::of(&CalendarSpec::weekdays(&Hours::eight_to_five()));
    /// let noon: Instant = "2026-03-06T12:00".parse()?;
    /// assert_eq!(week.next_start(noon).to_string(), "2026-03-06T13:00");
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
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
    ///
    /// ```
    /// use jiff::civil::date;
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant};
    /// let day = date(2026, 3, 6);
    /// let once = Calendar::of(&CalendarSpec::default().except(day, day, Hours::eight_to_five()));
    /// let close: Instant = "2026-03-06T17:00".parse()?;
    /// assert_eq!((once.equivalent_start(close), once.next_start(close)), (close, Instant::MAX));
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
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
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours};
    /// let week = Calendar::of(&CalendarSpec::weekdays(&Hours::eight_to_five()));
    /// assert!(week.is_working("2026-03-06T08:00".parse()?));
    /// assert!(!week.is_working("2026-03-06T17:00".parse()?));
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    #[inline]
    pub fn is_working(&self, at: Instant) -> bool {
        let moment = moment(at);
        self.weeks.tables.is_working(self.piece_at(moment).week, moment)
    }

    /// Whether there is any work at all, between the first instant and the last.
    ///
    /// ```
    /// use lantu_calendar::{Calendar, CalendarSpec};
    /// assert!(Calendar::around_the_clock().has_work());
    /// assert!(!Calendar::of(&CalendarSpec::default()).has_work());
    /// ```
    #[inline]
    pub fn has_work(&self) -> bool {
        self.total > 0
    }
}
