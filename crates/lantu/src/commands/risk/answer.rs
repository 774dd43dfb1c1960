//! The odds as JSON, for scripts.
use super::Simulated;
use crate::{plans, tongue::Tongue};
use lantu_risk::{Distribution, Node, chance_interval};
use lantu_schedule::{ActivityIx, Instant, Span};
use serde_json::{Value, json};

/// So many bins at most.
const BINS: usize = 60;
/// So many points of the S-curve at most.
const POINTS: usize = 101;

impl Simulated<'_> {
    /// Times as `lantu schedule` has them, lengths in minutes, chances from 0 to 1. Activities stand in the file's order,
    /// without summary rows.
    pub fn as_json(&self, tongue: Tongue) -> Value {
        let odds = &self.odds;
        json!({
            "finish": distribution(&odds.finish, odds.planned_finish),
            "milestones": self.milestones(),
            "milestones_left_out": self.asked.left_out,
            "activities": self.activities(),
            "risks": self.risks(),
            "histogram": histogram(&odds.finish),
            "s_curve": s_curve(&odds.finish),
            "by": self.by(),
            "joint": self.joint(),
            "iterations": odds.iterations,
            "converged": odds.converged,
            "seed": self.seed,
            "assumed": {"spread_percent": whole(self.spread), "activities": self.assumed},
            "notes": self.notes(tongue),
            "losses": plans::losses(self.plan, tongue),
        })
    }

    fn called(&self, at: ActivityIx) -> Option<&str> {
        self.plan.labels.get(at.at()).map(|l| l.name.as_str())
    }

    fn uid(&self, at: ActivityIx) -> Option<i64> {
        self.plan.activities.get(at.at()).map(|a| a.uid)
    }

    fn milestones(&self) -> Value {
        let one = |m: &lantu_risk::Milestone| {
            let mut value = distribution(&m.finish, m.planned);
            value["uid"] = json!(self.uid(m.activity));
            value["name"] = json!(self.called(m.activity));
            value
        };
        self.odds.milestones.iter().map(one).collect()
    }

    fn activities(&self) -> Value {
        let rows = (0..).map(ActivityIx).zip(self.plan.activities.iter().zip(&self.odds.activities)).filter(|(_, (a, _))| !a.is_summary());
        let one = |(at, (a, s)): (ActivityIx, (&lantu_schedule::Activity, &lantu_risk::Sensitivity))| {
            json!({"uid": a.uid, "name": self.called(at), "criticality": rounded(s.criticality), "sensitivity": rounded(s.sensitivity),
                "swing_minutes": minutes(s.swing), "mean_minutes": minutes(s.mean), "deviation_minutes": minutes(s.deviation)})
        };
        rows.map(one).collect()
    }

    fn risks(&self) -> Value {
        let one = |(risk, cost): (&lantu_risk::Risk, &lantu_risk::RiskCost)| {
            json!({"id": risk.id, "struck": rounded(cost.struck), "cost": {"mean_minutes": minutes(cost.mean),
                "p50_minutes": minutes(cost.p50), "p80_minutes": minutes(cost.p80), "p90_minutes": minutes(cost.p90)}})
        };
        self.model.risks.iter().zip(&self.odds.risks).map(one).collect()
    }

    fn by(&self) -> Value {
        let one = |((node, date), day): (&(Node, Instant), &String)| {
            let (uid, name) = match node {
                Node::Finish => (None, None),
                Node::Activity(at) => (self.uid(*at), self.called(*at)),
            };
            let mut value = chance(self.odds.joint(&[(*node, *date)])?, self.odds.iterations);
            value["uid"] = json!(uid);
            value["name"] = json!(name);
            value["date"] = json!(day);
            Some(value)
        };
        self.asked.by.iter().zip(&self.asked.days).filter_map(one).collect()
    }

    /// Of all days asked for, when they are several.
    fn joint(&self) -> Value {
        let several = self.asked.by.len() > 1;
        let joint = self.odds.joint(&self.asked.by).filter(|_| several);
        joint.map_or(Value::Null, |share| chance(share, self.odds.iterations))
    }

    fn notes(&self, tongue: Tongue) -> Value {
        let one = |n: &lantu_risk::Note| json!({"code": n.code, "place": n.place, "found": n.found, "activities": n.activities, "message": self.note(n, tongue)});
        self.odds.notes.iter().map(one).collect()
    }
}

fn distribution(of: &Distribution, planned: Instant) -> Value {
    let p = |share: f64| time(of.quantile(share));
    json!({"planned": time(planned), "p10": p(0.1), "p50": p(0.5), "p80": p(0.8), "p90": p(0.9),
        "mean": time(of.mean().to_nearest_minute()), "deviation_minutes": minutes(of.deviation()),
        "chance_of_planned": rounded(of.chance_by(planned))})
}

/// A share of the iterations, and between which bounds its chance lies with 95 % confidence.
fn chance(share: f64, iterations: u32) -> Value {
    let (low, high) = chance_interval(share, iterations);
    json!({"chance": rounded(share), "low": rounded(low), "high": rounded(high)})
}

fn histogram(of: &Distribution) -> Value {
    of.histogram(BINS).iter().map(|b| json!({"from": time(b.from), "to": time(b.to), "count": b.count})).collect()
}

fn s_curve(of: &Distribution) -> Value {
    of.s_curve(POINTS).into_iter().map(|(date, share)| json!({"date": time(date), "chance": rounded(share)})).collect()
}

fn time(at: Instant) -> Value {
    format!("{at:#}").into()
}

/// Whole ones where they are, else to the hundredth.
fn minutes(span: Span) -> Value {
    whole((span.as_minutes() * 100.0).round() / 100.0)
}

/// To the millionth.
fn rounded(share: f64) -> Value {
    whole((share * 1e6).round() / 1e6)
}

fn whole(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e15 { (value as i64).into() } else { value.into() }
}
