//! Working time: which days an office works, and arithmetic over them.
