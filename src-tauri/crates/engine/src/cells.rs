//! A record's values as they are uploaded, and the digest that finds its line again in the results.

use model::{cell_of_column, csv_text, row_digest};
use salesforce::Record;
use serde_json::Value;

/// A value as it stands in the uploaded file. Every line break is the job's own (LF), because a file may not mix
/// them (Bulk API 2.0 Developer Guide, "Prepare CSV Files").
pub(crate) fn upload_text(value: &Value) -> String {
    let text = csv_text(value);
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

/// The digest of a record with these columns.
pub(crate) fn digest(columns: &[String], record: &Record) -> [u8; 32] {
    let texts: Vec<String> = columns
        .iter()
        .map(|column| {
            cell_of_column(record, column)
                .map(upload_text)
                .unwrap_or_default()
        })
        .collect();
    row_digest(&texts)
}
