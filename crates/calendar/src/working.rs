//! A calendar ready to count with.
use crate::{CalendarSpec, DAY, Hours, Instant, Span, days_of};

/// Working time, counted by prefix sums: no operation walks over days.
///
/// Positions: a span of work begins at the start of a working period and ends at the end of one, so adding eight hours
/// to Friday 08:00 gives Friday 17:00, never Monday 08:00. Outside of its exceptions a calendar repeats its week for
/// ever, in both directions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Stretches of days with one weekly pattern, in order; the first has no beginning.
    pieces: Vec<Piece>,
    weeks: Vec<WeekTable>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    first_day: i64,
    week: u32,
    /// Work from the calendar's origin to the start of `first_day`.
    work_before: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct WeekTable {
    /// Monday first.
    days: [Hours; 7],
    /// Work before each weekday; the eighth is the whole week.
    before: [i64; 8],
}

impl WeekTable {
    fn new(days: [Hours; 7]) -> Self {
        let mut before = [0; 8];
        for (i, day) in days.iter().enumerate() {
            before[i + 1] = before[i] + day.work().as_seconds();
        }
        Self { days, before }
    }

    /// Work from Monday 1969-12-29 to the start of `day`, were this week to hold for ever.
    fn until(&self, day: i64) -> i64 {
        let d = day + 3;
        d.div_euclid(7) * self.before[7] + self.before[d.rem_euclid(7) as usize]
    }

    fn hours(&self, day: i64) -> &Hours {
        &self.days[(day + 3).rem_euclid(7) as usize]
    }
}

impl Calendar {
    /// Resolves calendars that refer to one another as parents; in the same order. A parent that is its own
    /// ancestor, or is not there, counts as none.
    pub fn resolve(specs: &[CalendarSpec]) -> Vec<Self> {
        (0..specs.len()).map(|at| Self::resolve_one(specs, at)).collect()
    }

    /// A calendar that has no parent.
    pub fn of(spec: &CalendarSpec) -> Self {
        Self::resolve_one(std::slice::from_ref(spec), 0)
    }

    /// Every hour of every day.
    pub fn around_the_clock() -> Self {
        Self::of(&CalendarSpec::around_the_clock())
    }

    fn resolve_one(specs: &[CalendarSpec], at: usize) -> Self {
        let mut chain = vec![];
        let mut next = Some(at);
        while let Some(i) = next.filter(|i| *i < specs.len() && !chain.contains(i)) {
            chain.push(i);
            next = specs[i].parent;
        }
        let chain: Vec<&CalendarSpec> = chain.into_iter().map(|i| &specs[i]).collect();
        let mut edges = vec![i64::MIN];
        for spec in &chain {
            for e in &spec.exceptions {
                edges.extend([days_of(e.from), days_of(e.to) + 1]);
            }
            for w in &spec.work_weeks {
                edges.extend([days_of(w.from), days_of(w.to) + 1]);
            }
        }
        edges.sort_unstable();
        edges.dedup();
        let mut calendar = Self { pieces: vec![], weeks: vec![] };
        for &edge in &edges {
            let week = std::array::from_fn(|weekday| hours_on(&chain, edge, weekday).cloned().unwrap_or_default());
            calendar.push(edge, week);
        }
        calendar
    }

    fn push(&mut self, first_day: i64, week: [Hours; 7]) {
        let at = self.weeks.iter().position(|w| w.days == week).unwrap_or_else(|| {
            self.weeks.push(WeekTable::new(week));
            self.weeks.len() - 1
        });
        match self.pieces.last() {
            None => self.pieces.push(Piece { first_day: i64::MIN / (8 * DAY), week: at as u32, work_before: 0 }),
            Some(last) if last.week == at as u32 => {}
            Some(last) => {
                let table = &self.weeks[last.week as usize];
                let work_before = last.work_before + table.until(first_day) - self.origin(last, table);
                self.pieces.push(Piece { first_day, week: at as u32, work_before });
            }
        }
    }

    /// What `until` gives where the piece begins; the first piece counts from the origin of all.
    fn origin(&self, piece: &Piece, table: &WeekTable) -> i64 {
        if piece.first_day == i64::MIN / (8 * DAY) { 0 } else { table.until(piece.first_day) }
    }

    fn piece_of_day(&self, day: i64) -> &Piece {
        &self.pieces[self.pieces.partition_point(|p| p.first_day <= day) - 1]
    }

    /// The hours of the day so many days after 1970-01-01.
    pub fn hours(&self, day: i64) -> &Hours {
        self.weeks[self.piece_of_day(day).week as usize].hours(day)
    }

    /// Work from a fixed origin to `at`; differences alone mean something.
    pub fn position(&self, at: Instant) -> i64 {
        let day = at.day_number();
        let piece = self.piece_of_day(day);
        let table = &self.weeks[piece.week as usize];
        let whole = piece.work_before + table.until(day) - self.origin(piece, table);
        let second = at.second_of_day() as u32;
        let within: u32 = table.hours(day).spans().iter().map(|&(a, b)| second.clamp(a, b) - a).sum();
        whole + i64::from(within)
    }

    /// Working time from `a` to `b`; negative when `b` is earlier.
    pub fn work_between(&self, a: Instant, b: Instant) -> Span {
        Span::seconds(self.position(b) - self.position(a))
    }

    /// Moves on by working time: for a positive span to the earliest instant with so much work between (the end of a
    /// period rather than the start of the next), for a negative one to the latest instant; for none, not at all.
    /// [`Instant::MAX`] or [`Instant::MIN`] when there is not so much work.
    pub fn add(&self, from: Instant, span: Span) -> Instant {
        match span.as_seconds() {
            0 => from,
            n if n > 0 => self.earliest(self.position(from).saturating_add(n)),
            n => self.latest(self.position(from).saturating_add(n)),
        }
    }

    /// The earliest instant with so much work before it.
    fn earliest(&self, position: i64) -> Instant {
        let at = self.pieces.partition_point(|p| p.work_before < position).max(1) - 1;
        for i in at..self.pieces.len() {
            let piece = &self.pieces[i];
            let table = &self.weeks[piece.week as usize];
            let wanted = position - piece.work_before + self.origin(piece, table);
            if table.before[7] == 0 {
                continue;
            }
            let week = (wanted - 1).div_euclid(table.before[7]);
            let rest = wanted - week * table.before[7];
            let weekday = (0..7).find(|d| table.before[d + 1] >= rest).unwrap_or(6);
            let day = week * 7 + weekday as i64 - 3;
            let mut left = rest - table.before[weekday];
            for &(a, b) in table.days[weekday].spans() {
                let length = i64::from(b - a);
                if left <= length {
                    return Instant::from_seconds(day * DAY + i64::from(a) + left).clamped();
                }
                left -= length;
            }
        }
        Instant::MAX
    }

    /// The latest instant with so much work before it.
    fn latest(&self, position: i64) -> Instant {
        let at = self.pieces.partition_point(|p| p.work_before <= position);
        for i in (0..at.max(1)).rev() {
            let piece = &self.pieces[i];
            let table = &self.weeks[piece.week as usize];
            let wanted = position - piece.work_before + self.origin(piece, table);
            if table.before[7] == 0 {
                continue;
            }
            let week = wanted.div_euclid(table.before[7]);
            let rest = wanted - week * table.before[7];
            let weekday = (0..7).rev().find(|&d| table.before[d] <= rest && table.before[d + 1] > rest).unwrap_or(0);
            let day = week * 7 + weekday as i64 - 3;
            let mut left = rest - table.before[weekday];
            for &(a, b) in table.days[weekday].spans() {
                let length = i64::from(b - a);
                if left < length {
                    return Instant::from_seconds(day * DAY + i64::from(a) + left).clamped();
                }
                left -= length;
            }
        }
        Instant::MIN
    }

    /// The instant itself when work begins or goes on there, else the start of the next period.
    pub fn next_start(&self, at: Instant) -> Instant {
        let position = self.position(at);
        let start = self.latest(position);
        if start <= at && self.is_within(at) { at } else { start.max(at) }
    }

    /// The instant itself when work goes on or ends there, else the end of the previous period.
    pub fn previous_finish(&self, at: Instant) -> Instant {
        self.earliest(self.position(at)).min(at)
    }

    fn is_within(&self, at: Instant) -> bool {
        let second = at.second_of_day() as u32;
        self.hours(at.day_number()).spans().iter().any(|&(a, b)| a <= second && second < b)
    }

    /// Whether there is any work at all.
    pub fn has_work(&self) -> bool {
        self.weeks.iter().any(|w| w.before[7] > 0)
    }
}

/// The hours of a weekday in the elementary stretch of days that begins with `day`.
fn hours_on<'a>(chain: &[&'a CalendarSpec], day: i64, weekday: usize) -> Option<&'a Hours> {
    chain.iter().find_map(|spec| {
        let covers = |from, to| days_of(from) <= day && day <= days_of(to);
        let exception = spec.exceptions.iter().rev().find(|e| covers(e.from, e.to)).map(|e| &e.hours);
        let own_week = || spec.work_weeks.iter().find(|w| covers(w.from, w.to)).and_then(|w| w.week[weekday].as_ref());
        exception.or_else(own_week).or(spec.week[weekday].as_ref())
    })
}
