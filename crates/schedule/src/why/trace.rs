//! A schedule taken apart again: the passes' own rules are asked once more, this time by someone who listens.
use crate::{
    Cause, Constraint, ConstraintKind, Dialect, Instant, LinkKind, Network, Progress, Schedule, ScheduleFrom,
    cause::Told,
    graph::{Graph, Summary},
    msp::is_as_late_as_possible,
    pass::{BLANK, Ends, Pass},
    place::Places,
    validate,
};

/// Asks about the dates of a network; `None` when they are not dates of this network.
pub(crate) fn trace<R>(network: &Network, schedule: &Schedule, ask: impl FnOnce(&Pass<'_>) -> R) -> Option<R> {
    if schedule.rows.len() != network.activities.len() || !validate(network).is_empty() {
        return None;
    }
    let graph = Graph::of(network).ok()?;
    let places = Places::of(network);
    let mut rows = Vec::with_capacity(graph.nodes());
    rows.extend_from_slice(&schedule.rows);
    rows.resize(graph.nodes(), BLANK);
    let ends = ends_of(network, schedule);
    let mut pass = Pass { network, graph: &graph, places: &places, rows: &mut rows, ends };
    pass.ends.late_finish = pass.late_end();
    if network.options.from == ScheduleFrom::Finish {
        let first = (0..graph.activities()).filter(|&at| pass.works(at)).map(|at| pass.rows[at].late_start).min();
        pass.ends.start = first.unwrap_or(ends.early_finish);
    }
    pass.date_summaries();
    Some(ask(&pass))
}

fn ends_of(network: &Network, schedule: &Schedule) -> Ends {
    let late = |c: Constraint| c.kind == ConstraintKind::AsLateAsPossible;
    let finish = match network.options.from {
        ScheduleFrom::Start => schedule.finish,
        ScheduleFrom::Finish => network.options.finish.unwrap_or(network.options.start),
    };
    let settling = network.options.dialect == Dialect::MsProject && network.activities.iter().any(|a| a.constraint().is_some_and(late));
    Ends { early_finish: finish, late_finish: finish, settling, ..Ends::before(network) }
}

/// What was said while a start was found.
#[derive(Default)]
pub(crate) struct Heard {
    /// Every cause with its date, as it was said.
    pub offers: Vec<(Cause, Instant)>,
    /// What decided alone, and the start that it gave.
    pub decided: Option<(Cause, Instant)>,
    /// What had decided before that: levelling puts its delay on top.
    pub before: Option<(Cause, Instant)>,
}

impl Told for Heard {
    fn offer(&mut self, cause: Cause, start: Instant) {
        // That a date is moved to working time shows by itself.
        if start > Instant::MIN && cause != Cause::Calendar {
            self.offers.push((cause, start));
        }
    }

    fn decide(&mut self, cause: Cause, start: Instant) {
        self.before = self.decided.replace((cause, start));
    }
}

impl Heard {
    /// Listens while the start of a node is found again. What was heard before is forgotten.
    pub fn listen(&mut self, pass: &Pass<'_>, node: usize) {
        self.offers.clear();
        (self.decided, self.before) = (None, None);
        let (start, _) = pass.early(node, self);
        let chosen = pass.rows[node].early_start;
        if start != chosen && pass.is_moved_to_successors(node) {
            self.decide(Cause::AsLateAsPossible, chosen);
        }
    }

    /// Every cause that put a node where it is: one that decided alone, else all whose date lets it begin just then.
    pub fn deciding(&self, pass: &Pass<'_>, node: usize) -> impl Iterator<Item = Cause> {
        let alone = self.decided.map(|(cause, _)| cause);
        let offers = if alone.is_some() { &[][..] } else { &self.offers[..] };
        let agreeing = offers.iter().filter(move |(_, date)| pass.begins_by(node, *date)).map(|(cause, _)| *cause);
        alone.into_iter().chain(agreeing)
    }

    /// The links among them.
    pub fn driving(&self, pass: &Pass<'_>, node: usize) -> impl Iterator<Item = u32> {
        self.deciding(pass, node).filter_map(|cause| match cause {
            Cause::Link(link) => Some(link),
            _ => None,
        })
    }
}

impl Pass<'_> {
    /// The dates of gates and wholes, which the rows of a schedule do not hold.
    fn date_summaries(&mut self) {
        let order = &self.graph.order;
        let is_summary = |at: &u32| *at as usize >= self.graph.activities();
        let nodes: Vec<u32> = order.iter().copied().filter(is_summary).collect();
        for &at in &nodes {
            let at = at as usize;
            (self.rows[at].early_start, self.rows[at].early_finish) = self.early(at, &mut ());
        }
        for &at in nodes.iter().rev() {
            let at = at as usize;
            (self.rows[at].late_start, self.rows[at].late_finish) = self.late(at);
        }
    }

    /// P6's as-late-as-possible work is moved when all other dates stand.
    fn is_moved_to_successors(&self, node: usize) -> bool {
        self.network.options.dialect == Dialect::P6 && self.works(node) && is_as_late_as_possible(self.activity(node))
    }

    /// Whether anything puts a row where it is: not what is left out of the network, nor a summary row of nothing.
    pub(crate) fn has_reasons(&self, row: usize) -> bool {
        let activity = self.activity(row);
        let inactive = activity.detail.as_ref().is_some_and(|d| d.inactive);
        !(inactive || activity.is_summary() && self.graph.children(row).is_empty())
    }

    /// The row that a node stands for.
    pub(crate) fn row_of(&self, node: usize) -> usize {
        if node < self.graph.activities() {
            return node;
        }
        match self.graph.summary(node) {
            Summary::Whole(row) | Summary::Gate(row) => row,
        }
    }

    /// Whether a date lets a node begin just when it does.
    pub(crate) fn begins_by(&self, node: usize, date: Instant) -> bool {
        let start = self.rows[node].early_start;
        date == start || date < start && self.placed(node, date) == start
    }

    /// Where a date lets a node begin: in working time.
    pub(crate) fn placed(&self, node: usize, date: Instant) -> Instant {
        if !self.works(node) {
            return date;
        }
        let activity = self.activity(node);
        match self.network.options.dialect {
            Dialect::P6 if matches!(activity.worked(), Progress::Finished { .. }) => date,
            Dialect::P6 => self.begin_at(node, date),
            Dialect::MsProject if activity.duration.is_zero() => self.milestone_at(node, date),
            Dialect::MsProject => self.next_start(node, date),
        }
    }

    /// The activities that give the end which a link leaves from its date: the predecessor; under a summary row those
    /// that begin first or end last.
    pub(crate) fn each_behind(&self, link: u32, mut then: impl FnMut(usize)) {
        let link = self.link(link);
        let row = link.predecessor.at();
        if !self.activity(row).is_summary() {
            return then(row);
        }
        let whole = self.rows[self.graph.leaving(row)];
        let at_start = matches!(link.kind, LinkKind::StartStart | LinkKind::StartFinish);
        self.each_below(row, |below| {
            let dates = &self.rows[below];
            let gives = if at_start { dates.early_start == whole.early_start } else { dates.early_finish == whole.early_finish };
            if gives {
                then(below);
            }
        });
    }
}
