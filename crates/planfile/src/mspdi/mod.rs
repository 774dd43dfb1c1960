//! Microsoft Project's XML (MSPDI): the schema that Microsoft publishes as `mspdi_pj12.xsd`, with the additions of later
//! versions.
mod calendars;
mod codes;
mod fields;
mod links;
mod recurrence;
mod resources;
mod settings;
mod splits;
mod tasks;
mod value;
mod write;

use crate::{
    Format, Plan, PlanFile, Refused, Source, words,
    xml::{Node, XmlDocument},
};
use calendars::Calendars;
use fields::{Fields, Found};
use resources::Resources;
use splits::Spread;
use tasks::Rows;

pub use write::write;

/// A document as it was read, for writing it back with nothing lost.
#[derive(Clone, Debug)]
pub struct Document(XmlDocument);

impl Document {
    /// The document's outermost element.
    pub(crate) fn root(&self) -> crate::xml::Node<'_> {
        self.0.root()
    }
}

/// Reads a project; refused with every problem found, each with its place.
pub fn read(bytes: &[u8]) -> Result<PlanFile, Refused> {
    let document = XmlDocument::read(bytes)?;
    let plan = reading(&document, &Found::default())?.plan;
    Ok(PlanFile { format: Format::Mspdi, plans: vec![plan], source: Source::Mspdi(Box::new(Document(document))) })
}

/// A plan, and the elements that it was read from, in the order of its lists.
struct Reading<'a> {
    plan: Plan,
    calendars: Vec<Node<'a>>,
    tasks: Vec<Node<'a>>,
    resources: Vec<Node<'a>>,
    assignments: Vec<Spread<'a>>,
}

fn reading<'a>(document: &'a XmlDocument, found: &'a Found) -> Result<Reading<'a>, Refused> {
    let root = document.root();
    if root.name() != "Project" {
        return Err(Refused::one(words::problem("not_mspdi", format!("line {}", root.line()), root.name())));
    }
    let project = Fields::of(root, found);
    let id: String = project.text("Name").map_or("1".into(), Into::into);
    let title = project.text("Title").map(Into::into);
    let units = settings::units(&project);
    let calendars = Calendars::read(&project);
    let mut rows = Rows::read(&project, &calendars);
    let (start, finish) = rows.ends();
    let options = settings::options(&project, &calendars, &units, start, finish);
    let links = links::read(&rows, found);
    let resources = Resources::read(&project, &calendars);
    let assignments = resources.assign(&project, &mut rows);
    splits::read(&assignments, &mut rows, &calendars, found);
    let plan = Plan {
        name: title.unwrap_or_else(|| id.clone()),
        id,
        options,
        units,
        calendars: calendars.list,
        activities: rows.activities,
        labels: rows.labels,
        stored: rows.stored,
        links,
        resources: resources.list,
        last_scheduled: None,
        losses: found.close()?,
    };
    Ok(Reading { plan, calendars: calendars.nodes, tasks: rows.nodes, resources: resources.nodes, assignments })
}
