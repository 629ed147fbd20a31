//! Records by their ids, as the org has them now: the one place where ids become queries.

use std::collections::{BTreeMap, BTreeSet};

use salesforce::{Client, Error, Record, soql};
use serde_json::Value;

/// How long a list of values may be in a query's address, encoded.
pub(crate) const LONGEST_LIST_BYTES: usize = 8_000;
/// Bytes of a query's address that are left to fields and ids; the client refuses 16,000 in all.
const LONGEST_QUERY_BYTES: usize = 15_000;
/// A list has at least so many bytes, however many fields are read.
const SHORTEST_LIST_BYTES: usize = 2_000;
/// Ids of one query, about: a list of them and the fields stay within an address.
pub(crate) const IDS_OF_A_QUERY: u64 = 290;

/// The records of an object with these ids, as `fields` and the id; those that are gone are left out. `narrowed` is a further
/// condition.
pub(crate) async fn read<T: AsRef<str>>(
    client: &Client,
    object: &str,
    fields: &BTreeSet<String>,
    ids: &[T],
    narrowed: Option<&str>,
) -> Result<BTreeMap<String, Record>, Error> {
    let selected: Vec<&str> = fields
        .iter()
        .map(String::as_str)
        .filter(|name| *name != "Id")
        .chain(["Id"])
        .collect();
    let narrowed = narrowed
        .map(|condition| format!(" AND {condition}"))
        .unwrap_or_default();
    let selected = selected.join(", ");
    let selected_bytes: usize = url::form_urlencoded::byte_serialize(selected.as_bytes())
        .map(str::len)
        .sum();
    let list_bytes = LONGEST_QUERY_BYTES
        .saturating_sub(selected_bytes)
        .clamp(SHORTEST_LIST_BYTES, LONGEST_LIST_BYTES);
    let mut records = BTreeMap::new();
    for run in soql::in_list_runs(ids, list_bytes) {
        let query = format!(
            "SELECT {selected} FROM {object} WHERE Id IN {}{narrowed}",
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
