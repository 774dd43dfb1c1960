//! A unit of work: what a use case reads and changes, written at once or not at all.
//!
//! Use cases decide on values taken from here and put the new values back; a preview simply never commits.
//! Reads see what the unit has already put, so that a batch of acts works like the same acts one by one.
use crate::{
    AppError,
    desk::{Ask, Books, Desk, Org, Person},
    error::Result,
    forecast::Followed,
};
use lantu_model::{Change, OrgId, PersonId, Problem, Project, ProjectId, Refusal, project::comparable_name};
use lantu_store::{CommitError, Committed, Idempotency, StaleStream, Stored, StreamId, StreamKind, Transaction, Write};
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::HashMap, sync::Arc};

pub struct Unit<'a> {
    pub desk: &'a Desk,
    pub ask: Ask<'a>,
    pub books: Arc<Books>,
    writes: Vec<Write>,
    /// Where each stream's write stands.
    written: HashMap<StreamId, usize>,
    projects: HashMap<ProjectId, (Project, u64)>,
    /// Those that the asker sees only because of what it decides there, as they were read.
    by_desk: HashMap<ProjectId, Project>,
    register: Option<Register>,
    /// The feed number up to which new projects were compared with the register; see [`Transaction::matched_at`].
    pub matched_at: Option<u64>,
}

/// The office's organisations and people, by id, and by the names that sheets call them.
#[derive(Clone, Debug, Default)]
pub struct Register {
    pub orgs: HashMap<OrgId, Org>,
    pub people: HashMap<PersonId, Person>,
    /// Active organisations by name and alias, in comparable form; of several the oldest.
    orgs_named: HashMap<String, OrgId>,
    people_named: HashMap<String, Vec<PersonId>>,
}

impl Register {
    pub fn new(orgs: impl IntoIterator<Item = Org>, people: impl IntoIterator<Item = Person>) -> Self {
        let mut register = Self::default();
        orgs.into_iter().for_each(|o| register.add_org(o));
        people.into_iter().for_each(|p| register.add_person(p));
        register
    }

    pub fn add_org(&mut self, org: Org) {
        for name in org.aliases.iter().chain([&org.name]).filter(|_| org.active) {
            let first = self.orgs_named.entry(comparable_name(name)).or_insert(org.id);
            *first = (*first).min(org.id);
        }
        self.orgs.insert(org.id, org);
    }

    pub fn add_person(&mut self, person: Person) {
        self.people_named.entry(person.name.clone()).or_default().push(person.id);
        self.people.insert(person.id, person);
    }

    pub fn org_named(&self, name: &str) -> Option<&Org> {
        self.orgs.get(self.orgs_named.get(&comparable_name(name))?)
    }

    pub fn person_named(&self, name: &str, org: Option<OrgId>) -> Option<&Person> {
        let named = self.people_named.get(name)?.iter().filter_map(|id| self.people.get(id));
        named.filter(|p| org.is_none() || p.org == org).min_by_key(|p| p.id)
    }
}

impl<'a> Unit<'a> {
    pub async fn open(desk: &'a Desk, ask: Ask<'a>) -> Result<Self> {
        let books = desk.books(ask.office()).await?;
        Ok(Self {
            desk,
            ask,
            books,
            writes: vec![],
            written: HashMap::new(),
            projects: HashMap::new(),
            by_desk: HashMap::new(),
            register: None,
            matched_at: None,
        })
    }

    /// A project of the asker's scope, as this unit has it.
    pub async fn project(&mut self, id: ProjectId) -> Result<(Project, u64)> {
        if let Some(p) = self.projects.get(&id) {
            return Ok(p.clone());
        }
        self.load(&[id]).await?;
        self.projects.get(&id).cloned().ok_or(AppError::NotFound)
    }

    /// A project at the version that the asker saw; a later one is told at commit as stale.
    pub async fn project_at(&mut self, id: ProjectId, seq: u64) -> Result<Project> {
        let (project, now) = self.project(id).await?;
        if now != seq {
            self.projects.insert(id, (project.clone(), seq));
        }
        Ok(project)
    }

    /// Loads many at once, for batches.
    pub async fn load(&mut self, ids: &[ProjectId]) -> Result<()> {
        let missing: Vec<ProjectId> = ids.iter().copied().filter(|id| !self.projects.contains_key(id)).collect();
        let signed = self.ask.signed;
        for found in self.desk.store.projects_by_ids(&signed.scope, &missing, None).await? {
            self.projects.insert(found.doc.id, (found.doc, found.seq));
        }
        let left: Vec<ProjectId> = missing.into_iter().filter(|id| !self.projects.contains_key(id)).collect();
        if signed.desks.is_empty() || left.is_empty() {
            return Ok(());
        }
        for found in self.desk.store.projects_by_ids(&signed.reach(), &left, None).await? {
            self.by_desk.insert(found.doc.id, found.doc.clone());
            self.projects.insert(found.doc.id, (found.doc, found.seq));
        }
        Ok(())
    }

    /// Who only decides something in a project writes that and nothing else of it, by whatever use case.
    fn refuse_beyond_desk(&self, project: &Project) -> Result<()> {
        let Some(read) = self.by_desk.get(&project.id) else { return Ok(()) };
        if lantu_rules::desks::may_record(&self.ask.signed.desks, &self.books.pack, read, project) {
            return Ok(());
        }
        Err(AppError::refuse(Problem::block("not_your_desk")))
    }

    pub fn loaded(&self, id: ProjectId) -> Option<&Project> {
        self.projects.get(&id).map(|(p, _)| p)
    }

    /// Puts a project's new value with what changed it. A value equal to the present one writes nothing.
    pub fn put_project(&mut self, project: Project, change: Change) -> Result<()> {
        let (before, seq) = match self.projects.get(&project.id) {
            Some((p, seq)) => (Some(p), *seq),
            None => (None, 0),
        };
        if before == Some(&project) {
            return Ok(());
        }
        self.refuse_beyond_desk(&project)?;
        let doc = to_doc(&project)?;
        // A withdrawn project stands on no list; its record stays.
        let row = (!project.withdrawn).then(|| lantu_rules::derive_row(&project));
        self.push(Write { stream: StreamId::project(project.id), expected: seq, doc, change, row });
        // The version stays the one that was read: a unit makes one new version of a project, whatever it does to it.
        self.projects.insert(project.id, (project, seq));
        Ok(())
    }

    /// Puts a document of the office's other books.
    pub fn put_doc<T: Serialize>(&mut self, kind: StreamKind, id: &str, expected: u64, doc: &T, change: Change) -> Result<()> {
        self.push(Write { stream: StreamId::new(kind, id), expected, doc: to_doc(doc)?, change, row: None });
        Ok(())
    }

    /// A stream has one entry in a transaction: further acts on it join the first, in order.
    fn push(&mut self, write: Write) {
        let Some(at) = self.written.get(&write.stream).copied() else {
            self.written.insert(write.stream.clone(), self.writes.len());
            self.writes.push(write);
            return;
        };
        let first = &mut self.writes[at];
        first.doc = write.doc;
        first.row = write.row;
        first.change = joined(&first.change, &write.change);
    }

    pub async fn doc<T: DeserializeOwned>(&self, kind: StreamKind, id: &str) -> Result<Option<Stored<T>>> {
        Ok(self.desk.store.doc(self.ask.office(), &StreamId { kind, id: id.to_owned() }, None).await?)
    }

    pub async fn register(&mut self) -> Result<&mut Register> {
        if self.register.is_none() {
            self.register = Some(read_register(self.desk, self.ask.office()).await?);
        }
        self.register.as_mut().ok_or(AppError::NotFound)
    }

    /// The organisation of that name, or a new one put into the register with this unit.
    pub async fn org_named(&mut self, name: &str) -> Result<(OrgId, bool)> {
        if let Some(org) = self.register().await?.org_named(name) {
            return Ok((org.id, false));
        }
        let id = OrgId::new((self.ask.ids)());
        let org = Org { id, name: name.trim().to_owned(), aliases: vec![], kind: "other".into(), division: None, key: None, active: true };
        self.put_doc(StreamKind::Org, &id.to_string(), 0, &org, Change::new("add_org"))?;
        self.register().await?.add_org(org);
        Ok((id, true))
    }

    pub async fn person_named(&mut self, name: &str, org: Option<OrgId>) -> Result<PersonId> {
        if let Some(p) = self.register().await?.person_named(name, org) {
            return Ok(p.id);
        }
        let id = PersonId::new((self.ask.ids)());
        let person = Person { id, name: name.trim().to_owned(), org, phone: None };
        self.put_doc(StreamKind::Person, &id.to_string(), 0, &person, Change::new("add_person"))?;
        self.register().await?.add_person(person);
        Ok(id)
    }

    /// What is ahead of the projects that this unit writes, and of those whose dates follow from theirs.
    pub(crate) async fn ahead(&self) -> Result<Followed> {
        let of = |w: &Write| w.stream.id.parse().ok().and_then(|id| self.projects.get(&id)).map(|(p, seq)| (p, *seq));
        let written: Vec<_> = self.writes.iter().filter(|w| w.stream.kind == StreamKind::Project).filter_map(of).collect();
        crate::forecast::follow(self.desk, &self.books.pack, self.ask.office(), self.ask.moment.day, &written).await
    }

    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    pub fn len(&self) -> usize {
        self.writes.len()
    }

    /// Writes everything in one transaction under one feed number.
    pub async fn commit(self, act: &str, idempotency: Option<Idempotency>) -> Result<Committed> {
        self.commit_undoing(act, idempotency, None).await
    }

    pub(crate) async fn commit_undoing(self, act: &str, idempotency: Option<Idempotency>, undoes: Option<u64>) -> Result<Committed> {
        let ahead = self.ahead().await?;
        let transaction = Transaction {
            office: self.ask.office(),
            actor: self.ask.actor(),
            moment: self.ask.moment,
            writes: self.writes,
            idempotency,
            act: act.to_owned(),
            undoes,
            matched_at: self.matched_at,
            forecasts: ahead.rows,
            work: ahead.work,
            forecasts_due: ahead.due,
        };
        match self.desk.store.commit(transaction).await {
            Err(CommitError::Stale(streams)) => Err(AppError::Stale(by_display(self.desk, self.ask.office(), streams).await?)),
            done => Ok(done?),
        }
    }
}

pub(crate) async fn read_register(desk: &Desk, office: lantu_model::OfficeId) -> Result<Register> {
    let orgs: Vec<(String, Stored<Org>)> = desk.store.docs(office, StreamKind::Org).await?;
    let people: Vec<(String, Stored<Person>)> = desk.store.docs(office, StreamKind::Person).await?;
    Ok(Register::new(orgs.into_iter().map(|(_, o)| o.doc), people.into_iter().map(|(_, p)| p.doc)))
}

/// Those who came first, called as colleagues know them: the store keeps sign-in names only.
async fn by_display(desk: &Desk, office: lantu_model::OfficeId, mut streams: Vec<StaleStream>) -> Result<Vec<StaleStream>> {
    let names = crate::manage_users::display_by_name(desk, office).await?;
    for stream in &mut streams {
        if let Some(display) = names.get(&stream.by) {
            stream.by.clone_from(display);
        }
    }
    Ok(streams)
}

/// Acts of one transaction on one record: `record_formality+move_stage`.
fn joined(first: &Change, second: &Change) -> Change {
    let mut acts: Vec<&str> = first.act.split('+').collect();
    if !acts.contains(&second.act.as_str()) {
        acts.push(&second.act);
    }
    let basis = match (&first.basis, &second.basis) {
        (Some(a), Some(b)) if a != b => Some(format!("{a}；{b}")),
        (a, b) => b.clone().or_else(|| a.clone()),
    };
    Change { act: acts.join("+"), on: second.on.or(first.on), basis }
}

fn to_doc<T: Serialize>(value: &T) -> Result<serde_json::Value> {
    serde_json::to_value(value).map_err(|e| Refusal::one(lantu_model::Problem::block("bad_value").with("found", e)).into())
}
