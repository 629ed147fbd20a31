//! What the org said of an object's fields when its mapping was saved.

use model::{TargetDescribe, TargetObject};
use rusqlite::{OptionalExtension, params};

use crate::word::{from_json, to_json, to_word};
use crate::{Read, StoreError, Write};

/// The fields that a mapping was saved against.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingBasisRow {
    /// Id of the org.
    pub org_id: String,
    /// Its fields.
    pub describe: TargetDescribe,
}

impl Read<'_> {
    /// What an object's mapping was saved against; `None` when no org was known then.
    pub fn mapping_basis(&self, object: TargetObject) -> Result<Option<MappingBasisRow>, StoreError> {
        let row: Option<(String, String)> = self
            .connection
            .query_row(
                "SELECT org_id, document FROM mapping_basis WHERE object = ?1",
                [to_word("mapping_basis.object", &object)?],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        row.map(|(org_id, document)| {
            Ok(MappingBasisRow {
                org_id,
                describe: from_json("mapping_basis.document", &document)?,
            })
        })
        .transpose()
    }
}

impl Write<'_> {
    /// Keeps what an object's mapping was saved against.
    pub fn set_mapping_basis(
        &self,
        object: TargetObject,
        org_id: &str,
        describe: &TargetDescribe,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO mapping_basis (object, org_id, document) VALUES (?1, ?2, ?3)",
            params![
                to_word("mapping_basis.object", &object)?,
                org_id,
                to_json("mapping_basis.document", describe)?
            ],
        )?;
        Ok(())
    }
}
