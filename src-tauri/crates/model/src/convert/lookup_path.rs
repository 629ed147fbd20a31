//! Records named by the value of a field of theirs instead of their id.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Problem, TypedValue, text_value};
use crate::mapping::MappingRow;
use crate::target::TargetField;

/// Characters of a text that Salesforce compares. Source: Salesforce's Object Reference, "External ID".
const MOST_CHARACTERS: usize = 255;

/// The way from a record to another one, and the field that the other one is found by. Sources: REST API Developer Guide,
/// "Insert or Update (Upsert) a Record Using an External ID"; Bulk API 2.0 Developer Guide, "Relationship Fields in a
/// Header Row".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LookupPath {
    /// Name of the relationship, e.g. `Account` or `Region__r`.
    pub relationship: String,
    /// API name of the field of the other object.
    pub field: String,
    /// API name of the other object, where the relationship may lead to several.
    pub object: Option<String>,
}

impl LookupPath {
    /// The way that a row's lookup goes; `None` for a row without one, and for a field that no record can be named
    /// through.
    #[must_use]
    pub fn of(field: &TargetField, row: &MappingRow) -> Option<Self> {
        let lookup = row.lookup.as_ref()?;
        // The org's own spelling, so that results name the column as it was uploaded.
        let keys = field.lookup_keys_of(&lookup.object);
        let by = keys.and_then(|keys| keys.field(&lookup.field));
        let object = field
            .refers_to
            .iter()
            .find(|known| known.eq_ignore_ascii_case(&lookup.object));
        Some(Self {
            relationship: field.relationship.clone()?,
            field: by.map_or(&lookup.field, |by| &by.name).clone(),
            object: object.filter(|_| field.refers_to.len() > 1).cloned(),
        })
    }

    /// Column of a Bulk upload, e.g. `Account.Number__c` or `User:Owner.Email`.
    #[must_use]
    pub fn column(&self) -> String {
        let path = format!("{}.{}", self.relationship, self.field);
        match &self.object {
            Some(object) => format!("{object}:{path}"),
            None => path,
        }
    }

    /// The value of the relationship's member in a REST record.
    pub(super) fn to_json(&self, text: &str) -> Value {
        let mut parent = Map::new();
        if let Some(object) = &self.object {
            let attributes = Map::from_iter([("type".to_owned(), Value::String(object.clone()))]);
            parent.insert("attributes".to_owned(), Value::Object(attributes));
        }
        parent.insert(self.field.clone(), Value::String(text.to_owned()));
        Value::Object(parent)
    }

    /// The value to look for.
    pub(super) fn convert(&self, text: &str) -> Result<TypedValue, Problem> {
        text_value::uncut(text, MOST_CHARACTERS)?;
        Ok(TypedValue::Lookup {
            path: self.clone(),
            text: text.to_owned(),
        })
    }
}

/// What a REST record has for a column of a Bulk upload: the member of that name, or the value within a relationship's.
#[must_use]
pub fn cell_of_column<'r>(record: &'r Map<String, Value>, column: &str) -> Option<&'r Value> {
    record
        .get(column)
        .or_else(|| cell_of_path(column, |relationship| record.get(relationship)))
}

/// What a REST record has for a column that is a way to another record (`Owner.Email`, `User:Owner.Email`), where `member`
/// gives the record's members.
#[must_use]
pub fn cell_of_path<'r>(column: &str, member: impl FnOnce(&str) -> Option<&'r Value>) -> Option<&'r Value> {
    let (object, path) = match column.split_once(':') {
        Some((object, path)) => (Some(object), path),
        None => (None, column),
    };
    let (relationship, field) = path.split_once('.')?;
    let parent = member(relationship)?;
    let named = parent
        .get("attributes")
        .and_then(|attributes| attributes.get("type"))
        .and_then(Value::as_str);
    (named == object).then(|| parent.get(field)).flatten()
}
