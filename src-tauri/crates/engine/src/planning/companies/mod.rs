//! Step 4: the accounts of contacts. Contacts are put together by company; each company is looked for among the accounts,
//! and the settings answer what becomes of it, or somebody does: one question a company, whatever its contacts.
//!
//! A contact waits with the outcome `asked` until its company is answered. Which account it gets is noted with the company;
//! the contact's own values are filled in when the run is sent, once the account is there.

mod account;
mod again;
mod answer;
mod group;
mod mapped_account;
mod questions;
mod same_account;
mod search;

use model::TargetObject;

pub(super) use again::{AccountChanges, KnownAccounts, look_again};
pub(super) use answer::{answer_again, answer_all, settle_lines};
pub(crate) use answer::{new_account, note_joining, note_not_joining};
pub(super) use mapped_account::{facts_in_mapped_account, gives_account, look_in_mapped_accounts};
pub(crate) use questions::{answer_companies, companies};
pub(super) use same_account::{facts_in_company, keys_within_accounts};

use super::basis::Basis;
use super::plan::Planning;
use crate::fault::Fault;

/// The field that this step gives its value.
const ACCOUNT_FIELD: &str = "AccountId";

/// Finds the account of every contact that is created, or updated and has none, and asks where the settings do not answer.
/// Companies that are known from an earlier time stay as they are.
pub(super) async fn associate(planning: &mut Planning) -> Result<(), Fault> {
    if !concerns(planning.object, &planning.basis) {
        return Ok(());
    }
    let known = group::known(planning).await?;
    let grouped = group::group(planning, known).await?;
    if grouped == known {
        return Ok(());
    }
    let accounts = account::Accounts::fetch(planning).await?;
    search::search(planning, &accounts, known).await?;
    same_account::look(planning, known).await?;
    answer::by_settings(planning, accounts, known).await
}

/// Whether contacts get accounts here: where the mapping says which, or the connected user may not say it, they do not.
fn concerns(object: TargetObject, basis: &Basis) -> bool {
    object == TargetObject::Contact
        && basis
            .describe
            .field(ACCOUNT_FIELD)
            .is_some_and(|field| field.createable)
        && !gives_account(basis)
}
