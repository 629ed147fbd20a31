//! What sources and targets there are to choose from.

use crate::Engine;
use crate::contract::mapping::ObjectQuery;
use crate::contract::mapping::fields::{LookupFields, LookupQuery, MappingFields};
use crate::fault::{Code, Fault};

/// `mapping.fields`
pub(crate) async fn fields(_engine: &Engine, _params: ObjectQuery) -> Result<MappingFields, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}

/// `mapping.lookup_fields`
pub(crate) async fn lookup_fields(_engine: &Engine, _params: LookupQuery) -> Result<LookupFields, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}
