//! What is written: streams, and the transactions that add to them.
use jiff::{Timestamp, civil::Date};
use lantu_model::{Change, OfficeId, OrgId, PersonId, ProjectId, ProjectRow, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The kinds of stream: each is an aggregate with its own chain of journal entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamKind {
    Project,
    Org,
    Person,
    User,
    View,
    Mapping,
    Office,
    Pack,
}

impl StreamKind {
    pub const ALL: [Self; 8] = [Self::Project, Self::Org, Self::Person, Self::User, Self::View, Self::Mapping, Self::Office, Self::Pack];
    pub fn key(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Org => "org",
            Self::Person => "person",
            Self::User => "user",
            Self::View => "view",
            Self::Mapping => "mapping",
            Self::Office => "office",
            Self::Pack => "pack",
        }
    }
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }
}

impl std::str::FromStr for StreamKind {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        Self::parse(s).ok_or_else(|| format!("not a stream kind: {s}"))
    }
}

/// One stream of an office.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StreamId {
    pub kind: StreamKind,
    pub id: String,
}

impl StreamId {
    pub fn new(kind: StreamKind, id: impl ToString) -> Self {
        Self { kind, id: id.to_string() }
    }
    pub fn project(id: ProjectId) -> Self {
        Self::new(StreamKind::Project, id)
    }
    pub fn org(id: OrgId) -> Self {
        Self::new(StreamKind::Org, id)
    }
    pub fn person(id: PersonId) -> Self {
        Self::new(StreamKind::Person, id)
    }
    pub fn user(id: UserId) -> Self {
        Self::new(StreamKind::User, id)
    }
    pub fn office(id: OfficeId) -> Self {
        Self::new(StreamKind::Office, id)
    }
}

impl std::fmt::Display for StreamId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind.key(), self.id)
    }
}

/// When something is recorded: the office's civil day and the instant, both from the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub day: Date,
    /// Kept to the microsecond.
    pub at: Timestamp,
}

/// Who records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub user: Option<UserId>,
    /// A user's name, or `system`, `import`, `simulator`; no personal data.
    pub name_for_log: String,
}

impl Actor {
    pub fn system() -> Self {
        Self { user: None, name_for_log: "system".into() }
    }
}

/// One stream's new state.
#[derive(Clone, Debug)]
pub struct Write {
    pub stream: StreamId,
    /// The seq that the caller read; 0 for a new stream.
    pub expected: u64,
    /// The whole new state: an object; integers only. A top-level `null` is the same as an absent key.
    pub doc: Value,
    pub change: Change,
    /// The derived row of a project; `None` takes a project off every list (withdrawn), and is right for all other kinds.
    pub row: Option<ProjectRow>,
}

/// A key by which a client may safely ask twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    pub key: String,
    /// Hash of what was asked. Without one, the documents themselves are compared; give one wherever the use case
    /// draws fresh ids, because a second attempt would draw others.
    pub request: Option<String>,
}

/// Everything that becomes true at once, under one feed number.
#[derive(Clone, Debug)]
pub struct Transaction {
    pub office: OfficeId,
    pub actor: Actor,
    pub moment: Moment,
    pub writes: Vec<Write>,
    pub idempotency: Option<Idempotency>,
    /// What the user did: `import_list`, `bulk_edit`, `move_stage`.
    pub act: String,
    /// The feed number of the transaction that this one takes back.
    pub undoes: Option<u64>,
    /// The feed number that the caller matched new projects against: refused as stale when another project was
    /// created since, because two people importing one list would otherwise each create all of it.
    pub matched_at: Option<u64>,
    /// What is ahead of the projects that are written, and of others whose dates follow from theirs. A written project
    /// without one has none from now on.
    pub forecasts: Vec<crate::Forecast>,
    /// What waits in the same projects.
    pub work: Vec<crate::Worked>,
    /// Projects whose forecasts follow too, and are left to the next refresh.
    pub forecasts_due: Vec<ProjectId>,
}

impl Transaction {
    pub fn new(office: OfficeId, actor: Actor, moment: Moment, act: &str) -> Self {
        Self {
            office,
            actor,
            moment,
            writes: vec![],
            idempotency: None,
            act: act.to_owned(),
            undoes: None,
            matched_at: None,
            forecasts: vec![],
            work: vec![],
            forecasts_due: vec![],
        }
    }
    #[must_use]
    pub fn write(mut self, write: Write) -> Self {
        self.writes.push(write);
        self
    }
}

/// The answer to a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed {
    /// The feed number it was recorded under; the office's latest when nothing had changed.
    pub feed: u64,
    /// Whether this is the first answer to the same idempotency key, given again.
    pub replayed: bool,
    /// Streams that got an entry: 0 when every write repeated what was there.
    pub entries: u64,
}

/// A document with its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<T> {
    pub doc: T,
    pub seq: u64,
    pub feed: u64,
}

/// `None`: now. `Some(n)`: as of feed number n.
pub type AsOf = Option<u64>;
