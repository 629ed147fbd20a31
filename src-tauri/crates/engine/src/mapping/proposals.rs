//! Rows that names suggest.

use crate::Engine;
use crate::contract::mapping::fields::{ProposalQuery, Proposals};
use crate::fault::{Code, Fault};

/// `mapping.match`
pub(crate) async fn proposals(_engine: &Engine, _params: ProposalQuery) -> Result<Proposals, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}
