use super::*;
use crate::{ProjectId, project::Level};
use jiff::civil::date;
use uuid::Uuid;

fn project() -> Project {
    Project::admit(ProjectId::new(Uuid::from_u128(1)), Level::Project, "示例厂").unwrap()
}

fn file(id: &str, hash: &str, about: Option<About>) -> Evidence {
    let (hash, name, media) = (hash.to_owned(), "桩基记录.pdf".to_owned(), "application/pdf".to_owned());
    Evidence { id: id.into(), hash, name, media, size: 9, on: date(2026, 5, 18), about, note: None, by: None }
}

fn version(id: &str, evidence: &str) -> PlanFile {
    let finish = date(2027, 1, 1).at(17, 0, 0, 0);
    PlanFile {
        id: id.into(),
        evidence: evidence.into(),
        name: "总进度.xer".into(),
        format: "xer".into(),
        project: "A1".into(),
        read_on: date(2026, 5, 18),
        data_date: None,
        finish,
        activities: 3,
        ties: vec![],
    }
}

#[test]
fn old_projects_have_no_files_and_say_nothing_of_them() {
    let text = serde_json::to_value(project()).unwrap();
    assert!(text.get("evidence").is_none() && text.get("plan_files").is_none());
    assert_eq!(serde_json::from_value::<Project>(text).unwrap(), project());
}

#[test]
fn the_same_file_is_added_once() {
    let milestone = || Some(About::parse("milestone:start").unwrap());
    let (p, _) = project().add_evidence(vec![file("1", "aa", None), file("2", "aa", None), file("3", "aa", milestone())]).unwrap();
    assert_eq!(p.evidence.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["1", "3"]);
}

#[test]
fn a_file_about_nothing_that_is_there_is_refused_with_all_others() {
    let about = |text| Some(About::parse(text).unwrap());
    let files = vec![file("1", "aa", about("activity:A01")), file("2", "bb", about("formality:eia"))];
    let refused = project().add_evidence(files).unwrap_err();
    assert_eq!(refused.unmet.len(), 2);
    assert_eq!(refused.unmet[0].code, "evidence_about_unknown");
    assert_eq!(About::parse("milestone:nonsense"), None);
    assert_eq!(About::parse("activity:"), None);
}

#[test]
fn a_schedules_file_stays_while_it_is_leaned_on() {
    let (p, _) = project().add_plan_file(file("1", "aa", None), version("f", "1"));
    assert_eq!(p.remove_evidence("1").unwrap_err().unmet[0].code, "evidence_is_schedule");
    let (p, _) = p.remove_plan_file("f").unwrap();
    assert!(p.evidence.is_empty() && p.plan_files.is_empty());
    assert_eq!(p.remove_plan_file("f").unwrap_err().unmet[0].code, "plan_file_gone");
    assert_eq!(p.remove_evidence("1").unwrap_err().unmet[0].code, "evidence_gone");
}

#[test]
fn ties_are_to_steps_that_are_there() {
    let (p, _) = project().add_plan_file(file("1", "aa", None), version("f", "1"));
    let tie = [FileTie { uid: 7, activity: "A01".into() }, FileTie { uid: 8, activity: "A02".into() }];
    assert_eq!(p.tie_file("f", &tie, &[]).unwrap_err().unmet.len(), 2);
    assert_eq!(p.tie_file("g", &[], &[]).unwrap_err().unmet[0].code, "plan_file_gone");
}
