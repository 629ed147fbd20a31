//! What is known of a mapping's tests.

use model::Mapping;
use store::Read;

use crate::contract::mapping::Target;
use crate::contract::mapping::test::MappingTest;
use crate::fault::Fault;

/// The newest test of an object in the connected org, whatever its rows were.
#[expect(
    clippy::unnecessary_wraps,
    reason = "tests are kept in the workspace, which may be unreadable"
)]
pub(crate) fn last_test(_read: &Read<'_>, _object: Target) -> Result<Option<MappingTest>, Fault> {
    Ok(None)
}

/// Whether exactly these rows passed a test in the connected org.
#[expect(
    clippy::unnecessary_wraps,
    reason = "tests are kept in the workspace, which may be unreadable"
)]
pub(crate) fn passed_test(_read: &Read<'_>, _mapping: &Mapping) -> Result<bool, Fault> {
    Ok(false)
}
