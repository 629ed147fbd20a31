//! Accounts of contacts: each contact gets the account of its company before it is sent, and is not sent without it.

use model::{CompanyAnswer, LineAction, LineOutcome};
use serde_json::Value;
use store::{CompanyRow, LineOutcomeUpdate, LineRow, RunRow, Write};

use super::outcome::{NOT_ANSWERED_CODE, refused, skipped};
use super::upload::{ACCOUNT_COLUMN, with_account};
use super::{Pass, Stop};
use crate::cells;
use crate::fault::Fault;
use crate::planning::{note_joining, note_not_joining};

/// Companies, and contacts of one company, that are in memory at once.
const WINDOW: u32 = 500;

/// Gives every planned contact its account, or settles it without.
pub(super) async fn hand_over(pass: &Pass<'_>) -> Result<(), Stop> {
    let run = pass.run.clone();
    let mut after = 0;
    let mut settled = false;
    loop {
        let companies = pass
            .engine
            .read(move |read| Ok(read.companies(run.run_id, false, false, after, WINDOW)?))
            .await?;
        let Some(last) = companies.last() else { break };
        after = last.company_number;
        let run = pass.run.clone();
        settled |= pass
            .engine
            .write(move |write| {
                let mut settled = false;
                for company in companies {
                    settled |= company_account(write, &run, company)?;
                }
                Ok(settled)
            })
            .await?;
        pass.progress.tell_at_pace().await;
    }
    if settled {
        let run_id = pass.run.run_id;
        pass.engine.write(move |write| Ok(write.recount(run_id)?)).await?;
    }
    Ok(())
}

/// Does for one company what its answer says; says whether contacts were settled.
fn company_account(write: &Write<'_>, run: &RunRow, company: CompanyRow) -> Result<bool, Fault> {
    let without = |update: LineOutcomeUpdate| {
        write.settle_company(run.run_id, company.company_number, &update)?;
        leave_without_account(write, run, &company)?;
        Ok(true)
    };
    match &company.answer {
        None => without(skipped(
            NOT_ANSWERED_CODE,
            &format!(
                "Nobody answered which account {} gets, so its contacts were not sent. Retry them from the ledger.",
                company.name
            ),
        )),
        Some(CompanyAnswer::Skip) => without(skipped(
            "company_skipped",
            &format!("{} is not exported.", company.name),
        )),
        Some(CompanyAnswer::WithoutAccount) => Ok(false),
        Some(CompanyAnswer::Associate { account_id, .. }) => {
            let account_id = account_id.clone();
            join(write, run, &company, &account_id)?;
            Ok(false)
        }
        Some(CompanyAnswer::Create) => {
            if let Some(account_id) = company.account_id.clone() {
                join(write, run, &company, &account_id)?;
                return Ok(false);
            }
            let line = company
                .account_line
                .map(|line| write.line(run.run_id, line))
                .transpose()?
                .flatten();
            let created = line
                .as_ref()
                .filter(|line| line.outcome == LineOutcome::Created)
                .and_then(|line| line.salesforce_id.clone());
            if let Some(account_id) = created {
                join(write, run, &company, &account_id)?;
                write.set_company(
                    run.run_id,
                    &CompanyRow {
                        account_id: Some(account_id),
                        ..company
                    },
                )?;
                return Ok(false);
            }
            let (why, uncertain) = line.map_or_else(
                || (String::new(), false),
                |line| {
                    let uncertain = line.outcome == LineOutcome::Uncertain;
                    (line.error.unwrap_or_default(), uncertain)
                },
            );
            without(refused(
                "account_not_created",
                &if uncertain {
                    format!(
                        "Whether the account {} was created is not certain, so this contact was not sent. Look in the org, then \
                         retry it.",
                        company.name
                    )
                } else {
                    format!(
                        "The account {} could not be created, so this contact was not sent. Mend the account, then retry. ({why})",
                        company.name
                    )
                },
            ))
        }
    }
}

/// Puts a company's planned contacts into its account. Those that have one already keep it.
fn join(write: &Write<'_>, run: &RunRow, company: &CompanyRow, account_id: &str) -> Result<(), Fault> {
    for_each_without_account(write, run, company, |mut contact| {
        if contact.action == LineAction::Update {
            note_joining(write, run.run_id, contact.clone(), account_id)?;
        }
        contact
            .cells
            .insert(ACCOUNT_COLUMN.to_owned(), Value::String(account_id.to_owned()));
        let columns = with_account(&run.columns);
        let digest = cells::digest(&columns, &contact.cells);
        write.set_parent(
            run.run_id,
            contact.line,
            account_id,
            &contact.cells,
            Some(&digest),
        )?;
        Ok(())
    })
}

/// Contacts that are updated all the same are not put into an account that is not there.
fn leave_without_account(write: &Write<'_>, run: &RunRow, company: &CompanyRow) -> Result<(), Fault> {
    for_each_without_account(write, run, company, |contact| {
        if contact.action == LineAction::Update {
            let why = format!(
                "{} has no account, so the contact is left without one.",
                company.name
            );
            note_not_joining(write, run.run_id, contact, why)?;
        }
        Ok(())
    })
}

fn for_each_without_account(
    write: &Write<'_>,
    run: &RunRow,
    company: &CompanyRow,
    mut each: impl FnMut(LineRow) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut after = 0;
    loop {
        let contacts = write.planned_contacts(run.run_id, company.company_number, after, WINDOW)?;
        let Some(last) = contacts.last() else {
            return Ok(());
        };
        after = last.line;
        for contact in contacts {
            if contact.parent_id.is_none() {
                each(contact)?;
            }
        }
    }
}
