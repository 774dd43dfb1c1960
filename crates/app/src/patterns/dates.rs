//! A pattern's dates from a day, as `lantu network` tells them.
use super::view::{MilestoneDate, PatternDatesView, StepDates};
use jiff::civil::Date;
use lantu_pack::{Facts, Milestone, Pack, Pattern};
use lantu_rules::pattern::{Dated, Landmark, PatternDates, Steps, steps};

/// `None` when they reach beyond what dates can hold.
pub(super) fn dates(pack: &Pack, pattern: &Pattern, start: Date, facts: &Facts) -> Option<PatternDatesView> {
    let steps = steps(pattern, facts, &[]);
    let dates = PatternDates::of(&steps, pack.calendar_data(), start).ok()?;
    Some(view(&steps, &dates))
}

/// Working days to the start of works and to the end, with every step.
pub(super) fn offsets(pack: &Pack, pattern: &Pattern, day: Date) -> (Option<i64>, Option<i64>) {
    let steps = steps(pattern, &Facts::default(), &[]);
    let Ok(dates) = PatternDates::of(&steps, pack.calendar_data(), day) else { return (None, None) };
    (dates.landmark(Milestone::Start).map(|l| l.offset), Some(dates.finish_offset))
}

fn view(steps: &Steps<'_>, dates: &PatternDates<'_>) -> PatternDatesView {
    let id = |at: &usize| steps.needed.get(*at).map(|a| a.id.clone());
    PatternDatesView {
        start: dates.start,
        finish: dates.finish,
        finish_offset: dates.finish_offset,
        provisional: dates.provisional,
        steps: dates.rows.iter().map(step).collect(),
        milestones: dates.landmarks.iter().map(|l| milestone(l, dates)).collect(),
        left_out: steps.left_out.iter().map(|l| l.activity.id.clone()).collect(),
        undecided: steps.undecided.iter().filter_map(id).collect(),
    }
}

fn step(row: &Dated<'_>) -> StepDates {
    StepDates {
        id: row.activity.id.clone(),
        start: row.early_start,
        finish: row.early_finish,
        total_float: row.total_float,
        critical: row.critical,
    }
}

fn milestone(landmark: &Landmark, dates: &PatternDates<'_>) -> MilestoneDate {
    let id = |at: usize| dates.rows.get(at).map(|r| r.activity.id.clone());
    MilestoneDate {
        milestone: landmark.milestone.key().to_owned(),
        id: id(landmark.row).unwrap_or_default(),
        day: landmark.day,
        offset: landmark.offset,
        approval_days: (landmark.milestone == Milestone::Start).then(|| dates.approval_days(landmark.offset)),
        path: landmark.path.iter().filter_map(|at| id(*at)).collect(),
    }
}
