//! Single facts of the format.
