//! The ledger as CSV.

use std::fs::File;
use std::io::{BufWriter, Write as _};

use super::{Ledger, harmless, not_written};
use crate::fault::Fault;

/// Writes every line; returns how many there are. Cells that begin like formulas are made harmless.
pub(super) fn write(ledger: &Ledger<'_>, file: BufWriter<File>) -> Result<u32, Fault> {
    let mut csv = csv::Writer::from_writer(file);
    csv.write_record(ledger.header().iter().map(|name| harmless(name)))
        .map_err(|error| not_written(&error))?;
    let rows = ledger.for_each_row(|row| {
        csv.write_record(row.iter().map(|cell| harmless(cell)))
            .map_err(|error| not_written(&error))
    })?;
    csv.into_inner()
        .map_err(|error| not_written(&error.into_error()))?
        .flush()
        .map_err(|error| not_written(&error))?;
    Ok(rows)
}
