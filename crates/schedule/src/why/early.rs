//! The chain behind an early start.
use super::{Considered, EarlyStep, Tie, Why, beside::alongside, trace::Heard};
use crate::{ActivityIx, Cause, Dialect, Instant, LinkKind, Progress, pass::Pass};

/// The steps back from a row, and whether they were cut.
pub(super) fn chain(pass: &Pass<'_>, row: usize) -> (Vec<EarlyStep>, bool) {
    let mut steps: Vec<EarlyStep> = vec![];
    let mut heard = Heard::default();
    let mut next = Some(row).filter(|&row| pass.has_reasons(row));
    while let Some(node) = next {
        if steps.len() == Why::MOST_STEPS {
            return (steps, true);
        }
        let step = match node < pass.graph.activities() {
            true if pass.activity(node).is_summary() => sum(pass, node),
            true if !pass.works(node) => beside(pass, node),
            _ => step(pass, node, &mut heard),
        };
        next = step.follows.and_then(|k| behind(pass, step.considered[k].cause));
        steps.push(step);
    }
    (steps, false)
}

/// The node that a cause leads back to.
fn behind(pass: &Pass<'_>, cause: Cause) -> Option<usize> {
    let mut first = None;
    match cause {
        Cause::Link(link) => pass.each_behind(link, |row| first = Some(first.unwrap_or(row).min(row))),
        Cause::Summary(row) => first = pass.graph.gate(row as usize),
        Cause::Below(row) | Cause::Alongside(row) => first = Some(row as usize),
        _ => {}
    }
    first
}

/// A summary row begins with the first row under it.
fn sum(pass: &Pass<'_>, row: usize) -> EarlyStep {
    let dates = pass.rows[row];
    let mut below = pass.graph.children(row).iter().filter(|&&below| pass.rows[below as usize].early_start == dates.early_start);
    let first = below.find(|&&below| pass.counts_in_sum(below as usize));
    step_by(pass, row, first.map(|&below| certain(Cause::Below(below), dates.early_start)).into_iter().collect())
}

/// A row beside the network goes along with others, though not before the project's start.
fn beside(pass: &Pass<'_>, row: usize) -> EarlyStep {
    if let Progress::Finished { start, finish, .. } = pass.activity(row).worked() {
        return done(row, start, finish);
    }
    let start = pass.rows[row].early_start;
    let gives = |date: Instant| date == start || pass.next_start(row, date.max(pass.ends.start)) == start && date >= pass.ends.start;
    let others = alongside(pass, row, true).into_iter();
    let mut considered: Vec<Considered> =
        others.map(|(other, date)| Considered { date, decides: gives(date), ..certain(Cause::Alongside(other as u32), start) }).collect();
    if considered.iter().all(|c| !c.decides) {
        considered.push(Considered { date: pass.ends.start, ..certain(Cause::ProjectStart, start) });
    }
    step_by(pass, row, considered)
}

fn certain(cause: Cause, start: Instant) -> Considered {
    Considered { cause, tie: None, date: start, start, decides: true }
}

/// The step of a row that others give its dates; those that are placed by links lead on.
fn step_by(pass: &Pass<'_>, row: usize, considered: Vec<Considered>) -> EarlyStep {
    let leads = |c: &Considered| match c.cause {
        Cause::Below(_) => true,
        Cause::Alongside(other) => c.decides && (pass.works(other as usize) || pass.activity(other as usize).is_summary()),
        _ => false,
    };
    let dates = pass.rows[row];
    EarlyStep {
        row: ActivityIx(row as u32),
        start: dates.early_start,
        finish: dates.early_finish,
        begun: None,
        done: false,
        follows: considered.iter().position(leads),
        considered,
    }
}

fn step(pass: &Pass<'_>, node: usize, heard: &mut Heard) -> EarlyStep {
    let row = pass.row_of(node);
    let progress = if node == row { pass.activity(row).worked() } else { Progress::NotStarted };
    if let Progress::Finished { start, finish, .. } = progress {
        return done(row, start, finish);
    }
    heard.listen(pass, node);
    let mut considered: Vec<Considered> = heard.offers.iter().map(|&(cause, date)| offered(pass, node, heard, cause, date)).collect();
    for (decided, decides) in [(heard.before, false), (heard.decided, true)] {
        considered.extend(decided.map(|(cause, date)| Considered { cause, tie: None, date, start: date, decides }));
    }
    let follows = follows(&considered, heard);
    considered.extend(moved_to_working_time(&considered));
    let dates = pass.rows[node];
    EarlyStep {
        row: ActivityIx(row as u32),
        start: dates.early_start,
        finish: dates.early_finish,
        begun: match progress {
            Progress::Started { start, .. } => Some(start),
            _ => None,
        },
        done: false,
        considered,
        follows,
    }
}

/// What is done is where it was done; P6 keeps another date for it, at which its successors go on.
fn done(row: usize, start: Instant, finish: Instant) -> EarlyStep {
    let considered = vec![Considered { cause: Cause::Actual, tie: None, date: start, start, decides: true }];
    EarlyStep { row: ActivityIx(row as u32), start, finish, begun: Some(start), done: true, considered, follows: None }
}

fn offered(pass: &Pass<'_>, node: usize, heard: &Heard, cause: Cause, date: Instant) -> Considered {
    let decides = heard.decided.is_none() && pass.begins_by(node, date);
    let chosen = pass.rows[node].early_start;
    // A milestone that waits for no one may stand out of working time.
    let start = if date == chosen { date } else { pass.placed(node, date) };
    let tie = match cause {
        Cause::Link(link) => Some(tie(pass, link)),
        _ => None,
    };
    Considered { cause, tie, date, start, decides }
}

/// The predecessor's end of a link.
fn tie(pass: &Pass<'_>, link: u32) -> Tie {
    let link = pass.link(link);
    let other = link.predecessor.at();
    let dates = pass.rows[pass.graph.leaving(other)];
    let (start, finish) = match pass.activity(other).worked() {
        Progress::Finished { start, finish, .. } if pass.network.options.dialect == Dialect::P6 => (start, finish),
        _ => (dates.early_start, dates.early_finish),
    };
    let at_start = matches!(link.kind, LinkKind::StartStart | LinkKind::StartFinish);
    Tie { other: link.predecessor, kind: link.kind, date: if at_start { start } else { finish }, lag: link.lag }
}

/// Links lead on before rows above. Where levelling decided, what it delays leads on.
fn follows(considered: &[Considered], heard: &Heard) -> Option<usize> {
    let delayed = matches!(heard.decided, Some((Cause::Leveling, _))) && heard.before.is_none();
    let last = considered.iter().filter(|c| delayed && c.cause != Cause::Leveling).map(|c| c.start).max();
    let leads = |c: &Considered| c.decides || Some(c.start) == last;
    let link = considered.iter().position(|c| leads(c) && matches!(c.cause, Cause::Link(_)));
    link.or_else(|| considered.iter().position(|c| leads(c) && matches!(c.cause, Cause::Summary(_))))
}

/// The calendar has a part in it when a date that decided is not in working time.
fn moved_to_working_time(considered: &[Considered]) -> Option<Considered> {
    let moved = considered.iter().filter(|c| c.decides && c.date < c.start).max_by_key(|c| c.date)?;
    Some(Considered { cause: Cause::Calendar, tie: None, date: moved.date, start: moved.start, decides: true })
}
