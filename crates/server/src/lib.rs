//! HTTP: routes by noun and verb, sign-in, the scope at the door, live events, the embedded web.
//!
//! A handler parses, calls one use case of `lantu-app`, answers. What every request passes stands in [`door`]; every
//! error leaves through [`problem`]. The clock, ids and chance are given in an [`Edge`].
mod assets;
mod door;
mod edge;
mod language;
mod live;
mod openapi;
mod problem;
mod query;
mod refresh;
mod routes;
mod serve;
mod state;

pub use edge::Edge;
pub use openapi::{openapi, openapi_text};
pub use serve::{Server, serve};
pub use state::{DemoAccount, Options};
