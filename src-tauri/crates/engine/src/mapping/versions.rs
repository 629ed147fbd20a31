//! The saved mapping of an object, its defaults, and the org's fields read anew.

use model::{Mapping, MappingDocument, TargetObject, default_mapping};
use serde_json::Value;

use super::rows::rows_of;
use super::save::require_version;
use super::saved::saved_mapping;
use crate::Engine;
use crate::connect::{client, note_fault, note_usage, require_org};
use crate::contract::mapping::versions::{EditableRows, SavedMapping};
use crate::contract::mapping::{ObjectQuery, Target};
use crate::describe;
use crate::fault::{Code, Fault};

/// `mapping.show`
pub(crate) async fn show(engine: &Engine, params: ObjectQuery) -> Result<SavedMapping, Fault> {
    engine.read(move |read| saved_mapping(read, params.object)).await
}

/// `mapping.defaults`
pub(crate) async fn defaults(engine: &Engine, params: ObjectQuery) -> Result<EditableRows, Fault> {
    let object = params.object.into();
    engine
        .read(move |read| {
            let described = read.describe(object)?;
            Ok(EditableRows {
                rows: rows_of(default_mapping(object, described.as_ref())),
                origin: "Defaults".to_owned(),
            })
        })
        .await
}

/// `mapping.refresh`
pub(crate) async fn refresh(engine: &Engine, params: ObjectQuery) -> Result<SavedMapping, Fault> {
    let object = params.object;
    let client = client(engine).await?;
    let org = require_org(engine).await?;
    let target = TargetObject::from(object);
    let saved = engine.read(move |read| Ok(read.mapping(target)?)).await?;
    let fetched = match saved {
        Some(saved) => describe::fetch_for(&client, &saved.mapping).await,
        None => describe::fetch(&client, target).await,
    };
    let described = match fetched {
        Ok(described) => described,
        Err(fault) => return Err(note_fault(engine, fault).await),
    };
    note_usage(engine, &client).await?;
    engine
        .write(move |write| {
            describe::save(
                write,
                &org.org_id,
                &org.connected_by,
                &[(object.into(), described)],
            )?;
            saved_mapping(write, object)
        })
        .await
}

/// A mapping as the document that people read and edit: a version, or the newest. A workspace that has none yet asks
/// the connected org for its fields first, because the default mapping is made to fit them.
///
/// # Errors
/// When there is no such version, or the org cannot be asked.
pub async fn mapping_document(engine: &Engine, target: Target, version: Option<u32>) -> Result<Value, Fault> {
    let object = TargetObject::from(target);
    let mapping = if let Some(version) = version {
        engine
            .read(move |read| Ok(require_version(read, target, version)?.mapping))
            .await?
    } else {
        match current_mapping(engine, object).await {
            Ok((_, mapping)) => mapping,
            // Before the first connection the default mapping is shown as it is for a plain org.
            Err(fault) if fault.code == Code::NotConnected => default_mapping(object, None),
            Err(fault) => return Err(fault),
        }
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
            let saved = write.mapping(object)?.ok_or_else(|| unseen(object))?;
            Ok((saved.version, saved.mapping))
        })
        .await
}

fn unseen(object: TargetObject) -> Fault {
    Fault::new(
        Code::Refused,
        format!(
            "The connected user may not see {}, so there is no mapping to begin with. Give the user access to the object in \
             Setup, then connect again.",
            object.plural_label()
        ),
    )
}
