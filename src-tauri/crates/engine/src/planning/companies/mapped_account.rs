//! Contacts to whom the mapping itself gives an account: nobody is asked which, but their namesakes in it are looked for as in the
//! accounts of companies. An account that is looked up by another value than its id is not known before the run is sent.

use std::collections::{BTreeMap, BTreeSet};

use model::mapping::apply_with_edits;
use model::{ProfileValues, TargetObject};
use serde_json::Value;
use store::{LineRow, Read};

use super::{ACCOUNT_FIELD, same_account};
use crate::cells::StoredCells;
use crate::fault::Fault;
use crate::planning::basis::Basis;
use crate::planning::duplicates::Facts;
use crate::planning::plan::Planning;

/// Whether the mapping of an export of contacts says which account they get.
pub(in crate::planning) fn gives_account(basis: &Basis) -> bool {
    basis.describe.object == TargetObject::Contact
        && basis
            .mapping
            .targets()
            .any(|(target, _)| target.eq_ignore_ascii_case(ACCOUNT_FIELD))
}

/// Looks for contacts in the accounts that the mapping gives them, and decides those anew that were found.
pub(in crate::planning) async fn look_in_mapped_accounts(planning: &mut Planning) -> Result<(), Fault> {
    if !gives_account(&planning.basis) {
        return Ok(());
    }
    let run_id = planning.run_id;
    let lines = move |read: &Read<'_>| new_lines_with_account(read, run_id);
    same_account::look_for(planning, "in the accounts that the mapping gives", lines).await
}

/// Lines that are created as things stand, with an account.
fn new_lines_with_account(read: &Read<'_>, run_id: i64) -> Result<BTreeSet<u32>, Fault> {
    let mut with_account = BTreeSet::new();
    read.for_each_created_record::<Fault>(run_id, TargetObject::Contact, |line, cells| {
        let cells = StoredCells::read(cells).map_err(|error| Fault::internal(&error))?;
        if cells.upload_text(ACCOUNT_FIELD).is_some() {
            with_account.insert(line);
        }
        Ok(())
    })?;
    Ok(with_account)
}

/// The account that a line which is created gets by its values.
pub(super) fn account_of_line(line: &LineRow) -> Option<&str> {
    line.cells.get(ACCOUNT_FIELD).and_then(Value::as_str)
}

/// What tells a profile, within the account that the mapping gives it with what was typed.
pub(in crate::planning) fn facts_in_mapped_account(
    basis: &Basis,
    typed: &BTreeMap<String, String>,
    profile: &impl ProfileValues,
    facts: Facts,
) -> Facts {
    let Facts::Person(person) = facts else {
        return facts;
    };
    let record = apply_with_edits(&basis.mapping, profile, None, typed).to_json();
    Facts::Person(match record.get(ACCOUNT_FIELD).and_then(Value::as_str) {
        Some(account_id) => person.in_account(account_id),
        None => person,
    })
}
