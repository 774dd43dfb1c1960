//! The query of a department's queue.
use super::{Reading, light, text};
use crate::problem::Failure;
use lantu_app::{
    Filter,
    show_work::{WorkAsk, WorkSort},
    view::work::WorkGroup,
};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which lines of the queue: comma-separated values widen, different parameters narrow.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct WorkQuery {
    /// Keys of departments or ids of organisations; none: the asker's own, or everyone's where it has none; `all`: everyone's
    pub desk: Option<String>,
    /// `overdue`, `soon`, `in_hand`, `ready`, `waiting`
    pub group: Option<String>,
    /// The worst light of what is held up: `green`, `amber`, `red`
    pub light: Option<String>,
    /// Keys of formalities; `steps`: steps that are none
    pub kind: Option<String>,
    pub division: Option<String>,
    /// Words of the project's name, code, owner
    pub q: Option<String>,
    /// A limit so many days off or nearer is near; default 3
    pub soon: Option<String>,
    /// Within a group: `limit`, `cost`, `since`, `project`, `finish`; default limit
    pub sort: Option<String>,
    /// Where the page begins
    pub offset: Option<String>,
    pub limit: Option<String>,
}

const SOON: i64 = 3;
const SOON_MAX: i64 = 60;
const PAGE: usize = 300;
const PAGE_MAX: usize = 5_000;
/// Asks for everyone's desks.
const ALL: &str = "all";

impl WorkQuery {
    pub fn ask(&self) -> Result<WorkAsk, Failure> {
        let mut r = Reading::default();
        let desks = r.many("desk", self.desk.as_ref(), text);
        let ask = WorkAsk {
            everyone: desks.iter().any(|d| d == ALL),
            desks: desks.into_iter().filter(|d| d != ALL).collect(),
            groups: r.many("group", self.group.as_ref(), |t| WorkGroup::ALL.into_iter().find(|g| g.key() == t)),
            lights: r.many("light", self.light.as_ref(), light),
            kinds: r.many("kind", self.kind.as_ref(), text),
            filter: Filter {
                text: self.q.clone(),
                divisions: r.many("division", self.division.as_ref(), |t| t.parse().ok()),
                ..Filter::default()
            },
            soon: r.one("soon", self.soon.as_ref(), |t| t.parse().ok().filter(|n| (0..=SOON_MAX).contains(n))).unwrap_or(SOON),
            sort: r.one("sort", self.sort.as_ref(), WorkSort::parse).unwrap_or_default(),
            offset: r.one("offset", self.offset.as_ref(), |t| t.parse().ok().filter(|n| *n <= super::OFFSET_MAX)).unwrap_or(0),
            limit: r.one("limit", self.limit.as_ref(), |t| t.parse().ok().filter(|n| (1..=PAGE_MAX).contains(n))).unwrap_or(PAGE),
        };
        r.finish(ask)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_value_is_named() {
        let good =
            WorkQuery { desk: Some("eeb,all".into()), group: Some("overdue,soon".into()), soon: Some("5".into()), ..WorkQuery::default() };
        let ask = good.ask().unwrap();
        assert_eq!((ask.desks, ask.everyone, ask.groups.len(), ask.soon), (vec!["eeb".to_owned()], true, 2, 5));
        let bad = WorkQuery { group: Some("later".into()), sort: Some("luck".into()), soon: Some("900".into()), ..WorkQuery::default() };
        assert_eq!(bad.ask().unwrap_err().problems.len(), 3);
    }
}
