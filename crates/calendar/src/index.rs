//! Direct lookup in a sorted list: which item does a key fall to?
use std::sync::Arc;

/// Equal buckets over the range of the keys, about four times as many as items, so that a bucket seldom begins more than
/// one item; where keys crowd, a binary search within the bucket keeps the bound.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    low: u64,
    shift: u32,
    /// The bits of a place within a bucket.
    mask: u32,
    /// The last item.
    last: usize,
    buckets: Arc<[Bucket]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bucket {
    /// The item that holds where the bucket begins, and [`CROWDED`] when more than one begins within.
    at: u32,
    /// How far within the bucket the next item begins.
    next: u32,
}

const CROWDED: u32 = 1 << 31;

/// Buckets are at most so wide that places within fit into 32 bits.
const WIDEST: u32 = 31;

impl Index {
    /// Of keys that rise; at most 2^31 items.
    pub(crate) fn new(count: usize, key: impl Fn(usize) -> u64) -> Self {
        if count < 2 {
            return Self { low: u64::MAX, ..Self::default() };
        }
        let (low, high) = (key(1), key(count - 1));
        let shift = (0..WIDEST).find(|shift| (high - low) >> shift <= 4 * count as u64).unwrap_or(WIDEST);
        let (mut buckets, mut at) = (vec![Bucket { at: 0, next: 0 }; ((high - low) >> shift) as usize + 1], 0);
        for (i, bucket) in buckets.iter_mut().enumerate() {
            let begins = low + ((i as u64) << shift);
            let mut within = (at + 1..count).map(&key).take_while(|k| k - begins < 1 << shift);
            let next = within.next().map_or(u32::MAX, |k| (k - begins) as u32);
            let more = within.count();
            *bucket = Bucket { at: at as u32 | if more > 0 { CROWDED } else { 0 }, next };
            at += more + usize::from(next != u32::MAX);
        }
        Self { low, shift, mask: (1 << shift) - 1, last: count - 1, buckets: buckets.into() }
    }

    /// The last item whose key is at most `wanted`; the first when there is none.
    #[inline]
    pub(crate) fn find(&self, wanted: u64, key: impl Fn(usize) -> u64) -> usize {
        // Before the first bucket this wraps to beyond the last one.
        let beyond = wanted.wrapping_sub(self.low);
        let place = (beyond >> self.shift) as usize;
        let Some(bucket) = self.buckets.get(place) else { return if wanted < self.low { 0 } else { self.last } };
        if bucket.at & CROWDED != 0 {
            return self.search(place, wanted, key);
        }
        let within = beyond as u32 & self.mask;
        (bucket.at + u32::from(within >= bucket.next)) as usize
    }

    /// Within a crowded bucket.
    #[cold]
    #[inline(never)]
    fn search(&self, place: usize, wanted: u64, key: impl Fn(usize) -> u64) -> usize {
        let item = |bucket: &Bucket| (bucket.at & !CROWDED) as usize;
        let mut low = item(&self.buckets[place]);
        let mut high = self.buckets.get(place + 1).map_or(self.last, item);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if key(middle) <= wanted { low = middle } else { high = middle - 1 }
        }
        low
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
