//! What others changed of a plan since an editor saw it.
use crate::{
    AppError,
    change_project::At,
    desk::{Ask, Desk},
    error::Result,
};
use jiff::Timestamp;
use lantu_model::{
    Problem, Project, Refusal,
    plan::PlanEdit,
    words::{self, Lang},
};
use lantu_store::{JournalAsk, StaleStream, StreamId, StreamKind};
use serde_json::Value;
use std::collections::BTreeSet;

/// Changes of the plan after a version, newest first.
pub struct Since {
    at: At,
    changes: Vec<Changed>,
}

struct Changed {
    /// Within the plan; empty for the plan as a whole.
    path: Vec<String>,
    by: String,
    when: Timestamp,
}

const PAGE: u32 = 100;
const MOST_PAGES: usize = 20;

impl Since {
    pub async fn read(desk: &Desk, ask: Ask<'_>, at: At) -> Result<Self> {
        let stream = StreamId { kind: StreamKind::Project, id: at.id.to_string() };
        let users = crate::manage_users::display_names(desk, ask.office()).await?;
        let (mut changes, mut after) = (vec![], None);
        for _ in 0..MOST_PAGES {
            let what = JournalAsk { stream: Some(stream.clone()), since: None, before: None, after, limit: PAGE };
            let page = desk.store.journal(&ask.reach(), &what).await?;
            let newer = page.rows.iter().filter(|e| e.seq > at.seq);
            for entry in newer {
                let by = entry.actor_user.and_then(|u| users.get(&u).cloned()).unwrap_or_else(|| entry.actor.clone());
                if let Some(delta) = entry.delta.get("plan") {
                    let mut paths = vec![];
                    changed_paths(delta, &mut vec![], &mut paths);
                    changes.extend(paths.into_iter().map(|path| Changed { path, by: by.clone(), when: entry.at }));
                }
            }
            if page.rows.iter().any(|e| e.seq <= at.seq) || page.next.is_none() {
                return Ok(Self { at, changes });
            }
            after = page.next;
        }
        // Nobody edits what he saw two thousand changes ago.
        Err(AppError::Refused(Refusal::one(Problem::block("plan_too_old"))))
    }

    /// Refuses when one of the edits touches what others changed, unless it has become again what the editor saw.
    pub fn refuse_conflicts(&self, project: &Project, edits: &[PlanEdit], now: u64, lang: Lang) -> Result<()> {
        let mut hits: Vec<(&Changed, String)> = vec![];
        for edit in edits {
            for touched in edit.touches() {
                let path: Vec<&str> = touched.split('.').collect();
                if let Some(changed) = self.changes.iter().find(|c| overlap(&c.path, &path))
                    && !still_seen(project, edit, &path)
                {
                    hits.push((changed, readable(project, &path, lang)));
                }
            }
        }
        let Some((latest, _)) = hits.iter().max_by_key(|(changed, _)| changed.when) else { return Ok(()) };
        let fields = hits.iter().map(|(_, said)| said.clone()).collect();
        Err(self.stale(project, now, Some(latest), fields))
    }

    /// Refuses edits of fields that are no longer what the editor saw, naming who changed them last, where that is known.
    pub fn refuse_unseen<T>(&self, project: &Project, unseen: &[String], now: u64, lang: Lang) -> Result<T> {
        let paths: Vec<Vec<&str>> = unseen.iter().map(|path| path.split('.').collect()).collect();
        let touched = self.changes.iter().filter(|c| paths.iter().any(|path| overlap(&c.path, path)));
        let latest = touched.max_by_key(|changed| changed.when);
        Err(self.stale(project, now, latest, paths.iter().map(|path| readable(project, path, lang)).collect()))
    }

    fn stale(&self, project: &Project, now: u64, latest: Option<&Changed>, mut fields: Vec<String>) -> AppError {
        fields.sort();
        fields.dedup();
        AppError::Stale(vec![StaleStream {
            stream: StreamId { kind: StreamKind::Project, id: project.id.to_string() },
            expected: self.at.seq,
            actual: now,
            by: latest.map(|changed| changed.by.clone()).unwrap_or_default(),
            at: latest.map(|changed| changed.when),
            fields,
        }])
    }
}

/// The paths of fields that an edit would set and that are no longer what its editor saw.
pub fn no_longer_seen(project: &Project, edits: &[PlanEdit]) -> Vec<String> {
    let Some(plan) = &project.plan else { return vec![] };
    // Of several edits of one field the later ones saw what the first would write.
    let mut first = BTreeSet::new();
    let mut lost = vec![];
    for patch in edits.iter().filter_map(|edit| if let PlanEdit::Set(patch) = edit { Some(patch) } else { None }) {
        let Some(activity) = plan.activities.get(&patch.id) else { continue };
        for (field, seen) in patch.was.iter().filter(|(field, _)| first.insert((&patch.id, field.as_str()))) {
            if !activity.still_has(field, seen) {
                lost.push(format!("activities.{}.{field}", patch.id));
            }
        }
    }
    lost
}

/// One lies within the other. Other lines' places shift with every step that comes or goes: that is no conflict by itself.
fn overlap(changed: &[String], touched: &[&str]) -> bool {
    if changed.len() == 3 && changed.last().is_some_and(|field| field == "place") && touched.len() < 3 {
        return false;
    }
    changed.iter().zip(touched).all(|(a, b)| a == b)
}

fn still_seen(project: &Project, edit: &PlanEdit, path: &[&str]) -> bool {
    let (PlanEdit::Set(patch), [_, id, field]) = (edit, path) else { return false };
    let activity = project.plan.as_ref().and_then(|plan| plan.activities.get(*id));
    activity.zip(patch.was.get(*field)).is_some_and(|(activity, seen)| activity.still_has(field, seen))
}

fn readable(project: &Project, path: &[&str], lang: Lang) -> String {
    let word = |field: &str| words::field(&format!("plan.{field}"), lang);
    match path {
        [_, id, rest @ ..] => {
            let activity = project.plan.as_ref().and_then(|plan| plan.activities.get(*id));
            let name = activity.map_or(*id, |a| a.name.in_lang(lang));
            rest.first().map_or_else(|| format!("{name} ·"), |field| format!("{name} · {}", word(field)))
        }
        [field] => format!("{} · {}", words::field("plan", lang), word(field)),
        [] => words::field("plan", lang),
    }
}

/// The paths of a delta down to what changed; a pair of two objects is told by what differs within.
fn changed_paths(delta: &Value, here: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    match delta {
        Value::Object(parts) => {
            for (key, part) in parts {
                here.push(key.clone());
                changed_paths(part, here, found);
                here.pop();
            }
        }
        Value::Array(pair) => match pair.as_slice() {
            [before, after] => differing(before, after, here, found),
            _ => found.push(here.clone()),
        },
        _ => found.push(here.clone()),
    }
}

fn differing(before: &Value, after: &Value, here: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    match (before, after) {
        (a, b) if a == b => {}
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                here.push(key.clone());
                differing(a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null), here, found);
                here.pop();
            }
        }
        _ => found.push(here.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_go_down_to_what_changed() {
        let delta = json!({"activities": {"A": {"days": [5, 6]}, "B": [null, {"days": 3}]}, "facts": [{"x": 1, "y": 2}, {"x": 1, "y": 3}]});
        let mut found = vec![];
        changed_paths(&delta, &mut vec![], &mut found);
        let found: Vec<String> = found.into_iter().map(|path| path.join(".")).collect();
        assert_eq!(found, ["activities.A.days", "activities.B", "facts.y"]);
        let path = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
        assert!(overlap(&path("activities.A.days"), &["activities", "A"]) && overlap(&path("activities.A"), &["activities", "A", "days"]));
        assert!(
            !overlap(&path("activities.A.place"), &["activities", "A"])
                && !overlap(&path("activities.A.days"), &["activities", "A", "name"])
        );
        assert!(overlap(&[], &["start"]), "the plan was replaced");
    }
}
