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

use crate::{Format, Plan, PlanFile, Refused, Source, words, xml::XmlDocument};
use calendars::Calendars;
use fields::{Fields, Found};
use resources::Resources;
use tasks::Rows;

/// A document as it was read, for writing it back with nothing lost.
#[derive(Clone, Debug)]
pub struct Document(XmlDocument);

/// Reads a project; refused with every problem found, each with its place.
pub fn read(bytes: &[u8]) -> Result<PlanFile, Refused> {
    let document = XmlDocument::read(bytes)?;
    let plan = plan(&document)?;
    Ok(PlanFile { format: Format::Mspdi, plans: vec![plan], source: Source::Mspdi(Box::new(Document(document))) })
}

fn plan(document: &XmlDocument) -> Result<Plan, Refused> {
    let root = document.root();
    if root.name() != "Project" {
        return Err(Refused::one(words::problem("not_mspdi", format!("line {}", root.line()), root.name())));
    }
    let found = Found::default();
    let project = Fields::of(root, &found);
    let name = project.string("Name");
    let title = project.text("Title").map(Into::into);
    let units = settings::units(&project);
    let calendars = Calendars::read(&project);
    let mut rows = Rows::read(&project, &calendars);
    let (start, finish) = rows.ends();
    let options = settings::options(&project, &calendars, &units, start, finish);
    let links = links::read(&rows, &found);
    let resources = Resources::read(&project, &calendars);
    let spreads = resources.assign(&project, &mut rows);
    splits::read(&spreads, &mut rows, &calendars, &found);
    let losses = found.close()?;
    Ok(Plan {
        id: if name.is_empty() { "1".into() } else { name.clone() },
        name: title.unwrap_or(name),
        options,
        units,
        calendars: calendars.list,
        activities: rows.activities,
        labels: rows.labels,
        stored: rows.stored,
        links,
        resources: resources.list,
        last_scheduled: None,
        losses,
    })
}
