//! What waits for what. A project lists the links that lead into it; both ends may be in another.
use super::field::Fields;
use super::project::Reading;
use super::read::Shared;
use super::words::LINKS;
use lantu_schedule::{ActivityIx, Lag, Link};
use std::collections::HashMap;

/// An activity by the plan it is in, and its place there.
type At = (usize, ActivityIx);

pub(super) fn read(shared: &Shared<'_>, readings: &mut [Reading<'_>]) {
    let everywhere = everywhere(readings);
    for at in 0..readings.len() {
        for fields in shared.members(readings[at].node, "Relationship") {
            one(fields, at, readings, &everywhere);
        }
        let losses = shared.found.take_losses();
        readings[at].plan.losses.extend(losses);
    }
}

fn everywhere(readings: &[Reading<'_>]) -> HashMap<i64, At> {
    let places = readings.iter().enumerate();
    places.flat_map(|(plan, r)| r.activities.iter().map(move |(uid, ix)| (*uid, (plan, *ix)))).collect()
}

fn one(fields: Fields<'_>, listed_in: usize, readings: &mut [Reading<'_>], everywhere: &HashMap<i64, At>) {
    let ends = (fields.id("PredecessorActivityObjectId"), fields.id("SuccessorActivityObjectId"));
    let here = |uid: i64| readings[listed_in].activities.get(&uid).map(|ix| (listed_in, *ix)).or_else(|| everywhere.get(&uid).copied());
    match (ends.0.and_then(here), ends.1.and_then(here)) {
        (Some((plan, predecessor)), Some((other, successor))) if plan == other => {
            let kind = fields.word("Type", LINKS).unwrap_or_default();
            let lag = fields.hours("Lag").map_or(Lag::NONE, Lag::Work);
            readings[plan].plan.links.push(Link { predecessor, successor, kind, lag });
            readings[plan].places.links.push(fields.node.id());
        }
        (None, None) => fields.found.lose("unknown_activity", || fields.node.place(), &said(fields)),
        _ => fields.found.lose("link_to_other_project", || fields.node.place(), &said(fields)),
    }
}

/// `101 → 205 Finish to Start`.
fn said(fields: Fields<'_>) -> String {
    let [from, to, kind] = ["PredecessorActivityObjectId", "SuccessorActivityObjectId", "Type"].map(|name| fields.text(name));
    format!("{from} → {to} {kind}")
}
