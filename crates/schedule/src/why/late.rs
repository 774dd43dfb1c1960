//! The chain ahead of a late finish.
use super::{Bound, LateCause, LateStep, Tie, Why, beside::alongside};
use crate::graph::Arc;
use crate::{Activity, ActivityIx, ConstraintKind, Detail, Dialect, Instant, Kind, LinkKind, Progress, p6::Required, pass::Pass};

/// The steps on from a row, and whether they were cut.
pub(super) fn chain(pass: &Pass<'_>, row: usize) -> (Vec<LateStep>, bool) {
    let mut steps: Vec<LateStep> = vec![];
    let mut next = Some(row).filter(|&row| pass.has_reasons(row));
    while let Some(node) = next {
        if steps.len() == Why::MOST_STEPS {
            return (steps, true);
        }
        let step = step(pass, node);
        next = step.follows.and_then(|k| ahead(pass, step.considered[k].cause));
        steps.push(step);
    }
    (steps, false)
}

/// The node that a bound leads on to.
fn ahead(pass: &Pass<'_>, cause: LateCause) -> Option<usize> {
    match cause {
        LateCause::Link(link) => {
            let row = pass.link(link).successor.at();
            if pass.activity(row).is_summary() { first_to_begin(pass, row) } else { Some(row) }
        }
        LateCause::Summary(row) => Some(pass.graph.leaving(row as usize)).filter(|&node| node != row as usize),
        LateCause::Below(row) | LateCause::Alongside(row) => Some(row as usize),
        _ => None,
    }
}

/// Who under a summary row has to begin first.
fn first_to_begin(pass: &Pass<'_>, row: usize) -> Option<usize> {
    let mut first: Option<usize> = None;
    pass.each_below(row, |below| {
        let sooner = first.is_none_or(|f| (pass.rows[below].late_start, below) < (pass.rows[f].late_start, f));
        if sooner {
            first = Some(below);
        }
    });
    first
}

fn step(pass: &Pass<'_>, node: usize) -> LateStep {
    let row = pass.row_of(node);
    let dates = pass.rows[node];
    let (considered, start, finish) = match node < pass.graph.activities() {
        true if pass.activity(node).is_summary() => (sum(pass, node), dates.late_start, dates.late_finish),
        true if !pass.works(node) => (beside(pass, node), dates.late_start, dates.late_finish),
        true => bounds(pass, node),
        false => (bounds_of_whole(pass, node, row), dates.late_start, dates.late_finish),
    };
    let placed = |row: u32| pass.works(row as usize) || pass.activity(row as usize).is_summary();
    let leads = |b: &Bound| match b.cause {
        LateCause::Link(_) | LateCause::Summary(_) | LateCause::Below(_) => b.decides,
        LateCause::Alongside(row) => b.decides && placed(row),
        _ => false,
    };
    let follows = considered.iter().position(leads);
    LateStep { row: ActivityIx(row as u32), start, finish, considered, follows }
}

fn bound(cause: LateCause, date: Instant) -> Bound {
    Bound { cause, tie: None, date, decides: false }
}

/// A summary row ends with the last row under it.
fn sum(pass: &Pass<'_>, row: usize) -> Vec<Bound> {
    let finish = pass.rows[row].late_finish;
    let mut below = pass.graph.children(row).iter().filter(|&&below| pass.rows[below as usize].late_finish == finish);
    let last = below.find(|&&below| pass.counts_in_sum(below as usize));
    last.map(|&row| Bound { decides: true, ..bound(LateCause::Below(row), finish) }).into_iter().collect()
}

/// A row beside the network goes along with others, else until the project's end.
fn beside(pass: &Pass<'_>, row: usize) -> Vec<Bound> {
    let finish = pass.rows[row].late_finish;
    if let Progress::Finished { finish, .. } = pass.activity(row).worked() {
        return vec![Bound { decides: true, ..bound(LateCause::Actual, finish) }];
    }
    let others = alongside(pass, row, false).into_iter();
    let mut bounds: Vec<Bound> = others
        .map(|(other, date)| Bound {
            decides: date == finish || pass.as_finish(row, date) == finish,
            ..bound(LateCause::Alongside(other as u32), date)
        })
        .collect();
    if bounds.iter().all(|b| !b.decides) {
        bounds.push(Bound { decides: true, ..of_project(pass) });
    }
    bounds
}

/// What a summary row that others wait for has to keep to as a whole.
fn bounds_of_whole(pass: &Pass<'_>, node: usize, row: usize) -> Vec<Bound> {
    let dates = pass.rows[node];
    let mut bounds: Vec<Bound> = pass
        .graph
        .outgoing(row)
        .iter()
        .map(|&arc| {
            let tie = tie(pass, pass.graph.link_of(arc));
            let date = pass.lag_out(row, arc).before(tie.date);
            let at_start = matches!(tie.kind, LinkKind::StartStart | LinkKind::StartFinish);
            let decides = date == if at_start { dates.late_start } else { dates.late_finish };
            Bound { tie: Some(tie), decides, ..bound(LateCause::Link(pass.graph.link_of(arc)), date) }
        })
        .collect();
    if let Some(above) = pass.graph.whole_above(pass.network, row) {
        let date = pass.rows[above].late_finish;
        let decides = date == dates.late_finish && date < Instant::MAX;
        bounds.push(Bound { decides, ..bound(LateCause::Summary(pass.row_of(above) as u32), date) });
    }
    bounds
}

/// The successor's end of a link.
fn tie(pass: &Pass<'_>, link: u32) -> Tie {
    let link = pass.link(link);
    let dates = pass.rows[pass.graph.arriving(link.successor.at())];
    let at_start = matches!(link.kind, LinkKind::StartStart | LinkKind::FinishStart);
    Tie { other: link.successor, kind: link.kind, date: if at_start { dates.late_start } else { dates.late_finish }, lag: link.lag }
}

/// Every bound on an activity's late finish, and the late dates to show.
fn bounds(pass: &Pass<'_>, at: usize) -> (Vec<Bound>, Instant, Instant) {
    let activity = pass.activity(at);
    let dates = pass.rows[at];
    if let Progress::Finished { start, finish, .. } = activity.worked() {
        return (vec![Bound { decides: true, ..bound(LateCause::Actual, finish) }], start, finish);
    }
    let of_other_file = activity.detail.as_ref().is_some_and(|d| d.external && d.fixed.is_none());
    if of_other_file && pass.network.options.dialect == Dialect::MsProject {
        return (vec![Bound { decides: true, ..bound(LateCause::Fixed, dates.late_finish) }], dates.late_start, dates.late_finish);
    }
    let mut bounds = of_links(pass, at, activity);
    of_whole_above(pass, at, activity, &mut bounds);
    if bounds.is_empty() {
        bounds.extend(of_open_end(pass, at, activity));
    }
    if bounds.iter().all(|b| b.cause != LateCause::OwnFinish) {
        bounds.push(of_project(pass));
    }
    of_dates_above(pass, at, &mut bounds);
    if let Some(detail) = activity.detail.as_deref() {
        of_own_dates(pass, at, activity, detail, &mut bounds);
    }
    decide(pass, at, activity, &mut bounds);
    (bounds, dates.late_start, dates.late_finish)
}

fn of_links(pass: &Pass<'_>, at: usize, activity: &Activity) -> Vec<Bound> {
    let date = |arc: Arc| match pass.network.options.dialect {
        Dialect::MsProject => pass.link_finish_in_msp(at, activity, arc),
        Dialect::P6 => match pass.required(at, activity, arc) {
            Required::Finish(date) => date,
            Required::Start(date) => pass.done(at, date, Pass::remaining(activity)),
        },
    };
    let links = pass.graph.outgoing(at).iter().map(|&arc| (pass.graph.link_of(arc), date(arc)));
    let binding = links.filter(|(_, date)| *date < Instant::MAX);
    binding.map(|(link, date)| Bound { tie: Some(tie(pass, link)), ..bound(LateCause::Link(link), date) }).collect()
}

/// A summary row above that others wait for.
fn of_whole_above(pass: &Pass<'_>, at: usize, activity: &Activity, bounds: &mut Vec<Bound>) {
    let Some(whole) = pass.graph.whole_above(pass.network, at) else { return };
    let (start, finish) = pass.bounds_of_whole_above(at, pass.rows[at].early_start);
    let by_start = Some(start).filter(|s| *s < Instant::MAX).map(|start| finish_after(pass, at, activity, start));
    let date = by_start.map_or(finish, |by_start| by_start.min(finish));
    if date < Instant::MAX {
        bounds.push(bound(LateCause::Summary(pass.row_of(whole) as u32), date));
    }
}

/// Constraints of the rows above.
fn of_dates_above(pass: &Pass<'_>, at: usize, bounds: &mut Vec<Bound>) {
    let mut above = pass.activity(at).parent;
    while let Some(row) = above.filter(|row| pass.graph.gate(row.at()).is_some()) {
        let activity = pass.activity(row.at());
        let held = activity.constraint().filter(|c| c.kind == ConstraintKind::FinishNoLaterThan).map(|c| c.date);
        bounds.extend(held.map(|date| bound(LateCause::DateAbove(row.0), date)));
        above = activity.parent;
    }
}

fn of_open_end(pass: &Pass<'_>, at: usize, activity: &Activity) -> Option<Bound> {
    let options = &pass.network.options;
    let own = bound(LateCause::OwnFinish, pass.rows[at].early_finish);
    match options.dialect {
        Dialect::MsProject => Some(own).filter(|_| options.multiple_critical_paths),
        Dialect::P6 => {
            let external = activity.detail.as_ref().and_then(|d| d.external_late_finish).filter(|_| !options.ignore_external);
            external.map(|date| bound(LateCause::External, date)).or(Some(own).filter(|_| options.open_ended_critical))
        }
    }
}

fn of_project(pass: &Pass<'_>) -> Bound {
    let asked = pass.network.options.dialect == Dialect::P6 && pass.network.options.finish.is_some();
    bound(if asked { LateCause::MustFinishBy } else { LateCause::ProjectFinish }, pass.ends.late_finish)
}

/// Deadline and constraints of its own.
fn of_own_dates(pass: &Pass<'_>, at: usize, activity: &Activity, detail: &Detail, bounds: &mut Vec<Bound>) {
    let begun = detail.progress != Progress::NotStarted;
    let msp = pass.network.options.dialect == Dialect::MsProject;
    for c in [detail.constraint, detail.secondary].into_iter().flatten().filter(|_| !(msp && begun)) {
        let date = match c.kind {
            ConstraintKind::StartNoLaterThan | ConstraintKind::StartOn | ConstraintKind::MustStartOn if !begun => {
                finish_after(pass, at, activity, c.date)
            }
            ConstraintKind::FinishNoLaterThan | ConstraintKind::FinishOn | ConstraintKind::MustFinishOn => c.date,
            _ => continue,
        };
        bounds.push(bound(LateCause::Constraint(c.kind), date));
    }
    bounds.extend(detail.deadline.filter(|_| msp).map(|date| bound(LateCause::Deadline, date)));
}

fn finish_after(pass: &Pass<'_>, at: usize, activity: &Activity, start: Instant) -> Instant {
    match pass.network.options.dialect {
        Dialect::MsProject => pass.finish_in_msp(at, activity, start),
        Dialect::P6 => pass.done(at, start, Pass::remaining(activity)),
    }
}

/// Whoever gives the late finish decides; a date that must be kept does so alone.
fn decide(pass: &Pass<'_>, at: usize, activity: &Activity, bounds: &mut [Bound]) {
    let finish = pass.rows[at].late_finish;
    let stays = activity.kind == Kind::StartMilestone;
    let gives = |b: &Bound| b.date == finish || !stays && pass.as_finish(at, b.date) == finish;
    let must = |b: &Bound| matches!(b.cause, LateCause::Constraint(ConstraintKind::MustStartOn | ConstraintKind::MustFinishOn));
    let least = bounds.iter().map(|b| b.date).min();
    let alone = bounds.iter().any(|b| must(b) && gives(b));
    let someone = bounds.iter().any(gives);
    for b in bounds {
        b.decides = match someone {
            true => gives(b) && (!alone || must(b)),
            false => Some(b.date) == least,
        };
    }
}
