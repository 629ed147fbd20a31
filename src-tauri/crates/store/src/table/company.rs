//! Companies of a run of contacts: one question each, one account each.

use model::{CompanyAnswer, Grade, LineOutcome, MatchingAccounts};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::place::place;
use crate::word::{from_json, from_word, to_json, to_word};
use crate::{Read, StoreError, Write};

/// A company of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyRow {
    /// Number within the run, from 1.
    pub company_number: u32,
    /// What tells companies of one run apart.
    pub company_key: String,
    /// What it has in common with companies of other ids that become the same account.
    pub account_key: Option<String>,
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
    /// What agrees, in words.
    pub criterion: String,
}

/// Which companies to show: those that were asked, answered or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CompanyFilter {
    /// Only those that wait for an answer.
    pub waiting_only: bool,
    /// Only those with so many matching accounts.
    pub accounts: Option<MatchingAccounts>,
}

/// What becomes of the contacts of a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompanyLines {
    /// They wait for the company's answer.
    Wait,
    /// They are sent.
    Go,
    /// They are not exported, for this reason.
    Skip {
        /// In words.
        sentence: String,
    },
}

/// Code of a contact that is not exported because of its company.
pub const COMPANY_SKIPPED_CODE: &str = "company_skipped";
/// Contacts whose account is their company's: new ones, and existing ones without an account.
pub(super) const WITHOUT_OWN_ACCOUNT: &str =
    "run_line.object = 'contact' AND (action = 'create' OR action = 'update' AND parent_id IS NULL)";

const COLUMNS: &str = "company_number, company_key, account_key, name, website, profile_id, contacts, accounts, candidates, answer, \
                       is_automatic, account_line, account_id";

fn read_row(row: &Row<'_>) -> Result<CompanyRow, StoreError> {
    let answer: Option<String> = row.get(9)?;
    Ok(CompanyRow {
        company_number: row.get(0)?,
        company_key: row.get(1)?,
        account_key: row.get(2)?,
        name: row.get(3)?,
        website: row.get(4)?,
        profile_id: row.get(5)?,
        contacts: row.get(6)?,
        accounts: from_word("run_company.accounts", row.get(7)?)?,
        candidates: from_json("run_company.candidates", &row.get::<_, String>(8)?)?,
        answer: answer
            .map(|text| from_json("run_company.answer", &text))
            .transpose()?,
        is_automatic: row.get(10)?,
        account_line: row.get(11)?,
        account_id: row.get(12)?,
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

    /// Number of a company by what tells it apart.
    pub fn company_number(&self, run_id: i64, company_key: &str) -> Result<Option<u32>, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT company_number FROM run_company WHERE run_id = ?1 AND company_key = ?2")?
            .query_row(params![run_id, company_key], |row| row.get(0))
            .optional()?)
    }

    /// What somebody answered, by what tells the companies apart.
    pub fn company_answers(&self, run_id: i64) -> Result<Vec<(String, CompanyAnswer)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT company_key, answer FROM run_company
             WHERE run_id = ?1 AND NOT is_automatic AND answer IS NOT NULL ORDER BY company_number",
        )?;
        let mut rows = statement.query([run_id])?;
        let mut answers = Vec::new();
        while let Some(row) = rows.next()? {
            answers.push((
                row.get(0)?,
                from_json("run_company.answer", &row.get::<_, String>(1)?)?,
            ));
        }
        Ok(answers)
    }

    /// How many companies a run has.
    pub fn count_companies(&self, run_id: i64) -> Result<u32, StoreError> {
        Ok(self.connection.query_row(
            "SELECT count(*) FROM run_company WHERE run_id = ?1",
            [run_id],
            |row| row.get(0),
        )?)
    }

    /// Contacts of companies that some account may be.
    pub fn count_contacts_with_candidates(&self, run_id: i64) -> Result<u32, StoreError> {
        Ok(self.connection.query_row(
            "SELECT coalesce(sum(contacts), 0) FROM run_company WHERE run_id = ?1 AND candidates <> '[]'",
            [run_id],
            |row| row.get(0),
        )?)
    }

    /// How many companies that were asked a filter shows.
    pub fn count_asked(&self, run_id: i64, filter: CompanyFilter) -> Result<u32, StoreError> {
        let accounts = filter
            .accounts
            .map(|accounts| to_word("run_company.accounts", &accounts))
            .transpose()?;
        Ok(self.connection.query_row(
            "SELECT count(*) FROM run_company WHERE run_id = ?1 AND NOT is_automatic AND (NOT ?2 OR answer IS NULL)
                 AND (?3 IS NULL OR accounts = ?3)",
            params![run_id, filter.waiting_only, accounts],
            |row| row.get(0),
        )?)
    }

    /// A window of the companies that were asked.
    pub fn asked_companies(
        &self,
        run_id: i64,
        filter: CompanyFilter,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<CompanyRow>, StoreError> {
        let accounts = filter
            .accounts
            .map(|accounts| to_word("run_company.accounts", &accounts))
            .transpose()?;
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM run_company WHERE run_id = ?1 AND NOT is_automatic AND (NOT ?2 OR answer IS NULL)
                 AND (?3 IS NULL OR accounts = ?3) ORDER BY company_number LIMIT ?5 OFFSET ?4"
        ))?;
        let mut rows = statement.query(params![run_id, filter.waiting_only, accounts, offset, limit])?;
        let mut companies = Vec::new();
        while let Some(row) = rows.next()? {
            companies.push(read_row(row)?);
        }
        Ok(companies)
    }

    /// The line that creates the account of another company with the same account key.
    pub fn shared_account_line(
        &self,
        run_id: i64,
        account_key: &str,
        but_company: u32,
    ) -> Result<Option<u32>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT min(account_line) FROM run_company INDEXED BY run_company_account_key
                 WHERE run_id = ?1 AND account_key = ?2 AND account_line IS NOT NULL AND company_number <> ?3",
            )?
            .query_row(params![run_id, account_key, but_company], |row| row.get(0))?)
    }

    /// Whether another company gets its account from the same line.
    pub fn account_line_is_shared(
        &self,
        run_id: i64,
        account_line: u32,
        but_company: u32,
    ) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM run_company INDEXED BY run_company_account_line
                     WHERE run_id = ?1 AND account_line = ?2 AND company_number <> ?3)",
            )?
            .query_row(params![run_id, account_line, but_company], |row| row.get(0))?)
    }

    /// Whether some contact of a company is written that gets the company's account.
    pub fn company_needs_account(&self, run_id: i64, company_number: u32) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&format!(
                "SELECT EXISTS (SELECT 1 FROM run_line INDEXED BY run_line_company
                     WHERE run_id = ?1 AND company_number = ?2 AND {WITHOUT_OWN_ACCOUNT})"
            ))?
            .query_row(params![run_id, company_number], |row| row.get(0))?)
    }

    /// The last line of a run; 0 when it has none.
    pub fn last_line(&self, run_id: i64) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT coalesce(max(line), 0) FROM run_line WHERE run_id = ?1")?
            .query_row([run_id], |row| row.get(0))?)
    }

    /// Companies of these lines, each once.
    pub fn companies_of_lines(&self, run_id: i64, lines: &[u32]) -> Result<Vec<u32>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT company_number FROM run_line WHERE run_id = ?1 AND company_number IS NOT NULL
                 AND line IN (SELECT value FROM json_each(?2)) ORDER BY company_number",
        )?;
        let rows = statement.query_map(params![run_id, to_json("run_line.line", &lines)?], |row| {
            row.get(0)
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Companies of a run that some account may be, after a number, in order.
    pub fn companies_with_accounts(
        &self,
        run_id: i64,
        after_number: u32,
        limit: u32,
    ) -> Result<Vec<CompanyRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM run_company WHERE run_id = ?1 AND company_number > ?2 AND candidates <> '[]'
             ORDER BY company_number LIMIT ?3"
        ))?;
        let mut rows = statement.query(params![run_id, after_number, limit])?;
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
                "INSERT OR REPLACE INTO run_company (run_id, company_number, company_key, account_key, name, website,
                     profile_id, contacts, accounts, candidates, answer, is_automatic, account_line, account_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                run_id,
                company.company_number,
                company.company_key,
                company.account_key,
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

    /// Gives a planned line another outcome, without counting the run again.
    pub fn set_outcome(&self, run_id: i64, line: u32, outcome: LineOutcome) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE run_line SET outcome = ?3 WHERE run_id = ?1 AND line = ?2")?
            .execute(params![run_id, line, to_word("run_line.outcome", &outcome)?])?;
        Ok(())
    }

    /// Does with the contacts of a company that need its account what its answer says. Those that wait for an answer about
    /// duplicates go on waiting for that one.
    pub fn set_company_lines(
        &self,
        run_id: i64,
        company_number: u32,
        wanted: &CompanyLines,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE run_line SET action = iif(salesforce_id IS NULL, 'create', 'update'), outcome = 'planned',
                     error_code = NULL, error = NULL, settled_at = NULL
                 WHERE run_id = ?1 AND company_number = ?2 AND action = 'skip' AND error_code = ?3",
            )?
            .execute(params![run_id, company_number, COMPANY_SKIPPED_CODE])?;
        match wanted {
            CompanyLines::Wait | CompanyLines::Go => {
                let outcome = if *wanted == CompanyLines::Go {
                    "planned"
                } else {
                    "asked"
                };
                self.connection
                    .prepare_cached(&format!(
                        "UPDATE run_line SET outcome = ?3 WHERE run_id = ?1 AND company_number = ?2
                             AND outcome IN ('planned', 'asked') AND outcome <> ?3 AND {WITHOUT_OWN_ACCOUNT}"
                    ))?
                    .execute(params![run_id, company_number, outcome])?;
            }
            CompanyLines::Skip { sentence } => {
                self.connection
                    .prepare_cached(&format!(
                        "UPDATE run_line SET action = 'skip', outcome = 'skipped', error_code = ?3, error = ?4, settled_at = ?5
                         WHERE run_id = ?1 AND company_number = ?2 AND outcome IN ('planned', 'asked')
                             AND {WITHOUT_OWN_ACCOUNT}"
                    ))?
                    .execute(params![
                        run_id,
                        company_number,
                        COMPANY_SKIPPED_CODE,
                        sentence,
                        crate::now()
                    ])?;
            }
        }
        Ok(())
    }

    /// Removes a line that creates an account. The last line takes its number, so that numbers have no gaps.
    pub fn remove_account_line(&self, run_id: i64, line: u32) -> Result<(), StoreError> {
        let removed = self
            .connection
            .prepare_cached("DELETE FROM run_line WHERE run_id = ?1 AND line = ?2 AND object = 'account'")?
            .execute(params![run_id, line])?;
        if removed == 0 {
            return Ok(());
        }
        self.connection
            .prepare_cached("DELETE FROM run_record WHERE place = ?1")?
            .execute([place(run_id, line)])?;
        let last = self.last_line(run_id)?;
        if last > line {
            self.connection
                .prepare_cached("UPDATE run_line SET line = ?3 WHERE run_id = ?1 AND line = ?2")?
                .execute(params![run_id, last, line])?;
            self.connection
                .prepare_cached("UPDATE run_record SET place = ?2 WHERE place = ?1")?
                .execute([place(run_id, last), place(run_id, line)])?;
            self.connection
                .prepare_cached(
                    "UPDATE run_company SET account_line = ?3 WHERE run_id = ?1 AND account_line = ?2",
                )?
                .execute(params![run_id, last, line])?;
        }
        Ok(())
    }
}
