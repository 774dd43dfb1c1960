//! What the store keeps of an outlook.
use super::{Odds, Outlook, Sight};
use lantu_model::{ForecastRow, Project};
use lantu_pack::Pack;

/// Names the rules that compute an outlook: another name, and what was kept is computed again.
pub const ENGINE: &str = "outlook-1";

/// The pack and the rules by which rows are computed now.
pub fn stamp(pack: &Pack) -> String {
    format!("{ENGINE}:{}", pack.hash())
}

/// What lists, boards and other projects need of a project; none without a plan, or where its plan has no dates.
pub fn forecast_row(project: &Project, sight: &Sight<'_>, odds: Odds<'_>) -> Option<ForecastRow> {
    let outlook = Outlook::with_odds(project, sight, odds)?.ok()?;
    let finishes = outlook.lines.into_iter().map(|line| (line.id, line.finish)).collect();
    Some(ForecastRow { id: project.id, day: sight.today, stamp: stamp(sight.pack), ahead: outlook.milestones, finishes })
}
