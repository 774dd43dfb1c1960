//! Typed ids. A machine's key (UUIDv7, made at the edge) is never the people's key ([`crate::ProjectCode`]).
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids { ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
    $(#[$doc])*
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct $name(Uuid);
    impl $name {
        pub const fn new(id: Uuid) -> Self { Self(id) }
        pub const fn uuid(self) -> Uuid { self.0 }
    }
    impl fmt::Display for $name { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) } }
    impl fmt::Debug for $name { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}({})", stringify!($name), self.0) } }
    impl FromStr for $name { type Err = uuid::Error; fn from_str(s: &str) -> Result<Self, Self::Err> { s.parse().map(Self) } }
)* } }

ids! {
    /// The office whose books these are; leads every key and never changes.
    OfficeId,
    ProjectId,
    /// A department, town, zone or enterprise in the office's register.
    OrgId,
    /// A natural person; the journal names people only by this id, so that erasing one breaks no chain.
    PersonId,
    UserId,
}
