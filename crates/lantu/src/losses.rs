//! What could not be read or kept as it stands, said to people: a file has many of a kind, and a kind is one line.
use crate::{columns, plans::Said, tongue::Tongue};

/// So many places are named of those that share their words.
const PLACES: usize = 3;
/// So many differing words of one kind are said, when each has a place of its own.
const OF_A_KIND: usize = 3;
/// One kind of loss: the first with each of its words, and the places where they hold.
struct Kind<'a> {
    code: &'static str,
    words: Vec<(&'a Said, Vec<&'a str>)>,
}

/// On stderr, kind by kind.
pub fn tell(losses: &[Said], tongue: Tongue) {
    eprint!("{}", in_words(losses, tongue));
}

fn in_words(losses: &[Said], tongue: Tongue) -> String {
    let mut out = String::new();
    for kind in kinds(losses) {
        if let Some(words) = listed(&kind, tongue) {
            out.push_str(&format!("  {}\n", columns::clean(&words)));
            continue;
        }
        for (said, places) in kind.words.iter().take(OF_A_KIND) {
            out.push_str(&columns::clean(&line(&said.message, places, tongue)));
            out.push('\n');
        }
        let more: usize = kind.words.iter().skip(OF_A_KIND).map(|(_, places)| places.len()).sum();
        if more > 0 {
            let (zh, en) = (format!("    ……同类另有 {more} 处\n"), format!("    … and {more} more of this kind\n"));
            out.push_str(tongue.say(&zh, &en));
        }
    }
    out
}

/// A kind without places in one sentence that names all that was found, as the tables that are not carried over.
fn listed(kind: &Kind<'_>, tongue: Tongue) -> Option<String> {
    let (first, _) = kind.words.first().filter(|(said, _)| kind.words.len() > 1 && !said.found.is_empty())?;
    let placeless = kind.words.iter().all(|(_, places)| places.iter().all(|p| p.is_empty()));
    let found: Vec<&str> = kind.words.iter().map(|(said, _)| said.found.as_str()).collect();
    placeless.then(|| first.message.replacen(&first.found, &found.join(tongue.say("、", ", ")), 1))
}

/// In the order of their first appearance.
fn kinds(losses: &[Said]) -> Vec<Kind<'_>> {
    let mut kinds: Vec<Kind<'_>> = vec![];
    let mut seen = std::collections::HashMap::new();
    for loss in losses {
        let kind = kinds.iter().position(|k| k.code == loss.code).unwrap_or_else(|| {
            kinds.push(Kind { code: loss.code, words: vec![] });
            kinds.len() - 1
        });
        let words = &mut kinds[kind].words;
        let at = *seen.entry((loss.code, loss.message.as_str())).or_insert_with(|| {
            words.push((loss, vec![]));
            words.len() - 1
        });
        words[at].1.push(loss.place.as_str());
    }
    kinds
}

fn line(words: &str, places: &[&str], tongue: Tongue) -> String {
    if let [place] = places {
        return format!("  {}{words}", before(place, tongue));
    }
    let n = places.len();
    let mut named: Vec<String> = places.iter().take(PLACES).filter(|p| !p.is_empty()).map(|p| place_in_words(p, tongue)).collect();
    if n > PLACES && !named.is_empty() {
        named.push(tongue.say("……", "…").to_owned());
    }
    let named = named.join(tongue.say("、", "; "));
    let colon = if named.is_empty() { "" } else { tongue.say("：", ": ") };
    tongue.say(&format!("  {words}（{n} 处{colon}{named}）"), &format!("  {words} ({n} times{colon}{named})")).to_owned()
}

/// A place before its message.
pub fn before(place: &str, tongue: Tongue) -> String {
    if place.is_empty() { String::new() } else { place_in_words(place, tongue) + tongue.say("：", ": ") }
}

/// A place as people say it; tables, elements and columns keep the names that the file gives them.
pub fn place_in_words(place: &str, tongue: Tongue) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("activity", "工作"),
        ("Task", "任务"),
        ("project", "项目"),
        ("Project", "项目"),
        ("link", "关系"),
        ("calendar", "日历"),
        ("Calendar", "日历"),
        ("resource", "资源"),
        ("range", "工期区间"),
        ("risk", "风险"),
        ("correlation", "相关组"),
        ("weather", "天气"),
        ("Resource", "资源"),
    ];
    let (first, rest) = place.split_once(' ').unwrap_or((place, ""));
    if let Some(uid) = place.strip_prefix("range of activity ") {
        return tongue.say(&format!("工作 {uid} 的工期区间"), place).to_owned();
    }
    let numbered = if first == "line" { numbered_line(rest) } else { None };
    let word = || WORDS.iter().find(|(en, _)| *en == first).map(|(_, zh)| format!("{zh} {rest}").trim_end().to_owned());
    let chinese = numbered.or_else(word).unwrap_or_else(|| place.to_owned());
    tongue.say(&chinese, place).to_owned()
}

/// `12, Task 3` is what stands after `line`.
fn numbered_line(rest: &str) -> Option<String> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, rest) = rest.split_at_checked(end).filter(|(number, _)| !number.is_empty())?;
    let column = rest.strip_prefix(", column ").map(|column| format!("第 {column} 列"));
    Some(format!("第 {number} 行{}", column.unwrap_or_else(|| rest.replacen(", ", "，", 1))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantu_model::words::Lang;

    fn said(code: &'static str, place: &str, message: &str) -> Said {
        Said { code, place: place.to_owned(), found: String::new(), message: message.to_owned(), is_placed: false }
    }

    #[test]
    fn a_kind_is_one_line_with_its_count_and_examples() {
        let mut losses: Vec<Said> = (1..=16).map(|k| said("splits", &format!("activity {k}"), "no splits")).collect();
        losses.insert(3, said("rules", "project P", "other rules"));
        let english = "  no splits (16 times: activity 1; activity 2; activity 3; …)\n  project P: other rules\n";
        assert_eq!(in_words(&losses, Tongue(Lang::En)), english);
        let chinese = "  no splits（16 处：工作 1、工作 2、工作 3、……）\n  项目 P：other rules\n";
        assert_eq!(in_words(&losses, Tongue(Lang::Zh)), chinese);
    }

    #[test]
    fn of_a_kind_with_differing_words_the_first_are_said() {
        let losses: Vec<Said> = (1..=9).map(|k| said("deadline", &format!("activity {k}"), &format!("deadline {k}"))).collect();
        assert!(in_words(&losses, Tongue(Lang::En)).ends_with("  activity 3: deadline 3\n    … and 6 more of this kind\n"));
        let part = |k: u8| Said { found: format!("T{k}"), ..said("part", "", &format!("left out: T{k}")) };
        assert_eq!(in_words(&[part(1), part(2), part(3)], Tongue(Lang::En)), "  left out: T1, T2, T3\n");
    }

    #[test]
    fn a_line_has_its_number_in_chinese() {
        let zh = |place| place_in_words(place, Tongue(Lang::Zh));
        assert_eq!((zh("line 30").as_str(), zh("line 1, column 28").as_str()), ("第 30 行", "第 1 行第 28 列"));
        assert_eq!(zh("line 5161, Project/Relationship"), "第 5161 行，Project/Relationship");
        assert_eq!((zh("Task 17/Start"), zh("project"), zh("--why")), ("任务 17/Start".into(), "项目".into(), "--why".into()));
    }
}
