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

impl<T: Copy + Default> Lists<T> {
    pub fn of(rows: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut first = vec![0u32; rows + 2];
        for (at, _) in pairs.clone() {
            first[at as usize + 2] += 1;
        }
        for i in 2..rows + 2 {
            first[i] += first[i - 1];
        }
        // Each list's place moves from where it begins to where it ends, which is where the next one begins.
        let mut items = vec![T::default(); first[rows + 1] as usize];
        for (at, item) in pairs {
            let next = &mut first[at as usize + 1];
            items[*next as usize] = item;
            *next += 1;
        }
        first.truncate(rows + 1);
        Self { first, items }
    }

    pub fn get(&self, at: usize) -> &[T] {
        match self.first.get(at + 1) {
            Some(end) => &self.items[self.first[at] as usize..*end as usize],
            None => &[],
        }
    }
}

impl Lists<Arc> {
    pub fn insert(&mut self, at: usize, arc: Arc) {
        self.items.insert(self.first[at + 1] as usize, arc);
        self.first[at + 1..].iter_mut().for_each(|first| *first += 1);
    }

    pub fn change(&mut self, at: usize, arc: Arc) {
        let (from, to) = (self.first[at] as usize, self.first[at + 1] as usize);
        self.items[from..to].iter_mut().filter(|a| a.link == arc.link).for_each(|a| *a = arc);
    }

    /// Takes a link out of one list, and numbers those after it in all lists anew.
    pub fn remove(&mut self, at: usize, link: u32) {
        let (from, to) = (self.first[at] as usize, self.first[at + 1] as usize);
        if let Some(k) = self.items[from..to].iter().position(|a| a.link == link) {
            self.items.remove(from + k);
            self.first[at + 1..].iter_mut().for_each(|first| *first -= 1);
        }
        self.items.iter_mut().filter(|a| a.link > link).for_each(|a| a.link -= 1);
    }
}
