//! Reads all records of an object once and holds each against the keys of all lines.
//!
//! Nothing is held of what is read: a record that shares a key with a line is compared at once and kept with the line.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use model::matching::RecordFields;
use model::{ProfileDocument, TargetObject};
use salesforce::{
    JobState, QueryDownloadOptions, QueryJobInfo, QueryJobOptions, QueryRow, ResumePoint, RowSink, SinkError,
};
use store::Write;

use super::facts::Facts;
use super::key_index::KeyIndex;
use super::records::FoundRecord;
use super::searched::Searched;
use super::window::candidate;
use crate::Engine;
use crate::fault::{Code, Fault};
use crate::planning::lines::unreadable;
use crate::planning::plan::Planning;

/// Lines of one key that a record is compared with. A key that more lines share tells too little; of those that are the
/// same, other keys are shared by fewer.
const COMPARED_LINES: usize = 200;

/// Reads every object that is looked through; returns how, in words.
pub(super) async fn find(planning: &mut Planning) -> Result<String, Fault> {
    let mut read = Vec::new();
    for searched in planning.searched.clone().iter() {
        let rows = scan(planning, searched, keep).await?;
        read.push(searched.object.counted(rows));
    }
    Ok(match read.as_slice() {
        [one] => format!("one Bulk query of {one}"),
        several => format!("one Bulk query each of {}", several.join(" and ")),
    })
}

/// Keeps records with the lines that they may be; returns these lines.
pub(in crate::planning) type Keep =
    fn(&Write<'_>, i64, TargetObject, &Searched, &[Pending]) -> Result<Vec<u32>, Fault>;

/// Holds every record of an object against the lines; returns their number.
pub(in crate::planning) async fn scan(
    planning: &mut Planning,
    searched: &Searched,
    keep: Keep,
) -> Result<u64, Fault> {
    let options = QueryJobOptions {
        soql: format!(
            "SELECT {} FROM {}{}",
            searched.selected(),
            searched.object.api_name(),
            searched.narrowed(None)
        ),
        with_deleted: false,
    };
    let bulk = planning.client.bulk_query();
    let cancel = planning.progress.cancel().clone();
    let created = bulk.create_job(&options).await?;
    let mut scan = Scan {
        engine: planning.engine.clone(),
        run_id: planning.run_id,
        object: planning.object,
        searched: searched.clone(),
        index: std::mem::take(&mut planning.keys),
        columns: Vec::new(),
        pending: Vec::new(),
        keep,
    };
    scan.index.sort();
    let read = async {
        let info = bulk.wait(&created.job, &cancel, |_| {}).await?;
        if info.state != JobState::JobComplete {
            return Err(failed(planning, &options, &info).await?);
        }
        let download = bulk
            .download(&info, &QueryDownloadOptions::default(), &cancel, &mut scan)
            .await?;
        Ok(download.rows)
    }
    .await;
    planning.keys = std::mem::take(&mut scan.index);
    let rows = match read {
        Ok(rows) => rows,
        Err(fault) => {
            if fault.code == Code::Cancelled
                && let Err(error) = bulk.abort(&created.job).await
            {
                tracing::debug!(%error, "a query job that nobody waits for was not stopped");
            }
            return Err(fault);
        }
    };
    if let Err(error) = bulk.delete(&created.job).await {
        tracing::warn!(%error, "the results of a query job were not removed; Salesforce does so after seven days");
    }
    Ok(rows)
}

/// Why the job gave nothing.
async fn failed(planning: &Planning, options: &QueryJobOptions, info: &QueryJobInfo) -> Result<Fault, Fault> {
    let reason = match &info.error_message {
        Some(message) => Some(message.clone()),
        None => planning
            .client
            .bulk_query()
            .failure_reason(options)
            .await?
            .map(|error| format!("{}: {}", error.code, error.message)),
    };
    let fault = Fault::new(
        Code::Salesforce,
        "Salesforce could not read its records for the duplicate check. Plan again; if it stays, choose fewer profiles, \
         which are looked for one by one.",
    );
    Ok(match reason {
        Some(reason) => fault.with_detail(reason),
        None => fault,
    })
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
    keep: Keep,
}

/// A record and the lines that it shares a key with.
pub(in crate::planning) struct Pending {
    pub record: FoundRecord,
    pub lines: Vec<u32>,
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
            let (run_id, object, keep) = (self.run_id, self.object, self.keep);
            let searched = self.searched.clone();
            self.engine
                .write(move |write| keep(write, run_id, object, &searched, &pending).map(drop))
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

/// Compares records with their lines, and keeps them with those that they may be; returns these lines.
pub(super) fn keep(
    write: &Write<'_>,
    run_id: i64,
    object: TargetObject,
    searched: &Searched,
    pending: &[Pending],
) -> Result<Vec<u32>, Fault> {
    let mut hit = Vec::new();
    for Pending { record, lines } in pending {
        let theirs = Facts::of_record(record.object, &record.values, searched.zoominfo_id_field());
        for line in lines {
            let Some(document) = write.line_profile(run_id, *line)? else {
                continue;
            };
            let profile = ProfileDocument::read(&document).map_err(|error| unreadable(&error))?;
            let own = Facts::of_profile(object, &profile);
            if let Some(candidate) = candidate(&own, &theirs, record) {
                write.add_candidate(run_id, *line, &candidate)?;
                hit.push(*line);
            }
        }
    }
    Ok(hit)
}
