//! The words of each code: reason, then remedy.
use super::{LOOP_SHOWN, Problem};
use crate::Tongue;

/// Gives a row's name by its uid.
type Names<'a> = &'a dyn Fn(i64) -> Option<String>;

pub(super) fn say(problem: &Problem, tongue: Tongue, name: Names<'_>) -> String {
    let (chinese, english) = template(problem.code);
    let who = match problem.activities.as_slice() {
        [] => tongue.pick("项目", "the project").to_owned(),
        [first, ..] => tongue.pick("工作", "activity ").to_owned() + &called(*first, tongue, name),
    };
    let found = if matches!(problem.code, "cycle" | "parent_cycle") { around(problem, name) } else { problem.found.clone() };
    let text = tongue.pick(chinese, english).replace("{who}", &who).replace("{found}", &found).replace("{place}", &problem.place);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn called(uid: i64, tongue: Tongue, name: Names<'_>) -> String {
    name(uid).map_or_else(|| tongue.pick(&format!(" {uid} "), &uid.to_string()).to_owned(), |name| format!("“{name}”"))
}

/// A loop by the names of its rows, back to the first.
fn around(problem: &Problem, name: Names<'_>) -> String {
    let known = |uid: &i64| name(*uid).map(|name| format!("“{name}”"));
    let first = problem.activities.first().and_then(known);
    let (Some(first), true) = (first, problem.activities.len() > 1) else { return problem.found.clone() };
    let rows = problem.activities.iter().take(LOOP_SHOWN).map(|uid| known(uid).unwrap_or_else(|| uid.to_string()));
    let cut = (problem.activities.len() > LOOP_SHOWN).then(|| "…".to_owned());
    let arrow = if problem.code == "cycle" { " → " } else { " < " };
    rows.chain(cut).chain([first]).collect::<Vec<_>>().join(arrow)
}

/// `{who}`: the first row; `{found}`: what stands there; `{place}`: where.
fn template(code: &str) -> (&'static str, &'static str) {
    match code {
        "assignment_not_finite" => (
            "{who}的资源分配量“{found}”不是有效数字，请改为实际分配量。",
            "{who} has an assignment of {found} units, which is no number; enter the real units.",
        ),
        "calendar_without_work" => (
            "{who}所用日历（{found}）没有任何工作时间，无法排期，请补充工作时间或换用其他日历。",
            "{who} works on {found}, which has no working time at all; give the calendar hours or choose another.",
        ),
        "constraints_contradict" => (
            "{who}的强制开始日期晚于强制完成日期（{found}），两者不能同时满足，请去掉其中一个或修改日期。",
            "{who} must start after it must finish ({found}); drop one of the two constraints or change a date.",
        ),
        "cycle" => (
            "工作之间的逻辑关系形成循环：{found}。无法排期，请至少删除其中一条关系。",
            "the links form a loop: {found}; delete at least one link of it.",
        ),
        "date_out_of_range" => (
            "{who}的日期或工期超出可计算范围（{found}），请核对是否录入有误。",
            "{who} has a date outside the years 1 to 9998 or a length above 2,000 years ({found}); check for a slip of the pen.",
        ),
        "duplicate_uid" => {
            ("有多个工作使用同一编号 {found}，请改为互不相同的编号。", "several rows have the uid {found}; give each row its own.")
        }
        "finish_before_start" => (
            "{who}的实际完成时间早于实际开始时间（{found}），请更正实际日期。",
            "{who} has an actual finish before its actual start ({found}); correct the actual dates.",
        ),
        "finish_missing" => (
            "项目设为从完成日期倒排，但未填写完成日期，请填写项目完成日期或改为从开始日期排期。",
            "the project is scheduled from its finish, which is not given; enter the project's finish or schedule from the start.",
        ),
        "fixed_finish_before_start" => (
            "{who}的手动完成时间早于手动开始时间（{found}），请更正日期。",
            "{who} has a fixed finish before its fixed start ({found}); correct the dates.",
        ),
        "lag_not_finite" => (
            "逻辑关系（{place}）的时距“{found}”不是有效数字，请重新填写。",
            "the lag of {place} is {found}, which is no number; enter it again.",
        ),
        "link_to_itself" => ("{who}与自身建立了逻辑关系，请删除该关系。", "{who} is linked to itself; delete the link."),
        "link_to_own_summary" => (
            "{who}与其所属的汇总行（或下级行）之间建立了逻辑关系（{found}），请删除该关系，改为与同级工作关联。",
            "{who} is linked to a summary row that it stands under, or that stands under it ({found}); delete the link and tie rows of the same level.",
        ),
        "negative_duration" => {
            ("{who}的工期或工时为负值（{found}），请改为零或正值。", "{who} has a negative duration or work ({found}); enter zero or more.")
        }
        "parent_cycle" => (
            "汇总行的上下级关系形成循环：{found}，请调整层级。",
            "the summary rows stand under one another in a loop: {found}; change the outline.",
        ),
        "parent_not_summary" => {
            ("{who}的上级 {found} 不是汇总行，请调整层级。", "{who} stands under row {found}, which is no summary row; change the outline.")
        }
        "splits_out_of_order" => (
            "{who}的分段时间（{found}）颠倒或相互重叠，请重新拆分工作。",
            "{who} is split into parts that run backward or overlap ({found}); split it again.",
        ),
        "unknown_activity" => (
            "{place} 引用了不存在的工作（{found}），请删除该引用或补上该工作。",
            "{place} refers to a row that is not there ({found}); delete the reference or add the row.",
        ),
        "unknown_calendar" => (
            "{who}使用了不存在的日历（{found}），请选择已有日历。",
            "{who} uses a calendar that is not there ({found}); choose one that is.",
        ),
        _ => ("{who}无法排期（{found}）。", "{who} cannot be scheduled ({found})."),
    }
}
