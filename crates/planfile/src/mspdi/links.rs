//! What waits for what: each task names its predecessors.
use super::{codes, fields::Fields, fields::Found, tasks::Rows, value};
use lantu_schedule::{ActivityIx, Lag, Link, LinkKind};

/// All links, by successor in the order of the file. A link to a task that is not in the file is left out.
pub(super) fn read(rows: &Rows, found: &Found) -> Vec<Link> {
    let mut links = vec![];
    for (at, node) in rows.nodes.iter().enumerate() {
        let Some(activity) = rows.activities.get(at) else { continue };
        let place = |node: crate::xml::Node| format!("line {}, Task {}/PredecessorLink", node.line(), activity.uid);
        for link in node.children("PredecessorLink") {
            let fields = Fields::of(link, found);
            let uid = fields.int("PredecessorUID");
            match uid.and_then(|uid| rows.at.get(&uid).copied()) {
                None if fields.flag("CrossProject") == Some(true) => {
                    found.lose("link_to_other_project", place(link), fields.string("CrossProjectName"));
                }
                None => found.lose("link_to_missing_task", place(link), uid.unwrap_or_default().to_string()),
                Some(ActivityIx(own)) if own as usize == at => found.refuse("self_link", place(link), &activity.uid.to_string()),
                Some(predecessor) => links.push(one(&fields, predecessor, ActivityIx(at as u32))),
            }
        }
    }
    links
}

fn one(fields: &Fields, predecessor: ActivityIx, successor: ActivityIx) -> Link {
    let kind = fields.word("Type", &codes::LINKS).unwrap_or(LinkKind::FinishStart);
    let amount = fields.number("LinkLag").unwrap_or(0.0);
    let measure = codes::measure(fields.int("LagFormat").unwrap_or(codes::DAYS));
    let lag = match (measure.percent, measure.elapsed) {
        (true, false) => Lag::Percent(amount as f32),
        (true, true) => Lag::ElapsedPercent(amount as f32),
        (false, false) => Lag::Work(value::tenths(amount)),
        (false, true) => Lag::Elapsed(value::tenths(amount)),
    };
    Link { predecessor, successor, kind, lag }
}
