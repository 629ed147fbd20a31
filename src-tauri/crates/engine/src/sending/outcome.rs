//! What becomes of a line, in codes and words.

use model::{LineAction, LineOutcome};
use salesforce::{DuplicateResult, RowError};
use store::LineOutcomeUpdate;

/// Code of a line that was not sent because the run was cancelled.
pub(super) const CANCELLED_CODE: &str = "cancelled";
/// Code of a line whose question nobody answered.
pub(super) const NOT_ANSWERED_CODE: &str = "not_answered";
/// Salesforce's code of a record that a duplicate rule refused.
pub(super) const DUPLICATES_CODE: &str = "DUPLICATES_DETECTED";
/// Salesforce's code of a record that is gone.
pub(super) const DELETED_CODE: &str = "ENTITY_IS_DELETED";
/// How often a record is sent that others lock: once, and then so often alone.
pub(super) const MOST_ATTEMPTS: u32 = 6;

/// What an answer means for a line.
#[derive(Clone)]
pub(super) enum Verdict {
    /// It is settled.
    Settled(LineOutcomeUpdate),
    /// It is sent again, unless it was sent so often already.
    PutOff {
        code: String,
        error: String,
        most_attempts: u32,
    },
}

/// Why Salesforce refused a record.
pub(super) struct Refusal<'a> {
    pub code: &'a str,
    pub message: &'a str,
    /// What a duplicate rule found, where the API tells.
    pub duplicates: Option<&'a DuplicateResult>,
}

/// How a phase takes refusals.
#[derive(Clone, Copy)]
pub(super) struct Judging {
    pub action: LineAction,
    /// Records that an alerting duplicate rule stops are sent again by Collections, with its header.
    pub saves_past_alerts: bool,
    /// This is that second call.
    pub is_past_alerts: bool,
}

impl Judging {
    /// What a refusal means.
    pub fn refusal(self, refusal: &Refusal<'_>) -> Verdict {
        let Refusal { code, message, .. } = *refusal;
        if self.action == LineAction::Delete && matches!(code, DELETED_CODE | "NOT_FOUND") {
            return Verdict::Settled(gone_already());
        }
        if code == DUPLICATES_CODE
            && self.saves_past_alerts
            && !self.is_past_alerts
            && refusal.duplicates.is_none_or(|found| found.allow_save)
        {
            return Verdict::PutOff {
                code: code.to_owned(),
                error: "A duplicate rule alerts; it is sent again and saved all the same.".to_owned(),
                most_attempts: u32::MAX,
            };
        }
        if is_passing(code, message) {
            return Verdict::PutOff {
                code: code.to_owned(),
                error: message.to_owned(),
                most_attempts: MOST_ATTEMPTS,
            };
        }
        Verdict::Settled(refused(code, &sentence(refusal)))
    }

    /// A record that Salesforce saved or deleted, as was learned at a time.
    pub fn written(self, salesforce_id: Option<String>, settled_at: String) -> LineOutcomeUpdate {
        let outcome = match self.action {
            LineAction::Update => LineOutcome::Updated,
            LineAction::Restore => LineOutcome::Restored,
            LineAction::Delete => LineOutcome::Deleted,
            _ => LineOutcome::Created,
        };
        LineOutcomeUpdate {
            outcome,
            salesforce_id,
            error_code: None,
            error: None,
            settled_at,
        }
    }
}

/// Whether a refusal passes by itself.
pub(super) fn is_passing(code: &str, message: &str) -> bool {
    RowError {
        code: code.to_owned(),
        message: message.to_owned(),
        fields: Vec::new(),
    }
    .is_passing()
}

fn sentence(refusal: &Refusal<'_>) -> String {
    let Refusal {
        code,
        message,
        duplicates,
    } = *refusal;
    match (code, duplicates) {
        (DELETED_CODE, _) => {
            "The record was deleted in Salesforce after the plan. Restore it from the recycle bin, or plan the export again to \
             create it."
                .to_owned()
        }
        (DUPLICATES_CODE, Some(found)) => {
            let records: Vec<String> = found
                .matches
                .iter()
                .map(|record| format!("{} {}", record.object, record.id))
                .collect();
            let records = if records.is_empty() {
                "a record that you may not see".to_owned()
            } else {
                records.join(", ")
            };
            format!(
                "The duplicate rule {} stops this record: it is like {records}. Update that record instead, or ask an admin \
                 about the rule.",
                found.rule
            )
        }
        (DUPLICATES_CODE, None) => format!(
            "A duplicate rule of the org stops this record; Bulk API does not say which. Retry it to see which, or plan the \
             export with “save past alerts”. ({message})"
        ),
        _ => message.to_owned(),
    }
}

/// A line that was refused for a passing reason as often as it may be sent.
pub(super) fn still_refused(code: &str, message: &str) -> LineOutcomeUpdate {
    refused(
        code,
        &format!(
            "Salesforce refused it {MOST_ATTEMPTS} times for a reason that usually passes, such as another change to the same \
             record. Retry it later. ({message})"
        ),
    )
}

/// A line that Salesforce refused.
pub(super) fn refused(code: &str, sentence: &str) -> LineOutcomeUpdate {
    LineOutcomeUpdate {
        outcome: LineOutcome::Failed,
        salesforce_id: None,
        error_code: Some(code.to_owned()),
        error: Some(sentence.to_owned()),
        settled_at: store::now(),
    }
}

/// A line that is left out.
pub(super) fn skipped(code: &str, sentence: &str) -> LineOutcomeUpdate {
    LineOutcomeUpdate {
        outcome: LineOutcome::Skipped,
        ..refused(code, sentence)
    }
}

/// A line that was not sent because the run was cancelled.
pub(super) fn cancelled() -> LineOutcomeUpdate {
    skipped(
        CANCELLED_CODE,
        "The run was cancelled before this record was sent.",
    )
}

/// A line whose question nobody answered.
pub(super) fn not_answered() -> LineOutcomeUpdate {
    skipped(
        NOT_ANSWERED_CODE,
        "Nobody answered whether it is a record that is there already, so it was not sent. Retry it from the ledger.",
    )
}

/// A line of which nobody can tell whether it was written.
pub(super) fn uncertain(action: LineAction) -> LineOutcomeUpdate {
    let sentence = match action {
        LineAction::Update | LineAction::Restore => {
            "Salesforce's answer was lost, and the record has neither its old values nor the new ones. Look at it in the org."
        }
        _ => {
            "Salesforce's answer was lost, and no record, or more than one, has these values. Look in the org before exporting it again."
        }
    };
    LineOutcomeUpdate {
        outcome: LineOutcome::Uncertain,
        ..refused("reply_lost", sentence)
    }
}

fn gone_already() -> LineOutcomeUpdate {
    LineOutcomeUpdate {
        outcome: LineOutcome::Deleted,
        ..refused(DELETED_CODE, "Somebody had deleted it already.")
    }
}
