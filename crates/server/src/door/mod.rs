//! What every request passes on its way in and out: where it comes from, who asks, how it is answered.
pub mod body;
pub mod cookie;
pub mod feed;
pub mod frame;
pub mod origin;
pub mod signed;
