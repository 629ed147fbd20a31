//! Runs the duplicate rule of a record: saves, refuses or reports (Salesforce: Duplicate Rule Header, `DuplicateResult`).

use serde_json::{Value as Json, json};

use super::{Records, Row, json as printed, matching};
use crate::{
    fault::RowFault,
    options::DuplicateAction,
    value::{Key, Value},
};

/// What a client said about duplicates (REST guide, Duplicate Rule Header). Every record is visible to everybody, so
/// whose sharing rules are used makes no difference.
#[derive(Debug, Clone, Default)]
pub struct DuplicateHeader {
    /// Save although an alert was raised.
    pub allows_save: bool,
    /// Answer with all fields of the records found.
    pub includes_details: bool,
    /// Version of the API, such as `60.0`, for addresses in the answer.
    pub version: String,
}

/// What was found and saved all the same, to be reported once the record has its number.
#[derive(Debug)]
pub struct Found {
    rule: &'static matching::DuplicateRule,
    records: Vec<Key>,
}

/// Runs the rule of an object over a record that is about to be stored; `own` has number 0 for a new one. An error is
/// the refusal that the client gets.
pub fn check(
    records: &Records,
    header: &DuplicateHeader,
    user: u32,
    own: Key,
    row: &Row,
) -> Result<Option<Found>, RowFault> {
    let object = records.schema.object(usize::from(own.object)).name;
    let Some((rule, action)) = records.rules.duplicates(object) else {
        return Ok(None);
    };
    let found = matching::matches(records, rule, own, row);
    if found.is_empty() {
        return Ok(None);
    }
    let saves = match action {
        DuplicateAction::Report => true,
        DuplicateAction::Alert => header.allows_save,
        DuplicateAction::Block => false,
    };
    if saves {
        let records = found.into_iter().flat_map(|matches| matches.records).collect();
        return Ok(Some(Found { rule, records }));
    }
    let result = result(records, header, user, (rule, action), &found);
    let mut fault = RowFault::new("DUPLICATES_DETECTED", "Use one of these records?");
    fault.duplicates = Some(Box::new(result));
    Err(fault)
}

fn result(
    records: &Records,
    header: &DuplicateHeader,
    user: u32,
    (rule, action): (&matching::DuplicateRule, DuplicateAction),
    found: &[matching::Matches],
) -> Json {
    let match_results: Vec<Json> = found
        .iter()
        .map(|matches| {
            let match_records: Vec<Json> = matches
                .records
                .iter()
                .map(|key| {
                    json!({
                        "additionalInformation": [],
                        "fieldDiffs": [],
                        "matchConfidence": 100.0,
                        "record": shown(records, header, user, *key),
                    })
                })
                .collect();
            json!({
                "entityType": matches.rule.object,
                "errors": [],
                "matchEngine": matches.rule.engine,
                "matchRecords": match_records,
                "rule": matches.rule.name,
                "size": matches.records.len(),
                "success": true,
            })
        })
        .collect();
    json!({
        "allowSave": action == DuplicateAction::Alert,
        "duplicateRule": rule.name,
        "duplicateRuleEntityType": rule.object,
        "errorMessage": "You're creating a duplicate record. We recommend you use an existing record instead.",
        "matchResults": match_results,
    })
}

fn shown(records: &Records, header: &DuplicateHeader, user: u32, key: Key) -> Json {
    let object = records.schema.object(usize::from(key.object));
    let access = records.access.of(user);
    let wanted = |name: &str| header.includes_details || name == "Id";
    let fields: Vec<u16> = (0_u16..)
        .zip(&object.fields)
        .filter(|(_, field)| wanted(field.name) && access.reads_field(object, field))
        .map(|(index, _)| index)
        .collect();
    let Some(row) = records.row(key) else {
        return Json::Null;
    };
    let mut text = String::new();
    printed::push_record(&mut text, records, key, &row, &fields, &header.version);
    serde_json::from_str(&text).unwrap_or(Json::Null)
}

/// The records by which a saved duplicate is reported: a set, then its items. Given as object and values; an item's set
/// is the one whose key the caller gets when it stores the first.
pub fn report(records: &Records, found: &Found, own: Key) -> Option<(NewRecord, Vec<NewRecord>)> {
    let sets = records.object_index("DuplicateRecordSet")?;
    let items = records.object_index("DuplicateRecordItem")?;
    let named = |object: u16, values: Vec<(&str, Value)>| {
        let definition = records.schema.object(usize::from(object));
        let values = values
            .into_iter()
            .filter_map(|(name, value)| Some((definition.find(name)?, value)))
            .collect();
        (object, values)
    };
    let members: Vec<Key> = std::iter::once(own)
        .chain(found.records.iter().copied())
        .collect();
    let rule = records
        .duplicate_rule(found.rule.name)
        .map_or(Value::Null, Value::Reference);
    let count = f64::from(u32::try_from(members.len()).unwrap_or(u32::MAX));
    let set = named(
        sets,
        vec![("DuplicateRuleId", rule), ("RecordCount", Value::Number(count))],
    );
    let items = members
        .into_iter()
        .map(|member| named(items, vec![("RecordId", Value::Reference(member))]))
        .collect();
    Some((set, items))
}

/// An object and the values of a new record of it.
pub type NewRecord = (u16, Vec<(u16, Value)>);
