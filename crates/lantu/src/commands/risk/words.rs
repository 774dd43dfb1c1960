//! The odds in words, for people.
use super::{
    Closeness, Simulated,
    figures::{Grain, length, likelihood, percent},
    picture,
};
use crate::{columns, plans, timetable, tongue::Tongue};
use lantu_risk::{Distribution, Milestone, Node, Note, RiskCost};
use lantu_schedule::{ActivityIx, Instant, Progress};
use std::io::IsTerminal;

/// So many bars of the tornado are shown.
const BARS: usize = 10;
/// So many milestones and risks are shown on a terminal; a file or a pipe gets all.
const ROWS: usize = 30;
/// So many notes of one kind are said.
const OF_A_KIND: usize = 3;
/// Names are cut to so many letters.
const NAME: usize = 40;
/// Beside four dates to fewer, so that a row stays within 80.
const NAME_BESIDE_DATES: usize = 26;

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
        let (grain, date) = (Grain::of(finish), timetable::day_and_time(planned));
        if self.plan.activities.is_empty() {
            return tongue
                .say("文件里没有工作，没有日期可以模拟\n", "The file holds no activities: there is no date to simulate\n")
                .to_owned();
        }
        if finish.quantile(0.0) == finish.quantile(1.0) && finish.mean() == planned {
            let zh = format!("计划完成：{date}。没有任何不确定的内容，每次模拟都在此时完成\n");
            let en = format!("Planned finish: {date}. Nothing is unsure: every iteration ends then\n");
            return tongue.say(&zh, &en).to_owned();
        }
        let (kept, date) = (finish.chance_by(planned), grain.date(planned));
        let (share, likely) = (percent(kept), likelihood(kept, tongue));
        let zh = format!("计划完成：{date}；按期完成的可能性 {share}（{likely}）\n");
        let en = format!("Planned finish: {date}; chance to keep it: {share} ({likely})\n");
        let said = tongue.say(&zh, &en).to_owned();
        let picture = picture::of(finish, planned, tongue);
        format!("{said}{}\n{picture}\n{}", quantiles(finish, planned, tongue), self.how_often(tongue))
    }

    fn how_often(&self, tongue: Tongue) -> String {
        let (n, seed) = (self.odds.iterations, self.seed);
        let mut zh = format!("模拟 {n} 次，种子 {seed}");
        let mut en = format!("Iterations: {n}, seed {seed}");
        if let Some((low, high)) = self.odds.finish.interval_of_quantile(0.8) {
            let grain = Grain::of(&self.odds.finish);
            let (low, high) = (grain.date(low), grain.date(high));
            zh.push_str(&format!("；P80 的 95% 置信区间：{low} 至 {high}"));
            en.push_str(&format!("; 95% confidence that the P80 lies from {low} to {high}"));
        }
        match (self.until, self.odds.converged) {
            (Some(_), true) => {
                zh.push_str("\nP80 已达到要求的精度，提前结束");
                en.push_str("\nStopped early: the P80 is known as closely as was asked");
            }
            (Some(Closeness(within)), false) => {
                zh.push_str(&format!("\n已到次数上限，置信区间仍宽于 {}：请加大 --iterations", length(within, tongue)));
                en.push_str(&format!(
                    "\nThe limit is reached, and this is still wider than {}: raise --iterations",
                    length(within, tongue)
                ));
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

    /// By what it may be asked for: its code or row, else its uid; then its name.
    fn name(&self, at: usize) -> String {
        let uid = self.plan.activities.get(at).filter(|_| plans::code(self.plan, at).is_empty()).map(|a| a.uid);
        let name = plans::code_and_name(self.plan, at).unwrap_or_default();
        let said = uid.map_or(name.clone(), |uid| format!("{uid} {name}"));
        columns::cut(said.trim(), NAME)
    }

    /// Whether an activity goes with the finish only because something moves it and others that decide.
    fn only_goes_along(&self, at: ActivityIx, criticality: f64) -> bool {
        let (risks, groups) = (&self.model.risks, &self.model.correlations);
        let by_risk = || risks.iter().any(|r| r.impacts.len() > 1 && r.impacts.iter().any(|i| i.activity == at));
        criticality < 0.005 && (by_risk() || groups.iter().any(|g| g.activities.contains(&at)))
    }

    /// The activities that move the finish most.
    fn tornado(&self, tongue: Tongue) -> String {
        // What never decides and goes along with nothing has a swing of chance alone: within four deviations of none.
        let by_chance = 4.0 / f64::from(self.odds.iterations).sqrt();
        let mut bars = self.odds.tornado();
        bars.retain(|(at, s)| !self.only_goes_along(*at, s.criticality) && (s.criticality > 0.0 || s.sensitivity.abs() > by_chance));
        if bars.is_empty() {
            return String::new();
        }
        let head = [("工作", "activity"), ("关键度", "critical"), ("敏感度", "sensitivity"), ("影响幅度", "swing")];
        let mut rows = vec![head.map(|(zh, en)| tongue.say(zh, en).to_owned()).to_vec()];
        rows.extend(
            bars.iter()
                .take(BARS)
                .map(|(at, s)| vec![self.name(at.at()), percent(s.criticality), format!("{:.2}", s.sensitivity), length(s.swing, tongue)]),
        );
        let title = tongue.say(
            "最影响完成日期的工作（影响幅度：工期由 P10 变为 P90，完成推迟多久）",
            "What moves the finish most (swing: the work at its P90 instead of its P10)",
        );
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
        let grain = Grain::of(&self.odds.finish);
        rows.extend(open.iter().take(most).map(|m| {
            let p = |share| grain.date(m.finish.quantile(share));
            let (name, planned) = (columns::cut(&self.name(m.activity.at()), NAME_BESIDE_DATES), grain.date(m.planned));
            vec![name, planned, percent(m.finish.chance_by(m.planned)), p(0.5), p(0.8), p(0.9)]
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
        let zh = format!("有 {n} 项工作没有给出工期区间，按工期 ±{spread}% 的三点估算计算（--spread 可改，0 为不估）\n");
        let en = format!("Activities without a range: {n}; ±{spread}% of their durations is assumed (see --spread)\n");
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
    let grain = Grain::of(finish);
    let rows = said.map(|(share, name, zh, en)| {
        let date = finish.quantile(share);
        vec![format!("  {name}"), grain.date(date), grain.beside(date, planned, tongue), tongue.say(zh, en).to_owned()]
    });
    columns::lay_out(&rows, &[2])
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
