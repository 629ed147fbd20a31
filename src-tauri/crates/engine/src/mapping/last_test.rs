//! What is known of a mapping's tests in the connected org.

use model::{Mapping, TargetObject};
use store::Read;

use super::test;
use crate::contract::mapping::Target;
use crate::contract::mapping::test::MappingTest;
use crate::fault::Fault;

/// The newest test of an object in the connected org, whatever its rows were.
pub(crate) fn last_test(read: &Read<'_>, object: Target) -> Result<Option<MappingTest>, Fault> {
    let object = TargetObject::from(object);
    match org_id(read, object)? {
        Some(org_id) => test::last_test(read, &org_id, object),
        None => Ok(None),
    }
}

/// Whether exactly these rows passed a test in the connected org.
pub(crate) fn passed_test(read: &Read<'_>, mapping: &Mapping) -> Result<bool, Fault> {
    match org_id(read, mapping.object)? {
        Some(org_id) => test::tested(read, &org_id, mapping),
        None => Ok(false),
    }
}

/// The connected org; a connection of the environment is not stored, but the fields that were read by it are.
fn org_id(read: &Read<'_>, object: TargetObject) -> Result<Option<String>, Fault> {
    if let Some(org) = read.org()? {
        return Ok(Some(org.org_id));
    }
    Ok(read.described(object)?.map(|described| described.org_id))
}
