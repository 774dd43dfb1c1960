//! Which row of a schedule a step of the plan may be, by their names.
use super::{
    likeness::Pairs,
    view::{LikelyRow, TieChoice},
};
use crate::{
    desk::{Ask, Desk},
    error::Result,
};
use lantu_model::{PlanActivity, PlanFile, ProjectId, project::comparable_name};
use lantu_planfile::Plan;

/// So many rows are shown for a step.
const MOST: usize = 5;
/// Less alike than this is chance.
const LEAST: f64 = 0.3;
/// A name that stands whole within the other.
const WITHIN: f64 = 0.75;

/// Every step of the plan with the row that it is tied to and those that it may be.
pub async fn suggest_ties(desk: &Desk, ask: Ask<'_>, id: ProjectId, file: &str) -> Result<Vec<TieChoice>> {
    let (project, found) = super::version_of(desk, ask, id, file).await?;
    let dated = super::dated(desk, ask, &project, &found).await?;
    let Some(plan) = &project.plan else { return Ok(vec![]) };
    Ok(tokio::task::block_in_place(|| {
        let rows = rows(&dated.plan);
        let choice = |(step, activity): (&String, &PlanActivity)| TieChoice {
            activity: step.clone(),
            activity_name: activity.name.in_lang(ask.lang).to_owned(),
            tied: tied(&found, step),
            likely: likely(activity, &rows),
        };
        plan.lines().into_iter().map(choice).collect()
    }))
}

fn tied(file: &PlanFile, step: &str) -> Option<i64> {
    file.ties.iter().find(|t| t.activity == step).map(|t| t.uid)
}

struct Named {
    uid: i64,
    name: String,
    pairs: Pairs,
}

impl Named {
    fn of(uid: i64, name: &str) -> Self {
        let name = comparable_name(name);
        Self { uid, pairs: Pairs::of(&name), name }
    }
}

fn rows(plan: &Plan) -> Vec<Named> {
    let rows = plan.activities.iter().zip(&plan.labels).filter(|(a, _)| !a.is_summary());
    rows.map(|(activity, label)| Named::of(activity.uid, &label.name)).filter(|row| !row.name.is_empty()).collect()
}

fn likely(activity: &PlanActivity, rows: &[Named]) -> Vec<LikelyRow> {
    let names: Vec<Named> = [Some(&activity.name.zh), activity.name.en.as_ref()].into_iter().flatten().map(|n| Named::of(0, n)).collect();
    let of = |row: &Named| names.iter().map(|name| alike(name, row)).fold(0.0, f64::max);
    let mut found: Vec<LikelyRow> = rows.iter().map(|row| LikelyRow { uid: row.uid, likeness: of(row) }).collect();
    found.retain(|row| row.likeness >= LEAST);
    // Of rows that are equally alike the earlier in the file is shown first.
    found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
    found.truncate(MOST);
    found
}

fn alike(name: &Named, row: &Named) -> f64 {
    let whole = |long: &str, short: &str| short.chars().count() >= 3 && long.contains(short);
    let within = whole(&name.name, &row.name) || whole(&row.name, &name.name);
    let pairs = name.pairs.likeness(&row.pairs);
    if within { pairs.max(WITHIN) } else { pairs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lantu_model::plan::{Clock, Name};

    #[test]
    fn the_likeliest_rows_come_first_and_chance_does_not_come_at_all() {
        let name = Name { zh: "主体结构施工".into(), en: Some("Main structure".into()) };
        let step = PlanActivity::named(name, 1, 60, Clock::Contractor);
        let rows: Vec<Named> = [(1, "土方开挖"), (2, "1#厂房主体结构"), (3, "主体结构施工"), (4, "main structure"), (5, "")]
            .map(|(uid, n)| Named::of(uid, n))
            .into();
        let found = likely(&step, &rows);
        assert_eq!(found.iter().map(|r| r.uid).collect::<Vec<_>>(), [3, 4, 2]);
        assert_eq!(found[0].likeness, 1.0);
    }
}
