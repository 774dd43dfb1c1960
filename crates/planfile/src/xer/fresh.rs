//! A whole new file, for plans that come from elsewhere.
use super::charset::Charset;
use super::constants::{CURRTYPE, OBS, PROJECT, PROJWBS, RSRC, SCHEDOPTIONS, TASK, TASKRSRC, constants};
use super::forms::Forms;
use super::held::Holder;
use super::notes;
use super::numbers::Pool;
use super::patch::{Cells, Lines};
use super::render::{Numbers, Render};
use crate::{CalendarKind, Loss, Plan, Resource, ResourceKind, Written};
use lantu_calendar::Span;
use std::collections::HashMap;

/// The tables so far, in the order that P6 writes them.
struct Tables {
    projects: Lines,
    calendars: Lines,
    options: Lines,
    elements: Lines,
    resources: Lines,
    rates: Lines,
    tasks: Lines,
    links: Lines,
    assignments: Lines,
    notes: Lines,
}

const LINE_END: &str = "\r\n";

impl Default for Tables {
    fn default() -> Self {
        let [projects, calendars, options, elements, resources, rates, tasks, links, assignments, notes] =
            std::array::from_fn(|_| Lines::ending(LINE_END));
        Self { projects, calendars, options, elements, resources, rates, tasks, links, assignments, notes }
    }
}

/// Numbers given so far, over all plans of the file.
#[derive(Default)]
struct Given {
    tasks: Pool,
    elements: Pool,
    calendars: Pool,
    resources: Pool,
    /// What already has a row that other plans may share.
    shared_calendars: HashMap<i64, (usize, usize)>,
    shared_resources: HashMap<i64, (Resource, i64)>,
}

/// Writes plans as a new file.
pub(super) fn write(plans: &[Plan]) -> Written {
    let (mut tables, mut losses) = (Tables::default(), vec![]);
    // MPXJ and others keep activities and WBS elements in one list, so new numbers of the one are none of the other's.
    let most = plans.iter().flat_map(|p| p.activities.iter().map(|a| a.uid)).filter(|uid| *uid < i64::from(i32::MAX)).max();
    let above = || Pool::above(most.unwrap_or_default());
    let mut given = Given { tasks: above(), elements: above(), ..Given::default() };
    let mut before: Vec<Numbers> = vec![];
    for (at, plan) in plans.iter().enumerate() {
        let numbers = push_plan(plans, at, &before, &mut tables, &mut given, &mut losses);
        before.push(numbers);
        debug_assert_eq!(before[at].rows.len(), plan.activities.len());
    }
    let text = tables.text(plans);
    let bytes = encoded(&text);
    Written { bytes, losses }
}

/// Western and Chinese Windows, on which P6 runs, read their own code pages; what fits neither is UTF-8.
fn encoded(text: &str) -> Vec<u8> {
    for charset in [Charset::Utf8, Charset::Cp1252, Charset::Gb18030] {
        if charset == Charset::Utf8 && !text.is_ascii() {
            continue;
        }
        if let Some(bytes) = charset.encode_whole(text).filter(|bytes| Charset::of(bytes) == charset) {
            return bytes;
        }
    }
    text.as_bytes().to_vec()
}

fn push_plan(plans: &[Plan], at: usize, before: &[Numbers], tables: &mut Tables, given: &mut Given, losses: &mut Vec<Loss>) -> Numbers {
    let plan = &plans[at];
    let root = root_of(plan);
    let mut numbers = Numbers { project: at as i64 + 1, ..Numbers::default() };
    for activity in &plan.activities {
        let pool = if activity.is_summary() { &mut given.elements } else { &mut given.tasks };
        numbers.rows.push(pool.give(activity.uid));
    }
    numbers.root = root.map_or_else(|| given.elements.give(0), |r| numbers.rows[r]);
    let calendars: Vec<bool> = (0..plan.calendars.len()).map(|i| number_calendar(plans, (at, i), before, given, &mut numbers)).collect();
    let resources: Vec<bool> = plan.resources.iter().map(|r| number_resource(r, given, &mut numbers)).collect();
    let render = Render { plan, numbers, forms: Forms::OWN };
    let mut holder = Holder::new(plan);
    holder.settings();
    tables.push_settings(&render, &calendars, &resources, &mut holder.losses);
    tables.push_rows(&render, root, &mut holder);
    losses.append(&mut holder.losses);
    render.numbers
}

/// The summary that is the project itself: the only one above all other rows, when it has the project's name.
fn root_of(plan: &Plan) -> Option<usize> {
    let mut tops = plan.activities.iter().enumerate().filter(|(_, a)| a.parent.is_none());
    let (at, top) = tops.next()?;
    (top.is_summary() && tops.next().is_none() && plan.labels[at].name == plan.name).then_some(at)
}

/// A calendar of all projects that an earlier plan has in the same words is that one; else it gets a row: `true`.
fn number_calendar(plans: &[Plan], (plan, at): (usize, usize), before: &[Numbers], given: &mut Given, numbers: &mut Numbers) -> bool {
    let calendar = &plans[plan].calendars[at];
    let same = given.shared_calendars.get(&calendar.uid).copied().filter(|(p, c)| plans[*p].calendars[*c] == *calendar);
    if let Some(number) = same.and_then(|(p, c)| before.get(p)?.calendars.get(c).copied()) {
        numbers.calendars.push(number);
        return false;
    }
    if calendar.kind == CalendarKind::Global && calendar.spec.parent.is_none() {
        given.shared_calendars.entry(calendar.uid).or_insert((plan, at));
    }
    numbers.calendars.push(given.calendars.give(calendar.uid));
    true
}

fn number_resource(resource: &Resource, given: &mut Given, numbers: &mut Numbers) -> bool {
    let plain = Resource { calendar: None, ..resource.clone() };
    if let Some((_, number)) = given.shared_resources.get(&resource.uid).filter(|(known, _)| *known == plain) {
        numbers.resources.push(*number);
        return false;
    }
    let number = given.resources.give(resource.uid);
    given.shared_resources.entry(resource.uid).or_insert((plain, number));
    numbers.resources.push(number);
    true
}

impl Tables {
    fn push_settings(&mut self, render: &Render<'_>, calendars: &[bool], resources: &[bool], losses: &mut Vec<Loss>) {
        let plan = render.plan;
        let mut project = render.project();
        project.push(("scd_end_date", render.date(plan.stored.iter().filter_map(|s| s.finish).max())));
        project.extend(constants(PROJECT));
        self.projects.push(&project);
        let mut options = render.options();
        options.push(("schedoptions_id", (self.options.len() + 1).to_string().into()));
        options.extend(constants(SCHEDOPTIONS));
        self.options.push(&options);
        for at in (0..calendars.len()).filter(|at| calendars[*at]) {
            self.push_calendar(render, at, losses);
        }
        for at in (0..resources.len()).filter(|at| resources[*at]) {
            self.push_resource(render, at);
        }
    }

    fn push_calendar(&mut self, render: &Render<'_>, at: usize, losses: &mut Vec<Loss>) {
        let (plan, calendar) = (render.plan, &render.plan.calendars[at]);
        let (mut row, cut) = render.calendar_row(at);
        if cut {
            losses.push(Loss { code: "calendar_cut", place: format!("calendar {}", calendar.uid), found: calendar.name.clone() });
        }
        let is_default = at == plan.options.calendar.at();
        let day = f64::from(calendar.minutes_per_day.unwrap_or(plan.units.minutes_per_day)) / 60.0;
        let week = if is_default { f64::from(plan.units.minutes_per_week) / 60.0 } else { day * 5.0 };
        let number = |hours: f64| render.number(hours);
        row.extend([
            ("default_flag", if is_default && calendar.kind == CalendarKind::Global { "Y" } else { "N" }.into()),
            ("week_hr_cnt", number(week)),
            ("month_hr_cnt", number(day * 21.5)),
            ("year_hr_cnt", number(day * 250.0)),
            ("rsrc_private", "N".into()),
        ]);
        self.calendars.push(&row);
    }

    fn push_resource(&mut self, render: &Render<'_>, at: usize) {
        let (resource, mut row) = (&render.plan.resources[at], render.resource(at));
        row.push(("rsrc_seq_num", self.resources.len().to_string().into()));
        row.extend(constants(RSRC));
        self.resources.push(&row);
        if resource.max_units != 100.0 {
            let number = (self.rates.len() + 1).to_string();
            self.rates.push(&vec![
                ("rsrc_rate_id", number.into()),
                ("rsrc_id", render.numbers.resources[at].to_string().into()),
                ("max_qty_per_hr", render.number(resource.max_units / 100.0)),
                ("cost_per_qty", "0".into()),
                ("start_date", render.date(Some(render.plan.options.start))),
            ]);
        }
    }

    fn push_rows(&mut self, render: &Render<'_>, root: Option<usize>, holder: &mut Holder<'_>) {
        let plan = render.plan;
        if root.is_none() {
            self.elements.push(&own_root(render));
        }
        let mut codes = Codes::default();
        let mut written = vec![false; plan.activities.len()];
        for (at, activity) in plan.activities.iter().enumerate() {
            if activity.is_summary() {
                holder.hold_summary(at);
                let mut row = render.element(at, self.elements.len() + 1);
                row.extend(constants(PROJWBS));
                self.elements.push(&row);
                continue;
            }
            if holder.leaves_out(at) {
                continue;
            }
            written[at] = true;
            let mut row = render.task(at, holder.hold(at));
            codes.make_unique(&mut row);
            row.extend(work_of(render, at));
            row.extend(constants(TASK));
            self.tasks.push(&row);
            self.push_assignments(render, at);
            if let Some(text) = &plan.stored[at].notes {
                let of = (render.numbers.rows[at], render.numbers.project);
                let row = notes::row(self.notes.len() as i64 + 1, "1", of, text);
                self.notes.push(&row);
            }
        }
        for link in &plan.links {
            let both = |at: usize| written.get(at).copied().unwrap_or(false);
            if holder.holds_link(link) && both(link.predecessor.at()) && both(link.successor.at()) {
                let row = render.link(self.links.len() as i64 + 1, link);
                self.links.push(&row);
            }
        }
    }

    fn push_assignments(&mut self, render: &Render<'_>, at: usize) {
        let assignments = render.plan.activities[at].detail.as_ref().map(|d| d.assignments.as_slice()).unwrap_or_default();
        for assignment in assignments.iter().filter(|a| a.resource.is_some()) {
            let mut row = render.assignment(self.assignments.len() as i64 + 1, at, assignment);
            row.extend(constants(TASKRSRC));
            self.assignments.push(&row);
        }
    }

    fn text(&self, plans: &[Plan]) -> String {
        let end = LINE_END;
        let day = plans.first().map(|p| p.options.data_date.unwrap_or(p.options.start).day().to_string()).unwrap_or_default();
        let mut text = format!("ERMHDR\t19.12\t{day}\tProject\tadmin\tadmin\tdbxDatabaseNoName\tProject Management\tCNY{end}");
        let one = |row: Cells| {
            let mut lines = Lines::ending(end);
            lines.push(&row);
            lines
        };
        let (currency, top) = (one(constants(CURRTYPE).collect()), one(constants(OBS).collect()));
        let topics = if self.notes.len() == 0 { Lines::ending(end) } else { one(notes::topic(1)) };
        for (name, rows) in [
            ("CURRTYPE", &currency),
            ("MEMOTYPE", &topics),
            ("OBS", &top),
            ("PROJECT", &self.projects),
            ("CALENDAR", &self.calendars),
            ("SCHEDOPTIONS", &self.options),
            ("PROJWBS", &self.elements),
            ("RSRC", &self.resources),
            ("RSRCRATE", &self.rates),
            ("TASK", &self.tasks),
            ("TASKPRED", &self.links),
            ("TASKRSRC", &self.assignments),
            ("TASKMEMO", &self.notes),
        ] {
            text.push_str(&rows.table(name));
        }
        text + "%E" + end
    }
}

/// An element that is the project itself, where no row of the plan is.
fn own_root(render: &Render<'_>) -> Cells {
    let mut row: Cells = vec![
        ("wbs_id", render.numbers.root.to_string().into()),
        ("proj_id", render.numbers.project.to_string().into()),
        ("seq_num", "1".into()),
        ("proj_node_flag", "Y".into()),
        ("status_code", "WS_Open".into()),
        ("wbs_short_name", render.plan.id.clone().into()),
        ("wbs_name", render.plan.name.clone().into()),
        ("parent_wbs_id", "".into()),
        ("guid", "".into()),
    ];
    row.extend(constants(PROJWBS));
    row
}

/// P6 keeps the work of people and of machines with the activity too.
fn work_of(render: &Render<'_>, at: usize) -> Cells {
    let plan = render.plan;
    let assignments = plan.activities[at].detail.as_ref().map(|d| d.assignments.as_slice()).unwrap_or_default();
    let kind = |r: Option<u32>| r.and_then(|r| plan.resources.get(r as usize)).map(|r| r.kind);
    let sum = |wanted: ResourceKind, of: fn(&lantu_schedule::Assignment) -> Span| {
        let spans = assignments.iter().filter(|a| kind(a.resource) == Some(wanted)).map(of);
        render.hours(Some(spans.fold(Span::ZERO, |a, b| a + b)))
    };
    vec![
        ("target_work_qty", sum(ResourceKind::Labor, |a| a.work)),
        ("act_work_qty", sum(ResourceKind::Labor, |a| a.actual_work)),
        ("remain_work_qty", sum(ResourceKind::Labor, |a| a.remaining_work)),
        ("target_equip_qty", sum(ResourceKind::Nonlabor, |a| a.work)),
        ("act_equip_qty", sum(ResourceKind::Nonlabor, |a| a.actual_work)),
        ("remain_equip_qty", sum(ResourceKind::Nonlabor, |a| a.remaining_work)),
    ]
}

/// Activity ids given so far; P6 has each once in a project.
#[derive(Default)]
struct Codes {
    seen: HashMap<String, usize>,
}

impl Codes {
    fn make_unique(&mut self, row: &mut Cells) {
        let Some((_, code)) = row.iter_mut().find(|(c, _)| *c == "task_code") else { return };
        while let Some(times) = self.seen.get_mut(code.as_ref()) {
            *times += 1;
            *code = format!("{code}-{times}").into();
        }
        self.seen.insert(code.clone().into_owned(), 1);
    }
}
