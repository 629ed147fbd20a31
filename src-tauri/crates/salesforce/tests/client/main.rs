//! The client against small servers written from Salesforce's documents, through its public door.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test's own preparations may stop it"
)]

mod bulk_ingest;
mod bulk_query;
mod bulk_query_download;
mod bulk_query_resume;
mod changes;
mod collections;
mod composite;
mod compression;
mod errors;
mod ingest_csv;
mod list_views;
mod login;
mod login_refused;
mod permissions_and_rules;
mod query;
mod records;
mod recovery;
mod refresh;
mod reports;
mod retry;
mod secrets;
mod sent_rows;
mod server_login;
mod session_faces;
mod soql;
mod support;
