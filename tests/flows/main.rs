//! What people do, end to end, through the engine: no window, but everything else is real.
//!
//! One file a flow. A flow asserts what a person would see, and what the demo org then holds; never how the
//! engine got there.

mod accounts_of_contacts;
mod api_calls;
mod assignment;
mod audit;
mod bad_lists;
mod budget;
mod campaigns;
mod changed_meanwhile;
mod changing_users;
mod closed_jobs;
mod closing;
mod connecting;
mod contract_types;
mod doctor;
mod documents;
mod every_change_is_told;
mod every_trouble;
mod exporting;
mod given_connection;
mod importing;
mod integration_user;
mod interrupted;
mod kept_results;
mod ledger_files;
mod locked;
mod mapping_conversions;
mod mapping_drift;
mod mapping_files;
mod mapping_lists;
mod mapping_lookups;
mod mapping_preview;
mod mapping_test;
mod mapping_versions;
mod master_toggle;
mod mirror;
mod own_users;
mod owners;
mod people;
mod permissions_lost;
mod planning;
mod policy;
mod retrying;
mod runs_list;
mod sending;
mod settings;
mod stored_data;
mod token_homes;
mod undoing;
mod undoing_accounts;
mod undoing_values;
mod user_mapping;
mod workspaces;
