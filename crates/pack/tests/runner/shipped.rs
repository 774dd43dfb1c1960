//! The shipped packs load, and say what the domain says.
use jiff::civil::{Date, date};
use lantu_calendar::{Instant, Span};
use lantu_model::{
    Formality, FormalityState, Holding, Level, Nature, OrgId, Owner, Period, Procedure, Project, ProjectCodeEntry, ProjectId,
    Responsibility, Role, Severity, StageKind, words::Lang,
};
use lantu_pack::{Pack, Place, embedded, embedded_names, pretty};
use std::str::FromStr;

fn pack(name: &str) -> Pack {
    let files = embedded(name).unwrap_or_else(|| panic!("{name} is not embedded"));
    Pack::load(&files).unwrap_or_else(|problems| panic!("{name}:\n{}", pretty(&problems, Lang::En)))
}

fn demo(pack: &Pack) -> &Place {
    pack.place("demo").unwrap()
}

#[test]
fn both_packs_load_without_a_problem() {
    assert_eq!(embedded_names(), ["cn-county", "generic"]);
    for name in embedded_names() {
        let pack = pack(name);
        assert_eq!(pack.name, name);
        assert_eq!(pack.hash().len(), 64);
        assert_eq!(pack.stages.len(), StageKind::ALL.len());
        assert!(pack.unit(&pack.default_unit).is_some());
    }
    assert_ne!(pack("cn-county").hash(), pack("generic").hash());
    assert_eq!(embedded("nowhere"), None);
}

#[test]
fn the_hash_follows_the_content_only() {
    let mut files = embedded("generic").unwrap();
    let before = Pack::load(&files).unwrap().hash().to_owned();
    files.insert("README.md".to_owned(), b"# not TOML".to_vec());
    assert_eq!(Pack::load(&files).unwrap().hash(), before);
    files.get_mut("lists.toml").unwrap().push(b'\n');
    assert_ne!(Pack::load(&files).unwrap().hash(), before);
}

#[test]
fn the_state_councils_calendar() {
    let pack = pack("cn-county");
    let calendar = pack.calendar();
    assert_eq!(calendar.working_days_in_year(2026), 248);
    assert_eq!(calendar.working_days_in_year(2025), 248);
    assert_eq!(calendar.add_working_days(date(2026, 2, 12), 5), date(2026, 2, 26));
    assert_eq!(calendar.add_working_days(date(2026, 9, 18), 10), date(2026, 10, 9));
    assert_eq!(calendar.add_working_days(date(2026, 3, 2), 75), date(2026, 6, 18));
    for (day, works) in [(date(2026, 5, 9), true), (date(2026, 5, 5), false), (date(2025, 10, 8), false), (date(2024, 10, 12), true)] {
        assert_eq!(calendar.is_working(day), works, "{day}");
    }
    assert!(!pack.calendar_is_provisional(date(2026, 12, 31)));
    assert!(pack.calendar_is_provisional(date(2027, 1, 1)) && pack.calendar_is_provisional(date(2023, 12, 31)));
    assert!(!calendar.is_working(date(2027, 10, 1)), "fixed holidays are assumed beyond the published years");
    assert_eq!(pack.calendar_data().published_through(), Some(date(2026, 12, 31)));
}

#[test]
fn the_state_councils_calendar_to_the_minute() {
    let pack = pack("cn-county");
    let time = pack.working_time();
    let day = |d: Date| time.hours(lantu_calendar::days_of(d));
    assert_eq!(day(date(2026, 2, 13)).to_string(), "08:30-12:00 13:30-17:00");
    for first in [date(2026, 1, 1), date(2025, 10, 1), date(2027, 1, 1)] {
        for d in first.series(jiff::ToSpan::day(1)).take(365) {
            assert_eq!(!day(d).is_empty(), pack.calendar().is_working(d), "{d}");
        }
    }
    // The Spring Festival, its make-up Saturdays on both sides, then the Saturday after May Day.
    for (from, minutes, to) in [
        ("2026-02-14T08:30", 420, "2026-02-14T17:00"),
        ("2026-02-14T08:30", 421, "2026-02-24T08:31"),
        ("2026-02-27T13:30", 210 + 420, "2026-02-28T17:00"),
        ("2026-04-30T08:30", 4 * 420, "2026-05-08T17:00"),
        ("2026-05-09T00:00", 60, "2026-05-09T09:30"),
    ] {
        let found = time.add(from.parse().unwrap(), Span::minutes(minutes));
        assert_eq!(found.to_string(), to, "{from} + {minutes}");
    }
    let year = (Instant::start_of(date(2026, 1, 1)), Instant::start_of(date(2027, 1, 1)));
    assert_eq!(time.work_between(year.0, year.1), Span::hours(248 * 7));
    assert_eq!(time, &lantu_calendar::Calendar::of(&pack.calendar_data().spec()));
}

#[test]
fn federal_holidays() {
    let pack = pack("generic");
    assert_eq!(pack.calendar().working_days_in_year(2026), 250);
    assert!(!pack.calendar().is_working(date(2026, 7, 3)));
    assert!(!pack.calendar().is_working(date(2030, 7, 4)) && pack.calendar_is_provisional(date(2030, 7, 4)));
}

#[test]
fn places_divide_into_divisions_and_zones() {
    let pack = pack("cn-county");
    let real = pack.places.iter().find(|p| !p.fictional).unwrap();
    let codes: Vec<&str> = real.divisions.iter().map(|d| d.code.as_str()).collect();
    for code in ["330482001", "330482003", "330482101", "330482106", "330482108"] {
        assert!(codes.contains(&code), "{code}");
    }
    assert_eq!((real.divisions.len(), real.platforms.len()), (10, 2));
    let place = demo(&pack);
    assert!(place.fictional && place.root().unwrap().code == "339981");
    assert_eq!(place.divisions.len(), 10);
    assert!(place.orgs.iter().filter(|o| o.kind == lantu_pack::OrgKind::Department).count() >= 18);
    assert_eq!(place.targets.starts, Some(250));
    assert_eq!(place.targets.completions, Some(100));
    assert_eq!(place.targets.ramps, Some(40));
}

#[test]
fn divisions_by_whatever_name() {
    let pack = pack("cn-county");
    let place = demo(&pack);
    let code = |text: &str| place.division_by_name(text).map(|d| d.code.as_str());
    for text in ["东湖街道", "东湖", " 东湖 街道", "示例市东湖街道", "339981001", "Donghu Subdistrict", "东湖街道办"]
    {
        assert_eq!(code(text), Some("339981001"), "{text}");
    }
    assert_eq!(code("示例市"), Some("339981"));
    for text in ["东胡镇", "示例经开区", "", "镇"] {
        assert_eq!(code(text), None, "{text}");
    }
    assert_eq!(place.nearest_division("东胡镇").unwrap().code, "339981001");
    assert_eq!(place.nearest_division("青石街道").unwrap().words.zh, "青石镇");
    assert_eq!(place.nearest_division("完全不相干的地方"), None);
    assert_eq!(place.platform_by_name("示例经开区").unwrap().key, "demo-edz");
    assert_eq!(place.platform_by_name("经开区管委会").unwrap().key, "demo-edz");
    for text in ["市发改局", "发改局", "市发展和改革局", "示例市发展和改革局", "drb"] {
        assert_eq!(place.org_by_name(text).map(|o| o.key.as_str()), Some("drb"), "{text}");
    }
    assert_eq!(place.org_by_name("青石镇").unwrap().key, "339981101");
    assert_eq!(place.org_by_name("某某局"), None);
}

#[test]
fn headings_as_offices_write_them() {
    let pack = pack("cn-county");
    for (heading, field) in [
        ("项目名称", "name"),
        ("工程名称", "name"),
        ("总投资（亿元）", "total_investment"),
        ("估算总投资\n(万元)", "total_investment"),
        ("2027年计划投资", "annual_plan"),
        ("26年计划", "annual_plan"),
        ("1-9月完成", "ytd_done"),
        ("2026年1—4月累计完成投资（万元）", "ytd_done"),
        ("截至9月底累计完成投资", "ytd_done"),
        ("至2025年底累计完成投资", "prior_done"),
        ("拟开工时间", "start_planned"),
        ("计划竣工时间", "finish_planned"),
        ("所在镇（街道）", "division"),
        ("统一社会信用代码", "owner_uscc"),
        ("建设内容及规模", "scale"),
        ("是否涉密", "classified"),
        ("存在问题", "extra:存在问题"),
        ("5月完成投资", "extra:本月完成投资"),
        ("序号", "seq"),
    ] {
        assert_eq!(pack.field_by_heading(heading).map(|f| f.field.as_str()), Some(field), "{heading}");
    }
    assert_eq!(pack.field_by_heading("   "), None);
    for (heading, role) in [("挂钩领导", Role::SponsorLeader), ("责任单位", Role::LeadDept), ("联系人", Role::OwnerContact)] {
        assert_eq!(pack.role_by_heading(heading).map(|r| r.key), Some(role), "{heading}");
    }
    for (heading, key) in [("环评批复", "eia"), ("能评", "energy_review"), ("施工许可证", "construction"), ("用地预审", "siting")]
    {
        assert_eq!(pack.formality_by_heading(heading).map(|f| f.key.as_str()), Some(key), "{heading}");
    }
}

#[test]
fn words_of_the_closed_choices() {
    let pack = pack("cn-county");
    assert_eq!(pack.stage_words(StageKind::Ready).unwrap().zh, "拟开工");
    assert_eq!(pack.stage_by_text("续建"), Some(StageKind::Building));
    assert_eq!(pack.nature_by_text("技改"), Some(Nature::TechRenovation));
    assert_eq!(pack.procedure_by_text("备案制"), Some(Procedure::Filing));
    assert_eq!(pack.holding_by_text("民营"), Some(Holding::Private));
    assert_eq!(pack.level_by_text("标段"), Some(Level::Section));
    assert_eq!(pack.unit_by_text("亿元").unwrap().minor, 10_000_000_000);
    assert_eq!(pack.unit_by_text("万").unwrap().key, "wan");
    let list = pack.list_by_text("示例市2026年市重点建设项目计划").unwrap();
    assert_eq!((list.key.as_str(), list.higher), ("city_key", false));
    assert!(pack.list_by_text("省“千项万亿”项目").is_some_and(|l| l.higher));
    assert_eq!(pack.list_by_text("随便一张表"), None);
}

#[test]
fn industries_by_code_and_name() {
    let pack = pack("cn-county");
    assert_eq!(pack.industries.iter().filter(|i| i.code.len() == 1).count(), 20);
    assert_eq!(pack.industries.iter().filter(|i| i.code.len() == 3).count(), 97);
    for (text, class, code) in [
        ("C3441", "C3441", "C3441"),
        ("3441 泵及真空设备制造", "C3441", "C3441"),
        ("C3499", "C34", "C3499"),
        ("汽车制造", "C36", "C36"),
        ("制造业", "C", "C"),
        ("C 制造业", "C", "C"),
        ("教育", "P", "P"),
    ] {
        assert_eq!(pack.industry_by_text(text).map(|i| i.code.as_str()), Some(class), "{text}");
        assert_eq!(pack.industry_code_by_text(text).unwrap().as_str(), code, "{text}");
    }
    for text in ["", "K3441", "高端装备", "CPU", "3.2"] {
        assert_eq!(pack.industry_by_text(text), None, "{text}");
    }
    for industry in &pack.industries {
        assert_eq!(pack.industry(&industry.code), Some(industry));
    }
}

fn foreign_place_finds(place: &Place, agency: &str) -> bool {
    place.org_by_name(agency).is_some()
}

#[test]
fn mappings_for_foreign_lists() {
    let pack = pack("generic");
    let headings = ["project_id", "project", "department", "category", "report_year", "whole_life_cost_gbp_m", "delivery_confidence"];
    let template = pack.template_for(&headings).unwrap();
    assert_eq!(template.key, "uk_major_projects");
    let cost = template.column("whole_life_cost_gbp_m").unwrap();
    assert_eq!(cost.field.as_deref(), Some("total_investment"));
    assert_eq!(pack.unit(cost.unit.as_deref().unwrap()).unwrap().minor, 100_000_000);
    let nyc = pack.template_for(&["project_id", "project_description", "managing_agency", "combined_total", "scope_summary"]).unwrap();
    assert_eq!(nyc.key, "nyc_capital_projects");
    assert_eq!(pack.unit(nyc.column("combined_total").unwrap().unit.as_deref().unwrap()).unwrap().minor, 100_000);
    assert_eq!(pack.template_for(&["name", "cost"]), None);
    let (city, nation) = (pack.place("nyc").unwrap(), pack.place("uk").unwrap());
    assert!(foreign_place_finds(city, "DEPT OF DESIGN & CONSTRUCTION") && foreign_place_finds(city, "ADMIN FOR CHILDREN'S SERVICES"));
    assert!(foreign_place_finds(nation, "DESNZ") && !foreign_place_finds(nation, "DEPT OF NOWHERE"));
    assert_eq!(city.division_by_name("RICHMOND").unwrap().code, "NYC-SI");
    assert_eq!(city.division_by_name("CITYWIDE").unwrap().code, "NYC");
    assert_eq!(nation.default_unit.as_deref(), Some("gbp_millions"));
}

/// A project with everything that its kind can have by the day before a stage.
fn project(procedure: Procedure, granted: &[&str]) -> Project {
    let uuid = |n: u128| uuid::Uuid::from_u128(n);
    let mut p = Project::admit(ProjectId::new(uuid(1)), Level::Project, "示例项目").unwrap();
    p.codes.push(ProjectCodeEntry { code: "2603-339981-04-01-518207".into(), state: lantu_model::CodeState::Valid, issued: None });
    p.owner = Some(Owner { name: "示例公司".into(), uscc: None, holding: None });
    p.procedure = Some(procedure);
    p.scale = Some("示例规模".into());
    p.division = Some(lantu_model::DivisionCode::from_str("339981001").unwrap());
    p.total_investment = Some(lantu_model::Money::from_wan(100).unwrap());
    p.start_planned = Some(Period::from_str("2026-06").unwrap());
    p.responsibilities.push(Responsibility { role: Role::LeadDept, person: None, org: Some(OrgId::new(uuid(2))), from: None, to: None });
    p.formalities = granted.iter().map(|k| Formality::new(k, FormalityState::Granted)).collect();
    p
}

fn bars(pack: &Pack, project: &Project, to: StageKind, day: Date) -> Vec<String> {
    let unmet = pack.gates.unmet(project, to, day);
    unmet.into_iter().filter(|p| p.severity == Severity::Block).map(|p| p.place.unwrap_or_default()).collect()
}

#[test]
fn a_factory_a_school_and_a_road_can_pass_every_gate() {
    let pack = pack("cn-county");
    let day = date(2026, 5, 18);
    let common = ["land_planning", "works_planning", "construction", "eia", "joint_acceptance", "completion_filing"];
    let factory = project(Procedure::Filing, &[&common[..], &["filing", "energy_review", "discharge_permit"]].concat());
    let school = project(Procedure::Approval, &[&common[..], &["feasibility", "prelim_design"]].concat());
    let mut road = project(Procedure::Approval, &[&common[..], &["feasibility", "prelim_design"]].concat());
    // A road has no completion filing of buildings; it says so.
    road.formalities.iter_mut().filter(|f| f.kind == "completion_filing").for_each(|f| f.state = FormalityState::NotNeeded);
    for p in [&factory, &school, &road] {
        assert_eq!(bars(&pack, p, StageKind::Ramped, day), Vec::<String>::new());
    }
    let bare = Project::admit(factory.id, Level::Project, "示例项目").unwrap();
    assert_eq!(bars(&pack, &bare, StageKind::Reserve, day), ["code"]);
    let mut early = factory.clone();
    early.formalities.retain(|f| !["eia", "energy_review"].contains(&f.kind.as_str()));
    assert_eq!(bars(&pack, &early, StageKind::Building, day), ["eia", "eia", "energy_review"]);
    early.start_planned = Some(Period::from_str("2028").unwrap());
    assert!(bars(&pack, &early, StageKind::Ready, day).contains(&"start_planned".to_owned()));
}
