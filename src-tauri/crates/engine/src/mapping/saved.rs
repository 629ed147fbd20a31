//! The saved mapping as the tab opens with it.

use model::mapping::has_native_app;
use model::{Act, TargetDescribe, default_mapping};
use store::Read;

use super::drift::drift_of;
use super::last_test::last_test;
use super::rows::rows_of;
use crate::contract::mapping::Target;
use crate::contract::mapping::versions::SavedMapping;
use crate::fault::Fault;
use crate::role;

/// The newest version with what is known about it; the default mapping as version 0 when none was saved.
pub(crate) fn saved_mapping(read: &Read<'_>, object: Target) -> Result<SavedMapping, Fault> {
    let model_object = object.into();
    let described = read.describe(model_object)?;
    let refusal = role::refusal(read, Act::ChangeMapping)?;
    let unsaved = SavedMapping {
        object,
        version: 0,
        saved_at: String::new(),
        saved_by: String::new(),
        note: String::new(),
        rows: Vec::new(),
        native_app: described.as_ref().and_then(native_app),
        drift: Vec::new(),
        last_test: last_test(read, object)?,
        may_edit: refusal.is_none(),
        may_edit_sentence: refusal.unwrap_or_default(),
    };
    let Some(saved) = read.mapping(model_object)? else {
        return Ok(SavedMapping {
            rows: rows_of(default_mapping(model_object, described.as_ref())),
            ..unsaved
        });
    };
    let drift = drift_of(read, &saved.mapping)?;
    Ok(SavedMapping {
        version: saved.version,
        saved_at: saved.saved_at,
        saved_by: saved.saved_by,
        note: saved.note,
        rows: rows_of(saved.mapping),
        drift: drift.into_iter().map(Into::into).collect(),
        ..unsaved
    })
}

/// Version of the native app. Its fields tell that it is installed; which version it is, only the Tooling API knows.
fn native_app(describe: &TargetDescribe) -> Option<String> {
    has_native_app(describe).then(|| "installed".to_owned())
}
