//! From a network to its steps.
use super::{
    lengths::Lengths,
    program::{Begun, Constant, Forward, Hold, How, Keep, Late, LatePoint, LateWork, Point, Program, Shift, Tie, TimeIx, Work},
    table::{FAR, Ticks, Time, Times},
    ties::Ties,
};
use crate::lanes::Lanes;
use lantu_calendar::{Calendar, DAY, Instant, Span};
use lantu_schedule::{Activity, Constraint, ConstraintKind, Detail, Dialect, Kind, Lag, Network, Progress, Stepwise};
use std::{
    collections::HashMap,
    ops::{IndexMut, Range},
    sync::Arc,
};

/// Tables begin and end at multiples of so many days, so that networks of one time share them.
const ROUND: i64 = 1461;

/// Seconds of a tick: a minute where nothing in the network is finer, else a second.
pub(crate) fn tick_of(network: &Network) -> i64 {
    let whole = |seconds: i64| seconds % 60 == 0;
    let span = |span: Span| whole(span.as_seconds());
    let date = |date: Instant| whole(date.seconds());
    let hours = |c: &Calendar| c.kinds_of_day().iter().flat_map(|h| h.spans()).all(|&(a, b)| whole(a.into()) && whole(b.into()));
    let lag = |lag: Lag| match lag {
        Lag::Work(s) | Lag::Elapsed(s) => span(s),
        _ => false,
    };
    let constraint = |c: &Option<Constraint>| c.is_none_or(|c| date(c.date));
    let progress = |p: Progress| match p {
        Progress::NotStarted => true,
        Progress::Started { start, actual, remaining } => date(start) && span(actual) && span(remaining),
        Progress::Finished { start, finish, .. } => date(start) && date(finish),
    };
    let activity = |a: &Activity| {
        let detail = |d: &Detail| {
            let dates = [d.deadline, d.expected_finish, d.resume, d.external_early_start, d.external_late_finish];
            let fixed = d.fixed.is_none_or(|f| date(f.start) && date(f.finish));
            let plain = d.splits.is_empty() && d.leveling_delay.is_none() && d.assignments.is_empty();
            plain
                && fixed
                && dates.into_iter().flatten().all(date)
                && constraint(&d.constraint)
                && constraint(&d.secondary)
                && progress(d.progress)
        };
        span(a.duration) && a.detail.as_deref().is_none_or(detail)
    };
    let o = &network.options;
    let ends = [Some(o.start), o.data_date, o.finish].into_iter().flatten().all(date);
    let minutes =
        ends && network.calendars.iter().all(hours) && network.links.iter().all(|l| lag(l.lag)) && network.activities.iter().all(activity);
    if minutes { 60 } else { 1 }
}

/// The steps of a network; `None` where lanes can not follow its rules or its dates, and each iteration is scheduled whole.
/// `unsteady` tells the calendars that differ from one iteration to the next, `stretch` how much longer that makes all.
pub(crate) fn compile(
    steps: &mut Stepwise,
    lengths: &Lengths,
    (unsteady, stretch): (&[bool], f64),
    times: &Times,
    backward: bool,
) -> Option<Program> {
    let dialect = steps.network().options.dialect;
    // P6 rounds to the minute, which lanes do not.
    if !steps.goes_by_nodes() || !lengths.exact || dialect == Dialect::P6 && lengths.tick != 60 {
        return None;
    }
    let (ticks, days) = frame(steps, lengths, stretch)?;
    lengths.set_planned(steps);
    steps.run();
    let mut compiling = Compiling::new(steps, lengths, unsteady, times, ticks, days);
    compiling.forward()?;
    if backward {
        compiling.backward();
    }
    compiling.program()
}

/// The stretch of days in which the dates of all iterations should lie, for tables that networks of one time share.
fn frame(steps: &mut Stepwise, lengths: &Lengths, stretch: f64) -> Option<(Ticks, i64)> {
    let days = days_when_long(steps, lengths, stretch);
    let begin = days.start.div_euclid(ROUND) * ROUND;
    let end = (days.end.div_euclid(ROUND) + 1) * ROUND;
    let ticks = Ticks { base: Instant::from_seconds(begin * DAY), seconds: lengths.tick };
    let fits =
        (end - begin) * DAY / lengths.tick < i64::from(FAR) && begin * DAY > Instant::MIN.seconds() && end * DAY < Instant::MAX.seconds();
    fits.then_some((ticks, end - begin))
}

/// The days between the first and the last date when all takes as long as it seldom does, with room.
pub(crate) fn days_when_long(steps: &mut Stepwise, lengths: &Lengths, stretch: f64) -> Range<i64> {
    lengths.set_long(steps);
    steps.run();
    let (mut first, mut last) = (steps.start(), steps.start());
    for at in (0..steps.nodes()).filter(|&at| steps.is_placed(at)) {
        let row = steps.row(at);
        let dates = [row.early_start, row.early_finish, row.late_start, row.late_finish];
        for date in dates.into_iter().filter(|d| *d > Instant::MIN && *d < Instant::MAX) {
            (first, last) = (first.min(date), last.max(date));
        }
    }
    let span = last.day_number() - first.day_number();
    let room = 366 + span / 4;
    first.day_number() - room..last.day_number() + room + (span as f64 * (stretch - 1.0)) as i64
}

pub(super) struct Compiling<'a> {
    pub steps: &'a Stepwise,
    pub lengths: &'a Lengths,
    /// Calendars of the network that differ from one iteration to the next.
    unsteady: &'a [bool],
    times: &'a Times,
    pub ticks: Ticks,
    days: i64,
    /// Tables by where their calendars stand in memory.
    known: HashMap<usize, Option<TimeIx>>,
    /// Nodes that are the same in each iteration.
    pub constant: Vec<bool>,
    /// Nodes whose early dates the scheduling engine finds.
    pub odd: Vec<bool>,
    pub program: Program,
}

impl<'a> Compiling<'a> {
    fn new(steps: &'a Stepwise, lengths: &'a Lengths, unsteady: &'a [bool], times: &'a Times, ticks: Ticks, days: i64) -> Self {
        let program = Program {
            ticks,
            times: vec![],
            forward: vec![],
            backward: vec![],
            ties: vec![],
            holds: vec![],
            constants: vec![],
            unbound: vec![false; steps.nodes()],
            nodes: steps.nodes(),
            earliest_finish: 0,
            late_finish: None,
            span: (days * DAY / ticks.seconds) as i32,
        };
        let [constant, odd] = [0; 2].map(|_| vec![false; steps.nodes()]);
        Self { steps, lengths, unsteady, times, ticks, days, known: HashMap::new(), constant, odd, program }
    }

    pub fn network(&self) -> &'a Network {
        self.steps.network()
    }

    pub fn activity(&self, at: usize) -> &'a Activity {
        &self.network().activities[at]
    }

    pub fn dialect(&self) -> Dialect {
        self.network().options.dialect
    }

    fn forward(&mut self) -> Option<()> {
        let options = &self.network().options;
        let any = (0..self.steps.activities()).any(|at| self.steps.counts_for_finish(at));
        self.program.earliest_finish = if any { -FAR } else { self.ticks.of(self.steps.start())? };
        if let (Dialect::P6, Some(finish)) = (options.dialect, options.finish) {
            self.program.late_finish = Some(self.ticks.of(finish)?);
        }
        for k in 0..self.steps.order().len() {
            let node = self.steps.order()[k] as usize;
            // Summary rows stand in the order for those who look for loops; no date comes from them.
            if node < self.steps.activities() && !self.steps.is_placed(node) {
                (self.constant[node], self.program.unbound[node]) = (true, true);
            } else if self.is_constant(node) {
                self.add_constant(node)?;
            } else {
                let how = self.how(node).unwrap_or(How::Odd);
                self.odd[node] = matches!(how, How::Odd);
                let counts = self.steps.counts_for_finish(node);
                self.program.forward.push(Forward { node: node as u32, counts, starts: true, how });
            }
        }
        Some(())
    }

    /// Whether a node's early dates are the same in each iteration.
    fn is_constant(&self, node: usize) -> bool {
        if node < self.steps.activities() {
            let activity = self.activity(node);
            if self.is_unsteady(self.steps.working(node)) || self.is_unsteady(&self.network().calendars[activity.calendar.at()]) {
                return false;
            }
            let begun = progress(activity) != Progress::NotStarted;
            let fixed = activity.detail.as_ref().is_some_and(|d| d.fixed.is_some());
            if self.dialect() == Dialect::MsProject && (begun || fixed) {
                return !self.lengths.varies(node) || fixed && !begun;
            }
            if self.lengths.varies(node) || self.ties_are_unsteady(node) {
                return false;
            }
        }
        let mut all = true;
        self.steps.each_before(node, |before| all &= self.constant[before]);
        all
    }

    /// Whether a lag into a node is counted on a calendar that differs, or hangs on a duration that does.
    fn ties_are_unsteady(&self, node: usize) -> bool {
        let shares = |(from, link): (usize, usize)| {
            let percent = matches!(self.network().links[link].lag, Lag::Percent(_) | Lag::ElapsedPercent(_));
            percent && from < self.steps.activities() && self.lengths.varies(from)
        };
        self.unsteady.contains(&true) && self.steps.links_in(node).next().is_some() || self.steps.links_in(node).any(shares)
    }

    pub fn is_unsteady(&self, calendar: &Calendar) -> bool {
        let network = self.network().calendars.iter().zip(self.unsteady);
        network.into_iter().any(|(c, unsteady)| *unsteady && std::ptr::eq(c, calendar))
    }

    fn add_constant(&mut self, node: usize) -> Option<()> {
        self.constant[node] = true;
        let row = self.steps.row(node);
        let dates = (row.early_start, row.early_finish);
        // A gate without a bound: no one looks at it.
        if dates.0 == Instant::MIN || dates.1 == Instant::MIN {
            self.program.unbound[node] = true;
            return (node >= self.steps.activities()).then_some(());
        }
        let (start, finish) = (self.ticks.of(dates.0)?, self.ticks.of(dates.1)?);
        if self.steps.counts_for_finish(node) {
            self.program.earliest_finish = self.program.earliest_finish.max(finish);
        }
        let time = if node < self.steps.activities() { self.working(node) } else { None };
        let done = time.and_then(|time| self.position(time, finish)).unwrap_or(0);
        self.program.constants.push(Constant { node: node as u32, start, finish, done });
        Some(())
    }

    /// A date that a link brings, as a node of its own.
    pub fn date_as_node(&mut self, date: i32) -> u32 {
        let node = self.program.nodes as u32;
        self.program.nodes += 1;
        self.program.constants.push(Constant { node, start: date, finish: date, done: 0 });
        node
    }

    /// The time that an activity's work is done in.
    pub fn working(&mut self, at: usize) -> Option<TimeIx> {
        if self.activity(at).elapsed { Some(self.clock()) } else { self.time(self.steps.working(at)) }
    }

    pub fn clock(&mut self) -> TimeIx {
        self.add_time(0, || Some(Arc::new(Time::Clock))).unwrap_or_default()
    }

    /// A calendar's place; `None` where there is no table for it.
    pub fn time(&mut self, calendar: &Calendar) -> Option<TimeIx> {
        if self.is_unsteady(calendar) {
            return None;
        }
        let (times, ticks, days) = (self.times, self.ticks, self.days);
        self.add_time(std::ptr::from_ref(calendar).addr(), || times.of(calendar, ticks, days))
    }

    fn add_time(&mut self, key: usize, make: impl FnOnce() -> Option<Arc<Time>>) -> Option<TimeIx> {
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let list = &mut self.program.times;
        let place = make().and_then(|time| {
            let at = list.iter().position(|t| Arc::ptr_eq(t, &time)).unwrap_or(list.len());
            if at == list.len() {
                list.push(time);
            }
            TimeIx::try_from(at).ok()
        });
        self.known.insert(key, place);
        place
    }

    /// The position of an instant; `None` beyond the table.
    pub fn position(&self, time: TimeIx, at: i32) -> Option<i32> {
        let mut outside = Lanes::ZERO;
        let position = self.program.times[time as usize].position(&Lanes::all(at), &mut outside).0[0];
        (outside.0[0] == 0 && (0..self.program.span).contains(&at)).then_some(position)
    }

    /// Where work begins at or after an instant.
    pub fn next_start(&self, time: TimeIx, at: i32) -> Option<i32> {
        let position = self.position(time, at)?;
        let mut outside = Lanes::ZERO;
        let start = self.program.times[time as usize].latest(&Lanes::all(position), &mut outside).0[0];
        (outside.0[0] == 0).then_some(start)
    }

    /// Where work ended at or before an instant.
    pub fn previous_finish(&self, time: TimeIx, at: i32) -> Option<i32> {
        let position = self.position(time, at)?;
        let mut outside = Lanes::ZERO;
        let finish = self.program.times[time as usize].earliest(&Lanes::all(position), &mut outside).0[0];
        (outside.0[0] == 0).then_some(finish)
    }

    pub fn add_holds(&mut self, holds: impl IntoIterator<Item = Hold>) -> Range<u32> {
        let first = self.program.holds.len() as u32;
        self.program.holds.extend(holds);
        first..self.program.holds.len() as u32
    }

    pub fn add_ties(&mut self, ties: Vec<Tie>) -> Range<u32> {
        let first = self.program.ties.len() as u32;
        self.program.ties.extend(ties);
        first..self.program.ties.len() as u32
    }

    /// How lanes find a node's early dates; `None` where they do not.
    fn how(&mut self, node: usize) -> Option<How> {
        if node >= self.steps.activities() || !self.is_plain(node) {
            return None;
        }
        let time = self.working(node)?;
        let (least, most) = self.lengths.bounds(node);
        match (self.dialect(), progress(self.activity(node))) {
            (Dialect::MsProject, Progress::Started { start, actual, .. }) => self.begun_in_msp(node, time, start, actual),
            (Dialect::P6, Progress::Finished { .. }) | (_, Progress::Finished { .. }) => None,
            _ if most == 0 => self.point(node, time),
            _ if least > 0 => self.work(node, time),
            _ => None,
        }
    }

    /// Whether an activity has none of the facts that lanes do not know.
    pub fn is_plain(&self, at: usize) -> bool {
        let (activity, options) = (self.activity(at), &self.network().options);
        let p6 = self.dialect() == Dialect::P6;
        let kind = match activity.kind {
            Kind::Task => true,
            Kind::StartMilestone | Kind::FinishMilestone => {
                p6 && self.lengths.bounds(at).1 == 0 && progress(activity) == Progress::NotStarted
            }
            _ => false,
        };
        let Some(detail) = activity.detail.as_deref() else { return kind };
        let expected = p6 && options.use_expected_finish && detail.expected_finish.is_some();
        let external = p6 && !options.ignore_external && (detail.external_early_start.is_some() || detail.external_late_finish.is_some());
        let bare =
            detail.fixed.is_none() && detail.leveling_delay.is_none() && detail.splits.is_empty() && !detail.inactive && !detail.external;
        kind && bare && !expected && !external
    }

    /// MS Project: what remains goes on where the done part ends, or where it is to be resumed.
    fn begun_in_msp(&mut self, at: usize, time: TimeIx, start: Instant, actual: Span) -> Option<How> {
        let activity = self.activity(at);
        let (least, _) = self.lengths.bounds(at);
        let resume = activity.detail.as_ref().and_then(|d| d.resume);
        let start = self.ticks.of(start)?;
        let resumed = resume.and_then(|resume| self.resumed(at, time, start, actual, resume));
        let (from, done) = match resumed {
            Some(from) => (from, 0),
            None => (self.position(time, start)?, self.lengths.done_before(activity)?),
        };
        // Work of no length ends where it begins, wherever that is.
        (least + done > 0).then_some(How::Begun(Begun { time, from: from + done, start }))
    }

    /// Where what remains goes on, when that is not where the done part ends.
    fn resumed(&self, at: usize, time: TimeIx, start: i32, actual: Span, resume: Instant) -> Option<i32> {
        let activity = self.activity(at);
        let Progress::Started { remaining, .. } = progress(activity) else { return None };
        if actual + remaining != activity.duration {
            return None;
        }
        let stopped = self.position(time, start)? + self.lengths.ticks(actual)?;
        let resumes = self.position(time, self.ticks.of(resume)?)?;
        (i64::from(resumes - stopped) * self.ticks.seconds >= 60).then_some(resumes)
    }

    fn work(&mut self, at: usize, time: TimeIx) -> Option<How> {
        let Ties { ties, keeps, .. } = self.ties_in(at, Some(time))?;
        let floor = self.floor(at)?;
        let start = self.position(time, floor)?;
        let keeps = keeps.then(|| match self.dialect() {
            Dialect::P6 => Keep::MovesOn,
            Dialect::MsProject if self.next_start(time, floor) == Some(floor) => Keep::Stays { unless: start },
            Dialect::MsProject => Keep::Stays { unless: start - 1 },
        });
        let (mut holds, free) = (vec![], ties.is_empty());
        if free && self.dialect() == Dialect::MsProject {
            return self.free_in_msp(at, time);
        }
        // What has begun is held to nothing.
        for c in self.activity(at).constraint().filter(|_| progress(self.activity(at)) == Progress::NotStarted) {
            holds.extend(self.hold_work(c, time, keeps.is_some())?);
        }
        let (ties, holds) = (self.add_ties(ties), self.add_holds(holds));
        Some(How::Work(Work { time, floor: start, ties, keeps, holds }))
    }

    /// The instant before which an activity does not go on: the project's start; for what has begun in P6 the data date or
    /// the date to resume.
    fn floor(&self, at: usize) -> Option<i32> {
        let options = &self.network().options;
        let activity = self.activity(at);
        let date = match progress(activity) {
            Progress::Started { .. } => {
                let resume = activity.detail.as_ref().and_then(|d| d.resume);
                let data_date = options.data_date.unwrap_or(options.start);
                resume.map_or(data_date, |r| r.max(data_date))
            }
            _ => self.steps.start(),
        };
        self.ticks.of(date)
    }

    /// MS Project: who waits for no one begins where the plan says, unless the constraint is for the finish.
    fn free_in_msp(&mut self, at: usize, time: TimeIx) -> Option<How> {
        use ConstraintKind::{FinishNoEarlierThan, FinishNoLaterThan, FinishOn, MustFinishOn};
        let kind = self.activity(at).constraint().map(|c| c.kind);
        let by_finish = matches!(kind, Some(FinishNoEarlierThan | FinishNoLaterThan | FinishOn | MustFinishOn));
        if by_finish || self.activity(at).duration.is_zero() {
            return None;
        }
        let start = self.ticks.of(self.steps.row(at).early_start)?;
        let from = self.position(time, start)?;
        (self.next_start(time, start) == Some(start)).then_some(How::Begun(Begun { time, from, start }))
    }

    fn point(&mut self, at: usize, time: TimeIx) -> Option<How> {
        if progress(self.activity(at)) != Progress::NotStarted {
            return None;
        }
        let Ties { ties, .. } = self.ties_in(at, None)?;
        // MS Project leaves what waits for no one where the project starts, whoever works then.
        if self.dialect() == Dialect::MsProject && ties.is_empty() {
            return None;
        }
        let (floor, kind) = (self.floor(at)?, self.activity(at).kind);
        let may_close = self.dialect() == Dialect::MsProject || kind == Kind::FinishMilestone;
        let mut holds = vec![];
        for c in self.activity(at).constraint() {
            holds.extend(self.hold_point(c, time, may_close)?);
        }
        let (ties, holds) = (self.add_ties(ties), self.add_holds(holds));
        Some(How::Point(Point { time, floor, ties, holds, may_close }))
    }

    /// Where something without length stands that is to stand at a date.
    pub fn point_at(&self, time: TimeIx, date: i32, may_close: bool) -> Option<i32> {
        if may_close && self.previous_finish(time, date)? == date { Some(date) } else { self.next_start(time, date) }
    }

    /// Starts and finishes that no one asks for are not looked up.
    fn spare(&mut self) {
        let Program { forward, backward, ties, nodes, .. } = &self.program;
        let [mut starts, mut late_starts, mut late_finishes] = [0; 3].map(|_| vec![false; *nodes]);
        let of = |range: &Range<u32>| &ties[range.start as usize..range.end as usize];
        for step in forward {
            match &step.how {
                How::Work(Work { ties, .. }) | How::Point(Point { ties, .. }) => {
                    of(ties).iter().for_each(|t| starts[t.node as usize] |= t.of_start)
                }
                How::Begun(_) => {}
                How::Odd => self.steps.each_before(step.node as usize, |before| starts[before] = true),
            }
        }
        for step in backward {
            match &step.how {
                Late::Work(LateWork { ties, .. }) | Late::Point(LatePoint { ties, .. }) => {
                    of(ties)
                        .iter()
                        .for_each(|t| *(if t.of_start { &mut late_starts } else { &mut late_finishes }).index_mut(t.node as usize) = true);
                }
                Late::Odd => {
                    starts[step.node as usize] = true;
                    self.steps.each_after(step.node as usize, |after| {
                        (starts[after], late_starts[after], late_finishes[after]) = (true, true, true)
                    });
                }
            }
        }
        self.program.forward.iter_mut().for_each(|step| step.starts = starts[step.node as usize]);
        for step in &mut self.program.backward {
            (step.starts, step.finishes) = (late_starts[step.node as usize], late_finishes[step.node as usize]);
        }
    }

    /// The bounds of nodes and lengths must leave room for sums.
    fn program(mut self) -> Option<Program> {
        self.spare();
        let short = |shift: Shift| match shift {
            Shift::Clock(n) | Shift::Own(n) | Shift::Other(_, n) => n.abs() < FAR / 2,
            Shift::None => true,
        };
        let fits = self.program.ties.iter().all(|t| short(t.shift)) && self.lengths.longest() < FAR / 2;
        fits.then_some(self.program)
    }
}

/// What has been done of an activity.
pub(super) fn progress(activity: &Activity) -> Progress {
    activity.progress()
}
