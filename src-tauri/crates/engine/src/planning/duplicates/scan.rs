//! Reads all records of an object once and holds each against the keys of all lines.
//!
//! Nothing is held of what is read: a record that shares a key with a line is compared at once and kept with the line.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use model::TargetObject;
use model::matching::RecordFields;
use salesforce::{QueryRow, ResumePoint, RowSink, SinkError};

use super::facts::Facts;
use super::key_index::KeyIndex;
use super::records::FoundRecord;
use super::searched::Searched;
use super::subjects::{LINES, Pending, Subjects};
use crate::fault::Fault;
use crate::planning::plan::Planning;
use crate::{Engine, bulk_scan};

/// The sentence of a plan whose Bulk query fails.
const UNREAD: &str = "Salesforce could not read its records for the duplicate check. Plan again; if it stays, choose fewer \
                      profiles, which are looked for one by one.";
/// Lines of one key that a record is compared with. A key that more lines share tells too little; of those that are the
/// same, other keys are shared by fewer.
const COMPARED_LINES: usize = 200;

/// Reads every object that is looked through; returns how, in words.
pub(super) async fn find(planning: &mut Planning) -> Result<String, Fault> {
    let mut read = Vec::new();
    for searched in planning.searched.clone().iter() {
        let rows = scan(planning, searched, LINES).await?;
        read.push(searched.object.counted(rows));
    }
    Ok(match read.as_slice() {
        [one] => format!("one Bulk query of {one}"),
        several => format!("one Bulk query each of {}", several.join(" and ")),
    })
}

/// Holds every record of an object against the lines; returns their number.
pub(in crate::planning) async fn scan(
    planning: &mut Planning,
    searched: &Searched,
    subjects: Subjects,
) -> Result<u64, Fault> {
    let soql = format!(
        "SELECT {} FROM {}{}",
        searched.selected(),
        searched.object.api_name(),
        searched.narrowed(None)
    );
    let cancel = planning.progress.cancel().clone();
    let mut scan = Scan {
        engine: planning.engine.clone(),
        run_id: planning.run_id,
        object: planning.object,
        searched: searched.clone(),
        index: std::mem::take(&mut planning.keys),
        columns: Vec::new(),
        pending: Vec::new(),
        subjects,
    };
    scan.index.sort();
    let read = bulk_scan::scan(&planning.client, soql, &cancel, &mut scan, UNREAD).await;
    planning.keys = std::mem::take(&mut scan.index);
    read
}

/// Takes the rows of a download.
struct Scan {
    engine: Engine,
    run_id: i64,
    object: TargetObject,
    searched: Searched,
    index: KeyIndex,
    columns: Vec<String>,
    pending: Vec<Pending>,
    subjects: Subjects,
}

struct Row<'a> {
    columns: &'a [String],
    row: QueryRow<'a>,
}

impl RecordFields for Row<'_> {
    fn field(&self, api_name: &str) -> Option<&str> {
        let place = self.columns.iter().position(|column| column == api_name)?;
        self.row.cell(place).filter(|cell| !cell.is_empty())
    }
}

impl RowSink for Scan {
    fn columns(&mut self, columns: &[String]) -> Result<(), SinkError> {
        self.columns = columns.to_vec();
        Ok(())
    }

    fn row(&mut self, row: QueryRow<'_>) -> Result<(), SinkError> {
        let row = Row {
            columns: &self.columns,
            row,
        };
        let facts = Facts::of_record(self.searched.object, &row, self.searched.zoominfo_id_field());
        let lines = sharing_lines(&self.index, &facts);
        if let (false, Some(id)) = (lines.is_empty(), row.field("Id")) {
            let record = FoundRecord {
                object: self.searched.object,
                salesforce_id: id.to_owned(),
                values: self
                    .columns
                    .iter()
                    .zip(row.row.cells())
                    .filter(|(_, cell)| !cell.is_empty())
                    .map(|(column, cell)| (column.clone(), cell.to_owned()))
                    .collect(),
            };
            self.pending.push(Pending { record, lines });
        }
        Ok(())
    }

    fn checkpoint<'a>(&'a mut self, _point: &'a ResumePoint) -> BoxFuture<'a, Result<(), SinkError>> {
        async move {
            if self.pending.is_empty() {
                return Ok(());
            }
            let pending = std::mem::take(&mut self.pending);
            let (run_id, object, subjects) = (self.run_id, self.object, self.subjects);
            let searched = self.searched.clone();
            self.engine
                .write(move |write| subjects.keep(write, run_id, object, &searched, &pending))
                .await?;
            Ok(())
        }
        .boxed()
    }
}

/// Lines that share a key with a record.
pub(in crate::planning) fn sharing_lines(index: &KeyIndex, facts: &Facts) -> Vec<u32> {
    let mut lines: Vec<u32> = facts
        .keys()
        .iter()
        .flat_map(|key| index.lines(key.hash).take(COMPARED_LINES))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}
