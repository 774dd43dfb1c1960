//! Microsoft Project's XML (MSPDI): the schema that Microsoft publishes as `mspdi_pj12.xsd`, with the additions of later
//! versions.
//!
//! Read are the project's settings; calendars with their weeks, work weeks, bases, and exceptions of both generations, those
//! that come again as the days they mean; tasks with outline, links, constraints, progress, manual dates, baseline and
//! stored dates; resources; assignments, and from their work over time the pieces of split tasks. Rows without a task
//! (`IsNull`) are no part of a plan. What a plan has no room for (extended attributes, outline codes, costs, views,
//! elements of other programs) stays in the document and goes back with it, byte by byte.
//!
//! Units: durations are ISO 8601 (`PT8H0M0S`), lags, delays and slack are tenths of a minute, shares of units are of one.
//! A file is refused with every unreadable value, each with its line, element and UID; what can be mended is read, and
//! told in [`Plan::losses`].
//!
//! ```
//! use lantu_planfile::mspdi;
//! let xml = r#"<Project xmlns="http://schemas.microsoft.com/project">
//!   <Name>road</Name>
//!   <StartDate>2026-03-02T08:00:00</StartDate>
//!   <Tasks>
//!     <Task><UID>1</UID><Name>dig</Name><Duration>PT16H0M0S</Duration><Cost>900</Cost></Task>
//!   </Tasks>
//! </Project>"#;
//! let mut file = mspdi::read(xml.as_bytes())?;
//! assert_eq!(file.plans[0].activities[0].duration.as_minutes(), 960.0);
//! file.plans[0].labels[0].name = "dig deeper".into();
//! let written = String::from_utf8(mspdi::write(&file).bytes)?;
//! assert_eq!(written, xml.replace("dig", "dig deeper"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
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
        uncertainty: Default::default(),
        last_scheduled: None,
        losses: found.close()?,
    };
    Ok(Reading { plan, calendars: calendars.nodes, tasks: rows.nodes, resources: resources.nodes, assignments })
}
