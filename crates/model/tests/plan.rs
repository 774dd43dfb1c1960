//! Acts on a plan: what each leaves behind, and everything that stands against one at once.
use jiff::civil::{Date, date};
use lantu_model::{
    Formality, FormalityState, Level, Period, Plan, PlanActivity, Problem, Project, Refusal, Severity, StatusKind,
    plan::{Activities, Applied, Baseline, Clock, FactValue, Facts, Following, Ground, Name, PlanEdit, Taking},
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const TODAY: Date = date(2026, 5, 18);

fn step(place: u32, after: &str) -> PlanActivity {
    let name = Name { zh: format!("示例{place}"), en: Some(format!("Sample {place}")) };
    let mut activity = PlanActivity::named(name, 1, 5, Clock::Owner);
    (activity.place, activity.after) = (place, after.parse().unwrap());
    activity
}

fn steps(of: &[(&str, &str)]) -> Activities {
    (0..).zip(of).map(|(place, (id, after))| ((*id).to_owned(), step(place, after))).collect()
}

/// B is an environmental permit; D is needed unless it is known that it is not.
fn pattern(facts: &Facts, left_out: &BTreeSet<String>) -> Activities {
    let mut all = steps(&[("A", ""), ("B", "A"), ("D", "B"), ("C", "D;B:SS+2")]);
    all.get_mut("B").unwrap().formality = vec!["eia".into()];
    let mut plan = Plan { activities: all, ..Plan::from_day(date(2026, 3, 2)) };
    for gone in left_out {
        plan.bridge(gone);
    }
    if facts.get("needs_d") == Some(FactValue::YesNo(false)) {
        plan.bridge("D");
    }
    plan.activities
}

fn ground() -> Ground<'static> {
    Ground {
        today: TODAY,
        departments: BTreeSet::from(["drb"]),
        formalities: BTreeSet::from(["eia", "construction"]),
        phases: BTreeSet::from([1, 2]),
        facts: BTreeMap::from([("needs_d", true), ("energy_tce", false)]),
        orgs: BTreeSet::new(),
        others: BTreeSet::from([(other(), "Z".to_owned()), (other(), "Y".to_owned())]),
        behind: BTreeSet::from([(other(), "Y".to_owned(), "A".to_owned())]),
        evidence: BTreeSet::from(["E".to_owned()]),
        drafted: Some(&pattern),
    }
}

fn other() -> lantu_model::ProjectId {
    "00000000-0000-7000-8000-000000000002".parse().unwrap()
}

fn bare() -> Project {
    Project::admit("00000000-0000-7000-8000-000000000001".parse().unwrap(), Level::Project, "示例厂").unwrap()
}

fn fresh() -> Plan {
    let applied = Some(Applied { pattern: "X".into(), pack: "old".into(), on: date(2026, 3, 2) });
    Plan { applied, activities: pattern(&Facts::default(), &BTreeSet::new()), ..Plan::from_day(date(2026, 3, 2)) }
}

fn project() -> Project {
    bare().apply_plan(fresh(), None, &ground()).unwrap().0
}

fn edit(value: serde_json::Value) -> PlanEdit {
    serde_json::from_value(value).unwrap()
}

fn edited(p: Project, edits: &[serde_json::Value]) -> Result<(Project, Vec<Problem>), Refusal> {
    let edits: Vec<PlanEdit> = edits.iter().cloned().map(edit).collect();
    p.edit_plan(&edits, "", &ground()).map(|(p, _, reminders)| (p, reminders))
}

fn refused(p: Project, edits: &[serde_json::Value]) -> Vec<String> {
    edited(p, edits).unwrap_err().unmet.into_iter().filter(|p| p.severity == Severity::Block).map(|p| p.code).collect()
}

fn plan(p: &Project) -> &Plan {
    p.plan.as_ref().unwrap()
}

fn after(p: &Project, id: &str) -> String {
    plan(p).activities[id].after.to_string()
}

#[test]
fn a_plan_brings_the_rows_of_its_formalities_and_stays() {
    let p = project();
    assert_eq!((p.formalities.len(), p.formalities[0].state), (1, FormalityState::Planned));
    let told = p.clone().apply_plan(fresh(), None, &ground()).unwrap_err();
    assert_eq!(told.unmet[0].code, "plan_exists");
    let (p, _) = edited(p, &[json!({"op": "progress", "id": "A", "started": "2026-03-03"})]).unwrap();
    let without_a = Plan { activities: steps(&[("B", "")]), ..Plan::from_day(TODAY) };
    let told: Vec<String> = p.clone().apply_plan(without_a, Some(" "), &ground()).unwrap_err().unmet.into_iter().map(|p| p.code).collect();
    assert_eq!(told, ["basis_missing", "plan_facts_lost"]);
    let (p, change, _) = p.apply_plan(fresh(), Some("示例会议纪要"), &ground()).unwrap();
    assert_eq!(change.act, "replace_plan");
    assert_eq!(plan(&p).activities["A"].progress.started, Some(date(2026, 3, 3)), "what was done stays done");
}

#[test]
fn everything_wrong_with_a_plan_is_told_at_once() {
    let mut bad = fresh();
    let mut set = |id: &str, change: &dyn Fn(&mut PlanActivity)| change(bad.activities.get_mut(id).unwrap());
    set("A", &|a| a.after = "C;A;Q".parse().unwrap());
    set("B", &|a| (a.days, a.phase, a.name.zh) = (-1, 9, " ".into()));
    set("C", &|a| a.department = vec!["nobody".into()]);
    set("D", &|a| a.formality = vec!["nothing".into()]);
    let told: BTreeSet<String> = bare().apply_plan(bad, None, &ground()).unwrap_err().unmet.into_iter().map(|p| p.code).collect();
    let expected = [
        "plan_link_to_itself",
        "plan_unknown_predecessor",
        "plan_cycle",
        "plan_bad_days",
        "plan_unknown_phase",
        "plan_name_missing",
        "plan_unknown_department",
        "unknown_formality",
    ];
    assert_eq!(told, expected.map(str::to_owned).into());
}

#[test]
fn a_ring_is_named() {
    let told = edited(project(), &[json!({"op": "set", "id": "A", "after": "C"})]).unwrap_err().unmet;
    assert_eq!((told.len(), told[0].code.as_str()), (1, "plan_cycle"));
    assert_eq!(told[0].values["ring"], "A → B → D → C → A");
}

#[test]
fn bad_fields_are_told() {
    for (fields, code) in [
        (json!({"days": 10001}), "plan_bad_days"),
        (json!({"days": -1}), "plan_bad_days"),
        (json!({"days": "many"}), "plan_bad_value"),
        (json!({"after": "B:FS+10001"}), "plan_bad_link"),
        (json!({"after": "B:XY"}), "plan_bad_link"),
        (json!({"after": "B;B"}), "plan_link_twice"),
        (json!({"name": " "}), "plan_name_missing"),
        (json!({"name": "长".repeat(201)}), "plan_too_long"),
        (json!({"colour": "red"}), "plan_unknown_field"),
        (json!({"phase": 3}), "plan_unknown_phase"),
        (json!({"formality": ["none"]}), "unknown_formality"),
        (json!({"department": ["none"]}), "plan_unknown_department"),
        (json!({"org": "00000000-0000-7000-8000-000000000009"}), "unknown_org"),
        (json!({"limit": {"unit": "wd", "days": -3}}), "plan_bad_limit"),
        (json!({"range": {"min": 120, "max": 130}}), "plan_bad_range"),
        (json!({"not_before": "2026-06-01", "due": "2026-05-01"}), "plan_due_before_start"),
    ] {
        let mut set = fields.clone();
        set.as_object_mut().unwrap().extend([("op".to_owned(), json!("set")), ("id".to_owned(), json!("C"))]);
        assert_eq!(refused(project(), &[set]), [code], "{fields}");
    }
    assert_eq!(refused(project(), &[json!({"op": "start", "start": "1066-10-14"})]), ["plan_bad_start"]);
    assert_eq!(refused(project(), &[json!({"op": "move", "id": "Q", "place": 0})]), ["plan_unknown_activity"]);
    assert_eq!(refused(bare(), &[json!({"op": "remove", "id": "A"})]), ["plan_missing"]);
}

#[test]
fn facts_that_cannot_be_are_told() {
    let progress = |id: &str, facts: serde_json::Value| {
        let mut edit = facts;
        edit.as_object_mut().unwrap().extend([("op".to_owned(), json!("progress")), ("id".to_owned(), json!(id))]);
        edit
    };
    for (id, facts, code) in [
        ("A", json!({"started": "2026-05-19"}), "plan_fact_in_future"),
        ("A", json!({"started": "2026-05-08", "finished": "2026-05-07"}), "plan_finish_before_start"),
        ("A", json!({"started": "2026-05-08", "percent": 101}), "plan_bad_percent"),
        ("A", json!({"started": "2026-05-08", "percent": 1000}), "plan_bad_percent"),
        ("A", json!({"started": "2026-05-08", "remaining": -1}), "plan_bad_remaining"),
        ("A", json!({"started": "2026-05-08", "finished": "2026-05-09", "remaining": 3}), "plan_work_left_when_finished"),
        ("A", json!({"percent": 30}), "plan_work_before_start"),
        ("A", json!({"started": "2026-05-08", "percent": 30, "seen": "2026-05-01"}), "plan_seen_before_start"),
        ("B", json!({"started": "2026-05-08"}), "plan_progress_of_formality"),
    ] {
        assert_eq!(refused(project(), &[progress(id, facts.clone())]), [code], "{facts}");
    }
    let (p, _) = edited(project(), &[progress("A", json!({"started": "2026-03-03", "finished": "2026-03-10"}))]).unwrap();
    let (halted, _) = p.change_status(StatusKind::Terminated, date(2026, 4, 1), "示例", TODAY).unwrap();
    assert_eq!(refused(halted.clone(), &[progress("A", json!({"finished": "2026-04-02"}))]), ["plan_fact_after_end"]);
    let (closed, _) = halted.change_status(StatusKind::Closed, date(2026, 4, 20), "示例", TODAY).unwrap();
    assert_eq!(refused(closed, &[progress("A", json!({"finished": "2026-03-12"}))]), ["closed"]);
}

#[test]
fn a_fact_before_its_predecessors_is_refused_and_one_without_is_a_reminder() {
    let (p, reminders) = edited(project(), &[json!({"op": "progress", "id": "D", "started": "2026-04-07"})]).unwrap();
    assert_eq!(reminders[0].code, "plan_predecessor_open");
    let granted = |p: Project, day: Date| {
        let row = Formality { decided: Some(Period::day(day)), ..Formality::new("eia", FormalityState::Granted) };
        p.record_formality(row).unwrap().0
    };
    let started = json!({"op": "progress", "id": "D", "started": "2026-04-07"});
    let early = granted(project(), date(2026, 4, 8));
    assert_eq!(refused(early, std::slice::from_ref(&started)), ["plan_before_predecessor"]);
    let in_order = granted(project(), date(2026, 4, 7));
    assert_eq!(edited(in_order, &[started]).unwrap().1, [], "on the same day is in time");
    let late = json!({"op": "progress", "id": "A", "finished": "2026-05-01", "started": "2026-04-20"});
    let with_b = granted(p, date(2026, 4, 7));
    assert_eq!(refused(with_b, &[late]), ["plan_before_predecessor"], "told at the one that is entered last, too");
}

#[test]
fn a_report_is_for_today_unless_it_says_and_finished_work_has_nothing_left() {
    let started = json!({"op": "progress", "id": "A", "started": "2026-05-08", "remaining": 3, "percent": 40});
    let (p, _) = edited(project(), &[started]).unwrap();
    assert_eq!(plan(&p).activities["A"].progress.seen, Some(TODAY));
    let (p, _) = edited(p, &[json!({"op": "progress", "id": "A", "finished": "2026-05-15"})]).unwrap();
    let progress = &plan(&p).activities["A"].progress;
    assert_eq!((progress.remaining, progress.percent, progress.seen), (None, None, None));
    let clear = json!({"op": "progress", "id": "A", "started": null, "finished": null});
    assert!(plan(&edited(p, &[clear]).unwrap().0).activities["A"].progress.is_none());
}

#[test]
fn what_others_lean_on_is_not_taken_away() {
    let told = edited(project(), &[json!({"op": "remove", "id": "D"})]).unwrap_err().unmet;
    assert_eq!((told[0].code.as_str(), told[0].values["others"].as_str()), ("plan_still_waited_for", "C"));
    let bridged = json!({"op": "remove", "id": "D", "bridge": true});
    let (p, _) = edited(project(), std::slice::from_ref(&bridged)).unwrap();
    assert_eq!(after(&p, "C"), "B:SS+2;B");
    assert!(plan(&p).left_out.contains("D"));
    let (back, _) = edited(p, &[json!({"op": "restore", "id": "D"})]).unwrap();
    let mut expected = project();
    expected.plan.as_mut().unwrap().activities.get_mut("C").unwrap().after = "B:SS+2;D".parse().unwrap();
    assert_eq!(plan(&back), plan(&expected), "as it was");
    let (done, _) = edited(project(), &[json!({"op": "progress", "id": "D", "started": "2026-05-06"})]).unwrap();
    assert_eq!(refused(done, &[bridged]), ["plan_has_facts"]);
    let add = json!({"op": "add", "id": "E", "name": "示例", "phase": 1, "days": 1, "clock": "owner"});
    let (with_e, _) = edited(project(), &[add]).unwrap();
    assert_eq!(refused(with_e, &[json!({"op": "remove", "id": "E"})]), ["plan_has_evidence"]);
}

#[test]
fn steps_come_and_go_with_what_is_known() {
    let learn = |value: serde_json::Value| json!({"op": "facts", "facts": {"needs_d": value}});
    let own = json!({"op": "add", "name": "示例自加", "phase": 2, "days": 3, "after": "B", "clock": "contractor", "place": 1});
    let (p, _) = edited(project(), &[own, json!({"op": "set", "id": "C", "days": 9, "name": "改名"}), learn(json!(false))]).unwrap();
    let order: Vec<&str> = plan(&p).lines().iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(order, ["A", "U1", "B", "C"]);
    assert_eq!(after(&p, "C"), "B:SS+2;B");
    let (p, _) = edited(p, &[learn(json!(null))]).unwrap();
    let order: Vec<&str> = plan(&p).lines().iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(order, ["A", "U1", "B", "D", "C"]);
    assert_eq!((after(&p, "C").as_str(), plan(&p).activities["C"].days), ("B:SS+2;D", 9), "what the office decided stays");
    for (facts, code) in [
        (json!({"needs_x": true}), "plan_unknown_fact"),
        (json!({"needs_d": 5}), "plan_fact_kind"),
        (json!({"energy_tce": -5}), "plan_fact_negative"),
    ] {
        assert_eq!(refused(project(), &[json!({"op": "facts", "facts": facts})]), [code]);
    }
    let (done, _) = edited(project(), &[json!({"op": "progress", "id": "D", "started": "2026-05-06"})]).unwrap();
    let (kept, reminders) = edited(done, &[learn(json!(false))]).unwrap();
    assert!(plan(&kept).activities.contains_key("D") && reminders.iter().any(|p| p.code == "plan_step_kept"));
}

#[test]
fn a_row_that_only_a_gone_step_needed_goes_with_it_unless_something_is_known() {
    let gone = json!({"op": "remove", "id": "B", "bridge": true});
    let (p, _) = edited(project(), std::slice::from_ref(&gone)).unwrap();
    assert!(p.formalities.is_empty());
    let mut known = project();
    known.formalities[0].planned = Some("2026-06".parse().unwrap());
    assert_eq!(edited(known, &[gone]).unwrap().0.formalities.len(), 1);
}

#[test]
fn other_projects_are_waited_for_without_a_ring() {
    let tie = |project: lantu_model::ProjectId, activity: &str, lag: i64| json!({"op": "tie", "id": "A", "project": project, "activity": activity, "lag": lag});
    let (p, _) = edited(project(), &[tie(other(), "Z", 5)]).unwrap();
    assert_eq!(plan(&p).activities["A"].after_others[0].lag, 5);
    assert_eq!(
        refused(p.clone(), &[tie(other(), "Q", 0), tie(other(), "Y", 0), tie(p.id, "B", 0), tie(other(), "Z", 20_000)]),
        ["plan_unknown_other", "plan_cycle_across", "plan_tie_within", "plan_bad_lag"]
    );
    let untie = |activity: &str| json!({"op": "untie", "id": "A", "project": other(), "activity": activity});
    assert!(plan(&edited(p.clone(), &[untie("Z")]).unwrap().0).activities["A"].after_others.is_empty());
    assert_eq!(refused(p, &[untie("Y")]), ["plan_not_tied"]);
}

#[test]
fn a_baseline_has_a_reason_an_approver_and_a_name_of_its_own() {
    let baseline = |name: &str, reason: &str, approver: &str, on: Date| Baseline {
        name: name.into(),
        on,
        reason: reason.into(),
        approver: approver.into(),
        dates: BTreeMap::new(),
    };
    let told: Vec<String> =
        project().set_baseline(baseline("", "", "", date(2026, 5, 19)), TODAY).unwrap_err().unmet.into_iter().map(|p| p.code).collect();
    assert_eq!(told, ["basis_missing", "field_missing", "field_missing", "fact_in_future"]);
    let (p, _, _) = project().set_baseline(baseline("年初版", "示例纪要", "示例主任", TODAY), TODAY).unwrap();
    let told = p.clone().set_baseline(baseline(" 年初版 ", "示例", "示例", TODAY), TODAY).unwrap_err();
    assert_eq!(told.unmet[0].code, "plan_baseline_named");
    assert_eq!(plan(&p).baselines.len(), 1);
}

#[test]
fn chosen_differences_are_taken_and_others_left() {
    let from = pattern(&Facts::default(), &BTreeSet::new());
    let mut to = from.clone();
    to.get_mut("A").unwrap().days = 7;
    to.get_mut("C").unwrap().days = 8;
    to.insert("N".into(), step(3, "B"));
    to.get_mut("C").unwrap().after = "D;B:SS+2;N".parse().unwrap();
    let (p, _) = edited(project(), &[json!({"op": "set", "id": "A", "days": 6})]).unwrap();
    let take = |p: Project, ids: &[&str]| {
        let only: BTreeSet<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        let applied = Applied { pattern: "X".into(), pack: "new".into(), on: TODAY };
        let way = Following { from: &from, to: &to, only: Some(&only), firmly: true };
        p.take_pattern(Taking { applied, way }, &ground()).map(|(p, ..)| p)
    };
    let taken = take(p.clone(), &["N"]).unwrap();
    assert_eq!((plan(&taken).activities["A"].days, plan(&taken).activities["C"].days), (6, 5));
    assert_eq!(after(&taken, "C"), "D;B:SS+2;N", "the new step is tied in");
    let taken = take(p.clone(), &["A", "C"]).unwrap();
    assert_eq!(
        (plan(&taken).activities["A"].days, plan(&taken).activities["C"].days),
        (7, 8),
        "taken over although the office had its own"
    );
    assert!(!plan(&taken).activities.contains_key("N"));
    assert_eq!(after(&taken, "C"), "D;B:SS+2", "a link to a step that was not taken is none");
    assert_eq!(take(p, &["B"]).unwrap_err().unmet[0].code, "plan_no_difference");
}
