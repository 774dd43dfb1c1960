//! Projects.
pub mod acts;
pub mod evidence;
pub mod export;
pub mod plan;
pub mod plan_files;
pub mod presence;
pub mod read;
pub mod write;
