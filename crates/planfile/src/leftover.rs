//! What a file holds beside its plans, and what therefore stays behind when it is written in another format.
use crate::{Format, Loss, PlanFile, Source, xml::Node};
use std::collections::BTreeMap;

/// Objects of P6's XML that plans carry, or that are of no use without P6's database.
const PMXML: &[&str] = &[
    "APIBusinessObjects",
    "Activity",
    "ActivityNote",
    "BaselineProject",
    "Calendar",
    "Currency",
    "EPS",
    "GlobalPreferences",
    "HolidayOrException",
    "HolidayOrExceptions",
    "NotebookTopic",
    "OBS",
    "Project",
    "Relationship",
    "Resource",
    "ResourceAssignment",
    "ResourceRate",
    "ScheduleOptions",
    "StandardWorkHours",
    "StandardWorkWeek",
    "WBS",
    "WorkTime",
];

/// Objects of Microsoft Project's XML that plans carry, the lists they stand in, and how windows look.
const MSPDI: &[&str] = &[
    "Assignment",
    "Assignments",
    "AvailabilityPeriods",
    "BarInfos",
    "BarText",
    "Calendar",
    "Calendars",
    "Exception",
    "Exceptions",
    "ExtendedAttributes",
    "Filters",
    "Group",
    "Groups",
    "InfosForBar",
    "Maps",
    "OutlineCodes",
    "PredecessorLink",
    "Project",
    "Rates",
    "Reports",
    "Resource",
    "Resources",
    "Tables",
    "Task",
    "Tasks",
    "TimePeriod",
    "TimephasedData",
    "VBAProjects",
    "View",
    "Views",
    "WBSMasks",
    "WeekDay",
    "WeekDays",
    "WorkWeek",
    "WorkWeeks",
    "WorkingTime",
    "WorkingTimes",
];

/// Tables of P6 that plans carry, or that are of no use without P6's database.
const XER: &[&str] =
    &["CALENDAR", "CURRTYPE", "OBS", "PROJECT", "PROJWBS", "RSRC", "RSRCRATE", "SCHEDOPTIONS", "TASK", "TASKPRED", "TASKRSRC", "UMEASURE"];

/// What stays behind in a format, by sort, with how many there are of each.
pub(crate) fn left_behind(file: &PlanFile, format: Format) -> Vec<Loss> {
    let mut counts = Counts::default();
    if format != Format::Json {
        of_chance(file, &mut counts);
    }
    match &file.source {
        _ if format == file.format => {}
        Source::None => {}
        Source::Json(rest) => rest.keys(|list, key| counts.add(&format!("{list}{key}"))),
        Source::Xer(source) => of_tables(source.bytes(), &mut counts),
        Source::Pmxml(source) => of_elements(source.root(), PMXML, &mut counts),
        Source::Mspdi(source) => of_elements(source.root(), MSPDI, &mut counts),
    }
    counts.into_losses()
}

/// What is unsure, which only JSON holds; named as it is there.
fn of_chance(file: &PlanFile, counts: &mut Counts) {
    for unsure in file.plans.iter().map(|p| &p.uncertainty) {
        let lists = [
            ("activities/range", unsure.ranges.len()),
            ("correlations", unsure.correlations.len()),
            ("risks", unsure.risks.len()),
            ("weather", unsure.weather.len()),
        ];
        lists.into_iter().for_each(|(list, n)| (0..n).for_each(|_| counts.add(list)));
    }
}

#[derive(Default)]
struct Counts {
    parts: BTreeMap<String, usize>,
    costs: usize,
}

impl Counts {
    fn add(&mut self, part: &str) {
        match self.parts.get_mut(part) {
            Some(n) => *n += 1,
            None => drop(self.parts.insert(part.to_owned(), 1)),
        }
    }

    fn into_losses(self) -> Vec<Loss> {
        let part = |(part, n)| Loss { code: "part_not_carried", place: String::new(), found: format!("{part} × {n}") };
        let mut losses: Vec<Loss> = self.parts.into_iter().map(part).collect();
        if self.costs > 0 {
            losses.push(Loss { code: "costs_not_carried", place: String::new(), found: self.costs.to_string() });
        }
        losses
    }
}

/// Objects are the elements that have elements in them.
fn of_elements(root: Node<'_>, carried: &[&str], counts: &mut Counts) {
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        let before = waiting.len();
        waiting.extend(node.elements());
        let is_object = waiting.len() > before;
        let name = node.name();
        if is_object && name == "Baseline" {
            // The first baseline is carried; it has no number, or nought.
            if node.child_text("Number").is_some_and(|n| n != "0") {
                counts.add(name);
            }
        } else if is_object && carried.binary_search(&name).is_err() {
            counts.add(name);
        } else if !is_object && name.ends_with("Cost") && node.value().is_some_and(|v| is_some_money(&v)) {
            counts.costs += 1;
        }
    }
}

fn of_tables(bytes: &[u8], counts: &mut Counts) {
    let (mut table, mut carried, mut costs) = (String::new(), true, vec![]);
    for line in bytes.split(|b| *b == b'\n') {
        let mut cells = line.split(|b| *b == b'\t');
        match cells.next() {
            Some(b"%T") => {
                table = String::from_utf8_lossy(cells.next().unwrap_or_default()).trim().to_owned();
                carried = XER.binary_search(&table.as_str()).is_ok();
            }
            Some(b"%F") => costs = cells.map(|c| c.trim_ascii().ends_with(b"_cost")).collect(),
            Some(b"%R") if !carried => counts.add(&table),
            Some(b"%R") => {
                let money = |(cell, cost): (&[u8], &bool)| *cost && is_some_money(&String::from_utf8_lossy(cell));
                counts.costs += cells.zip(&costs).filter(|(cell, cost)| money((cell, cost))).count();
            }
            _ => {}
        }
    }
}

fn is_some_money(text: &str) -> bool {
    text.chars().any(|c| ('1'..='9').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order_for_searching() {
        assert!(PMXML.is_sorted() && MSPDI.is_sorted() && XER.is_sorted());
    }

    #[test]
    fn tables_and_costs_are_counted() {
        let mut counts = Counts::default();
        of_tables(b"%T\tTASK\n%F\ttask_id\tact_cost\n%R\t1\t0.0\n%R\t2\t12.5\n%T\tUDFVALUE\n%F\ta\n%R\t1\n%R\t2\n%E\n", &mut counts);
        let losses: Vec<_> = counts.into_losses().into_iter().map(|l| (l.code, l.found)).collect();
        assert_eq!(losses, [("part_not_carried", "UDFVALUE × 2".to_owned()), ("costs_not_carried", "1".to_owned())]);
    }
}
