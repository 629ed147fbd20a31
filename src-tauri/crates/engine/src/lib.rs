//! The use cases: connect an org, import lists, show the mapping, plan and send an export, read its ledger.
//!
//! This is the only crate that joins the others, and it knows neither a window nor a terminal: both ask through
//! [`contract`] and give what they have of the machine as a [`Host`]. What a person reads of an error is written
//! in [`fault`] and nowhere else.
//!
//! To add a use case: its call in `contract`, one file here named after it.

mod api_budget;
mod audit;
mod bulk_scan;
mod cells;
mod closing;
mod connect;
pub mod contract;
mod core;
mod describe;
mod doctor;
mod export_settings;
mod exports_switch;
mod fault;
mod host;
mod import;
mod integration;
mod ledger_file;
mod ledger_line;
mod listing;
mod look_back;
mod mapping;
mod neighbours;
mod people;
mod planning;
mod planning_teller;
mod records_by_id;
mod role;
mod run_view;
mod runs;
mod sending;
mod stored_data;
mod support_bundle;
mod token_home;
mod token_store;
mod undo;
mod user_mapping;
mod workspace;
mod workspaces;

pub use crate::core::{Engine, EngineOptions, ReadyConnection};
pub use contract::app::TokenHome;
pub use contract::event::Event;
pub use doctor::save_permission_set_to;
pub use fault::{Code, Fault};
pub use futures_util::future::BoxFuture;
pub use host::{DemoOrgAddress, FileKind, HomeChoice, Host, TokenVault, VaultError};
pub use import::{drop_chunk, free_list_name, open_path};
pub use ledger_file::save_ledger_to;
pub use mapping::{mapping_document, read_mapping_file, read_mapping_text, recover_mapping_tests};
pub use people::open_people_file;
pub use salesforce::Pace;
pub use support_bundle::save_support_bundle_to;
pub use workspace::{LOG_FOLDER, default_workspace};
