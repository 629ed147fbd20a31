//! What the org's objects and fields are, for the signed-in user: `GET /sobjects` and `GET /sobjects/X/describe`
//! (REST API Developer Guide, "Describe Global", "sObject Describe"). Field-level security is already applied:
//! fields that the user cannot read are absent.

mod field;

use reqwest::StatusCode;
use serde::{Deserialize, Serialize};

use field::null_is_default;
pub use field::{Field, PicklistValue};

use crate::address_parts::api_name;
use crate::client::Client;
use crate::error::Error;
use crate::request::Request;

/// One object in the list of all objects.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "the org's own flags, one key each")]
pub struct ObjectSummary {
    /// API name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// Label in the user's language.
    #[serde(deserialize_with = "null_is_default")]
    pub label: String,
    /// Plural label.
    #[serde(deserialize_with = "null_is_default")]
    pub label_plural: String,
    /// First three characters of its ids; some objects have none.
    pub key_prefix: Option<String>,
    /// Made in the org or by a package.
    pub custom: bool,
    /// The user may create records.
    pub createable: bool,
    /// The user may change records.
    pub updateable: bool,
    /// The user may delete records.
    pub deletable: bool,
    /// It can be queried.
    pub queryable: bool,
}

/// One object with its fields.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "the org's own flags, one key each")]
pub struct ObjectDescribe {
    /// API name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// Label in the user's language.
    #[serde(deserialize_with = "null_is_default")]
    pub label: String,
    /// Plural label.
    #[serde(deserialize_with = "null_is_default")]
    pub label_plural: String,
    /// First three characters of its ids.
    pub key_prefix: Option<String>,
    /// Made in the org or by a package.
    pub custom: bool,
    /// The user may create records.
    pub createable: bool,
    /// The user may change records.
    pub updateable: bool,
    /// The user may delete records.
    pub deletable: bool,
    /// It can be queried.
    pub queryable: bool,
    /// Fields that the user may read, in the org's order.
    #[serde(deserialize_with = "null_is_default")]
    pub fields: Vec<Field>,
    /// Fields of other objects that refer to this one.
    #[serde(deserialize_with = "null_is_default")]
    pub child_relationships: Vec<ChildRelationship>,
    /// Record types; at least the master one.
    #[serde(deserialize_with = "null_is_default")]
    pub record_type_infos: Vec<RecordTypeInfo>,
    /// `Last-Modified` of the answer, to ask again by `describe_if_changed`.
    pub last_modified: Option<String>,
}

impl ObjectDescribe {
    /// A field by its API name, in any case.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

/// A field of an object by which its records are children of another's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ChildRelationship {
    /// The object of the children.
    #[serde(rename = "childSObject", deserialize_with = "null_is_default")]
    pub child_object: String,
    /// Its field that refers to the parent.
    #[serde(deserialize_with = "null_is_default")]
    pub field: String,
    /// The children are deleted with their parent.
    pub cascade_delete: bool,
    /// It is of an older version and must not be used.
    pub deprecated_and_hidden: bool,
}

/// A record type of an object.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "the org's own flags, one key each")]
pub struct RecordTypeInfo {
    /// Id (`012…`).
    pub record_type_id: String,
    /// Label.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// Name for code.
    #[serde(deserialize_with = "null_is_default")]
    pub developer_name: String,
    /// It may be used at all.
    pub active: bool,
    /// The user may use it.
    pub available: bool,
    /// The user's default.
    pub default_record_type_mapping: bool,
    /// The master type, used when an object has no other.
    pub master: bool,
}

#[derive(Deserialize)]
struct GlobalAnswer {
    sobjects: Vec<ObjectSummary>,
}

impl Client {
    /// Every object that the user can see.
    pub async fn describe_global(&self) -> Result<Vec<ObjectSummary>, Error> {
        let request = Request::get(self.data_address(&["sobjects"]).await?);
        let answer: GlobalAnswer = self.send(&request).await?.json("the list of objects")?;
        Ok(answer.sobjects)
    }

    /// One object with its fields.
    pub async fn describe(&self, object: &str) -> Result<ObjectDescribe, Error> {
        let request = self.describe_request(object).await?;
        read(&self.send(&request).await?)
    }

    /// The object if it changed since an earlier answer's `last_modified`; `None` if not. It costs a call all the
    /// same.
    pub async fn describe_if_changed(
        &self,
        object: &str,
        last_modified: &str,
    ) -> Result<Option<ObjectDescribe>, Error> {
        let request = self
            .describe_request(object)
            .await?
            .header("If-Modified-Since", last_modified);
        let reply = self.send(&request).await?;
        if reply.status == StatusCode::NOT_MODIFIED {
            Ok(None)
        } else {
            read(&reply).map(Some)
        }
    }

    async fn describe_request(&self, object: &str) -> Result<Request, Error> {
        let object = api_name(object)?;
        Ok(Request::get(
            self.data_address(&["sobjects", &object, "describe"]).await?,
        ))
    }
}

fn read(reply: &crate::answer::Reply) -> Result<ObjectDescribe, Error> {
    let mut object: ObjectDescribe = reply.json("an object's description")?;
    let header = reply.headers.get(reqwest::header::LAST_MODIFIED);
    object.last_modified = header
        .and_then(|value| value.to_str().ok())
        .map(ToOwned::to_owned);
    Ok(object)
}
