//! Acts on a formality: what each leaves behind, and everything that stands against one at once.
use jiff::civil::{Date, date};
use lantu_model::{
    Formality, FormalityAct, FormalityFact, FormalityState, Level, PauseKind, Period, Precedence, Problem, Project, Refusal, Severity,
    StatusKind,
    formality::{Follows, Promise},
};

const TODAY: Date = date(2026, 5, 18);

fn project() -> Project {
    Project::admit("00000000-0000-7000-8000-000000000001".parse().unwrap(), Level::Project, "示例厂").unwrap()
}

fn on(day: Date, act: FormalityAct) -> FormalityFact {
    FormalityFact { kind: "eia".into(), on: day, basis: "示例依据".into(), act }
}

fn order() -> Precedence {
    let pair = |kind: &str, after: &str, advisory| Follows {
        kind: kind.into(),
        after: after.into(),
        advisory,
        procedures: vec![],
        occasional: false,
    };
    Precedence { pairs: vec![pair("construction", "works_planning", false), pair("construction", "bidding", true)] }
}

fn act(p: Project, fact: &FormalityFact) -> Result<(Project, Vec<Problem>), Refusal> {
    p.act_on_formality(fact, &order(), TODAY).map(|(p, _, reminders)| (p, reminders))
}

fn after(facts: &[FormalityFact]) -> Project {
    facts.iter().fold(project(), |p, f| act(p, f).unwrap().0)
}

fn row(p: &Project) -> &Formality {
    p.formalities.iter().find(|f| f.kind == "eia").unwrap()
}

fn refused(p: Project, fact: &FormalityFact) -> Vec<(String, Option<String>)> {
    act(p, fact).unwrap_err().unmet.into_iter().map(|p| (p.code, p.place)).collect()
}

fn said(found: &[(String, Option<String>)]) -> Vec<(&str, &str)> {
    found.iter().map(|(code, place)| (code.as_str(), place.as_deref().unwrap_or_default())).collect()
}

const PAUSE: FormalityAct = FormalityAct::Pause { why: PauseKind::Correction, until: None };

fn grant() -> FormalityAct {
    FormalityAct::Grant { number: Some("示环审〔2026〕1号".into()), valid_until: None, promise: None }
}

#[test]
fn accepted_paused_resumed_granted() {
    let p = after(&[
        on(date(2026, 3, 2), FormalityAct::Accept),
        on(date(2026, 3, 5), PAUSE),
        on(date(2026, 3, 16), FormalityAct::Resume),
        on(date(2026, 3, 20), grant()),
    ]);
    let row = row(&p);
    assert_eq!(
        (row.state, row.accepted_on(), row.decided_on()),
        (FormalityState::Granted, Some(date(2026, 3, 2)), Some(date(2026, 3, 20)))
    );
    assert_eq!((row.course.pauses[0].from, row.course.pauses[0].until), (date(2026, 3, 5), Some(date(2026, 3, 15))));
    assert!(row.pause_on(date(2026, 3, 15)).is_some() && row.pause_on(date(2026, 3, 16)).is_none());
}

#[test]
fn a_refusal_lists_everything_at_once() {
    let pause =
        FormalityFact { basis: " ".into(), ..on(date(2026, 6, 1), FormalityAct::Pause { why: PauseKind::Hearing, until: Some(TODAY) }) };
    let found = refused(project(), &pause);
    assert_eq!(
        said(&found),
        [("fact_in_future", "on"), ("basis_missing", "basis"), ("date_order", "until"), ("formality_not_accepted", "eia")]
    );
    let promise = Promise { due: date(2026, 2, 1), missing: String::new() };
    let hasty = FormalityAct::Grant { number: None, valid_until: Some(date(2026, 1, 1)), promise: Some(promise) };
    let paused = after(&[on(date(2026, 3, 2), FormalityAct::Accept), on(date(2026, 3, 5), PAUSE)]);
    let found = refused(paused.clone(), &on(date(2026, 2, 27), hasty));
    assert_eq!(
        said(&found),
        [("date_order", "on"), ("date_order", "on"), ("date_order", "valid_until"), ("field_missing", "missing"), ("date_order", "due")]
    );
    let found = refused(paused, &on(date(2026, 3, 9), grant()));
    assert_eq!(said(&found), [("formality_paused", "eia")]);
}

#[test]
fn each_act_has_its_turn() {
    let day = date(2026, 4, 1);
    let accepted = || after(&[on(date(2026, 3, 2), FormalityAct::Accept)]);
    let granted = || act(accepted(), &on(day, grant())).unwrap().0;
    let cases = [
        (project(), FormalityAct::Refuse, "formality_not_accepted"),
        (project(), FormalityAct::Resume, "pause_missing"),
        (accepted(), FormalityAct::Accept, "formality_in_hand"),
        (accepted(), FormalityAct::Resume, "pause_missing"),
        (accepted(), FormalityAct::Lapse, "formality_not_granted"),
        (accepted(), FormalityAct::Fulfil, "formality_not_granted"),
        (granted(), FormalityAct::Accept, "formality_in_force"),
        (granted(), grant(), "formality_decided"),
        (granted(), FormalityAct::Return, "formality_decided"),
        (granted(), FormalityAct::Fulfil, "promise_missing"),
        (granted(), PAUSE, "pause_outside"),
    ];
    for (p, what, code) in cases {
        assert_eq!(refused(p, &on(day, what.clone()))[0].0, code, "{what:?}");
    }
    let not_needed = project().record_formality(Formality::new("eia", FormalityState::NotNeeded)).unwrap().0;
    assert_eq!(refused(not_needed, &on(day, FormalityAct::Accept))[0].0, "formality_not_needed");
}

#[test]
fn pauses_lie_between_acceptance_and_decision_and_never_overlap() {
    let span = |until| FormalityAct::Pause { why: PauseKind::Publicity, until: Some(until) };
    let p = after(&[on(date(2026, 3, 2), FormalityAct::Accept), on(date(2026, 3, 5), span(date(2026, 3, 9)))]);
    assert_eq!(said(&refused(p.clone(), &on(date(2026, 2, 27), span(date(2026, 3, 1))))), [("pause_outside", "on")]);
    assert_eq!(said(&refused(p.clone(), &on(date(2026, 3, 9), PAUSE))), [("pause_overlap", "on")]);
    assert_eq!(said(&refused(p.clone(), &on(date(2026, 3, 5), FormalityAct::Resume))), [("resume_too_soon", "on")]);
    let (p, _) = act(p, &on(date(2026, 3, 20), grant())).unwrap();
    assert_eq!(said(&refused(p.clone(), &on(date(2026, 3, 18), span(date(2026, 3, 25))))), [("pause_outside", "until")]);
    // One that was forgotten is entered afterwards.
    let (p, _) = act(p, &on(date(2026, 3, 11), span(date(2026, 3, 13)))).unwrap();
    assert_eq!(row(&p).course.pauses.len(), 2);
}

#[test]
fn returned_refused_and_expired_ones_are_accepted_again_and_keep_their_past() {
    let again = on(date(2026, 4, 1), FormalityAct::Accept);
    for end in [FormalityAct::Return, FormalityAct::Refuse] {
        let p = after(&[on(date(2026, 3, 2), FormalityAct::Accept), on(date(2026, 3, 6), end), again.clone()]);
        let row = row(&p);
        assert_eq!((row.state, row.accepted_on(), row.decided), (FormalityState::Applied, Some(date(2026, 4, 1)), None));
        assert_eq!(row.course.earlier[0].ended.as_ref().unwrap().on, date(2026, 3, 6));
    }
    let short = FormalityAct::Grant { number: None, valid_until: Some(date(2026, 3, 31)), promise: None };
    let p = after(&[on(date(2026, 3, 2), FormalityAct::Accept), on(date(2026, 3, 6), short)]);
    assert!(!row(&p).is_expired_on(date(2026, 3, 31)) && row(&p).is_expired_on(date(2026, 4, 1)));
    assert_eq!(refused(p.clone(), &on(date(2026, 3, 31), FormalityAct::Accept))[0].0, "formality_in_force");
    let p = act(p, &again).unwrap().0;
    assert_eq!(row(&p).course.earlier[0].valid_until, Some(date(2026, 3, 31)));
}

#[test]
fn a_grant_on_a_promise_waits_for_its_papers() {
    let promise = Some(Promise { due: date(2026, 6, 30), missing: "水保方案".into() });
    let p = after(&[
        on(date(2026, 3, 2), FormalityAct::Accept),
        on(date(2026, 3, 3), FormalityAct::Grant { number: None, valid_until: None, promise }),
    ]);
    assert!(row(&p).open_acts(TODAY).contains(&"fulfil"));
    let p = act(p, &on(TODAY, FormalityAct::Fulfil)).unwrap().0;
    assert_eq!(row(&p).course.commitment.as_ref().unwrap().fulfilled, Some(TODAY));
    assert!(!row(&p).open_acts(TODAY).contains(&"fulfil"));
}

#[test]
fn what_comes_before_is_asked_for_by_the_pack() {
    let permit = |act| FormalityFact { kind: "construction".into(), ..on(date(2026, 5, 6), act) };
    let p = act(project(), &permit(FormalityAct::Accept)).unwrap().0;
    // Nothing is known of either: a reminder names both.
    let reminders = act(p.clone(), &permit(grant())).unwrap().1;
    assert_eq!(
        (reminders[0].code.as_str(), reminders[0].values["choices"].as_str()),
        ("predecessors_unrecorded", "works_planning、bidding")
    );
    let with = |p: &Project, kind: &str, state, decided: Option<Date>| {
        p.clone().record_formality(Formality { decided: decided.map(Period::day), ..Formality::new(kind, state) }).unwrap().0
    };
    let planned = with(&with(&p, "works_planning", FormalityState::Planned, None), "bidding", FormalityState::Planned, None);
    let found = act(planned, &permit(grant())).unwrap_err().unmet;
    assert_eq!(
        found.iter().map(|p| (p.code.as_str(), p.severity)).collect::<Vec<_>>(),
        [("predecessor_unmet", Severity::Block), ("predecessor_unmet", Severity::Warn)]
    );
    let later = with(&p, "works_planning", FormalityState::Granted, Some(date(2026, 5, 7)));
    assert_eq!(refused(later, &permit(grant()))[0].0, "predecessor_later");
    let earlier = with(&p, "works_planning", FormalityState::Granted, Some(date(2026, 5, 6)));
    let granted = act(earlier, &permit(grant())).unwrap().0;
    assert_eq!(refused_grant_of_an_earlier_one_dated_later(granted), "predecessor_later");
    let not_needed = with(&p, "works_planning", FormalityState::NotNeeded, None);
    assert!(act(not_needed, &permit(grant())).is_ok());
}

/// The planning permit is entered again, dated after the construction permit that must follow it.
fn refused_grant_of_an_earlier_one_dated_later(p: Project) -> String {
    let planning = |day, act| FormalityFact { kind: "works_planning".into(), ..on(day, act) };
    let p = act(p, &planning(date(2026, 5, 6), FormalityAct::Lapse)).unwrap().0;
    let p = act(p, &planning(date(2026, 5, 7), FormalityAct::Accept)).unwrap().0;
    refused(p, &planning(date(2026, 5, 8), grant()))[0].0.clone()
}

#[test]
fn nothing_happens_after_the_end() {
    let p = project().change_status(StatusKind::Terminated, date(2026, 4, 1), "示例", TODAY).unwrap().0;
    assert_eq!(said(&refused(p.clone(), &on(date(2026, 4, 2), FormalityAct::Accept))), [("fact_after_termination", "on")]);
    assert!(act(p.clone(), &on(date(2026, 4, 1), FormalityAct::Accept)).is_ok(), "what happened before may be entered late");
    let closed = p.change_status(StatusKind::Closed, date(2026, 5, 1), "示例", TODAY).unwrap().0;
    assert_eq!(said(&refused(closed, &on(date(2026, 3, 2), FormalityAct::Accept))), [("closed", "status")]);
}

#[test]
fn rows_from_before_stay_as_they_are() {
    let old = r#"{"kind":"eia","state":"applied","planned":null,"applied":"2026-03","decided":null,"valid_until":null,"number":null}"#;
    let read: Formality = serde_json::from_str(old).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), old);
    // An imported row in hand without a day gets one by its acceptance.
    let p = project().record_formality(read).unwrap().0;
    assert_eq!(row(&p).open_acts(TODAY), ["accept"]);
    let p = act(p, &on(date(2026, 3, 9), FormalityAct::Accept)).unwrap().0;
    assert_eq!((row(&p).accepted_on(), row(&p).course.is_empty()), (Some(date(2026, 3, 9)), true));
}

#[test]
fn a_corrected_row_keeps_its_course_or_is_told_what_stands_against_it() {
    let p = after(&[on(date(2026, 3, 2), FormalityAct::Accept), on(date(2026, 3, 5), PAUSE)]);
    let plain = Formality { course: Default::default(), ..row(&p).clone() };
    let kept = p.clone().record_formality(Formality { number: Some("1".into()), ..plain.clone() }).unwrap().0;
    assert_eq!(row(&kept).course.pauses.len(), 1);
    let late = Formality { applied: Some(Period::day(date(2026, 3, 9))), ..plain.clone() };
    assert_eq!(p.clone().record_formality(late).unwrap_err().unmet[0].code, "pause_outside");
    let granted = Formality { state: FormalityState::Granted, decided: Some(Period::day(TODAY)), ..plain };
    assert_eq!(p.record_formality(granted).unwrap_err().unmet[0].code, "pause_outside");
}
