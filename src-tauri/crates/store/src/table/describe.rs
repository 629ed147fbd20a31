//! What Salesforce says of an object.

use model::{TargetDescribe, TargetObject};
use rusqlite::{OptionalExtension, params};

use crate::word::{from_json, to_json, to_word};
use crate::{Read, StoreError, Write};

/// The fields of an object as last read.
#[derive(Debug, Clone, PartialEq)]
pub struct DescribeRow {
    /// Id of the org.
    pub org_id: String,
    /// When they were read.
    pub described_at: String,
    /// The fields.
    pub describe: TargetDescribe,
}

impl Read<'_> {
    /// The describe of an object as last read; `None` when it never was.
    pub fn describe(&self, object: TargetObject) -> Result<Option<TargetDescribe>, StoreError> {
        Ok(self.described(object)?.map(|row| row.describe))
    }

    /// The same, with whose it is and when it was read.
    pub fn described(&self, object: TargetObject) -> Result<Option<DescribeRow>, StoreError> {
        let row: Option<(String, String, String)> = self
            .connection
            .query_row(
                "SELECT org_id, described_at, document FROM describe WHERE object = ?1",
                [to_word("describe.object", &object)?],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        row.map(|(org_id, described_at, document)| {
            Ok(DescribeRow {
                org_id,
                described_at,
                describe: from_json("describe.document", &document)?,
            })
        })
        .transpose()
    }
}

impl Write<'_> {
    /// Keeps the describe of an object.
    pub fn set_describe(
        &self,
        org_id: &str,
        described_at: &str,
        object: TargetObject,
        describe: &TargetDescribe,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO describe (object, org_id, described_at, document) VALUES (?1, ?2, ?3, ?4)",
            params![
                to_word("describe.object", &object)?,
                org_id,
                described_at,
                to_json("describe.document", describe)?
            ],
        )?;
        Ok(())
    }
}
