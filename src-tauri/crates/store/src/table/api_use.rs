//! API calls that this app made, by day of UTC.

use rusqlite::params;

use crate::{Read, StoreError, Write};

impl Read<'_> {
    /// Calls of a day, e.g. `2026-02-03`.
    pub fn api_calls_of_day(&self, org_id: &str, day: &str) -> Result<u32, StoreError> {
        Ok(self.connection.query_row(
            "SELECT coalesce(sum(calls), 0) FROM api_use WHERE org_id = ?1 AND day = ?2",
            params![org_id, day],
            |row| row.get(0),
        )?)
    }

    /// Calls of a day to the org that was called most.
    pub fn most_api_calls_of_day(&self, day: &str) -> Result<u32, StoreError> {
        Ok(self.connection.query_row(
            "SELECT coalesce(max(calls), 0) FROM api_use WHERE day = ?1",
            [day],
            |row| row.get(0),
        )?)
    }
}

impl Write<'_> {
    /// Adds calls to a day.
    pub fn add_api_calls_of_day(&self, org_id: &str, day: &str, calls: u32) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO api_use (org_id, day, calls) VALUES (?1, ?2, ?3)
             ON CONFLICT (org_id, day) DO UPDATE SET calls = calls + excluded.calls",
            params![org_id, day, calls],
        )?;
        Ok(())
    }
}
