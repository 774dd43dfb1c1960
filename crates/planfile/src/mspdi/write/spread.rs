//! Work over time, written where work is not in one piece: without it the gaps would be lost.
use super::{
    entry::{self, entry, maybe},
    numbers::Numbers,
};
use crate::mspdi::value::{date_text, duration_text};
use crate::xml::XmlBuilder;
use lantu_calendar::{DAY, Instant, Span};
use lantu_schedule::{Activity, Assignment};

/// So many stretches one assignment has at the most; longer work is written in fewer, longer ones.
const MOST: i64 = 1_000;

/// The spread of an assignment's work over the pieces of its activity; nothing for work in one piece.
pub(super) fn put(xml: &mut XmlBuilder, numbers: &Numbers, activity: &Activity, assignment: &Assignment, uid: i64) {
    let Some(detail) = activity.detail.as_deref().filter(|d| d.splits.len() > 1 && assignment.drives) else { return };
    let Some(calendar) = numbers.working(assignment.calendar.at()) else { return };
    let whole = detail.splits.first().zip(detail.splits.last()).map_or(0, |(a, b)| (b.1 - a.0).as_seconds());
    // 2 is days, 8 years.
    let (step, unit) = if whole / DAY <= MOST { (DAY, "2") } else { (i64::MAX / 4, "8") };
    for &(from, to) in &detail.splits {
        let mut start = from;
        while start < to {
            let day = Instant::from_seconds(start.seconds().saturating_add(step)).clamped();
            let stop = detail.stop.filter(|stop| start < *stop).unwrap_or(to);
            let end = day.min(stop).min(to);
            if end <= start {
                break;
            }
            let work = calendar.work_between(start, end).percent(assignment.units);
            let done = detail.stop.is_some_and(|stop| end <= stop) && assignment.actual_work.is_positive();
            stretch(xml, if done { "2" } else { "1" }, uid, (start, end), unit, work);
            start = end;
        }
    }
}

fn stretch(xml: &mut XmlBuilder, kind: &'static str, uid: i64, (start, end): (Instant, Instant), unit: &'static str, work: Span) {
    xml.open("TimephasedData");
    let value = work.is_positive().then(|| duration_text(work));
    let ends = [entry("Start", date_text(start)), entry("Finish", date_text(end))];
    entry::put(xml, &[entry("Type", kind), entry("UID", uid.to_string())]);
    entry::put(xml, &ends);
    entry::put(xml, &[entry("Unit", unit), maybe("Value", value)]);
    xml.close();
}
