//! The passes: early dates forward, late dates backward, then floats and the rows that sum up others.
//!
//! Every date of a node is a pure function of its own facts and its neighbours' dates (and of the project's two ends), so
//! that computing again only what an edit touches gives exactly what a full run gives.
use crate::{
    Activity, Calendar, Dialect, Instant, Link, Network, Progress, Row, ScheduleFrom, Span,
    graph::{Graph, Summary, is_placed},
    place::Places,
    summary::Wholes,
};

/// A network, its graph and the dates so far.
pub(crate) struct Pass<'a> {
    pub network: &'a Network,
    pub graph: &'a Graph,
    pub places: &'a Places,
    pub rows: &'a mut [Row],
    pub ends: Ends,
}

/// The two ends of the project that bound everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ends {
    /// No unstarted work before it.
    pub start: Instant,
    /// The latest early finish.
    pub early_finish: Instant,
    /// Where open ends have to be done.
    pub late_finish: Instant,
    /// Late-as-possible work stands on its late dates: the second time forward.
    pub settling: bool,
}

impl Ends {
    pub fn before(network: &Network) -> Self {
        let o = &network.options;
        let start = match (o.dialect, o.data_date) {
            (Dialect::P6, Some(data_date)) => o.start.max(data_date),
            _ => o.start,
        };
        Self { start, early_finish: start, late_finish: start, settling: false }
    }
}

/// No dates yet.
pub(crate) const BLANK: Row = Row {
    early_start: Instant::MIN,
    early_finish: Instant::MIN,
    late_start: Instant::MAX,
    late_finish: Instant::MAX,
    start: Instant::MIN,
    finish: Instant::MIN,
    total_float: Span::ZERO,
    free_float: Span::ZERO,
    critical: false,
};

impl Pass<'_> {
    /// All dates of all nodes.
    pub fn run(&mut self) {
        let late_work = self.has_as_late_as_possible();
        match self.network.options.from {
            ScheduleFrom::Start if !late_work => {
                self.forward();
                return self.run_back();
            }
            ScheduleFrom::Start => {
                self.forward();
                self.backward();
                self.settle_as_late_as_possible();
                self.settle_all();
            }
            ScheduleFrom::Finish => {
                self.run_from_finish();
                if late_work {
                    self.settle_as_late_as_possible();
                }
                self.settle_all();
            }
        }
        self.finish_up();
    }

    /// What follows the way forward where nothing is as late as possible.
    pub fn run_back(&mut self) {
        self.backward_and_settle();
        self.finish_up();
    }

    /// Rows beside the network and rows that sum up others.
    fn finish_up(&mut self) {
        self.mark_longest_path();
        self.place_aside(&self.graph.aside);
        self.roll_up();
        self.place_wbs_summaries();
    }

    /// Late dates, and at once all that hangs on them: the early dates stand, and who comes after is settled.
    fn backward_and_settle(&mut self) {
        let mut wholes = Wholes::default();
        for k in (0..self.graph.order.len()).rev() {
            let at = self.graph.order[k] as usize;
            (self.rows[at].late_start, self.rows[at].late_finish) = self.late(at);
            if at < self.graph.activities() {
                self.settle(at);
                self.settle_float(at, &mut wholes);
            }
        }
    }

    fn settle_all(&mut self) {
        for at in 0..self.graph.activities() {
            self.settle(at);
        }
        let mut wholes = Wholes::default();
        for at in 0..self.graph.activities() {
            self.settle_float(at, &mut wholes);
        }
    }

    /// From the finish: late dates first, then the early dates that they leave room for.
    fn run_from_finish(&mut self) {
        let finish = self.network.options.finish.unwrap_or(self.network.options.start);
        (self.ends.late_finish, self.ends.early_finish) = (finish, finish);
        self.ends.start = Instant::MIN;
        self.backward_to(finish);
        let first = self.working_nodes().map(|at| self.rows[at].late_start).min();
        self.ends.start = first.unwrap_or(finish);
        self.forward_only();
        self.ends.early_finish = finish;
    }

    fn working_nodes(&self) -> impl Iterator<Item = usize> + '_ {
        self.graph.order.iter().map(|&at| at as usize).filter(|&at| at < self.graph.activities())
    }

    /// Whether the node is an activity that the passes place.
    pub fn works(&self, at: usize) -> bool {
        at < self.graph.activities() && is_placed(self.activity(at))
    }

    fn has_as_late_as_possible(&self) -> bool {
        let from_finish = self.network.options.from == ScheduleFrom::Finish;
        self.working_nodes().any(|at| (self.graph.is_detailed(at) || from_finish) && self.goes_late(self.activity(at)))
    }

    /// Early dates of all, and the end that they make.
    pub fn forward(&mut self) {
        self.forward_only();
        self.ends.early_finish = self.latest_early_finish();
        self.ends.late_finish = self.late_end();
    }

    fn forward_only(&mut self) {
        for k in 0..self.graph.order.len() {
            let at = self.graph.order[k] as usize;
            let (start, finish) = self.early(at, &mut ());
            (self.rows[at].early_start, self.rows[at].early_finish) = (start, finish);
        }
    }

    fn backward(&mut self) {
        self.backward_to(self.ends.late_finish);
    }

    fn backward_to(&mut self, finish: Instant) {
        self.ends.late_finish = finish;
        for k in (0..self.graph.order.len()).rev() {
            let at = self.graph.order[k] as usize;
            (self.rows[at].late_start, self.rows[at].late_finish) = self.late(at);
        }
    }

    pub fn earliest_start(&self) -> Instant {
        self.working_nodes().map(|at| self.rows[at].start).min().unwrap_or(self.ends.start)
    }

    pub fn latest_early_finish(&self) -> Instant {
        let external = |at: usize| self.network.activities[at].detail.as_ref().is_some_and(|d| d.external);
        let own = |at: &usize| !(self.graph.is_detailed(*at) && external(*at));
        self.working_nodes().filter(own).map(|at| self.rows[at].early_finish).max().unwrap_or(self.ends.start)
    }

    /// Where open ends have to be done: P6's Must Finish By, else where the early dates end.
    pub fn late_end(&self) -> Instant {
        let o = &self.network.options;
        match (o.dialect, o.finish) {
            (Dialect::P6, Some(finish)) => finish,
            _ => self.ends.early_finish,
        }
    }

    /// Dates of a node by what it waits for.
    pub fn early(&self, at: usize, told: &mut impl crate::cause::Told) -> (Instant, Instant) {
        if at >= self.graph.activities() {
            return match self.graph.summary(at) {
                Summary::Whole(row) => self.whole(row),
                Summary::Gate(row) => self.gate(row, told),
            };
        }
        let activity = &self.network.activities[at];
        if activity.is_summary() {
            return (Instant::MIN, Instant::MIN);
        }
        match self.network.options.dialect {
            Dialect::MsProject => self.early_in_msp(at, activity, told),
            Dialect::P6 => self.early_in_p6(at, activity, told),
        }
    }

    /// Dates of a node by who waits for it.
    pub fn late(&self, at: usize) -> (Instant, Instant) {
        if at >= self.graph.activities() {
            return match self.graph.summary(at) {
                Summary::Whole(row) => self.late_whole(at, row),
                Summary::Gate(row) => self.late_gate(row),
            };
        }
        let activity = &self.network.activities[at];
        if activity.is_summary() {
            return (Instant::MAX, Instant::MAX);
        }
        match self.network.options.dialect {
            Dialect::MsProject => self.late_in_msp(at, activity),
            Dialect::P6 => self.late_in_p6(at, activity),
        }
    }

    pub fn activity(&self, at: usize) -> &Activity {
        &self.network.activities[at]
    }

    /// What has been done of the activity at the other end of a link.
    pub fn worked(&self, node: usize) -> Progress {
        if self.graph.is_detailed(node) { self.network.activities[node].worked() } else { Progress::NotStarted }
    }

    pub fn link(&self, at: u32) -> &Link {
        &self.network.links[at as usize]
    }

    pub fn calendar(&self, at: usize) -> &Calendar {
        &self.network.calendars[self.network.activities[at].calendar.at()]
    }
}
