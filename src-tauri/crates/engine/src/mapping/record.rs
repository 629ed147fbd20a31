//! The org's record that a sample would update.

use crate::Engine;
use crate::contract::mapping::preview::{ExistingRecord, RecordQuery};
use crate::fault::{Code, Fault};

/// `mapping.find_record`
pub(crate) async fn find(_engine: &Engine, _params: RecordQuery) -> Result<Option<ExistingRecord>, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}
