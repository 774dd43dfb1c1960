//! The table TASKPRED.
use super::cells::Reader;
use super::plans::{Index, Placed};
use super::sheet::{Row, RowAt};
use super::words::LINKS;
use lantu_schedule::{Lag, Link};

/// Sets the links into their plans. One that leads out of its project is noted with the successor's.
pub(super) fn read(reader: &mut Reader<'_>, plans: &mut [Placed], index: &Index) {
    let sheet = reader.sheet;
    let mut of_plan: Vec<Vec<(RowAt, i64, i64)>> = plans.iter().map(|_| vec![]).collect();
    for row in sheet.rows("TASKPRED") {
        let (Some(task), Some(before)) = (reader.id(&row, "task_id"), reader.id(&row, "pred_task_id")) else { continue };
        let plan = index.get(&task).or(index.get(&before)).map_or(0, |(plan, _)| *plan);
        of_plan[plan].push((row.at, before, task));
    }
    for (placed, rows) in plans.iter_mut().zip(of_plan) {
        for (at, before, task) in rows {
            if let Some(link) = link(reader, &sheet.row(at), index, (before, task)) {
                placed.links.push(at);
                placed.plan.links.push(link);
            }
        }
        placed.plan.losses.extend(reader.findings.take_losses());
    }
}

fn link(reader: &mut Reader<'_>, row: &Row<'_>, index: &Index, (before, task): (i64, i64)) -> Option<Link> {
    let (predecessor, successor) = match (index.get(&before), index.get(&task)) {
        (Some((p, predecessor)), Some((s, successor))) if p == s => (*predecessor, *successor),
        (Some(_), Some(_)) => {
            reader.findings.lose("link_to_other_project", || row.place("pred_task_id"), &before.to_string());
            return None;
        }
        (None, _) => {
            reader.findings.lose("link_to_missing_task", || row.place("pred_task_id"), &before.to_string());
            return None;
        }
        (_, None) => {
            reader.findings.lose("link_to_missing_task", || row.place("task_id"), &task.to_string());
            return None;
        }
    };
    let kind = reader.word(row, "pred_type", LINKS).unwrap_or_default();
    let lag = Lag::Work(reader.hours(row, "lag_hr_cnt").unwrap_or_default());
    Some(Link { predecessor, successor, kind, lag })
}
