//! Changes of a plan as the journal tells them: what changed of which activity, never the plan as a whole.
use crate::view::ChangedField;
use lantu_model::{
    Plan,
    words::{self, Lang},
};
use serde_json::{Value, json};

/// One line for each field that changed. Lines that only shift as steps come and go are not told.
pub fn told(change: &Value, plan: Option<&Plan>, lang: Lang) -> Vec<ChangedField> {
    let mut telling = Telling { plan, lang, found: vec![] };
    telling.walk(&mut vec!["plan".to_owned()], change);
    telling.found
}

struct Telling<'a> {
    plan: Option<&'a Plan>,
    lang: Lang,
    found: Vec<ChangedField>,
}

impl Telling<'_> {
    fn walk(&mut self, path: &mut Vec<String>, change: &Value) {
        match change {
            Value::Object(parts) => {
                for (key, part) in parts {
                    path.push(key.clone());
                    self.walk(path, part);
                    path.pop();
                }
            }
            Value::Array(pair) if pair.len() == 2 => {
                let side = |at: usize| pair.get(at).cloned().unwrap_or_default();
                self.pair(path, &side(0), &side(1));
            }
            _ => {}
        }
    }

    /// A plan, a step or a set of facts that was there before and after is told by what differs within.
    fn pair(&mut self, path: &mut Vec<String>, before: &Value, after: &Value) {
        let within = path.len() < 4 || path.last().is_some_and(|key| key == "progress");
        match (before, after) {
            (a, b) if a == b => {}
            (Value::Object(a), Value::Object(b)) if within => {
                let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
                for key in keys {
                    path.push(key.clone());
                    self.pair(path, a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null));
                    path.pop();
                }
            }
            _ => self.tell(path, before, after),
        }
    }

    fn tell(&mut self, path: &[String], before: &Value, after: &Value) {
        let keys: Vec<&str> = path.iter().skip(1).map(String::as_str).collect();
        let word = |field: &str| words::field(&format!("plan.{field}"), self.lang);
        let label = match keys.as_slice() {
            ["activities", _, "place"] => return,
            ["activities", id] => Some((*id).to_owned()),
            ["activities", id, .., field] => Some(format!("{} · {}", self.name(id), word(field))),
            ["facts", key] => Some((*key).to_owned()),
            [field, ..] => Some(word(field)),
            [] => Some(words::field("plan", self.lang)),
        };
        let short = |value: &Value| self.short(&keys, value);
        self.found.push(ChangedField { field: path.join("."), label, before: short(before), after: short(after) });
    }

    fn name(&self, id: &str) -> String {
        let activity = self.plan.and_then(|plan| plan.activities.get(id));
        activity.map_or_else(|| id.to_owned(), |a| a.name.in_lang(self.lang).to_owned())
    }

    /// A value as one reads it in a line: a plan by its size, a step by its name, baselines by the newest.
    fn short(&self, keys: &[&str], value: &Value) -> Value {
        let named = |value: &Value| value.get(self.lang.tag()).or_else(|| value.get("zh")).cloned();
        match (keys, value) {
            ([], Value::Object(plan)) => {
                let count = plan.get("activities").and_then(Value::as_object).map_or(0, |all| all.len());
                let pattern = plan.get("applied").and_then(|a| a.get("pattern")).and_then(Value::as_str).unwrap_or_default();
                let values = [("count", count.to_string()), ("pattern", pattern.to_owned())];
                json!(words::sentence("plan.told_whole", self.lang, &values).trim())
            }
            (["activities", _], Value::Object(step)) => step.get("name").and_then(named).unwrap_or_default(),
            (["baselines"], Value::Array(all)) => all.last().and_then(|b| b.get("name")).cloned().unwrap_or_default(),
            (["applied"], Value::Object(applied)) => applied.get("pattern").cloned().unwrap_or_default(),
            (_, Value::Array(all)) => {
                let texts: Vec<String> = all.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), |id| self.name(id))).collect();
                json!(texts.join("、"))
            }
            (_, value @ Value::Object(_)) => named(value).unwrap_or_else(|| json!(value.to_string())),
            (_, value) => value.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_a_plan_is_a_line_and_no_dump() {
        let change = json!({
            "activities": {
                "A03": {"days": [5, 8], "place": [2, 3], "progress": [{"started": "2026-05-04"}, {"started": "2026-05-04", "percent": 40}]},
                "U1": [null, {"name": {"zh": "示例"}, "days": 3}],
            },
            "facts": {"energy_tce": [null, 500]},
        });
        let lines: Vec<(String, Value, Value)> = told(&change, None, Lang::Zh).into_iter().map(|c| (c.field, c.before, c.after)).collect();
        assert_eq!(
            lines,
            [
                ("plan.activities.A03.days".to_owned(), json!(5), json!(8)),
                ("plan.activities.A03.progress.percent".to_owned(), Value::Null, json!(40)),
                ("plan.activities.U1".to_owned(), Value::Null, json!("示例")),
                ("plan.facts.energy_tce".to_owned(), Value::Null, json!(500)),
            ]
        );
        let whole = told(&json!([null, {"applied": {"pattern": "MFG"}, "activities": {"A": {}, "B": {}}}]), None, Lang::En);
        assert_eq!((whole.len(), whole[0].after.clone()), (1, json!("MFG, 2 activities")));
    }
}
