//! Mappings as files.

use crate::Engine;
use crate::contract::lists::SavedFile;
use crate::contract::mapping::ObjectQuery;
use crate::contract::mapping::versions::{EditableRows, RowsOfObject};
use crate::fault::{Code, Fault};

/// `mapping.save_file`
pub(crate) async fn save_file(_engine: &Engine, _params: RowsOfObject) -> Result<Option<SavedFile>, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}

/// `mapping.open_file`
pub(crate) async fn open_file(_engine: &Engine, _params: ObjectQuery) -> Result<Option<EditableRows>, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}
