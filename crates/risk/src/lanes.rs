//! Iterations side by side: every value of the kernel is one of these, one lane for an iteration.

/// Iterations of a block.
pub(crate) const LANES: usize = 64;

/// One value for each iteration of a block: ticks of time, or of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
pub(crate) struct Lanes(pub [i32; LANES]);

impl Lanes {
    pub const ZERO: Self = Self([0; LANES]);

    pub fn all(value: i32) -> Self {
        Self([value; LANES])
    }
}
