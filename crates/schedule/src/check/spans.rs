//! Rows that take their dates from others: summaries, levels of effort, WBS summaries; and the project's own dates.
use super::Breaches;
use super::frame::{Frame, same};
use crate::{Critical, Instant, Kind, Link, LinkKind, Row, Span};

pub(super) fn check(f: &Frame, out: &mut Breaches) {
    summaries(f, out);
    for at in 0..f.network.activities.len() {
        match f.activity(at).kind {
            Kind::LevelOfEffort if !f.is_inactive(at) => effort(f, at, out),
            _ => {}
        }
    }
    wbs_summaries(f, out);
    project(f, out);
}

/// The smallest or largest of some dates. Those of rows whose part in a summary is not certain may count or not.
#[derive(Clone, Default)]
struct Edge {
    sure: Option<Instant>,
    doubtful: Vec<Instant>,
}

/// Of the rows under a summary.
#[derive(Clone, Default)]
struct Under {
    early: [Edge; 2],
    late: [Edge; 2],
    shown: [Edge; 2],
    float: Option<Span>,
    critical: bool,
    doubt: bool,
    /// Something under it is still to do.
    open: bool,
}

impl Edge {
    fn take(&mut self, date: Instant, sure: bool, least: bool) {
        if sure {
            self.sure = Some(self.sure.map_or(date, |d| if least { d.min(date) } else { d.max(date) }));
        } else if self.doubtful.len() < 64 {
            self.doubtful.push(date);
        }
    }

    fn allowed(&self, least: bool) -> Vec<Instant> {
        let beyond = |d: &Instant| self.sure.is_none_or(|s| if least { *d <= s } else { *d >= s });
        self.sure.into_iter().chain(self.doubtful.iter().copied().filter(beyond)).collect()
    }
}

impl Under {
    fn take(&mut self, f: &Frame, at: usize, empty: bool) {
        let row = f.row(at);
        let kind = f.activity(at).kind;
        let odd = empty || f.is_external(at) || matches!(kind, Kind::LevelOfEffort | Kind::WbsSummary);
        // P6 sums up the early and late dates of what is still to do.
        let not_early = odd || f.is_alap(at) || f.is_from_finish() || (f.is_p6() && f.is_finished(at));
        let early = !not_early;
        let late = early && f.fixed(at).is_none();
        let pairs = |a: Instant, b: Instant| [(0, a), (1, b)];
        for (end, date) in pairs(row.early_start, row.early_finish) {
            self.early[end].take(date, early, end == 0);
        }
        for (end, date) in pairs(row.late_start, row.late_finish) {
            self.late[end].take(date, late, end == 0);
            if !early {
                self.early[end].take(date, false, end == 0);
            }
        }
        if !late {
            for (end, date) in pairs(row.early_start, row.early_finish) {
                self.late[end].take(date, false, end == 0);
            }
        }
        for (end, date) in pairs(row.start, row.finish) {
            self.shown[end].take(date, !odd, end == 0);
        }
        self.float = Some(self.float.map_or(row.total_float, |t| t.min(row.total_float)));
        self.critical |= row.critical;
        self.doubt |= !late || f.is_finished(at);
    }
}

fn summaries(f: &Frame, out: &mut Breaches) {
    let rows = f.network.activities.len();
    let mut under: Vec<Option<Box<Under>>> = vec![None; rows];
    let work = |at: &usize| !f.activity(*at).is_summary() && !f.is_inactive(*at);
    let filled = rows_above(f, (0..rows).filter(work));
    let open = rows_above(f, (0..rows).filter(work).filter(|at| !f.is_finished(*at) && !f.is_external(*at)));
    for at in (0..rows).filter(|at| !f.is_inactive(*at)) {
        if let Some(parent) = f.activity(at).parent {
            under[parent.at()].get_or_insert_default().take(f, at, f.activity(at).is_summary() && !filled[at]);
        }
    }
    for (at, under) in under.iter_mut().enumerate() {
        if let Some(under) = under.as_deref_mut() {
            under.open = open[at];
        }
        if let Some(under) = under.as_deref().filter(|_| f.fixed(at).is_none() && !f.is_inactive(at)) {
            summary(f, at, under, out);
        }
    }
}

/// Summary rows above any of these.
fn rows_above(f: &Frame, below: impl Iterator<Item = usize>) -> Vec<bool> {
    let mut met = vec![false; f.network.activities.len()];
    for at in below {
        for above in f.above(at) {
            if std::mem::replace(&mut met[above], true) {
                break;
            }
        }
    }
    met
}

fn summary(f: &Frame, at: usize, under: &Under, out: &mut Breaches) {
    let row = f.row(at);
    let mut hold = |code, found: Instant, edge: &Edge, least: bool| {
        let allowed = edge.allowed(least);
        if !allowed.is_empty() && !allowed.contains(&found) {
            out.instant(code, vec![f.uid(at)], found, &allowed);
        }
    };
    hold("summary_span_wrong", row.early_start, &under.early[0], true);
    hold("summary_span_wrong", row.early_finish, &under.early[1], false);
    hold("summary_span_wrong", row.start, &under.shown[0], true);
    hold("summary_span_wrong", row.finish, &under.shown[1], false);
    hold("summary_late_wrong", row.late_start, &under.late[0], true);
    hold("summary_late_wrong", row.late_finish, &under.late[1], false);
    summary_float(f, at, under, out);
}

/// A summary's float is its own dates', or the least of the rows under it; it is critical by that float, or as one of them is.
fn summary_float(f: &Frame, at: usize, under: &Under, out: &mut Breaches) {
    let row = f.row(at);
    let mut allowed = vec![];
    for calendar in [f.hours(at), f.project_calendar()] {
        let start = calendar.work_between(row.early_start, row.late_start);
        let finish = calendar.work_between(row.early_finish, row.late_finish);
        allowed.extend([start.min(finish), start, finish]);
    }
    allowed.extend(under.float);
    if under.doubt {
        allowed.push(Span::ZERO);
    }
    if !allowed.contains(&row.total_float) {
        out.span("total_float_wrong", f.uid(at), row.total_float, &allowed);
    }
    // Microsoft Project calls a summary critical by its own float, unless all of it is done; P6 as something under it is.
    let wanted = match f.network.options.critical {
        Critical::FloatAtMost(limit) if !f.is_p6() => row.total_float <= limit && under.open,
        _ => under.critical,
    };
    if row.critical != wanted {
        out.push("critical_wrong", vec![f.uid(at)], row.critical.to_string(), wanted.to_string());
    }
}

/// A level of effort begins with the first of what it is tied to and ends with the last.
fn effort(f: &Frame, at: usize, out: &mut Breaches) {
    let (row, hours) = (f.row(at), f.hours(at));
    if let Some((start, finish)) = actual_dates(f, at) {
        if row.start != start {
            out.instant("actual_moved", vec![f.uid(at)], row.start, &[start]);
        }
        if let Some(finish) = finish {
            if row.finish != finish {
                out.instant("actual_moved", vec![f.uid(at)], row.finish, &[finish]);
            }
            return;
        }
    }
    let (mut starts, mut finishes) = (vec![], vec![]);
    f.into(at).for_each(|l| tie(f, l, false, &mut starts, &mut finishes));
    f.out_of(at).for_each(|l| tie(f, l, true, &mut starts, &mut finishes));
    let floor = f.data_date().unwrap_or(f.floor());
    starts.extend([floor, f.floor()]);
    let start_allowed: Vec<Instant> = starts.iter().flat_map(|v| [*v, hours.next_start(*v), hours.next_start((*v).max(floor))]).collect();
    finishes.extend([row.early_start, floor]);
    let finish_allowed: Vec<Instant> = finishes.iter().flat_map(|v| [*v, hours.previous_finish(*v), hours.next_start(*v)]).collect();
    let mut hold = |found: Instant, allowed: &[Instant]| {
        if !allowed.iter().any(|v| same(found, *v)) {
            out.instant("effort_span_wrong", vec![f.uid(at)], found, allowed);
        }
    };
    hold(row.early_start, &start_allowed);
    hold(row.early_finish, &finish_allowed);
    if actual_dates(f, at).is_none() {
        hold(row.start, &start_allowed);
    }
    hold(row.finish, &finish_allowed);
    if row.late_start > row.late_finish || row.early_start > row.early_finish {
        out.instant("effort_span_wrong", vec![f.uid(at)], row.late_start, &[row.late_finish]);
    }
}

fn actual_dates(f: &Frame, at: usize) -> Option<(Instant, Option<Instant>)> {
    match f.activity(at).worked() {
        crate::Progress::NotStarted => None,
        crate::Progress::Started { start, .. } => Some((start, None)),
        crate::Progress::Finished { start, finish, .. } => Some((start, Some(finish))),
    }
}

/// The dates that a link lends to a level of effort: of the other row, less or more the lag.
fn tie(f: &Frame, link: &Link, outward: bool, starts: &mut Vec<Instant>, finishes: &mut Vec<Instant>) {
    let other = if outward { link.successor.at() } else { link.predecessor.at() };
    let (lag, calendar) = f.lag(link, link.successor.at());
    let lag = if outward { -lag } else { lag };
    let row: &Row = f.row(other);
    let (mine_start, theirs_start) = match (link.kind, outward) {
        (LinkKind::StartStart, _) => (true, true),
        (LinkKind::FinishFinish, _) => (false, false),
        (LinkKind::FinishStart, false) | (LinkKind::StartFinish, true) => (true, false),
        (LinkKind::FinishStart, true) | (LinkKind::StartFinish, false) => (false, true),
    };
    let dates = if theirs_start { [row.start, row.early_start] } else { [row.finish, row.early_finish] };
    let mine = if mine_start { starts } else { finishes };
    mine.extend(dates.iter().map(|d| calendar.add(*d, lag)));
}

/// P6's WBS summaries span what stands in the same WBS element, however deep.
fn wbs_summaries(f: &Frame, out: &mut Breaches) {
    let rows = f.network.activities.len();
    if !f.network.activities.iter().any(|a| a.kind == Kind::WbsSummary) {
        return;
    }
    let mut spans: Vec<Option<(Instant, Instant)>> = vec![None; rows];
    for at in (0..rows).filter(|at| f.is_in_network(*at)) {
        let row = f.row(at);
        for above in f.above(at) {
            let span = spans[above].get_or_insert((row.start, row.finish));
            *span = (span.0.min(row.start), span.1.max(row.finish));
        }
    }
    for at in (0..rows).filter(|at| f.activity(*at).kind == Kind::WbsSummary && !f.is_inactive(*at)) {
        let Some((start, finish)) = f.activity(at).parent.and_then(|p| spans[p.at()]) else { continue };
        for (found, wanted) in [(f.row(at).start, start), (f.row(at).finish, finish)] {
            if found != wanted {
                out.instant("summary_span_wrong", vec![f.uid(at)], found, &[wanted]);
            }
        }
    }
}

/// The project begins with its first row and ends with its last.
fn project(f: &Frame, out: &mut Breaches) {
    let counted = |at: &usize| f.is_in_network(*at);
    let rows = || (0..f.network.activities.len()).filter(counted).map(|at| f.row(at));
    let (early, shown) = (rows().map(|r| r.early_start).min(), rows().map(|r| r.start).min());
    let starts: Vec<Instant> = early.into_iter().chain(shown).collect();
    if !starts.is_empty() && !starts.contains(&f.schedule.start) {
        out.instant("project_start_wrong", vec![], f.schedule.start, &starts);
    }
    let own = |at: &usize| counted(at) && !f.is_external(*at);
    let inside = (0..f.network.activities.len()).filter(own).map(|at| f.row(at).early_finish).max();
    let finishes: Vec<Instant> = rows().map(|r| r.early_finish).max().into_iter().chain(inside).collect();
    if !finishes.is_empty() && !finishes.contains(&f.schedule.finish) {
        out.instant("project_finish_wrong", vec![], f.schedule.finish, &finishes);
    }
}
