//! Direct lookup in a sorted list: which item does a key fall to?

/// Equal buckets over the range of the keys, each with the item that holds at its start. About as many buckets as four
/// times the items, so that a bucket seldom has more than one item to choose from; where keys crowd, a binary search
/// within the bucket keeps the bound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Index {
    low: u64,
    shift: u32,
    /// One more than buckets; the last is the last item.
    first: std::sync::Arc<[u32]>,
}

/// Items beyond which a bucket is searched instead of walked.
const WALK: u32 = 8;

impl Index {
    /// Of keys that rise.
    pub(crate) fn new(count: usize, key: impl Fn(usize) -> u64) -> Self {
        if count < 2 {
            return Self::default();
        }
        let (low, high) = (key(1), key(count - 1));
        let mut shift = 0;
        while (high - low) >> shift > 4 * count as u64 {
            shift += 1;
        }
        let buckets = ((high - low) >> shift) + 2;
        let (mut first, mut at) = (Vec::with_capacity(buckets as usize), 0);
        for bucket in 0..buckets {
            while at + 1 < count && key(at + 1) < low + (bucket << shift) {
                at += 1;
            }
            first.push(at as u32);
        }
        first.push((count - 1) as u32);
        Self { low, shift, first: first.into() }
    }

    /// The last item whose key is at most `wanted`; the first when there is none.
    #[inline]
    pub(crate) fn find(&self, wanted: u64, key: impl Fn(usize) -> u64) -> usize {
        if self.first.is_empty() {
            return 0;
        }
        let bucket = ((wanted.saturating_sub(self.low) >> self.shift) as usize).min(self.first.len() - 2);
        let (mut low, mut high) = (self.first[bucket], self.first[bucket + 1]);
        while high - low > WALK {
            let middle = low + (high - low).div_ceil(2);
            if key(middle as usize) <= wanted { low = middle } else { high = middle - 1 }
        }
        while low < high && key(low as usize + 1) <= wanted {
            low += 1;
        }
        low as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_a_binary_search(
            mut keys in prop::collection::vec(prop_oneof![0u64..50, 0u64..100_000, 1_000_000u64..1_000_020], 1..200),
            wanted in prop_oneof![0u64..100, 0u64..2_000_000],
        ) {
            keys.sort_unstable();
            keys.dedup();
            let index = Index::new(keys.len(), |i| keys[i]);
            for wanted in keys.iter().flat_map(|k| [k.saturating_sub(1), *k, k + 1]).chain([wanted]) {
                let expected = keys.partition_point(|k| *k <= wanted).saturating_sub(1);
                prop_assert_eq!(index.find(wanted, |i| keys[i]), expected);
            }
        }
    }
}
