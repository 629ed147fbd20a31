//! What Salesforce says of an object.

use model::{TargetDescribe, TargetObject};
use rusqlite::{OptionalExtension, params};

use crate::word::{from_json, to_json, to_word};
use crate::{Read, StoreError, Write};

impl Read<'_> {
    /// The describe of an object as last read; `None` when it never was.
    pub fn describe(&self, object: TargetObject) -> Result<Option<TargetDescribe>, StoreError> {
        let document: Option<String> = self
            .connection
            .query_row(
                "SELECT document FROM describe WHERE object = ?1",
                [to_word("describe.object", &object)?],
                |row| row.get(0),
            )
            .optional()?;
        document
            .map(|document| from_json("describe.document", &document))
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
