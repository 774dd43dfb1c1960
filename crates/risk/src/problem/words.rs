//! The words of each code: reason, then remedy.
use super::{Names, Problem, place};
use lantu_schedule::Tongue;

pub(super) fn say(problem: &Problem, tongue: Tongue, name: Names<'_>) -> String {
    let Problem { code, activities, place, found } = problem;
    // A network says what is wrong with it in its own words.
    let Some((chinese, english)) = template(code).filter(|_| place::is_of_model(place) || !of_networks(code)) else {
        let of_network = lantu_schedule::Problem { code, activities: activities.clone(), place: place.clone(), found: found.clone() };
        return of_network.say_named(tongue, name);
    };
    let place = place::say(place, activities, tongue, name);
    let found = &tongue.pick(&in_chinese(found), found).to_owned();
    capital(
        &tongue
            .pick(chinese, english)
            .replace("{place}", &place)
            .replace("{who}", &all(activities, tongue, name))
            .replace("{found}", found),
    )
}

/// What stands there, without English words: lengths, and months of the weather.
fn in_chinese(found: &str) -> String {
    match found.split_once(", month ") {
        Some((chance, month)) => format!("{month} 月 {chance}"),
        None => found.replace(" min, ", " 分钟、").replace(" min", " 分钟"),
    }
}

fn of_networks(code: &str) -> bool {
    lantu_schedule::Problem::CODES.contains(&code)
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The activities by their names, the first ones of many.
pub(super) fn all(activities: &[i64], tongue: Tongue, name: Names<'_>) -> String {
    const NAMED: usize = 5;
    let mut said: Vec<String> = activities.iter().take(NAMED).map(|uid| place::called(*uid, tongue, name).trim().to_owned()).collect();
    if activities.len() > NAMED {
        said.push("…".to_owned());
    }
    said.join(tongue.pick("、", ", "))
}

/// `{place}`: where; `{who}`: the activities; `{found}`: what stands there.
fn template(code: &str) -> Option<(&'static str, &'static str)> {
    of_ranges(code).or_else(|| of_correlations(code)).or_else(|| of_the_rest(code))
}

fn of_ranges(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "range_out_of_order" => (
            "{place}次序不对（{found}），请从小到大填写：最短、最可能、最长，或 P50、P90。",
            "{place} is out of order ({found}); enter least, most likely and most, or P50 and P90, from small to large.",
        ),
        "range_negative" => {
            ("{place}含有负的工期（{found}），请改为零或正值。", "{place} holds a negative duration ({found}); enter zero or more.")
        }
        "range_not_whole_minutes" => {
            ("{place}不是整分钟（{found}），请取整到分钟。", "{place} is not in whole minutes ({found}); round it to the minute.")
        }
        "range_too_long" => (
            "{place}超过一百年（{found}），请核对是否录入有误。",
            "{place} is longer than a hundred years ({found}); check for a slip of the pen.",
        ),
        "lognormal_not_positive" => (
            "{place}按对数正态分布，中位数（P50）必须大于零（{found}），请改正，或改用其他分布。",
            "{place} is lognormal, whose median (P50) must be above zero ({found}); correct it, or choose another distribution.",
        ),
        "empty_sample" => (
            "{place}采用实测样本，但样本为空，请至少填一个值，或改用其他分布。",
            "{place} is a recorded sample without any value; give at least one, or choose another distribution.",
        ),
        "duplicate_range" => ("有的工作给了几个工期区间（{who}），请只保留一个。", "activity {who} has several ranges; keep one of them."),
        _ => return None,
    })
}

fn of_correlations(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "correlation_out_of_range" => (
            "{place}的相关系数（{found}）不在 -1 到 1 之间，请改正。",
            "{place} has the coefficient {found}, which is not between -1 and 1; correct it.",
        ),
        "correlation_too_few" => {
            ("{place}不足两项工作，请补足，或删去该组。", "{place} names fewer than two activities; add to them, or delete the group.")
        }
        "correlation_repeats_activity" => {
            ("{place}重复列出同一项工作（{who}），请只列一次。", "{place} names activity {who} more than once; name it once.")
        }
        "correlation_contradicts" => (
            "两个相关组对同一对工作（{who}）给出不同的相关系数（{found}），请删去其中一个或改为一致。",
            "two groups give the same pair of activities ({who}) different coefficients ({found}); drop one or make them agree.",
        ),
        "correlation_too_large" => (
            "相互重叠的相关组共涉及 {found} 项工作，超过 400 项，无法计算，请拆成互不重叠的组。",
            "groups that overlap hold {found} activities together, above the limit of 400; part them into groups that do not overlap.",
        ),
        "correlation_shared_negative" => (
            "{place}由多个项目共用，相关系数（{found}）不能为负，请改为零或正值，或不再共用。",
            "{place} is shared between networks, so its coefficient ({found}) may not be negative; enter zero or more, or do not share it.",
        ),
        "duplicate_correlation" => {
            ("有多个相关组同名：{found}，请改为互不相同的名称。", "several groups have the name {found}; give each its own.")
        }
        _ => return None,
    })
}

fn of_the_rest(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "probability_out_of_range" => (
            "{place}的概率（{found}）不在 0 到 1 之间，请改正（例如百分之三十写 0.3）。",
            "{place} has the probability {found}, which is not between 0 and 1; correct it (thirty per cent is 0.3).",
        ),
        "duplicate_risk" => {
            ("有多个风险使用同一编号：{found}，请改为互不相同的编号。", "several risks have the id {found}; give each its own.")
        }
        "duplicate_key" => (
            "组合中有不同的网络使用同一标识（{found}），它们的随机数会完全相同，请各用各的标识。",
            "different networks of the portfolio have the key {found} and would share all their luck; give each its own key.",
        ),
        "duplicate_weather" => {
            ("{place}对同一日历给出多次，请只保留一个。", "{place} stands more than once for the same calendar; keep one of them.")
        }
        "iterations_out_of_range" => (
            "模拟次数（{found}）须在 1 到 1 亿之间，请改正。",
            "the number of iterations ({found}) must be from 1 to 100,000,000; correct it.",
        ),
        "name_missing" => ("{place}没有名称，请补上。", "{place} has no name; give it one."),
        "unknown_activity" => (
            "{place}引用了不存在的工作（{found}），请删除该引用或补上该工作。",
            "{place} refers to an activity that is not there ({found}); delete the reference or add the activity.",
        ),
        "unknown_calendar" => (
            "{place}使用了不存在的日历（{found}），请选择已有日历。",
            "{place} uses a calendar that is not there ({found}); choose one that is.",
        ),
        "weather_out_of_range" => (
            "{place}的停工概率（{found}）不在 0 到 1 之间，请改正。",
            "{place} loses a day with the chance {found}, which is not between 0 and 1; correct it.",
        ),
        "weather_takes_all" => (
            "{place}使日历在全年各月都必然停工，工作永远做不完，请把至少一个月的停工概率改为小于 1。",
            "{place} takes every working day of every month, so that no work is ever done; leave at least one month a chance below 1.",
        ),
        _ => return None,
    })
}
