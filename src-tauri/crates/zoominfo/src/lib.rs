//! Sources of ZoomInfo profiles. Today: CSV lists of every header generation that ZoomInfo has written.
//!
//! A source turns its own shapes into `model` profiles. This crate never writes a file, knows neither the database nor
//! Salesforce, and holds no more than one row of a list in memory.
//!
//! To add a spelling of a column: one line in `header/aliases.rs`. To add a column that ZoomInfo did not have before: a
//! field in `model::zoominfo_field`. To add another source, such as ZoomInfo's API: a folder of its own beside
//! `csv_file` that gives [`model::Profile`]s.

mod csv_file;
mod header;
mod import_error;
mod list_reader;
mod people_reader;
mod rows;
pub mod samples;

pub use csv_file::{Delimiter, Encoding};
pub use header::{Generation, MOST_COLUMNS};
pub use import_error::ImportError;
pub use list_reader::{ListDescription, ListReader};
pub use people_reader::{ListedPerson, PeopleFileError, PeopleReader, PeopleRow};
pub use rows::{ListRow, Refusal, RefusalRule, Row};
