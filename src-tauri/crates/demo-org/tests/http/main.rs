//! The demo org as a client meets it, by HTTP: one file a family.
#![allow(clippy::expect_used, reason = "a test says what it relies on")]

mod bulk_query;
mod caller;
mod campaigns;
mod changed_fields;
mod composite;
mod conditional;
mod control;
mod describing;
mod duplicates;
mod ingest;
mod list_views;
mod native_app;
mod oauth_grants;
mod org;
mod permissions;
mod record_rules;
mod reports;
mod rotation;
mod soql;
mod staff;
mod tls;
mod triggers;
mod trouble;
mod troubled;
mod validation;
