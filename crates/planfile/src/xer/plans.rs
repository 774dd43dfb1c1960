//! A file's projects, put together from its tables, each thing with the row it came from.
use super::calendars::{self, FileCalendar, Working};
use super::cells::Reader;
use super::forms::Forms;
use super::project::{self, Project};
use super::resources::{self, FileResource};
use super::sheet::{RowAt, Sheet};
use super::{findings::Findings, links, notes, outline, tasks};
use crate::bounds::{self, MOST_STRETCHES};
use crate::{Plan, Refused, Units};
use lantu_calendar::Instant;
use lantu_schedule::{ActivityIx, CalendarIx};
use std::collections::{BTreeSet, HashMap, HashSet};

/// No file may hold more projects.
const MOST_PROJECTS: usize = 2_000;
/// Up to so many calendars and resources over all projects each project lists all of them; above, those it uses.
const MOST_COPIES: usize = 200_000;

/// A project with the rows its parts came from, in the order of the plan's lists.
#[derive(Debug)]
pub(super) struct Placed {
    pub plan: Plan,
    pub project: RowAt,
    /// P6's number of the project.
    pub number: i64,
    pub options: Option<RowAt>,
    pub is_baseline: bool,
    pub calendars: Vec<FileCalendar>,
    pub resources: Vec<RowAt>,
    pub activities: Vec<RowAt>,
    pub links: Vec<RowAt>,
    /// Rows of an activity's assignments, in their order.
    pub assignments: HashMap<u32, Vec<RowAt>>,
    /// Rows of an activity's notebook.
    pub notes: HashMap<u32, Vec<RowAt>>,
}

/// The rows of one project.
#[derive(Default)]
pub(super) struct Rows {
    wbs: Vec<RowAt>,
    tasks: Vec<RowAt>,
    options: Option<RowAt>,
}

/// Reads the tables and all that they say.
pub(super) fn read<'s>(sheet: &'s Sheet<'s>, findings: Findings) -> Result<(Vec<Placed>, Forms), Refused> {
    let mut reader = Reader { sheet, forms: Forms::of(sheet), findings };
    reader.findings.verdict()?;
    let projects = project::list(&mut reader);
    if projects.len() > MOST_PROJECTS {
        refuse_projects(&mut reader, projects.len());
    }
    reader.findings.verdict()?;
    let rows = rows_of(&mut reader, &projects);
    let common = Common::read(&mut reader, &rows);
    reader.findings.verdict()?;
    let of_file = reader.findings.take_losses();
    let (mut plans, mut stretches) = (Vec::with_capacity(projects.len()), 0);
    for (at, (project, rows)) in projects.into_iter().zip(rows).enumerate() {
        let calendars = calendars_of(&mut reader, &project, &rows, &resources_of(at, &common), &common);
        stretches += bounds::stretches(calendars.iter().map(|c| &c.calendar));
        if stretches > MOST_STRETCHES {
            refuse_calendars(&mut reader);
            reader.findings.verdict()?;
        }
        let mut placed = place(&mut reader, (at, project), calendars, &rows, &common);
        placed.plan.losses = of_file.clone();
        placed.plan.losses.extend(reader.findings.take_losses());
        plans.push(placed);
    }
    let index = index_of(&mut reader, &plans);
    links::read(&mut reader, &mut plans, &index);
    assign(&mut reader, &mut plans, &index);
    notes::read(&mut reader, &mut plans, &index);
    reader.findings.verdict()?;
    plans.sort_by_key(|p| p.is_baseline);
    Ok((plans, reader.forms))
}

/// What all projects of a file share.
struct Common {
    calendars: Vec<FileCalendar>,
    calendar_places: HashMap<i64, usize>,
    /// The calendar of new projects.
    default: Option<usize>,
    resources: Vec<FileResource>,
    resource_places: HashMap<i64, usize>,
    /// Numbers of the resources at work in each project, in their order; of use where not every project lists all.
    assigned: Vec<HashSet<i64>>,
    /// Every project lists all calendars and resources.
    copies: bool,
}

impl Common {
    fn read(reader: &mut Reader<'_>, rows: &[Rows]) -> Self {
        let calendars = calendars::read(reader);
        let resources = resources::read(reader);
        let stretches = bounds::stretches(calendars.iter().map(|c| &c.calendar));
        let few = rows.len() * (calendars.len() + resources.len()) <= MOST_COPIES;
        let copies = few && rows.len().saturating_mul(stretches) <= MOST_STRETCHES;
        let assigned = if copies { vec![] } else { assigned(reader.sheet, rows) };
        Self {
            calendar_places: calendars.iter().enumerate().map(|(at, c)| (c.calendar.uid, at)).collect(),
            default: calendars.iter().position(|c| c.is_default && c.project.is_none()),
            resource_places: resources.iter().enumerate().map(|(at, r)| (r.resource.uid, at)).collect(),
            calendars,
            resources,
            assigned,
            copies,
        }
    }
}

/// A cell that is a whole number.
fn number(row: &super::sheet::Row<'_>, column: &str) -> Option<i64> {
    row.raw(column)?.parse().ok()
}

fn assigned(sheet: &Sheet<'_>, rows: &[Rows]) -> Vec<HashSet<i64>> {
    let mut of_task: HashMap<i64, usize> = HashMap::new();
    for (project, rows) in rows.iter().enumerate() {
        of_task.extend(rows.tasks.iter().filter_map(|at| Some((number(&sheet.row(*at), "task_id")?, project))));
    }
    let mut assigned = vec![HashSet::new(); rows.len()];
    for row in sheet.rows("TASKRSRC") {
        let project = number(&row, "task_id").and_then(|task| of_task.get(&task));
        if let (Some(project), Some(resource)) = (project, number(&row, "rsrc_id")) {
            assigned[*project].insert(resource);
        }
    }
    assigned
}

fn refuse_projects(reader: &mut Reader<'_>, count: usize) {
    reader.findings.refuse(
        "too_many_projects",
        "PROJECT",
        &count.to_string(),
        "文件中的项目超过两千个，不予读取。请分批导出。",
        "The file holds more than two thousand projects and is not read. Export them in parts.",
    );
}

fn refuse_calendars(reader: &mut Reader<'_>) {
    reader.findings.refuse(
        "calendars_too_large",
        "CALENDAR",
        &MOST_STRETCHES.to_string(),
        "日历例外过多，连同从上级日历继承的共二百万段以上，不像真实的计划，不予读取。请删去多余的日历或例外后重新导出。",
        "The calendars come to more than two million stretches of exceptions, with those taken over from parents: no plan has these, and the file is not read. Remove calendars or exceptions and export again.",
    );
}

/// The rows of each project. A row without a project belongs to the only one there is.
fn rows_of(reader: &mut Reader<'_>, projects: &[Project]) -> Vec<Rows> {
    let sheet = reader.sheet;
    let places: HashMap<i64, usize> = projects.iter().enumerate().map(|(at, p)| (p.number, at)).collect();
    let mut rows: Vec<Rows> = projects.iter().map(|_| Rows::default()).collect();
    for table in ["PROJWBS", "TASK", "SCHEDOPTIONS"] {
        for row in sheet.rows(table) {
            let only = projects.len() == 1 && row.bytes("proj_id").is_none();
            let number = if only { projects[0].number } else { reader.key(&row, "proj_id").unwrap_or_default() };
            let Some(of) = places.get(&number).map(|at| &mut rows[*at]) else {
                reader.findings.lose("unknown_project", || row.place("proj_id"), &number.to_string());
                continue;
            };
            match table {
                "PROJWBS" => of.wbs.push(row.at),
                "TASK" => of.tasks.push(row.at),
                _ => of.options = of.options.or(Some(row.at)),
            }
        }
    }
    rows
}

fn place(reader: &mut Reader<'_>, (at, project): (usize, Project), calendars: Vec<FileCalendar>, rows: &Rows, common: &Common) -> Placed {
    let sheet = reader.sheet;
    let resources = resources_of(at, common);
    let calendar_places: HashMap<i64, u32> = calendars.iter().enumerate().map(|(at, c)| (c.calendar.uid, at as u32)).collect();
    let list: Vec<_> = calendars.iter().map(|c| c.calendar.clone()).collect();
    let default = project::default_calendar(reader, &project, &calendars);
    let first = first_date(reader, &rows.tasks);
    let options = project::options(reader, &project, rows.options, default, first);
    let units = units(reader, &calendars, default);
    let mut around = tasks::Around { options: &options, calendars: &calendar_places, working: Working::new(&list) };
    let drafts: Vec<_> = rows.tasks.iter().filter_map(|at| Some((*at, tasks::read(reader, &sheet.row(*at), &mut around)?))).collect();
    let elements = outline::elements(reader, &rows.wbs);
    let name = elements.iter().find(|e| e.is_project).map(|e| e.label.name.clone()).unwrap_or_default();
    let mut plan = Plan {
        id: project.id.clone(),
        name: if name.is_empty() { project.id.clone() } else { name },
        options,
        units,
        calendars: vec![],
        activities: vec![],
        labels: vec![],
        stored: vec![],
        links: vec![],
        resources: resources.iter().map(|r| r.resource.clone()).collect(),
        uncertainty: Default::default(),
        last_scheduled: reader.date(&sheet.row(project.row), "last_schedule_date"),
        losses: vec![],
    };
    for (resource, file) in plan.resources.iter_mut().zip(&resources) {
        resource.calendar = file.calendar.and_then(|uid| calendar_places.get(&uid).copied());
    }
    plan.calendars = list;
    let activities = outline::arrange(reader, elements, drafts, &mut plan);
    Placed {
        plan,
        project: project.row,
        number: project.number,
        options: rows.options,
        is_baseline: project.is_baseline,
        calendars,
        resources: resources.iter().map(|r| r.row).collect(),
        activities,
        links: vec![],
        assignments: HashMap::new(),
        notes: HashMap::new(),
    }
}

/// The resources that a project lists.
fn resources_of(project: usize, common: &Common) -> Vec<FileResource> {
    let Some(at_work) = common.assigned.get(project) else { return common.resources.clone() };
    let places: BTreeSet<usize> = at_work.iter().filter_map(|uid| common.resource_places.get(uid).copied()).collect();
    places.into_iter().map(|at| common.resources[at].clone()).collect()
}

/// The calendars that a project lists, parents as places in the new list.
fn calendars_of(reader: &mut Reader<'_>, project: &Project, rows: &Rows, resources: &[FileResource], common: &Common) -> Vec<FileCalendar> {
    let sheet = reader.sheet;
    let mut keep: BTreeSet<usize> = common.default.into_iter().collect();
    if common.copies {
        let ours = |c: &FileCalendar| c.project.is_none_or(|p| p == project.number);
        keep.extend(common.calendars.iter().enumerate().filter(|(_, c)| ours(c)).map(|(at, _)| at));
    }
    let named = rows.tasks.iter().filter_map(|at| number(&sheet.row(*at), "clndr_id"));
    let named = named.chain(resources.iter().filter_map(|r| r.calendar)).chain(project.calendar);
    keep.extend(named.filter_map(|uid| common.calendar_places.get(&uid)));
    for at in keep.clone() {
        let mut next = common.calendars[at].calendar.spec.parent;
        while let Some(parent) = next.filter(|p| keep.insert(*p)) {
            next = common.calendars[parent].calendar.spec.parent;
        }
    }
    let places: HashMap<usize, usize> = keep.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    let mut list: Vec<FileCalendar> = keep.iter().map(|at| common.calendars[*at].clone()).collect();
    for file in &mut list {
        file.calendar.spec.parent = file.calendar.spec.parent.and_then(|p| places.get(&p).copied());
    }
    if list.is_empty() {
        reader.findings.lose("no_calendar", || format!("PROJECT {}", project.id), "");
        list.push(calendars::made());
    }
    list
}

/// The earliest date among the tasks, for a project that says none of its own.
fn first_date(reader: &mut Reader<'_>, tasks: &[RowAt]) -> Option<Instant> {
    let columns = ["act_start_date", "target_start_date", "early_start_date"];
    let forms = reader.forms;
    let date = |at: &RowAt| {
        let row = reader.sheet.row(*at);
        columns.iter().filter_map(|c| forms.date(&row.raw(c)?)).min()
    };
    tasks.iter().filter_map(date).min()
}

/// How the project's calendar counts days and weeks.
fn units(reader: &mut Reader<'_>, calendars: &[FileCalendar], default: CalendarIx) -> Units {
    let mut units = Units::default();
    let Some(file) = calendars.get(default.at()) else { return units };
    let Some(day) = file.calendar.minutes_per_day else { return units };
    let week = file.row.and_then(|at| reader.number(&reader.sheet.row(at), "week_hr_cnt"));
    units.minutes_per_day = day;
    units.minutes_per_week = match week.map(|h| (h * 60.0).round()) {
        Some(minutes) if (1.0..=10_080.0).contains(&minutes) => minutes as u32,
        _ => day * 5,
    };
    units
}

/// Where each task of the file stands: its plan and its place there.
pub(super) type Index = HashMap<i64, (usize, ActivityIx)>;

fn index_of(reader: &mut Reader<'_>, plans: &[Placed]) -> Index {
    let mut index = Index::new();
    for (at, placed) in plans.iter().enumerate() {
        for (i, activity) in placed.plan.activities.iter().enumerate().filter(|(_, a)| !a.is_summary()) {
            if index.insert(activity.uid, (at, ActivityIx(i as u32))).is_some() {
                reader.findings.refuse(
                    "id_twice",
                    reader.sheet.row(placed.activities[i]).place("task_id"),
                    &activity.uid.to_string(),
                    "作业编号重复，无法确定逻辑关系指向哪一项。请在 P6 中重新导出，或为其中一项另编号码。",
                    "This activity id stands twice, so links to it cannot be told apart. Export the file again from P6 or give one of the two another id.",
                );
            }
        }
    }
    index
}

/// The rows of TASKRSRC.
fn assign(reader: &mut Reader<'_>, plans: &mut [Placed], index: &Index) {
    let sheet = reader.sheet;
    let places: Vec<HashMap<i64, u32>> =
        plans.iter().map(|p| p.plan.resources.iter().enumerate().map(|(at, r)| (r.uid, at as u32)).collect()).collect();
    let mut of_plan: Vec<Vec<(ActivityIx, RowAt)>> = plans.iter().map(|_| vec![]).collect();
    for row in sheet.rows("TASKRSRC") {
        let Some(uid) = reader.id(&row, "task_id") else { continue };
        match index.get(&uid) {
            Some((plan, activity)) => of_plan[*plan].push((*activity, row.at)),
            None => reader.findings.lose("unknown_task", || row.place("task_id"), &uid.to_string()),
        }
    }
    if let Some(first) = plans.first_mut() {
        first.plan.losses.extend(reader.findings.take_losses());
    }
    for ((placed, rows), places) in plans.iter_mut().zip(of_plan).zip(&places) {
        for (activity, at) in rows {
            let around = resources::Around { resources: &placed.plan.resources, places };
            let assignment = resources::assignment(reader, &sheet.row(at), &around, &placed.plan.activities[activity.at()]);
            placed.plan.activities[activity.at()].detail_mut().assignments.push(assignment);
            placed.assignments.entry(activity.0).or_default().push(at);
        }
        placed.plan.losses.extend(reader.findings.take_losses());
    }
}
