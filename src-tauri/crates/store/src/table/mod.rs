//! One file a table: its row types, what can be read, what can be written.

pub(crate) mod api_use;
pub(crate) mod candidate;
pub(crate) mod company;
pub(crate) mod describe;
pub(crate) mod difference;
pub(crate) mod export_setting;
pub(crate) mod integration;
pub(crate) mod job;
pub(crate) mod line;
pub(crate) mod list;
pub(crate) mod mapping;
pub(crate) mod mapping_basis;
pub(crate) mod mapping_test;
pub(crate) mod member;
pub(crate) mod mirror;
pub(crate) mod mirror_key;
pub(crate) mod org;
pub(crate) mod person;
pub(crate) mod planned_line;
pub(crate) mod profile;
pub(crate) mod question;
pub(crate) mod run;
pub(crate) mod run_fault;
pub(crate) mod sent_line;
pub(crate) mod undo_line;
pub(crate) mod user_mapping;
