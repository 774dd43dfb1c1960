//! Keeping it: state, journal, feed and as-of over SQLite and PostgreSQL.
//!
//! Every write goes through [`Store::commit`]: the new state, a hash-chained journal entry per stream, the promoted
//! row with its history, and the feed number become true together or not at all. Every read of projects takes a
//! [`Scope`](lantu_model::Scope), which one function turns into SQL. Sessions, sign-in attempts, visits and uploads
//! are plain rows beside the journal.
//!
//! Units: money is integer 分, land m², instants are kept to the microsecond, days are civil days of the office's zone.
pub mod canonical;
mod checkpoint;
mod commit;
mod delta;
mod dialect;
mod docs;
mod error;
mod evidence;
mod facets;
mod feed;
mod filter;
mod forecast;
mod journal;
mod jump;
mod open;
mod plans;
mod presence;
mod promote;
mod rows;
mod scope;
mod session;
mod sql;
mod stream;
mod upload;
mod verify;
mod work;

pub use checkpoint::Checkpoint;
pub use error::{CommitError, StaleStream, StoreError};
pub use evidence::{Chunks, Shelf, Shelved, hash_of};
pub use facets::{Facet, FacetCount, Totals};
pub use filter::{DateRange, Due, DueAsk, Filter};
pub use forecast::{Forecast, JobStanding, Outdated};
pub use journal::{JournalAsk, JournalEntry, Touched, TransactionView};
pub use open::{OpenOptions, SCHEMA, Store};
pub use presence::Presence;
pub use promote::folded;
pub use rows::{MatchKey, Page, PageAsk, RowAt, Sort, SortKey};
pub use session::Session;
pub use stream::{Actor, AsOf, Committed, Idempotency, Moment, Stored, StreamId, StreamKind, Transaction, Write};
pub use upload::{NewUpload, Upload};
pub use verify::VerifyFinding;
pub use work::{WorkAt, WorkCount, Worked};
