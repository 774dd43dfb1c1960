//! Use cases, one file each, in the words of the office.
