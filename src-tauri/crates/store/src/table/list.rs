//! Lists of profiles.

use model::ProfileKind;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// One column of a list's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListColumn {
    /// Its header, as in the file.
    pub header: String,
    /// The ZoomInfo field that it holds; `None` for an extra column.
    pub field: Option<String>,
}

/// One list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// Id.
    pub list_id: i64,
    /// Name.
    pub name: String,
    /// What its profiles are.
    pub kind: ProfileKind,
    /// File it came from.
    pub file_name: String,
    /// Header generation, in words.
    pub header: String,
    /// The file's columns, in order.
    pub columns: Vec<ListColumn>,
    /// Columns that are not ZoomInfo's.
    pub extra_columns: Vec<String>,
    /// Number of profiles.
    pub profiles: u32,
    /// Rows that were refused at import.
    pub refused_rows: u32,
    /// When it was imported.
    pub imported_at: String,
    /// Who imported it.
    pub imported_by: String,
}

/// A list that is being imported.
#[derive(Debug, Clone)]
pub struct NewList {
    /// Name.
    pub name: String,
    /// What its profiles are.
    pub kind: ProfileKind,
    /// File it comes from.
    pub file_name: String,
    /// Header generation, in words.
    pub header: String,
    /// The file's columns, in order.
    pub columns: Vec<ListColumn>,
    /// Columns that are not ZoomInfo's.
    pub extra_columns: Vec<String>,
    /// When it is imported.
    pub imported_at: String,
    /// Who imports it.
    pub imported_by: String,
}

const COLUMNS: &str = "list_id, name, kind, file_name, header, columns, extra_columns, profiles, refused_rows, \
                       imported_at, imported_by";

fn read_row(row: &Row<'_>) -> Result<ListRow, StoreError> {
    Ok(ListRow {
        list_id: row.get(0)?,
        name: row.get(1)?,
        kind: from_word("list.kind", row.get(2)?)?,
        file_name: row.get(3)?,
        header: row.get(4)?,
        columns: from_json("list.columns", &row.get::<_, String>(5)?)?,
        extra_columns: from_json("list.extra_columns", &row.get::<_, String>(6)?)?,
        profiles: row.get(7)?,
        refused_rows: row.get(8)?,
        imported_at: row.get(9)?,
        imported_by: row.get(10)?,
    })
}

impl Read<'_> {
    /// The lists, newest first.
    pub fn lists(&self) -> Result<Vec<ListRow>, StoreError> {
        let mut statement = self.connection.prepare(&format!(
            "SELECT {COLUMNS} FROM list WHERE deleted_at IS NULL ORDER BY list_id DESC"
        ))?;
        let mut rows = statement.query([])?;
        let mut lists = Vec::new();
        while let Some(row) = rows.next()? {
            lists.push(read_row(row)?);
        }
        Ok(lists)
    }

    /// One list; deleted ones too, for their ledgers.
    pub fn list(&self, list_id: i64) -> Result<Option<ListRow>, StoreError> {
        self.connection
            .query_row(
                &format!("SELECT {COLUMNS} FROM list WHERE list_id = ?1"),
                [list_id],
                |row| Ok(read_row(row)),
            )
            .optional()?
            .transpose()
    }

    /// Whether a list is there and not deleted.
    pub fn list_is_live(&self, list_id: i64) -> Result<bool, StoreError> {
        Ok(self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM list WHERE list_id = ?1 AND deleted_at IS NULL)",
            [list_id],
            |row| row.get(0),
        )?)
    }

    /// A list by its name.
    pub fn list_by_name(&self, name: &str) -> Result<Option<ListRow>, StoreError> {
        self.connection
            .query_row(
                &format!("SELECT {COLUMNS} FROM list WHERE name = ?1 AND deleted_at IS NULL"),
                [name],
                |row| Ok(read_row(row)),
            )
            .optional()?
            .transpose()
    }
}

impl Write<'_> {
    /// Adds a list without profiles.
    pub fn add_list(&self, list: &NewList) -> Result<i64, StoreError> {
        self.refuse_taken_name(&list.name, None)?;
        Ok(self.connection.query_row(
            "INSERT INTO list (name, kind, file_name, header, columns, extra_columns, profiles, refused_rows, imported_at,
                 imported_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7, ?8) RETURNING list_id",
            params![
                list.name,
                to_word("list.kind", &list.kind)?,
                list.file_name,
                list.header,
                to_json("list.columns", &list.columns)?,
                to_json("list.extra_columns", &list.extra_columns)?,
                list.imported_at,
                list.imported_by
            ],
            |row| row.get(0),
        )?)
    }

    /// Notes how many rows a list got.
    pub fn set_list_counts(&self, list_id: i64, profiles: u32, refused_rows: u32) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE list SET profiles = ?2, refused_rows = ?3 WHERE list_id = ?1",
            params![list_id, profiles, refused_rows],
        )?;
        Ok(())
    }

    /// Gives a list another name.
    pub fn rename_list(&self, list_id: i64, name: &str) -> Result<(), StoreError> {
        self.refuse_taken_name(name, Some(list_id))?;
        self.connection.execute(
            "UPDATE list SET name = ?2 WHERE list_id = ?1",
            params![list_id, name],
        )?;
        Ok(())
    }

    /// Hides a list.
    pub fn delete_list(&self, list_id: i64, deleted_at: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE list SET deleted_at = ?2 WHERE list_id = ?1 AND deleted_at IS NULL",
            params![list_id, deleted_at],
        )?;
        Ok(())
    }

    /// Shows a hidden list again.
    pub fn restore_list(&self, list_id: i64) -> Result<(), StoreError> {
        let name: Option<String> = self
            .connection
            .query_row("SELECT name FROM list WHERE list_id = ?1", [list_id], |row| {
                row.get(0)
            })
            .optional()?;
        if let Some(name) = name {
            self.refuse_taken_name(&name, Some(list_id))?;
        }
        self.connection
            .execute("UPDATE list SET deleted_at = NULL WHERE list_id = ?1", [list_id])?;
        Ok(())
    }

    /// Removes hidden lists for good, but for those that a ledger still shows.
    pub fn purge_deleted_lists(&self) -> Result<(), StoreError> {
        self.connection.execute(
            "DELETE FROM list WHERE deleted_at IS NOT NULL AND list_id NOT IN (SELECT list_id FROM run)",
            [],
        )?;
        Ok(())
    }

    fn refuse_taken_name(&self, name: &str, but_for: Option<i64>) -> Result<(), StoreError> {
        let taken = self
            .list_by_name(name)?
            .is_some_and(|list| Some(list.list_id) != but_for);
        if taken {
            Err(StoreError::NameTaken {
                name: name.to_owned(),
            })
        } else {
            Ok(())
        }
    }
}
