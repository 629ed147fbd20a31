//! Counts of a run's records by outcome.

use std::ops::Add;

use serde::{Deserialize, Serialize};

use super::LineOutcome;

/// How many records had which outcome; every record of a run is in exactly one count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Created in Salesforce.
    pub created_records: u32,
    /// Updated in Salesforce.
    pub updated_records: u32,
    /// Deleted from Salesforce: an undo.
    #[serde(default)]
    pub deleted_records: u32,
    /// Given their values from before: an undo.
    #[serde(default)]
    pub restored_records: u32,
    /// Left out on purpose.
    pub skipped_records: u32,
    /// Refused by a rule of ours.
    pub refused_records: u32,
    /// Refused by Salesforce.
    pub failed_records: u32,
    /// Sent, with the answer lost.
    pub uncertain_records: u32,
    /// Still to be sent or answered by Salesforce.
    pub waiting_records: u32,
    /// Wait for somebody's answer.
    #[serde(default)]
    pub asked_records: u32,
}

impl Tally {
    /// The tally of these outcomes.
    #[must_use]
    pub fn of(outcomes: impl IntoIterator<Item = LineOutcome>) -> Self {
        let mut tally = Self::default();
        for outcome in outcomes {
            tally.count(outcome, 1);
        }
        tally
    }

    /// Adds records with one outcome.
    pub fn count(&mut self, outcome: LineOutcome, records: u32) {
        let count = self.slot(outcome);
        *count = count.saturating_add(records);
    }

    /// Moves one record from one outcome to another. Nothing happens when no record has the first.
    pub fn settle(&mut self, from: LineOutcome, to: LineOutcome) {
        let count = self.slot(from);
        if *count > 0 {
            *count -= 1;
            self.count(to, 1);
        }
    }

    /// All records.
    #[must_use]
    pub fn total_records(&self) -> u32 {
        [
            self.created_records,
            self.updated_records,
            self.deleted_records,
            self.restored_records,
            self.skipped_records,
            self.refused_records,
            self.failed_records,
            self.uncertain_records,
            self.waiting_records,
            self.asked_records,
        ]
        .into_iter()
        .fold(0, u32::saturating_add)
    }

    /// Records whose outcome stands.
    #[must_use]
    pub fn settled_records(&self) -> u32 {
        self.total_records()
            .saturating_sub(self.waiting_records)
            .saturating_sub(self.asked_records)
            .saturating_sub(self.uncertain_records)
    }

    fn slot(&mut self, outcome: LineOutcome) -> &mut u32 {
        match outcome {
            LineOutcome::Planned | LineOutcome::Sent => &mut self.waiting_records,
            LineOutcome::Created => &mut self.created_records,
            LineOutcome::Asked => &mut self.asked_records,
            LineOutcome::Updated => &mut self.updated_records,
            LineOutcome::Deleted => &mut self.deleted_records,
            LineOutcome::Restored => &mut self.restored_records,
            LineOutcome::Skipped => &mut self.skipped_records,
            LineOutcome::Refused => &mut self.refused_records,
            LineOutcome::Failed => &mut self.failed_records,
            LineOutcome::Uncertain => &mut self.uncertain_records,
        }
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            created_records: self.created_records.saturating_add(other.created_records),
            updated_records: self.updated_records.saturating_add(other.updated_records),
            deleted_records: self.deleted_records.saturating_add(other.deleted_records),
            restored_records: self.restored_records.saturating_add(other.restored_records),
            skipped_records: self.skipped_records.saturating_add(other.skipped_records),
            refused_records: self.refused_records.saturating_add(other.refused_records),
            failed_records: self.failed_records.saturating_add(other.failed_records),
            uncertain_records: self.uncertain_records.saturating_add(other.uncertain_records),
            waiting_records: self.waiting_records.saturating_add(other.waiting_records),
            asked_records: self.asked_records.saturating_add(other.asked_records),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn outcomes() -> impl Strategy<Value = Vec<LineOutcome>> {
        prop::collection::vec(prop::sample::select(LineOutcome::ALL.to_vec()), 0..40)
    }

    proptest! {
        #[test]
        fn no_record_is_lost_or_counted_twice(before in outcomes(), moves in prop::collection::vec((0_usize..40, 0_usize..LineOutcome::ALL.len()), 0..40)) {
            let mut lines = before;
            let mut tally = Tally::of(lines.iter().copied());
            for (line, outcome) in moves {
                let Some(line) = lines.get_mut(line) else { continue };
                let outcome = LineOutcome::ALL[outcome];
                tally.settle(*line, outcome);
                *line = outcome;
            }
            prop_assert_eq!(tally, Tally::of(lines.iter().copied()));
            prop_assert_eq!(tally.total_records() as usize, lines.len());
        }

        #[test]
        fn parts_add_up_to_the_whole(left in outcomes(), right in outcomes()) {
            let whole = Tally::of(left.iter().chain(&right).copied());
            prop_assert_eq!(Tally::of(left) + Tally::of(right), whole);
        }
    }
}
