//! Salesforce users whom people connected as their own. Tokens are never here.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Read, StoreError, Write};

/// A person's own Salesforce user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonConnectionRow {
    /// The person.
    pub person_id: i64,
    /// The org.
    pub org_id: String,
    /// `005…`.
    pub user_id: String,
    /// Login name.
    pub username: String,
    /// Full name.
    pub user_name: String,
    /// E-mail address.
    pub user_email: String,
    /// When it was connected.
    pub connected_at: String,
    /// Whether the session is known to be over.
    pub signed_out: bool,
}

const COLUMNS: &str = "person_id, org_id, user_id, username, user_name, user_email, connected_at, signed_out";

fn read_row(row: &Row<'_>) -> rusqlite::Result<PersonConnectionRow> {
    Ok(PersonConnectionRow {
        person_id: row.get(0)?,
        org_id: row.get(1)?,
        user_id: row.get(2)?,
        username: row.get(3)?,
        user_name: row.get(4)?,
        user_email: row.get(5)?,
        connected_at: row.get(6)?,
        signed_out: row.get(7)?,
    })
}

impl Read<'_> {
    /// A person's own user; `None` before connecting.
    pub fn person_connection(&self, person_id: i64) -> Result<Option<PersonConnectionRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM person_connection WHERE person_id = ?1"
        ))?;
        Ok(statement.query_row([person_id], read_row).optional()?)
    }

    /// Everybody's own users, those of removed people too.
    pub fn person_connections(&self) -> Result<Vec<PersonConnectionRow>, StoreError> {
        let mut statement = self.connection.prepare(&format!(
            "SELECT {COLUMNS} FROM person_connection ORDER BY person_id"
        ))?;
        let rows = statement.query_map([], read_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Removed people who still have a user of their own here.
    pub fn removed_people_with_connections(&self) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.connection.prepare(
            "SELECT person_id FROM person_connection JOIN person USING (person_id) WHERE removed_at IS NOT NULL ORDER BY person_id",
        )?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Keeps a person's own user.
    pub fn set_person_connection(&self, row: &PersonConnectionRow) -> Result<(), StoreError> {
        self.connection.execute(
            &format!(
                "INSERT OR REPLACE INTO person_connection ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
            ),
            params![
                row.person_id,
                row.org_id,
                row.user_id,
                row.username,
                row.user_name,
                row.user_email,
                row.connected_at,
                row.signed_out
            ],
        )?;
        Ok(())
    }

    /// Notes whether a person's session is over.
    pub fn set_person_signed_out(&self, person_id: i64, signed_out: bool) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE person_connection SET signed_out = ?2 WHERE person_id = ?1",
            params![person_id, signed_out],
        )?;
        Ok(())
    }

    /// Forgets a person's own user.
    pub fn remove_person_connection(&self, person_id: i64) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM person_connection WHERE person_id = ?1", [person_id])?;
        Ok(())
    }
}
