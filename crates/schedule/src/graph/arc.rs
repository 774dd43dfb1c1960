//! Links as the nodes have them.
use crate::{Lag, Link, LinkKind};

/// A link as one of its ends has it. It holds what the passes ask first, so that a plain link costs no look at the
/// network.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Arc {
    /// The node at the other end in the low bits, then whether there is a lag, then the kind.
    packed: u32,
    /// The link's place in the network; with a lag its place among the lags.
    pub(super) place: u32,
}

/// A link with a lag. They stand together, so that the passes find them without a walk over all links.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lagged {
    /// The link's place in the network.
    pub link: u32,
    pub lag: Lag,
}

/// Room for 500 million rows: more than a machine holds.
const NODE_BITS: u32 = 29;
const HAS_LAG: u32 = 1 << NODE_BITS;

impl Arc {
    /// `place` is the link's place in the network; with a lag its place among the lags.
    pub(super) fn new(node: usize, place: u32, link: &Link) -> Self {
        let kind = match link.kind {
            LinkKind::FinishStart => 0,
            LinkKind::StartStart => 1,
            LinkKind::FinishFinish => 2,
            LinkKind::StartFinish => 3,
        };
        let lag = if link.lag == Lag::NONE { 0 } else { HAS_LAG };
        Self { packed: node as u32 | lag | kind << (NODE_BITS + 1), place }
    }

    /// The node at the other end.
    pub fn node(self) -> usize {
        (self.packed & (HAS_LAG - 1)) as usize
    }

    pub fn has_lag(self) -> bool {
        self.packed & HAS_LAG != 0
    }

    pub fn kind(self) -> LinkKind {
        match self.packed >> (NODE_BITS + 1) {
            0 => LinkKind::FinishStart,
            1 => LinkKind::StartStart,
            2 => LinkKind::FinishFinish,
            _ => LinkKind::StartFinish,
        }
    }
}
