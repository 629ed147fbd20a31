//! The audit log: who did what, when, and what was before and after.
//!
//! An entry is written by [`note`] in the transaction of the change that it tells of, so that neither is there without the
//! other. It holds texts alone, and a secret's type gives none away, so that no secret can get into it.

mod difference;
mod reading;
mod run_entry;
mod saving;

use store::{NewAuditEntry, PersonRow, RunRow, Write};

use crate::contract::audit::AuditArea;
use crate::fault::Fault;
use crate::role;

pub(crate) use difference::difference;
pub(crate) use reading::list;
pub(crate) use run_entry::{note_cancelled, note_ended, note_planned, note_resumed, note_sent};
pub(crate) use saving::save_file;

/// One thing that is done. The sentence begins with what was done, as "Turned exports on."; who did it is beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    area: AuditArea,
    action: &'static str,
    sentence: String,
    before: Option<String>,
    after: Option<String>,
    run_id: Option<i64>,
    org: Option<(String, String)>,
    person: Option<PersonRow>,
}

impl Entry {
    /// An act of a closed name, e.g. `exports_turned_on`.
    pub fn new(area: AuditArea, action: &'static str, sentence: impl Into<String>) -> Self {
        Self {
            area,
            action,
            sentence: sentence.into(),
            before: None,
            after: None,
            run_id: None,
            org: None,
            person: None,
        }
    }

    /// What was before.
    pub fn before(mut self, text: impl Into<String>) -> Self {
        self.before = Some(text.into());
        self
    }

    /// What is after.
    pub fn after(mut self, text: impl Into<String>) -> Self {
        self.after = Some(text.into());
        self
    }

    /// The org that it is about, where that is not the one that the workspace is connected to when it is noted.
    pub fn in_org(mut self, org_id: impl Into<String>, org_name: impl Into<String>) -> Self {
        self.org = Some((org_id.into(), org_name.into()));
        self
    }

    /// The run that it is about, with its org.
    pub fn of_run(mut self, run: &RunRow) -> Self {
        self.run_id = Some(run.run_id);
        self.in_org(run.org_id.clone(), run.org_name.clone())
    }

    /// Somebody else than the operator did it.
    pub fn by(mut self, person: PersonRow) -> Self {
        self.person = Some(person);
        self
    }
}

/// Writes an entry in the transaction of the change that it tells of.
pub(crate) fn note(write: &Write<'_>, entry: Entry) -> Result<(), Fault> {
    let person = match entry.person {
        Some(person) => person,
        None => role::operator(write)?,
    };
    let org = match entry.org {
        Some(org) => Some(org),
        None => write.org()?.map(|org| (org.org_id, org.name)),
    };
    write.add_audit_entry(
        &store::now(),
        &NewAuditEntry {
            person_id: Some(person.person_id),
            standing: role::standing(&person).label().to_owned(),
            person: person.name,
            area: reading::word(entry.area).to_owned(),
            action: entry.action.to_owned(),
            sentence: entry.sentence,
            before: entry.before,
            after: entry.after,
            run_id: entry.run_id,
            org,
        },
    )?;
    Ok(())
}
