//! Writing a preview: everything that it said, in one transaction, or nothing.
use super::{
    FileOptions, ImportDone, ImportStatus,
    judge::{JudgedRow, NamedDuty},
    prepare::{MappingDoc, Prepared, prepare, prepare_upload},
    settings::{KeptMapping, Settings},
    show::{report, settings_for},
    to_json,
    view::{PreviewReport, RowOutcome},
};
use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
    unit::Unit,
};
use lantu_model::{Change, Problem, Project, ProjectId, Responsibility, Scope};
use lantu_store::{Committed, Idempotency, StreamKind, Upload};

/// Commits a kept file. `expect_rows` is what the person saw that it would write: if the register has moved since,
/// nothing is written and the new preview is to be looked at.
pub async fn commit_import(desk: &Desk, ask: Ask<'_>, id: &str, expect_rows: usize) -> Result<ImportDone> {
    ask.require(Right::Import)?;
    let upload = super::open_upload(desk, ask, id).await?;
    // Two people committing one import, or one whose answer was lost: the second is given the first one's answer.
    let once = Idempotency { key: format!("import:{id}"), request: Some(id.to_owned()) };
    if let Some(first) = desk.store.earlier(ask.office(), &once).await? {
        let done = done_in(desk, ask, first.feed).await?;
        note_committed(desk, ask, &upload, super::settings_of(&upload), done.feed).await;
        return Ok(done);
    }
    let (upload, mut settings, prepared) = prepare_upload(desk, ask, id).await?;
    let counts = prepared.judged.counts;
    if counts.adds + counts.changes != expect_rows {
        return Err(AppError::refuse(Problem::block("import_changed")));
    }
    let feed = if expect_rows == 0 { None } else { Some(write(desk, ask, &prepared, &upload.name, Some(once)).await?.feed) };
    let classified = prepared.judged.is_classified();
    settings.counts = classified.then_some(counts);
    note_committed(desk, ask, &upload, settings, feed).await;
    if classified {
        // The system is not cleared for such rows: their file is not kept a moment longer than it is needed.
        desk.store.delete_upload_bytes(ask.office(), id).await?;
    }
    Ok(ImportDone { feed, adds: counts.adds, changes: counts.changes })
}

/// Notes that a file is committed. The journal has it whether or not the note succeeds; the next asker would note it again.
async fn note_committed(desk: &Desk, ask: Ask<'_>, upload: &Upload, mut settings: Settings, feed: Option<u64>) {
    settings.status = ImportStatus::Committed;
    settings.committed_feed = feed;
    let noted = desk.store.set_upload_state(ask.office(), &upload.id, upload.version, "committed", &to_json(&settings)).await;
    if let Err(e) = noted {
        tracing::warn!(import = upload.id, error = %e, "committed, but not noted at the file");
    }
    desk.previews.forget(&upload.id);
}

/// What an earlier commit of the same file wrote.
async fn done_in(desk: &Desk, ask: Ask<'_>, feed: u64) -> Result<ImportDone> {
    let whole = Scope::whole(ask.office());
    let touched = desk.store.transaction(&whole, feed).await?.map(|t| t.touched).unwrap_or_default();
    let projects = || touched.iter().filter(|t| t.stream.kind == StreamKind::Project);
    let adds = projects().filter(|t| t.before.is_none()).count();
    Ok(ImportDone { feed: Some(feed), adds, changes: projects().count() - adds })
}

/// Imports a file from the command line: preview and commit in one.
pub async fn commit_file(
    desk: &Desk,
    ask: Ask<'_>,
    name: &str,
    bytes: Vec<u8>,
    options: &FileOptions,
) -> Result<(PreviewReport, Option<u64>)> {
    ask.require(Right::Import)?;
    let books = desk.books(ask.office()).await?;
    let prepared = prepare(desk, ask, name, bytes, &settings_for(options)).await?;
    let said = report(&prepared, ask.lang, &books);
    let feed = if said.adds + said.changes > 0 { Some(write(desk, ask, &prepared, name, None).await?.feed) } else { None };
    Ok((said, feed))
}

async fn write(desk: &Desk, ask: Ask<'_>, prepared: &Prepared, file: &str, once: Option<Idempotency>) -> Result<Committed> {
    let mut unit = Unit::open(desk, ask).await?;
    unit.matched_at = Some(prepared.judged.feed);
    let known: Vec<ProjectId> = prepared.judged.rows.iter().filter(|r| r.seq > 0).filter_map(|r| r.after.as_ref()).map(|p| p.id).collect();
    unit.load(&known).await?;
    for row in &prepared.judged.rows {
        write_row(&mut unit, row, file).await?;
    }
    remember_mapping(&mut unit, prepared).await?;
    unit.commit("import_list", once).await
}

async fn write_row(unit: &mut Unit<'_>, row: &JudgedRow, file: &str) -> Result<()> {
    let Some(after) = row.after.clone() else { return Ok(()) };
    let (mut project, act) = match row.outcome {
        RowOutcome::Add => (Project { id: ProjectId::new((unit.ask.ids)()), ..after }, "create_by_import"),
        RowOutcome::Change => {
            // Holds the unit to the version that the preview was made from.
            unit.project_at(after.id, row.seq).await?;
            (after, "change_by_import")
        }
        RowOutcome::Unchanged | RowOutcome::Blocked => return Ok(()),
    };
    let from = (row.outcome == RowOutcome::Change).then_some(unit.ask.moment.day);
    for duty in &row.duties {
        project = give_duty(unit, project, duty, from).await?;
    }
    unit.put_project(project, Change::new(act).because(file))
}

async fn give_duty(unit: &mut Unit<'_>, project: Project, duty: &NamedDuty, from: Option<jiff::civil::Date>) -> Result<Project> {
    let org = match &duty.org {
        Some(name) => Some(unit.org_named(name).await?.0),
        None => None,
    };
    let person = match &duty.person {
        Some(name) => Some(unit.person_named(name, org).await?),
        None => None,
    };
    Ok(project.assign(Responsibility { role: duty.role, person, org, from, to: None }, "")?.0)
}

/// The next sheet with these headings is read the same way.
async fn remember_mapping(unit: &mut Unit<'_>, prepared: &Prepared) -> Result<()> {
    let reading = &prepared.reading;
    let kept = KeptMapping {
        mapping: reading.mapping.clone(),
        list_kind: reading.list.as_ref().map(|l| l.kind.clone()),
        titled: reading.titled.clone(),
        stage_default: reading.stage_default,
    };
    let id = crate::import_list::prepare::fingerprint_id(&reading.mapping.fingerprint);
    let seq = unit.doc::<MappingDoc>(StreamKind::Mapping, &id).await?.map_or(0, |d| d.seq);
    unit.put_doc(StreamKind::Mapping, &id, seq, &MappingDoc { text: to_json(&kept) }, Change::new("remember_mapping"))
}
