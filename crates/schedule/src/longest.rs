//! Driving links and the longest path.
use crate::{
    ActivityIx, Cause, Critical, Network, Progress, Schedule,
    pass::Pass,
    why::trace::{Heard, trace},
};

/// The driving links of an activity, by their places in [`Network::links`]: those whose date, moved to working time, is
/// the start that the activity has. Several may drive at once. None drives where something else decided alone: a
/// constraint, an actual date, levelling, dates given by hand.
///
/// Empty for rows that the passes do not place (summary rows, level of effort) and when `schedule` is not of this network.
/// Takes time linear in the network; for all activities at once there is [`driving_links`].
///
/// ```
/// use lantu_schedule::*;
/// let options = Options::new(Dialect::P6, "2026-03-02T08:00".parse()?);
/// let work = |uid, hours| Activity::task(uid, CalendarIx(0), Span::hours(hours));
/// let link = |a| Link { predecessor: ActivityIx(a), successor: ActivityIx(2), kind: LinkKind::FinishStart, lag: Lag::NONE };
/// let activities = vec![work(1, 8), work(2, 5), work(3, 1)];
/// let network = Network { options, calendars: vec![Calendar::around_the_clock()], activities, links: vec![link(0), link(1)] };
/// let dates = schedule(&network).map_err(|p| format!("{p:?}"))?;
/// assert_eq!(driving(&network, &dates, ActivityIx(2)), [0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn driving(network: &Network, schedule: &Schedule, at: ActivityIx) -> Vec<u32> {
    if at.at() >= network.activities.len() {
        return vec![];
    }
    let ask = |pass: &Pass<'_>| {
        let mut heard = Heard::default();
        heard.listen(pass, at.at());
        heard.driving(pass, at.at()).collect()
    };
    trace(network, schedule, ask).unwrap_or_default()
}

/// Which links drive, by their places in [`Network::links`]; see [`driving`]. A link into a summary row drives when the
/// row as a whole may not begin before its date.
pub fn driving_links(network: &Network, schedule: &Schedule) -> Vec<bool> {
    let ask = |pass: &Pass<'_>| {
        let mut drives = vec![false; network.links.len()];
        let mut heard = Heard::default();
        for at in 0..pass.graph.nodes() {
            heard.listen(pass, at);
            heard.driving(pass, at).for_each(|link| drives[link as usize] = true);
        }
        drives
    };
    trace(network, schedule, ask).unwrap_or_else(|| vec![false; network.links.len()])
}

/// Which activities are on the longest path: those that end last, and whoever drives them, back to where the chain
/// begins. Finished work is on it where it still drives, as P6 has it; a summary row is on it when something under it is.
///
/// All `false` when `schedule` is not of this network. Takes time linear in the network.
///
/// Source: Oracle's description of the longest path (P6's schedule options), and the driving path that P6 stored for the
/// 451 activities of six files, all of which this gives.
///
/// ```
/// use lantu_schedule::*;
/// let options = Options::new(Dialect::P6, "2026-03-02T08:00".parse()?);
/// let work = |uid, hours| Activity::task(uid, CalendarIx(0), Span::hours(hours));
/// let link = |a| Link { predecessor: ActivityIx(a), successor: ActivityIx(2), kind: LinkKind::FinishStart, lag: Lag::NONE };
/// let activities = vec![work(1, 8), work(2, 5), work(3, 1)];
/// let network = Network { options, calendars: vec![Calendar::around_the_clock()], activities, links: vec![link(0), link(1)] };
/// let dates = schedule(&network).map_err(|p| format!("{p:?}"))?;
/// assert_eq!(longest_path(&network, &dates), [true, false, true]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn longest_path(network: &Network, schedule: &Schedule) -> Vec<bool> {
    let ask = |pass: &Pass<'_>| {
        let mut on_path = walk_from_the_end(pass);
        for &row in pass.graph.tree.iter().rev() {
            on_path[row as usize] = pass.graph.children(row as usize).iter().any(|&below| on_path[below as usize]);
        }
        on_path
    };
    trace(network, schedule, ask).unwrap_or_else(|| vec![false; network.activities.len()])
}

impl Pass<'_> {
    /// Where the options call the longest path critical, whoever is on it and not finished is critical.
    pub(crate) fn mark_longest_path(&mut self) {
        if self.network.options.critical != Critical::LongestPath {
            return;
        }
        for (at, on_path) in walk_from_the_end(self).into_iter().enumerate() {
            let done = matches!(self.activity(at).worked(), Progress::Finished { .. });
            self.rows[at].critical = on_path && !done && self.works(at);
        }
    }
}

/// Activities on driving links back from those that end last.
fn walk_from_the_end(pass: &Pass<'_>) -> Vec<bool> {
    let end = pass.latest_early_finish();
    let done = |at: usize| matches!(pass.worked(at), Progress::Finished { .. });
    // What is done ends no path: where nothing is left to do there is none.
    let last = |at: &usize| pass.works(*at) && pass.rows[*at].early_finish == end && !done(*at);
    let mut seen = vec![false; pass.graph.nodes()];
    let mut next: Vec<usize> = (0..pass.graph.activities()).filter(last).collect();
    next.iter().for_each(|&at| seen[at] = true);
    let mut heard = Heard::default();
    while let Some(at) = next.pop() {
        let mut meet = |at: usize| {
            if !seen[at] {
                seen[at] = true;
                next.push(at);
            }
        };
        heard.listen(pass, at);
        for cause in heard.deciding(pass, at) {
            match cause {
                Cause::Link(link) => pass.each_behind(link, &mut meet),
                Cause::Summary(row) => pass.graph.gate(row as usize).into_iter().for_each(&mut meet),
                _ => {}
            }
        }
    }
    seen.truncate(pass.graph.activities());
    seen
}
