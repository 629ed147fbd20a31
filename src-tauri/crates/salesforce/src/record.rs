//! Single records: create, read, update, delete, upsert by external id (REST API Developer Guide, "sObject Basic
//! Information", "sObject Rows", "sObject Rows by External ID").

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::address_parts::{api_name, external_id_value, record_id};
use crate::answer::Reply;
use crate::client::Client;
use crate::error::Error;
use crate::exact_json;
use crate::request::Request;
use crate::write_options::WriteOptions;

/// A record's values by field name.
pub type Record = Map<String, Value>;

/// What an upsert did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upserted {
    /// The record's id.
    pub id: String,
    /// True if it is new, false if it was there and is updated.
    pub created: bool,
}

#[derive(Deserialize)]
struct Saved {
    id: String,
    #[serde(default)]
    created: Option<bool>,
}

impl Client {
    /// Creates one record; gives its id. Never repeated if the answer is lost.
    pub async fn create(
        &self,
        object: &str,
        record: &Record,
        options: &WriteOptions,
    ) -> Result<String, Error> {
        let url = self.data_address(&["sobjects", &api_name(object)?]).await?;
        let request = Request::post(url, record)?.headers(options.headers());
        let saved: Saved = self.send(&request).await?.json("a new record")?;
        Ok(saved.id)
    }

    /// Reads fields of one record. The org's `attributes` come with them.
    pub async fn get(&self, object: &str, id: &str, fields: &[&str]) -> Result<Record, Error> {
        let url = self
            .data_address(&["sobjects", &api_name(object)?, &record_id(id)?])
            .await?;
        let mut request = Request::get(url);
        if !fields.is_empty() {
            request = request.query("fields", &fields.join(","));
        }
        let reply = self.send(&request).await?;
        let what = "a record";
        let raw: Box<RawValue> = reply.json(what)?;
        exact_json::object(&raw).map_err(|error| reply.unreadable(what, &error))
    }

    /// Changes the given fields of one record. Never repeated if the answer is lost.
    pub async fn update(
        &self,
        object: &str,
        id: &str,
        changes: &Record,
        options: &WriteOptions,
    ) -> Result<(), Error> {
        let url = self
            .data_address(&["sobjects", &api_name(object)?, &record_id(id)?])
            .await?;
        self.send(&Request::patch(url, changes)?.headers(options.headers()))
            .await
            .map(drop)
    }

    /// Deletes one record. If the answer was lost and a repetition finds the record gone, that is a success.
    pub async fn delete(&self, object: &str, id: &str) -> Result<(), Error> {
        let url = self
            .data_address(&["sobjects", &api_name(object)?, &record_id(id)?])
            .await?;
        gone_is_done(self.send(&Request::delete(url)).await)
    }

    /// Creates or updates the record whose external id field has this value. The record must not carry that
    /// field itself. If more than one matches, nothing is written and the error is `DUPLICATE_EXTERNAL_ID`.
    pub async fn upsert(
        &self,
        object: &str,
        external_id_field: &str,
        value: &str,
        record: &Record,
        options: &WriteOptions,
    ) -> Result<Upserted, Error> {
        let segments = [
            &api_name(object)?,
            &api_name(external_id_field)?,
            &external_id_value(value)?,
        ];
        let url = self
            .data_address(&["sobjects", segments[0], segments[1], segments[2]])
            .await?;
        let reply = self
            .send(&Request::patch(url, record)?.headers(options.headers()))
            .await?;
        let saved: Saved = reply.json("an upsert")?;
        Ok(Upserted {
            id: saved.id,
            created: saved.created.unwrap_or(reply.status.as_u16() == 201),
        })
    }
}

/// A repeated deletion that finds nothing has done its work.
pub(crate) fn gone_is_done(outcome: Result<Reply, Error>) -> Result<(), Error> {
    match outcome {
        Ok(_) => Ok(()),
        Err(Error::Salesforce {
            status: 404, effort, ..
        }) if effort.attempts > 1 => Ok(()),
        Err(error) => Err(error),
    }
}
