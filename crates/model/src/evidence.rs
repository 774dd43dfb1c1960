//! Files that prove something of a project, and schedules that its contractors sent.
//!
//! Bytes are kept once by their hash, outside of the books; a project holds who they are. What was taken away stays
//! readable in the versions that had it.
use crate::{
    id::UserId,
    plan::{ActivityId, Milestone},
    problem::{Problem, Refusal},
    project::{Change, Project},
};
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// A file kept with a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// Its own, within the project.
    pub id: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// As the sender called it, without a path.
    pub name: String,
    /// What its content is, told by its content.
    pub media: String,
    /// Bytes.
    pub size: u64,
    /// The day it was added.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub on: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub by: Option<UserId>,
}

/// What a file proves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "key")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum About {
    /// A formality, by its kind.
    Formality(String),
    /// A step of the plan.
    Activity(ActivityId),
    /// Start, completion, …
    Milestone(Milestone),
}

/// One version of a contractor's schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlanFile {
    /// Its own, within the project.
    pub id: String,
    /// The file that it was read from.
    pub evidence: String,
    pub name: String,
    /// `xer`, `pmxml`, `mspdi` or `json`.
    pub format: String,
    /// Which of the file's projects, by the id it has there.
    pub project: String,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub read_on: Date,
    /// Until when it tells what was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub data_date: Option<DateTime>,
    /// As computed when it was read.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub finish: DateTime,
    /// Without summary rows.
    pub activities: u32,
    /// Which of its rows are which steps of the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<FileTie>,
}

/// A row of a schedule that is a step of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FileTie {
    /// The file's number of the row.
    pub uid: i64,
    /// The step of the plan.
    pub activity: ActivityId,
}

impl About {
    /// `formality:eia_approval`, `activity:A03`, `milestone:start`.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, key) = text.split_once(':')?;
        let key = key.trim();
        match kind {
            "formality" if !key.is_empty() => Some(Self::Formality(key.to_owned())),
            "activity" if !key.is_empty() => Some(Self::Activity(key.to_owned())),
            "milestone" => serde_json::from_value(serde_json::Value::String(key.to_owned())).ok().map(Self::Milestone),
            _ => None,
        }
    }
}

impl Project {
    /// The file of an id.
    pub fn evidence_of(&self, id: &str) -> Option<&Evidence> {
        self.evidence.iter().find(|e| e.id == id)
    }

    /// The schedule of an id.
    pub fn plan_file(&self, id: &str) -> Option<&PlanFile> {
        self.plan_files.iter().find(|f| f.id == id)
    }

    /// The files that speak of a step of the plan: while there are any, it may not be taken out.
    pub fn leaning_on<'a>(&'a self, activity: &'a str) -> impl Iterator<Item = &'a Evidence> {
        self.evidence.iter().filter(move |e| matches!(&e.about, Some(About::Activity(id)) if id == activity))
    }

    /// Adds files; one that is there already for the same purpose is not added twice.
    pub fn add_evidence(&self, files: Vec<Evidence>) -> Result<(Self, Change), Refusal> {
        let problems = files.iter().filter_map(|f| self.unknown_about(f)).collect();
        Refusal::unless_clear(problems)?;
        let mut next = self.clone();
        let mut names = vec![];
        for file in files {
            if !next.evidence.iter().any(|e| e.hash == file.hash && e.about == file.about && e.name == file.name) {
                names.push(file.name.clone());
                next.evidence.push(file);
            }
        }
        Ok((next, Change::new("add_evidence").because(&names.join("；"))))
    }

    fn unknown_about(&self, file: &Evidence) -> Option<Problem> {
        let found = match file.about.as_ref()? {
            About::Formality(kind) => (!self.formalities.iter().any(|f| &f.kind == kind)).then_some(kind),
            About::Activity(id) => (!self.plan.as_ref().is_some_and(|p| p.activities.contains_key(id))).then_some(id),
            About::Milestone(_) => None,
        };
        found.map(|key| Problem::block("evidence_about_unknown").at(&file.name).with("found", key))
    }

    /// Takes a file off the project; a schedule that was read from it keeps it.
    pub fn remove_evidence(&self, id: &str) -> Result<(Self, Change), Refusal> {
        let gone = || Refusal::one(Problem::block("evidence_gone"));
        let name = &self.evidence_of(id).ok_or_else(gone)?.name;
        if let Some(held) = self.plan_files.iter().find(|f| f.evidence == id) {
            return Err(Refusal::one(Problem::block("evidence_is_schedule").at(name).with("schedule", &held.name)));
        }
        let mut next = self.clone();
        next.evidence.retain(|e| e.id != id);
        Ok((next, Change::new("remove_evidence").because(name)))
    }

    /// Adds a version of a schedule with the file that it was read from.
    #[must_use]
    pub fn add_plan_file(&self, file: Evidence, version: PlanFile) -> (Self, Change) {
        let mut next = self.clone();
        let change = Change::new("add_plan_file").because(&version.name);
        next.evidence.push(file);
        next.plan_files.push(version);
        (next, change)
    }

    /// Takes a version of a schedule away, and the file with it.
    pub fn remove_plan_file(&self, id: &str) -> Result<(Self, Change), Refusal> {
        let version = self.plan_file(id).ok_or_else(|| Refusal::one(Problem::block("plan_file_gone")))?.clone();
        let mut next = self.clone();
        next.plan_files.retain(|f| f.id != id);
        if !next.plan_files.iter().any(|f| f.evidence == version.evidence) {
            next.evidence.retain(|e| e.id != version.evidence);
        }
        Ok((next, Change::new("remove_plan_file").because(&version.name)))
    }

    /// Says which rows of a schedule are which steps of the plan. A step has one row, a row one step: the last word holds.
    pub fn tie_file(&self, id: &str, tie: &[FileTie], untie: &[i64]) -> Result<(Self, Change), Refusal> {
        let gone = || Refusal::one(Problem::block("plan_file_gone"));
        let at = self.plan_files.iter().position(|f| f.id == id).ok_or_else(gone)?;
        let known = |t: &FileTie| self.plan.as_ref().is_some_and(|p| p.activities.contains_key(&t.activity));
        let problem = |t: &FileTie| Problem::block("tie_activity_unknown").at(&t.activity).with("found", &t.activity);
        Refusal::unless_clear(tie.iter().filter(|t| !known(t)).map(problem).collect())?;
        let mut next = self.clone();
        if let Some(file) = next.plan_files.get_mut(at) {
            file.ties.retain(|t| !untie.contains(&t.uid));
            for new in tie {
                file.ties.retain(|t| t.uid != new.uid && t.activity != new.activity);
                file.ties.push(new.clone());
            }
            file.ties.sort_by(|a, b| a.activity.cmp(&b.activity));
        }
        let name = self.plan_files.get(at).map(|f| f.name.as_str()).unwrap_or_default();
        Ok((next, Change::new("tie_plan_file").because(name)))
    }
}

#[cfg(test)]
mod tests;
