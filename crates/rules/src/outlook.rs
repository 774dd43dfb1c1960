//! What is ahead of a project on a day: the dates of its network after everything that has happened, what drives each
//! milestone, how late it is against its promise, how sure that is, and whose move it is.
//!
//! Pure: a project, its pack and `today` in, an outlook out. Facts dated after `today` are not seen, so that the outlook
//! of a past day is what that day could know. The rules are told in `docs/BATTLE-MAP.md`.
mod ahead;
mod axis;
mod blocking;
mod course;
mod dates;
mod history;
mod lines;
mod odds;
mod row;
mod rows;
mod seen;
mod since;
mod stand;
mod ties;
mod types;
mod why;
mod work;

pub use history::{History, Learned};
pub use lines::promised;
pub use odds::{LineOdds, Odds, WithLineOdds};
pub use row::{ENGINE, Foreseen, forecast_row, foresee, stamp};
pub use types::*;
pub use why::{Cause, CauseOf, Lateness, Why, Win};

use axis::Axis;
use dates::Dates;
use jiff::civil::Date;
use lantu_model::{PlanActivity, Problem, Project};
use lantu_pack::Pack;
use rows::Rows;
use stand::Stand;
use std::rc::Rc;
use ties::Ties;

/// From where a project is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// Its calendar counts the days, its formalities say how long decisions may take.
    pub pack: &'a Pack,
    /// Nothing dated later is seen.
    pub today: Date,
    /// When the activities of other projects that this one waits for are done.
    pub elsewhere: &'a Elsewhere,
}

/// A plan on a day, with its dates counted.
struct View<'a> {
    project: &'a Project,
    sight: Sight<'a>,
    axis: Axis<'a>,
    rows: Rc<Rows<'a>>,
    /// In the order of the plan's lines.
    lines: Rc<[(&'a str, &'a PlanActivity)]>,
    ties: Rc<Ties>,
    stands: Vec<Stand>,
    dates: Dates,
}

impl<'a> View<'a> {
    fn of(project: &'a Project, sight: &Sight<'a>) -> Option<Result<Self, Vec<Problem>>> {
        let plan = project.plan.as_ref()?;
        let lines: Rc<[_]> = plan.lines().into_iter().map(|(id, activity)| (id.as_str(), activity)).collect();
        let axis = Axis::new(sight.pack.calendar(), plan.start, sight.today);
        let (ties, rows) = (Rc::new(Ties::of(&lines)), Rc::new(Rows::of(project)));
        let stands = stand::of(&rows, sight, &axis, &lines, &ties);
        let dates = Dates::of(&stands, &ties).map_err(|problem| vec![problem.named(&lines)]);
        Some(dates.map(|dates| Self { project, sight: *sight, axis, rows, lines, ties, stands, dates }))
    }

    /// The same plan seen on another day, with its early dates only.
    fn on(&self, today: Date) -> Option<Self> {
        let sight = Sight { today, ..self.sight };
        let axis = Axis::new(self.axis.calendar, self.axis.start, today);
        let stands = stand::of(&self.rows, &sight, &axis, &self.lines, &self.ties);
        let dates = Dates::early(&stands, &self.ties)?;
        let (rows, lines, ties) = (self.rows.clone(), self.lines.clone(), self.ties.clone());
        Some(Self { project: self.project, sight, axis, rows, lines, ties, stands, dates })
    }
}

impl Outlook {
    /// The outlook of a project; `None` when it has no plan, refused when its plan has no dates. No odds are drawn.
    pub fn of(project: &Project, sight: &Sight<'_>) -> Option<Result<Self, Vec<Problem>>> {
        Some(View::of(project, sight)?.map(|view| view.outlook()))
    }
}

impl View<'_> {
    fn outlook(&self) -> Outlook {
        let mut lines = self.rows();
        let links = self.tied();
        let paths: Vec<_> = self.reached().map(|(milestone, at)| (milestone, self.path(at, &links))).collect();
        let milestones = self.milestones(&lines, &paths);
        for (milestone, path) in &paths {
            for at in path {
                lines[*at].drives.push(*milestone);
            }
        }
        let finish = lines.iter().map(|line| line.finish).max().unwrap_or(self.axis.start);
        let office = self.sight.pack.calendar_data();
        let provisional = office.is_provisional(self.axis.start) || office.is_provisional(finish);
        Outlook { today: self.sight.today, lines, links, milestones, finish, provisional }
    }
}
