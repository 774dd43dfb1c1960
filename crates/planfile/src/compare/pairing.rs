//! Rows of two lists paired by keys, one sort of key after another.
use std::{collections::HashMap, hash::Hash};

/// Which row of the one list is which of the other.
#[derive(Clone, Debug)]
pub(super) struct Pairing<B> {
    /// The new place of each old row.
    pub(super) to_new: Vec<Option<usize>>,
    /// The old place of each new row, and by what it is known.
    pub(super) to_old: Vec<Option<(usize, B)>>,
}

/// Who has a key, on each side; `Several` are no one.
#[derive(Clone, Copy, Default)]
enum Holder {
    #[default]
    None,
    One(usize),
    Several,
}

impl Holder {
    fn and(self, at: usize) -> Self {
        if matches!(self, Self::None) { Self::One(at) } else { Self::Several }
    }
}

impl<B: Copy> Pairing<B> {
    pub(super) fn new(old: usize, new: usize) -> Self {
        Self { to_new: vec![None; old], to_old: vec![None; new] }
    }

    /// Pairs those that are still alone and share a key that no one else of them has.
    pub(super) fn pass<K: Eq + Hash>(&mut self, by: B, old: impl Fn(usize) -> Option<K>, new: impl Fn(usize) -> Option<K>) {
        for (o, n) in self.sharing(&old, &new) {
            self.to_new[o] = Some(n);
            self.to_old[n] = Some((o, by));
        }
    }

    /// Those that a pass would pair.
    pub(super) fn sharing<K: Eq + Hash>(
        &self,
        old: &impl Fn(usize) -> Option<K>,
        new: &impl Fn(usize) -> Option<K>,
    ) -> Vec<(usize, usize)> {
        let mut holders: HashMap<K, (Holder, Holder)> = HashMap::new();
        let alone = |at: &usize| self.to_new[*at].is_none();
        for (at, key) in (0..self.to_new.len()).filter(alone).filter_map(|at| Some((at, old(at)?))) {
            let holder = &mut holders.entry(key).or_default().0;
            *holder = holder.and(at);
        }
        let alone = |at: &usize| self.to_old[*at].is_none();
        for (at, key) in (0..self.to_old.len()).filter(alone).filter_map(|at| Some((at, new(at)?))) {
            if let Some((_, holder)) = holders.get_mut(&key) {
                *holder = holder.and(at);
            }
        }
        let pair = |(old, new): (Holder, Holder)| match (old, new) {
            (Holder::One(o), Holder::One(n)) => Some((o, n)),
            _ => None,
        };
        holders.into_values().filter_map(pair).collect()
    }

    pub(super) fn new_of(&self, old: usize) -> Option<usize> {
        self.to_new.get(old).copied().flatten()
    }

    pub(super) fn old_of(&self, new: usize) -> Option<usize> {
        self.to_old.get(new).copied().flatten().map(|(old, _)| old)
    }

    /// Old and new place of each, in the order of the new list.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize, B)> + '_ {
        self.to_old.iter().enumerate().filter_map(|(new, known)| known.map(|(old, by)| (old, new, by)))
    }

    pub(super) fn deleted(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.to_new.len()).filter(|at| self.to_new[*at].is_none())
    }

    pub(super) fn added(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.to_old.len()).filter(|at| self.to_old[*at].is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_two_have_pairs_no_one() {
        let (old, new) = (["a", "b", "b", "c"], ["c", "b", "a"]);
        let mut pairing = Pairing::new(old.len(), new.len());
        pairing.pass((), |at| Some(old[at]), |at| Some(new[at]));
        assert_eq!(pairing.to_new, [Some(2), None, None, Some(0)]);
        assert_eq!((pairing.added().collect::<Vec<_>>(), pairing.deleted().collect::<Vec<_>>()), (vec![1], vec![1, 2]));
    }
}
