//! Which stream of chance belongs to whom: by name, never by place, so that adding an activity, a risk or a range leaves the
//! draws of all others as they were (common random numbers).
//!
//! These hashes are part of the answer: changing one changes every simulation.

/// What is drawn; the last word of the counter, so that streams of different sorts never meet.
pub(crate) const DURATION: u32 = 1;
/// Whether a risk strikes.
pub(crate) const STRIKE: u32 = 2;
/// How much a risk adds.
pub(crate) const IMPACT: u32 = 3;
/// What members of a correlation have in common.
pub(crate) const FACTOR: u32 = 4;
/// Which days the weather takes.
pub(crate) const WEATHER: u32 = 5;
/// Added for what networks share.
pub(crate) const SHARED: u32 = 0x100;

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The output function of SplitMix64 (Steele, Lea and Flood, 2014) after one step: any two words that differ in a bit give
/// words that differ in about half of theirs, and no two give the same.
pub(crate) const fn mixed(word: u64) -> u64 {
    let word = word.wrapping_add(GOLDEN);
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// A number of a stream: two numbers in order.
pub(crate) const fn of_pair(first: u64, second: u64) -> u64 {
    mixed(mixed(first) ^ second)
}

/// A number of a name: FNV-1a of its bytes (Fowler, Noll and Vo), mixed.
pub(crate) fn of_name(name: &str) -> u64 {
    let fnv = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    mixed(fnv)
}

/// The stream of an activity's own chance.
pub(crate) const fn of_activity(key: u64, uid: i64) -> u64 {
    of_pair(key, uid.cast_unsigned())
}

/// The stream of something with a name, which is its network's own or shared by all networks that name it.
pub(crate) fn of_cause(key: u64, name: &str, shared: bool) -> u64 {
    if shared { of_name(name) } else { of_pair(key, of_name(name)) }
}

/// The halves of a seed, as Philox takes them.
pub(crate) const fn key_of(seed: u64) -> [u32; 2] {
    [seed as u32, (seed >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SplitMix64 of seed 0, as its authors' code prints it; FNV-1a of "a" as its page lists it.
    #[test]
    fn hashes_stay_as_they_are() {
        assert_eq!(mixed(0), 0xE220_A839_7B1D_CDAF);
        assert_eq!(of_name("a"), mixed(0xAF63_DC4C_8601_EC8C));
        assert_eq!(of_name(""), mixed(0xCBF2_9CE4_8422_2325));
    }

    #[test]
    fn names_and_keys_give_streams_of_their_own() {
        let mut streams: Vec<u64> = (0..100).flat_map(|key| (0..1000).map(move |uid| of_activity(key, uid))).collect();
        streams.sort_unstable();
        streams.dedup();
        assert_eq!(streams.len(), 100_000);
        assert_ne!(of_cause(1, "rain", false), of_cause(2, "rain", false));
        assert_eq!(of_cause(1, "rain", true), of_cause(2, "rain", true));
    }
}
