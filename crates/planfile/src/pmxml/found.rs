//! What is found wrong on the way: reasons to refuse the file, and what was mended or left out.
use crate::{FileProblem, Loss, Refused};
use std::cell::{Cell, RefCell};

/// So many of a sort are told one by one; the rest is counted.
const TOLD: usize = 200;

/// Codes with their words; `{}` stands for what was found.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "not_pmxml",
        "根元素是“{}”，不是 P6 的 APIBusinessObjects；请在 P6 中用“文件—导出—Primavera XML”重新导出。",
        "The root element is {}, not P6's APIBusinessObjects. Export the file from P6 as Primavera XML.",
    ),
    ("no_project", "文件里没有项目；导出时请选中要导出的项目。", "There is no project in the file. Select the projects to export."),
    (
        "project_start_missing",
        "项目没有计划开始、开始或数据日期，无法起算；请在 P6 中补上项目的计划开始日期。",
        "The project has no planned start, start or data date to count from. Give it a planned start in P6.",
    ),
    (
        "bad_id",
        "编号“{}”缺失或不是整数，无法确定这一项；请在 P6 中重新导出，或删去该项。",
        "The ObjectId {} is missing or no whole number, so this cannot be told from others. Export the file again or delete it.",
    ),
    (
        "id_twice",
        "编号 {} 用了两次；请重新导出，或改成不同的编号。",
        "The ObjectId {} is used twice. Export the file again, or give one of them another.",
    ),
    (
        "bad_date",
        "日期“{}”无法识别，应写作 2026-03-02T08:00:00；请改正后重新读取。",
        "The date {} cannot be read. Write it like 2026-03-02T08:00:00.",
    ),
    ("bad_number", "“{}”不是数字；请改成小时数，例如 8.0。", "{} is no number. Write hours, like 8.0."),
    ("negative_duration", "工期不能为负：{} 小时；请改成零或正数。", "A duration cannot be negative: {} hours. Make it zero or more."),
    ("unknown_word", "不认识的取值“{}”；请改为 P6 的取值后重新导出。", "An unknown value: {}. Use one of P6's and export the file again."),
    (
        "wbs_cycle",
        "WBS 互为上级，成了一圈：{}；请改正其中一个的上级。",
        "WBS elements stand in one another in a circle: {}. Correct the parent of one.",
    ),
    (
        "calendar_cycle",
        "日历互为基准，成了一圈：{}；请改正其中一个的基准日历。",
        "Calendars stand on one another in a circle: {}. Correct the base of one.",
    ),
    (
        "calendars_too_large",
        "日历例外日过多（{} 个以上），不像真实的计划；不予读取。",
        "More than {} exceptions in the calendars: no plan has these, and the file is not read.",
    ),
    (
        "more_problems",
        "另有 {} 个问题未逐条列出；先改正上列各项，再重新读取。",
        "{} more problems are not listed. Mend the ones above, then read the file again.",
    ),
];

/// The findings so far, in the order of the file.
#[derive(Default)]
pub(super) struct Found {
    problems: RefCell<Vec<FileProblem>>,
    more_problems: Cell<usize>,
    losses: RefCell<Vec<Loss>>,
    more_losses: Cell<usize>,
}

impl Found {
    /// A reason to refuse the file.
    pub fn refuse(&self, code: &'static str, place: impl FnOnce() -> String, found: &str) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() >= TOLD {
            return self.more_problems.set(self.more_problems.get() + 1);
        }
        let problem = problem(code, place(), found);
        // One field may be asked for twice.
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Something that is mended or left out.
    pub fn lose(&self, code: &'static str, place: impl FnOnce() -> String, found: &str) {
        let mut losses = self.losses.borrow_mut();
        if losses.len() >= TOLD {
            return self.more_losses.set(self.more_losses.get() + 1);
        }
        let loss = Loss { code, place: place(), found: crate::xml::shortened(found) };
        if !losses.contains(&loss) {
            losses.push(loss);
        }
    }

    /// The losses since the last call.
    pub fn take_losses(&self) -> Vec<Loss> {
        let mut losses = self.losses.take();
        let more = self.more_losses.take();
        if more > 0 {
            losses.push(Loss { code: "more_losses", place: String::new(), found: more.to_string() });
        }
        losses
    }

    /// The refusal, when there is a reason for one.
    pub fn verdict(&self) -> Result<(), Refused> {
        let mut problems = self.problems.take();
        let more = self.more_problems.take();
        if more > 0 {
            problems.push(problem("more_problems", String::new(), &more.to_string()));
        }
        if problems.is_empty() { Ok(()) } else { Err(Refused { problems }) }
    }
}

fn problem(code: &'static str, place: String, found: &str) -> FileProblem {
    let found = crate::xml::shortened(found);
    let (chinese, english) = WORDS.iter().find(|w| w.0 == code).map_or(("{}", "{}"), |w| (w.1, w.2));
    FileProblem { code, place, chinese: chinese.replace("{}", &found), english: english.replace("{}", &found), found }
}
