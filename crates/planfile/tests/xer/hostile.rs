//! Files made to hurt, and files that are merely odd: each answered by its code and place.
use crate::sample;
use lantu_planfile::{PlanFile, Refused, xer};
use lantu_schedule::{LagCalendar, ProgressLogic};
use std::time::{Duration, Instant};

fn read(text: &str) -> Result<PlanFile, Refused> {
    let begun = Instant::now();
    let read = xer::read(text.as_bytes());
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    read
}

fn problems(text: &str) -> Vec<(&'static str, String)> {
    read(text).unwrap_err().problems.into_iter().map(|p| (p.code, p.place)).collect()
}

fn losses(text: &str) -> Vec<(&'static str, String)> {
    let file = read(text).unwrap_or_else(|r| panic!("{r}"));
    file.plans.into_iter().flat_map(|p| p.losses).map(|l| (l.code, l.place)).filter(|l| !l.0.starts_with("link_to_")).collect()
}

/// The sample with one text in place of another.
fn with(from: &str, to: &str) -> String {
    let text = sample::text();
    assert!(text.contains(from), "{from}");
    text.replace(from, to)
}

#[test]
fn every_wrong_place_is_named_at_once() {
    let text = with("%R\t1001\t10", "%R\tone\t10")
        .replace("%R\t1004\t10", "%R\t1003\t10")
        .replace("2026-03-04 08:00\t\t2026-03-10", "soon\t\t2026-03-10");
    let found = problems(&text);
    assert_eq!(
        found,
        [
            ("bad_id", "TASK row 2 (line 32), task_id"),
            ("bad_date", "TASK row 3 (line 33), act_start_date"),
            ("id_twice", "TASK row 4 (line 34), task_id")
        ]
        .map(|(code, place)| (code, place.to_owned()))
    );
}

#[test]
fn a_wrong_cell_that_little_hangs_on_is_a_loss() {
    for (from, to, code, place) in [
        ("PR_FF\t-2.5", "PR_FF\tlong", "bad_number", "TASKPRED row 2 (line 39), lag_hr_cnt"),
        ("PR_FF\t-2.5", "PR_FF\t1e308", "bad_number", "TASKPRED row 2 (line 39), lag_hr_cnt"),
        ("PR_FF\t-2.5", "PR_FF\tNaN", "bad_number", "TASKPRED row 2 (line 39), lag_hr_cnt"),
        ("\t8\t16\t40\t", "\t8\t16\t-40\t", "negative_duration", "TASK row 3 (line 33), target_drtn_hr_cnt"),
        ("PR_FF", "PR_XX", "unknown_word", "TASKPRED row 2 (line 39), pred_type"),
        ("2026-04-30 17:00", "0000-00-00 00:00", "bad_date", "TASK row 4 (line 34), cstr_date"),
        ("2026-04-30 17:00", "", "constraint_without_date", "TASK row 4 (line 34), cstr_date"),
        ("%R\t1003\t10\t102\t1", "%R\t1003\t10\t102\t77", "unknown_calendar", "TASK row 4 (line 34), clndr_id"),
        ("%R\t1003\t10\t102", "%R\t1003\t10\t999", "unknown_wbs", "TASK row 4 (line 34), wbs_id"),
        ("%R\t100\t10\t1\tY\tROAD\t道路\t7", "%R\t100\t10\t1\tY\tROAD\t道路\t101", "wbs_cycle", "PROJWBS row 2 (line 19), parent_wbs_id"),
        ("%R\t1\tY\t标准\t\t", "%R\t1\tY\t标准\t\t2", "calendar_cycle", "CALENDAR 1, base_clndr_id"),
        ("2026-03-04 08:00\t\t2026-03-10", "\t\t2026-03-10", "progress_without_date", "TASK row 3 (line 33), status_code"),
    ] {
        let text = with(from, to);
        let found = losses(&text);
        assert!(found.contains(&(code, place.to_owned())), "{to}: {found:?}");
        let written = xer::write(&read(&text).unwrap());
        assert!(written.bytes == text.as_bytes(), "{to}");
    }
    assert_eq!(losses(&sample::text()), []);
}

#[test]
fn files_without_their_tables_say_so() {
    assert_eq!(problems("ERMHDR\t8\n%E\n")[0].0, "no_project");
    assert_eq!(problems("ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\n%R\tx\n%E\n")[0].0, "bad_id");
    let bare = read("ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\n%R\t1\n%T\tTASK\n%F\ttask_id\ttarget_drtn_hr_cnt\n%R\t5\t8,5\n%E\n").unwrap();
    assert_eq!((bare.plans[0].id.as_str(), bare.plans[0].activities[0].duration.as_minutes()), ("1", 510.0));
    let codes: Vec<_> = bare.plans[0].losses.iter().map(|l| l.code).collect();
    assert_eq!(codes, ["no_calendar", "no_start"]);
}

#[test]
fn decimal_commas_and_capitals_are_read() {
    let comma = with("PR_FF\t-2.5", "PR_FF\t-2,5").replace("0.1\t0.1", "0,1\t0,1").replace("1\t.\t,\tCNY", "1\t,\t.\tCNY");
    let file = read(&comma).unwrap();
    assert_eq!(file.plans[0].links[1].lag, sample::file().plans[0].links[1].lag);
    let options = &file.plans[0].options;
    assert_eq!((options.lag_calendar, options.progress), (LagCalendar::TwentyFourHour, ProgressLogic::ProgressOverride));
    let mut changed = file.clone();
    changed.plans[0].activities.iter_mut().for_each(|a| a.duration += lantu_calendar::Span::minutes(30));
    let text = String::from_utf8(xer::write(&changed).bytes).unwrap();
    assert!(text.contains("\t0,5\t0,5\t"), "{text}");
}

#[test]
fn depth_and_size_are_no_danger() {
    let deep: String = (1..60_000).map(|i| format!("%R\t{}\t10\t1\tN\tx\tx\t{}\r\n", 1000 + i, 999 + i)).collect();
    let head = "%R\t101\t10\t2\tN\tA\t路基\t100\r\n";
    read(&with(head, &format!("{head}{deep}"))).unwrap();
    let blob = "(0||CalendarData()(".to_owned() + &"(0||1()(".repeat(200_000);
    assert!(losses(&with("(0||CalendarData()(", &blob)).iter().any(|l| l.0 == "calendar_unreadable"));
    let chain: String = (10..3_000).map(|i| format!("%R\t{i}\tN\tc\t\t{}\tCA_Base\t8\t40\t\r\n", i - 1)).collect();
    let after = "%T\tSCHEDOPTIONS";
    assert!(losses(&with(after, &format!("{chain}{after}"))).iter().any(|l| l.0 == "calendars_too_deep"));
    let links: String = (10..60_000).map(|i| format!("%R\t{i}\t1003\t1002\t10\t10\tPR_FS\t0\r\n")).collect();
    let file = read(&with("%T\tTASKRSRC", &format!("{links}%T\tTASKRSRC"))).unwrap();
    assert_eq!(file.plans[0].links.len(), 59_992);
    assert!(xer::write(&file).losses.is_empty());
}

#[test]
fn a_calendar_of_many_exceptions_is_counted_quickly() {
    let days: String =
        (0..36_000).map(|i| format!("(0||{i}(d|{})((0||0(s|08:00|f|{:02}:{:02})())))", 20_000 + 2 * i, 9 + i % 9, i % 60)).collect();
    let text = with("(0||Exceptions()(", &format!("(0||Exceptions()({days}"));
    let file = read(&text).unwrap();
    assert!(xer::write(&file).bytes == text.as_bytes());
}

#[test]
fn calendars_that_multiply_are_refused() {
    let days: String = (0..36_000).map(|i| format!("(0||{i}(d|{})())", 20_000 + 2 * i)).collect();
    let blob = format!("(0||CalendarData()((0||Exceptions()({days}))))");
    let calendars: String = (100..140).map(|i| format!("%R\t{i}\tN\tc\t\t\tCA_Base\t8\t40\t{blob}\r\n")).collect();
    let text = with("%T\tSCHEDOPTIONS", &format!("{calendars}%T\tSCHEDOPTIONS"));
    // None of them is used: the projects list their own.
    assert_eq!(read(&text).unwrap().plans[0].calendars.len(), 2);
    let tasks: String = (100..140).map(|i| format!("%R\t{i}000\t10\t101\t{i}\r\n")).collect();
    let text = text.replace("%T\tTASKPRED", &format!("{tasks}%T\tTASKPRED"));
    assert_eq!(problems(&text), [("calendars_too_large", "CALENDAR".to_owned())]);
}

#[test]
fn many_projects_with_many_calendars_list_what_they_use() {
    let projects: String = (100..1_900).map(|i| format!("%R\t{i}\tP{i}\t{i}\t\t\t\t\t\t\t\r\n")).collect();
    let calendars: String = (100..5_000).map(|i| format!("%R\t{i}\tN\tc\t\t\tCA_Base\t8\t40\t\r\n")).collect();
    let text =
        with("%T\tCALENDAR", &format!("{projects}%T\tCALENDAR")).replace("%T\tSCHEDOPTIONS", &format!("{calendars}%T\tSCHEDOPTIONS"));
    let file = read(&text).unwrap();
    let (road, last) = (&file.plans[0], &file.plans[1_800]);
    assert_eq!((road.calendars.len(), road.resources.len()), (2, 2));
    assert_eq!(last.calendars.iter().map(|c| c.uid).collect::<Vec<_>>(), [1, 1_899]);
}

#[test]
fn many_projects_are_refused_and_many_findings_counted() {
    let projects: String = (100..2_200).map(|i| format!("%R\t{i}\tP{i}\t1\t\t\t\t\t\t\t\r\n")).collect();
    assert_eq!(problems(&with("%T\tCALENDAR", &format!("{projects}%T\tCALENDAR")))[0].0, "too_many_projects");
    let rows: String = (0..500).map(|i| format!("%R\tx{i}\t10\r\n")).collect();
    let found = problems(&with("%T\tTASKPRED", &format!("{rows}%T\tTASKPRED")));
    assert_eq!((found.len(), found[200].0), (201, "more_problems"));
}
