//! sObject Collections: up to 200 records in one call, an outcome for each in the order sent (REST API Developer
//! Guide, "sObject Collections"). The HTTP status is 200 even when rows fail.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::address_parts::{api_name, record_id};
use crate::api_error::ApiError;
use crate::client::Client;
use crate::error::Error;
use crate::record::Record;
use crate::request::Request;
use crate::write_options::WriteOptions;

/// Most records of one call.
pub const LARGEST_COLLECTION_RECORDS: usize = 200;

/// Options of one Collections call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CollectionOptions {
    /// One bad row undoes all.
    pub all_or_none: bool,
    /// Assignment and duplicate rules.
    pub write: WriteOptions,
}

/// What became of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// It is in the org.
    Saved {
        /// Its id.
        id: String,
        /// True if it is new; false if it was updated or deleted.
        created: bool,
    },
    /// The org refused it; nothing of it was written.
    Refused {
        /// Never empty.
        errors: Vec<ApiError>,
    },
}

#[derive(Deserialize)]
struct RowAnswer {
    #[serde(default)]
    id: Option<String>,
    success: bool,
    #[serde(default)]
    created: Option<bool>,
    #[serde(default)]
    errors: Vec<Value>,
}

impl Client {
    /// Creates up to 200 records; one outcome each, in order. Never repeated if the answer is lost.
    pub async fn create_many(
        &self,
        object: &str,
        records: &[Record],
        options: &CollectionOptions,
    ) -> Result<Vec<RowOutcome>, Error> {
        let body = body(object, records, options)?;
        let url = self.data_address(&["composite", "sobjects"]).await?;
        self.send_rows(
            &Request::post(url, &body)?.headers(options.write.headers()),
            records.len(),
            true,
        )
        .await
    }

    /// Updates up to 200 records, each with its `Id`; one outcome each, in order.
    pub async fn update_many(
        &self,
        object: &str,
        records: &[Record],
        options: &CollectionOptions,
    ) -> Result<Vec<RowOutcome>, Error> {
        let body = body(object, records, options)?;
        let url = self.data_address(&["composite", "sobjects"]).await?;
        self.send_rows(
            &Request::patch(url, &body)?.headers(options.write.headers()),
            records.len(),
            false,
        )
        .await
    }

    /// Creates or updates up to 200 records by an external id field that each carries; one outcome each, in order.
    pub async fn upsert_many(
        &self,
        object: &str,
        external_id_field: &str,
        records: &[Record],
        options: &CollectionOptions,
    ) -> Result<Vec<RowOutcome>, Error> {
        let body = body(object, records, options)?;
        let segments = [api_name(object)?, api_name(external_id_field)?];
        let url = self
            .data_address(&["composite", "sobjects", &segments[0], &segments[1]])
            .await?;
        self.send_rows(
            &Request::patch(url, &body)?.headers(options.write.headers()),
            records.len(),
            false,
        )
        .await
    }

    /// Deletes up to 200 records of any objects; one outcome each, in order. After a lost answer the call is
    /// repeated, and rows that are gone by then are refused with `ENTITY_IS_DELETED`.
    pub async fn delete_many(&self, ids: &[String], all_or_none: bool) -> Result<Vec<RowOutcome>, Error> {
        check_count(ids.len())?;
        let ids = ids
            .iter()
            .map(|id| record_id(id))
            .collect::<Result<Vec<_>, _>>()?;
        let url = self.data_address(&["composite", "sobjects"]).await?;
        let request = Request::delete(url)
            .query("ids", &ids.join(","))
            .query("allOrNone", if all_or_none { "true" } else { "false" });
        self.send_rows(&request, ids.len(), false).await
    }

    async fn send_rows(
        &self,
        request: &Request,
        sent_rows: usize,
        creates: bool,
    ) -> Result<Vec<RowOutcome>, Error> {
        if sent_rows == 0 {
            return Ok(Vec::new());
        }
        let what = "a Collections call";
        let reply = self.send(request).await?;
        let rows: Vec<RowAnswer> = reply.json(what)?;
        if rows.len() != sent_rows {
            let detail = format!(
                "{sent_rows} records were sent, but {} outcomes came back",
                rows.len()
            );
            return Err(reply.unreadable(what, &detail));
        }
        let outcomes = rows
            .into_iter()
            .map(|row| outcome(row, creates))
            .collect::<Option<Vec<_>>>();
        outcomes.ok_or_else(|| reply.unreadable(what, &"a saved record has no id"))
    }
}

fn check_count(given: usize) -> Result<(), Error> {
    let allowed = LARGEST_COLLECTION_RECORDS;
    if given > allowed {
        Err(Error::TooManyRecords { given, allowed })
    } else {
        Ok(())
    }
}

fn body(object: &str, records: &[Record], options: &CollectionOptions) -> Result<Value, Error> {
    check_count(records.len())?;
    let object = api_name(object)?;
    let rows = records.iter().map(|record| {
        let mut row = record.clone();
        row.insert("attributes".to_owned(), json!({ "type": object }));
        Value::Object(row)
    });
    Ok(json!({ "allOrNone": options.all_or_none, "records": rows.collect::<Vec<_>>() }))
}

fn outcome(row: RowAnswer, creates: bool) -> Option<RowOutcome> {
    if row.success {
        return Some(RowOutcome::Saved {
            id: row.id?,
            created: row.created.unwrap_or(creates),
        });
    }
    let mut errors: Vec<ApiError> = row.errors.iter().filter_map(ApiError::from_value).collect();
    if errors.is_empty() {
        errors.push(ApiError::new(
            "UNKNOWN",
            "the org refused the record without saying why",
        ));
    }
    Some(RowOutcome::Refused { errors })
}
