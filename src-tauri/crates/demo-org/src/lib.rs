//! A Salesforce-shaped server on a loopback port, with made-up data: for trying the app, and for testing it.
//!
//! Its contract is Salesforce's documents, and other people's clients are its judges. It shares no type and no code with
//! the `salesforce` crate, never listens beyond 127.0.0.1, and never keeps anything once it stops.
//!
//! What lies where: `schema` (objects and fields), `access` (who may do what), `records` (the data and its rules), `seed`
//! (the made-up data), `soql` (queries), `bulk` (jobs), `reporting` (list views and reports), `api` (the data API),
//! `oauth` (login and tokens), `pages` (a page for each record), `trouble` (what goes wrong on purpose, written down),
//! `control` (what tests use). To add an API family: one file in `api`, one line in its `routes`.
#![recursion_limit = "256"]

mod access;
mod api;
mod bulk;
mod clock;
mod connection;
mod control;
mod fault;
mod html;
mod id;
mod loopback;
mod oauth;
mod options;
mod org;
mod pages;
mod records;
mod reporting;
mod schema;
mod seed;
mod server;
mod soql;
mod tls;
pub mod trouble;
mod value;

pub use control::{RecordedCall, TroubleReport, TroubleState};
pub use oauth::JwtKeyError;
pub use options::{DuplicateAction, Options};
pub use server::{Announcement, DemoOrg, StartError};
pub use tls::TlsError;
pub use trouble::{Trouble, TroubleError};
