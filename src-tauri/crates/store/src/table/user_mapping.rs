//! The Salesforce user whom a person is.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::word::{from_word, to_word};
use crate::{Read, StoreError, Write};

/// How a person's Salesforce user was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// Same e-mail address.
    Email,
    /// Same full name.
    Name,
    /// An admin said so.
    Admin,
}

/// A person's Salesforce user in one org.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserMappingRow {
    /// The person.
    pub person_id: i64,
    /// `005…`; `None` when an admin said that the person is nobody of the org.
    pub user_id: Option<String>,
    /// That user's full name.
    pub user_name: Option<String>,
    /// How it was found.
    pub found_by: FoundBy,
}

impl Read<'_> {
    /// The mappings of everybody in an org.
    pub fn user_mappings(&self, org_id: &str) -> Result<Vec<UserMappingRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT person_id, user_id, user_name, found_by FROM user_mapping WHERE org_id = ?1",
        )?;
        let mut rows = statement.query([org_id])?;
        let mut mappings = Vec::new();
        while let Some(row) = rows.next()? {
            mappings.push(UserMappingRow {
                person_id: row.get(0)?,
                user_id: row.get(1)?,
                user_name: row.get(2)?,
                found_by: from_word("user_mapping.found_by", row.get(3)?)?,
            });
        }
        Ok(mappings)
    }

    /// Full names of all users whom people were ever mapped to, in any org.
    pub fn mapped_user_names(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .connection
            .prepare("SELECT DISTINCT user_name FROM user_mapping WHERE user_name IS NOT NULL")?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// The mapping of a person.
    pub fn user_mapping(&self, org_id: &str, person_id: i64) -> Result<Option<UserMappingRow>, StoreError> {
        let row: Option<(Option<String>, Option<String>, String)> = self
            .connection
            .prepare_cached(
                "SELECT user_id, user_name, found_by FROM user_mapping WHERE org_id = ?1 AND person_id = ?2",
            )?
            .query_row(params![org_id, person_id], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        row.map(|(user_id, user_name, found_by)| {
            Ok(UserMappingRow {
                person_id,
                user_id,
                user_name,
                found_by: from_word("user_mapping.found_by", found_by)?,
            })
        })
        .transpose()
    }
}

impl Write<'_> {
    /// Keeps the mapping of a person.
    pub fn set_user_mapping(&self, org_id: &str, mapping: &UserMappingRow) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO user_mapping (person_id, org_id, user_id, user_name, found_by) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                mapping.person_id,
                org_id,
                mapping.user_id,
                mapping.user_name,
                to_word("user_mapping.found_by", &mapping.found_by)?
            ],
        )?;
        Ok(())
    }

    /// Forgets the mapping of a person, who is then found automatically.
    pub fn forget_user_mapping(&self, org_id: &str, person_id: i64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM user_mapping WHERE org_id = ?1 AND person_id = ?2")?
            .execute(params![org_id, person_id])?;
        Ok(())
    }
}
