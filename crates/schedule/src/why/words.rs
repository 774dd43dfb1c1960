//! The chains in words.
use super::{Bound, Considered, EarlyStep, LateCause, LateStep, Tie, Why};
use crate::{ActivityIx, Cause, ConstraintKind, Instant, Lag, LinkKind, Span, Tongue};

impl Why {
    /// Both chains, a line for each step; `name` gives the rows' names. What did not decide is only counted.
    pub fn say(&self, tongue: Tongue, name: &dyn Fn(ActivityIx) -> String) -> String {
        let year = self.early.first().map(|s| s.start.day().year());
        let words = Words { tongue, name, year, data_date: self.data_date };
        let mut lines = vec![];
        if !self.early.is_empty() {
            lines.push(tongue.pick("为什么此时开始：", "Why it starts then:").to_owned());
            lines.extend(self.early.iter().enumerate().map(|(k, step)| format!("{}. {}", k + 1, words.early(step))));
        }
        if !self.late.is_empty() {
            lines.push(tongue.pick("为什么最晚此时完成：", "Why it must finish by then:").to_owned());
            lines.extend(self.late.iter().enumerate().map(|(k, step)| format!("{}. {}", k + 1, words.late(step))));
        }
        if self.cut {
            lines.push(tongue.pick("……以下从略。", "… and so on.").to_owned());
        }
        lines.join("\n")
    }
}

struct Words<'a> {
    tongue: Tongue,
    name: &'a dyn Fn(ActivityIx) -> String,
    /// Chinese dates leave this year out.
    year: Option<i16>,
    data_date: Option<Instant>,
}

impl Words<'_> {
    fn early(&self, step: &EarlyStep) -> String {
        let row = self.row(step.row);
        let start = self.full_date(step.start);
        if step.done {
            let finish = self.date(step.finish);
            return self.pick(
                format!("{row}实际 {start} 开始、{finish} 完成。"),
                format!("{row} actually started {start} and finished {finish}."),
            );
        }
        let decided: Vec<String> = step.considered.iter().filter(|c| c.decides).map(|c| self.cause(c)).collect();
        let others = step.considered.iter().filter(|c| !c.decides).count();
        let head = match step.begun {
            Some(begun) if begun != step.start => {
                let begun = self.date(begun);
                self.pick(
                    format!("{row}已于 {begun} 开始，剩余工作最早 {start} 继续"),
                    format!("{row} started {begun}; what remains goes on {start} at the earliest"),
                )
            }
            _ => self.pick(format!("{row}最早 {start} 开始"), format!("{row} starts {start} at the earliest")),
        };
        self.sentence(head, &decided, others)
    }

    fn late(&self, step: &LateStep) -> String {
        let row = self.row(step.row);
        let finish = self.full_date(step.finish);
        let decided: Vec<String> = step.considered.iter().filter(|b| b.decides).map(|b| self.bound(b)).collect();
        let others = step.considered.iter().filter(|b| !b.decides).count();
        let head = self.pick(format!("{row}最晚 {finish} 完成"), format!("{row} must finish by {finish}"));
        self.sentence(head, &decided, others)
    }

    fn sentence(&self, head: String, decided: &[String], others: usize) -> String {
        let mut text = head;
        if !decided.is_empty() {
            text += self.tongue.pick("：", ": ");
            text += &decided.join(self.tongue.pick("；", "; "));
        }
        if others > 0 {
            text += &self.pick(format!("；其余 {others} 项条件不起控制作用"), format!("; {others} more did not decide"));
        }
        text + self.tongue.pick("。", ".")
    }

    fn cause(&self, c: &Considered) -> String {
        let date = self.date(c.date);
        let (chinese, english) = match c.cause {
            Cause::Link(_) => return c.tie.as_ref().map_or_else(String::new, |tie| self.predecessor(tie)),
            Cause::ProjectStart if self.data_date == Some(c.date) => {
                (format!("数据日期 {date} 之前不安排工作"), format!("no work is planned before the data date {date}"))
            }
            Cause::ProjectStart => (format!("项目 {date} 开始"), format!("the project starts {date}")),
            Cause::Summary(row) => {
                let row = self.row(ActivityIx(row));
                (format!("上级{row}之下的工作不早于 {date} 开始"), format!("nothing under {row} starts before {date}"))
            }
            Cause::Below(row) => {
                let row = self.row(ActivityIx(row));
                (format!("其下{row}最先开始"), format!("{row} under it starts first"))
            }
            Cause::Alongside(row) => {
                let row = self.row(ActivityIx(row));
                (format!("随{row}于 {date} 开始"), format!("it goes along with {row} from {date}"))
            }
            Cause::Constraint(kind) => {
                let kind = self.constraint(kind);
                (format!("限制条件“{kind}”定为 {date} 开始"), format!("its constraint “{kind}” makes it start {date}"))
            }
            Cause::External => (format!("其他项目要求不早于 {date} 开始"), format!("another project holds it until {date}")),
            Cause::Resume => (format!("停工后 {date} 复工"), format!("work resumes {date}")),
            Cause::Actual => (format!("实际 {date} 开始"), format!("it actually started {date}")),
            Cause::Fixed => (
                format!("日期为人工填写或取自其他文件，{date} 开始"),
                format!("its dates are given by hand or by another file, starting {date}"),
            ),
            Cause::Leveling => (format!("资源调配推迟到 {date}"), format!("levelling delays it to {date}")),
            Cause::AsLateAsPossible => {
                (format!("尽可能晚开始，随紧后工作推到 {date}"), format!("as late as its successors let it: {date}"))
            }
            Cause::Calendar => {
                let start = self.date(c.start);
                (
                    format!("{date} 之后无工作时间，按日历顺延到 {start}"),
                    format!("there is no work at {date} on its calendar, so it moves to {start}"),
                )
            }
        };
        self.pick(chinese, english)
    }

    fn predecessor(&self, tie: &Tie) -> String {
        let (other, date, link) = (self.row(tie.other), self.date(tie.date), self.link(tie));
        let at_start = matches!(tie.kind, LinkKind::StartStart | LinkKind::StartFinish);
        let (chinese, english) = if at_start { ("开始", "starts") } else { ("完成", "finishes") };
        self.pick(format!("紧前{other}{date} {chinese}，{link}"), format!("{other} {english} {date} ({link})"))
    }

    fn successor(&self, tie: &Tie) -> String {
        let (other, date, link) = (self.row(tie.other), self.date(tie.date), self.link(tie));
        let at_start = matches!(tie.kind, LinkKind::StartStart | LinkKind::FinishStart);
        let (chinese, english) = if at_start { ("开始", "start") } else { ("完成", "finish") };
        self.pick(format!("紧后{other}最晚 {date} {chinese}，{link}"), format!("{other} must {english} by {date} ({link})"))
    }

    fn link(&self, tie: &Tie) -> String {
        let (chinese, english) = match tie.kind {
            LinkKind::FinishStart => ("完成-开始", "finish to start"),
            LinkKind::StartStart => ("开始-开始", "start to start"),
            LinkKind::FinishFinish => ("完成-完成", "finish to finish"),
            LinkKind::StartFinish => ("开始-完成", "start to finish"),
        };
        let lag = self.lag(tie.lag);
        self.pick(format!("{chinese}，时距 {lag}"), format!("{english}, lag {lag}"))
    }

    fn lag(&self, lag: Lag) -> String {
        match lag {
            Lag::Work(span) | Lag::Elapsed(span) if span.is_zero() => "0".to_owned(),
            Lag::Work(span) => self.span(span),
            Lag::Elapsed(span) => self.span(span) + self.tongue.pick("（日历时间）", " by the clock"),
            Lag::Percent(percent) => self.pick(format!("为紧前工期的 {percent}%"), format!("{percent}% of the predecessor")),
            Lag::ElapsedPercent(percent) => {
                self.pick(format!("为紧前工期的 {percent}%（日历时间）"), format!("{percent}% of the predecessor by the clock"))
            }
        }
    }

    fn span(&self, span: Span) -> String {
        let minutes = span.as_minutes();
        if span.as_seconds() % 3600 == 0 {
            format!("{}{}", span.as_seconds() / 3600, self.tongue.pick(" 小时", " h"))
        } else {
            format!("{}{}", (minutes * 100.0).round() / 100.0, self.tongue.pick(" 分钟", " min"))
        }
    }

    fn bound(&self, b: &Bound) -> String {
        let date = self.date(b.date);
        let (chinese, english) = match b.cause {
            LateCause::Link(_) => return b.tie.as_ref().map_or_else(String::new, |tie| self.successor(tie)),
            LateCause::Summary(row) => {
                let row = self.row(ActivityIx(row));
                (format!("上级{row}有紧后工作，最晚 {date} 完成"), format!("{row} above is waited for by {date}"))
            }
            LateCause::DateAbove(row) => {
                let row = self.row(ActivityIx(row));
                (format!("上级{row}限定 {date} 前完成"), format!("{row} above is due by {date}"))
            }
            LateCause::Below(row) => {
                let row = self.row(ActivityIx(row));
                (format!("其下{row}最后完成"), format!("{row} under it finishes last"))
            }
            LateCause::Alongside(row) => {
                let row = self.row(ActivityIx(row));
                (format!("随{row}至 {date}"), format!("it goes along with {row} until {date}"))
            }
            LateCause::Constraint(kind) => {
                let kind = self.constraint(kind);
                (format!("限制条件“{kind}”定为 {date} 完成"), format!("its constraint “{kind}” makes it finish by {date}"))
            }
            LateCause::Deadline => (format!("期限为 {date}"), format!("its deadline is {date}")),
            LateCause::External => (format!("其他项目要求不晚于 {date} 完成"), format!("another project needs it by {date}")),
            LateCause::ProjectFinish => (format!("项目 {date} 完成"), format!("the project finishes {date}")),
            LateCause::MustFinishBy => (format!("项目须在 {date} 前完成"), format!("the project must finish by {date}")),
            LateCause::OwnFinish => {
                ("无紧后工作，以自身最早完成为准".to_owned(), "no one waits for it, so its own finish counts".to_owned())
            }
            LateCause::Actual => (format!("实际 {date} 完成"), format!("it actually finished {date}")),
            LateCause::Fixed => ("日期取自其他文件".to_owned(), "its dates come from another file".to_owned()),
        };
        self.pick(chinese, english)
    }

    fn constraint(&self, kind: ConstraintKind) -> &'static str {
        let (chinese, english) = match kind {
            ConstraintKind::AsLateAsPossible => ("越晚越好", "as late as possible"),
            ConstraintKind::StartNoEarlierThan => ("不得早于…开始", "start no earlier than"),
            ConstraintKind::StartNoLaterThan => ("不得晚于…开始", "start no later than"),
            ConstraintKind::FinishNoEarlierThan => ("不得早于…完成", "finish no earlier than"),
            ConstraintKind::FinishNoLaterThan => ("不得晚于…完成", "finish no later than"),
            ConstraintKind::StartOn => ("开始于", "start on"),
            ConstraintKind::FinishOn => ("完成于", "finish on"),
            ConstraintKind::MustStartOn => ("必须开始于", "must start on"),
            ConstraintKind::MustFinishOn => ("必须完成于", "must finish on"),
        };
        self.tongue.pick(chinese, english)
    }

    fn row(&self, row: ActivityIx) -> String {
        let name = (self.name)(row);
        self.pick(format!("“{name}”"), format!("“{name}”"))
    }

    /// The year is said where it is not the chain's.
    fn date(&self, at: Instant) -> String {
        if self.tongue == Tongue::Chinese && Some(at.day().year()) == self.year {
            format!("{} {}", month_day(at), clock(at))
        } else {
            self.full_date(at)
        }
    }

    fn full_date(&self, at: Instant) -> String {
        self.pick(format!("{}年{} {}", at.day().year(), month_day(at), clock(at)), format!("{} {}", at.day(), clock(at)))
    }

    fn pick(&self, chinese: String, english: String) -> String {
        match self.tongue {
            Tongue::Chinese => chinese,
            Tongue::English => english,
        }
    }
}

fn month_day(at: Instant) -> String {
    format!("{}月{}日", at.day().month(), at.day().day())
}

fn clock(at: Instant) -> String {
    let minutes = at.second_of_day() / 60;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
