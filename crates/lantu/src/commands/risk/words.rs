//! The odds in words, for people.
use super::{Closeness, Simulated, picture};
use crate::{columns, plans, timetable, tongue::Tongue};
use lantu_risk::{Distribution, Milestone, Node, Note, RiskCost};
use lantu_schedule::{ActivityIx, Instant, Progress, Span};
use std::io::IsTerminal;

/// So many bars of the tornado are shown.
const BARS: usize = 10;
/// So many milestones and risks are shown on a terminal; a file or a pipe gets all.
const ROWS: usize = 30;
/// So many notes of one kind are said.
const OF_A_KIND: usize = 3;
/// Names are cut to so many letters.
const NAME: usize = 40;

impl Simulated<'_> {
    pub fn in_words(&self, tongue: Tongue) -> String {
        let most = if std::io::stdout().is_terminal() { ROWS } else { usize::MAX };
        let parts = [
            self.headline(tongue),
            self.by_in_words(tongue),
            self.tornado(tongue),
            self.milestones_in_words(most, tongue),
            self.risks_in_words(most, tongue),
            self.assumptions(tongue),
            self.notes_in_words(tongue),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// When, how likely, and how far from the plan.
    fn headline(&self, tongue: Tongue) -> String {
        let (finish, planned) = (&self.odds.finish, self.odds.planned_finish);
        let date = timetable::day_and_time(planned);
        if finish.quantile(0.0) == finish.quantile(1.0) && finish.mean() == planned {
            let zh = format!("计划完成：{date}。没有任何不确定的内容，每次模拟都在此时完成\n");
            let en = format!("Planned finish: {date}. Nothing is unsure: every iteration ends then\n");
            return tongue.say(&zh, &en).to_owned();
        }
        let kept = finish.chance_by(planned);
        let (share, likely) = (percent(kept), likelihood(kept, tongue));
        let zh = format!("计划完成：{date}；按期完成的可能性 {share}（{likely}）\n");
        let en = format!("Planned finish: {date}; chance to keep it: {share} ({likely})\n");
        let said = tongue.say(&zh, &en).to_owned();
        format!("{said}{}\n{}\n{}", quantiles(finish, planned, tongue), picture::of(finish, planned, tongue), self.how_often(tongue))
    }

    fn how_often(&self, tongue: Tongue) -> String {
        let (n, seed) = (self.odds.iterations, self.seed);
        let mut zh = format!("模拟 {n} 次，种子 {seed}");
        let mut en = format!("Iterations: {n}, seed {seed}");
        if let Some((low, high)) = self.odds.finish.interval_of_quantile(0.8) {
            let (low, high) = (timetable::day_and_time(low), timetable::day_and_time(high));
            zh.push_str(&format!("；P80 的 95% 置信区间：{low} 至 {high}"));
            en.push_str(&format!("; the P80 lies between {low} and {high} with 95% confidence"));
        }
        match (self.until, self.odds.converged) {
            (Some(_), true) => {
                zh.push_str("；结果已稳定，提前结束");
                en.push_str("; stopped, as it is known closely enough");
            }
            (Some(Closeness(within)), false) => {
                zh.push_str(&format!("；到次数上限仍未达到 {}", length(within, tongue)));
                en.push_str(&format!("; not within {} at the limit of iterations", length(within, tongue)));
            }
            (None, _) => {}
        }
        tongue.say(&zh, &en).to_owned() + "\n"
    }

    fn by_in_words(&self, tongue: Tongue) -> String {
        let mut out = String::new();
        for ((node, date), day) in self.asked.by.iter().zip(&self.asked.days) {
            let Some(share) = self.odds.joint(&[(*node, *date)]) else { continue };
            let who = match node {
                Node::Finish => tongue.say("项目", "the project").to_owned(),
                Node::Activity(at) => format!("“{}”", self.name(at.at())),
            };
            let (share, likely) = (percent(share), likelihood(share, tongue));
            let zh = format!("{who}不晚于 {day} 完成：{share}（{likely}）\n");
            let en = format!("Done by {day}, {who}: {share} ({likely})\n");
            out.push_str(tongue.say(&zh, &en));
        }
        if let Some(all) = self.odds.joint(&self.asked.by).filter(|_| self.asked.by.len() > 1) {
            let (share, likely) = (percent(all), likelihood(all, tongue));
            out.push_str(tongue.say(&format!("以上同时做到：{share}（{likely}）\n"), &format!("All of these: {share} ({likely})\n")));
        }
        out
    }

    fn name(&self, at: usize) -> String {
        columns::cut(&timetable::named(self.plan, at), NAME)
    }

    /// Whether an activity goes with the finish only because something moves it and others that decide.
    fn only_goes_along(&self, at: ActivityIx, criticality: f64) -> bool {
        let (risks, groups) = (&self.model.risks, &self.model.correlations);
        let by_risk = || risks.iter().any(|r| r.impacts.len() > 1 && r.impacts.iter().any(|i| i.activity == at));
        criticality < 0.005 && (by_risk() || groups.iter().any(|g| g.activities.contains(&at)))
    }

    /// The activities that move the finish most.
    fn tornado(&self, tongue: Tongue) -> String {
        let mut bars = self.odds.tornado();
        bars.retain(|(at, s)| !self.only_goes_along(*at, s.criticality));
        if bars.is_empty() {
            return String::new();
        }
        let head = [("工作", "activity"), ("关键", "critical"), ("敏感度", "sensitivity"), ("完成日期变化", "finish moves by")];
        let mut rows = vec![head.map(|(zh, en)| tongue.say(zh, en).to_owned()).to_vec()];
        rows.extend(
            bars.iter()
                .take(BARS)
                .map(|(at, s)| vec![self.name(at.at()), percent(s.criticality), format!("{:.2}", s.sensitivity), length(s.swing, tongue)]),
        );
        let title = tongue.say("最影响完成日期的工作（工期从偏短到偏长）", "What moves the finish most (work short or long)");
        format!("{title}\n{}", columns::lay_out(&rows, &[1, 2, 3]))
    }

    /// Those that are still to come.
    fn milestones_in_words(&self, most: usize, tongue: Tongue) -> String {
        let open = |m: &&Milestone| {
            let activity = self.plan.activities.get(m.activity.at());
            activity.is_some_and(|a| !matches!(a.progress(), Progress::Finished { .. }))
        };
        let open: Vec<&Milestone> = self.odds.milestones.iter().take(self.asked.milestones).filter(open).collect();
        if open.is_empty() {
            return String::new();
        }
        let head = [("里程碑", "milestone"), ("计划", "planned"), ("按期", "kept"), ("P50", "P50"), ("P80", "P80"), ("P90", "P90")];
        let mut rows = vec![head.map(|(zh, en)| tongue.say(zh, en).to_owned()).to_vec()];
        rows.extend(open.iter().take(most).map(|m| {
            let p = |share| timetable::day_and_time(m.finish.quantile(share));
            let planned = timetable::day_and_time(m.planned);
            vec![self.name(m.activity.at()), planned, percent(m.finish.chance_by(m.planned)), p(0.5), p(0.8), p(0.9)]
        }));
        columns::lay_out(&rows, &[2]) + &more(open.len(), most, self.asked.left_out, tongue)
    }

    /// The dearest first.
    fn risks_in_words(&self, most: usize, tongue: Tongue) -> String {
        let mut costs: Vec<(&str, &RiskCost)> = self.model.risks.iter().map(|r| r.id.as_str()).zip(&self.odds.risks).collect();
        if costs.is_empty() {
            return String::new();
        }
        costs.sort_by_key(|(_, cost)| std::cmp::Reverse(cost.mean));
        let head = [("风险", "risk"), ("发生", "strikes"), ("平均推迟", "costs on average"), ("P80 推迟", "at the P80")];
        let mut rows = vec![head.map(|(zh, en)| tongue.say(zh, en).to_owned()).to_vec()];
        rows.extend(costs.iter().take(most).map(|(id, cost)| {
            vec![columns::cut(&columns::clean(id), NAME), percent(cost.struck), length(cost.mean, tongue), length(cost.p80, tongue)]
        }));
        columns::lay_out(&rows, &[1, 2, 3]) + &more(costs.len(), most, 0, tongue)
    }

    fn assumptions(&self, tongue: Tongue) -> String {
        let (n, spread) = (self.assumed, self.spread);
        if n == 0 {
            return String::new();
        }
        let zh = format!("有 {n} 项工作没有给出工期范围，按工期 ±{spread}% 的三点估计计算（用 --spread 修改，0 为不估计）\n");
        let en = format!(
            "Activities without a range: {n}; three points of ±{spread}% of their durations are assumed (--spread changes it, 0 for none)\n"
        );
        tongue.say(&zh, &en).to_owned()
    }

    /// What was not taken as it stands: the first of each kind.
    fn notes_in_words(&self, tongue: Tongue) -> String {
        let mut kinds: Vec<(&str, Vec<&Note>)> = vec![];
        for note in &self.odds.notes {
            match kinds.iter_mut().find(|(code, _)| *code == note.code) {
                Some((_, notes)) => notes.push(note),
                None => kinds.push((note.code, vec![note])),
            }
        }
        let mut out = String::new();
        for (_, notes) in &kinds {
            for note in notes.iter().take(OF_A_KIND) {
                out.push_str(&format!("{}\n", columns::clean(&self.note(note, tongue))));
            }
            if let Some(more) = notes.len().checked_sub(OF_A_KIND).filter(|n| *n > 0) {
                out.push_str(tongue.say(&format!("……同类另有 {more} 处\n"), &format!("… and {more} more of this kind\n")));
            }
        }
        out
    }

    /// A note by the names of its activities.
    pub fn note(&self, note: &Note, tongue: Tongue) -> String {
        note.say_named(plans::inner(tongue), &plans::names(self.plan))
    }
}

/// Four dates that say how sure it is, each beside the plan.
fn quantiles(finish: &Distribution, planned: Instant, tongue: Tongue) -> String {
    let said = [
        (0.1, "P10", "乐观：十次中有一次不晚于此", "hopeful: one in ten is no later"),
        (0.5, "P50", "一半机会", "even odds"),
        (0.8, "P80", "稳妥：十次中有八次不晚于此", "safe: eight in ten are no later"),
        (0.9, "P90", "很稳妥：十次中有九次不晚于此", "very safe: nine in ten are no later"),
    ];
    let rows = said.map(|(share, name, zh, en)| {
        let date = finish.quantile(share);
        vec![format!("  {name}"), timetable::day_and_time(date), beside(date - planned, tongue), tongue.say(zh, en).to_owned()]
    });
    columns::lay_out(&rows, &[2])
}

/// How much later than the plan.
fn beside(later: Span, tongue: Tongue) -> String {
    if later.is_zero() {
        return tongue.say("与计划相同", "as planned").to_owned();
    }
    let size = length(if later.is_negative() { -later } else { later }, tongue);
    let (zh, en) = if later.is_negative() { ("早", "earlier") } else { ("晚", "later") };
    tongue.say(&format!("{zh} {size}"), &format!("{size} {en}")).to_owned()
}

/// A length by the clock, in days where it is as long as one.
fn length(span: Span, tongue: Tongue) -> String {
    let seconds = span.as_seconds();
    let tenths = |unit: f64| {
        let text = format!("{:.1}", seconds as f64 / unit);
        text.strip_suffix(".0").unwrap_or(&text).to_owned()
    };
    match seconds.unsigned_abs() {
        0 => "0".to_owned(),
        1..3_600 => format!("{:.0} {}", seconds as f64 / 60.0, tongue.say("分钟", "min")),
        3_600..86_400 => format!("{} {}", tenths(3_600.0), tongue.say("小时", "h")),
        _ => format!("{} {}", tenths(86_400.0), tongue.say("天", "d")),
    }
}

/// What was left out of a list.
fn more(all: usize, most: usize, left_out: usize, tongue: Tongue) -> String {
    let mut out = String::new();
    if let Some(more) = all.checked_sub(most).filter(|n| *n > 0) {
        let zh = format!("……另有 {more} 行未显示：输出到文件（> odds.txt）或加 --json 可得全部\n");
        let en = format!("… and {more} more rows: send them to a file (> odds.txt) or add --json to have all\n");
        out.push_str(tongue.say(&zh, &en));
    }
    if left_out > 0 {
        let zh = format!("里程碑过多：另有 {left_out} 个未计算\n");
        let en = format!("There are too many milestones: {left_out} more are not computed\n");
        out.push_str(tongue.say(&zh, &en));
    }
    out
}

/// Whole hundredths; what is rare or nearly sure is not said to be never or always.
fn percent(share: f64) -> String {
    match share {
        s if s > 0.0 && s < 0.01 => "<1%".to_owned(),
        s if s > 0.99 && s < 1.0 => ">99%".to_owned(),
        s => format!("{:.0}%", s * 100.0),
    }
}

/// In words that go with numbers: the steps of the Intergovernmental Panel on Climate Change's guidance on uncertainties (2010).
fn likelihood(share: f64, tongue: Tongue) -> &'static str {
    let (zh, en) = match share {
        s if s >= 0.99 => ("几乎肯定", "virtually certain"),
        s if s >= 0.9 => ("很有把握", "very likely"),
        s if s >= 0.66 => ("较有把握", "likely"),
        s if s > 0.33 => ("一半对一半", "about as likely as not"),
        s if s > 0.1 => ("把握不大", "unlikely"),
        s if s > 0.01 => ("很没把握", "very unlikely"),
        _ => ("几乎不可能", "next to impossible"),
    };
    tongue.say(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantu_model::words::Lang;

    #[test]
    fn lengths_and_shares_are_said_as_people_say_them() {
        let (zh, en) = (Tongue(Lang::Zh), Tongue(Lang::En));
        let said = [0, 60, 5_400, 86_400, 8 * 86_400 + 8_640, -86_400].map(|s| length(Span::seconds(s), en));
        assert_eq!(said, ["0", "1 min", "1.5 h", "1 d", "8.1 d", "-1 d"]);
        assert_eq!(beside(Span::hours(48), zh), "晚 2 天");
        assert_eq!(beside(Span::hours(-5), en), "5 h earlier");
        assert_eq!(beside(Span::ZERO, zh), "与计划相同");
        assert_eq!([0.0, 0.004, 0.5, 0.995, 1.0].map(percent), ["0%", "<1%", "50%", ">99%", "100%"]);
        assert_eq!([0.5, 0.9].map(|s| likelihood(s, en)), ["about as likely as not", "very likely"]);
    }
}
