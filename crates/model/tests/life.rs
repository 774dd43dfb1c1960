//! What may happen to a project, and what may not: the rules of an office as it knows them.
use jiff::civil::{Date, date};
use lantu_model::{
    Area, CodeState, Condition, Formality, FormalityState, Gate, GateSet, Holding, Level, ListKey, Membership, MembershipState, Money,
    Owner, Procedure, Project, ProjectCodeEntry, ProjectId, Refusal, Responsibility, Role, Stage, StageKind, StatusKind, YearMonth,
    project::StageDecision,
};
use serde_json::json;
use std::collections::BTreeMap;

const TODAY: Date = date(2026, 5, 18);

fn id(n: u8) -> ProjectId {
    format!("00000000-0000-7000-8000-0000000000{n:02x}").parse().unwrap()
}

fn project() -> Project {
    Project::admit(id(1), Level::Project, "示例传动轴生产线").unwrap()
}

fn decision(to: StageKind, on: Date) -> StageDecision {
    StageDecision { to, on, basis: "示例会议纪要".into(), passed: BTreeMap::new() }
}

fn codes(r: Refusal) -> Vec<String> {
    r.unmet.into_iter().map(|p| p.code).collect()
}

fn no_gates() -> GateSet {
    GateSet::default()
}

#[test]
fn a_stage_change_needs_day_and_basis_and_goes_forward() {
    let (p, change, _) = project().move_stage(&decision(StageKind::Prelim, date(2026, 1, 5)), &no_gates(), TODAY).unwrap();
    assert_eq!((change.act.as_str(), change.on, change.basis.as_deref()), ("move_stage", Some(date(2026, 1, 5)), Some("示例会议纪要")));
    let no_basis = StageDecision { basis: " ".into(), ..decision(StageKind::Ready, TODAY) };
    assert_eq!(codes(p.clone().move_stage(&no_basis, &no_gates(), TODAY).unwrap_err()), ["basis_missing"]);
    assert_eq!(codes(p.clone().move_stage(&decision(StageKind::Reserve, TODAY), &no_gates(), TODAY).unwrap_err()), ["stage_not_forward"]);
    assert_eq!(
        codes(p.clone().move_stage(&decision(StageKind::Ready, date(2026, 6, 1)), &no_gates(), TODAY).unwrap_err()),
        ["fact_in_future"]
    );
    assert_eq!(codes(p.move_stage(&decision(StageKind::Ready, date(2025, 12, 1)), &no_gates(), TODAY).unwrap_err()), ["date_order"]);
}

#[test]
fn a_gate_is_passed_whole_and_every_stage_between_asks_its_own() {
    let gate = |to, condition| Gate { to, procedures: vec![], condition, advisory: false };
    let gates = GateSet {
        gates: vec![
            gate(StageKind::Ready, Condition::Field { field: "division".into() }),
            gate(StageKind::Ready, Condition::StartWithin { months: 12 }),
            gate(StageKind::Building, Condition::Granted { formality: "construction".into() }),
            gate(StageKind::Building, Condition::Responsible { role: Role::ServiceOfficer }),
            Gate {
                procedures: vec![Procedure::Approval],
                ..gate(StageKind::Building, Condition::Granted { formality: "prelim_design".into() })
            },
            Gate { advisory: true, ..gate(StageKind::Building, Condition::Field { field: "industry".into() }) },
        ],
        notes: BTreeMap::new(),
    };
    let refused = project().move_stage(&decision(StageKind::Building, TODAY), &gates, TODAY).unwrap_err();
    let blocking: Vec<&str> =
        refused.unmet.iter().filter(|p| p.severity == lantu_model::Severity::Block).map(|p| p.code.as_str()).collect();
    assert_eq!(blocking, ["field_missing", "field_missing", "formality_missing", "responsible_missing"], "in one round");
    let facts = BTreeMap::from([("division".to_owned(), json!("339981001")), ("start_planned".to_owned(), json!("2026-06"))]);
    let (p, _) = project().edit(&facts, TODAY).unwrap();
    let mut permit = Formality::new("construction", FormalityState::Granted);
    permit.valid_until = Some(date(2026, 5, 17));
    let duty = Responsibility {
        role: Role::ServiceOfficer,
        person: Some("00000000-0000-7000-8000-0000000000aa".parse().unwrap()),
        org: None,
        from: None,
        to: None,
    };
    let p = p.record_formality(permit.clone()).unwrap().0.assign(duty, "").unwrap().0;
    assert_eq!(codes(p.clone().move_stage(&decision(StageKind::Building, TODAY), &gates, TODAY).unwrap_err())[0], "formality_lapsed");
    permit.valid_until = Some(TODAY);
    let (p, _, reminders) = p.record_formality(permit).unwrap().0.move_stage(&decision(StageKind::Building, TODAY), &gates, TODAY).unwrap();
    assert_eq!(p.lifecycle.stage, Stage::Building { started: TODAY });
    assert_eq!(reminders.len(), 1, "an advisory condition reminds");
}

#[test]
fn the_three_dates_of_a_start_stay_apart() {
    let facts = BTreeMap::from([("ceremony_on".to_owned(), json!("2026-02-06")), ("permit_on".to_owned(), json!("2026-03-20"))]);
    let (p, _) = project().edit(&facts, TODAY).unwrap();
    assert_eq!(p.lifecycle.stage.started(), None, "neither ceremony nor permit is a start");
    let (p, _, _) = p.move_stage(&decision(StageKind::Building, date(2026, 4, 2)), &no_gates(), TODAY).unwrap();
    assert_eq!(
        (p.ceremony_on, p.permit_on, p.lifecycle.stage.started()),
        (Some(date(2026, 2, 6)), Some(date(2026, 3, 20)), Some(date(2026, 4, 2)))
    );
}

#[test]
fn the_two_meanings_of_entry_stay_apart() {
    let (p, _) = project().edit(&BTreeMap::from([("pool_entry_on".to_owned(), json!("2025-10-01"))]), TODAY).unwrap();
    assert_eq!((p.pool_entry_on, p.stat_entry_on), (Some(date(2025, 10, 1)), None));
}

#[test]
fn a_stage_passed_without_a_decision_needs_its_dates() {
    let to_operating = decision(StageKind::Operating, date(2026, 5, 1));
    let refused = codes(project().move_stage(&to_operating, &no_gates(), TODAY).unwrap_err());
    assert_eq!(refused, ["stage_date_missing", "stage_date_missing"]);
    let passed = BTreeMap::from([(StageKind::Building, date(2024, 3, 1)), (StageKind::Completed, date(2026, 4, 1))]);
    let (p, _, _) = project().move_stage(&StageDecision { passed, ..to_operating }, &no_gates(), TODAY).unwrap();
    assert_eq!(p.lifecycle.stage.completed(), Some(date(2026, 4, 1)));
    let wrong = Stage::Completed { started: date(2026, 4, 1), completed: date(2026, 3, 1) };
    assert_eq!(codes(project().correct_stage(wrong, "补登").unwrap_err()), ["date_order"]);
}

#[test]
fn status_moves_only_where_the_stage_allows() {
    use StatusKind::{Active, Closed, Deferred, Halted, Terminated};
    let at = |stage: Stage| project().correct_stage(stage, "补登").unwrap().0;
    let started = date(2025, 1, 1);
    let stages = [
        (at(Stage::Prelim { since: None }), vec![Deferred, Terminated]),
        (at(Stage::Building { started }), vec![Halted, Terminated]),
        (at(Stage::Completed { started, completed: started }), vec![Terminated]),
        (at(Stage::Operating { started, completed: started, operating: started }), vec![]),
        (at(Stage::Ramped { started, completed: started, operating: started, ramped: started }), vec![Closed]),
    ];
    for (p, allowed) in stages {
        for to in [Active, Halted, Deferred, Terminated, Closed] {
            let done = p.clone().change_status(to, date(2026, 2, 1), "事由", TODAY);
            assert_eq!(done.is_ok(), allowed.contains(&to), "{:?} to {to:?}", p.lifecycle.stage);
        }
        for to in allowed {
            assert_eq!(
                codes(p.clone().change_status(to, date(2026, 2, 1), "", TODAY).unwrap_err()),
                ["basis_missing"],
                "a status needs its reason"
            );
        }
    }
    let ended = at(Stage::Prelim { since: None }).change_status(Terminated, date(2026, 2, 1), "事由", TODAY).unwrap().0;
    let closed = ended.change_status(Closed, date(2026, 3, 1), "示例批复", TODAY).unwrap().0;
    assert_eq!(codes(closed.rename("别名", TODAY, "依据").unwrap_err()), ["closed"]);
}

#[test]
fn lists_change_within_a_year_and_keep_their_history() {
    let list = ListKey { kind: "city_key".into(), year: 2026 };
    let row = |state, removed| Membership {
        list: list.clone(),
        state,
        plan: Money::from_wan(26_000),
        applied: None,
        admitted: Some(date(2026, 1, 8)),
        removed,
        basis: Some("示例文".into()),
        group: None,
    };
    let p = project().set_membership(row(MembershipState::Admitted, None)).unwrap().0;
    assert!(p.has_field("membership"));
    let p = p.set_membership(row(MembershipState::Removed, Some(date(2026, 7, 1)))).unwrap().0;
    assert_eq!(p.memberships.len(), 1);
    assert_eq!((p.memberships[0].admitted, p.memberships[0].removed), (Some(date(2026, 1, 8)), Some(date(2026, 7, 1))));
    assert!(!p.has_field("membership"));
}

#[test]
fn a_project_has_many_codes_and_one_that_is_valid() {
    let entry = |code: &str, state| ProjectCodeEntry { code: code.into(), state, issued: None };
    let p = project().set_code(entry("2501-339981-04-01-000001", CodeState::Valid)).unwrap().0;
    let p = p.set_code(entry("2501-339981-04-01-000001", CodeState::Void)).unwrap().0;
    assert_eq!(p.code(), None);
    let p = p.set_code(entry("2603-339981-04-01-000002", CodeState::Valid)).unwrap().0;
    assert_eq!((p.codes.len(), p.code()), (2, Some("2603-339981-04-01-000002")));
    assert_eq!(p.suggested_stage(), StageKind::Reserve, "a code in hand suggests the reserve");
}

#[test]
fn a_change_of_name_or_owner_keeps_what_was() {
    let owner = |name: &str| Owner { name: name.into(), uscc: None, holding: Some(Holding::Private) };
    let p = project().change_owner(owner("示例甲公司"), TODAY, "").unwrap().0;
    assert_eq!(codes(p.clone().change_owner(owner("示例乙公司"), TODAY, "").unwrap_err()), ["basis_missing"]);
    let p = p.change_owner(owner("示例乙公司"), TODAY, "示例函").unwrap().0;
    assert_eq!(p.former_owners[0].owner.name, "示例甲公司");
    let p = p.rename("示例传动轴生产线（二期）", TODAY, "示例函").unwrap().0;
    assert_eq!(p.former_names[0].name, "示例传动轴生产线");
    assert!(
        Holding::Private.is_private_investment() && !Holding::State.is_private_investment() && !Holding::Foreign.is_private_investment()
    );
}

#[test]
fn every_wrong_fact_is_told_at_once_and_nothing_is_half_edited() {
    let patch = BTreeMap::from([
        ("total_investment".to_owned(), json!(-5)),
        ("start_planned".to_owned(), json!("2026-13")),
        ("permit_on".to_owned(), json!("2027-01-01")),
        ("lifecycle".to_owned(), json!("ramped")),
    ]);
    let mut refused = codes(project().edit(&patch, TODAY).unwrap_err());
    refused.sort();
    assert_eq!(refused, ["bad_value", "fact_in_future", "negative_amount", "not_editable"]);
    let (p, _) = project().edit(&BTreeMap::from([("land_total".to_owned(), json!(10_000))]), TODAY).unwrap();
    assert_eq!(p.land_total, Some(Area::from_m2(10_000)));
    let (p, _) = p.edit(&BTreeMap::from([("land_total".to_owned(), json!(null))]), TODAY).unwrap();
    assert_eq!(p.land_total, None);
}

#[test]
fn a_duty_passes_on_without_a_gap() {
    let org = |n: u8| format!("00000000-0000-7000-8000-0000000001{n:02x}").parse().ok();
    let duty = |n, from| Responsibility { role: Role::LeadDept, person: None, org: org(n), from: Some(from), to: None };
    let p = project().assign(duty(1, date(2026, 1, 1)), "").unwrap().0.assign(duty(2, date(2026, 4, 1)), "示例调整").unwrap().0;
    assert_eq!(p.responsibilities[0].to, Some(date(2026, 3, 31)));
    let holders = |day: Date| p.responsibilities.iter().filter(|r| r.holds_on(day)).count();
    for day in [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 1)] {
        assert_eq!(holders(day), 1, "{day}");
    }
}

#[test]
fn a_cumulative_figure_that_falls_is_noticed() {
    let m = |n| YearMonth::new(2026, n).unwrap();
    let p = project().report_ytd(m(2), Money::from_wan(500).unwrap()).unwrap().0.report_ytd(m(3), Money::from_wan(400).unwrap()).unwrap().0;
    assert_eq!(p.falling_cumulatives(), [m(3)]);
    let next_year = p.report_ytd(YearMonth::new(2027, 2).unwrap(), Money::from_wan(10).unwrap()).unwrap().0;
    assert_eq!(next_year.falling_cumulatives(), [m(3)], "a new year begins at nothing");
}
