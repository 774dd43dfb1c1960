//! A schedule kept up to date: an edit computes again only what it touches.
use crate::{
    Activity, ActivityIx, Constraint, Critical, Lag, Link, Network, Options, Problem, Progress, Row, Schedule, ScheduleFrom, Span,
    engine::cycle,
    follow::Following,
    graph::{Graph, is_placed},
    msp::is_as_late_as_possible,
    pass::{BLANK, Ends, Pass},
    place::Places,
    problem::{validate_lag, validate_row},
    validate,
};

/// A network with its dates, which follow every edit.
///
/// After any edit the rows are exactly those of [`crate::schedule`] on the edited network. Edits of durations, dates,
/// progress, lags and links compute again what they touch; edits of options, calendars, outline and resources, and
/// networks with as-late-as-possible work, teams of several calendars, scheduled from the finish or with the longest path as
/// what is critical, are computed whole.
///
/// ```
/// use lantu_schedule::*;
/// let options = Options::new(Dialect::P6, "2026-03-02T08:00".parse()?);
/// let work = |uid| Activity::task(uid, CalendarIx(0), Span::hours(8));
/// let link = Link { predecessor: ActivityIx(0), successor: ActivityIx(1), kind: LinkKind::FinishStart, lag: Lag::NONE };
/// let calendars = vec![Calendar::around_the_clock()];
/// let network = Network { options, calendars, activities: vec![work(1), work(2)], links: vec![link] };
/// let mut live = Live::new(network).map_err(|p| format!("{p:?}"))?;
/// let touched = live.apply(Change::Duration(ActivityIx(0), Span::hours(10))).map_err(|p| format!("{p:?}"))?;
/// assert_eq!(touched.activities.len(), 2);
/// assert_eq!(live.row(ActivityIx(1)).finish.to_string(), "2026-03-03T02:00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Live {
    network: Network,
    graph: Graph,
    places: Places,
    rows: Vec<Row>,
    ends: Ends,
    /// Where each node stands in the graph's order.
    position: Vec<u32>,
    /// Nothing of the network needs computing whole.
    by_parts: bool,
}

/// An edit of a network.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// All of an activity's work.
    Duration(ActivityIx, Span),
    /// What has been done of an activity.
    Progress(ActivityIx, Progress),
    /// The constraint of an activity, or that it has none.
    Constraint(ActivityIx, Option<Constraint>),
    /// Every fact of an activity.
    Activity(ActivityIx, Box<Activity>),
    /// The lag of a link, by its place in the network.
    Lag(usize, Lag),
    /// A link more, behind the others.
    AddLink(Link),
    /// A link less; those behind it move up by one place.
    RemoveLink(usize),
    /// The settings of the project.
    Options(Box<Options>),
}

/// What an edit changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// The rows whose dates or floats differ from before, in the network's order.
    pub activities: Vec<ActivityIx>,
    /// Whether the project's end has moved.
    pub finish_moved: bool,
}

impl Live {
    /// Computes a network whole.
    pub fn new(network: Network) -> Result<Self, Vec<Problem>> {
        let problems = validate(&network);
        if !problems.is_empty() {
            return Err(problems);
        }
        let graph = Graph::of(&network).map_err(|ring| vec![cycle(&network, &ring)])?;
        let places = Places::of(&network);
        let ends = Ends::before(&network);
        let rows = vec![BLANK; graph.nodes()];
        let mut live = Self { network, graph, places, rows, ends, position: vec![], by_parts: false };
        live.run();
        Ok(live)
    }

    /// The network as it stands.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The dates of an activity as they stand.
    pub fn row(&self, activity: ActivityIx) -> &Row {
        &self.rows[activity.at()]
    }

    /// All dates as they stand.
    pub fn schedule(&self) -> Schedule {
        let rows = self.rows[..self.graph.activities()].to_vec();
        let own = rows.iter().enumerate().filter(|(at, _)| is_placed(&self.network.activities[*at]));
        let start = own.map(|(_, row)| row.start).min().unwrap_or(self.ends.start);
        Schedule { rows, start, finish: self.ends.early_finish }
    }

    /// Takes an edit in and brings the dates up to date; refused edits leave everything as it was.
    pub fn apply(&mut self, change: Change) -> Result<Touched, Vec<Problem>> {
        match change {
            Change::Duration(at, duration) => self.edit(at, |a| a.duration = duration),
            Change::Progress(at, progress) => self.edit(at, |a| a.detail_mut().progress = progress),
            Change::Constraint(at, constraint) => self.edit(at, |a| a.detail_mut().constraint = constraint),
            Change::Activity(at, to) => self.edit(at, |a| *a = *to),
            Change::Lag(at, lag) => self.set_lag(at, lag),
            Change::AddLink(link) => self.add_link(link),
            Change::RemoveLink(at) => self.remove_link(at),
            Change::Options(options) => self.set_whole(|network| network.options = *options),
        }
    }

    fn edit(&mut self, at: ActivityIx, edit: impl FnOnce(&mut Activity)) -> Result<Touched, Vec<Problem>> {
        let Some(old) = self.network.activities.get(at.at()) else { return Ok(Touched::default()) };
        let mut new = old.clone();
        edit(&mut new);
        if !self.by_parts || is_of_structure(old, &new) {
            return self.set_whole(|network| network.activities[at.at()] = new);
        }
        let problems = validate_row(&self.network, &new);
        if !problems.is_empty() {
            return Err(problems);
        }
        self.graph.look_again(at.at(), &new);
        self.network.activities[at.at()] = new;
        Ok(self.follow(&[at.at()]))
    }

    fn set_lag(&mut self, at: usize, lag: Lag) -> Result<Touched, Vec<Problem>> {
        let Some(link) = self.network.links.get(at) else { return Ok(Touched::default()) };
        let new = Link { lag, ..*link };
        let problems = validate_lag(&self.network, &new);
        if !problems.is_empty() {
            return Err(problems);
        }
        if !self.by_parts {
            return self.set_whole(|network| network.links[at] = new);
        }
        self.graph.look_again_at_link(at as u32, &new);
        self.network.links[at] = new;
        Ok(self.follow(&self.ends_of(&new)))
    }

    fn ends_of(&self, link: &Link) -> [usize; 2] {
        [self.graph.leaving(link.predecessor.at()), self.graph.arriving(link.successor.at())]
    }

    fn add_link(&mut self, link: Link) -> Result<Touched, Vec<Problem>> {
        let known = |at: ActivityIx| self.network.activities.get(at.at()).is_some_and(is_placed);
        let apart = link.predecessor != link.successor;
        if !self.by_parts || !known(link.predecessor) || !known(link.successor) || !apart {
            return self.set_whole(|network| network.links.push(link));
        }
        let problems = validate_lag(&self.network, &link);
        if !problems.is_empty() {
            return Err(problems);
        }
        self.network.links.push(link);
        let added = (self.network.links.len() - 1) as u32;
        if let Err(ring) = self.graph.add_link(&self.network, added) {
            let problem = cycle(&self.network, &ring);
            self.network.links.pop();
            // The network was sound before this link.
            if let Ok(graph) = Graph::of(&self.network) {
                self.graph = graph;
            }
            return Err(vec![problem]);
        }
        self.number();
        Ok(self.follow(&self.ends_of(&link)))
    }

    fn remove_link(&mut self, at: usize) -> Result<Touched, Vec<Problem>> {
        let Some(link) = self.network.links.get(at).copied() else { return Ok(Touched::default()) };
        // Rows beside the network keep links of their own.
        let own = |at: ActivityIx| is_placed(&self.network.activities[at.at()]);
        if !self.by_parts || !self.graph.aside.order.is_empty() || !own(link.predecessor) || !own(link.successor) {
            return self.set_whole(|network| {
                network.links.remove(at);
            });
        }
        self.network.links.remove(at);
        self.graph.remove_link(at as u32, &link);
        Ok(self.follow(&self.ends_of(&link)))
    }

    /// Edits and computes everything; what is refused is put back.
    fn set_whole(&mut self, edit: impl FnOnce(&mut Network)) -> Result<Touched, Vec<Problem>> {
        let mut network = self.network.clone();
        edit(&mut network);
        let next = Self::new(network)?;
        let finish_moved = next.ends.early_finish != self.ends.early_finish;
        let differs = |at: &usize| self.rows.get(*at) != next.rows.get(*at);
        let activities = (0..next.graph.activities()).filter(differs).map(|at| ActivityIx(at as u32)).collect();
        *self = next;
        Ok(Touched { activities, finish_moved })
    }

    fn run(&mut self) {
        let Self { network, graph, places, rows, ends, .. } = self;
        let mut pass = Pass { network, graph, places, rows, ends: *ends };
        pass.run();
        *ends = pass.ends;
        let options = &self.network.options;
        let local = options.from == ScheduleFrom::Start && options.critical != Critical::LongestPath;
        // Where a team starts hangs on where it started early, which only a full run finds anew.
        self.by_parts = local && !self.places.has_teams() && !self.network.activities.iter().any(is_as_late_as_possible);
        self.number();
    }

    fn number(&mut self) {
        self.position.resize(self.graph.nodes(), 0);
        (0u32..).zip(&self.graph.order).for_each(|(k, &node)| self.position[node as usize] = k);
    }

    /// Brings the dates up to date after the facts of some nodes, or of the links between them, have changed.
    fn follow(&mut self, changed: &[usize]) -> Touched {
        let Self { network, graph, places, rows, ends, position, .. } = self;
        let pass = Pass { network, graph, places, rows, ends: *ends };
        let (touched, after) = Following::new(pass, position).run(changed);
        *ends = after;
        touched
    }
}

/// Whether an edit of an activity changes more than its own dates: who is in the network, where work is done, what a
/// summary row hands down, or whether everything has to be computed whole.
fn is_of_structure(old: &Activity, new: &Activity) -> bool {
    let place = |a: &Activity| a.detail.as_ref().map(|d| (d.inactive, d.own_calendar, d.ignores_resource_calendars, d.fixed.is_some()));
    let crew = |a: &Activity| a.detail.as_ref().map_or(0, |d| d.assignments.len());
    let same_crew = crew(old) == 0 && crew(new) == 0 || {
        let assignments = |a: &Activity| a.detail.as_ref().map(|d| d.assignments.clone());
        assignments(old) == assignments(new)
    };
    old.is_summary()
        || new.is_summary()
        || old.uid != new.uid
        || old.kind != new.kind
        || old.parent != new.parent
        || old.calendar != new.calendar
        || place(old).unwrap_or_default() != place(new).unwrap_or_default()
        || !same_crew
        || is_as_late_as_possible(old)
        || is_as_late_as_possible(new)
}
