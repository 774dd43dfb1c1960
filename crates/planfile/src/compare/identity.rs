//! Which row of the old version is which of the new one.
use super::pairing::Pairing;
use crate::Plan;
use lantu_schedule::{ActivityIx, Dialect};

/// By what a row is known again, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchedBy {
    /// The identity that copies of a file keep.
    Guid,
    /// P6's activity id, or the codes of a WBS element and those above it; of MS Project's WBS codes, which
    /// move when rows do, only with the same name.
    Code,
    /// The file's own number.
    Uid,
    /// The name, which no other row left has; only where numbers mean nothing: they were given anew, or the two files come
    /// from different programs.
    Name,
}

/// A row that is in both versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its place in the old version.
    pub old: ActivityIx,
    /// Its place in the new version.
    pub new: ActivityIx,
    /// How that is known.
    pub by: MatchedBy,
}

impl MatchedBy {
    /// All, the surest first.
    pub const ALL: [Self; 4] = [Self::Guid, Self::Code, Self::Uid, Self::Name];

    /// For machines: `guid`, `code`, `uid`, `name`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Guid => "guid",
            Self::Code => "code",
            Self::Uid => "uid",
            Self::Name => "name",
        }
    }
}

pub(super) fn table(rows: &Pairing<MatchedBy>) -> Vec<Pair> {
    let ix = |at: usize| ActivityIx(at as u32);
    rows.pairs().map(|(old, new, by)| Pair { old: ix(old), new: ix(new), by }).collect()
}

/// Rows, calendars and resources.
pub(super) fn pair(old: &Plan, new: &Plan) -> (Pairing<MatchedBy>, Pairing<()>, Pairing<()>) {
    (rows(old, new), calendars(old, new), resources(old, new))
}

fn rows(old: &Plan, new: &Plan) -> Pairing<MatchedBy> {
    let mut pairing = Pairing::new(old.activities.len(), new.activities.len());
    pairing.pass(MatchedBy::Guid, |at| guid(old, at), |at| guid(new, at));
    let p6 = [old, new].iter().all(|p| p.options.dialect == Dialect::P6);
    let one_program = old.options.dialect == new.options.dialect;
    let (old_paths, new_paths) = (paths(old), paths(new));
    // A re-export gives new numbers and leaves P6's activity ids.
    if p6 || !one_program {
        pairing.pass(MatchedBy::Code, |at| path_or_code(old, &old_paths, at), |at| path_or_code(new, &new_paths, at));
    }
    let hold = one_program && uids_hold(old, new, &pairing);
    if hold {
        pairing.pass(MatchedBy::Uid, |at| uid(old, at), |at| uid(new, at));
    }
    pairing.pass(MatchedBy::Uid, |at| Some((uid(old, at)?, name(old, at)?)), |at| Some((uid(new, at)?, name(new, at)?)));
    pairing.pass(MatchedBy::Code, |at| Some((code(old, at)?, name(old, at)?)), |at| Some((code(new, at)?, name(new, at)?)));
    if !hold {
        let spoken = |plan, at| name(plan, at).filter(|(name, _)| !name.is_empty());
        pairing.pass(MatchedBy::Name, |at| spoken(old, at), |at| spoken(new, at));
    }
    pairing
}

/// Numbers are believed when at least half of those that both versions have go with the same name, or with a row
/// that is known to be the same.
fn uids_hold(old: &Plan, new: &Plan, known: &Pairing<MatchedBy>) -> bool {
    let all = Pairing::<()>::new(old.activities.len(), new.activities.len());
    let shared = all.sharing(&|at| uid(old, at), &|at| uid(new, at));
    let same = |(o, n): &&(usize, usize)| known.new_of(*o) == Some(*n) || name(old, *o) == name(new, *n);
    2 * shared.iter().filter(same).count() >= shared.len()
}

/// A row's kind of number: summary rows have numbers of their own.
fn uid(plan: &Plan, at: usize) -> Option<(i64, bool)> {
    plan.activities.get(at).map(|a| (a.uid, a.is_summary()))
}

fn name(plan: &Plan, at: usize) -> Option<(&str, bool)> {
    let name = plan.labels.get(at).map_or("", |l| l.name.trim());
    plan.activities.get(at).map(|a| (name, a.is_summary()))
}

fn code(plan: &Plan, at: usize) -> Option<&str> {
    plan.labels.get(at).map(|l| l.code.trim()).filter(|code| !code.is_empty())
}

/// Letters and digits, for one program puts braces around what another does not. Nothing but zeros is no identity.
fn guid(plan: &Plan, at: usize) -> Option<(String, bool)> {
    let written = plan.labels.get(at)?.guid.as_deref()?.trim_matches(|c: char| c == '{' || c == '}' || c.is_whitespace());
    // MS Project's are hexadecimal and of either case; P6's are letters that differ by case.
    let guid = if written.len() == 36 { written.to_ascii_uppercase() } else { written.to_owned() };
    let says = guid.chars().any(|c| c.is_alphanumeric() && c != '0');
    says.then(|| (guid, plan.activities.get(at).is_some_and(|a| a.is_summary())))
}

/// A WBS element is known by the codes above it too, but for the topmost, which is the project's own and changes with copies.
fn path_or_code<'a>(plan: &'a Plan, paths: &'a [Option<String>], at: usize) -> Option<(&'a str, bool)> {
    if plan.activities.get(at)?.is_summary() { Some((paths.get(at)?.as_deref()?, true)) } else { Some((code(plan, at)?, false)) }
}

/// The path of codes of each summary row.
fn paths(plan: &Plan) -> Vec<Option<String>> {
    const DEEPEST: usize = 64;
    let mut tops = (0..plan.activities.len()).filter(|at| plan.activities[*at].is_summary() && plan.activities[*at].parent.is_none());
    let only_top = tops.next().filter(|_| tops.next().is_none());
    let path = |at: usize| {
        let above = |at: &usize| plan.activities.get(*at).and_then(|a| a.parent).map(|p| p.at());
        let mut codes = vec![];
        for at in std::iter::successors(Some(at), above).take(DEEPEST).filter(|at| Some(*at) != only_top) {
            codes.push(code(plan, at)?);
        }
        codes.reverse();
        Some(codes.join("\n"))
    };
    (0..plan.activities.len()).map(|at| if plan.activities[at].is_summary() { path(at) } else { None }).collect()
}

fn calendars(old: &Plan, new: &Plan) -> Pairing<()> {
    let mut pairing = Pairing::new(old.calendars.len(), new.calendars.len());
    let name = |plan: &Plan, at: usize| plan.calendars.get(at).map(|c| c.name.trim().to_owned()).filter(|n| !n.is_empty());
    let uid = |plan: &Plan, at: usize| plan.calendars.get(at).map(|c| c.uid);
    pairing.pass((), |at| name(old, at).zip(uid(old, at)), |at| name(new, at).zip(uid(new, at)));
    pairing.pass((), |at| name(old, at), |at| name(new, at));
    pairing.pass((), |at| uid(old, at), |at| uid(new, at));
    pairing
}

fn resources(old: &Plan, new: &Plan) -> Pairing<()> {
    let mut pairing = Pairing::new(old.resources.len(), new.resources.len());
    let text = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    let name = |plan: &Plan, at: usize| plan.resources.get(at).and_then(|r| text(&r.name));
    let code = |plan: &Plan, at: usize| plan.resources.get(at).and_then(|r| text(&r.code));
    let uid = |plan: &Plan, at: usize| plan.resources.get(at).map(|r| r.uid);
    pairing.pass((), |at| name(old, at).zip(uid(old, at)), |at| name(new, at).zip(uid(new, at)));
    pairing.pass((), |at| name(old, at), |at| name(new, at));
    pairing.pass((), |at| code(old, at), |at| code(new, at));
    pairing.pass((), |at| uid(old, at), |at| uid(new, at));
    pairing
}
