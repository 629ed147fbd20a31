//! What becomes of companies: by the settings, by an answer, and what that does to their contacts and to the accounts that
//! are created for them.

use model::mapping::UpdateOutcome;
use model::{
    AssociationSettings, CompanyAnswer, FieldChange, Grade, MatchingAccounts, NoAccount, OneAccount,
    SeveralAccounts,
};
use store::{AccountCandidate, CompanyLines, CompanyRow, LineDecision, LineRow, Read, RunRow, Write};

use super::ACCOUNT_FIELD;
use super::account::Accounts;
use crate::contract::runs::OnAsk;
use crate::fault::Fault;
use crate::planning::plan::Planning;
use crate::run_view::require_run;

/// Companies of one transaction.
const WINDOW_COMPANIES: u32 = 500;
/// Contacts that are in memory at once.
const WINDOW_CONTACTS: u32 = 500;

/// Answers every company after a number by the settings, where they answer.
pub(super) async fn by_settings(planning: &Planning, accounts: Accounts, after: u32) -> Result<(), Fault> {
    let run_id = planning.run_id;
    let settings = planning.options.association;
    let mut after_number = after;
    loop {
        planning.check_cancelled()?;
        let accounts = accounts.clone();
        let last = planning
            .engine
            .write(move |write| {
                let companies = write.companies(run_id, false, false, after_number, WINDOW_COMPANIES)?;
                let last = companies.last().map(|company| company.company_number);
                for mut company in companies {
                    company.accounts = matching(&company.candidates);
                    company.answer = automatic(settings, &company);
                    company.is_automatic = company.answer.is_some();
                    settle(write, company, &accounts)?;
                }
                Ok(last)
            })
            .await?;
        match last {
            Some(last) => after_number = last,
            None => return Ok(()),
        }
    }
}

/// How many accounts match: where some are exact hits, the others do not count.
pub(super) fn matching(candidates: &[AccountCandidate]) -> MatchingAccounts {
    let exact = candidates
        .iter()
        .filter(|account| account.grade == Grade::Exact)
        .count();
    match if exact > 0 { exact } else { candidates.len() } {
        0 => MatchingAccounts::None,
        1 => MatchingAccounts::One,
        _ => MatchingAccounts::Several,
    }
}

/// What the settings answer; `None` when somebody has to.
pub(super) fn automatic(settings: AssociationSettings, company: &CompanyRow) -> Option<CompanyAnswer> {
    match company.accounts {
        MatchingAccounts::None => match settings.none {
            NoAccount::Manual => None,
            NoAccount::Create => Some(CompanyAnswer::Create),
            NoAccount::WithoutAccount => Some(CompanyAnswer::WithoutAccount),
            NoAccount::Skip => Some(CompanyAnswer::Skip),
        },
        MatchingAccounts::One => match settings.one {
            OneAccount::Manual => None,
            OneAccount::Associate => best(company),
            OneAccount::Skip => Some(CompanyAnswer::Skip),
        },
        MatchingAccounts::Several => match settings.several {
            SeveralAccounts::Manual => None,
            SeveralAccounts::BestMatch => best(company),
            SeveralAccounts::Skip => Some(CompanyAnswer::Skip),
        },
    }
}

/// The account of the best grade, of these the one that was changed last.
fn best(company: &CompanyRow) -> Option<CompanyAnswer> {
    company
        .candidates
        .first()
        .map(|account| CompanyAnswer::Associate {
            account_id: account.account_id.clone(),
            name: account.name.clone(),
        })
}

/// Answers every company that waits, as a terminal does.
pub(in crate::planning) fn answer_all(write: &Write<'_>, run: &RunRow, on_ask: OnAsk) -> Result<(), Fault> {
    let (_, waiting) = write.count_asked_companies(run.run_id)?;
    if waiting == 0 {
        return Ok(());
    }
    let accounts = Accounts::stored(write, run)?;
    let mut after_number = 0;
    loop {
        let companies = write.companies(run.run_id, true, true, after_number, WINDOW_COMPANIES)?;
        let Some(last) = companies.last() else {
            return Ok(());
        };
        after_number = last.company_number;
        for mut company in companies {
            company.answer = Some(match on_ask {
                OnAsk::Skip => CompanyAnswer::Skip,
                OnAsk::Default => match best(&company) {
                    Some(answer) => answer,
                    // What cannot be created is left out, as the Export tab says of contacts whose accounts may not be.
                    None if accounts.cannot_create(write, &company)?.is_some() => {
                        CompanyAnswer::WithoutAccount
                    }
                    None => CompanyAnswer::Create,
                },
            });
            settle(write, company, &accounts)?;
        }
    }
}

/// Gives the companies of a plan that was made anew the answers that they had, where the question is still there.
pub(in crate::planning) fn answer_again(
    write: &Write<'_>,
    run_id: i64,
    answers: Vec<(String, CompanyAnswer)>,
) -> Result<(), Fault> {
    if answers.is_empty() {
        return Ok(());
    }
    let run = require_run(write, run_id)?;
    let accounts = Accounts::stored(write, &run)?;
    for (key, answer) in answers {
        let number = write.company_number(run_id, &key)?;
        let company = number.map(|number| write.company(run_id, number)).transpose()?;
        let Some(mut company) = company.flatten().filter(|company| company.answer.is_none()) else {
            continue;
        };
        let still_fits = match &answer {
            CompanyAnswer::Associate { account_id, .. } => company
                .candidates
                .iter()
                .any(|account| account.account_id == *account_id),
            _ => true,
        };
        if still_fits {
            company.answer = Some(answer);
            settle(write, company, &accounts)?;
        }
    }
    Ok(())
}

/// After lines were decided anew: their companies' answers hold for them, too.
pub(in crate::planning) fn settle_lines(write: &Write<'_>, run: &RunRow, lines: &[u32]) -> Result<(), Fault> {
    let numbers = write.companies_of_lines(run.run_id, lines)?;
    if numbers.is_empty() {
        return Ok(());
    }
    let accounts = Accounts::stored(write, run)?;
    for number in numbers {
        if let Some(company) = write.company(run.run_id, number)? {
            settle(write, company, &accounts)?;
        }
    }
    Ok(())
}

/// Writes a company with its answer, and brings its contacts and the line of its account in step. An account is created
/// only while some contact is written that gets it; one that cannot be created is asked for.
pub(super) fn settle(write: &Write<'_>, mut company: CompanyRow, accounts: &Accounts) -> Result<(), Fault> {
    let run_id = accounts.run_id;
    let number = company.company_number;
    write.set_company_lines(run_id, number, &lines_of(&company))?;
    let creates =
        company.answer == Some(CompanyAnswer::Create) && write.company_needs_account(run_id, number)?;
    match (company.account_line, creates) {
        (None, true) => {
            let shared = match &company.account_key {
                Some(key) => write.shared_account_line(run_id, key, number)?,
                None => None,
            };
            company.account_line = if shared.is_some() {
                shared
            } else if let Ok(line) = accounts.line(write, &company)? {
                write.set_line(run_id, &line)?;
                Some(line.line)
            } else {
                company.answer = None;
                company.is_automatic = false;
                write.set_company_lines(run_id, number, &CompanyLines::Wait)?;
                None
            };
        }
        (Some(line), false) => {
            company.account_line = None;
            if !write.account_line_is_shared(run_id, line, number)? {
                write.remove_account_line(run_id, line)?;
            }
        }
        _ => {}
    }
    write.set_company(run_id, &company)?;
    note_accounts(write, run_id, &company)
}

fn lines_of(company: &CompanyRow) -> CompanyLines {
    match &company.answer {
        None => CompanyLines::Wait,
        Some(CompanyAnswer::Skip) => CompanyLines::Skip {
            sentence: match company.accounts {
                MatchingAccounts::None => format!(
                    "{} has no account in Salesforce, and its contacts are not exported.",
                    company.name
                ),
                MatchingAccounts::One => {
                    format!(
                        "{} is not given its account, and its contacts are not exported.",
                        company.name
                    )
                }
                MatchingAccounts::Several => format!(
                    "Several accounts match {}, and its contacts are not exported.",
                    company.name
                ),
            },
        },
        Some(_) => CompanyLines::Go,
    }
}

/// Notes the account with the updates of contacts that have none: it is one of the fields that they write.
fn note_accounts(write: &Write<'_>, run_id: i64, company: &CompanyRow) -> Result<(), Fault> {
    let noted = match &company.answer {
        Some(CompanyAnswer::Associate { account_id, .. }) => Some(joined(account_id.clone())),
        Some(CompanyAnswer::Create) => Some(joined(new_account(&company.name))),
        _ => None,
    };
    let mut after_line = 0;
    loop {
        let lines =
            write.updates_without_account(run_id, company.company_number, after_line, WINDOW_CONTACTS)?;
        let Some(last) = lines.last() else {
            return Ok(());
        };
        after_line = *last;
        for line in lines {
            if let Some(line) = write.line(run_id, line)? {
                note_account(write, run_id, line, noted.as_ref(), None)?;
            }
        }
    }
}

/// What stands for the id of an account that is not there yet.
pub(crate) fn new_account(company_name: &str) -> String {
    format!("{company_name}, a new account")
}

fn joined(account: String) -> FieldChange {
    FieldChange {
        target: ACCOUNT_FIELD.to_owned(),
        outcome: UpdateOutcome::Filled,
        before: None,
        after: Some(account),
    }
}

/// An update puts a contact that had none into this account.
pub(crate) fn note_joining(
    write: &Write<'_>,
    run_id: i64,
    line: LineRow,
    account_id: &str,
) -> Result<(), Fault> {
    note_account(write, run_id, line, Some(&joined(account_id.to_owned())), None)
}

/// An update leaves a contact without an account after all, for this reason.
pub(crate) fn note_not_joining(
    write: &Write<'_>,
    run_id: i64,
    line: LineRow,
    why: String,
) -> Result<(), Fault> {
    note_account(write, run_id, line, None, Some(why))
}

fn note_account(
    write: &Write<'_>,
    run_id: i64,
    line: LineRow,
    noted: Option<&FieldChange>,
    why: Option<String>,
) -> Result<(), Fault> {
    let known = line.changes.iter().find(|change| change.target == ACCOUNT_FIELD);
    if known == noted {
        return Ok(());
    }
    let mut changes = line.changes.clone();
    changes.retain(|change| change.target != ACCOUNT_FIELD);
    changes.extend(noted.cloned());
    let outcome = line.outcome;
    let number = line.line;
    let all_notes = why.map(|why| {
        let mut told = line.notes;
        told.push(why);
        told
    });
    write.decide_lines(
        run_id,
        &[LineDecision {
            line: number,
            action: line.action,
            rule: line.rule,
            criterion: line.criterion,
            grade: line.grade,
            notes: all_notes,
            cells: None,
            changes,
            modified_at: line.modified_at,
            salesforce_id: line.salesforce_id,
            parent_id: line.parent_id,
            answer: line.answer,
            digest: None,
            error: None,
        }],
    )?;
    Ok(write.set_outcome(run_id, number, outcome)?)
}

/// Why a company's account cannot be created, for a question that is still open.
pub(super) fn cannot_create(
    read: &Read<'_>,
    accounts: &Accounts,
    company: &CompanyRow,
) -> Result<Option<String>, Fault> {
    if company.answer == Some(CompanyAnswer::Create) {
        return Ok(None);
    }
    if let Some(key) = &company.account_key
        && read
            .shared_account_line(accounts.run_id, key, company.company_number)?
            .is_some()
    {
        return Ok(None);
    }
    accounts.cannot_create(read, company)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(grade: Grade) -> AccountCandidate {
        AccountCandidate {
            account_id: "001".to_owned(),
            name: String::new(),
            website: String::new(),
            place: String::new(),
            phone: String::new(),
            owner: String::new(),
            modified_at: String::new(),
            grade,
            criterion: String::new(),
        }
    }

    #[test]
    fn exact_hits_outnumber_others() {
        let of = |grades: &[Grade]| matching(&grades.iter().copied().map(account).collect::<Vec<_>>());
        assert_eq!(of(&[]), MatchingAccounts::None);
        assert_eq!(of(&[Grade::Possible]), MatchingAccounts::One);
        assert_eq!(
            of(&[Grade::Exact, Grade::Likely, Grade::Possible]),
            MatchingAccounts::One
        );
        assert_eq!(of(&[Grade::Exact, Grade::Exact]), MatchingAccounts::Several);
        assert_eq!(of(&[Grade::Likely, Grade::Possible]), MatchingAccounts::Several);
    }
}
