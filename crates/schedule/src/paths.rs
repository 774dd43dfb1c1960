//! Multiple float paths: the chains that lead into an activity, the most critical first.
use crate::{ActivityIx, LinkKind, Network, Schedule, Span, pass::Pass, why::trace::trace};
use std::{cmp::Reverse, collections::BinaryHeap};

/// What makes one chain more critical than another; P6's two options for multiple float paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathOrder {
    /// The total float of the activities: chains keep to who is critical for the project, whether they drive the end
    /// activity or not. Among equals those that drive come first.
    TotalFloat,
    /// The free float of the links, added up to the end of the chain. The first path is what drives the end activity,
    /// however critical that is; the next ones are what would drive it soonest.
    FreeFloat,
}

/// The chains of work into `end`, at most `most` of them, each in the order of the work and each activity in one alone.
///
/// The first goes from `end` back to whoever has the least float, again and again until no one is waited for. Each further one
/// begins with the activity that has the least float among those that join a chain already found, and goes back in the
/// same way among who is left; it ends where it joins. Among equals, the links' order holds.
///
/// Empty when `end` is no activity that links place, or `schedule` is not of this network.
/// Takes time n·log n in the number of links that lead to `end`.
///
/// Sources: Oracle's description of the scheduling option "calculate multiple float paths"; T. Boyle's example of what
/// the total float option does not find ("P6 multiple float path analysis", 2017). How P6 ranks equals is not published,
/// and no file at hand stores float paths to compare with.
///
/// ```
/// use lantu_schedule::*;
/// let options = Options::new(Dialect::P6, "2026-03-02T08:00".parse()?);
/// let work = |uid, hours| Activity::task(uid, CalendarIx(0), Span::hours(hours));
/// let link = |a| Link { predecessor: ActivityIx(a), successor: ActivityIx(2), kind: LinkKind::FinishStart, lag: Lag::NONE };
/// let activities = vec![work(1, 5), work(2, 8), work(3, 1)];
/// let network = Network { options, calendars: vec![Calendar::around_the_clock()], activities, links: vec![link(0), link(1)] };
/// let dates = schedule(&network).map_err(|p| format!("{p:?}"))?;
/// let paths = float_paths(&network, &dates, ActivityIx(2), PathOrder::FreeFloat, 10);
/// assert_eq!(paths, [vec![ActivityIx(1), ActivityIx(2)], vec![ActivityIx(0)]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn float_paths(network: &Network, schedule: &Schedule, end: ActivityIx, by: PathOrder, most: usize) -> Vec<Vec<ActivityIx>> {
    let ask = |pass: &Pass<'_>| if pass.works(end.at()) { Paths::new(pass, by).of(end.at(), most) } else { vec![] };
    trace(network, schedule, ask).unwrap_or_default()
}

/// A link by which a chain may go on back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Branch {
    /// By the order that was asked for.
    float: Span,
    /// Room before the one who waits.
    room: Span,
    link: u32,
    /// Whom it leads to.
    to: usize,
}

struct Paths<'a> {
    pass: &'a Pass<'a>,
    by: PathOrder,
    taken: Vec<bool>,
    /// Branches off the chains found so far, the least float on top.
    open: BinaryHeap<Reverse<Branch>>,
}

impl<'a> Paths<'a> {
    fn new(pass: &'a Pass<'a>, by: PathOrder) -> Self {
        Self { pass, by, taken: vec![false; pass.graph.activities()], open: BinaryHeap::new() }
    }

    fn of(mut self, end: usize, most: usize) -> Vec<Vec<ActivityIx>> {
        let mut paths = vec![];
        let mut next = Some((Span::ZERO, end));
        while let Some((float, last)) = next.filter(|_| paths.len() < most) {
            paths.push(self.back_from(last, float));
            next = self.least_branch();
        }
        paths
    }

    fn least_branch(&mut self) -> Option<(Span, usize)> {
        while let Some(Reverse(branch)) = self.open.pop() {
            if !self.taken[branch.to] {
                return Some((branch.float, branch.to));
            }
        }
        None
    }

    /// The chain that ends with an activity of so much float to the end.
    fn back_from(&mut self, last: usize, float: Span) -> Vec<ActivityIx> {
        let mut chain = vec![];
        let mut next = Some((float, last));
        while let Some((float, at)) = next {
            self.taken[at] = true;
            chain.push(ActivityIx(at as u32));
            let mut branches = vec![];
            self.each_branch(at, float, |branch| branches.push(branch));
            next = branches.iter().filter(|b| !self.taken[b.to]).min().map(|b| (b.float, b.to));
            self.open.extend(branches.into_iter().map(Reverse));
        }
        chain.reverse();
        chain
    }

    /// Links into an activity, and into the summary rows above it.
    fn each_branch(&self, at: usize, float: Span, mut then: impl FnMut(Branch)) {
        let mut row = Some(at);
        while let Some(into) = row.filter(|&row| row == at || self.pass.graph.gate(row).is_some()) {
            for arc in self.pass.graph.incoming(into) {
                let link = self.pass.graph.link_of(*arc);
                let room = self.room(link, at).max(Span::ZERO);
                self.pass.each_behind(link, |to| {
                    let float = match self.by {
                        PathOrder::FreeFloat => float + room,
                        PathOrder::TotalFloat => self.pass.rows[to].total_float,
                    };
                    then(Branch { float, room, link, to });
                });
            }
            row = self.pass.activity(into).parent.map(ActivityIx::at);
        }
    }

    /// Between a link's date and the one who waits, in the working time of the one who waits.
    fn room(&self, link: u32, at: usize) -> Span {
        let link = self.pass.link(link);
        let from = self.pass.rows[self.pass.graph.leaving(link.predecessor.at())];
        let to = self.pass.rows[at];
        let at_start = matches!(link.kind, LinkKind::StartStart | LinkKind::StartFinish);
        let leaves = if at_start { from.early_start } else { from.early_finish };
        // What a summary row waits for, those under it wait for with their starts.
        let into_summary = link.successor.at() != at;
        let to_start = into_summary || matches!(link.kind, LinkKind::StartStart | LinkKind::FinishStart);
        let arrives = if to_start { to.early_start } else { to.early_finish };
        self.pass.span_between(at, self.pass.distance(link).after(leaves), arrives)
    }
}
