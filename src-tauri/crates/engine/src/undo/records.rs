//! The records that a run wrote, as they are now.

use std::collections::{BTreeSet, HashMap};

use model::TargetObject;
use salesforce::{Client, Record, soql};
use serde_json::Value;
use store::LineRow;

use crate::fault::Fault;
use crate::sending::lookup::{LONGEST_LIST_BYTES, queried};

/// Who changed a record last, and when.
const AUDIT_FIELDS: [&str; 5] = [
    "Id",
    "CreatedDate",
    "LastModifiedDate",
    "LastModifiedById",
    "LastModifiedBy.Name",
];

/// Records by id, with the fields that the lines wrote.
pub(super) async fn read(
    client: &Client,
    object: TargetObject,
    lines: &[&LineRow],
) -> Result<HashMap<String, Record>, Fault> {
    let fields: BTreeSet<String> = lines
        .iter()
        .flat_map(|line| {
            let cells = line.cells.iter().filter_map(queried);
            cells.chain(
                line.changes
                    .iter()
                    .filter(|change| change.is_written() && soql::is_api_name(&change.target))
                    .map(|change| change.target.clone()),
            )
        })
        .chain(AUDIT_FIELDS.map(ToOwned::to_owned))
        .collect();
    let fields: Vec<String> = fields.into_iter().collect();
    let ids: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.salesforce_id.as_deref())
        .collect();
    let mut records = HashMap::new();
    for run in soql::in_list_runs(&ids, LONGEST_LIST_BYTES) {
        let query = format!(
            "SELECT {} FROM {} WHERE Id IN {}",
            fields.join(", "),
            object.api_name(),
            soql::in_list(run)
        );
        let mut pages = client.pages(query);
        while let Some(page) = pages.next().await? {
            for record in page.records {
                if let Some(id) = record.get("Id").and_then(Value::as_str) {
                    records.insert(id.to_owned(), record);
                }
            }
        }
    }
    Ok(records)
}
