//! What an undo does with one record.

use jiff::{SignedDuration, Timestamp};
use model::{LineAction, LineOutcome};
use salesforce::Record;
use serde_json::Value;
use store::LineRow;

use crate::sending::lookup::same_values;

/// Flows and triggers of one save may end so much later than it began.
const SAVE_SECONDS: i64 = 5;

/// What is known of the run that is undone.
pub(super) struct Facts<'a> {
    pub run_id: i64,
    /// The connected user, and those who wrote the run.
    pub user_ids: &'a [&'a str],
    /// By this machine's clock.
    pub finished_at: Option<&'a str>,
    /// The time now by the org's clock.
    pub org_time: Option<Timestamp>,
}

/// What becomes of a record.
pub(super) struct Decision {
    pub action: LineAction,
    /// What decided, in words.
    pub rule: String,
    /// Why it is left alone, in a code and a sentence.
    pub left_alone: Option<(String, String)>,
}

/// Decides what an undo does with the record of a line.
pub(super) fn decide(line: &LineRow, record: Option<&Record>, facts: &Facts<'_>) -> Decision {
    if line.outcome == LineOutcome::Uncertain {
        return leave(
            "Not certain",
            "uncertain",
            "Whether the run wrote this record is not certain, so it is left alone. Look in the org.",
        );
    }
    let Some(record) = record else {
        return leave(
            "Already deleted",
            "already_deleted",
            "The record is not in the org any more, so there is nothing to undo.",
        );
    };
    if let Some(change) = changed_since(line, record, facts) {
        return leave("Changed since", "changed_since", &change);
    }
    let (action, rule) = match line.outcome {
        LineOutcome::Created => (
            LineAction::Delete,
            format!("Created by run {}, unchanged since", facts.run_id),
        ),
        LineOutcome::Updated => (
            LineAction::Restore,
            format!("Updated by run {}, unchanged since", facts.run_id),
        ),
        _ => {
            return leave(
                "Only its campaign membership",
                "not_written",
                "The run did not change this record; only its campaign membership is taken away.",
            );
        }
    };
    Decision {
        action,
        rule,
        left_alone: None,
    }
}

/// Rule, code and sentence of an account that has other children.
pub(super) fn keep_parent(child: &str) -> (&'static str, &'static str, String) {
    (
        "Has other children",
        "has_children",
        format!("The account stays, because it has {child} that this run did not create."),
    )
}

fn leave(rule: &str, code: &str, sentence: &str) -> Decision {
    Decision {
        action: LineAction::Skip,
        rule: rule.to_owned(),
        left_alone: Some((code.to_owned(), sentence.to_owned())),
    }
}

/// Who changed a record after the run wrote it, and when; `None` when nobody did.
fn changed_since(line: &LineRow, record: &Record, facts: &Facts<'_>) -> Option<String> {
    let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default();
    let modified = moment(text("LastModifiedDate"))?;
    let is_later = match line.outcome {
        // Whatever the org's own automation made of it while it was saved is no change by anybody.
        LineOutcome::Created => moment(text("CreatedDate"))
            .is_none_or(|created| modified.duration_since(created) > SignedDuration::from_secs(SAVE_SECONDS)),
        _ => written_at(facts)
            .is_none_or(|written| modified.duration_since(written) > SignedDuration::from_secs(SAVE_SECONDS)),
    };
    if !is_later {
        return None;
    }
    let changer = text("LastModifiedById");
    let by_other = facts
        .user_ids
        .iter()
        .all(|user_id| user_id.get(..15) != changer.get(..15));
    let differs = !same_values(&line.cells, record);
    if !by_other && !differs {
        return None;
    }
    let who = record
        .get("LastModifiedBy")
        .and_then(|user| user.get("Name"))
        .and_then(Value::as_str)
        .unwrap_or("Somebody");
    Some(format!(
        "{who} changed it on {}, after the run, so it is left alone. Mend it in the org if you want it back.",
        modified.strftime("%Y-%m-%d at %H:%M UTC")
    ))
}

/// When the run ended, by the org's clock.
fn written_at(facts: &Facts<'_>) -> Option<Timestamp> {
    by_clock_of_org(facts.finished_at?, facts.org_time)
}

/// A time of this machine's clock by the org's, which says what time it is now.
pub(super) fn by_clock_of_org(here: &str, org_time: Option<Timestamp>) -> Option<Timestamp> {
    let here: Timestamp = here.parse().ok()?;
    let ahead = org_time.map_or(SignedDuration::ZERO, |org| org.duration_since(Timestamp::now()));
    here.checked_add(ahead).ok()
}

fn moment(text: &str) -> Option<Timestamp> {
    text.parse()
        .or_else(|_| Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text))
        .ok()
}
