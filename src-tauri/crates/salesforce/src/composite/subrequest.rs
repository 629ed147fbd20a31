//! One part of a composite call.

use reqwest::Method;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use crate::address_parts::{api_name, external_id_value, record_id};
use crate::error::Error;
use crate::record::Record;
use crate::versions::ApiVersion;
use crate::write_options::WriteOptions;

/// One part of a composite call. Its parts of an address are checked like those of any other request.
#[derive(Debug, Clone, PartialEq)]
pub struct Subrequest {
    method: Method,
    /// Below `/services/data/vXX.0/`.
    path: String,
    reference_id: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Value>,
}

/// The id that an earlier part of the same call will give, for ids and field values: `@{Account1.id}`.
#[must_use]
pub fn reference_to_id(reference_id: &str) -> String {
    format!("@{{{reference_id}.id}}")
}

impl Subrequest {
    /// Creates a record.
    pub fn create(reference_id: &str, object: &str, record: &Record) -> Result<Self, Error> {
        let path = format!("sobjects/{}", api_name(object)?);
        Ok(Self::new(Method::POST, path, reference_id)?.with_body(record))
    }

    /// Changes a record; the id may be a `reference_to_id`.
    pub fn update(reference_id: &str, object: &str, id: &str, changes: &Record) -> Result<Self, Error> {
        let path = format!("sobjects/{}/{}", api_name(object)?, id_or_reference(id)?);
        Ok(Self::new(Method::PATCH, path, reference_id)?.with_body(changes))
    }

    /// Creates or updates the record whose external id field has this value.
    pub fn upsert(
        reference_id: &str,
        object: &str,
        external_id_field: &str,
        value: &str,
        record: &Record,
    ) -> Result<Self, Error> {
        let value = encoded(&external_id_value(value)?);
        let path = format!(
            "sobjects/{}/{}/{value}",
            api_name(object)?,
            api_name(external_id_field)?
        );
        Ok(Self::new(Method::PATCH, path, reference_id)?.with_body(record))
    }

    /// Deletes a record; the id may be a `reference_to_id`.
    pub fn delete(reference_id: &str, object: &str, id: &str) -> Result<Self, Error> {
        let path = format!("sobjects/{}/{}", api_name(object)?, id_or_reference(id)?);
        Self::new(Method::DELETE, path, reference_id)
    }

    /// Reads fields of a record; the id may be a `reference_to_id`.
    pub fn get(reference_id: &str, object: &str, id: &str, fields: &[&str]) -> Result<Self, Error> {
        let fields: Vec<String> = fields
            .iter()
            .map(|name| api_name(name))
            .collect::<Result<_, _>>()?;
        let (object, id) = (api_name(object)?, id_or_reference(id)?);
        let path = format!("sobjects/{object}/{id}?fields={}", fields.join(","));
        Self::new(Method::GET, path, reference_id)
    }

    /// Describes an object.
    pub fn describe(reference_id: &str, object: &str) -> Result<Self, Error> {
        let path = format!("sobjects/{}/describe", api_name(object)?);
        Self::new(Method::GET, path, reference_id)
    }

    /// Runs a query; the answer is its first page.
    pub fn query(reference_id: &str, soql: &str) -> Result<Self, Error> {
        Self::new(Method::GET, format!("query?q={}", encoded(soql)), reference_id)
    }

    /// Says which rules run for this part; a composite call hands no header of its own down to its parts.
    #[must_use]
    pub fn with_options(mut self, options: &WriteOptions) -> Self {
        self.headers.extend(options.headers());
        self
    }

    fn new(method: Method, path: String, reference_id: &str) -> Result<Self, Error> {
        Ok(Self {
            method,
            path,
            reference_id: reference_name(reference_id)?,
            headers: Vec::new(),
            body: None,
        })
    }

    fn with_body(mut self, record: &Record) -> Self {
        self.body = Some(Value::Object(record.clone()));
        self
    }

    /// Path and query under the org's origin.
    pub(super) fn address(&self, version: ApiVersion) -> String {
        format!("/services/data/v{version}/{}", self.path)
    }

    pub(super) fn to_json(&self, version: ApiVersion) -> Value {
        let mut part = json!({
            "method": self.method.as_str(),
            "url": self.address(version),
            "referenceId": self.reference_id,
        });
        if !self.headers.is_empty() {
            let headers: Map<String, Value> = self
                .headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone().into()))
                .collect();
            part["httpHeaders"] = Value::Object(headers);
        }
        if let Some(body) = &self.body {
            part["body"] = body.clone();
        }
        part
    }
}

/// Letters, digits and underscores, beginning with a letter or digit ("referenceId" in "Composite Subrequest").
pub(crate) fn reference_name(name: &str) -> Result<String, Error> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if !name.is_empty() && !name.starts_with('_') && name.bytes().all(allowed) {
        Ok(name.to_owned())
    } else {
        Err(Error::InvalidName {
            name: name.to_owned(),
            expected: "a reference of letters, digits and _",
        })
    }
}

fn id_or_reference(id: &str) -> Result<String, Error> {
    match id.strip_prefix("@{").and_then(|rest| rest.strip_suffix(".id}")) {
        Some(name) => reference_name(name).map(|_| id.to_owned()),
        None => record_id(id),
    }
}

/// `+` for a space is a form's habit; a path has `%20`.
fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}
