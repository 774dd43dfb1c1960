//! Why an activity stands where it stands, as JSON for screens and scripts.
use lantu_planfile::Plan;
use lantu_schedule::{ActivityIx, Bound, Cause, Considered, ConstraintKind, EarlyStep, Lag, LateCause, LateStep, LinkKind, Tie, Why};
use serde_json::{Value, json};

/// `early` is the chain back from the activity, `late` the one on from it; `follows` is the place among `considered` that the next
/// step explains.
pub fn as_json(why: &Why, plan: &Plan) -> Value {
    let rows = Rows(plan);
    json!({
        "uid": rows.uid(why.activity),
        "early": why.early.iter().map(|step| rows.early(step)).collect::<Vec<_>>(),
        "late": why.late.iter().map(|step| rows.late(step)).collect::<Vec<_>>(),
        "cut": why.cut,
    })
}

struct Rows<'a>(&'a Plan);

impl Rows<'_> {
    fn uid(&self, at: ActivityIx) -> Option<i64> {
        self.0.activities.get(at.at()).map(|a| a.uid)
    }

    fn early(&self, step: &EarlyStep) -> Value {
        let EarlyStep { row, start, finish, begun, done, considered, follows } = step;
        let considered: Vec<Value> = considered.iter().map(|c| self.considered(c)).collect();
        json!({"uid": self.uid(*row), "start": start.to_string(), "finish": finish.to_string(),
            "begun": begun.map(|b| b.to_string()), "done": done, "considered": considered, "follows": follows})
    }

    fn late(&self, step: &LateStep) -> Value {
        let LateStep { row, start, finish, considered, follows } = step;
        let considered: Vec<Value> = considered.iter().map(|b| self.bound(b)).collect();
        json!({"uid": self.uid(*row), "start": start.to_string(), "finish": finish.to_string(),
            "considered": considered, "follows": follows})
    }

    fn considered(&self, considered: &Considered) -> Value {
        let Considered { cause, tie, date, start, decides } = considered;
        let (cause, row) = self.cause(*cause);
        json!({"cause": cause, "row": row, "link": tie.as_ref().map(|t| self.tie(t)), "date": date.to_string(),
            "start": start.to_string(), "decides": decides})
    }

    fn bound(&self, bound: &Bound) -> Value {
        let Bound { cause, tie, date, decides } = bound;
        let (cause, row) = self.late_cause(*cause);
        json!({"cause": cause, "row": row, "link": tie.as_ref().map(|t| self.tie(t)), "date": date.to_string(), "decides": decides})
    }

    fn tie(&self, tie: &Tie) -> Value {
        let kind = match tie.kind {
            LinkKind::FinishStart => "FS",
            LinkKind::StartStart => "SS",
            LinkKind::FinishFinish => "FF",
            LinkKind::StartFinish => "SF",
        };
        json!({"other": self.uid(tie.other), "type": kind, "date": tie.date.to_string(), "lag": lag(tie.lag)})
    }

    fn cause(&self, cause: Cause) -> (&'static str, Option<i64>) {
        let row = |at: u32| self.uid(ActivityIx(at));
        match cause {
            Cause::ProjectStart => ("project_start", None),
            Cause::Link(_) => ("link", None),
            Cause::Summary(at) => ("summary", row(at)),
            Cause::Below(at) => ("below", row(at)),
            Cause::Alongside(at) => ("alongside", row(at)),
            Cause::Constraint(kind) => (constraint(kind), None),
            Cause::External => ("external", None),
            Cause::Resume => ("resume", None),
            Cause::Actual => ("actual", None),
            Cause::Fixed => ("fixed", None),
            Cause::Leveling => ("leveling", None),
            Cause::AsLateAsPossible => ("as_late_as_possible", None),
            Cause::Calendar => ("calendar", None),
        }
    }

    fn late_cause(&self, cause: LateCause) -> (&'static str, Option<i64>) {
        let row = |at: u32| self.uid(ActivityIx(at));
        match cause {
            LateCause::Link(_) => ("link", None),
            LateCause::Summary(at) => ("summary", row(at)),
            LateCause::DateAbove(at) => ("date_above", row(at)),
            LateCause::Below(at) => ("below", row(at)),
            LateCause::Alongside(at) => ("alongside", row(at)),
            LateCause::Constraint(kind) => (constraint(kind), None),
            LateCause::Deadline => ("deadline", None),
            LateCause::External => ("external", None),
            LateCause::ProjectFinish => ("project_finish", None),
            LateCause::MustFinishBy => ("must_finish_by", None),
            LateCause::OwnFinish => ("own_finish", None),
            LateCause::Actual => ("actual", None),
            LateCause::Fixed => ("fixed", None),
        }
    }
}

/// As JSON files write it: minutes, or hundredths of the predecessor.
fn lag(lag: Lag) -> Value {
    match lag {
        Lag::Work(span) => json!({"min": span.as_minutes()}),
        Lag::Elapsed(span) => json!({"min": span.as_minutes(), "elapsed": true}),
        Lag::Percent(percent) => json!({"pct": percent}),
        Lag::ElapsedPercent(percent) => json!({"pct": percent, "elapsed": true}),
    }
}

fn constraint(kind: ConstraintKind) -> &'static str {
    match kind {
        ConstraintKind::AsLateAsPossible => "as_late_as_possible",
        ConstraintKind::StartNoEarlierThan => "start_no_earlier_than",
        ConstraintKind::StartNoLaterThan => "start_no_later_than",
        ConstraintKind::FinishNoEarlierThan => "finish_no_earlier_than",
        ConstraintKind::FinishNoLaterThan => "finish_no_later_than",
        ConstraintKind::StartOn => "start_on",
        ConstraintKind::FinishOn => "finish_on",
        ConstraintKind::MustStartOn => "must_start_on",
        ConstraintKind::MustFinishOn => "must_finish_on",
    }
}
