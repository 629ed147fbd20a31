//! The connected org.

use rusqlite::{OptionalExtension, params};

use crate::{Read, StoreError, Write};

/// The connected org, without its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgRow {
    /// 18-character organisation id.
    pub org_id: String,
    /// Organisation name.
    pub name: String,
    /// `production`, `sandbox` or `demo`.
    pub kind: String,
    /// Where its data lives.
    pub instance_url: String,
    /// Where its people sign in.
    pub login_url: String,
    /// Consumer key of the app that connected.
    pub client_id: String,
    /// Edition, in Salesforce's words.
    pub edition: String,
    /// API version in use.
    pub api_version: String,
    /// Id of the connected user.
    pub user_id: String,
    /// Username of the connected user.
    pub username: String,
    /// Name of the connected user.
    pub user_name: String,
    /// E-mail address of the connected user.
    pub user_email: String,
    /// When the connection was made.
    pub connected_at: String,
    /// Name of the admin who made it.
    pub connected_by: String,
    /// Whether the session is known to be over.
    pub signed_out: bool,
    /// API calls used and allowed in 24 hours, as last told.
    pub usage: Option<(u64, u64)>,
}

impl Read<'_> {
    /// The connected org; `None` before connecting.
    pub fn org(&self) -> Result<Option<OrgRow>, StoreError> {
        let row = self
            .connection
            .query_row(
                "SELECT org_id, name, kind, instance_url, login_url, client_id, edition, api_version, user_id, username,
                        user_name, user_email, connected_at, connected_by, signed_out, used_calls, max_calls FROM org",
                [],
                |row| {
                    let used: Option<u64> = row.get(15)?;
                    let max: Option<u64> = row.get(16)?;
                    Ok(OrgRow {
                        org_id: row.get(0)?,
                        name: row.get(1)?,
                        kind: row.get(2)?,
                        instance_url: row.get(3)?,
                        login_url: row.get(4)?,
                        client_id: row.get(5)?,
                        edition: row.get(6)?,
                        api_version: row.get(7)?,
                        user_id: row.get(8)?,
                        username: row.get(9)?,
                        user_name: row.get(10)?,
                        user_email: row.get(11)?,
                        connected_at: row.get(12)?,
                        connected_by: row.get(13)?,
                        signed_out: row.get(14)?,
                        usage: used.zip(max),
                    })
                },
            )
            .optional()?;
        Ok(row)
    }
}

impl Write<'_> {
    /// Makes this the connected org; a new org makes the old one's field lists void.
    pub fn set_org(&self, org: &OrgRow) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM describe WHERE org_id <> ?1", [&org.org_id])?;
        self.connection.execute(
            "INSERT OR REPLACE INTO org (slot, org_id, name, kind, instance_url, login_url, client_id, edition, api_version,
                 user_id, username, user_name, user_email, connected_at, connected_by, signed_out, used_calls, max_calls)
             VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            params![
                org.org_id,
                org.name,
                org.kind,
                org.instance_url,
                org.login_url,
                org.client_id,
                org.edition,
                org.api_version,
                org.user_id,
                org.username,
                org.user_name,
                org.user_email,
                org.connected_at,
                org.connected_by,
                org.signed_out,
                org.usage.map(|usage| usage.0),
                org.usage.map(|usage| usage.1),
            ],
        )?;
        Ok(())
    }

    /// Forgets the connected org; settings and lists stay.
    pub fn remove_org(&self) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM org", [])?;
        Ok(())
    }

    /// Notes whether the session is over.
    pub fn set_signed_out(&self, signed_out: bool) -> Result<(), StoreError> {
        self.connection
            .execute("UPDATE org SET signed_out = ?1", [signed_out])?;
        Ok(())
    }

    /// Notes what Salesforce said of API calls.
    pub fn set_usage(&self, used_calls: u64, max_calls: u64) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE org SET used_calls = ?1, max_calls = ?2",
            params![used_calls, max_calls],
        )?;
        Ok(())
    }
}
