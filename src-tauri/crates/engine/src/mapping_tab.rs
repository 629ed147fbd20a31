//! The Mapping tab: the mapping of one target for a sample profile; and the mapping as a document.

use model::{
    CompiledMapping, FieldKind, Hierarchy as ModelHierarchy, Mapping, MappingDocument,
    MappingRowView as RowView, OnUpdate as ModelOnUpdate, Profile, TargetDescribe, TargetObject,
    Verdict as ModelVerdict, default_mapping, mapping_view,
};
use serde_json::Value;
use store::{ListRow, Read};
use zoominfo::ListReader;

use crate::Engine;
use crate::connect::{client, require_org};
use crate::contract::mapping::{
    Hierarchy, MappingQuery, MappingRowView, MappingView, OnUpdate, SampleProfile, Target, Verdict,
};
use crate::describe;
use crate::fault::{Code, Fault};

/// `mapping.show`
pub(crate) async fn show(engine: &Engine, params: MappingQuery) -> Result<MappingView, Fault> {
    let object = TargetObject::from(params.object);
    engine
        .read(move |read| {
            let saved = read.mapping(object)?;
            let described = read.describe(object)?;
            let (version, saved_at, mapping) = match saved {
                Some(saved) => (saved.version, saved.saved_at, saved.mapping),
                None => (0, String::new(), default_mapping(object, described.as_ref())),
            };
            let sample = sample(read, object, params.list_id, params.sample)?;
            let profile = sample.as_ref().map(|(profile, _)| profile);
            let rows = mapping_view(&mapping, described.as_ref(), profile);
            let problems = described
                .as_ref()
                .map(|describe| problems(&mapping, describe))
                .unwrap_or_default();
            Ok(MappingView {
                object: params.object,
                version,
                saved_at,
                described: described.is_some(),
                sample: sample.map(|(_, sample)| sample),
                rows: rows.into_iter().map(row_view).collect(),
                problems,
            })
        })
        .await
}

/// What would stop an export with this mapping.
fn problems(mapping: &Mapping, describe: &TargetDescribe) -> Vec<String> {
    match CompiledMapping::compile(mapping, describe) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.into_iter().map(|problem| problem.sentence).collect(),
    }
}

/// A sample profile: of the list that was asked for, else of the newest that fits, else built in.
fn sample(
    read: &Read<'_>,
    object: TargetObject,
    list_id: Option<i64>,
    index: u32,
) -> Result<Option<(Profile, SampleProfile)>, Fault> {
    let kind = object.source_kind();
    let fits = |list: &ListRow| list.kind == kind && list.profiles > 0;
    let chosen = match list_id {
        Some(list_id) => read.list(list_id)?.filter(fits),
        None => read.lists()?.into_iter().find(fits),
    };
    if let Some(list) = chosen {
        let index = index.min(list.profiles - 1);
        let profile = read.profile_at(list.list_id, index)?;
        return Ok(profile.map(|profile| {
            let sample = shown(&profile, list.name, index, list.profiles);
            (profile, sample)
        }));
    }
    let built_in = built_in_profiles(object)?;
    let total = u32::try_from(built_in.len()).unwrap_or(u32::MAX);
    let index = index.min(total.saturating_sub(1));
    Ok(built_in.into_iter().nth(index as usize).map(|profile| {
        let sample = shown(&profile, "Built-in sample".to_owned(), index, total);
        (profile, sample)
    }))
}

fn built_in_profiles(object: TargetObject) -> Result<Vec<Profile>, Fault> {
    let bytes = match object {
        TargetObject::Account => zoominfo::samples::COMPANIES_60,
        TargetObject::Contact | TargetObject::Lead => zoominfo::samples::CONTACTS_40,
    };
    let reader = ListReader::of_bytes(bytes)?;
    let mut profiles = Vec::new();
    for row in reader {
        if let zoominfo::ListRow::Profile(row) = row? {
            profiles.push(row.profile);
        }
    }
    Ok(profiles)
}

fn shown(profile: &Profile, list_name: String, index: u32, total_profiles: u32) -> SampleProfile {
    SampleProfile {
        name: profile.display_name(),
        company: profile.subtitle(),
        list_name,
        index,
        total_profiles,
    }
}

fn row_view(row: RowView) -> MappingRowView {
    MappingRowView {
        row: row.row,
        source: row.source,
        source_kind: row.source_kind,
        sample_value: row.sample_value,
        target_label: row.target_label,
        target_name: row.target_name,
        target_kind: row.target_kind.map(|kind: FieldKind| kind.api_name().to_owned()),
        target_type: row.target_type,
        required: row.required,
        on_update: match row.on_update {
            ModelOnUpdate::FillIfBlank => OnUpdate::FillIfBlank,
            ModelOnUpdate::Overwrite => OnUpdate::Overwrite,
            ModelOnUpdate::Never => OnUpdate::Never,
        },
        hierarchy: row
            .hierarchy
            .map(|ModelHierarchy { position, of, in_use }| Hierarchy { position, of, in_use }),
        block: row.block,
        result: row.result,
        result_note: row.result_note,
        verdict: match row.verdict {
            ModelVerdict::Ready => Verdict::Ready,
            ModelVerdict::Warning => Verdict::Warning,
            ModelVerdict::Error => Verdict::Error,
            ModelVerdict::Unknown => Verdict::Unknown,
        },
        verdict_sentence: row.verdict_sentence,
    }
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
