//! A network whose passes someone else runs, node by node: for engines that compute many schedules of one network.
use crate::{
    Activity, ActivityIx, Calendar, Critical, Instant, Kind, Network, Problem, Progress, Row, ScheduleFrom, Span,
    engine::cycle,
    graph::{Graph, is_placed},
    msp::is_as_late_as_possible,
    pass::{BLANK, Ends, Pass},
    place::Places,
    validate,
};

/// A network opened up: the dates of one node from the dates of its neighbours, by the rules that [`crate::schedule`] has.
///
/// Nodes below [`Stepwise::activities`] are the network's activities; nodes from there on stand for summary rows that take
/// part in the passes. Early dates are asked for in [`Stepwise::order`], late dates in its reverse, after
/// [`Stepwise::end_forward`] has been told where the early dates end. Each needs only the dates of the nodes that
/// [`Stepwise::each_before`] and [`Stepwise::each_after`] name, and the node's own. Where [`Stepwise::goes_by_nodes`] is
/// `false` the dates hang on more than that, and [`Stepwise::run`] gives them whole.
///
/// ```
/// use lantu_schedule::*;
/// let options = Options::new(Dialect::P6, "2026-03-02T08:00".parse()?);
/// let work = |uid| Activity::task(uid, CalendarIx(0), Span::hours(8));
/// let link = Link { predecessor: ActivityIx(0), successor: ActivityIx(1), kind: LinkKind::FinishStart, lag: Lag::NONE };
/// let calendars = vec![Calendar::around_the_clock()];
/// let network = Network { options, calendars, activities: vec![work(1), work(2)], links: vec![link] };
/// let mut steps = Stepwise::new(network).map_err(|p| format!("{p:?}"))?;
/// steps.set_work(ActivityIx(0), Span::hours(30));
/// for k in 0..steps.order().len() {
///     let node = steps.order()[k] as usize;
///     let dates = steps.early(node);
///     steps.set_early(node, dates);
/// }
/// assert_eq!(steps.row(1).early_finish.to_string(), "2026-03-03T22:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Stepwise {
    network: Network,
    /// What the plan says of work and of the resources that do it, before any of it was set anew.
    plan: std::sync::Arc<[Planned]>,
    graph: Graph,
    places: Places,
    rows: Vec<Row>,
    ends: Ends,
    by_nodes: bool,
}

/// An activity's work as the plan has it.
#[derive(Clone, Debug)]
struct Planned {
    duration: Span,
    remaining: Span,
    /// What remains to each assignment, where the resources decide how long work takes.
    shares: Vec<Span>,
}

impl Stepwise {
    /// Refused with every reason when the network has no schedule.
    pub fn new(network: Network) -> Result<Self, Vec<Problem>> {
        let problems = validate(&network);
        if !problems.is_empty() {
            return Err(problems);
        }
        let graph = Graph::of(&network).map_err(|ring| vec![cycle(&network, &ring)])?;
        let (places, ends, rows) = (Places::of(&network), Ends::before(&network), vec![BLANK; graph.nodes()]);
        let options = &network.options;
        let local = options.from == ScheduleFrom::Start && options.critical != Critical::LongestPath;
        let by_nodes = local && !places.has_teams() && !network.activities.iter().any(is_as_late_as_possible);
        let plan = network.activities.iter().map(Planned::of).collect();
        Ok(Self { network, plan, graph, places, rows, ends, by_nodes })
    }

    /// The network as it stands.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Whether the dates of a node hang on those of its neighbours alone.
    pub fn goes_by_nodes(&self) -> bool {
        self.by_nodes
    }

    /// The nodes in an order in which each comes after all that it waits for.
    pub fn order(&self) -> &[u32] {
        &self.graph.order
    }

    /// How many nodes are activities.
    pub fn activities(&self) -> usize {
        self.graph.activities()
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.graph.nodes()
    }

    /// Whether a node is an activity that the passes place: no sum of others, nothing beside the network.
    pub fn is_placed(&self, node: usize) -> bool {
        node < self.activities() && is_placed(&self.network.activities[node])
    }

    /// Whether an activity's early finish counts for the project's: it is placed, and no other file's.
    pub fn counts_for_finish(&self, node: usize) -> bool {
        self.is_placed(node) && !self.network.activities[node].detail.as_ref().is_some_and(|d| d.external)
    }

    /// The nodes whose early dates a node's early dates hang on; some may be named twice.
    pub fn each_before(&self, node: usize, then: impl FnMut(usize)) {
        self.graph.each_before(&self.network, node, then);
    }

    /// The nodes whose dates a node's late dates hang on; some may be named twice.
    pub fn each_after(&self, node: usize, then: impl FnMut(usize)) {
        self.graph.each_after(&self.network, node, then);
    }

    /// The links into an activity that dates move through: the node that each comes from, and its place in the network.
    pub fn links_in(&self, node: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.graph.incoming(node).iter().map(|&arc| (arc.node(), self.graph.link_of(arc) as usize))
    }

    /// The links out of an activity: the node that each goes to, and its place in the network.
    pub fn links_out(&self, node: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.graph.outgoing(node).iter().map(|&arc| (arc.node(), self.graph.link_of(arc) as usize))
    }

    /// The node of the nearest summary row above that holds what is under it back, if there is one.
    pub fn gate_above(&self, at: usize) -> Option<usize> {
        self.network.activities[at].parent.and_then(|p| self.graph.gate(p.at()))
    }

    /// Whether a summary row above lets or does not let an activity begin or end: its dates hang on more than its links.
    pub fn is_held_from_above(&self, at: usize) -> bool {
        self.gate_above(at).is_some() || self.graph.whole_above(&self.network, at).is_some()
    }

    /// The calendar that an activity's work is done on.
    pub fn working(&self, at: usize) -> &Calendar {
        self.places.calendar(&self.network, at)
    }

    /// No unstarted work begins before.
    pub fn start(&self) -> Instant {
        self.ends.start
    }

    /// Sets how much work there is to do: all of it when it has not begun, what remains when it has; nothing when it is
    /// done or a sum of others. Where resources decide how long it takes, what remains to each is changed in proportion.
    pub fn set_work(&mut self, at: ActivityIx, work: Span) {
        let (Some(activity), Some(planned)) = (self.network.activities.get_mut(at.at()), self.plan.get(at.at())) else { return };
        match activity.worked() {
            Progress::NotStarted if activity.is_summary() => return,
            Progress::NotStarted => activity.duration = work,
            Progress::Started { start, actual, .. } => {
                activity.duration = planned.duration + (work - planned.remaining);
                activity.detail_mut().progress = Progress::Started { start, actual, remaining: work };
            }
            Progress::Finished { .. } => return,
        }
        if let Some(detail) = activity.detail.as_deref_mut().filter(|_| !planned.shares.is_empty()) {
            let of = planned.remaining.as_minutes();
            let scale = if of > 0.0 { work.as_minutes() / of } else { 1.0 };
            for (assignment, share) in detail.assignments.iter_mut().zip(&planned.shares) {
                let share = if work == planned.remaining { *share } else { Span::from_minutes(share.as_minutes() * scale) };
                assignment.remaining_work = share;
            }
        }
    }

    /// Puts other calendars in the place of the network's; there must be as many.
    pub fn set_calendars(&mut self, calendars: &[Calendar]) {
        self.network.calendars.clone_from_slice(calendars);
        self.places = Places::of(&self.network);
    }

    /// Lends other calendars, for a network that [`Stepwise::works_elsewhere`] says `false` of; there must be as many.
    pub fn swap_calendars(&mut self, calendars: &mut Vec<Calendar>) {
        std::mem::swap(&mut self.network.calendars, calendars);
    }

    /// Whether some work is done on calendars made of several.
    pub fn works_elsewhere(&self) -> bool {
        self.places.is_made()
    }

    /// Early dates of a node by those of the nodes before it.
    pub fn early(&mut self, node: usize) -> (Instant, Instant) {
        self.pass().early(node, &mut ())
    }

    /// Late dates of a node by those of the nodes after it, its own early dates and the ends.
    pub fn late(&mut self, node: usize) -> (Instant, Instant) {
        self.pass().late(node)
    }

    /// Whether an activity is critical, by its early and late dates.
    pub fn is_critical(&mut self, at: usize) -> bool {
        let mut pass = self.pass();
        pass.settle(at);
        pass.works(at) && pass.is_critical(at)
    }

    /// Dates of a node as they stand: those that were set, or those of the last whole run.
    pub fn row(&self, node: usize) -> &Row {
        &self.rows[node]
    }

    /// Sets early dates.
    pub fn set_early(&mut self, node: usize, (start, finish): (Instant, Instant)) {
        (self.rows[node].early_start, self.rows[node].early_finish) = (start, finish);
    }

    /// Sets late dates.
    pub fn set_late(&mut self, node: usize, (start, finish): (Instant, Instant)) {
        (self.rows[node].late_start, self.rows[node].late_finish) = (start, finish);
    }

    /// Tells where the early dates end; gives where open ends have to be done.
    pub fn end_forward(&mut self, early_finish: Instant) -> Instant {
        self.ends.early_finish = early_finish;
        self.ends.late_finish = self.pass().late_end();
        self.ends.late_finish
    }

    /// When an activity is seen to end: when it did, else its early finish.
    pub fn seen_finish(&self, at: usize) -> Instant {
        self.rows[at].finish
    }

    /// The activities of which a row is done when the last is: the row itself where the passes place it, all that a summary
    /// row sums up. `None` where there are none, or where a finish comes from beside the network.
    pub fn done_with(&mut self, row: usize) -> Option<Vec<usize>> {
        let pass = self.pass();
        let (mut last, mut stack) = (vec![], vec![row]);
        while let Some(at) = stack.pop() {
            match () {
                () if pass.works(at) => last.push(at),
                () if pass.activity(at).is_summary() => {
                    stack.extend(pass.graph.children(at).iter().map(|&c| c as usize).filter(|&c| pass.counts_in_sum(c)));
                }
                () => return None,
            }
        }
        (!last.is_empty()).then_some(last)
    }

    /// All dates at once, as [`crate::schedule`] gives them for the network as it stands; gives the project's finish.
    pub fn run(&mut self) -> Instant {
        self.rows.fill(BLANK);
        self.ends = Ends::before(&self.network);
        let mut pass = self.pass();
        pass.run();
        self.ends = pass.ends;
        self.ends.early_finish
    }

    fn pass(&mut self) -> Pass<'_> {
        let Self { network, graph, places, rows, ends, .. } = self;
        Pass { network, graph, places, rows, ends: *ends }
    }
}

impl Planned {
    fn of(activity: &Activity) -> Self {
        let remaining = match activity.worked() {
            Progress::NotStarted => activity.duration,
            Progress::Started { remaining, .. } => remaining,
            Progress::Finished { .. } => Span::ZERO,
        };
        let by_resources = activity.kind == Kind::ResourceDependent;
        let detail = activity.detail.as_deref().filter(|_| by_resources);
        let shares = detail.map_or(vec![], |d| d.assignments.iter().map(|a| a.remaining_work).collect());
        Self { duration: activity.duration, remaining, shares }
    }
}
