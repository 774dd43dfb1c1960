//! A document to its plans.
use super::calendars::{self, FileCalendar};
use super::field::Fields;
use super::found::Found;
use super::links;
use super::people::People;
use super::project::{self, Reading};
use crate::xml::{Node, XmlDocument};
use crate::{Plan, Refused};
use std::collections::HashMap;

/// Where the things of a plan stand in its document, each list in the order of the plan's.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub project: u32,
    /// `None` for a calendar that the file does not have.
    pub calendars: Vec<Option<u32>>,
    pub rows: Vec<u32>,
    pub links: Vec<u32>,
    pub resources: Vec<u32>,
    /// For each row, its assignments.
    pub assignments: Vec<Vec<u32>>,
}

/// What all projects of a file share.
pub(super) struct Shared<'a> {
    pub root: Node<'a>,
    pub found: &'a Found,
    pub calendars: Vec<FileCalendar<'a>>,
    pub people: People<'a>,
    /// Elements that stand beside the projects they belong to, by name and project.
    loose: HashMap<(&'a str, String), Vec<Node<'a>>>,
    /// The file has one project only.
    pub alone: bool,
}

/// The plans of a document, with the places of their things.
pub(super) fn plans(document: &XmlDocument) -> Result<Vec<(Plan, Places)>, Refused> {
    let found = Found::default();
    let root = document.root();
    if root.name() != "APIBusinessObjects" {
        found.refuse("not_pmxml", || root.place(), root.name());
    }
    let projects = projects(root);
    if projects.is_empty() {
        found.refuse("no_project", || root.place(), "");
    }
    found.verdict()?;
    let shared = Shared {
        root,
        found: &found,
        calendars: all_calendars(root, &projects, &found),
        people: People::read(root, &found),
        loose: loose(root),
        alone: projects.len() == 1,
    };
    let mut budget = calendars::MOST_EXCEPTIONS;
    let mut readings: Vec<Reading<'_>> = projects.iter().map(|node| project::read(&shared, *node, &mut budget)).collect();
    links::read(&shared, &mut readings);
    found.verdict()?;
    Ok(readings.into_iter().map(|reading| (reading.plan, reading.places)).collect())
}

/// The projects; where there are none, the baselines. A project that stands there only because links lead to it has no
/// dates, and is none.
fn projects(root: Node<'_>) -> Vec<Node<'_>> {
    let is_shown = |node: &Node<'_>| {
        let external = node.attribute("external").is_some_and(|v| matches!(&*v, "true" | "1"));
        !external && ["Name", "PlannedStartDate", "DataDate"].iter().any(|name| node.child_text(name).is_some())
    };
    let projects: Vec<Node<'_>> = root.children("Project").filter(is_shown).collect();
    if projects.is_empty() { root.children("BaselineProject").collect() } else { projects }
}

fn all_calendars<'a>(root: Node<'a>, projects: &[Node<'a>], found: &'a Found) -> Vec<FileCalendar<'a>> {
    let global = root.children("Calendar").map(|node| (node, None));
    let own = projects.iter().flat_map(|project| project.children("Calendar").map(|node| (node, Some(identity(*project)))));
    let mut list = calendars::read(global.chain(own), found);
    if list.is_empty() {
        found.lose("no_calendar", || root.place(), "");
        list.push(calendars::made());
    }
    list
}

/// What a project's parts name it by.
pub(super) fn identity(project: Node<'_>) -> String {
    project.child_text("ObjectId").map(|id| id.into_owned()).unwrap_or_default()
}

fn loose(root: Node<'_>) -> HashMap<(&str, String), Vec<Node<'_>>> {
    let mut loose: HashMap<_, Vec<_>> = HashMap::new();
    for node in
        root.elements().filter(|node| matches!(node.name(), "WBS" | "Activity" | "Relationship" | "ResourceAssignment" | "ActivityNote"))
    {
        let project = node.child_text("ProjectObjectId").or_else(|| node.child_text("SuccessorProjectObjectId"));
        if let Some(project) = project {
            loose.entry((node.name(), project.into_owned())).or_default().push(node);
        }
    }
    loose
}

impl<'a> Shared<'a> {
    /// The elements of a project with this name, inside of it or beside.
    pub fn members(&self, project: Node<'a>, name: &'static str) -> Vec<Fields<'a>> {
        let beside = match self.loose.is_empty() {
            true => None,
            false => self.loose.get(&(name, identity(project))),
        };
        project.children(name).chain(beside.into_iter().flatten().copied()).map(|node| Fields::of(node, self.found)).collect()
    }
}
