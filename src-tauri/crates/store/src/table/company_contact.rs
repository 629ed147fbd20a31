//! The contacts of a run's companies.

use rusqlite::params;

use super::company::WITHOUT_OWN_ACCOUNT;
use super::planned_line::PLANNED;
use crate::{Read, StoreError, Write};

impl Read<'_> {
    /// Hands contacts after a line that may need the account of their company to `each`, in order, with their profiles'
    /// stored JSON; returns the last line that it looked at.
    pub fn for_each_contact_without_account<E: From<StoreError>>(
        &self,
        run_id: i64,
        after_line: u32,
        limit: u32,
        mut each: impl FnMut(u32, i64, &str) -> Result<(), E>,
    ) -> Result<Option<u32>, E> {
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "SELECT run_line.line, profile_id, profile.document FROM run_line JOIN profile USING (profile_id)
                 WHERE run_id = ?1 AND run_line.line > ?2 AND company_number IS NULL
                     AND ({WITHOUT_OWN_ACCOUNT} OR run_line.object = 'contact' AND action = 'ask')
                 ORDER BY run_line.line LIMIT ?3"
            ))
            .map_err(StoreError::from)?;
        let mut rows = statement
            .query(params![run_id, after_line, limit])
            .map_err(StoreError::from)?;
        let mut last = None;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let line = row.get(0).map_err(StoreError::from)?;
            let document = row.get_ref(2).map_err(StoreError::from)?;
            each(
                line,
                row.get(1).map_err(StoreError::from)?,
                super::profile::text(document)?,
            )?;
            last = Some(line);
        }
        Ok(last)
    }

    /// Hands contacts of a company that are created as things stand to `each`, in order, with their profiles' stored JSON.
    pub fn for_each_new_contact<E: From<StoreError>>(
        &self,
        run_id: i64,
        company_number: u32,
        each: impl FnMut(u32, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let condition = "action = 'create' AND answer IS NULL";
        self.for_each_contact_where(condition, run_id, company_number, each)
    }

    /// The same of contacts that are exported, or left out because of a record of the org.
    pub fn for_each_planned_contact<E: From<StoreError>>(
        &self,
        run_id: i64,
        company_number: u32,
        each: impl FnMut(u32, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        self.for_each_contact_where(PLANNED, run_id, company_number, each)
    }

    fn for_each_contact_where<E: From<StoreError>>(
        &self,
        condition: &str,
        run_id: i64,
        company_number: u32,
        mut each: impl FnMut(u32, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self
            .connection
            .prepare_cached(&format!(
                "SELECT run_line.line, profile.document FROM run_line INDEXED BY run_line_company JOIN profile USING (profile_id)
                 WHERE run_id = ?1 AND company_number = ?2 AND run_line.object = 'contact' AND ({condition})
                 ORDER BY run_line.line"
            ))
            .map_err(StoreError::from)?;
        let mut rows = statement
            .query(params![run_id, company_number])
            .map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let document = row.get_ref(1).map_err(StoreError::from)?;
            each(
                row.get(0).map_err(StoreError::from)?,
                super::profile::text(document)?,
            )?;
        }
        Ok(())
    }

    /// Updates of a company's contacts that have no account, after a line, in order.
    pub fn updates_without_account(
        &self,
        run_id: i64,
        company_number: u32,
        after_line: u32,
        limit: u32,
    ) -> Result<Vec<u32>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT line FROM run_line INDEXED BY run_line_company
             WHERE run_id = ?1 AND company_number = ?2 AND action = 'update' AND parent_id IS NULL AND line > ?3
             ORDER BY line LIMIT ?4",
        )?;
        let rows = statement.query_map(params![run_id, company_number, after_line, limit], |row| {
            row.get(0)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Puts a contact into a company.
    pub fn set_line_company(&self, run_id: i64, line: u32, company_number: u32) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE run_line SET company_number = ?3 WHERE run_id = ?1 AND line = ?2")?
            .execute(params![run_id, line, company_number])?;
        Ok(())
    }

    /// Counts the contacts of every company again.
    pub fn count_company_contacts(&self, run_id: i64) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE run_company SET contacts = (SELECT count(*) FROM run_line INDEXED BY run_line_company
                 WHERE run_line.run_id = run_company.run_id AND run_line.company_number = run_company.company_number)
             WHERE run_id = ?1",
            [run_id],
        )?;
        Ok(())
    }
}
