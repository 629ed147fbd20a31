//! The records that a run wrote, as they are now: by queries for their ids, or for many by one Bulk query of what the org
//! changed since the run began.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use model::TargetObject;
use salesforce::soql::{self, Literal};
use salesforce::{Client, QueryRow, Record, ResumePoint, RowSink, SinkError};
use serde_json::{Map, Value};
use store::LineRow;

use super::planning::Undo;
use crate::bulk_scan::{self, calls_of_scan};
use crate::fault::Fault;
use crate::records_by_id::{self, IDS_OF_A_QUERY};
use crate::sending::lookup::queried;

/// So many records are asked for by their ids without asking how many there are.
pub(super) const FEW_RECORDS: u32 = 2_000;
/// Records that are decided together while they are read.
const WINDOW_RECORDS: usize = 400;
/// The sentence of a plan whose Bulk query fails.
const UNREAD: &str =
    "Salesforce could not read the records of this run. Nothing was written; plan the undo again.";
/// Who changed a record last, and when.
const AUDIT_FIELDS: [&str; 4] = [
    "CreatedDate",
    "LastModifiedDate",
    "LastModifiedById",
    "LastModifiedBy.Name",
];

/// Who changed a record last, and when.
pub(super) fn audit_fields() -> BTreeSet<String> {
    AUDIT_FIELDS.map(ToOwned::to_owned).into()
}

/// The fields that lines wrote, and who changed their records.
pub(super) fn fields_of<'l>(lines: impl Iterator<Item = &'l LineRow>) -> BTreeSet<String> {
    lines
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
        .collect()
}

/// Records of lines by id.
pub(super) async fn of_lines(
    client: &Client,
    object: TargetObject,
    lines: &[&LineRow],
) -> Result<BTreeMap<String, Record>, Fault> {
    let ids: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.salesforce_id.as_deref())
        .collect();
    let fields = fields_of(lines.iter().copied());
    Ok(records_by_id::read(client, object.api_name(), &fields, &ids, None).await?)
}

/// Decides the lines of an object by one Bulk query, where there are so many of them that this takes fewer calls. A line
/// whose record does not come is left to be asked for by its id.
pub(super) async fn scan(undo: &mut Undo<'_>, object: TargetObject, lines: u32) -> Result<(), Fault> {
    let Some(since) = undo.began_at().filter(|_| lines > FEW_RECORDS) else {
        return Ok(());
    };
    let condition = format!("SystemModstamp >= {}", Literal::DateTime(since).to_soql());
    let name = object.api_name();
    let count = format!("SELECT COUNT() FROM {name} WHERE {condition}");
    let changed = undo.client.query(&count).await?.total_size;
    if calls_of_scan(changed) > u64::from(lines).div_ceil(IDS_OF_A_QUERY) {
        return Ok(());
    }
    let mut fields = undo.written_fields(object).await?;
    fields.insert("Id".to_owned());
    let fields: Vec<String> = fields.into_iter().collect();
    let query = format!("SELECT {} FROM {name} WHERE {condition}", fields.join(", "));
    let (client, cancel) = (undo.client, undo.cancel);
    let mut reader = Reader {
        undo,
        object,
        columns: Vec::new(),
        records: BTreeMap::new(),
    };
    bulk_scan::scan(client, query, cancel, &mut reader, UNREAD).await?;
    Ok(())
}

/// Takes the rows of a download, and decides their lines a window at a time.
struct Reader<'u, 'a> {
    undo: &'u mut Undo<'a>,
    object: TargetObject,
    columns: Vec<String>,
    records: BTreeMap<String, Record>,
}

impl RowSink for Reader<'_, '_> {
    fn columns(&mut self, columns: &[String]) -> Result<(), SinkError> {
        self.columns = columns.to_vec();
        Ok(())
    }

    fn row(&mut self, row: QueryRow<'_>) -> Result<(), SinkError> {
        let mut record = Map::new();
        for (column, cell) in self.columns.iter().zip(row.cells()) {
            let text = Some(cell).filter(|cell| !cell.is_empty());
            match column.split_once('.') {
                None => {
                    record.insert(column.clone(), self.undo.json_of(self.object, column, text));
                }
                Some((relationship, field)) => {
                    if let Some(text) = text {
                        nested(&mut record, relationship, field, text);
                    }
                }
            }
        }
        if let Some(id) = record.get("Id").and_then(Value::as_str) {
            self.records.insert(id.to_owned(), record);
        }
        Ok(())
    }

    fn checkpoint<'a>(&'a mut self, _point: &'a ResumePoint) -> BoxFuture<'a, Result<(), SinkError>> {
        async move {
            let mut records = std::mem::take(&mut self.records);
            while !records.is_empty() {
                let rest = records
                    .keys()
                    .nth(WINDOW_RECORDS)
                    .cloned()
                    .map(|first| records.split_off(&first))
                    .unwrap_or_default();
                self.undo.decide_found(&records).await?;
                records = rest;
            }
            Ok(())
        }
        .boxed()
    }
}

/// Puts the text of a related record where the REST API has it.
fn nested(record: &mut Record, relationship: &str, path: &str, text: &str) {
    let related = record
        .entry(relationship.to_owned())
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(related) = related {
        match path.split_once('.') {
            None => {
                related.insert(path.to_owned(), Value::String(text.to_owned()));
            }
            Some((relationship, path)) => nested(related, relationship, path, text),
        }
    }
}
