//! How statistics class a project under construction in a year, and when works look as if they had stopped.
use jiff::{ToSpan, civil::Date};
use lantu_model::{Money, Problem, Project, StageKind, Status, YearMonth};

/// 新开工 or 续建: derived from the statistical start, so that a resumed project is never started twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartClass {
    NotStarted,
    StartedThisYear,
    CarriedOver,
}

pub fn start_class(project: &Project, year: i16) -> StartClass {
    match project.lifecycle.stage.started() {
        Some(d) if d.year() == year => StartClass::StartedThisYear,
        Some(d) if d.year() < year => StartClass::CarriedOver,
        _ => StartClass::NotStarted,
    }
}

/// 施工项目 of a year, split as the statistics form does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorksOfYear {
    /// 本年正式施工
    Working,
    /// 本年收尾: completed in an earlier year, money still spent in this one.
    Finishing,
    /// 以前年度全部停缓建: stood still all year since an earlier one.
    StoodStill,
}

/// `None`: no works in the year.
pub fn works_of_year(project: &Project, year: i16) -> Option<WorksOfYear> {
    let stage = &project.lifecycle.stage;
    let started = stage.started().filter(|d| d.year() <= year)?;
    let spent = project.ytd_done.iter().any(|(m, done)| m.year() == year && done.fen() > 0);
    if stage.completed().is_some_and(|d| d.year() < year) {
        return spent.then_some(WorksOfYear::Finishing);
    }
    match &project.lifecycle.status {
        Status::Halted { on, .. } if on.year() < year && !spent => Some(WorksOfYear::StoodStill),
        Status::Terminated { on, .. } if on.year() < year => None,
        _ => Some(WorksOfYear::Working).filter(|_| started.year() <= year),
    }
}

/// What a person should look at, on a day: works without money, a halt that must be reported, a permit to be verified again.
pub fn work_doubts(project: &Project, today: Date) -> Vec<Problem> {
    let mut found = vec![];
    if let Some(months) = months_without_money(project, today).filter(|m| *m >= 3) {
        found.push(Problem::warn("suspected_halt").at("status").with("months", months));
    }
    if let Status::Halted { on, .. } = &project.lifecycle.status {
        if on.saturating_add(1.year()) <= today {
            found.push(Problem::warn("permit_reverify").at("status").with("on", on));
        } else if on.saturating_add(1.month()) >= today {
            found.push(Problem::info("halt_report").at("status").with("due", on.saturating_add(1.month())));
        }
    }
    found
}

/// Whole months up to the last report in which works under way took no money.
fn months_without_money(project: &Project, today: Date) -> Option<i64> {
    if project.lifecycle.stage.kind() != StageKind::Building || !matches!(project.lifecycle.status, Status::Active) {
        return None;
    }
    let reports: Vec<(YearMonth, Money)> = project.ytd_done.iter().filter(|(m, _)| m.first_day() <= today).map(|(m, d)| (*m, *d)).collect();
    let (last, total) = *reports.last()?;
    let same_since = reports.iter().rev().take_while(|(m, d)| m.year() == last.year() && *d == total).last()?.0;
    let flat = i64::from(last.month()) - i64::from(same_since.month());
    // A year that has brought nothing so far stands still from its first month.
    Some(if total == Money::ZERO { i64::from(last.month()) } else { flat })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use lantu_model::{Level, Stage, StatusKind};

    fn building(started: Date) -> Project {
        let p = Project::admit("00000000-0000-7000-8000-000000000001".parse().unwrap(), Level::Project, "示例").unwrap();
        p.correct_stage(Stage::Building { started }, "补登").unwrap().0
    }

    fn reported(mut p: Project, figures: &[(i16, i8, i64)]) -> Project {
        for (y, m, wan) in figures {
            p = p.report_ytd(YearMonth::new(*y, *m).unwrap(), Money::from_wan(*wan).unwrap()).unwrap().0;
        }
        p
    }

    #[test]
    fn a_start_is_counted_once_however_often_works_resume() {
        let today = date(2026, 6, 1);
        let p = building(date(2025, 3, 1));
        let (p, _) = p.change_status(StatusKind::Halted, date(2025, 9, 1), "资金", today).unwrap();
        assert_eq!(works_of_year(&p, 2026), Some(WorksOfYear::StoodStill));
        let (p, _) = p.change_status(StatusKind::Active, date(2026, 4, 1), "复工", today).unwrap();
        assert_eq!(start_class(&p, 2025), StartClass::StartedThisYear);
        assert_eq!(start_class(&p, 2026), StartClass::CarriedOver);
        assert_eq!(start_class(&p, 2024), StartClass::NotStarted);
        assert_eq!(works_of_year(&p, 2026), Some(WorksOfYear::Working));
    }

    #[test]
    fn money_after_completion_is_finishing() {
        let p = building(date(2024, 3, 1));
        let done = Stage::Completed { started: date(2024, 3, 1), completed: date(2025, 11, 1) };
        let p = p.correct_stage(done, "补登").unwrap().0;
        assert_eq!(works_of_year(&p, 2026), None);
        assert_eq!(works_of_year(&reported(p, &[(2026, 3, 120)]), 2026), Some(WorksOfYear::Finishing));
    }

    #[test]
    fn three_months_without_money_look_like_a_halt() {
        let today = date(2026, 6, 10);
        let p = reported(building(date(2025, 3, 1)), &[(2026, 2, 500), (2026, 3, 500), (2026, 4, 500), (2026, 5, 500)]);
        let codes = |p: &Project| work_doubts(p, today).into_iter().map(|d| d.code).collect::<Vec<_>>();
        assert_eq!(codes(&p), ["suspected_halt"]);
        let p = reported(p, &[(2026, 5, 620)]);
        assert!(codes(&p).is_empty());
        assert_eq!(codes(&reported(building(date(2025, 3, 1)), &[(2026, 2, 0), (2026, 3, 0)])), ["suspected_halt"]);
    }

    #[test]
    fn a_year_of_standing_asks_for_the_permit_to_be_verified() {
        let p = building(date(2024, 3, 1)).change_status(StatusKind::Halted, date(2025, 5, 1), "资金", date(2025, 5, 2)).unwrap().0;
        assert_eq!(work_doubts(&p, date(2025, 5, 20))[0].code, "halt_report");
        assert_eq!(work_doubts(&p, date(2025, 12, 1)), vec![]);
        assert_eq!(work_doubts(&p, date(2026, 5, 1))[0].code, "permit_reverify");
    }
}
