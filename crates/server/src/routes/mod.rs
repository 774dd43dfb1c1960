//! The routes of `/api/v1`, by noun; each handler parses, calls one use case, answers.
pub mod admin;
pub mod attachment;
pub mod changes;
pub mod events;
pub mod formalities;
pub mod imports;
pub mod overview;
pub mod patterns;
pub mod project;
pub mod register;
pub mod session;
pub mod setup;
pub mod upload;
pub mod views;
pub mod work;

use crate::state::House;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouterExt},
    routes,
};

pub fn all() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .merge(people())
        .merge(projects())
        .merge(acts())
        .merge(plans())
        .merge(files())
        .merge(permits())
        .merge(queues())
        .merge(import())
        .merge(office())
}

fn people() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::show_session, session::sign_out))
        .routes(routes!(setup::show_setup, setup::set_up))
        .routes(routes!(register::show_pack))
        .routes(routes!(views::list_views, views::save_view))
        .routes(routes!(views::delete_view))
}

fn projects() -> OpenApiRouter<House> {
    use project::{export, read, write};
    OpenApiRouter::new()
        .routes(routes!(overview::show_overview))
        .routes(routes!(overview::forecast_status))
        .routes(routes!(read::list_projects, write::create_project))
        .routes(routes!(read::count_projects))
        .routes(routes!(read::facet_projects))
        .routes(routes!(export::export_projects))
        .routes(routes!(export::export_projects_csv))
        .routes(routes!(read::show_project, write::edit_project))
        .routes(routes!(read::show_journal))
        .routes(routes!(write::edit_projects))
        .routes(routes!(write::undo_transaction))
        .routes(routes!(changes::list_changes))
        .routes(routes!(changes::mark_visit))
        .routes(routes!(events::watch_events))
}

fn acts() -> OpenApiRouter<House> {
    use project::acts;
    OpenApiRouter::new()
        .routes(routes!(acts::move_stage))
        .routes(routes!(acts::correct_stage))
        .routes(routes!(acts::report_progress))
        .routes(routes!(acts::change_status))
        .routes(routes!(acts::rename_project))
        .routes(routes!(acts::change_owner))
        .routes(routes!(acts::set_code))
        .routes(routes!(acts::set_membership))
        .routes(routes!(acts::record_formality))
        .routes(routes!(acts::act_on_formality))
        .routes(routes!(acts::assign_responsibility))
        .routes(routes!(acts::split_project))
        .routes(routes!(acts::merge_projects))
}

fn files() -> OpenApiRouter<House> {
    use project::{evidence, plan_files};
    let kept = routes!(evidence::list_evidence, evidence::add_evidence).layer(DefaultBodyLimit::max(UPLOAD_DRAINED));
    OpenApiRouter::new()
        .routes(kept)
        .routes(routes!(evidence::read_evidence, evidence::remove_evidence))
        .routes(routes!(plan_files::receive_plan_file).layer(DefaultBodyLimit::max(UPLOAD_DRAINED)))
        .routes(routes!(plan_files::list_plan_file_rows, plan_files::remove_plan_file))
        .routes(routes!(plan_files::show_plan_file))
        .routes(routes!(plan_files::export_plan_file))
        .routes(routes!(plan_files::list_plan_file_losses))
        .routes(routes!(plan_files::tie_plan_file))
        .routes(routes!(plan_files::suggest_plan_file_ties))
        .routes(routes!(plan_files::show_beside))
        .routes(routes!(plan_files::export_own_plan))
}

fn plans() -> OpenApiRouter<House> {
    use project::{plan, presence};
    OpenApiRouter::new()
        .routes(routes!(presence::tell_presence, presence::leave_map))
        .routes(routes!(plan::show_plan))
        .routes(routes!(plan::apply_pattern))
        .routes(routes!(plan::edit_plan))
        .routes(routes!(plan::set_baseline))
        .routes(routes!(plan::show_difference))
        .routes(routes!(plan::take_difference))
        .routes(routes!(plan::show_why))
}

fn permits() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(formalities::show_matrix, formalities::record_cells))
        .routes(routes!(formalities::sum_matrix))
        .routes(routes!(formalities::export_permits))
        .routes(routes!(formalities::export_permits_csv))
}

fn queues() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(work::show_work, work::act_on_work))
        .routes(routes!(work::count_work))
        .routes(routes!(work::export_work))
}

fn import() -> OpenApiRouter<House> {
    // A file's own limit is kept while it is read; this one only ends what no browser would send.
    let upload = routes!(imports::start_import).layer(DefaultBodyLimit::max(UPLOAD_DRAINED));
    OpenApiRouter::new()
        .routes(upload)
        .routes(routes!(imports::list_imports))
        .routes(routes!(imports::show_import, imports::cancel_import))
        .routes(routes!(imports::set_mapping))
        .routes(routes!(imports::list_import_rows))
        .routes(routes!(imports::commit_import))
        .routes(routes!(imports::export_import_problems))
}

const UPLOAD_DRAINED: usize = 512 << 20;

fn office() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(admin::list_users, admin::add_user))
        .routes(routes!(admin::change_user))
        .routes(routes!(admin::reset_password))
        .routes(routes!(admin::list_orgs, admin::add_org))
        .routes(routes!(admin::change_org))
        .routes(routes!(admin::list_packs))
        .routes(routes!(admin::put_pack_in_force))
        .routes(routes!(patterns::list_patterns))
        .routes(routes!(patterns::check_pattern))
        .routes(routes!(patterns::put_pattern_in_force))
        .routes(routes!(patterns::show_pattern))
        .routes(routes!(patterns::download_pattern))
        .routes(routes!(admin::verify_books))
}
