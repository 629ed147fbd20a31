//! The three result files of an ingest job, written while they are sent.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::{
    cells::{push_header_cell, push_quoted},
    ingest_job::{IngestJob, Operation},
    outcomes::Outcome,
};
use crate::value::{IdBook, Key};

/// Which result file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultKind {
    /// Rows that were written.
    Successful,
    /// Rows that were refused.
    Failed,
    /// Rows that were not looked at.
    Unprocessed,
}

/// Writes a result file in pieces; `give` returns false when nobody reads any more. Blocks its thread.
pub fn write_results(
    job: &IngestJob,
    kind: ResultKind,
    ids: &IdBook,
    seed: u64,
    mut give: impl FnMut(Vec<u8>) -> bool,
) -> io::Result<()> {
    drop(job.chunk());
    let delimiter = job.specification.delimiter;
    let mut out = Vec::with_capacity(1 << 16);
    let own: &[&str] = match kind {
        ResultKind::Successful => &["sf__Id", "sf__Created"],
        ResultKind::Failed => &["sf__Id", "sf__Error"],
        ResultKind::Unprocessed => &[],
    };
    for (position, cell) in own.iter().enumerate() {
        if position > 0 {
            out.push(delimiter);
        }
        push_quoted(&mut out, cell);
    }
    let header = job.progress().header.clone();
    for (position, cell) in header.iter().enumerate() {
        if position > 0 || !own.is_empty() {
            out.push(delimiter);
        }
        push_header_cell(&mut out, cell, delimiter);
    }
    out.extend_from_slice(job.specification.line_ending.as_bytes());
    let opened = job
        .progress()
        .upload
        .as_ref()
        .map(super::Upload::open)
        .transpose()?;
    let Some(mut file) = opened else {
        give(out);
        return Ok(());
    };
    let mut writer = Writer {
        job,
        ids,
        kind,
        out,
        send: &mut give,
    };
    if kind == ResultKind::Unprocessed {
        let from = job.progress().unprocessed_from;
        file.seek(SeekFrom::Start(from))?;
        writer.unprocessed(file)?;
    } else {
        let blocks = job.progress().outcomes.blocks(seed ^ u64::from(job.number));
        for block in blocks {
            if !writer.block(&mut file, block)? {
                return Ok(());
            }
        }
    }
    writer.flush();
    Ok(())
}

struct Writer<'job, Send> {
    job: &'job IngestJob,
    ids: &'job IdBook,
    kind: ResultKind,
    out: Vec<u8>,
    send: &'job mut Send,
}

impl<Send: FnMut(Vec<u8>) -> bool> Writer<'_, Send> {
    fn flush(&mut self) -> bool {
        self.out.is_empty() || (self.send)(std::mem::take(&mut self.out))
    }

    fn reader<Source: Read>(&self, source: Source) -> csv::Reader<Source> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.job.specification.delimiter)
            .from_reader(source)
    }

    /// Writes the wanted rows of a block; false when nobody reads any more.
    fn block(&mut self, file: &mut std::fs::File, block: std::ops::Range<usize>) -> io::Result<bool> {
        let (rows, from, until) = {
            let progress = self.job.progress();
            let all = progress.outcomes.rows();
            let wanted = |outcome: &Outcome| {
                matches!(outcome, Outcome::Failed(_)) == (self.kind == ResultKind::Failed)
            };
            let rows: Vec<Option<(Outcome, String)>> = all[block.clone()]
                .iter()
                .map(|(_, outcome)| {
                    let reason = match outcome {
                        Outcome::Failed(number) => progress.outcomes.reason(*number).to_owned(),
                        _ => String::new(),
                    };
                    wanted(outcome).then_some((*outcome, reason))
                })
                .collect();
            let from = all.get(block.start).map_or(0, |(offset, _)| u64::from(*offset));
            let until = all
                .get(block.end)
                .map_or(progress.unprocessed_from, |(offset, _)| u64::from(*offset));
            (rows, from, until)
        };
        if rows.iter().all(Option::is_none) {
            return Ok(true);
        }
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(until.saturating_sub(from)).read_to_end(&mut bytes)?;
        let mut reader = self.reader(bytes.as_slice());
        let mut record = csv::StringRecord::new();
        for row in rows {
            if !reader.read_record(&mut record).map_err(io::Error::other)? {
                break;
            }
            if let Some((outcome, reason)) = row {
                self.row(&record, outcome, &reason);
            }
        }
        Ok(self.out.len() < (1 << 16) || self.flush())
    }

    fn row(&mut self, record: &csv::StringRecord, outcome: Outcome, reason: &str) {
        let specification = &self.job.specification;
        let id = |number| {
            self.ids.id(Key {
                object: specification.object,
                number,
            })
        };
        let (id, second) = match outcome {
            Outcome::Created(number) => (id(number), "true"),
            Outcome::Changed(number) => (id(number), "false"),
            Outcome::Failed(_) => {
                let header = self.job.progress().header.clone();
                let column = header.iter().position(|name| name.eq_ignore_ascii_case("Id"));
                let given = column.filter(|_| specification.operation != Operation::Insert);
                (
                    given
                        .and_then(|column| record.get(column))
                        .unwrap_or_default()
                        .to_owned(),
                    reason,
                )
            }
        };
        push_quoted(&mut self.out, &id);
        self.out.push(specification.delimiter);
        push_quoted(&mut self.out, second);
        self.cells(record, true);
    }

    fn cells(&mut self, record: &csv::StringRecord, follows: bool) {
        for (position, cell) in record.iter().enumerate() {
            if follows || position > 0 {
                self.out.push(self.job.specification.delimiter);
            }
            push_quoted(&mut self.out, cell);
        }
        self.out
            .extend_from_slice(self.job.specification.line_ending.as_bytes());
    }

    fn unprocessed(&mut self, file: std::fs::File) -> io::Result<()> {
        let is_aborted_before_reading = self.job.progress().header.is_empty();
        let mut reader = self.reader(BufReader::new(file));
        let mut record = csv::StringRecord::new();
        let mut first = true;
        while reader.read_record(&mut record).map_err(io::Error::other)? {
            if first && is_aborted_before_reading {
                // A job stopped before its header was read still knows its columns from the file.
                self.out.clear();
            }
            first = false;
            self.cells(&record, false);
            if self.out.len() >= (1 << 16) && !self.flush() {
                break;
            }
        }
        Ok(())
    }
}
