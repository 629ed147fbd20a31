//! People of the organisation. One who was removed is hidden, so that the removal can be taken back and ledgers keep names.

use rusqlite::{OptionalExtension, Row, params};

use crate::{Read, StoreError, Write};

/// One person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Id.
    pub person_id: i64,
    /// Name as shown.
    pub name: String,
    /// E-mail address, once known.
    pub email: Option<String>,
    /// May change settings.
    pub is_admin: bool,
    /// Made the connection.
    pub is_primary: bool,
}

/// What can be said of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFields {
    /// Name as shown.
    pub name: String,
    /// E-mail address, once known.
    pub email: Option<String>,
    /// May change settings.
    pub is_admin: bool,
}

const COLUMNS: &str = "person_id, name, email, role = 'admin', is_primary";

fn read_row(row: &Row<'_>) -> rusqlite::Result<PersonRow> {
    Ok(PersonRow {
        person_id: row.get(0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        is_admin: row.get(3)?,
        is_primary: row.get(4)?,
    })
}

/// What two addresses have in common when they are the same.
fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

fn role(is_admin: bool) -> &'static str {
    if is_admin { "admin" } else { "user" }
}

impl Read<'_> {
    /// Who uses this machine; `None` in a new workspace.
    pub fn operator(&self) -> Result<Option<PersonRow>, StoreError> {
        self.one_person("is_operator = 1 AND removed_at IS NULL", [])
    }

    /// The admin who made the connection; `None` before anybody did, and after that admin was removed.
    pub fn primary_admin(&self) -> Result<Option<PersonRow>, StoreError> {
        self.one_person("is_primary = 1 AND removed_at IS NULL", [])
    }

    /// A person who was not removed.
    pub fn person(&self, person_id: i64) -> Result<Option<PersonRow>, StoreError> {
        self.one_person("person_id = ?1 AND removed_at IS NULL", [person_id])
    }

    /// A person who was removed.
    pub fn removed_person(&self, person_id: i64) -> Result<Option<PersonRow>, StoreError> {
        self.one_person("person_id = ?1 AND removed_at IS NOT NULL", [person_id])
    }

    /// The person with an e-mail address, ignoring case.
    pub fn person_by_email(&self, email: &str) -> Result<Option<PersonRow>, StoreError> {
        self.one_person("email_key = ?1 AND removed_at IS NULL", [email_key(email)])
    }

    fn one_person(
        &self,
        condition: &str,
        params: impl rusqlite::Params,
    ) -> Result<Option<PersonRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM person WHERE {condition}"))?;
        Ok(statement.query_row(params, read_row).optional()?)
    }

    /// Everybody, by name.
    pub fn people(&self) -> Result<Vec<PersonRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM person WHERE removed_at IS NULL ORDER BY lower(name), name, person_id"
        ))?;
        let people = statement.query_map([], read_row)?;
        Ok(people.collect::<Result<_, _>>()?)
    }

    /// Everybody, those who were removed too, in the order in which they were added.
    pub fn everybody(&self) -> Result<Vec<PersonRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare(&format!("SELECT {COLUMNS} FROM person ORDER BY person_id"))?;
        let people = statement.query_map([], read_row)?;
        Ok(people.collect::<Result<_, _>>()?)
    }

    /// Names of everybody who may change settings, in order.
    pub fn admin_names(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name FROM person WHERE role = 'admin' AND removed_at IS NULL ORDER BY name",
        )?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// How many people may change settings.
    pub fn count_admins(&self) -> Result<u32, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT count(*) FROM person WHERE role = 'admin' AND removed_at IS NULL")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}

impl Write<'_> {
    /// Adds the first operator, who becomes the first admin.
    pub fn add_first_operator(&self, name: &str, added_at: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO person (name, role, is_operator, added_at) VALUES (?1, 'admin', 1, ?2)",
            [name, added_at],
        )?;
        Ok(())
    }

    /// Adds a person, whose address nobody else may have; returns the id.
    pub fn add_person(&self, fields: &PersonFields, added_at: &str) -> Result<i64, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO person (name, email, email_key, role, added_at) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING person_id",
        )?;
        Ok(statement.query_row(
            params![
                fields.name,
                fields.email,
                fields.email.as_deref().map(email_key),
                role(fields.is_admin),
                added_at
            ],
            |row| row.get(0),
        )?)
    }

    /// Changes a person. Whoever is no admin any more is not the primary one either.
    pub fn change_person(&self, person_id: i64, fields: &PersonFields) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE person SET name = ?2, email = ?3, email_key = ?4, role = ?5, is_primary = is_primary AND ?5 = 'admin'
                 WHERE person_id = ?1",
            )?
            .execute(params![
                person_id,
                fields.name,
                fields.email,
                fields.email.as_deref().map(email_key),
                role(fields.is_admin)
            ])?;
        Ok(())
    }

    /// Hides a person. A primary admin who is hidden counts as none, until this is taken back or somebody else becomes it.
    pub fn remove_person(&self, person_id: i64, removed_at: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE person SET removed_at = ?2 WHERE person_id = ?1",
            params![person_id, removed_at],
        )?;
        Ok(())
    }

    /// Takes a removal back.
    pub fn restore_person(&self, person_id: i64) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE person SET removed_at = NULL WHERE person_id = ?1",
            [person_id],
        )?;
        Ok(())
    }

    /// Says who uses this machine.
    pub fn set_operator(&self, person_id: i64) -> Result<(), StoreError> {
        self.connection
            .execute("UPDATE person SET is_operator = 0 WHERE is_operator = 1", [])?;
        self.connection.execute(
            "UPDATE person SET is_operator = 1 WHERE person_id = ?1",
            [person_id],
        )?;
        Ok(())
    }

    /// Makes the operator the primary connected admin.
    pub fn make_operator_primary(&self) -> Result<(), StoreError> {
        self.connection
            .execute("UPDATE person SET is_primary = 0 WHERE is_primary = 1", [])?;
        self.connection
            .execute("UPDATE person SET is_primary = 1 WHERE is_operator = 1", [])?;
        Ok(())
    }

    /// Notes the operator's e-mail address, unless somebody else has it.
    pub fn set_operator_email(&self, email: &str) -> Result<(), StoreError> {
        if self.person_by_email(email)?.is_none() {
            self.connection.execute(
                "UPDATE person SET email = ?1, email_key = ?2 WHERE is_operator = 1",
                params![email, email_key(email)],
            )?;
        }
        Ok(())
    }
}
