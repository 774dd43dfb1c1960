//! The tables RSRC and TASKRSRC.
use super::cells::Reader;
use super::sheet::{Row, RowAt};
use super::words::RESOURCES;
use crate::{Resource, ResourceKind};
use lantu_calendar::Span;
use lantu_schedule::{Activity, Assignment, CalendarIx, Contour, Delay};
use std::collections::HashMap;

/// A resource with its row; its calendar is still P6's number.
#[derive(Clone, Debug)]
pub(super) struct FileResource {
    pub resource: Resource,
    pub calendar: Option<i64>,
    pub row: RowAt,
}

/// All resources of the file.
pub(super) fn read(reader: &mut Reader<'_>) -> Vec<FileResource> {
    let sheet = reader.sheet;
    let most = most_units(reader);
    let (mut list, mut seen) = (vec![], HashMap::new());
    for row in sheet.rows("RSRC") {
        let Some(uid) = reader.key(&row, "rsrc_id") else { continue };
        if seen.insert(uid, ()).is_some() {
            reader.findings.lose("id_twice", || row.place("rsrc_id"), &uid.to_string());
            continue;
        }
        let resource = Resource {
            uid,
            code: reader.text(&row, "rsrc_short_name"),
            name: reader.text(&row, "rsrc_name"),
            kind: reader.word(&row, "rsrc_type", RESOURCES).unwrap_or_default(),
            calendar: None,
            max_units: most.get(&uid).copied().unwrap_or(100.0),
        };
        list.push(FileResource { resource, calendar: reader.id(&row, "clndr_id"), row: row.at });
    }
    list
}

/// How many units of each resource there are, in hundredths: the first rate that says so.
fn most_units(reader: &mut Reader<'_>) -> HashMap<i64, f64> {
    let mut most = HashMap::new();
    for row in reader.sheet.rows("RSRCRATE") {
        if let (Some(uid), Some(units)) = (reader.id(&row, "rsrc_id"), reader.number(&row, "max_qty_per_hr")) {
            most.entry(uid).or_insert(units * 100.0);
        }
    }
    most
}

/// What an assignment's row needs to know of its plan.
pub(super) struct Around<'p> {
    pub resources: &'p [Resource],
    pub places: &'p HashMap<i64, u32>,
}

/// One row of TASKRSRC.
pub(super) fn assignment(reader: &mut Reader<'_>, row: &Row<'_>, around: &Around<'_>, activity: &Activity) -> Assignment {
    let resource = reader.id(row, "rsrc_id").and_then(|uid| {
        let place = around.places.get(&uid).copied();
        if place.is_none() {
            reader.findings.lose("unknown_resource", || row.place("rsrc_id"), &uid.to_string());
        }
        place
    });
    let known = resource.and_then(|r| around.resources.get(r as usize));
    let kind = reader.word(row, "rsrc_type", RESOURCES).or(known.map(|r| r.kind)).unwrap_or_default();
    let mut hours = |column| reader.hours(row, column);
    let remaining_work = hours("remain_qty").unwrap_or_default();
    let overtime = hours("act_ot_qty").unwrap_or_default();
    let actual_work = hours("act_reg_qty").unwrap_or_default() + overtime;
    let delay = hours("target_lag_drtn_hr_cnt").filter(|d| *d != Span::ZERO);
    let mut rate = |column| reader.number(row, column);
    let (to_come, planned) = (rate("remain_qty_per_hr"), rate("target_qty_per_hr"));
    // What is done has no rate any more; no rate for work to come means that it takes no time.
    let units = to_come.filter(|u| *u != 0.0 || !remaining_work.is_zero()).or(planned).unwrap_or_default() * 100.0;
    Assignment {
        resource,
        calendar: known.and_then(|r| r.calendar).map_or(activity.calendar, CalendarIx),
        drives: matches!(kind, ResourceKind::Labor | ResourceKind::Nonlabor),
        units,
        work: actual_work + remaining_work,
        remaining_work,
        actual_work,
        overtime,
        delay: delay.map(|span| Delay { span, elapsed: false }),
        leveling_delay: None,
        contour: if row.bytes("curv_id").is_some() { Contour::Contoured } else { Contour::Flat },
    }
}
