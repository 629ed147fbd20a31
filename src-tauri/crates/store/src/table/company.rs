//! Companies of a run of contacts: one question each, one account each.

use model::{CompanyAnswer, Grade, MatchingAccounts};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// A company of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyRow {
    /// Number within the run, from 1.
    pub company_number: u32,
    /// What tells companies of one run apart.
    pub company_key: String,
    /// Its name.
    pub name: String,
    /// Its website.
    pub website: String,
    /// Profile that its account is made from.
    pub profile_id: i64,
    /// Contacts of the run that belong to it.
    pub contacts: u32,
    /// How many accounts match.
    pub accounts: MatchingAccounts,
    /// Accounts of the org, best first.
    pub candidates: Vec<AccountCandidate>,
    /// What is done; `None` until somebody answers.
    pub answer: Option<CompanyAnswer>,
    /// Whether the settings gave the answer.
    pub is_automatic: bool,
    /// The line that creates the account.
    pub account_line: Option<u32>,
    /// The account, once it is there.
    pub account_id: Option<String>,
}

/// An account that a company may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountCandidate {
    /// 18-character id.
    pub account_id: String,
    /// Its name.
    pub name: String,
    /// Its website; empty when it has none.
    pub website: String,
    /// City, state, country.
    pub place: String,
    /// Phone; empty when it has none.
    pub phone: String,
    /// Name of its owner.
    pub owner: String,
    /// When it was last changed (RFC 3339, UTC).
    pub modified_at: String,
    /// How sure it is.
    pub grade: Grade,
    /// Code of the criterion.
    pub criterion: String,
}

const COLUMNS: &str = "company_number, company_key, name, website, profile_id, contacts, accounts, candidates, answer, \
                       is_automatic, account_line, account_id";

fn read_row(row: &Row<'_>) -> Result<CompanyRow, StoreError> {
    let answer: Option<String> = row.get(8)?;
    Ok(CompanyRow {
        company_number: row.get(0)?,
        company_key: row.get(1)?,
        name: row.get(2)?,
        website: row.get(3)?,
        profile_id: row.get(4)?,
        contacts: row.get(5)?,
        accounts: from_word("run_company.accounts", row.get(6)?)?,
        candidates: from_json("run_company.candidates", &row.get::<_, String>(7)?)?,
        answer: answer
            .map(|text| from_json("run_company.answer", &text))
            .transpose()?,
        is_automatic: row.get(9)?,
        account_line: row.get(10)?,
        account_id: row.get(11)?,
    })
}

impl Read<'_> {
    /// A company of a run.
    pub fn company(&self, run_id: i64, company_number: u32) -> Result<Option<CompanyRow>, StoreError> {
        self.connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM run_company WHERE run_id = ?1 AND company_number = ?2"
            ))?
            .query_row(params![run_id, company_number], |row| Ok(read_row(row)))
            .optional()?
            .transpose()
    }

    /// A company of a run by what tells it apart.
    pub fn company_by_key(&self, run_id: i64, company_key: &str) -> Result<Option<CompanyRow>, StoreError> {
        self.connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM run_company WHERE run_id = ?1 AND company_key = ?2"
            ))?
            .query_row(params![run_id, company_key], |row| Ok(read_row(row)))
            .optional()?
            .transpose()
    }

    /// Companies of a run after a number, in order; only those that were asked, or that wait for an answer.
    pub fn companies(
        &self,
        run_id: i64,
        asked_only: bool,
        waiting_only: bool,
        after_number: u32,
        limit: u32,
    ) -> Result<Vec<CompanyRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM run_company WHERE run_id = ?1 AND company_number > ?2
                 AND (NOT ?3 OR NOT is_automatic) AND (NOT ?4 OR answer IS NULL) ORDER BY company_number LIMIT ?5"
        ))?;
        let mut rows = statement.query(params![run_id, after_number, asked_only, waiting_only, limit])?;
        let mut companies = Vec::new();
        while let Some(row) = rows.next()? {
            companies.push(read_row(row)?);
        }
        Ok(companies)
    }

    /// How many companies were asked, and how many of them wait for an answer.
    pub fn count_asked_companies(&self, run_id: i64) -> Result<(u32, u32), StoreError> {
        Ok(self.connection.query_row(
            "SELECT count(*), count(*) FILTER (WHERE answer IS NULL) FROM run_company WHERE run_id = ?1 AND NOT is_automatic",
            [run_id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?)
    }
}

impl Write<'_> {
    /// Adds a company, or writes it anew.
    pub fn set_company(&self, run_id: i64, company: &CompanyRow) -> Result<(), StoreError> {
        let answer = company
            .answer
            .as_ref()
            .map(|answer| to_json("run_company.answer", answer))
            .transpose()?;
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO run_company (run_id, company_number, company_key, name, website, profile_id, contacts,
                     accounts, candidates, answer, is_automatic, account_line, account_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                run_id,
                company.company_number,
                company.company_key,
                company.name,
                company.website,
                company.profile_id,
                company.contacts,
                to_word("run_company.accounts", &company.accounts)?,
                to_json("run_company.candidates", &company.candidates)?,
                answer,
                company.is_automatic,
                company.account_line,
                company.account_id
            ])?;
        Ok(())
    }
}
