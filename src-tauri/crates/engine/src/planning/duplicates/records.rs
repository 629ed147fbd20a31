//! Records of the org as texts.

use std::collections::BTreeMap;

use jiff::Timestamp;
use model::{TargetObject, csv_text};
use salesforce::{Client, Record};
use serde_json::Value;

use super::searched::{MODIFIED_AT, Searched};
use crate::fault::Fault;
use crate::records_by_id;

/// A record with what was read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::planning) struct FoundRecord {
    pub object: TargetObject,
    pub salesforce_id: String,
    /// Texts by API name, e.g. `Owner.Name`; blank ones are left out.
    pub values: BTreeMap<String, String>,
}

impl FoundRecord {
    /// Of a query's answer; `None` without an id.
    pub fn of_answer(object: TargetObject, record: &Record) -> Option<Self> {
        let mut values = BTreeMap::new();
        for (name, value) in record {
            match value {
                Value::Object(related) => {
                    for (inner, value) in related.iter().filter(|(_, value)| !value.is_object()) {
                        keep(&mut values, format!("{name}.{inner}"), value);
                    }
                }
                value => keep(&mut values, name.clone(), value),
            }
        }
        let salesforce_id = values.get("Id")?.clone();
        Some(Self {
            object,
            salesforce_id,
            values,
        })
    }
}

fn keep(values: &mut BTreeMap<String, String>, name: String, value: &Value) {
    let text = if name == MODIFIED_AT {
        in_utc(csv_text(value))
    } else {
        csv_text(value)
    };
    if !text.is_empty() && !name.starts_with("attributes") {
        values.insert(name, text);
    }
}

/// A moment of the org (`2026-02-03T04:05:06.000+0000`, or with `Z` by Bulk) as RFC 3339.
pub(super) fn in_utc(moment: String) -> String {
    Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", &moment)
        .map_or(moment, |time| time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

/// The records with these ids, as they are now; those that are gone are left out.
pub(in crate::planning) async fn read_records(
    client: &Client,
    searched: &Searched,
    ids: &[String],
) -> Result<Vec<FoundRecord>, Fault> {
    let fields = searched.fields.iter().cloned().collect();
    let object = searched.object;
    let records = records_by_id::read(client, object.api_name(), &fields, ids, searched.condition()).await?;
    Ok(records
        .values()
        .filter_map(|record| FoundRecord::of_answer(object, record))
        .collect())
}

/// What the ids of an object's records begin with. Source: Salesforce Help, "Standard Field Record ID Prefix Decoder".
pub(in crate::planning) fn id_prefix(object: TargetObject) -> &'static str {
    match object {
        TargetObject::Account => "001",
        TargetObject::Contact => "003",
        TargetObject::Lead => "00Q",
    }
}
