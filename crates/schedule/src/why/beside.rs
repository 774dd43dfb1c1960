//! Reasons of rows beside the network: level of effort, P6's WBS summary activities.
use crate::{Instant, Kind, LinkKind, pass::Pass};

/// Rows that a row beside the network goes along with, each with the date that it gives to this end.
pub(super) fn alongside(pass: &Pass<'_>, at: usize, early: bool) -> Vec<(usize, Instant)> {
    let activity = pass.activity(at);
    if activity.kind == Kind::WbsSummary {
        let dates = |row: usize| if early { pass.rows[row].early_start } else { pass.rows[row].late_finish };
        return activity.parent.map(|p| (p.at(), dates(p.at()))).into_iter().collect();
    }
    pass.graph.aside.links_of(at).iter().filter_map(|&link| tied(pass, at, link, early)).collect()
}

/// By one link: the start of effort goes with starts of what follows or with what comes before, its finish the other
/// way round.
fn tied(pass: &Pass<'_>, at: usize, link: u32, early: bool) -> Option<(usize, Instant)> {
    let link = pass.link(link);
    let into = link.successor.at() == at;
    let own_start = match (into, link.kind) {
        (true, LinkKind::StartStart | LinkKind::FinishStart) | (false, LinkKind::StartStart | LinkKind::StartFinish) => true,
        (true, LinkKind::FinishFinish | LinkKind::StartFinish) | (false, LinkKind::FinishStart | LinkKind::FinishFinish) => false,
    };
    if own_start != early {
        return None;
    }
    let other = if into { link.predecessor.at() } else { link.successor.at() };
    let others_start = match (into, link.kind) {
        (_, LinkKind::StartStart) | (true, LinkKind::StartFinish) | (false, LinkKind::FinishStart) => true,
        (_, LinkKind::FinishFinish) | (true, LinkKind::FinishStart) | (false, LinkKind::StartFinish) => false,
    };
    let dates = pass.rows[other];
    let date = match (early, others_start) {
        (true, true) => dates.start,
        (true, false) => dates.finish,
        (false, true) => dates.late_start,
        (false, false) => dates.late_finish,
    };
    let lag = pass.distance(link);
    Some((other, if into { lag.after(date) } else { lag.before(date) }))
}
