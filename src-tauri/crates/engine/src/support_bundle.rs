//! A bundle of what helps to find a fault, with every value hashed.

use crate::Engine;
use crate::contract::app::Nothing;
use crate::contract::lists::SavedFile;
use crate::contract::stored_data::SupportBundle;
use crate::fault::Fault;

/// `support.preview`
pub(crate) async fn preview(_engine: &Engine, _params: Nothing) -> Result<SupportBundle, Fault> {
    Err(Fault::unanswered())
}

/// `support.save`
pub(crate) async fn save(_engine: &Engine, _params: Nothing) -> Result<Option<SavedFile>, Fault> {
    Err(Fault::unanswered())
}
