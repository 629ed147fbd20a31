//! What records are held against and kept with: the lines of a run, or the companies of its contacts.

use model::{ProfileDocument, TargetObject};
use store::{Candidate, Read, Write};

use super::facts::Facts;
use super::records::FoundRecord;
use super::searched::Searched;
use super::window::candidate;
use crate::fault::Fault;
use crate::planning::lines::unreadable;

/// Tells a subject of a run and an object by its number.
type FactsOf = fn(&Read<'_>, i64, TargetObject, u32) -> Result<Option<Facts>, Fault>;

/// Subjects with numbers.
#[derive(Clone, Copy)]
pub(in crate::planning) struct Subjects {
    /// What tells one; `None` when it is not there. Parameters: the run, its object, the number.
    pub facts: FactsOf,
    /// Keeps a record with one. Parameters: the run, the number.
    pub keep: fn(&Write<'_>, i64, u32, Candidate) -> Result<(), Fault>,
}

/// A record and the numbers that it shares a key with.
pub(in crate::planning) struct Pending {
    pub record: FoundRecord,
    pub lines: Vec<u32>,
}

/// The lines of a run.
pub(in crate::planning) const LINES: Subjects = Subjects {
    facts: |read, run_id, object, line| {
        let document = read.line_profile(run_id, line)?;
        document
            .map(|document| facts_of_profile(&document, object))
            .transpose()
    },
    keep: |write, run_id, line, found| Ok(write.add_candidate(run_id, line, &found)?),
};

/// What tells a profile that becomes a record of an object, by its stored JSON.
pub(in crate::planning) fn facts_of_profile(document: &str, object: TargetObject) -> Result<Facts, Fault> {
    let profile = ProfileDocument::read(document).map_err(|error| unreadable(&error))?;
    Ok(Facts::of_profile(object, &profile))
}

impl Subjects {
    /// Compares records with subjects of the same keys, and keeps each with those that it may be.
    pub fn keep(
        self,
        write: &Write<'_>,
        run_id: i64,
        object: TargetObject,
        searched: &Searched,
        pending: &[Pending],
    ) -> Result<(), Fault> {
        for Pending { record, lines } in pending {
            let theirs = Facts::of_record(record.object, &record.values, searched.zoominfo_id_field());
            for number in lines {
                let Some(own) = (self.facts)(write, run_id, object, *number)? else {
                    continue;
                };
                if let Some(found) = candidate(&own, &theirs, record) {
                    (self.keep)(write, run_id, *number, found)?;
                }
            }
        }
        Ok(())
    }
}
