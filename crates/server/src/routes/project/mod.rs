//! Projects.
pub mod acts;
pub mod read;
pub mod write;
