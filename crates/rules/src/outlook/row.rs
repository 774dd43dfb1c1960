//! What the store keeps of an outlook.
use super::{Odds, Sight, View};
use crate::desks::Desks;
use lantu_model::{ForecastRow, Project, ProjectWork};
use lantu_pack::Pack;

/// Names the rules that compute an outlook: another name, and what was kept is computed again.
pub const ENGINE: &str = "outlook-2";

/// The pack and the rules by which rows are computed now.
pub fn stamp(pack: &Pack) -> String {
    format!("{ENGINE}:{}", pack.hash())
}

/// What is ahead of a project, and what waits for whom in it, out of one outlook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// None without a plan, or where its plan has no dates.
    pub row: Option<ForecastRow>,
    pub work: ProjectWork,
}

/// What lists, boards, queues and other projects need of a project.
pub fn foresee(project: &Project, sight: &Sight<'_>, odds: Odds<'_>) -> Foreseen {
    let seen = View::of(project, sight).and_then(Result::ok).map(|view| {
        let mut outlook = view.outlook();
        view.draw(&mut outlook, odds, false);
        (view, outlook)
    });
    let desks = Desks::of(project, sight.pack);
    let items = super::work::waiting(project, sight, &desks, seen.as_ref().map(|(view, outlook)| (view, outlook)));
    let work = ProjectWork { id: project.id, day: sight.today, stamp: stamp(sight.pack), desks: desks.all(), items };
    let row = seen.map(|(_, outlook)| {
        let finishes = outlook.lines.into_iter().map(|line| (line.id, line.finish)).collect();
        ForecastRow { id: project.id, day: sight.today, stamp: stamp(sight.pack), ahead: outlook.milestones, finishes }
    });
    Foreseen { row, work }
}

/// What lists, boards and other projects need of a project; none without a plan, or where its plan has no dates.
pub fn forecast_row(project: &Project, sight: &Sight<'_>, odds: Odds<'_>) -> Option<ForecastRow> {
    foresee(project, sight, odds).row
}
