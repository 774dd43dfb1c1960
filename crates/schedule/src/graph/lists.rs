//! Many short lists in two long ones.
use super::Arc;

/// For each row a list, all in one.
#[derive(Clone, Debug)]
pub(super) struct Lists<T> {
    first: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { first: vec![], items: vec![] }
    }
}

/// Lists that are being filled, in the order of the items.
pub(super) struct Filling<T> {
    next: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Filling<T> {
    /// Room for so many items in each list: `counts[row + 2]`, with two places more than there are rows.
    pub fn of(mut counts: Vec<u32>) -> Self {
        for i in 2..counts.len() {
            counts[i] += counts[i - 1];
        }
        let all = counts.last().copied().unwrap_or(0) as usize;
        Self { next: counts, items: vec![T::default(); all] }
    }

    /// Each list's place moves from where it begins to where it ends, which is where the next one begins.
    pub fn put(&mut self, row: usize, item: T) {
        let next = &mut self.next[row + 1];
        self.items[*next as usize] = item;
        *next += 1;
    }

    pub fn done(mut self) -> Lists<T> {
        self.next.pop();
        Lists { first: self.next, items: self.items }
    }
}

impl<T: Copy + Default> Lists<T> {
    pub fn of(rows: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut counts = vec![0u32; rows + 2];
        pairs.clone().for_each(|(row, _)| counts[row as usize + 2] += 1);
        let mut filling = Filling::of(counts);
        pairs.for_each(|(row, item)| filling.put(row as usize, item));
        filling.done()
    }

    pub fn get(&self, at: usize) -> &[T] {
        match self.first.get(at + 1) {
            Some(end) => &self.items[self.first[at] as usize..*end as usize],
            None => &[],
        }
    }
}

impl Lists<Arc> {
    pub fn insert(&mut self, row: usize, arc: Arc) {
        self.items.insert(self.first[row + 1] as usize, arc);
        self.first[row + 1..].iter_mut().for_each(|first| *first += 1);
    }

    /// Puts another in the place of one.
    pub fn change(&mut self, row: usize, old: impl Fn(&Arc) -> bool, arc: Arc) {
        let (from, to) = (self.first[row] as usize, self.first[row + 1] as usize);
        self.items[from..to].iter_mut().filter(|a| old(a)).for_each(|a| *a = arc);
    }

    pub fn remove(&mut self, row: usize, old: impl Fn(&Arc) -> bool) {
        let (from, to) = (self.first[row] as usize, self.first[row + 1] as usize);
        if let Some(k) = self.items[from..to].iter().position(old) {
            self.items.remove(from + k);
            self.first[row + 1..].iter_mut().for_each(|first| *first -= 1);
        }
    }

    /// Numbers the links behind one that is gone anew.
    pub fn close_up(&mut self, gone: u32) {
        self.items.iter_mut().filter(|a| !a.has_lag() && a.place > gone).for_each(|a| a.place -= 1);
    }
}
