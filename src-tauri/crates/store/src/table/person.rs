//! People of the organisation.

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

fn read_row(row: &Row<'_>) -> rusqlite::Result<PersonRow> {
    Ok(PersonRow {
        person_id: row.get(0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        is_admin: row.get(3)?,
        is_primary: row.get(4)?,
    })
}

impl Read<'_> {
    /// Who uses this machine; `None` in a new workspace.
    pub fn operator(&self) -> Result<Option<PersonRow>, StoreError> {
        let row = self
            .connection
            .query_row(
                "SELECT person_id, name, email, role = 'admin', is_primary FROM person WHERE is_operator = 1",
                [],
                read_row,
            )
            .optional()?;
        Ok(row)
    }

    /// The admin who made the connection; `None` before anybody did, and after that admin was removed.
    pub fn primary_admin(&self) -> Result<Option<PersonRow>, StoreError> {
        let row = self
            .connection
            .query_row(
                "SELECT person_id, name, email, role = 'admin', is_primary FROM person
                 WHERE is_primary = 1 AND removed_at IS NULL",
                [],
                read_row,
            )
            .optional()?;
        Ok(row)
    }

    /// Everybody, by name.
    pub fn people(&self) -> Result<Vec<PersonRow>, StoreError> {
        let mut statement = self.connection.prepare(
            "SELECT person_id, name, email, role = 'admin', is_primary FROM person WHERE removed_at IS NULL ORDER BY name, person_id",
        )?;
        let people = statement.query_map([], read_row)?;
        Ok(people.collect::<Result<_, _>>()?)
    }

    /// The person with an e-mail address, ignoring case; the operator where several have it.
    pub fn person_by_email(&self, email: &str) -> Result<Option<PersonRow>, StoreError> {
        let people = self.people()?;
        let operator = self.operator()?.map(|operator| operator.person_id);
        let email = email.trim().to_lowercase();
        let mut found: Vec<PersonRow> = people
            .into_iter()
            .filter(|person| {
                let own = person.email.as_deref().map(|own| own.trim().to_lowercase());
                own.as_deref() == Some(email.as_str())
            })
            .collect();
        found.sort_by_key(|person| Some(person.person_id) != operator);
        Ok(found.into_iter().next())
    }

    /// Names of everybody who may change settings, in order.
    pub fn admin_names(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .connection
            .prepare("SELECT name FROM person WHERE role = 'admin' AND removed_at IS NULL ORDER BY name")?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Adds the first operator, who becomes the first admin.
    pub fn add_first_operator(&self, name: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO person (name, role, is_operator) VALUES (?1, 'admin', 1)",
            [name],
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

    /// Notes the operator's e-mail address.
    pub fn set_operator_email(&self, email: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE person SET email = ?1, email_key = ?2 WHERE is_operator = 1",
            params![email, email.trim().to_lowercase()],
        )?;
        Ok(())
    }
}
