//! How alike two names are, by the pairs of characters that they share.

/// A name taken apart once, to be held against many.
#[derive(Clone, Debug)]
pub(super) struct Pairs(Vec<(char, char)>);

impl Pairs {
    pub fn of(name: &str) -> Self {
        let mut pairs: Vec<_> = name.chars().zip(name.chars().skip(1)).collect();
        pairs.sort_unstable();
        Self(pairs)
    }

    /// The share of the pairs of both that both have, from 0 to 1.
    pub fn likeness(&self, other: &Self) -> f64 {
        let total = self.0.len() + other.0.len();
        if total == 0 { 0.0 } else { f64::from(2 * self.shared(other)) / total as f64 }
    }

    fn shared(&self, other: &Self) -> u32 {
        let (mut mine, mut theirs, mut shared) = (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(mine.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    mine.next();
                    theirs.next();
                }
            }
        }
        shared
    }
}

pub(super) fn likeness(a: &str, b: &str) -> f64 {
    Pairs::of(a).likeness(&Pairs::of(b))
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn a_pair_counts_once_and_order_within_it_counts() {
        for (a, b, wanted) in
            [("竣工验收", "竣工验收", 1.0), ("竣工验收", "工程竣工验收", 0.75), ("aaaa", "aa", 0.5), ("ab", "ba", 0.0), ("", "", 0.0)]
        {
            assert_eq!(likeness(a, b), wanted, "{a} {b}");
        }
    }
}
