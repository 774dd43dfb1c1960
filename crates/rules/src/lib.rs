//! What facts mean. Pure: facts and rule data in, findings out.
pub mod clock;
pub mod desks;
pub mod name_key;
pub mod outlook;
pub mod pattern;
pub mod row;
pub mod watch;
pub mod works;

pub use clock::{Clock, Mover, Promised, Standing};
pub use name_key::name_key;
pub use row::derive_row;
pub use watch::Watch;
