//! 导入清单: an office's own sheet becomes a portfolio. Preview, then commit: all of it or nothing.
//!
//! A file is kept with what has been settled about it, so that it can be left and resumed anywhere. Every look at it
//! reads and judges it anew against the register of that moment, through the same code that commits it.
mod commit;
mod draft_project;
mod judge;
mod likely_place;
mod matching;
mod prepare;
mod reading;
mod references;
mod settings;
mod show;
pub mod view;

pub(crate) use draft_project::merged as merged_formality;

pub use commit::{commit_file, commit_import};
pub use likely_place::likely_place;
pub use prepare::Previews;
pub use show::{PROBLEMS_SHOWN, import_rows, preview_file, problem_sheet, show_import};
pub use view::{
    CellFinding, ColumnChoice, ColumnView, Counts, ImportDone, ImportLine, ImportRow, ImportRows, ImportState, ImportStatus, MappingChoice,
    PreviewReport, RowOutcome, RowRun,
};

use crate::{
    AppError,
    desk::{Ask, Desk},
    error::Result,
    permission::Right,
};
use lantu_model::{ListKey, Problem};
use lantu_store::{NewUpload, Upload};
use settings::Settings;

/// What the command line settles beforehand.
#[derive(Clone, Debug, Default)]
pub struct FileOptions {
    pub list: Option<ListKey>,
    pub year: Option<i16>,
}

/// Takes a file in, if it is a table at all, and shows its preview.
pub async fn start_import(desk: &Desk, ask: Ask<'_>, name: &str, bytes: Vec<u8>) -> Result<ImportState> {
    ask.require(Right::Import)?;
    let user = ask.signed.user.ok_or(AppError::Forbidden(Right::Import))?;
    let settings = Settings { by: ask.signed.label.clone(), created: ask.moment.at.to_string(), ..Settings::default() };
    // What cannot be read is refused before it is kept.
    let prepared = prepare::prepare(desk, ask, name, bytes.clone(), &settings).await?;
    let id = (ask.ids)().to_string();
    let upload = NewUpload {
        id: id.clone(),
        user,
        name: name.to_owned(),
        bytes,
        at: ask.moment.at,
        state: "open".into(),
        state_json: to_json(&settings),
    };
    desk.store.put_upload(ask.office(), upload).await?;
    desk.previews.keep(ask, &id, FIRST_VERSION, prepared);
    show_import(desk, ask, &id).await
}

/// The version at which the store keeps a new file's state.
const FIRST_VERSION: u64 = 1;

/// The office's imports, newest first: a colleague may go on with one.
pub async fn list_imports(desk: &Desk, ask: Ask<'_>) -> Result<Vec<ImportLine>> {
    ask.require(Right::Import)?;
    let uploads = desk.store.uploads(ask.office(), None).await?;
    Ok(uploads.into_iter().filter(|u| u.state != "cancelled").map(line).collect())
}

fn line(upload: Upload) -> ImportLine {
    let settings = settings_of(&upload);
    ImportLine {
        id: upload.id,
        file: upload.name,
        size: upload.size,
        created: settings.created,
        by: settings.by,
        state: settings.status,
        committed_feed: settings.committed_feed,
    }
}

/// Settles sheet, heading rows, columns, list and year.
pub async fn set_mapping(desk: &Desk, ask: Ask<'_>, id: &str, choice: MappingChoice) -> Result<ImportState> {
    ask.require(Right::Import)?;
    let upload = open_upload(desk, ask, id).await?;
    let mut settings = settings_of(&upload);
    let other_table = choice.sheet != settings.sheet && choice.sheet.is_some();
    settings.sheet = choice.sheet.or(settings.sheet);
    settings.header_rows = choice.header_rows.map(|(first, last)| ((first.max(1) - 1) as usize, (last.max(first).max(1) - 1) as usize));
    settings.year = choice.year.or(settings.year);
    settings.stage_default = choice.stage_default;
    settings.no_list = choice.no_list;
    settings.list = choice.list.clone();
    settings.choice = if other_table { None } else { Some(choice) };
    let kept = desk.store.set_upload_state(ask.office(), id, upload.version, "open", &to_json(&settings)).await?;
    if !kept {
        return Err(AppError::refuse(Problem::block("stale")));
    }
    show_import(desk, ask, id).await
}

/// Drops a file that has not been committed; nothing else remembers it.
pub async fn cancel_import(desk: &Desk, ask: Ask<'_>, id: &str) -> Result<()> {
    ask.require(Right::Import)?;
    open_upload(desk, ask, id).await?;
    desk.store.delete_upload(ask.office(), id).await?;
    Ok(())
}

async fn find_upload(desk: &Desk, ask: Ask<'_>, id: &str) -> Result<Upload> {
    desk.store.upload(ask.office(), id).await?.ok_or(AppError::NotFound)
}

async fn open_upload(desk: &Desk, ask: Ask<'_>, id: &str) -> Result<Upload> {
    let upload = find_upload(desk, ask, id).await?;
    if settings_of(&upload).status == ImportStatus::Committed {
        return Err(AppError::refuse(Problem::block("import_committed")));
    }
    Ok(upload)
}

fn settings_of(upload: &Upload) -> Settings {
    serde_json::from_str(&upload.state_json).unwrap_or_default()
}

fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
