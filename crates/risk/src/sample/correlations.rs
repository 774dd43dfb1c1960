//! Makes a model's correlations ready: which groups hang together, and how each is mixed.
use super::Own;
use super::copula::{Cause, Copula, Factor, Joint};
use super::matrix::{Matrix, cholesky, nearest_correlation};
use super::series::sin;
use super::stream::{FACTOR, SHARED, mixed, of_cause, of_pair};
use crate::model::{Correlation, RiskModel};
use crate::odds::Note;
use std::collections::{BTreeMap, BTreeSet};

/// A correlation whose members draw.
struct Group {
    name: String,
    /// In the order of the network.
    members: Vec<u32>,
    /// Between the normal numbers, from -1 to 1.
    r: f64,
    shared: bool,
    cause: Cause,
}

/// Takes those that move together out of `own`, which keeps the others in their order.
pub(crate) fn copula(model: &RiskModel, own: &mut Vec<Own>) -> (Copula, Vec<Note>) {
    let drawn: BTreeSet<u32> = own.iter().map(|own| own.at).collect();
    let groups: Vec<Group> = model.correlations.iter().enumerate().filter_map(|(at, c)| Group::of(model, at, c, &drawn)).collect();
    let mut members = BTreeMap::new();
    let together: BTreeSet<u32> = groups.iter().flat_map(|group| group.members.iter().copied()).collect();
    for member in own.extract_if(.., |own| together.contains(&own.at)) {
        members.insert(member.at, member);
    }
    let mut copula = Copula::default();
    let mut notes = vec![];
    for part in parts(&groups) {
        match part.as_slice() {
            [group] if group.r >= 0.0 => copula.factors.push(group.factor(&mut members)),
            _ => {
                let (joint, note) = joint(model, &part, &mut members);
                copula.joints.push(joint);
                notes.extend(note);
            }
        }
    }
    (copula, notes)
}

impl Group {
    /// `None` when fewer than two of it draw.
    fn of(model: &RiskModel, at: usize, correlation: &Correlation, drawn: &BTreeSet<u32>) -> Option<Self> {
        let members: BTreeSet<u32> = correlation.activities.iter().map(|activity| activity.0).filter(|at| drawn.contains(at)).collect();
        let uids = members.iter().filter_map(|at| model.network.activities.get(*at as usize)).map(|activity| activity.uid);
        let stream = match correlation.id.as_str() {
            // Without a name it is known by its members, whatever stands before it in the list.
            "" => of_pair(model.key, uids.fold(0, |hash, uid| mixed(hash ^ uid.cast_unsigned()))),
            id => of_cause(model.key, id, correlation.shared),
        };
        let tag = if correlation.shared { FACTOR | SHARED } else { FACTOR };
        let name = if correlation.id.is_empty() { format!("correlation {}", at + 1) } else { format!("correlation {}", correlation.id) };
        let group = Self {
            name,
            members: members.into_iter().collect(),
            r: of_ranks(correlation.rho),
            shared: correlation.shared,
            cause: Cause { stream, tag },
        };
        (group.members.len() > 1).then_some(group)
    }

    fn factor(&self, members: &mut BTreeMap<u32, Own>) -> Factor {
        Factor {
            cause: self.cause,
            common: self.r.sqrt(),
            own: (1.0 - self.r).sqrt(),
            members: self.members.iter().filter_map(|at| members.remove(at)).collect(),
        }
    }
}

/// The correlation of normal numbers whose ranks have the correlation `rho` (Pearson, 1907).
fn of_ranks(rho: f64) -> f64 {
    (2.0 * sin(std::f64::consts::FRAC_PI_6 * rho.clamp(-1.0, 1.0))).clamp(-1.0, 1.0)
}

/// Groups that hang together by common members, in the order of their first.
fn parts(groups: &[Group]) -> Vec<Vec<&Group>> {
    let mut part_of: Vec<usize> = (0..groups.len()).collect();
    fn root(part_of: &[usize], mut at: usize) -> usize {
        while part_of[at] != at {
            at = part_of[at];
        }
        at
    }
    let mut first_with: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        for member in &group.members {
            let other = root(&part_of, *first_with.entry(*member).or_insert(at));
            let this = root(&part_of, at);
            part_of[this.max(other)] = this.min(other);
        }
    }
    let mut parts: BTreeMap<usize, Vec<&Group>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        parts.entry(root(&part_of, at)).or_default().push(group);
    }
    parts.into_values().collect()
}

/// The matrix of a part and its root. A shared cause is a row of its own before the members, which it moves by the root of
/// their coefficient; what it explains of a pair is then the coefficient itself.
fn joint(model: &RiskModel, part: &[&Group], owns: &mut BTreeMap<u32, Own>) -> (Joint, Option<Note>) {
    let shared: Vec<&&Group> = part.iter().filter(|group| group.shared && group.r > 0.0).collect();
    let together: BTreeSet<u32> = part.iter().flat_map(|group| group.members.iter().copied()).collect();
    let rows: BTreeMap<u32, usize> = together.iter().enumerate().map(|(row, at)| (*at, row + shared.len())).collect();
    let matrix = wanted(part, &shared, &rows);
    let (root, note) = match cholesky(&matrix) {
        Some(root) => (root, None),
        None => {
            let near = nearest_correlation(&matrix);
            let uids = together.iter().filter_map(|at| model.network.activities.get(*at as usize)).map(|activity| activity.uid).collect();
            let place = part.iter().map(|group| group.name.as_str()).collect::<Vec<_>>().join(", ");
            let found = format!("{:.3}", largest_change(&matrix, &near));
            let note = Note { code: "correlation_repaired", activities: uids, place, found };
            (cholesky(&near).unwrap_or_else(|| apart(matrix.len())), Some(note))
        }
    };
    let causes = shared.iter().map(|group| group.cause).collect();
    (Joint { causes, members: together.iter().filter_map(|at| owns.remove(at)).collect(), root }, note)
}

/// What the groups ask for; where two ask about the same pair, the first has its way.
fn wanted(part: &[&Group], shared: &[&&Group], rows: &BTreeMap<u32, usize>) -> Matrix {
    let n = shared.len() + rows.len();
    let mut matrix: Matrix = (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect();
    let rows_of = |group: &Group| group.members.iter().filter_map(|at| rows.get(at).copied()).collect::<Vec<usize>>();
    for group in part.iter().rev() {
        let members = rows_of(group);
        for (at, &i) in members.iter().enumerate() {
            for &j in &members[..at] {
                matrix[i][j] = group.r;
                matrix[j][i] = group.r;
            }
        }
    }
    for (cause, group) in shared.iter().enumerate() {
        for row in rows_of(group) {
            matrix[row][cause] = group.r.sqrt();
            matrix[cause][row] = group.r.sqrt();
        }
    }
    matrix
}

/// The root of what does not move together at all.
fn apart(n: usize) -> Matrix {
    (0..n).map(|i| (0..=i).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect()
}

fn largest_change(from: &Matrix, to: &Matrix) -> f64 {
    from.iter().flatten().zip(to.iter().flatten()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}
