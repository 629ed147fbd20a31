//! What a ledger's file says of one line.

use model::{FieldChange, LineAnswer, TargetObject, csv_text};
use store::{LineRow, MemberRow};

use crate::run_view::member_state;

/// The ledger's own columns; those of memberships and of the list follow.
pub(super) const COLUMNS: [&str; 20] = [
    "Line",
    "Object",
    "Action",
    "Outcome",
    "Salesforce Id",
    "Salesforce Record",
    "Rule",
    "Criterion",
    "Grade",
    "Answer",
    "Before",
    "After",
    "Error Code",
    "Error",
    "Notes",
    "Attempts",
    "Settled At",
    "ZoomInfo Id",
    "Name",
    "Company",
];

/// Columns of a run that adds its records to a campaign.
pub(super) const MEMBER_COLUMNS: [&str; 3] = ["Campaign Member", "Campaign Error Code", "Campaign Error"];

/// The cells of a line, in the order of the columns.
pub(super) fn of_line(line: &LineRow, address_of: &dyn Fn(TargetObject, &str) -> String) -> Vec<String> {
    let id = line.salesforce_id.as_deref().unwrap_or_default();
    let address = if id.is_empty() {
        String::new()
    } else {
        address_of(line.object, id)
    };
    vec![
        line.line.to_string(),
        line.object.label().to_owned(),
        line.action.label().to_owned(),
        line.outcome.label().to_owned(),
        id.to_owned(),
        address,
        line.rule.clone(),
        line.criterion.clone().unwrap_or_default(),
        line.grade
            .map(|grade| grade.label().to_owned())
            .unwrap_or_default(),
        line.answer.map(answer).unwrap_or_default(),
        before(line),
        after(line),
        line.error_code.clone().unwrap_or_default(),
        line.error.clone().unwrap_or_default(),
        line.notes.join(" "),
        line.attempts.to_string(),
        line.settled_at.clone().unwrap_or_default(),
        line.zoominfo_id.clone().unwrap_or_default(),
        line.name.clone(),
        line.company.clone(),
    ]
}

/// The cells of a line's membership; blank where there is none to be.
pub(super) fn of_member(member: Option<&MemberRow>) -> [String; 3] {
    let Some(member) = member else {
        return Default::default();
    };
    [
        member_state(member.state).label().to_owned(),
        member.error_code.clone().unwrap_or_default(),
        member.error.clone().unwrap_or_default(),
    ]
}

fn answer(answer: LineAnswer) -> String {
    match answer {
        LineAnswer::Update { candidate } => format!("Update record {candidate}"),
        LineAnswer::Create => "Create duplicate".to_owned(),
        LineAnswer::Skip => "Do not export".to_owned(),
    }
}

/// The values before an update, of the fields that it writes.
fn before(line: &LineRow) -> String {
    let written = line.changes.iter().filter(|change| change.is_written());
    told(written.map(|change| (change.target.as_str(), text_of(change.before.as_deref()))))
}

/// The values that are written.
fn after(line: &LineRow) -> String {
    if line.changes.iter().any(FieldChange::is_written) {
        let written = line.changes.iter().filter(|change| change.is_written());
        return told(written.map(|change| (change.target.as_str(), text_of(change.after.as_deref()))));
    }
    told(
        line.cells
            .iter()
            .map(|(target, value)| (target.as_str(), csv_text(value))),
    )
}

fn text_of(value: Option<&str>) -> String {
    value.unwrap_or("(blank)").to_owned()
}

fn told<'a>(values: impl Iterator<Item = (&'a str, String)>) -> String {
    values
        .map(|(target, value)| format!("{target}: {value}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether a spreadsheet would run a cell of a CSV file.
pub(super) fn begins_like_a_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A spreadsheet runs cells that begin like a formula; an apostrophe makes them text.
pub(crate) fn harmless(cell: &str) -> String {
    if begins_like_a_formula(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn cells_that_begin_like_formulas_become_text() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["", "Ada", "1=1", " =1"] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
