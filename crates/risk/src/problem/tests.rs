use super::*;
use crate::Note;

fn problem(code: &'static str, place: &str, activities: &[i64]) -> Problem {
    Problem { code, activities: activities.to_vec(), place: place.into(), found: "x9".into() }
}

#[test]
fn every_code_has_words_in_both_languages() {
    for code in Problem::CODES {
        let problem = problem(code, "risk R1, activity 17", &[17]);
        let (zh, en) = (problem.say(Tongue::Chinese), problem.say(Tongue::English));
        assert!(!zh.contains('{') && !en.contains('{'), "{zh} {en}");
        assert!(zh.ends_with('。') && zh.contains('请') && en.ends_with('.') && en.contains(';'), "{zh} {en}");
        assert!(!en.contains("scheduled"), "{code} has the words of an unknown one: {en}");
    }
    assert!(Problem::CODES.is_sorted());
}

#[test]
fn every_note_has_words_in_both_languages() {
    for code in Note::CODES {
        let note = Note { code, activities: vec![17], place: "range of activity 17".into(), found: "0.5".into() };
        let (zh, en) = (note.say(Tongue::Chinese), note.say(Tongue::English));
        assert!(!zh.contains('{') && !en.contains('{') && zh.ends_with('。') && en.ends_with('.'), "{zh} {en}");
        assert!(!zh.contains("未照原样"), "{code} has the words of an unknown one: {zh}");
    }
    assert!(Note::CODES.is_sorted());
}

#[test]
fn places_are_said_by_names() {
    let name = |uid: i64| (uid == 17).then(|| "A17 墙体".to_owned());
    let said = |place, activities: &[i64], tongue| problem("range_out_of_order", place, activities).say_named(tongue, &name);
    assert!(said("range of activity 17", &[17], Tongue::Chinese).starts_with("工作“A17 墙体”的工期区间次序不对（x9）"));
    assert!(said("range of activity 18", &[18], Tongue::English).starts_with("The range of activity 18 is out of order"));
    assert!(said("risk R1, activity 17", &[17], Tongue::English).starts_with("The impact of risk “R1” on activity “A17 墙体” is out"));
    assert!(said("risk R1, activity 3", &[3], Tongue::Chinese).starts_with("风险“R1”对工作 3 的影响"));
    let mut lengths = problem("range_out_of_order", "range of activity 18", &[18]);
    lengths.found = "3 min, 2 min".into();
    assert!(lengths.say(Tongue::Chinese).contains("（3 分钟、2 分钟）"), "{}", lengths.say(Tongue::Chinese));
    let mut wet = problem("weather_out_of_range", "weather site", &[]);
    wet.found = "10, month 3".into();
    assert!(wet.say(Tongue::Chinese).contains("停工概率（3 月 10）") && wet.says_its_place(), "{}", wet.say(Tongue::Chinese));
    let repaired = Note {
        code: "correlation_repaired",
        activities: vec![17],
        place: "correlation 1, correlation 2, correlation x".into(),
        found: "0.4".into(),
    };
    assert!(repaired.say(Tongue::Chinese).starts_with("相关组“1”、相关组“2”、相关组“x”给出的"), "{}", repaired.say(Tongue::Chinese));
    let probability = problem("probability_out_of_range", "risk a, b", &[]).say(Tongue::Chinese);
    assert!(probability.starts_with("风险“a, b”的概率（x9）"), "{probability}");
}

#[test]
fn a_network_speaks_for_itself() {
    let of_network = problem("unknown_calendar", "activity 17", &[17]);
    assert!(of_network.say(Tongue::English).starts_with("Activity 17 uses a calendar"), "{of_network}");
    let of_weather = problem("unknown_calendar", "weather site", &[]);
    assert!(of_weather.say(Tongue::English).starts_with("Weather “site” uses a calendar"), "{of_weather}");
    assert_eq!(of_weather.to_string(), format!("unknown_calendar (weather site): {}", of_weather.say(Tongue::English)));
}
