//! The integration as a whole.

use crate::{Read, StoreError, Write};

/// The integration's one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntegrationRow {
    /// The master toggle; `None` until somebody sets it.
    pub exports_on: Option<bool>,
    /// Consumer key that was used last.
    pub last_client_id: Option<String>,
}

impl Read<'_> {
    /// The integration.
    pub fn integration(&self) -> Result<IntegrationRow, StoreError> {
        Ok(self
            .connection
            .query_row("SELECT exports_on, last_client_id FROM integration", [], |row| {
                Ok(IntegrationRow {
                    exports_on: row.get(0)?,
                    last_client_id: row.get(1)?,
                })
            })?)
    }
}

impl Write<'_> {
    /// Turns all exports on or off.
    pub fn set_exports_on(&self, on: bool) -> Result<(), StoreError> {
        self.connection
            .execute("UPDATE integration SET exports_on = ?1", [on])?;
        Ok(())
    }

    /// Remembers the consumer key, to save typing.
    pub fn set_last_client_id(&self, client_id: &str) -> Result<(), StoreError> {
        self.connection
            .execute("UPDATE integration SET last_client_id = ?1", [client_id])?;
        Ok(())
    }
}
