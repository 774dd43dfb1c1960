//! What is written is read again; what is not changed goes back byte by byte.
use crate::corpus::originals;
use crate::generated::{Chance, plan};
use crate::sample;
use lantu_calendar::Span;
use lantu_planfile::{Format, Label, Plan, PlanFile, Source, Stored, xer};
use lantu_schedule::{ActivityIx, CalendarIx, Constraint, ConstraintKind, Lag, Link, LinkKind, Progress};
use std::collections::BTreeMap;

fn again(file: &PlanFile) -> PlanFile {
    xer::read(&xer::write(file).bytes).unwrap_or_else(|r| panic!("{r}"))
}

fn made(plans: Vec<Plan>) -> PlanFile {
    PlanFile { format: Format::Xer, plans, source: Source::None }
}

/// A plan as it says the same whatever the order of its rows, links and calendars.
fn said(plan: &Plan) -> BTreeMap<String, String> {
    let mut said = BTreeMap::new();
    let mut say = |key: String, value: String| assert_eq!(said.insert(key.clone(), value), None, "{key} twice");
    let calendar = |c: CalendarIx| plan.calendars[c.at()].uid;
    let uid = |at: ActivityIx| (plan.activities[at.at()].is_summary(), plan.activities[at.at()].uid);
    let mut options = plan.options.clone();
    options.calendar = CalendarIx(calendar(options.calendar) as u32);
    say("plan".into(), format!("{} {} {options:?} {:?} {:?}", plan.id, plan.name, plan.units, plan.last_scheduled));
    for c in &plan.calendars {
        let parent = c.spec.parent.map(|p| plan.calendars[p].uid);
        say(format!("calendar {}", c.uid), format!("{c:?} {parent:?}").replace(&format!("parent: {:?}", c.spec.parent), ""));
    }
    for r in &plan.resources {
        let own = r.calendar.map(|c| calendar(CalendarIx(c)));
        say(format!("resource {}", r.uid), format!("{} {} {:?} {own:?} {}", r.code, r.name, r.kind, r.max_units));
    }
    for (i, a) in plan.activities.iter().enumerate() {
        let mut detail = a.detail.clone().unwrap_or_default();
        let mut assignments: Vec<String> = std::mem::take(&mut detail.assignments)
            .iter()
            .map(|a| {
                let resource = a.resource.map(|r| plan.resources[r as usize].uid);
                let mut plain = a.clone();
                (plain.resource, plain.calendar) = (None, CalendarIx(calendar(a.calendar) as u32));
                format!("{resource:?} {plain:?}")
            })
            .collect();
        assignments.sort();
        let mut stored = plan.stored[i].clone();
        stored.percent_complete = stored.percent_complete.map(|p| (p * 1e4).round() / 1e4);
        let own = (!a.is_summary()).then(|| calendar(a.calendar));
        say(
            format!("row {:?}", uid(ActivityIx(i as u32))),
            format!(
                "{:?} {:?} {own:?} {:?} {detail:?} {assignments:?} {stored:?} {:?}",
                a.kind,
                a.duration,
                a.parent.map(uid),
                plan.labels[i]
            ),
        );
    }
    let mut links: Vec<String> =
        plan.links.iter().map(|l| format!("{:?} {:?} {:?} {:?}", uid(l.predecessor), uid(l.successor), l.kind, l.lag)).collect();
    links.sort();
    say("links".into(), format!("{links:#?}"));
    said
}

fn assert_same(ours: &Plan, theirs: &Plan, about: &str) {
    let (a, b) = (said(ours), said(theirs));
    for (key, value) in &a {
        assert_eq!(Some(value), b.get(key), "{about}: {key}");
    }
    assert_eq!(a.len(), b.len(), "{about}");
}

#[test]
fn what_is_not_changed_goes_back_byte_by_byte() {
    let mut files: Vec<(String, Vec<u8>)> = originals().iter().map(|p| (p.display().to_string(), std::fs::read(p).unwrap())).collect();
    files.push(("sample".into(), sample::text().into_bytes()));
    files.push(("unix".into(), sample::text().replace("\r\n", "\n").into_bytes()));
    files.push(("marked".into(), ["\u{feff}", &sample::text()].concat().into_bytes()));
    files.push(("unended".into(), sample::text().replace("%E\r\n", "").into_bytes()));
    files.push(("chinese".into(), encoding_rs::GB18030.encode(&sample::text()).0.into_owned()));
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    files.push(("wide".into(), wide(&["\u{feff}", &sample::text()].concat())));
    files.push(("wide, no mark".into(), wide(&sample::text())));
    for (name, bytes) in files {
        let file = xer::read(&bytes).unwrap_or_else(|r| panic!("{name}: {r}"));
        let written = xer::write(&file);
        assert!(written.bytes == bytes, "{name}");
        assert_eq!(written.losses, []);
        assert!(file.plans[0].labels.iter().all(|l| !l.name.contains('\u{fffd}')), "{name}");
    }
}

#[test]
fn a_made_plan_is_read_as_it_was() {
    let mut chance = Chance(0x5eed);
    for round in 0..80 {
        let plans: Vec<Plan> = (0..1 + chance.below(3)).map(|i| plan(&mut chance, &format!("P{i}"), 10_000 * i as i64, 12)).collect();
        let file = made(plans);
        let written = xer::write(&file);
        assert_eq!(written.losses, [], "round {round}");
        let read = xer::read(&written.bytes).unwrap_or_else(|r| panic!("{r}"));
        assert_eq!(read.plans.len(), file.plans.len());
        for (ours, theirs) in file.plans.iter().zip(&read.plans) {
            assert_eq!(theirs.losses, []);
            assert_same(ours, &listing_the_same(theirs, ours), &format!("round {round}"));
        }
    }
}

/// Each project lists the calendars and resources of all; here only those that were written for it.
fn listing_the_same(plan: &Plan, as_in: &Plan) -> Plan {
    let mut plan = plan.clone();
    let places: Vec<usize> = as_in.calendars.iter().map(|c| plan.calendars.iter().position(|o| o.uid == c.uid).unwrap()).collect();
    let moved = |at: u32| places.iter().position(|p| *p == at as usize).unwrap() as u32;
    plan.calendars = places.iter().map(|p| plan.calendars[*p].clone()).collect();
    plan.calendars.iter_mut().for_each(|c| c.spec.parent = c.spec.parent.map(|p| moved(p as u32) as usize));
    plan.options.calendar = CalendarIx(moved(plan.options.calendar.0));
    let resources: Vec<usize> = as_in.resources.iter().map(|r| plan.resources.iter().position(|o| o.uid == r.uid).unwrap()).collect();
    plan.resources = resources.iter().map(|r| plan.resources[*r].clone()).collect();
    plan.resources.iter_mut().for_each(|r| r.calendar = r.calendar.map(moved));
    for activity in &mut plan.activities {
        activity.calendar = CalendarIx(moved(activity.calendar.0));
        for assignment in activity.detail.iter_mut().flat_map(|d| d.assignments.iter_mut()) {
            assignment.calendar = CalendarIx(moved(assignment.calendar.0));
            assignment.resource = assignment.resource.map(|r| resources.iter().position(|o| *o == r as usize).unwrap() as u32);
        }
    }
    plan
}

#[test]
fn changes_to_a_read_plan_are_read_again() {
    let mut chance = Chance(0xc0ffee);
    for round in 0..80 {
        let source = xer::write(&made(vec![plan(&mut chance, "P", 0, 10)])).bytes;
        let mut file = xer::read(&source).unwrap();
        let count = 8 + chance.below(6);
        let other = again(&made(vec![plan(&mut chance, "P", 0, count)]));
        // The other plan's rows have the same numbers, so each row changes in all that it says.
        let losses = std::mem::take(&mut file.plans[0].losses);
        assert_eq!(losses, []);
        file.plans[0] = other.plans[0].clone();
        let written = xer::write(&file);
        let codes: Vec<_> = written.losses.iter().map(|l| l.code).filter(|c| *c != "max_units_not_written").collect();
        assert_eq!(codes, [] as [&str; 0]);
        let read = xer::read(&written.bytes).unwrap_or_else(|r| panic!("{r}"));
        let (mut wanted, mut got) = (file.plans[0].clone(), read.plans[0].clone());
        got = listing_the_same(&got, &wanted);
        [&mut wanted, &mut got].into_iter().flat_map(|p| p.resources.iter_mut()).for_each(|r| r.max_units = 0.0);
        assert_same(&wanted, &got, &format!("round {round}"));
    }
}

#[test]
fn an_original_made_anew_says_the_same() {
    for path in originals() {
        let mut file = xer::read(&std::fs::read(&path).unwrap()).unwrap();
        file.source = Source::None;
        let written = xer::write(&file);
        assert_eq!(written.losses, [], "{}", path.display());
        let read = xer::read(&written.bytes).unwrap();
        for (ours, theirs) in file.plans.iter().zip(&read.plans) {
            assert_same(ours, theirs, &path.display().to_string());
        }
    }
}

#[test]
fn one_changed_cell_changes_one_cell() {
    let mut file = sample::file();
    let at = file.plans[0].find(1003, false).unwrap();
    file.plans[0].activities[at.at()].detail_mut().constraint =
        Some(Constraint { kind: ConstraintKind::FinishOn, date: "2026-05-06T17:00".parse().unwrap() });
    file.plans[0].stored[at.at()].total_float = None;
    let text = String::from_utf8(xer::write(&file).bytes).unwrap();
    let wanted =
        sample::text().replace("2026-04-30 17:00", "2026-05-06 17:00").replace("CS_MEOB", "CS_MEO").replace("通车\t8\t", "通车\t\t");
    assert_eq!(text, wanted);
}

#[test]
fn floats_of_finished_work_stay_empty() {
    let mut file = sample::file();
    for stored in &mut file.plans[0].stored {
        stored.total_float = Some(stored.total_float.unwrap_or_default());
    }
    let text = String::from_utf8(xer::write(&file).bytes).unwrap();
    let wanted = sample::text().replace("管理\t\t0\t0", "管理\t0\t0\t0");
    assert_eq!(text, wanted);
}

#[test]
fn a_wide_file_stays_wide() {
    let wide: Vec<u8> = sample::text().encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut file = xer::read(&wide).unwrap();
    file.plans[0].labels[0].name = "监理".into();
    let written = xer::write(&file).bytes;
    assert_eq!(written.len(), wide.len());
    assert_eq!(xer::read(&written).unwrap().plans[0].labels[0].name, "监理");
}

#[test]
fn rows_come_and_go_with_what_belongs_to_them() {
    let mut file = sample::file();
    let plan = &mut file.plans[0];
    let gone = plan.find(1003, false).unwrap();
    plan.links.retain(|l| l.successor != gone && l.predecessor != gone);
    let last = plan.activities.len() - 1;
    assert_eq!(gone.at(), last);
    plan.activities.pop();
    plan.labels.pop();
    plan.stored.pop();
    let mut new = lantu_schedule::Activity::task(1001, CalendarIx(0), Span::hours(12));
    new.parent = plan.find(102, true);
    plan.activities.push(new);
    plan.labels.push(Label { code: "N1".into(), name: "新增".into(), ..Label::default() });
    plan.stored.push(Stored::default());
    let first = plan.find(1001, false).unwrap();
    plan.links.push(Link { predecessor: first, successor: gone, kind: LinkKind::StartStart, lag: Lag::NONE });
    let written = xer::write(&file);
    assert_eq!(written.losses, []);
    let text = String::from_utf8(written.bytes.clone()).unwrap();
    assert!(!text.contains("\t1003\t1\t1\t10") && !text.contains("%R\t1\t1003") && !text.contains("通车"));
    assert!(text.contains("%R\t2002\t10\t102\t1\tCP_Drtn"), "{text}");
    let read = xer::read(&written.bytes).unwrap();
    let new = read.plans[0].find(2002, false).unwrap();
    assert_eq!(read.plans[0].labels[new.at()].name, "新增");
    assert_eq!(read.plans[0].links.last().map(|l| (l.kind, l.successor)), Some((LinkKind::StartStart, new)));
}

#[test]
fn the_sample_says_what_it_says() {
    let file = sample::file();
    assert_eq!(file.plans.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["ROAD", "ROAD-B"]);
    let Source::Xer(source) = &file.source else { panic!() };
    assert!(source.is_baseline("ROAD-B") && !source.is_baseline("ROAD"));
    let plan = &file.plans[0];
    let rows: Vec<_> = plan.labels.iter().map(|l| l.code.as_str()).collect();
    assert_eq!(rows, ["L1", "ROAD", "A", "A1", "A2", "B", "M1"]);
    let at = plan.find(1002, false).unwrap().at();
    let Progress::Started { actual, remaining, .. } = plan.activities[at].progress() else { panic!() };
    assert_eq!((actual, remaining), (Span::hours(16), Span::hours(16)), "three days less the one of suspension");
    assert_eq!(plan.labels[at].name, "土方 \"一期\"");
    assert_eq!(plan.stored[at].critical, Some(true));
    let detail = plan.activities[at].detail.as_ref().unwrap();
    assert_eq!(detail.assignments.iter().map(|a| (a.units, a.drives)).collect::<Vec<_>>(), [(100.0, true), (10.0, false)]);
    assert_eq!(plan.stored[at].notes.as_deref(), Some("雨季 停工"));
    assert_eq!(plan.resources[0].max_units, 200.0);
    let project = plan.calendars.iter().find(|c| c.uid == 2).unwrap();
    assert_eq!(project.spec.exceptions.len(), 4, "the parent's first, then its own");
    let losses: Vec<_> = plan.losses.iter().map(|l| (l.code, l.place.as_str(), l.found.as_str())).collect();
    assert!(losses.contains(&("link_to_other_project", "TASKPRED row 4 (line 41), pred_task_id", "2001")), "{losses:?}");
    assert!(losses.iter().any(|l| l.0 == "link_to_missing_task"));
}
