//! Places as people say them.
use super::Names;
use lantu_schedule::Tongue;

/// The places of a model begin with one of these words; every other place is one of the network.
const SORTS: [(&str, &str, &str); 5] = [
    ("range ", "工期区间", "range "),
    ("risk ", "风险", "risk "),
    ("correlation ", "相关组", "correlation "),
    ("weather ", "天气", "weather "),
    ("watch ", "关注节点", "watched row "),
];

/// Whether this is a place of the model, not of its network.
pub(super) fn is_of_model(place: &str) -> bool {
    SORTS.iter().any(|(start, ..)| place.starts_with(start))
}

/// A place in words, the activity by its name where it has one: `range of activity 17`, `risk R1, activity 17`, `weather site`.
pub(super) fn say(place: &str, activities: &[i64], tongue: Tongue, name: Names<'_>) -> String {
    let uid = activities.first().copied().unwrap_or_default();
    let who = called(uid, tongue, name);
    if place == format!("range of activity {uid}") {
        return tongue.pick(&format!("工作{who}的工期区间"), &format!("the range of activity {who}")).to_owned();
    }
    if let Some(risk) = place.strip_prefix("risk ").and_then(|rest| rest.strip_suffix(&format!(", activity {uid}"))) {
        return tongue
            .pick(&format!("风险“{risk}”对工作{who}的影响"), &format!("the impact of risk “{risk}” on activity {who}"))
            .to_owned();
    }
    // Groups that overlap are repaired together.
    if let Some((first, others)) = place.split_once(", correlation ") {
        let (first, others) = (say(first, &[], tongue, name), say(&format!("correlation {others}"), &[], tongue, name));
        return format!("{first}{}{others}", tongue.pick("、", ", "));
    }
    for (start, chinese, english) in SORTS {
        if let Some(id) = place.strip_prefix(start) {
            return tongue.pick(&format!("{chinese}“{id}”"), &format!("{english}“{id}”")).to_owned();
        }
    }
    place.to_owned()
}

/// An activity by its name, else by its uid.
pub(super) fn called(uid: i64, tongue: Tongue, name: Names<'_>) -> String {
    name(uid).map_or_else(|| tongue.pick(&format!(" {uid} "), &uid.to_string()).to_owned(), |name| format!("“{name}”"))
}
