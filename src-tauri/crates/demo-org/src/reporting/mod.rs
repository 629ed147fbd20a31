//! List views and reports: what they show, as metadata, and how that becomes a query.
//!
//! Never speaks HTTP (that is `api::list_views` and `api::reports`) and reads records only through SOQL. To add a list
//! view or a report: one entry in [`VIEWS`] or [`REPORTS`]; its record is made at the start.

mod boolean_filter;
mod cells;
mod columns;
mod metadata;
mod report_filter;
mod reports;
mod runs;
mod views;

pub use cells::{aggregate, cell, text};
pub use columns::{Column, ReportType};
pub use metadata::Metadata;
pub use report_filter::field_at;
pub use reports::{REPORTS, Report};
pub use runs::{Instance, Progress, ReportRuns, SYNC_RUNS_AN_HOUR};
pub use views::{Condition, VIEWS, View};

use crate::{
    clock,
    fault::ApiFault,
    records::Records,
    soql::{self, Plan},
    value::Key,
};

/// The records that a query selects, with its plan.
pub fn select(records: &Records, text: &str, user: u32) -> Result<(Plan, Vec<Key>), ApiFault> {
    let parsed = soql::parse(text, clock::now())?;
    let plan = soql::resolve(text, &parsed, records, user)?;
    let keys = soql::matching(records, &plan, false).iter().collect();
    Ok((plan, keys))
}

/// A SOQL literal of a text.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{}'", escaped.replace('\n', "\\n").replace('\r', "\\r"))
}
