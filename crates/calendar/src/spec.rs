//! What a file or a pack says of a calendar: a weekly pattern, exceptions, replaced weeks, a parent.
use crate::{Hours, WorkCalendar};
use jiff::civil::Date;

/// Hours of Monday to Sunday; `None` where the parent's hold.
pub type Week = [Option<Hours>; 7];

/// Days whose hours differ from the week's. None when `to` lies before `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// First day.
    pub from: Date,
    /// Last day, itself included.
    pub to: Date,
    /// The hours of each of these days.
    pub hours: Hours,
}

/// A span of days with a week of its own (MS Project's work weeks). No days when `to` lies before `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkWeek {
    /// First day.
    pub from: Date,
    /// Last day, itself included.
    pub to: Date,
    /// `None` where the calendar's own week, or the parent, holds.
    pub week: Week,
}

/// A calendar as it is written down. Of two exceptions on one day the later in the list holds.
///
/// A day's hours come from the first of: this calendar's exceptions, its work weeks, its week, then the parent, in
/// the same order. A day that no one speaks of does not work.
///
/// ```
/// use jiff::civil::date;
/// use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, Span};
/// let day = Hours::of_minutes([(480, 720), (780, 1020)]);
/// let site = CalendarSpec::weekdays(&day).except(date(2026, 5, 1), date(2026, 5, 5), Hours::none());
/// let crew = CalendarSpec::child_of(0).except(date(2026, 5, 4), date(2026, 5, 4), day);
/// let calendars = Calendar::resolve(&[site, crew]);
/// let thursday: Instant = "2026-04-30T08:00".parse()?;
/// assert_eq!(calendars[0].add(thursday, Span::hours(16)).to_string(), "2026-05-06T17:00");
/// assert_eq!(calendars[1].add(thursday, Span::hours(16)).to_string(), "2026-05-04T17:00");
/// # Ok::<(), lantu_calendar::TimeError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarSpec {
    /// Hours by weekday, Monday first.
    pub week: Week,
    /// Days that differ.
    pub exceptions: Vec<Exception>,
    /// Spans of days with their own week; the first that covers a day holds.
    pub work_weeks: Vec<WorkWeek>,
    /// The calendar that this one changes: its place in the list it is resolved in.
    pub parent: Option<usize>,
}

impl CalendarSpec {
    /// Monday to Friday with the same hours, nothing else.
    ///
    /// ```
    /// use lantu_calendar::{CalendarSpec, Hours};
    /// let week = CalendarSpec::weekdays(&Hours::eight_to_five()).week;
    /// assert_eq!(week[4], Some(Hours::eight_to_five()));
    /// assert_eq!(week[5], Some(Hours::none()));
    /// ```
    pub fn weekdays(hours: &Hours) -> Self {
        let week = std::array::from_fn(|day| Some(if day < 5 { hours.clone() } else { Hours::none() }));
        Self { week, ..Self::default() }
    }

    /// Every day with the same hours.
    ///
    /// ```
    /// use lantu_calendar::{CalendarSpec, Hours};
    /// assert_eq!(CalendarSpec::daily(&Hours::all_day()), CalendarSpec::around_the_clock());
    /// ```
    pub fn daily(hours: &Hours) -> Self {
        Self { week: std::array::from_fn(|_| Some(hours.clone())), ..Self::default() }
    }

    /// Every hour of every day.
    pub fn around_the_clock() -> Self {
        Self::daily(&Hours::all_day())
    }

    /// What the calendar at this place of the list says, until something is changed.
    pub fn child_of(parent: usize) -> Self {
        Self { parent: Some(parent), ..Self::default() }
    }

    /// An office's working days with the same hours on each: holidays and make-up days become exceptions, those that
    /// follow one another one exception. Whether a day is provisional stays with the office's calendar.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Instant, MONDAY_TO_FRIDAY, Span, WorkCalendar};
    /// let days = [(date(2026, 5, 4), false), (date(2026, 5, 5), false), (date(2026, 5, 9), true)];
    /// let office = WorkCalendar::new(MONDAY_TO_FRIDAY, days, None);
    /// let spec = CalendarSpec::of_office(&office, &Hours::eight_to_five());
    /// assert_eq!(spec.exceptions.len(), 2);
    /// let friday: Instant = "2026-05-01T08:00".parse()?;
    /// assert_eq!(Calendar::of(&spec).add(friday, Span::hours(40)).to_string(), "2026-05-09T17:00");
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    pub fn of_office(office: &WorkCalendar, hours: &Hours) -> Self {
        let of = |works: bool| if works { hours.clone() } else { Hours::none() };
        let mut spec = Self { week: office.weekly().map(|works| Some(of(works))), ..Self::default() };
        for (day, works) in office.exceptions() {
            match spec.exceptions.last_mut() {
                Some(last) if last.to.tomorrow().is_ok_and(|next| next == day) && last.hours == of(works) => last.to = day,
                _ => spec.exceptions.push(Exception { from: day, to: day, hours: of(works) }),
            }
        }
        spec
    }

    /// With other hours from the first day to the last, itself included.
    pub fn except(mut self, from: Date, to: Date, hours: Hours) -> Self {
        self.exceptions.push(Exception { from, to, hours });
        self
    }

    /// With a week of its own from the first day to the last, itself included.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use lantu_calendar::{Calendar, CalendarSpec, Hours, Span};
    /// let winter = CalendarSpec::weekdays(&Hours::of_minutes([(540, 900)])).week;
    /// let spec = CalendarSpec::weekdays(&Hours::eight_to_five()).work_week(date(2026, 3, 2), date(2026, 3, 6), winter);
    /// assert_eq!(Calendar::of(&spec).add("2026-03-02".parse()?, Span::hours(12)).to_string(), "2026-03-03T15:00");
    /// # Ok::<(), lantu_calendar::TimeError>(())
    /// ```
    pub fn work_week(mut self, from: Date, to: Date, week: Week) -> Self {
        self.work_weeks.push(WorkWeek { from, to, week });
        self
    }

    /// Whether it adds nothing to its parent.
    ///
    /// ```
    /// use lantu_calendar::CalendarSpec;
    /// assert!(CalendarSpec::child_of(0).says_nothing() && !CalendarSpec::around_the_clock().says_nothing());
    /// ```
    pub fn says_nothing(&self) -> bool {
        self.exceptions.is_empty() && self.work_weeks.is_empty() && self.week.iter().all(Option::is_none)
    }
}
