//! The Mapping tab's use cases. The client hands over the rows as they stand with each question; [`save`] is the
//! only part that keeps any, and [`test`] the only one that writes to Salesforce.
//!
//! To add a question: its types in `contract/mapping`, its function in the file of its subject here.

pub(crate) mod drift;
pub(crate) mod fields;
pub(crate) mod history;
mod last_test;
pub(crate) mod list_check;
pub(crate) mod preview;
pub(crate) mod proposals;
pub(crate) mod record;
mod rows;
mod sample;
pub(crate) mod save;
mod save_refusal;
mod saved;
pub(crate) mod test;
pub(crate) mod transfer;
pub(crate) mod versions;

pub(crate) use test::recovery;
pub use test::recovery::recover as recover_mapping_tests;
pub use transfer::{read_mapping_file, read_mapping_text};
pub(crate) use versions::current_mapping;
pub use versions::mapping_document;
