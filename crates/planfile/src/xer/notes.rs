//! The tables TASKMEMO and MEMOTYPE: notebook entries of activities, in plain words.
use super::cells::Reader;
use super::patch::Cells;
use super::plans::{Index, Placed};
use crate::pmxml::notes::plain;
use crate::xml::escaped;

/// Entries are HTML; several of one activity stand below one another.
pub(super) fn read(reader: &mut Reader<'_>, plans: &mut [Placed], index: &Index) {
    let sheet = reader.sheet;
    for row in sheet.rows("TASKMEMO") {
        let place = reader.id(&row, "task_id").and_then(|uid| index.get(&uid));
        let (Some((plan, activity)), Some(memo)) = (place, row.text("task_memo")) else { continue };
        let placed = &mut plans[*plan];
        placed.notes.entry(activity.0).or_default().push(row.at);
        let text = plain(&memo);
        if text.is_empty() {
            continue;
        }
        let notes = placed.plan.stored[activity.at()].notes.get_or_insert_default();
        if !notes.is_empty() {
            notes.push('\n');
        }
        notes.push_str(&text);
    }
}

/// An entry, each line a paragraph.
pub(super) fn row(number: i64, topic: &str, (task, project): (i64, i64), text: &str) -> Cells {
    let paragraphs: String = text.lines().map(|line| format!("<p>{}</p>", escaped(line))).collect();
    vec![
        ("memo_id", number.to_string().into()),
        ("task_id", task.to_string().into()),
        ("memo_type_id", topic.to_owned().into()),
        ("proj_id", project.to_string().into()),
        ("task_memo", format!("<html><body>{paragraphs}</body></html>").into()),
    ]
}

/// The notebook that entries of other programs go into.
pub(super) fn topic(number: i64) -> Cells {
    let flags = [("eps_flag", "N"), ("proj_flag", "N"), ("wbs_flag", "N"), ("task_flag", "Y"), ("memo_type", "Notes")];
    let mut cells: Cells = vec![("memo_type_id", number.to_string().into()), ("seq_num", "0".into())];
    cells.extend(flags.map(|(column, value)| (column, value.into())));
    cells
}
