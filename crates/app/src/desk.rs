//! The office's open books: its store, its pack in force, its register of organisations and people.
use crate::{
    AppError,
    error::Result,
    permission::{Right, UserRole},
};
use lantu_model::{DivisionCode, OfficeId, OrgId, PersonId, Scope, UserId, words::Lang};
use lantu_pack::{Pack, Place};
use lantu_rules::outlook::History;
use lantu_store::{Actor, Moment, Shelf, Store, StreamId, StreamKind};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};
use uuid::Uuid;

/// An office as it is kept in the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    pub id: OfficeId,
    pub name: String,
    pub pack: String,
    /// Hash of the pack in force; its files are kept in the store under it.
    pub pack_hash: String,
    pub place: String,
    pub demo: bool,
}

/// A department, town, zone or enterprise of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Org {
    pub id: OrgId,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// `department`, `town`, `platform`, `enterprise` or `other`.
    pub kind: String,
    pub division: Option<DivisionCode>,
    /// The pack's key of it, by which plans and permits name it; what the office added has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

/// A natural person, named here alone: the journal of projects holds only the id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub org: Option<OrgId>,
    pub phone: Option<String>,
}

/// One office's books as opened: what every use case needs beside the projects themselves.
#[derive(Debug)]
pub struct Books {
    pub office: Office,
    pub pack: Arc<Pack>,
    pub place: Place,
}

impl Books {
    /// The word for a field, formality, role, stage or other key, in the office's own words first.
    pub fn word(&self, key: &str, lang: Lang) -> String {
        self.pack_word(key).map_or_else(|| lantu_model::words::field(key, lang), |w| w.in_lang(lang).to_owned())
    }
}

/// Who is signed in, with what reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub user: Option<UserId>,
    /// For the log and the journal; a user's own name is looked up, never copied.
    pub label: String,
    pub role: UserRole,
    /// What lists, boards and exports show.
    pub scope: Scope,
    /// The desks that it sits at: keys of departments and ids of organisations whose permits and steps are its to record.
    pub desks: Vec<String>,
}

impl Signed {
    /// The program itself at work for an office: imports on the command line, the simulator, set-up.
    pub fn system(office: OfficeId, label: &str) -> Self {
        Self { user: None, label: label.to_owned(), role: UserRole::Clerk, scope: Scope::whole(office), desks: vec![] }
    }
}

impl Signed {
    pub fn reach(&self) -> Scope {
        Scope { desks: self.desks.clone(), ..self.scope.clone() }
    }
}

/// One request: by whom, when, in which language, with where ids come from.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    pub signed: &'a Signed,
    pub moment: Moment,
    pub lang: Lang,
    pub ids: &'a (dyn Fn() -> Uuid + Send + Sync),
}

impl Ask<'_> {
    pub fn require(&self, right: Right) -> Result<()> {
        if self.signed.role.may(right) { Ok(()) } else { Err(AppError::Forbidden(right)) }
    }
    pub fn office(&self) -> OfficeId {
        self.signed.scope.office
    }
    /// What it may open and find in its queue: what lists show, and the projects in which it decides something.
    pub fn reach(&self) -> Scope {
        self.signed.reach()
    }
    pub fn actor(&self) -> Actor {
        Actor { user: self.signed.user, name_for_log: self.signed.label.clone() }
    }
}

/// The desk at which use cases are done: cheap to clone, shared by all requests.
#[derive(Clone)]
pub struct Desk {
    pub store: Store,
    /// Where the bytes of evidence are.
    pub shelf: Shelf,
    books: Arc<RwLock<HashMap<OfficeId, Arc<Books>>>>,
    /// What each office has recorded of how long things take, as the last refresh found it.
    histories: Arc<RwLock<HashMap<OfficeId, Arc<History>>>>,
    /// Packs that are in force no more and that plans were made from, by hash.
    former_packs: Arc<RwLock<HashMap<String, Arc<Pack>>>>,
    pub(crate) previews: Arc<crate::import_list::Previews>,
    /// Contractors' schedules as they were read.
    pub(crate) schedules: Arc<crate::plan_files::Kept>,
}

impl Desk {
    /// With a shelf that is gone with the process, until [`with_shelf`](Self::with_shelf) gives a lasting one.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            shelf: Shelf::memory(),
            books: Arc::default(),
            histories: Arc::default(),
            former_packs: Arc::default(),
            previews: Arc::default(),
            schedules: Arc::default(),
        }
    }

    #[must_use]
    pub fn with_shelf(self, shelf: Shelf) -> Self {
        Self { shelf, ..self }
    }

    /// The offices kept in this store.
    pub async fn offices(&self) -> Result<Vec<OfficeId>> {
        Ok(self.store.offices::<Office>().await?.into_iter().map(|(id, _)| id).collect())
    }

    /// Opens an office's books, from memory when they have been opened before.
    pub async fn books(&self, office: OfficeId) -> Result<Arc<Books>> {
        if let Some(b) = self.remembered(office) {
            return Ok(b);
        }
        let opened = Arc::new(self.open_books(office).await?);
        if let Ok(mut books) = self.books.write() {
            books.insert(office, opened.clone());
        }
        Ok(opened)
    }

    fn remembered(&self, office: OfficeId) -> Option<Arc<Books>> {
        self.books.read().ok()?.get(&office).cloned()
    }

    /// Forgets what was opened, after a change to the office or its pack.
    pub fn close_books(&self, office: OfficeId) {
        if let Ok(mut books) = self.books.write() {
            books.remove(&office);
        }
    }

    pub(crate) fn history(&self, office: OfficeId) -> Option<Arc<History>> {
        self.histories.read().ok()?.get(&office).cloned()
    }

    pub(crate) fn remember_history(&self, office: OfficeId, history: Arc<History>) {
        if let Ok(mut all) = self.histories.write() {
            all.insert(office, history);
        }
    }

    /// A pack that was in force once, as it was then; `None` when it was not kept or reads no more.
    pub async fn pack_kept(&self, office: OfficeId, hash: &str) -> Result<Option<Arc<Pack>>> {
        if let Some(known) = self.former_packs.read().ok().and_then(|packs| packs.get(hash).cloned()) {
            return Ok(Some(known));
        }
        let Some(pack) = crate::manage_packs::pack_by_hash(&self.store, office, hash).await?.map(Arc::new) else { return Ok(None) };
        if let Ok(mut packs) = self.former_packs.write() {
            packs.insert(hash.to_owned(), pack.clone());
        }
        Ok(Some(pack))
    }

    async fn open_books(&self, office: OfficeId) -> Result<Books> {
        let stream = StreamId { kind: StreamKind::Office, id: office.to_string() };
        let office = self.store.doc::<Office>(office, &stream, None).await?.ok_or(AppError::NotFound)?.doc;
        let pack = crate::manage_packs::pack_in_force(&self.store, &office).await?;
        let place = pack
            .place(&office.place)
            .cloned()
            .ok_or_else(|| AppError::Unreadable { stream: "office".into(), reason: format!("no place {}", office.place) })?;
        Ok(Books { office, pack: Arc::new(pack), place })
    }
}
