//! What to ask about.
use super::Report;
use crate::{columns, plans};
use lantu_planfile::{Case, Suspicion, Value};

/// So many cases of a doubt are named on a terminal.
const NAMED: usize = 5;

impl Report<'_> {
    pub(super) fn doubts(&self) -> String {
        let suspicions = &self.found.suspicions;
        if suspicions.is_empty() {
            return self.say("没有发现需要追问的变化\n", "Nothing found that needs an answer\n").to_owned();
        }
        let mut out = self.say("需要追问\n", "To ask about\n").to_owned();
        suspicions.iter().for_each(|s| out.push_str(&self.doubt(s)));
        out
    }

    fn doubt(&self, suspicion: &Suspicion) -> String {
        let (inner, n) = (plans::inner(self.tongue), suspicion.cases.len());
        let (title, advice) = (suspicion.title(inner), suspicion.advice(inner));
        let head = self.say(&format!("! {title}（{n} 处）：{advice}\n"), &format!("! {title} ({n}). {advice}\n")).to_owned();
        let most = self.most.min(NAMED).max(if self.most == usize::MAX { n } else { 0 });
        let rows: Vec<Vec<String>> = suspicion.cases.iter().take(most).map(|c| self.case(suspicion, c)).collect();
        let more = n
            .checked_sub(most)
            .filter(|n| *n > 0)
            .map(|more| self.say(&format!("    ……另有 {more} 处\n"), &format!("    … and {more} more\n")).to_owned());
        head + &columns::lay_out(&rows, &[]) + &more.unwrap_or_default()
    }

    fn case(&self, suspicion: &Suspicion, case: &Case) -> Vec<String> {
        let who = match (case.other, case.at, &case.name) {
            (Some(other), Some(at), _) => format!("{} → {}", self.named(other), self.named(at)),
            (_, Some(at), _) => self.named(at),
            (_, _, Some(name)) => columns::cut(&columns::clean(name), 40),
            _ => self.say("项目", "the project").to_owned(),
        };
        let what = match (suspicion.code, &case.before, &case.after) {
            ("another_project", Value::Number(all), Value::Number(known)) => {
                self.say(&format!("{all} 项工作中认得 {known} 项"), &format!("{known} of {all} activities are known again")).to_owned()
            }
            (_, Value::None, Value::None) => String::new(),
            (_, Value::Length(before), Value::Length(after)) if case.name.is_some() => self.weeks(*before, *after),
            (_, before, after) => format!("{} → {}", self.value(before, case.at), self.value(after, case.at)),
        };
        vec![format!("    {who}"), what]
    }
}
