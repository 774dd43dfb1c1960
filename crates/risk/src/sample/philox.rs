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
/// Counters at a time: four vectors of eight are what the registers of most processors hold.
const GROUP: usize = 8;
const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;
const LOW: u64 = 0xFFFF_FFFF;

/// The numbers of `stream` for the 64 iterations of `block`: iteration 64·block + 16·word + j is the given word of counter
/// (16·block + j, stream's low half, stream's high half, tag).
#[inline(always)]
pub(crate) fn chance(key: [u32; 2], stream: u64, tag: u32, block: u32) -> Chance {
    let mut out = [0; LANES];
    for group in 0..COUNTERS / GROUP {
        let first = block.wrapping_mul(COUNTERS as u32).wrapping_add((group * GROUP) as u32);
        let mut counters = [[0; GROUP], [stream & LOW; GROUP], [stream >> 32; GROUP], [u64::from(tag); GROUP]];
        for (j, counter) in counters[0].iter_mut().enumerate() {
            *counter = u64::from(first.wrapping_add(j as u32));
        }
        philox(key, &mut counters);
        for (word, values) in counters.iter().enumerate() {
            for (j, value) in values.iter().enumerate() {
                out[word * COUNTERS + group * GROUP + j] = *value as u32;
            }
        }
    }
    Chance(out)
}

/// Ten rounds. Words stand in the low halves of 64 bits, for the products; what the high halves hold is of no meaning.
#[inline(always)]
fn philox(key: [u32; 2], [a, b, c, d]: &mut [[u64; GROUP]; 4]) {
    let mut key = key;
    for _ in 0..ROUNDS {
        let [first, second] = [u64::from(key[0]), u64::from(key[1])];
        for j in 0..GROUP {
            let left = (a[j] & LOW).wrapping_mul(MULTIPLIERS[0]);
            let right = (c[j] & LOW).wrapping_mul(MULTIPLIERS[1]);
            a[j] = (right >> 32) ^ b[j] ^ first;
            c[j] = (left >> 32) ^ d[j] ^ second;
            b[j] = right;
            d[j] = left;
        }
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(key: [u32; 2], counter: [u32; 4]) -> [u32; 4] {
        let mut counters = counter.map(|word| [u64::from(word); GROUP]);
        philox(key, &mut counters);
        counters.map(|word| word[GROUP - 1] as u32)
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
