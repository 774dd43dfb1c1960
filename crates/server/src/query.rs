//! Query strings: every parameter of a list, read at once, with every bad one named.
mod work;

pub use work::WorkQuery;

use crate::problem::Failure;
use axum::http::StatusCode;
use jiff::civil::Date;
use lantu_app::{DateRange, Due, DueAsk, Facet, Filter, Sort, SortKey, show_matrix::MatrixBy};
use lantu_model::{Holding, Level, Light, ListKey, MembershipState, Money, Nature, Problem, Procedure, StageKind, StatusKind};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which projects: comma-separated values widen, different parameters narrow; `-` stands for "not filled in".
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct FilterQuery {
    /// Words of the name, code, owner or place
    pub q: Option<String>,
    pub stage: Option<String>,
    pub status: Option<String>,
    pub division: Option<String>,
    pub platform: Option<String>,
    /// Section letters or classes; a prefix takes everything below it
    pub industry: Option<String>,
    pub nature: Option<String>,
    pub procedure: Option<String>,
    pub holding: Option<String>,
    /// Default: project
    pub level: Option<String>,
    /// `kind:year`
    pub list: Option<String>,
    pub list_state: Option<String>,
    pub owner: Option<String>,
    pub lead_org: Option<String>,
    /// In hundredths of the currency unit
    pub investment_min: Option<String>,
    pub investment_max: Option<String>,
    /// Plan: due from this day
    pub start_from: Option<String>,
    pub start_to: Option<String>,
    pub finish_from: Option<String>,
    pub finish_to: Option<String>,
    /// Fact: done from this day
    pub started_from: Option<String>,
    pub started_to: Option<String>,
    pub ramp_from: Option<String>,
    pub ramp_to: Option<String>,
    pub completed_from: Option<String>,
    pub completed_to: Option<String>,
    pub operating_from: Option<String>,
    pub operating_to: Option<String>,
    pub ramped_from: Option<String>,
    pub ramped_to: Option<String>,
    /// `1`: only where the facts suggest another stage
    pub suggested_differs: Option<String>,
    /// Changed after this feed number
    pub changed_since: Option<String>,
    /// `start_this_month`, `start_overdue`, `finish_this_month`, `finish_overdue`, `ramp_this_month`, `ramp_overdue`, `not_in_statistics`
    pub due: Option<String>,
    /// Worst light of the forecast, as it is now: `green`, `amber`, `red`
    pub light: Option<String>,
    /// Expected to be late by so many days or more
    pub late_from: Option<String>,
}

/// What is read from texts, with everything that could not be.
#[derive(Default)]
struct Reading {
    problems: Vec<Problem>,
}

impl Reading {
    fn bad(&mut self, parameter: &str, found: &str) {
        self.problems.push(Problem::block("bad_value").at(parameter).with("found", found));
    }

    fn one<T>(&mut self, parameter: &str, text: Option<&String>, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = text.map(|t| t.trim()).filter(|t| !t.is_empty())?;
        let value = parse(text);
        if value.is_none() {
            self.bad(parameter, text);
        }
        value
    }

    fn many<T>(&mut self, parameter: &str, text: Option<&String>, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let texts = text.map(String::as_str).unwrap_or_default().split(',').map(str::trim).filter(|t| !t.is_empty() && *t != MISSING);
        let mut values = vec![];
        for text in texts {
            match parse(text) {
                Some(value) => values.push(value),
                None => self.bad(parameter, text),
            }
        }
        values
    }

    fn range(&mut self, name: &str, from: Option<&String>, to: Option<&String>) -> DateRange {
        DateRange { from: self.one(&format!("{name}_from"), from, day), to: self.one(&format!("{name}_to"), to, day) }
    }

    fn finish<T>(self, value: T) -> Result<T, Failure> {
        if self.problems.is_empty() {
            return Ok(value);
        }
        Err(Failure { problems: self.problems, ..Failure::new(StatusCode::BAD_REQUEST, "bad_request") })
    }
}

/// Opens the rows that carry no value in a dimension.
const MISSING: &str = "-";

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn money(text: &str) -> Option<Money> {
    text.parse().ok().map(Money::from_fen)
}

fn list(text: &str) -> Option<ListKey> {
    let (kind, year) = text.rsplit_once(':')?;
    Some(ListKey { kind: kind.to_owned(), year: year.parse().ok()? })
}

fn light(text: &str) -> Option<Light> {
    match text {
        "green" => Some(Light::Green),
        "amber" => Some(Light::Amber),
        "red" => Some(Light::Red),
        _ => None,
    }
}

fn list_state(text: &str) -> Option<MembershipState> {
    match text {
        "applied" => Some(MembershipState::Applied),
        "admitted" => Some(MembershipState::Admitted),
        "removed" => Some(MembershipState::Removed),
        _ => None,
    }
}

impl FilterQuery {
    pub fn filter(&self, today: Date) -> Result<Filter, Failure> {
        let mut r = Reading::default();
        let filter = Filter {
            text: self.q.clone(),
            stages: r.many("stage", self.stage.as_ref(), StageKind::parse),
            statuses: r.many("status", self.status.as_ref(), StatusKind::parse),
            divisions: r.many("division", self.division.as_ref(), |t| t.parse().ok()),
            platforms: r.many("platform", self.platform.as_ref(), text),
            industries: r.many("industry", self.industry.as_ref(), text),
            natures: r.many("nature", self.nature.as_ref(), Nature::parse),
            procedures: r.many("procedure", self.procedure.as_ref(), Procedure::parse),
            holdings: r.many("holding", self.holding.as_ref(), Holding::parse),
            levels: r.many("level", self.level.as_ref(), Level::parse),
            missing: self.missing(),
            list: r.one("list", self.list.as_ref(), list),
            list_state: r.one("list_state", self.list_state.as_ref(), list_state),
            owner: self.owner.clone(),
            lead_org: r.one("lead_org", self.lead_org.as_ref(), |t| t.parse().ok()),
            investment_min: r.one("investment_min", self.investment_min.as_ref(), money),
            investment_max: r.one("investment_max", self.investment_max.as_ref(), money),
            start_due: r.range("start", self.start_from.as_ref(), self.start_to.as_ref()),
            finish_due: r.range("finish", self.finish_from.as_ref(), self.finish_to.as_ref()),
            ramp_due: r.range("ramp", self.ramp_from.as_ref(), self.ramp_to.as_ref()),
            started: r.range("started", self.started_from.as_ref(), self.started_to.as_ref()),
            completed: r.range("completed", self.completed_from.as_ref(), self.completed_to.as_ref()),
            operating: r.range("operating", self.operating_from.as_ref(), self.operating_to.as_ref()),
            ramped: r.range("ramped", self.ramped_from.as_ref(), self.ramped_to.as_ref()),
            suggested_differs: r.one("suggested_differs", self.suggested_differs.as_ref(), flag).unwrap_or(false),
            changed_since: r.one("changed_since", self.changed_since.as_ref(), |t| t.parse().ok()),
            due: r.one("due", self.due.as_ref(), Due::parse).map(|due| DueAsk { due, today }),
            lights: r.many("light", self.light.as_ref(), light),
            late_from: r.one("late_from", self.late_from.as_ref(), |t| t.parse().ok()),
            ..Filter::default()
        };
        r.finish(filter)
    }

    fn missing(&self) -> Vec<Facet> {
        let dimensions = [
            (Facet::Division, &self.division),
            (Facet::Platform, &self.platform),
            (Facet::Industry, &self.industry),
            (Facet::Nature, &self.nature),
            (Facet::Holding, &self.holding),
        ];
        let asks = |t: &&Option<String>| t.as_deref().is_some_and(|t| t.split(',').any(|v| v.trim() == MISSING));
        dimensions.into_iter().filter(|(_, t)| asks(t)).map(|(f, _)| f).collect()
    }
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

/// Order, place in it, and the day whose knowledge is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct PageQuery {
    /// `name`, `code`, `investment`, `start_due`, `finish_due`, `stage`, `division`, `changed`, `annual_plan`, `ytd`, `light`, `days_late`; a leading `-` for descending
    pub sort: Option<String>,
    /// At most 1000
    #[param(value_type = Option<u32>)]
    pub limit: Option<String>,
    /// The `next` of the page before
    pub after: Option<String>,
    /// Instead of `after`: the page from this row on, counted from 0, for a jump far down
    #[param(value_type = Option<u64>)]
    pub offset: Option<String>,
    /// As known at the end of this day
    #[param(value_type = Option<String>, format = Date)]
    pub as_of: Option<String>,
}

pub const PAGE_DEFAULT: u32 = 200;
pub const PAGE_MAX: u32 = 1000;
/// Beyond any list; it only keeps the number within what databases count in.
const OFFSET_MAX: u64 = 1_000_000_000;

pub fn sort(given: Option<&String>) -> Result<Sort, Failure> {
    let mut r = Reading::default();
    let sort = r.one("sort", given, |t| {
        let (key, desc) = t.strip_prefix('-').map_or((t, false), |k| (k, true));
        SortKey::parse(key).map(|key| Sort { key, desc })
    });
    r.finish(sort.unwrap_or_default())
}

pub fn limit(given: Option<&String>, default: u32, max: u32) -> Result<u32, Failure> {
    let mut r = Reading::default();
    let limit = r.one("limit", given, |t| t.parse().ok().filter(|n| (1..=max).contains(n)));
    r.finish(limit.unwrap_or(default))
}

pub fn offset(given: Option<&String>) -> Result<Option<u64>, Failure> {
    let mut r = Reading::default();
    let offset = r.one("offset", given, |t| t.parse::<u64>().ok().filter(|n| *n <= OFFSET_MAX));
    r.finish(offset)
}

pub fn as_of(given: Option<&String>) -> Result<Option<Date>, Failure> {
    let mut r = Reading::default();
    let day = r.one("as_of", given, day);
    r.finish(day)
}

/// The day from which "overdue" and "this month" are judged: the past day looked at, or today.
pub fn seen_from(as_of: Option<Date>, today: Date) -> Date {
    as_of.map_or(today, |day| day.min(today))
}

pub fn facets(given: Option<&String>) -> Result<Vec<Facet>, Failure> {
    let mut r = Reading::default();
    let facets = r.many("by", given, Facet::parse);
    r.finish(facets)
}

pub fn matrix_by(given: Option<&String>) -> Result<Option<MatrixBy>, Failure> {
    let mut r = Reading::default();
    let by = r.one("by", given, MatrixBy::parse);
    r.finish(by)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 9, 3);

    #[test]
    fn a_full_query_is_read() {
        let query = FilterQuery {
            stage: Some("reserve,prelim".into()),
            division: Some("330482104,-".into()),
            list: Some("city_key:2026".into()),
            investment_min: Some("100".into()),
            start_from: Some("2026-01-01".into()),
            due: Some("start_overdue".into()),
            suggested_differs: Some("1".into()),
            ..FilterQuery::default()
        };
        let Ok(filter) = query.filter(TODAY) else { panic!("read") };
        assert_eq!(filter.stages, [StageKind::Reserve, StageKind::Prelim]);
        assert_eq!(filter.missing, [Facet::Division]);
        assert_eq!(filter.divisions.len(), 1);
        assert_eq!(filter.list, Some(ListKey { kind: "city_key".into(), year: 2026 }));
        assert_eq!(filter.due, Some(DueAsk { due: Due::StartOverdue, today: TODAY }));
        assert!(filter.suggested_differs);
    }

    #[test]
    fn every_bad_parameter_is_named_at_once() {
        let query = FilterQuery {
            stage: Some("reserve,dreaming".into()),
            start_from: Some("soon".into()),
            investment_max: Some("much".into()),
            ..FilterQuery::default()
        };
        let Err(failure) = query.filter(TODAY) else { panic!("refused") };
        let places: Vec<_> = failure.problems.iter().filter_map(|p| p.place.as_deref()).collect();
        assert_eq!(places, ["stage", "investment_max", "start_from"]);
    }

    #[test]
    fn orders_read_with_their_direction() {
        let Ok(sort) = sort(Some(&"-investment".to_owned())) else { panic!("read") };
        assert!(sort.desc && sort.key == SortKey::Investment);
        assert!(super::sort(Some(&"colour".to_owned())).is_err());
    }
}
