//! Saved mappings: the newest one, saving, the history, what differs, going back.

use model::{Mapping, MappingDocument, TargetObject, default_mapping};
use serde_json::Value;

use super::rows::rows_of;
use crate::Engine;
use crate::connect::{client, require_org};
use crate::contract::mapping::versions::{
    CompareVersions, EditableRows, MappingDifference, MappingHistory, SaveAnswer, SaveMapping, SavedMapping,
    VersionQuery,
};
use crate::contract::mapping::{ObjectQuery, Target};
use crate::describe;
use crate::fault::{Code, Fault};

/// `mapping.show`
pub(crate) async fn show(engine: &Engine, params: ObjectQuery) -> Result<SavedMapping, Fault> {
    let object = TargetObject::from(params.object);
    engine
        .read(move |read| {
            let saved = read.mapping(object)?;
            let described = read.describe(object)?;
            let (version, saved_at, saved_by, mapping) = match saved {
                Some(saved) => (saved.version, saved.saved_at, saved.saved_by, saved.mapping),
                None => (
                    0,
                    String::new(),
                    String::new(),
                    default_mapping(object, described.as_ref()),
                ),
            };
            Ok(SavedMapping {
                object: params.object,
                version,
                saved_at,
                saved_by,
                note: String::new(),
                rows: rows_of(mapping),
                native_app: None,
                drift: Vec::new(),
                last_test: None,
                may_edit: true,
                may_edit_sentence: String::new(),
            })
        })
        .await
}

/// `mapping.save`
pub(crate) async fn save(_engine: &Engine, _params: SaveMapping) -> Result<SaveAnswer, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}

/// `mapping.history`
pub(crate) async fn history(_engine: &Engine, _params: ObjectQuery) -> Result<MappingHistory, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}

/// `mapping.compare`
pub(crate) async fn compare(_engine: &Engine, _params: CompareVersions) -> Result<MappingDifference, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}

/// `mapping.restore`
pub(crate) async fn restore(_engine: &Engine, _params: VersionQuery) -> Result<SavedMapping, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}

/// `mapping.defaults`
pub(crate) async fn defaults(_engine: &Engine, _params: ObjectQuery) -> Result<EditableRows, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}

/// `mapping.refresh`
pub(crate) async fn refresh(_engine: &Engine, _params: ObjectQuery) -> Result<SavedMapping, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}

/// The mapping of a target as the document that people read and edit. A workspace that has none yet asks the
/// connected org for its fields first, because the default mapping is made to fit them.
///
/// # Errors
/// When the target is unknown, or there is neither a mapping nor a connection.
pub async fn mapping_document(engine: &Engine, target: &str) -> Result<Value, Fault> {
    let target: Target = serde_json::from_value(Value::String(target.to_owned()))
        .map_err(|_| Fault::new(Code::Invalid, "The object is one of account, contact, lead."))?;
    let object = TargetObject::from(target);
    let mapping = match current_mapping(engine, object).await {
        Ok((_, mapping)) => mapping,
        // Before the first connection the default mapping is shown as it is for a plain org.
        Err(fault) if fault.code == Code::NotConnected => default_mapping(object, None),
        Err(fault) => return Err(fault),
    };
    serde_json::to_value(MappingDocument::of(&mapping)).map_err(|error| Fault::internal(&error))
}

/// The newest mapping of a target with its version; the default one is made and saved when there is none.
pub(crate) async fn current_mapping(engine: &Engine, object: TargetObject) -> Result<(u32, Mapping), Fault> {
    if let Some(saved) = engine.read(move |read| Ok(read.mapping(object)?)).await? {
        return Ok((saved.version, saved.mapping));
    }
    let client = client(engine).await?;
    let org = require_org(engine).await?;
    let described = describe::fetch(&client, object).await?;
    engine
        .write(move |write| {
            describe::save(write, &org.org_id, &org.connected_by, &[(object, described)])?;
            let saved = write
                .mapping(object)?
                .ok_or_else(|| Fault::internal(&"the default mapping was not saved"))?;
            Ok((saved.version, saved.mapping))
        })
        .await
}
