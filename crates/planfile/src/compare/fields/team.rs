//! Who works on a row, and how much.
use super::{Differences, Field};
use crate::{
    Plan,
    compare::{
        sides::Both,
        value::{Value, Which},
    },
};
use lantu_calendar::Span;
use lantu_schedule::{Activity, Assignment};

/// A resource's share on either side; a resource may be assigned several times.
#[derive(Clone, Copy, Default)]
struct Share {
    before: Option<(f64, Span)>,
    after: Option<(f64, Span)>,
}

pub(super) fn compare(both: &Both<'_>, old: usize, new: usize, found: &mut Differences) {
    let (was, is) = (team(both.old.activity(old)), team(both.new.activity(new)));
    if was.is_empty() && is.is_empty() {
        return;
    }
    for ((which, resource), share) in shares(both, was, is) {
        let plan = if which == Which::New { both.new.plan } else { both.old.plan };
        let name = name(plan, resource);
        let units = |side: Option<(f64, Span)>| side.map_or(Value::None, |s| Value::Number(s.0));
        found.of_resource(Field::Units, &name, units(share.before), units(share.after));
        if let (Some(before), Some(after)) = (share.before, share.after) {
            found.of_resource(Field::Work, &name, Value::Length(before.1), Value::Length(after.1));
        }
    }
}

fn team(activity: &Activity) -> &[Assignment] {
    activity.detail.as_ref().map_or(&[], |d| &d.assignments)
}

/// By the resource's place in the new version, else in the old one, in that order.
fn shares(both: &Both<'_>, was: &[Assignment], is: &[Assignment]) -> Vec<((Which, u32), Share)> {
    let mut shares: Vec<((Which, u32), Share)> = vec![];
    let mut of = |key: (Which, u32)| match shares.iter().position(|s| s.0 == key) {
        Some(at) => at,
        None => {
            shares.push((key, Share::default()));
            shares.len() - 1
        }
    };
    let named = |list: &[Assignment], of: &mut dyn FnMut(u32) -> usize| -> Vec<(usize, f64, Span)> {
        list.iter().filter_map(|a| Some((of(a.resource?), a.units, a.work))).collect()
    };
    let before = named(was, &mut |r| match both.resources.new_of(r as usize) {
        Some(new) => of((Which::New, new as u32)),
        None => of((Which::Old, r)),
    });
    let after = named(is, &mut |r| of((Which::New, r)));
    for (at, units, work) in before {
        add(&mut shares[at].1.before, units, work);
    }
    for (at, units, work) in after {
        add(&mut shares[at].1.after, units, work);
    }
    shares.sort_by_key(|s| s.0);
    shares
}

fn add(to: &mut Option<(f64, Span)>, units: f64, work: Span) {
    let (had, worked) = to.unwrap_or_default();
    *to = Some((had + units, worked + work));
}

fn name(plan: &Plan, resource: u32) -> String {
    let Some(r) = plan.resources.get(resource as usize) else { return String::new() };
    let name = if r.name.trim().is_empty() { &r.code } else { &r.name };
    name.trim().to_owned()
}
