//! A line of an undo, made from the line that it undoes. It keeps that line's number.

use std::collections::BTreeMap;

use model::{FieldChange, LineAction, UpdateOutcome, csv_text};
use salesforce::Record;
use serde_json::{Map, Value};
use store::{LineRow, NewLine};

use super::decision::Decision;

/// The line; `json_of` gives a field's value from the before-image.
pub(super) fn undo_line(
    source: &LineRow,
    decision: Decision,
    record: Option<&Record>,
    json_of: impl Fn(&str, Option<&str>) -> Value,
) -> NewLine {
    let (cells, changes) = if decision.action == LineAction::Restore {
        restore(source, record, json_of)
    } else {
        (Map::new(), Vec::new())
    };
    let (error_code, error) = decision.left_alone.unzip();
    let is_left_alone = error_code.is_some();
    NewLine {
        line: source.line,
        object: source.object,
        profile_id: source.profile_id,
        zoominfo_id: source.zoominfo_id.clone(),
        name: source.name.clone(),
        company: source.company.clone(),
        action: decision.action,
        outcome: decision.action.first_outcome(),
        rule: decision.rule,
        criterion: None,
        grade: None,
        notes: Vec::new(),
        cells: crate::cells::json(cells),
        changes,
        modified_at: record
            .and_then(|record| record.get("LastModifiedDate"))
            .and_then(Value::as_str)
            .map(ToOwned::to_owned),
        edits: BTreeMap::new(),
        answer: None,
        company_number: source.company_number,
        parent_id: source.parent_id.clone(),
        digest: None,
        salesforce_id: source.salesforce_id.clone(),
        error_code,
        error,
        settled_at: is_left_alone.then(store::now),
    }
}

/// The values from before the run, and what putting them back changes.
fn restore(
    source: &LineRow,
    record: Option<&Record>,
    json_of: impl Fn(&str, Option<&str>) -> Value,
) -> (Map<String, Value>, Vec<FieldChange>) {
    let mut cells = Map::new();
    let mut changes = Vec::new();
    for written in source.changes.iter().filter(|change| change.is_written()) {
        let now = record
            .and_then(|record| record.get(&written.target))
            .map(csv_text)
            .filter(|text| !text.is_empty());
        let outcome = match (&now, &written.before) {
            (_, None) => UpdateOutcome::Cleared,
            (None, Some(_)) => UpdateOutcome::Filled,
            (Some(_), Some(_)) => UpdateOutcome::Overwritten,
        };
        cells.insert(
            written.target.clone(),
            json_of(&written.target, written.before.as_deref()),
        );
        changes.push(FieldChange {
            target: written.target.clone(),
            outcome,
            before: now,
            after: written.before.clone(),
        });
    }
    (cells, changes)
}
