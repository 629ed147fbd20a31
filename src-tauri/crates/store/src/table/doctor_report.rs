//! The last report of the connection doctor.

use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::word::{from_json, to_json};
use crate::{Read, StoreError, Write};

/// The last report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoctorReportRow<T> {
    /// Org that was looked at.
    pub org_id: String,
    /// When.
    pub checked_at: String,
    /// What was found.
    pub document: T,
}

impl Read<'_> {
    /// The last report; `None` when there is none.
    pub fn doctor_report<T: DeserializeOwned>(&self) -> Result<Option<DoctorReportRow<T>>, StoreError> {
        let row: Option<(String, String, String)> = self
            .connection
            .query_row(
                "SELECT org_id, checked_at, document FROM doctor_report",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        row.map(|(org_id, checked_at, document)| {
            Ok(DoctorReportRow {
                org_id,
                checked_at,
                document: from_json("doctor_report.document", &document)?,
            })
        })
        .transpose()
    }
}

impl Write<'_> {
    /// Keeps a report in place of the one before.
    pub fn set_doctor_report<T: Serialize>(&self, report: &DoctorReportRow<T>) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO doctor_report (slot, org_id, checked_at, document) VALUES (1, ?1, ?2, ?3)",
            params![
                report.org_id,
                report.checked_at,
                to_json("doctor_report.document", &report.document)?
            ],
        )?;
        Ok(())
    }
}
