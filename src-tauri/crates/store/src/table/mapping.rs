//! Mappings; every save is a version.

use model::{Mapping, TargetObject};
use rusqlite::{OptionalExtension, params};

use crate::word::{from_json, to_json, to_word};
use crate::{Read, StoreError, Write};

/// One version of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingRow {
    /// Version, from 1.
    pub version: u32,
    /// When it was saved.
    pub saved_at: String,
    /// Who saved it.
    pub saved_by: String,
    /// The mapping.
    pub mapping: Mapping,
}

impl Read<'_> {
    /// The newest version; `None` when none was saved.
    pub fn mapping(&self, object: TargetObject) -> Result<Option<MappingRow>, StoreError> {
        self.mapping_by(object, "SELECT version, saved_at, saved_by, document FROM mapping WHERE object = ?1 AND version <= ?2 ORDER BY version DESC LIMIT 1", u32::MAX)
    }

    /// A certain version.
    pub fn mapping_version(
        &self,
        object: TargetObject,
        version: u32,
    ) -> Result<Option<MappingRow>, StoreError> {
        self.mapping_by(
            object,
            "SELECT version, saved_at, saved_by, document FROM mapping WHERE object = ?1 AND version = ?2",
            version,
        )
    }

    fn mapping_by(
        &self,
        object: TargetObject,
        sql: &str,
        version: u32,
    ) -> Result<Option<MappingRow>, StoreError> {
        let row: Option<(u32, String, String, String)> = self
            .connection
            .query_row(
                sql,
                params![to_word("mapping.object", &object)?, version],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .optional()?;
        row.map(|(version, saved_at, saved_by, document)| {
            Ok(MappingRow {
                version,
                saved_at,
                saved_by,
                mapping: from_json("mapping.document", &document)?,
            })
        })
        .transpose()
    }
}

impl Write<'_> {
    /// Saves a mapping as its next version, and returns the version.
    pub fn add_mapping(&self, mapping: &Mapping, saved_at: &str, saved_by: &str) -> Result<u32, StoreError> {
        let object = to_word("mapping.object", &mapping.object)?;
        Ok(self.connection.query_row(
            "INSERT INTO mapping (object, version, saved_at, saved_by, document)
             VALUES (?1, (SELECT coalesce(max(version), 0) + 1 FROM mapping WHERE object = ?1), ?2, ?3, ?4)
             RETURNING version",
            params![object, saved_at, saved_by, to_json("mapping.document", mapping)?],
            |row| row.get(0),
        )?)
    }
}
