//! The built web pages, embedded.
