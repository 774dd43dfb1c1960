//! The three watches of a year: what is planned to start, complete or reach capacity, what did, and what is overdue.
use jiff::civil::Date;
use lantu_model::{ProjectRow, StatusKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    Start,
    Finish,
    Ramp,
}

/// Where one project stands in one watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The day that the plan falls due.
    pub due: Option<Date>,
    /// The day that it happened: first pile, completion, capacity review; never the ceremony or the permit.
    pub done: Option<Date>,
}

impl Standing {
    /// Days past due and still not done on `today`.
    pub fn overdue_days(self, today: Date) -> Option<i32> {
        match (self.due, self.done) {
            (Some(due), None) if due < today => Some((today - due).get_days()),
            _ => None,
        }
    }
    /// Done in the year before its planned day.
    pub fn is_early(self) -> bool {
        matches!((self.due, self.done), (Some(due), Some(done)) if done < due)
    }
}

impl Watch {
    pub const ALL: [Self; 3] = [Self::Start, Self::Finish, Self::Ramp];
    pub fn key(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Finish => "finish",
            Self::Ramp => "ramp",
        }
    }
    pub fn standing(self, row: &ProjectRow) -> Standing {
        match self {
            Self::Start => Standing { due: row.start_due, done: row.started_on },
            Self::Finish => Standing { due: row.finish_due, done: row.completed_on },
            Self::Ramp => Standing { due: row.ramp_due, done: row.ramped_on },
        }
    }
    /// Whether the project can still be expected to do it.
    pub fn is_expected(row: &ProjectRow) -> bool {
        row.counts && !matches!(row.status, StatusKind::Terminated | StatusKind::Closed)
    }
}
