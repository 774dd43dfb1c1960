//! Chance: Philox4x32-10, a generator without a state.
//!
//! Its numbers are a function of a key and a counter, so that every draw of a simulation has its own place and any thread can
//! compute any of them. Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11, 2011.
use crate::lanes::LANES;

/// A uniform number for each iteration of a block.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Chance(pub [u32; LANES]);

/// Counters of a block; each gives four words.
const COUNTERS: usize = LANES / 4;
const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;
const LOW: u64 = 0xFFFF_FFFF;

/// The numbers of `stream` for the 64 iterations of `block`: iteration 64·block + 16·word + j is the given word of counter
/// (16·block + j, stream's low half, stream's high half, tag).
///
/// All rounds of a counter stand in the body of one loop, which is then long enough to become vectors, not copies of itself.
#[inline(always)]
pub(crate) fn chance(key: [u32; 2], stream: u64, tag: u32, block: u32) -> Chance {
    let mut words = [[0; COUNTERS]; 4];
    let [first, second, third, fourth] = &mut words;
    let before = block.wrapping_mul(COUNTERS as u32);
    for j in 0..COUNTERS {
        let counter = [u64::from(before.wrapping_add(j as u32)), stream & LOW, stream >> 32, u64::from(tag)];
        [first[j], second[j], third[j], fourth[j]] = philox(key, counter);
    }
    let mut out = [0; LANES];
    out.copy_from_slice(words.as_flattened());
    Chance(out)
}

/// Ten rounds. Words stand in the low halves of 64 bits, for the products; what the high halves hold is of no meaning.
#[inline(always)]
fn philox(mut key: [u32; 2], [mut a, mut b, mut c, mut d]: [u64; 4]) -> [u32; 4] {
    for _ in 0..ROUNDS {
        let left = (a & LOW).wrapping_mul(MULTIPLIERS[0]);
        let right = (c & LOW).wrapping_mul(MULTIPLIERS[1]);
        [a, b, c, d] = [(right >> 32) ^ b ^ u64::from(key[0]), right, (left >> 32) ^ d ^ u64::from(key[1]), left];
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    [a as u32, b as u32, c as u32, d as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(key: [u32; 2], counter: [u32; 4]) -> [u32; 4] {
        philox(key, counter.map(u64::from))
    }

    /// The known answers that come with the authors' own Random123.
    #[test]
    fn answers_as_the_reference() {
        assert_eq!(words([0; 2], [0; 4]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(words([u32::MAX; 2], [u32::MAX; 4]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let pi = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        assert_eq!(words([0xa409_3822, 0x299f_31d0], pi), [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }

    #[test]
    fn an_iteration_is_a_word_of_a_counter() {
        let key = [7, 9];
        let Chance(drawn) = chance(key, 0x1234_5678_9abc_def0, 5, 3);
        for (i, value) in drawn.into_iter().enumerate() {
            let counter = [3 * 16 + (i % 16) as u32, 0x9abc_def0, 0x1234_5678, 5];
            assert_eq!(value, words(key, counter)[i / 16], "iteration {i}");
        }
    }
}
