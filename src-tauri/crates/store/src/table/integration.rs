//! The integration as a whole.

use rusqlite::params;

use crate::{Read, StoreError, Write};

/// The integration's one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrationRow {
    /// The master toggle; `None` until somebody sets it.
    pub exports_on: Option<bool>,
    /// When it was set, and by whom.
    pub exports_changed: Option<(String, String)>,
    /// Everybody connects with a user of their own.
    pub user_accounts: bool,
    /// Consumer key that was used last.
    pub last_client_id: Option<String>,
}

impl Read<'_> {
    /// The integration.
    pub fn integration(&self) -> Result<IntegrationRow, StoreError> {
        Ok(self
            .connection
            .query_row(
                "SELECT exports_on, exports_changed_at, exports_changed_by, accounts = 'user', last_client_id FROM integration",
                [],
                |row| {
                    let (at, by): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
                    Ok(IntegrationRow {
                        exports_on: row.get(0)?,
                        exports_changed: at.zip(by),
                        user_accounts: row.get(3)?,
                        last_client_id: row.get(4)?,
                    })
                },
            )?)
    }
}

impl Write<'_> {
    /// Turns all exports on or off.
    pub fn set_exports_on(&self, on: bool, changed_at: &str, changed_by: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE integration SET exports_on = ?1, exports_changed_at = ?2, exports_changed_by = ?3",
            params![on, changed_at, changed_by],
        )?;
        Ok(())
    }

    /// Chooses between one service account and a user of everybody's own.
    pub fn set_user_accounts(&self, user_accounts: bool) -> Result<(), StoreError> {
        let accounts = if user_accounts { "user" } else { "service" };
        self.connection
            .execute("UPDATE integration SET accounts = ?1", [accounts])?;
        Ok(())
    }

    /// Remembers the consumer key, to save typing.
    pub fn set_last_client_id(&self, client_id: &str) -> Result<(), StoreError> {
        self.connection
            .execute("UPDATE integration SET last_client_id = ?1", [client_id])?;
        Ok(())
    }
}
