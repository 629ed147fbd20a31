//! What an org tells about fields that point at other records.

use serde::{Deserialize, Serialize};

/// A record type that the connected user may give to a record. Source: Salesforce's REST API Developer Guide, "sObject
/// Describe", `recordTypeInfos`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordTypeChoice {
    /// Id, e.g. `012…`.
    pub id: String,
    /// Label in the org's language.
    pub name: String,
    /// Name for code; the same in every org that a configuration is carried to.
    pub developer_name: String,
}

/// The fields of another object that its records can be looked up by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookupKeys {
    /// API name of the other object.
    pub object: String,
    /// Its external id fields and those that Salesforce finds records by, such as a user's e-mail; empty when the
    /// connected user may see none.
    pub fields: Vec<LookupKey>,
}

/// A field that records can be looked up by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookupKey {
    /// API name.
    pub name: String,
    /// Label in the org's language.
    pub label: String,
}

impl LookupKeys {
    /// The field with this API name, in any case.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&LookupKey> {
        self.fields
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name))
    }
}
