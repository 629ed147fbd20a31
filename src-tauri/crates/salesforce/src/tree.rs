//! Records with their children in one call, all or nothing: up to 200 records, five levels (REST API Developer Guide,
//! "sObject Tree").

use serde::Deserialize;
use serde_json::{Value, json};

use crate::address_parts::api_name;
use crate::answer::Refusal;
use crate::api_error::ApiError;
use crate::client::Client;
use crate::composite::reference_name;
use crate::error::Error;
use crate::record::Record;
use crate::request::Request;

/// Most records of one call, children included.
pub const LARGEST_TREE_RECORDS: usize = 200;

/// A record and its children.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeRecord {
    /// API name of its object.
    pub object: String,
    /// Its name in the answer.
    pub reference_id: String,
    /// Its fields.
    pub record: Record,
    /// By relationship name, e.g. `Contacts`.
    pub children: Vec<(String, Vec<TreeRecord>)>,
}

/// What became of a tree.
#[derive(Debug, Clone, PartialEq)]
pub enum TreeOutcome {
    /// Every record is in the org: reference and id.
    Saved(Vec<(String, String)>),
    /// Nothing was written: the references at fault, each with its errors.
    Refused(Vec<(String, Vec<ApiError>)>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    has_errors: bool,
    results: Vec<OneResult>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OneResult {
    reference_id: String,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    errors: Vec<Value>,
}

impl Client {
    /// Creates records of one object with their children. Never repeated if the answer is lost.
    pub async fn create_tree(&self, object: &str, records: &[TreeRecord]) -> Result<TreeOutcome, Error> {
        let given = records.iter().map(count).sum();
        if given > LARGEST_TREE_RECORDS {
            return Err(Error::TooManyRecords {
                given,
                allowed: LARGEST_TREE_RECORDS,
            });
        }
        let body = json!({ "records": records.iter().map(to_json).collect::<Result<Vec<_>, _>>()? });
        let url = self
            .data_address(&["composite", "tree", &api_name(object)?])
            .await?;
        // A refused tree is told with 400, in the same shape as a saved one.
        let reply = self.send(&Request::post(url, &body)?.answered_by(400)).await?;
        if reply.status.as_u16() == 400 && reply.json::<Answer>("a tree").is_err() {
            return Err(Refusal::new(reply.status, &reply.headers, &reply.body).into_error(reply.effort));
        }
        let answer: Answer = reply.json("a tree")?;
        if answer.has_errors {
            let refused = answer.results.into_iter().map(|result| {
                let errors = result.errors.iter().filter_map(ApiError::from_value);
                (result.reference_id, errors.collect())
            });
            return Ok(TreeOutcome::Refused(refused.collect()));
        }
        let saved = answer
            .results
            .into_iter()
            .map(|result| Some((result.reference_id, result.id?)));
        saved
            .collect::<Option<Vec<_>>>()
            .map(TreeOutcome::Saved)
            .ok_or_else(|| reply.unreadable("a tree", &"a saved record has no id"))
    }
}

fn count(record: &TreeRecord) -> usize {
    1 + record
        .children
        .iter()
        .flat_map(|(_, children)| children)
        .map(count)
        .sum::<usize>()
}

fn to_json(record: &TreeRecord) -> Result<Value, Error> {
    let mut fields = record.record.clone();
    fields.insert(
        "attributes".to_owned(),
        json!({ "type": api_name(&record.object)?, "referenceId": reference_name(&record.reference_id)? }),
    );
    for (relationship, children) in &record.children {
        let children = children.iter().map(to_json).collect::<Result<Vec<_>, _>>()?;
        fields.insert(api_name(relationship)?, json!({ "records": children }));
    }
    Ok(Value::Object(fields))
}
