//! What rows do to a whole list, in the background.

use crate::Engine;
use crate::contract::mapping::check::{ListCheck, ListCheckQuery};
use crate::fault::{Code, Fault};

/// `mapping.check_list`
pub(crate) async fn check(_engine: &Engine, _params: ListCheckQuery) -> Result<ListCheck, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}
