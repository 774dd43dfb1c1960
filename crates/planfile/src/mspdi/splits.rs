//! Work that is not in one piece, as the spread of work over time tells it.
//!
//! A file holds for each assignment how much is worked in each stretch of time (`TimephasedData`); stretches without
//! work that the calendar would allow are the gaps of a split task.
use super::{calendars::Calendars, fields::Fields, fields::Found, tasks::Rows, value};
use crate::xml::Node;
use lantu_calendar::{Calendar, DAY, Instant, Span};
use lantu_schedule::{Activity, ActivityIx, Assignment, Contour};
use std::collections::BTreeMap;

/// An idle time shorter than this is the rounding of stretches.
const SHORTEST_GAP: Span = Span::minutes(1);
/// So many calendars of one activity's resources are asked whether there is working time in a gap.
const MOST_CALENDARS: usize = 64;
/// So many days of a gap are looked through for working time.
const LONGEST_LOOK: i64 = 3_660;

/// An assignment's element, and where the assignment stands.
pub(super) struct Spread<'a> {
    pub node: Node<'a>,
    pub activity: ActivityIx,
    pub assignment: usize,
}

type Piece = (Instant, Instant);

/// Gives every activity that is worked on in pieces these pieces.
pub(super) fn read(spreads: &[Spread], rows: &mut Rows, calendars: &Calendars, found: &Found) {
    let mut by_activity: BTreeMap<u32, Vec<&Spread>> = BTreeMap::new();
    for spread in spreads {
        by_activity.entry(spread.activity.0).or_default().push(spread);
    }
    for (at, spreads) in by_activity {
        let Some(activity) = rows.activities.get_mut(at as usize).filter(|a| !a.is_summary() && !a.elapsed) else { continue };
        let splits = splits(activity, &spreads, calendars, found);
        if let Some(splits) = splits.filter(|pieces| pieces.len() > 1) {
            activity.detail_mut().splits = splits;
        }
    }
}

fn splits(activity: &Activity, spreads: &[&Spread], calendars: &Calendars, found: &Found) -> Option<Vec<Piece>> {
    let detail = activity.detail.as_deref()?;
    let (mut pieces, mut times) = (vec![], vec![]);
    for spread in spreads {
        let Some(assignment) = detail.assignments.get(spread.assignment).filter(|a| a.drives) else { continue };
        let both = detail.own_calendar && assignment.calendar != activity.calendar;
        let time = WorkingTime { own: calendars.of(assignment.calendar)?, task: calendars.of(activity.calendar).filter(|_| both) };
        pieces.extend(worked(spread.node, assignment, time, found));
        let known = |t: &WorkingTime| std::ptr::eq(t.own, time.own) && t.task.is_some() == time.task.is_some();
        if times.len() < MOST_CALENDARS && !times.iter().any(known) {
            times.push(time);
        }
    }
    pieces.sort_unstable();
    Some(joined(pieces, &times))
}

/// When someone can work on something: on the resource's calendar, and on the task's where it has one.
#[derive(Clone, Copy)]
struct WorkingTime<'a> {
    own: &'a Calendar,
    task: Option<&'a Calendar>,
}

impl WorkingTime<'_> {
    fn between(self, from: Instant, to: Instant) -> Span {
        let Some(task) = self.task else { return self.own.work_between(from, to) };
        let mut seconds = 0;
        for day in (from.day_number()..=to.day_number()).take(LONGEST_LOOK as usize) {
            let (low, high) = (from.seconds() - day * DAY, to.seconds() - day * DAY);
            for &(a, b) in self.own.hours(day).spans() {
                for &(c, d) in task.hours(day).spans() {
                    let (start, end) = (i64::from(a.max(c)).max(low), i64::from(b.min(d)).min(high));
                    seconds += (end - start).max(0);
                }
            }
        }
        Span::seconds(seconds)
    }

    /// Without the idle time at both ends.
    fn trimmed(self, (from, to): Piece) -> Piece {
        let (start, end) = (self.own.next_start(from), self.own.previous_finish(to));
        if start < end { (start, end) } else { (from, to) }
    }

    fn is_gap(self, from: Instant, to: Instant) -> bool {
        from < to && self.between(from, to) >= SHORTEST_GAP
    }
}

/// Stretches of time with what is worked in each.
struct Stretch {
    piece: Piece,
    work: Span,
}

/// When an assignment is worked on. One whose spread the file leaves out is worked on from its start to its finish.
fn worked(node: Node, assignment: &Assignment, time: WorkingTime, found: &Found) -> Vec<Piece> {
    let mut stretches: Vec<Stretch> = node.children("TimephasedData").filter_map(|node| stretch(node, found)).collect();
    stretches.sort_unstable_by_key(|s| s.piece);
    if stretches.is_empty() {
        let fields = Fields::of(node, found);
        let whole = fields.date("Start").zip(fields.date("Finish")).filter(|(from, to)| from < to && assignment.work.is_positive());
        return whole.into_iter().collect();
    }
    let mut pieces: Vec<Piece> = vec![];
    for (i, stretch) in stretches.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| stretches.get(i));
        let after = stretches.get(i + 1);
        pieces.push(partial(stretch, before, after, assignment, time));
    }
    pieces
}

/// Work remaining (1) and work done (2); stretches without work say nothing.
fn stretch(node: Node, found: &Found) -> Option<Stretch> {
    let fields = Fields::of(node, found);
    if !matches!(fields.int("Type"), Some(1 | 2)) {
        return None;
    }
    let piece = (fields.date("Start")?, fields.date("Finish")?);
    let work = fields.text("Value").and_then(|text| value::duration(&text)).unwrap_or_default();
    (work.is_positive() && piece.0 < piece.1).then_some(Stretch { piece, work })
}

/// A stretch beside a gap may hold less than its time allows: then the work lies at the end away from the gap.
fn partial(stretch: &Stretch, before: Option<&Stretch>, after: Option<&Stretch>, assignment: &Assignment, time: WorkingTime) -> Piece {
    let whole = time.trimmed(stretch.piece);
    let length = Span::from_minutes(stretch.work.as_minutes() * 100.0 / assignment.units.max(1.0));
    let even = assignment.contour == Contour::Flat && assignment.overtime.is_zero();
    if !even || length + SHORTEST_GAP >= time.between(whole.0, whole.1) {
        return whole;
    }
    let gap_before = before.is_some_and(|b| time.is_gap(b.piece.1, stretch.piece.0));
    let gap_after = after.is_some_and(|a| time.is_gap(stretch.piece.1, a.piece.0));
    match (gap_before, gap_after) {
        (false, true) => (whole.0, time.own.add(whole.0, length).min(whole.1)),
        (true, false) => (time.own.add(whole.1, -length).max(whole.0), whole.1),
        _ => whole,
    }
}

/// Pieces with no working time between them as one.
fn joined(pieces: Vec<Piece>, times: &[WorkingTime]) -> Vec<Piece> {
    let mut all: Vec<Piece> = vec![];
    for piece in pieces {
        match all.last_mut() {
            Some(last) if piece.0 <= last.1 || !times.iter().any(|time| time.is_gap(last.1, piece.0)) => last.1 = last.1.max(piece.1),
            _ => all.push(piece),
        }
    }
    all
}
