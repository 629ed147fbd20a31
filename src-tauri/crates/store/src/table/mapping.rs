//! Mappings; every save is a version.

use model::{Mapping, TargetObject};
use rusqlite::{OptionalExtension, Row, params};

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
    /// What whoever saved it said of it; may be empty.
    pub note: String,
    /// The mapping.
    pub mapping: Mapping,
}

/// A mapping to be saved.
#[derive(Debug, Clone, Copy)]
pub struct NewMapping<'a> {
    /// The mapping.
    pub mapping: &'a Mapping,
    /// When it is saved.
    pub saved_at: &'a str,
    /// Who saves it.
    pub saved_by: &'a str,
    /// What they say of it; may be empty.
    pub note: &'a str,
}

const COLUMNS: &str = "version, saved_at, saved_by, note, document";

impl Read<'_> {
    /// The newest version; `None` when none was saved.
    pub fn mapping(&self, object: TargetObject) -> Result<Option<MappingRow>, StoreError> {
        self.mapping_by(object, "version <= ?2 ORDER BY version DESC LIMIT 1", u32::MAX)
    }

    /// A certain version.
    pub fn mapping_version(
        &self,
        object: TargetObject,
        version: u32,
    ) -> Result<Option<MappingRow>, StoreError> {
        self.mapping_by(object, "version = ?2", version)
    }

    /// All versions, newest first.
    pub fn mapping_versions(&self, object: TargetObject) -> Result<Vec<MappingRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM mapping WHERE object = ?1 ORDER BY version DESC");
        let mut statement = self.connection.prepare(&sql)?;
        let rows = statement.query_map([to_word("mapping.object", &object)?], stored)?;
        rows.map(|row| understood(row?)).collect()
    }

    fn mapping_by(
        &self,
        object: TargetObject,
        condition: &str,
        version: u32,
    ) -> Result<Option<MappingRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM mapping WHERE object = ?1 AND {condition}");
        let parameters = params![to_word("mapping.object", &object)?, version];
        let row = self.connection.query_row(&sql, parameters, stored).optional()?;
        row.map(understood).transpose()
    }
}

impl Write<'_> {
    /// Saves a mapping as its next version, and returns the version.
    pub fn add_mapping(&self, new: NewMapping<'_>) -> Result<u32, StoreError> {
        let object = to_word("mapping.object", &new.mapping.object)?;
        Ok(self.connection.query_row(
            "INSERT INTO mapping (object, version, saved_at, saved_by, note, document)
             VALUES (?1, (SELECT coalesce(max(version), 0) + 1 FROM mapping WHERE object = ?1), ?2, ?3, ?4, ?5)
             RETURNING version",
            params![
                object,
                new.saved_at,
                new.saved_by,
                new.note,
                to_json("mapping.document", new.mapping)?
            ],
            |row| row.get(0),
        )?)
    }
}

/// A row whose document is still text.
struct Stored {
    version: u32,
    saved_at: String,
    saved_by: String,
    note: String,
    document: String,
}

fn stored(row: &Row<'_>) -> Result<Stored, rusqlite::Error> {
    Ok(Stored {
        version: row.get(0)?,
        saved_at: row.get(1)?,
        saved_by: row.get(2)?,
        note: row.get(3)?,
        document: row.get(4)?,
    })
}

fn understood(row: Stored) -> Result<MappingRow, StoreError> {
    Ok(MappingRow {
        version: row.version,
        saved_at: row.saved_at,
        saved_by: row.saved_by,
        note: row.note,
        mapping: from_json("mapping.document", &row.document)?,
    })
}
