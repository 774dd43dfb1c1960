//! Use cases, one file each, in the words of the office. They carry permission and scope, run in preview and in
//! commit through the same code, and leave a journal entry with every change.
pub mod act_on_formality;
pub mod act_on_work;
pub mod assign_responsibility;
pub mod change_owner;
pub mod change_project;
pub mod change_status;
pub mod create_project;
pub mod desk;
mod desks;
pub mod edit_projects;
pub mod error;
pub mod evidence;
pub mod export_list;
pub mod export_matrix;
pub mod export_work;
mod forecast;
pub mod import_list;
pub mod list_projects;
pub mod manage_orgs;
pub mod manage_packs;
pub mod manage_users;
pub mod move_stage;
mod movers;
pub mod password;
pub mod patterns;
pub mod permission;
pub mod plan;
pub mod plan_files;
pub mod plan_within;
pub mod presence;
pub mod record_cells;
pub mod record_formality;
pub mod refresh_forecasts;
pub mod rename_project;
pub mod report_progress;
pub mod saved_views;
pub mod set_code;
pub mod set_membership;
pub mod set_up;
pub mod show_journal;
pub mod show_matrix;
pub mod show_overview;
pub mod show_project;
pub mod show_work;
pub mod sign_in;
pub mod split_project;
pub mod undo;
pub mod unit;
pub mod verify_books;
pub mod view;

pub use change_project::{At, Mode, Outcome};
pub use desk::{Ask, Books, Desk, Office, Org, Person, Signed};
pub use error::{AppError, Result};
/// The store's words that callers of use cases speak too.
pub use lantu_store::{
    AsOf, DateRange, Due, DueAsk, Facet, Filter, Idempotency, Moment, OpenOptions, PageAsk, Session, Shelf, Sort, SortKey, StaleStream,
    Store, StoreError,
};
pub use permission::{Right, UserRole};
pub use unit::Unit;
