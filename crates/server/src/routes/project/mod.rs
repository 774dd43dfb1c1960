//! Projects.
pub mod acts;
pub mod export;
pub mod read;
pub mod write;
