//! What an undo does with one record.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use model::{LineAction, LineOutcome};
use salesforce::Record;
use serde_json::Value;
use store::{LaterWrite, LineRow};

use crate::sending::lookup::same_values;

/// Flows and triggers of one save may end so much later than it began, and clocks are read so roughly.
const SAVE_SECONDS: i64 = 5;

/// What is known of the run that is undone.
pub(super) struct Facts<'a> {
    pub run_id: i64,
    /// The connected user, and those who wrote the run.
    pub user_ids: &'a [&'a str],
    /// The time now by the org's clock.
    pub org_time: Option<Timestamp>,
    /// What was done to the records since, as far as the workspace knows.
    pub later: &'a HashMap<String, LaterWrite>,
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
    let is_written = matches!(line.outcome, LineOutcome::Created | LineOutcome::Updated);
    if let Some(change) = changed_since(line, record, facts).filter(|_| is_written) {
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

/// The decision about a record that was changed after its undo was planned; `None` when it was not.
pub(super) fn changed_after_plan(record: Option<&Record>, planned: Option<&str>) -> Option<Decision> {
    let record = record?;
    let now = moment(text(record, "LastModifiedDate"))?;
    let is_same = planned.and_then(moment).is_none_or(|planned| planned == now);
    (!is_same).then(|| leave("Changed since", "changed_since", &told(record, now)))
}

/// Who changed a record after the run wrote it, and when; `None` when nobody did.
fn changed_since(line: &LineRow, record: &Record, facts: &Facts<'_>) -> Option<String> {
    let later = line.salesforce_id.as_ref().and_then(|id| facts.later.get(id));
    if let Some(run_id) = later.and_then(|later| later.run_id) {
        return Some(format!(
            "Run {run_id} wrote it after run {}, so it is left alone. Undo run {run_id} first if you want it back.",
            facts.run_id
        ));
    }
    let modified = moment(text(record, "LastModifiedDate"))?;
    let changer = text(record, "LastModifiedById");
    let by_other = facts
        .user_ids
        .iter()
        .all(|user_id| user_id.get(..15) != changer.get(..15));
    let is_after = |written: Option<Timestamp>| {
        written
            .is_none_or(|written| modified.duration_since(written) > SignedDuration::from_secs(SAVE_SECONDS))
    };
    let by_org_clock = |settled: Option<&str>| settled.and_then(|time| by_clock_of_org(time, facts.org_time));
    let is_changed = if line.outcome == LineOutcome::Created {
        // Whatever the org's own automation made of it while it was saved is no change by anybody, nor what follows the
        // contacts that the run puts into an account. Its other fields go with it, so the same user's change counts, too:
        // many people may share that user.
        let contacts_at = by_org_clock(later.and_then(|later| later.contacts_at.as_deref()));
        let is_by_contacts = contacts_at.is_some_and(|settled| !is_after(Some(settled)));
        is_after(moment(text(record, "CreatedDate"))) && !(is_by_contacts && same_values(&line.cells, record))
    } else {
        // Only the fields of the run are taken back. Where another run was undone meanwhile, that was the last write.
        let restored_at = later.and_then(|later| later.restored_at.as_deref());
        is_after(by_org_clock(line.settled_at.as_deref().max(restored_at)))
            || !same_values(&line.cells, record)
    };
    (by_other || is_changed).then(|| told(record, modified))
}

/// Who changed a record, and when, in a sentence.
fn told(record: &Record, modified: Timestamp) -> String {
    let who = record
        .get("LastModifiedBy")
        .and_then(|user| user.get("Name"))
        .and_then(Value::as_str)
        .unwrap_or("Somebody");
    format!(
        "{who} changed it on {}, after the run, so it is left alone. Mend it in the org if you want it back.",
        modified.strftime("%Y-%m-%d at %H:%M UTC")
    )
}

fn text<'r>(record: &'r Record, name: &str) -> &'r str {
    record.get(name).and_then(Value::as_str).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use model::TargetObject;
    use serde_json::{Map, json};

    use super::*;

    const WRITER: &str = "005000000000001AAA";
    const RECORD: &str = "00Q000000000001AAA";

    fn line(outcome: LineOutcome) -> LineRow {
        LineRow {
            line: 1,
            object: TargetObject::Lead,
            profile_id: 1,
            zoominfo_id: None,
            name: String::new(),
            company: String::new(),
            action: LineAction::Create,
            outcome,
            rule: String::new(),
            criterion: None,
            grade: None,
            notes: Vec::new(),
            cells: Map::from_iter([("Title".to_owned(), json!("Buyer"))]),
            changes: Vec::new(),
            modified_at: None,
            edits: BTreeMap::new(),
            answer: None,
            company_number: None,
            parent_id: None,
            job_number: None,
            salesforce_id: Some(RECORD.to_owned()),
            error_code: None,
            error: None,
            attempts: 1,
            settled_at: Some("2026-03-01T12:01:00.000Z".to_owned()),
        }
    }

    fn record(modified: &str, by: &str, title: &str) -> Record {
        let value = json!({
            "Id": RECORD, "Title": title, "CreatedDate": "2026-03-01T12:00:58.000+0000",
            "LastModifiedDate": modified, "LastModifiedById": by, "LastModifiedBy": { "Name": "Dana Kim" },
        });
        value.as_object().cloned().unwrap_or_default()
    }

    fn action(outcome: LineOutcome, record: &Record, later: LaterWrite) -> LineAction {
        let later = HashMap::from([(RECORD.to_owned(), later)]);
        let facts = Facts {
            run_id: 10,
            user_ids: &[WRITER],
            org_time: None,
            later: &later,
        };
        decide(&line(outcome), Some(record), &facts).action
    }

    #[test]
    fn another_users_change_counts_while_the_run_was_still_at_work() {
        let by_other = record("2026-03-01T12:00:59.000+0000", "005000000000002AAA", "Buyer");
        for outcome in [LineOutcome::Created, LineOutcome::Updated] {
            assert_eq!(
                action(outcome, &by_other, LaterWrite::default()),
                LineAction::Skip
            );
        }
    }

    #[test]
    fn the_same_users_later_change_counts_whatever_it_changed() {
        let at_once = record("2026-03-01T12:01:02.000+0000", WRITER, "Buyer");
        let later = record("2026-03-01T12:03:00.000+0000", WRITER, "Buyer");
        let title = record("2026-03-01T12:01:00.000+0000", WRITER, "Clerk");
        for (outcome, undone) in [
            (LineOutcome::Created, LineAction::Delete),
            (LineOutcome::Updated, LineAction::Restore),
        ] {
            assert_eq!(action(outcome, &at_once, LaterWrite::default()), undone);
            assert_eq!(action(outcome, &later, LaterWrite::default()), LineAction::Skip);
        }
        assert_eq!(
            action(LineOutcome::Updated, &title, LaterWrite::default()),
            LineAction::Skip
        );
        assert_eq!(
            action(LineOutcome::Created, &title, LaterWrite::default()),
            LineAction::Delete,
            "the org's own automation made it of it"
        );
    }

    #[test]
    fn a_later_run_stands_in_the_way_until_it_is_undone() {
        let later = record("2026-03-01T12:03:00.000+0000", WRITER, "Buyer");
        let standing = LaterWrite {
            run_id: Some(11),
            ..LaterWrite::default()
        };
        let undone = LaterWrite {
            restored_at: Some("2026-03-01T12:03:00.500Z".to_owned()),
            ..LaterWrite::default()
        };
        assert_eq!(action(LineOutcome::Updated, &later, standing), LineAction::Skip);
        assert_eq!(action(LineOutcome::Updated, &later, undone), LineAction::Restore);
    }

    #[test]
    fn what_follows_the_contacts_of_a_new_account_is_no_change() {
        let modified = record("2026-03-01T12:03:00.000+0000", WRITER, "Buyer");
        let by = |settled_at: &str| LaterWrite {
            contacts_at: Some(settled_at.to_owned()),
            ..LaterWrite::default()
        };
        let of = |settled_at| action(LineOutcome::Created, &modified, by(settled_at));
        assert_eq!(of("2026-03-01T12:03:02.000Z"), LineAction::Delete);
        assert_eq!(of("2026-03-01T12:02:00.000Z"), LineAction::Skip);
    }

    #[test]
    fn a_change_after_the_plan_is_told_in_either_spelling_of_its_time() {
        let now = record("2026-03-01T12:03:00.000+0000", WRITER, "Buyer");
        let is_changed = |planned| changed_after_plan(Some(&now), planned).is_some();
        assert!(!is_changed(Some("2026-03-01T12:03:00.000Z")));
        assert!(!is_changed(None));
        assert!(is_changed(Some("2026-03-01T12:02:59.000Z")));
    }
}
