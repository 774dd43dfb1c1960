//! From a network to its steps.
use super::{
    frame::frame,
    lengths::Lengths,
    program::{Begun, Constant, Forward, Hold, How, Keep, Point, Program, Shift, Tie, TimeIx, Work},
    table::{FAR, Ticks, Time, Times},
    ties::Ties,
};
use crate::lanes::Lanes;
use lantu_calendar::{Calendar, DAY, Instant, Span};
use lantu_schedule::{Activity, ConstraintKind, Dialect, Kind, Lag, Network, Progress, Stepwise};
use std::{collections::HashMap, ops::Range, sync::Arc};

/// The steps of a network; `None` where lanes can not follow its rules or its dates, and each iteration is scheduled whole.
/// `steps` stand as the plan has them, scheduled; `days` are those that the dates should lie in, and `unsteady` tells the
/// calendars that differ from one iteration to the next.
pub(crate) fn compile(
    steps: &Stepwise,
    lengths: &Lengths,
    (days, unsteady): (&Range<i64>, &[bool]),
    times: &Times,
    backward: bool,
) -> Option<Program> {
    let dialect = steps.network().options.dialect;
    // P6 rounds to the minute, which lanes do not.
    if !steps.goes_by_nodes() || !lengths.exact || dialect == Dialect::P6 && lengths.tick != 60 {
        return None;
    }
    let (ticks, days) = frame(days, lengths.tick)?;
    let mut compiling = Compiling::new(steps, lengths, unsteady, times, ticks, days);
    compiling.forward()?;
    if backward {
        compiling.backward();
    }
    compiling.program()
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
            let own = &self.network().calendars[activity.calendar.at()];
            // Resources may work on calendars of their own.
            let mut others = activity.detail.iter().flat_map(|d| &d.assignments).map(|a| &self.network().calendars[a.calendar.at()]);
            if self.is_unsteady(self.steps.working(node)) || self.is_unsteady(own) || others.any(|c| self.is_unsteady(c)) {
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
        let begun = progress(self.activity(at)) != Progress::NotStarted;
        if let Some(c) = self.activity(at).constraint().filter(|_| !begun) {
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
        if let Some(c) = self.activity(at).constraint() {
            holds.extend(self.hold_point(c, time, may_close)?);
        }
        let (ties, holds) = (self.add_ties(ties), self.add_holds(holds));
        Some(How::Point(Point { time, floor, ties, holds, may_close }))
    }

    /// Where something without length stands that is to stand at a date.
    pub fn point_at(&self, time: TimeIx, date: i32, may_close: bool) -> Option<i32> {
        if may_close && self.previous_finish(time, date)? == date { Some(date) } else { self.next_start(time, date) }
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
