//! The table PROJWBS, and the order of rows that it gives: each element, then its activities, then the elements below it.
use super::cells::Reader;
use super::sheet::RowAt;
use super::tasks::Draft;
use crate::{Label, Plan, Stored};
use lantu_calendar::Span;
use lantu_schedule::{Activity, ActivityIx, Kind};
use std::collections::HashMap;

/// An element of the work breakdown.
pub(super) struct Element {
    row: RowAt,
    number: i64,
    parent: Option<i64>,
    /// Its place among those under the same parent.
    sequence: i64,
    pub label: Label,
    /// The element that is the project itself.
    pub is_project: bool,
}

/// The elements of one project, as their rows stand.
pub(super) fn elements(reader: &mut Reader<'_>, rows: &[RowAt]) -> Vec<Element> {
    let sheet = reader.sheet;
    let (mut list, mut seen) = (Vec::with_capacity(rows.len()), HashMap::new());
    for row in rows.iter().map(|at| sheet.row(*at)) {
        let Some(number) = reader.key(&row, "wbs_id") else { continue };
        if seen.insert(number, ()).is_some() {
            reader.findings.refuse(
                "id_twice",
                row.place("wbs_id"),
                &number.to_string(),
                "WBS 编号重复，无法确定作业属于哪一级。请在 P6 中重新导出。",
                "This WBS id stands twice, so it cannot be told where activities belong. Export the file again from P6.",
            );
            continue;
        }
        let label =
            Label { row: None, code: reader.text(&row, "wbs_short_name"), name: reader.text(&row, "wbs_name"), guid: row.text("guid") };
        list.push(Element {
            row: row.at,
            number,
            parent: reader.id(&row, "parent_wbs_id"),
            sequence: reader.id(&row, "seq_num").unwrap_or_default(),
            label,
            is_project: reader.flag(&row, "proj_node_flag") == Some(true),
        });
    }
    list
}

/// Sets elements and activities into the plan; gives the row of each.
pub(super) fn arrange(reader: &mut Reader<'_>, elements: Vec<Element>, drafts: Vec<(RowAt, Draft)>, plan: &mut Plan) -> Vec<RowAt> {
    let places: HashMap<i64, usize> = elements.iter().enumerate().map(|(at, e)| (e.number, at)).collect();
    let parents = parents(reader, &elements, &places);
    let mut below: Vec<Vec<usize>> = elements.iter().map(|_| vec![]).collect();
    let mut roots = vec![];
    for (at, parent) in parents.iter().enumerate() {
        parent.map_or(&mut roots, |p| &mut below[p]).push(at);
    }
    let mut tasks: Vec<Vec<(RowAt, Draft)>> = elements.iter().map(|_| vec![]).collect();
    let mut loose = vec![];
    for (row, draft) in drafts {
        let place = draft.wbs.and_then(|number| places.get(&number));
        if let (None, Some(number)) = (place, draft.wbs) {
            reader.findings.lose("unknown_wbs", || reader.sheet.row(row).place("wbs_id"), &number.to_string());
        }
        place.map_or(&mut loose, |p| &mut tasks[*p]).push((row, draft));
    }
    let mut rows = Rows { plan, rows: vec![] };
    loose.into_iter().for_each(|(row, draft)| rows.push_task(row, draft, None));
    let in_order = |list: &mut Vec<usize>| list.sort_by_key(|at| std::cmp::Reverse((elements[*at].sequence, *at)));
    in_order(&mut roots);
    below.iter_mut().for_each(in_order);
    let mut labels: Vec<Option<Label>> = elements.iter().map(|e| Some(e.label.clone())).collect();
    let mut stands: Vec<Option<ActivityIx>> = vec![None; elements.len()];
    let mut next = roots;
    while let Some(at) = next.pop() {
        let parent = parents[at].and_then(|p| stands[p]);
        let place = rows.push_element(&elements[at], labels[at].take().unwrap_or_default(), parent);
        stands[at] = Some(place);
        std::mem::take(&mut tasks[at]).into_iter().for_each(|(row, draft)| rows.push_task(row, draft, Some(place)));
        next.append(&mut below[at]);
    }
    rows.rows
}

/// P6's number of the element that is the project itself: the first that stands under no other.
pub(super) fn root(plan: &Plan) -> i64 {
    plan.activities.iter().find(|a| a.is_summary() && a.parent.is_none()).map_or(0, |a| a.uid)
}

/// The parent of each element, as a place. One that is not in the file stands above the project (EPS) and counts as none.
fn parents(reader: &mut Reader<'_>, elements: &[Element], places: &HashMap<i64, usize>) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = elements.iter().map(|e| e.parent.and_then(|p| places.get(&p).copied())).collect();
    // 0: not seen, 1: on the way that is walked, 2: known to end at a root.
    let mut state = vec![0u8; elements.len()];
    for start in 0..elements.len() {
        let (mut way, mut at) = (vec![], Some(start));
        while let Some(here) = at.filter(|h| state[*h] == 0) {
            state[here] = 1;
            way.push(here);
            at = parents[here];
        }
        if let Some(again) = at.filter(|h| state[*h] == 1) {
            let element = &elements[again];
            reader.findings.lose("wbs_cycle", || reader.sheet.row(element.row).place("parent_wbs_id"), &element.number.to_string());
            parents[again] = None;
        }
        way.into_iter().for_each(|w| state[w] = 2);
    }
    parents
}

struct Rows<'p> {
    plan: &'p mut Plan,
    rows: Vec<RowAt>,
}

impl Rows<'_> {
    fn push(&mut self, row: RowAt, activity: Activity, label: Label, stored: Stored) -> ActivityIx {
        let place = ActivityIx(self.plan.activities.len() as u32);
        self.plan.activities.push(activity);
        self.plan.labels.push(label);
        self.plan.stored.push(stored);
        self.rows.push(row);
        place
    }

    fn push_task(&mut self, row: RowAt, draft: Draft, parent: Option<ActivityIx>) {
        let activity = Activity { parent, ..draft.activity };
        self.push(row, activity, draft.label, draft.stored);
    }

    fn push_element(&mut self, element: &Element, label: Label, parent: Option<ActivityIx>) -> ActivityIx {
        let mut activity = Activity::task(element.number, self.plan.options.calendar, Span::ZERO);
        activity.parent = parent;
        activity.kind = Kind::Summary;
        self.push(element.row, activity, label, Stored::default())
    }
}
