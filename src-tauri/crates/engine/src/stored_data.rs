//! What is stored on this machine, and deleting it.

use crate::Engine;
use crate::contract::app::Nothing;
use crate::contract::stored_data::{DeleteStored, StoredData};
use crate::fault::Fault;

/// `stored_data.show`
pub(crate) async fn show(_engine: &Engine, _params: Nothing) -> Result<StoredData, Fault> {
    Err(Fault::unanswered())
}

/// `stored_data.delete`
pub(crate) async fn delete(_engine: &Engine, _params: DeleteStored) -> Result<StoredData, Fault> {
    Err(Fault::unanswered())
}
