//! What a plan rests on: the mapping as it was saved, checked against the fields of the org.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::mapping::{apply_with_edits, native_app_id_field};
use model::{
    CompiledMapping, Mapping, ProfileValues, RowDigest, RunOptions, Source, TargetDescribe, TargetObject,
};
use salesforce::Client;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use store::{Read, RunRow};

use super::owner::OWNER_FIELD;
use super::preflight::{Chosen, checked, refuse};
use crate::connect::{describes_for_all, note_fault, require_org};
use crate::fault::{Code, Fault};
use crate::mapping::current_mapping;
use crate::mapping::drift::{drift_in, told_as_drift};
use crate::{Engine, cells, describe};

/// A mapping that fits the org, and what the org says of its object.
pub(super) struct Basis {
    pub version: u32,
    pub rows: Mapping,
    pub mapping: CompiledMapping,
    pub describe: TargetDescribe,
}

/// A profile as a new record.
pub(super) struct NewRecord {
    pub cells: Map<String, Value>,
    pub notes: Vec<String>,
    pub digest: RowDigest,
}

impl Basis {
    /// The newest mapping, with the fields asked for anew: what a plan promises must hold today.
    pub async fn fetch(engine: &Engine, client: &Client, chosen: &Chosen) -> Result<Arc<Self>, Fault> {
        let object = chosen.object;
        let (version, rows) = current_mapping(engine, object).await?;
        let described = match describe::fetch_for(client, &rows).await {
            Ok(described) => described,
            Err(fault) => return Err(note_fault(engine, fault).await),
        };
        let org = require_org(engine).await?;
        let compiled = CompiledMapping::compile(&rows, &described);
        let (of_drift, kept) = (rows.clone(), described.clone());
        let asking = engine.clone();
        let drift = engine
            .write(move |write| {
                let drift = drift_in(write, &of_drift, &org.org_id, &kept)?;
                // The Mapping tab shows the same drift at its rows.
                if describes_for_all(&asking, write)? {
                    describe::save(write, &org.org_id, &org.connected_by, &[(object, kept)])?;
                }
                Ok(drift)
            })
            .await?;
        match compiled {
            Ok(mapping) => Ok(Arc::new(Self {
                version,
                rows,
                mapping,
                describe: described,
            })),
            Err(problems) => {
                refuse(checked(engine, chosen, told_as_drift(problems, &drift), None).await?)?;
                Err(Fault::new(
                    Code::Refused,
                    "The mapping has a problem. See the Mapping tab.",
                ))
            }
        }
    }

    /// What a kept plan rests on, as the workspace has it.
    pub fn stored(read: &Read<'_>, run: &RunRow) -> Result<Arc<Self>, Fault> {
        let changed = || {
            Fault::new(
                Code::WrongState,
                format!(
                    "The mapping of {} or the org's fields have changed since this was planned. Refresh the plan first.",
                    run.object.plural_label()
                ),
            )
        };
        let rows = read
            .mapping_version(run.object, run.mapping_version)?
            .ok_or_else(changed)?
            .mapping;
        let described = read.describe(run.object)?.ok_or_else(changed)?;
        let mapping = CompiledMapping::compile(&rows, &described).map_err(|_| changed())?;
        Ok(Arc::new(Self {
            version: run.mapping_version,
            rows,
            mapping,
            describe: described,
        }))
    }

    /// Columns of an upload of new records.
    pub fn columns(&self, options: &RunOptions) -> Vec<String> {
        let mut columns = self.mapping.columns();
        if options.owner.is_some() && !columns.iter().any(|column| column == OWNER_FIELD) {
            columns.push(OWNER_FIELD.to_owned());
        }
        columns
    }

    /// What tells whether the mapped fields are still as they were: a digest of what the org says of them.
    pub fn digest(&self) -> String {
        let mut digest = Sha256::new();
        let mut fields: Vec<_> = self
            .rows
            .rows
            .iter()
            .filter_map(|row| self.describe.field(row.target.trim()))
            .collect();
        fields.sort_by(|one, two| one.name.cmp(&two.name));
        fields.dedup_by(|one, two| one.name == two.name);
        for field in fields {
            digest.update(format!("{field:?}\n"));
        }
        let bytes: [u8; 32] = digest.finalize().into();
        bytes.iter().fold(String::new(), |mut text, byte| {
            text += &format!("{byte:02x}");
            text
        })
    }

    /// A profile as a new record, with the run's owner and what somebody typed.
    pub fn new_record(
        &self,
        options: &RunOptions,
        columns: &[String],
        profile: &impl ProfileValues,
        edits: &BTreeMap<String, String>,
    ) -> NewRecord {
        let mapped = apply_with_edits(&self.mapping, profile, None, edits);
        let mut record = mapped.to_json();
        add_owner(&mut record, options);
        NewRecord {
            digest: cells::digest(columns, &record),
            notes: mapped.notes(),
            cells: record,
        }
    }
}

/// Gives a new record the run's owner, unless the mapping gave it one.
pub(super) fn add_owner(record: &mut Map<String, Value>, options: &RunOptions) {
    if let Some(owner) = &options.owner
        && !record.contains_key(OWNER_FIELD)
    {
        record.insert(OWNER_FIELD.to_owned(), Value::String(owner.user_id.clone()));
    }
}

/// The field with ZoomInfo's id of an object's records: the target that the mapping gives that id, else the native app's.
pub(super) fn zoominfo_id_field<'d>(mapping: &Mapping, describe: &'d TargetDescribe) -> Option<&'d str> {
    let source = match mapping.object {
        TargetObject::Account => "zoominfo_company_id",
        TargetObject::Contact | TargetObject::Lead => "zoominfo_contact_id",
    };
    mapping
        .rows
        .iter()
        .filter(|row| matches!(&row.source, Source::Field { field } if field == source))
        .find_map(|row| describe.field(row.target.trim()))
        .map(|field| field.name.as_str())
        .or_else(|| native_app_id_field(describe))
}
