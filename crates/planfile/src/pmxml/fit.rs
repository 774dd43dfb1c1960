//! A plan of any program as P6 can have it.
use super::losses::{is_held, place};
use crate::{Loss, Plan, lag};
use lantu_calendar::{Calendar, CalendarSpec, Span};
use lantu_schedule::{Activity, ActivityIx, Constraint, ConstraintKind, Dialect, FixedDates, Kind, Lag, Link};
use std::collections::HashSet;

/// The lengths that P6 has for names and codes.
const ACTIVITY_NAME: usize = 120;
const WBS_NAME: usize = 100;
const CODE: usize = 40;

/// The plan with codes that P6 takes, without what it has no place for. What is told as lost by `losses` is not told again.
pub(super) fn for_p6(plan: &Plan, losses: &mut Vec<Loss>) -> Plan {
    let mut plan = plan.clone();
    hold_links(&mut plan);
    hold_times(&mut plan);
    leave_out_inactive(&mut plan);
    for row in &mut plan.activities {
        let is_summary = row.is_summary();
        if let Some(detail) = &mut row.detail {
            detail.assignments.retain(|a| a.resource.is_some() && !is_summary);
        }
    }
    if plan.options.dialect == Dialect::MsProject {
        as_p6_would(&mut plan);
    }
    name_rows(&mut plan, losses);
    plan
}

/// Links between activities only, with lags of work: a day by the clock is a day of work.
fn hold_links(plan: &mut Plan) {
    let links = std::mem::take(&mut plan.links);
    plan.links = links.into_iter().filter(|link| is_held(plan, link)).collect();
    let spans: Vec<Span> = plan.links.iter().map(|link| lag::as_work(plan, link)).collect();
    for (link, span) in plan.links.iter_mut().zip(spans) {
        link.lag = Lag::Work(span);
    }
}

/// Durations by the clock and dates that hold whatever the network says become work and a mandatory start.
fn hold_times(plan: &mut Plan) {
    let is_odd = |row: &Activity| row.elapsed || row.detail.as_ref().is_some_and(|d| d.fixed.is_some());
    if !plan.activities.iter().any(is_odd) {
        return;
    }
    let specs: Vec<CalendarSpec> = plan.calendars.iter().map(|c| c.spec.clone()).collect();
    let calendars = Calendar::resolve(&specs);
    for (row, stored) in plan.activities.iter_mut().zip(&plan.stored) {
        let Some(calendar) = calendars.get(row.calendar.at()).filter(|_| !row.is_summary()) else { continue };
        let work = |from, to| calendar.work_between(from, to).max(Span::ZERO);
        if let (true, Some((start, finish))) = (row.elapsed, stored.start.zip(stored.finish)) {
            row.duration = work(start, finish);
        }
        row.elapsed = false;
        if let Some(FixedDates { start, finish }) = row.detail.as_ref().and_then(|d| d.fixed) {
            row.duration = work(start, finish);
            row.detail_mut().constraint = Some(Constraint { kind: ConstraintKind::MustStartOn, date: start });
        }
    }
}

/// P6 has no inactive activities.
fn leave_out_inactive(plan: &mut Plan) {
    let is_out = |row: &Activity| !row.is_summary() && row.detail.as_ref().is_some_and(|d| d.inactive);
    if !plan.activities.iter().any(is_out) {
        return;
    }
    let mut next = 0;
    let places: Vec<Option<ActivityIx>> = (plan.activities.iter())
        .map(|row| {
            next += u32::from(!is_out(row));
            (!is_out(row)).then(|| ActivityIx(next - 1))
        })
        .collect();
    let place = |ix: ActivityIx| places.get(ix.at()).copied().flatten();
    let mut stays = places.iter().map(Option::is_some).cycle();
    plan.activities.retain(|_| stays.next().unwrap_or(true));
    plan.labels.retain(|_| stays.next().unwrap_or(true));
    plan.stored.retain(|_| stays.next().unwrap_or(true));
    for row in &mut plan.activities {
        row.parent = row.parent.and_then(place);
    }
    let links = std::mem::take(&mut plan.links);
    let moved = |link: Link| Some(Link { predecessor: place(link.predecessor)?, successor: place(link.successor)?, ..link });
    plan.links = links.into_iter().filter_map(moved).collect();
}

/// A data date, planned dates, and milestones by their kind: a task of no length is one to MS Project.
fn as_p6_would(plan: &mut Plan) {
    plan.options.data_date = plan.options.data_date.or(Some(plan.options.start));
    for (row, stored) in plan.activities.iter_mut().zip(&mut plan.stored) {
        stored.planned_start = stored.planned_start.or(stored.start);
        stored.planned_finish = stored.planned_finish.or(stored.finish);
        if row.kind == Kind::Task && row.duration.is_zero() {
            row.kind = Kind::FinishMilestone;
        }
    }
}

/// Activity ids are unique and not empty; names are not longer than P6 has room for.
fn name_rows(plan: &mut Plan, losses: &mut Vec<Loss>) {
    let mut taken = HashSet::new();
    for (row, label) in plan.activities.iter().zip(&mut plan.labels) {
        label.guid = label.guid.take().and_then(|guid| braced(&guid));
        let room = if row.is_summary() { WBS_NAME } else { ACTIVITY_NAME };
        if let Some(cut) = cut(&label.name, room) {
            losses.push(Loss { code: "name_cut", place: place(row), found: crate::xml::shortened(&label.name) });
            label.name = cut;
        }
        if let Some(cut) = cut(&label.code, CODE) {
            label.code = cut;
        }
        if row.is_summary() {
            if label.code.is_empty() {
                label.code = row.uid.to_string();
            }
        } else if label.code.is_empty() || !taken.insert(label.code.clone()) {
            let was = std::mem::replace(&mut label.code, free_code(row.uid, &taken));
            taken.insert(label.code.clone());
            losses.push(Loss { code: "activity_id_made", place: place(row), found: was });
        }
    }
}

/// P6 has identities in braces; what is none is left out, for P6 would refuse the file.
fn braced(guid: &str) -> Option<String> {
    let bare = guid.trim().trim_start_matches('{').trim_end_matches('}');
    let lengths = bare.split('-').map(|part| if part.bytes().all(|b| b.is_ascii_hexdigit()) { part.len() } else { 0 });
    lengths.eq([8, 4, 4, 4, 12]).then(|| format!("{{{bare}}}"))
}

fn cut(text: &str, room: usize) -> Option<String> {
    text.char_indices().nth(room).and_then(|(at, _)| text.get(..at)).map(str::to_owned)
}

fn free_code(uid: i64, taken: &HashSet<String>) -> String {
    let first = format!("A{uid}");
    if !taken.contains(&first) {
        return first;
    }
    (1..).map(|n| format!("A{uid}-{n}")).find(|code| !taken.contains(code)).unwrap_or(first)
}
