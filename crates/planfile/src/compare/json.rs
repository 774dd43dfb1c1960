//! A comparison as JSON, for screens and scripts.
use super::{
    At, CalendarChange, CalendarFate, Case, Comparison, Concern, FieldChange, LinkChange, MatchedBy, RowChange, Step, Tie, Value, Which,
    words,
};
use crate::Plan;
use lantu_calendar::{Exception, Instant, Span};
use lantu_schedule::{Lag, Tongue};
use serde_json::{Map, Value as Json, json};

impl Comparison {
    /// Every difference, rows by uid, code and name. Times are `YYYY-MM-DDTHH:MM`, lengths and floats minutes, shares hundredths;
    /// `null` is nothing. `message` and `advice` of a suspicion are in `tongue`, all else is for machines.
    pub fn to_json(&self, old: &Plan, new: &Plan, tongue: Tongue) -> Json {
        let rows = Rows { old, new };
        let list = |rows_of: &[_], at: fn(usize) -> At| -> Json {
            rows_of.iter().map(|r: &lantu_schedule::ActivityIx| rows.row(at(r.at()))).collect()
        };
        let setting = |s: &super::SettingChange| json!({"setting": s.setting.code(), "before": value(&s.before), "after": value(&s.after)});
        let suspicion = |s: &super::Suspicion| {
            let cases: Vec<Json> = s.cases.iter().map(|c| rows.case(c)).collect();
            json!({"code": s.code, "message": s.title(tongue), "advice": s.advice(tongue), "cases": cases})
        };
        json!({
            "identical": self.is_empty(),
            "finish": self.finish_json(&rows),
            "matched": self.matched(),
            "matches": self.pairs.iter().map(|p| rows.pair(p)).collect::<Vec<_>>(),
            "added": list(&self.added, At::new),
            "deleted": list(&self.deleted, At::old),
            "changed": self.changed.iter().map(|c| rows.changed(c)).collect::<Vec<_>>(),
            "links": self.links.iter().map(|l| rows.link(l)).collect::<Vec<_>>(),
            "calendars": self.calendars.iter().map(calendar).collect::<Vec<_>>(),
            "settings": self.settings.iter().map(setting).collect::<Vec<_>>(),
            "suspicions": self.suspicions.iter().map(suspicion).collect::<Vec<_>>(),
        })
    }

    fn finish_json(&self, rows: &Rows<'_>) -> Json {
        let f = &self.finish;
        let path = |steps: &[Step]| -> Json { steps.iter().map(|s| rows.step(s)).collect() };
        json!({"before": time(f.before), "after": time(f.after), "days": f.days, "work": minutes(f.work),
            "old_path": path(&f.old_path), "new_path": path(&f.new_path)})
    }

    /// How many are known again by what.
    fn matched(&self) -> Json {
        let count = |by: MatchedBy| self.pairs.iter().filter(|p| p.by == by).count();
        Json::Object(MatchedBy::ALL.iter().map(|by| (by.code().to_owned(), count(*by).into())).collect())
    }
}

struct Rows<'a> {
    old: &'a Plan,
    new: &'a Plan,
}

impl Rows<'_> {
    fn plan(&self, at: At) -> &Plan {
        if at.which == Which::Old { self.old } else { self.new }
    }

    fn uid(&self, at: At) -> Option<i64> {
        self.plan(at).activities.get(at.row.at()).map(|a| a.uid)
    }

    fn row(&self, at: At) -> Json {
        Json::Object(self.named(at))
    }

    fn named(&self, at: At) -> Map<String, Json> {
        let label = self.plan(at).labels.get(at.row.at());
        let summary = self.plan(at).activities.get(at.row.at()).is_some_and(|a| a.is_summary());
        let mut row = Map::new();
        row.insert("uid".into(), self.uid(at).into());
        row.insert("code".into(), label.map(|l| l.code.as_str()).unwrap_or_default().into());
        row.insert("name".into(), label.map(|l| l.name.as_str()).unwrap_or_default().into());
        row.insert("summary".into(), summary.into());
        row
    }

    fn pair(&self, pair: &super::Pair) -> Json {
        let (old, new) = (At::old(pair.old.at()), At::new(pair.new.at()));
        json!({"old": self.uid(old), "new": self.uid(new), "by": pair.by.code()})
    }

    fn changed(&self, change: &RowChange) -> Json {
        let mut row = self.named(change.at());
        row.insert("old_uid".into(), self.uid(At::old(change.old.at())).into());
        row.insert("milestone".into(), change.milestone.into());
        row.insert("critical".into(), change.critical.into());
        row.insert("days".into(), change.days.into());
        row.insert("fields".into(), change.fields.iter().map(field).collect());
        Json::Object(row)
    }

    fn link(&self, link: &LinkChange) -> Json {
        let change = match (link.before, link.after) {
            (None, _) => "added",
            (_, None) => "deleted",
            _ => "changed",
        };
        json!({"change": change, "predecessor": self.row(link.predecessor), "successor": self.row(link.successor),
            "before": link.before.map(tied), "after": link.after.map(tied), "drove": link.drove, "drives": link.drives})
    }

    fn step(&self, step: &Step) -> Json {
        let mut row = self.named(step.at);
        row.insert("finish".into(), time(step.finish));
        row.insert("days".into(), step.days.into());
        row.insert("in_both".into(), step.in_both.into());
        Json::Object(row)
    }

    fn case(&self, case: &Case) -> Json {
        let row = |at: Option<At>| at.map(|at| self.row(at));
        json!({"row": row(case.at), "predecessor": row(case.other), "calendar": case.name,
            "before": value(&case.before), "after": value(&case.after)})
    }
}

fn field(change: &FieldChange) -> Json {
    let mut field = Map::new();
    field.insert("field".into(), change.field.code().into());
    if let Some(resource) = &change.of {
        field.insert("resource".into(), resource.as_str().into());
    }
    field.insert("before".into(), value(&change.before));
    field.insert("after".into(), value(&change.after));
    let concern = change.concern.map(|c| match c {
        Concern::ActualMoved => "actual_moved",
        Concern::ActualTakenBack => "actual_taken_back",
        Concern::Backwards => "backwards",
    });
    if let Some(concern) = concern {
        field.insert("concern".into(), concern.into());
    }
    Json::Object(field)
}

fn calendar(c: &CalendarChange) -> Json {
    let fate = match c.fate {
        CalendarFate::Added => "added",
        CalendarFate::Deleted => "deleted",
        CalendarFate::Changed => "changed",
    };
    let day = |d: &super::DayChange| json!({"weekday": d.weekday + 1, "before": d.before.to_string(), "after": d.after.to_string()});
    let exception = |e: &Exception| json!({"from": e.from.to_string(), "to": e.to.to_string(), "hours": e.hours.to_string()});
    json!({"change": fate, "name": c.name, "old_name": c.old_name, "week_before": minutes(c.week_before), "week_after": minutes(c.week_after),
        "days": c.days.iter().map(day).collect::<Vec<_>>(), "exceptions_added": c.added.iter().map(exception).collect::<Vec<_>>(),
        "exceptions_removed": c.removed.iter().map(exception).collect::<Vec<_>>(), "work_weeks": c.work_weeks, "base": c.base})
}

fn value(value: &Value) -> Json {
    match value {
        Value::None => Json::Null,
        Value::Text(text) => text.as_str().into(),
        Value::Time(at) => time(*at),
        Value::Length(span) => minutes(*span),
        Value::Number(n) => number(*n),
        Value::Flag(yes) => (*yes).into(),
        Value::Dated(c) => json!({"kind": words::constraint_code(c.kind), "date": time(c.date)}),
        Value::Tied(tie) => tied(*tie),
        Value::Word(word) => (*word).into(),
    }
}

/// As the JSON format writes links.
fn tied(tie: Tie) -> Json {
    let lag = match tie.lag {
        Lag::Work(span) => json!({"min": minutes(span)}),
        Lag::Elapsed(span) => json!({"min": minutes(span), "elapsed": true}),
        Lag::Percent(percent) => json!({"pct": percent}),
        Lag::ElapsedPercent(percent) => json!({"pct": percent, "elapsed": true}),
    };
    json!({"type": words::link_kind(tie.kind), "lag": lag})
}

fn time(at: Instant) -> Json {
    format!("{at:#}").into()
}

fn minutes(span: Span) -> Json {
    number(span.as_minutes())
}

/// Whole where it is.
fn number(n: f64) -> Json {
    if n.fract() == 0.0 && n.abs() < 9e15 { (n as i64).into() } else { n.into() }
}
