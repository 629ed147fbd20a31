//! The rows of a job by what tells them: results come back in any order and name no row.

use model::RowDigest;
use store::{JobRow, Read};

use super::upload;
use crate::fault::Fault;

/// What tells a row from others: its values, or its record.
pub(super) type RowKey = RowDigest;

/// The first two bytes of a key tell its bucket. Keys are spread evenly, so that one has a row or two of the largest job.
const BUCKETS: usize = 1 << 16;

/// The keys of a job's rows with their lines. A job has 100,000 rows at most, so they are held in memory; it is two megabytes.
#[derive(Debug, Default)]
pub(super) struct RowKeys {
    rows: Vec<(RowKey, u32)>,
    /// Where the rows of each bucket end.
    ends: Vec<u32>,
}

impl RowKeys {
    /// Of the lines that wait for a job's answer, as the database has them; for jobs that create.
    pub fn of_waiting(read: &Read<'_>, job: &JobRow) -> Result<Self, Fault> {
        let mut keys = Self::with_capacity(job.records);
        let mut are_missing = false;
        read.for_each_awaiting_digest(job, |line, digest| {
            match digest.and_then(|digest| digest.try_into().ok()) {
                Some(key) => keys.rows.push((key, line)),
                None => are_missing = true,
            }
        })?;
        if are_missing {
            // Planned before rows were told apart as they are now.
            let columns = job.columns.as_deref().unwrap_or_default();
            read.for_each_awaiting::<Fault>(job, false, |line| {
                if line.digest.is_none() {
                    keys.rows.push((upload::digest(&line, columns)?, line.line));
                }
                Ok(())
            })?;
        }
        keys.sort();
        Ok(keys)
    }

    /// With room for so many rows.
    pub fn with_capacity(rows: u32) -> Self {
        Self {
            rows: Vec::with_capacity(rows as usize),
            ends: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn add(&mut self, line: u32, key: &RowKey) {
        self.rows.push((*key, line));
    }

    /// Makes what was added known to [`RowKeys::lines`].
    pub fn sort(&mut self) {
        self.rows.sort_unstable();
        self.ends.clear();
        self.ends.resize(BUCKETS, 0);
        for (key, _) in &self.rows {
            self.ends[bucket(key)] += 1;
        }
        let mut end = 0;
        for rows in &mut self.ends {
            end += *rows;
            *rows = end;
        }
    }

    /// The lines of a key, ascending. Rows with the same values are interchangeable.
    pub fn lines(&self, key: &RowKey) -> impl Iterator<Item = u32> + use<'_> {
        let wanted = *key;
        let bucket = bucket(key);
        let end = |bucket: usize| self.ends.get(bucket).map_or(0, |end| *end as usize);
        let first = bucket.checked_sub(1).map_or(0, end);
        self.rows[first..end(bucket)]
            .iter()
            .filter(move |(own, _)| *own == wanted)
            .map(|(_, line)| *line)
    }
}

fn bucket(key: &RowKey) -> usize {
    usize::from(u16::from_be_bytes([key[0], key[1]]))
}
