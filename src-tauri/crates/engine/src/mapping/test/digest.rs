//! Whether exactly these rows were tested in this org.

use model::{Mapping, values_digest};
use store::{MappingTestState, Read};

use crate::fault::Fault;

/// Whether exactly these rows passed a test in this org; a later test of the same rows counts more than an earlier one.
pub(crate) fn tested(read: &Read<'_>, org_id: &str, mapping: &Mapping) -> Result<bool, Fault> {
    let digest = digest(org_id, mapping)?;
    Ok(read.mapping_test_by_digest(&digest)? == Some(MappingTestState::Passed))
}

/// The digest of rows in an org.
pub(super) fn digest(org_id: &str, mapping: &Mapping) -> Result<[u8; 32], Fault> {
    let rows = serde_json::to_string(mapping).map_err(|error| Fault::internal(&error))?;
    Ok(values_digest(&[org_id, &rows]))
}
