//! Elements of P6's XML made from a plan, each with all that P6 asks for.
use super::texts::{self, Ids, Text, Texts, date, decimal, flag, hours};
use super::week::Plain;
use crate::xml::XmlBuilder;
use crate::{CalendarKind, Plan, PlanCalendar, Resource};
use lantu_schedule::{ActivityIx, Assignment, Link};

/// Writes fields in the order of the schema, which is that of their names.
pub(super) fn write(xml: &mut XmlBuilder, element: &'static str, mut fields: Texts) {
    xml.open(element);
    write_fields(xml, &mut fields);
    xml.close();
}

fn write_fields(xml: &mut XmlBuilder, fields: &mut Texts) {
    fields.sort_by_key(|(name, _)| *name);
    for (name, text) in fields {
        xml.leaf_if(name, text.as_deref());
    }
}

fn constant(fields: &[(&'static str, &'static str)]) -> Texts {
    fields.iter().map(|(name, text)| (*name, Some(Text::from(*text)))).collect()
}

pub(super) fn calendar(xml: &mut XmlBuilder, calendar: &PlanCalendar, uid: i64, plain: &Plain, project: &str, is_default: bool) {
    let week = plain.week_hours();
    let day = calendar.minutes_per_day.map_or(if week > 0.0 { week / 5.0 } else { 8.0 }.min(24.0), |m| f64::from(m) / 60.0);
    let mut fields = calendar_fields(calendar, project);
    fields.retain(|(name, _)| *name != "HoursPerDay");
    fields.extend([
        ("HoursPerDay", Some(decimal(day))),
        ("HoursPerMonth", Some(decimal(week.max(day) * 4.3))),
        ("HoursPerWeek", Some(decimal(week.max(day)))),
        ("HoursPerYear", Some(decimal(week.max(day) * 52.0))),
        ("IsDefault", Some(flag(is_default))),
        ("IsPersonal", Some(flag(false))),
        ("ObjectId", Some(uid.to_string().into())),
    ]);
    xml.open("Calendar");
    write_fields(xml, &mut fields);
    plain.write_week(xml);
    plain.write_days(xml);
    xml.close();
}

/// What a calendar says besides its hours.
pub(super) fn calendar_fields(calendar: &PlanCalendar, project: &str) -> Texts {
    vec![
        ("HoursPerDay", calendar.minutes_per_day.map(|m| decimal(f64::from(m) / 60.0))),
        ("Name", Some(calendar.name.clone().into())),
        ("ProjectObjectId", (calendar.kind == CalendarKind::Project).then(|| project.to_owned().into())),
        ("Type", Some(super::words::word(super::words::CALENDARS, &calendar.kind).into())),
    ]
}

pub(super) fn resource(xml: &mut XmlBuilder, resource: &Resource, uid: i64, ids: &Ids) {
    let mut fields = texts::resource(resource, ids);
    let units = decimal(resource.max_units / 100.0);
    fields.extend(constant(&[("AutoComputeActuals", "1"), ("CalculateCostFromUnits", "1"), ("CurrencyObjectId", "1"), ("IsActive", "1")]));
    fields.extend([
        ("DefaultUnitsPerTime", Some(units.clone())),
        ("MaxUnitsPerTime", Some(units)),
        ("ObjectId", Some(uid.to_string().into())),
        ("SequenceNumber", Some("0".into())),
    ]);
    write(xml, "Resource", fields);
}

pub(super) fn wbs(xml: &mut XmlBuilder, plan: &Plan, ix: ActivityIx, ids: &Ids) {
    let mut fields = texts::wbs(plan, ix, ids);
    fields.extend(texts::reckoned(plan, ix));
    fields.push(("SequenceNumber", Some(ix.0.to_string().into())));
    fields.extend(constant(&[("Status", "Active")]));
    write(xml, "WBS", fields);
}

pub(super) fn activity(xml: &mut XmlBuilder, plan: &Plan, ix: ActivityIx, ids: &Ids) {
    let mut fields = texts::activity(plan, ix, ids);
    fields.extend(texts::reckoned(plan, ix));
    fields.extend(constant(&[("LevelingPriority", "Normal"), ("PercentCompleteType", "Duration")]));
    write(xml, "Activity", fields);
}

pub(super) fn link(xml: &mut XmlBuilder, plan: &Plan, link: &Link, ids: &Ids, uid: i64) {
    let mut fields = texts::link(plan, link, ids);
    fields.push(("ObjectId", Some(uid.to_string().into())));
    write(xml, "Relationship", fields);
}

/// P6 asks for planned dates and units of an assignment.
pub(super) fn assignment(xml: &mut XmlBuilder, plan: &Plan, ix: ActivityIx, a: &Assignment, ids: &Ids, uid: i64) {
    let stored = &plan.stored[ix.at()];
    let resource = a.resource.and_then(|at| plan.resources.get(at as usize));
    let (start, finish) = (stored.planned_start.or(stored.start), stored.planned_finish.or(stored.finish));
    let mut fields = texts::assignment(plan, ix, a, ids);
    fields.extend(constant(&[("RateSource", "Resource"), ("RateType", "Price / Unit")]));
    fields.extend([
        ("ObjectId", Some(uid.to_string().into())),
        ("PlannedFinishDate", finish.map(date)),
        ("PlannedStartDate", start.map(date)),
        ("PlannedUnits", Some(hours(a.work))),
        ("PlannedUnitsPerTime", Some(decimal(a.units / 100.0))),
        ("ProjectObjectId", Some(ids.project.clone().into())),
        ("ResourceObjectId", a.resource.and_then(|at| ids.resources.get(at as usize)).map(|uid| uid.to_string().into())),
        ("ResourceType", resource.map(|r| super::words::word(super::words::RESOURCES, &texts::kind_of(r)).into())),
    ]);
    write(xml, "ResourceAssignment", fields);
}

pub(super) fn settings(xml: &mut XmlBuilder, plan: &Plan, ids: &Ids) {
    let mut fields = texts::settings(&plan.options);
    fields.push(("ProjectObjectId", Some(ids.project.clone().into())));
    fields.extend(constant(&[
        ("CalculateFloatBasedOnFinishDate", "1"),
        ("ExternalProjectPriorityLimit", "5"),
        ("IncludeExternalResAss", "0"),
        ("LevelAllResources", "1"),
        ("LevelWithinFloat", "0"),
        ("MaximumMultipleFloatPaths", "10"),
        ("MinFloatToPreserve", "1"),
        ("MultipleFloatPathsEnabled", "0"),
        ("MultipleFloatPathsUseTotalFloat", "1"),
        ("OverAllocationPercentage", "25"),
        ("PreserveScheduledEarlyAndLateDates", "1"),
    ]));
    write(xml, "ScheduleOptions", fields);
}

/// A project's own fields; the element stays open.
pub(super) fn project(xml: &mut XmlBuilder, plan: &Plan, ids: &Ids) {
    let mut fields = texts::project(plan, ids);
    fields.push(("ObjectId", Some(ids.project.clone().into())));
    fields.extend(constant(&[
        ("ActivityDefaultActivityType", "Task Dependent"),
        ("ActivityDefaultDurationType", "Fixed Duration and Units"),
        ("ActivityDefaultPercentCompleteType", "Duration"),
        ("ActivityDefaultPricePerUnit", "0"),
        ("ActivityIdBasedOnSelectedActivity", "1"),
        ("ActivityIdIncrement", "10"),
        ("ActivityIdPrefix", "A"),
        ("ActivityIdSuffix", "1000"),
        ("ActivityPercentCompleteBasedOnActivitySteps", "0"),
        ("AddActualToRemaining", "0"),
        ("AssignmentDefaultDrivingFlag", "1"),
        ("AssignmentDefaultRateType", "Price / Unit"),
        ("DefaultPriceTimeUnits", "Hour"),
        ("DiscountApplicationPeriod", "Month"),
        ("EarnedValueComputeType", "Activity Percent Complete"),
        ("EarnedValueETCComputeType", "ETC = Remaining Cost for Activity"),
        ("EnableSummarization", "1"),
        ("FiscalYearStartMonth", "1"),
        ("LevelingPriority", "10"),
        ("LinkActualToActualThisPeriod", "1"),
        ("LinkPercentCompleteWithActual", "1"),
        ("LinkPlannedAndAtCompletionFlag", "1"),
        ("PrimaryResourcesCanMarkActivitiesAsCompleted", "1"),
        ("ResetPlannedToRemainingFlag", "0"),
        ("ResourceCanBeAssignedToSameActivityMoreThanOnce", "1"),
        ("RiskLevel", "Medium"),
        ("Status", "Active"),
        ("StrategicPriority", "500"),
        ("SummarizeToWBSLevel", "2"),
        ("SummaryLevel", "Assignment Level"),
        ("UseProjectBaselineForEarnedValue", "1"),
        ("WBSCodeSeparator", "."),
    ]));
    xml.open("Project");
    write_fields(xml, &mut fields);
}
