//! The Mapping tab's use cases. The client hands over the rows as they stand with each question; [`versions`] is the
//! only part that keeps any, and [`test`] the only one that writes to Salesforce.
//!
//! To add a question: its types in `contract/mapping`, its function in the file of its subject here.

pub(crate) mod fields;
pub(crate) mod list_check;
pub(crate) mod preview;
pub(crate) mod proposals;
pub(crate) mod record;
mod rows;
mod sample;
pub(crate) mod test;
pub(crate) mod transfer;
pub(crate) mod versions;

pub(crate) use versions::current_mapping;
pub use versions::mapping_document;
