//! `runs.line`: one line of a ledger whole: what is written, what was there before, where it comes from, and what may be typed
//! before it is tried again.

use model::mapping::UpdateOutcome;
use model::zoominfo_field::FIELDS;
use model::{
    CompanyAnswer, CompiledMapping, FieldKind, Profile, RunKind, TargetDescribe, TargetField, csv_text,
    zoominfo_field,
};
use serde_json::Value;
use store::{LineRow, Read, RunRow};

use crate::Engine;
use crate::contract::runs::{Difference, DifferenceKind, EditableField, LineDetail, LineHandle, ShownField};
use crate::fault::{Code, Fault};
use crate::planning;
use crate::run_view::require_run;
use crate::runs::ledger_line;

/// Name of the field that a contact's account stands in.
const ACCOUNT_FIELD: &str = "AccountId";

/// `runs.line`
pub(crate) async fn show(engine: &Engine, params: LineHandle) -> Result<LineDetail, Fault> {
    engine
        .read(move |read| {
            let run = require_run(read, params.run)?;
            let line = read.line(params.run, params.line)?.ok_or_else(|| {
                Fault::new(
                    Code::NotFound,
                    format!("Run {} has no line {}.", params.run, params.line),
                )
            })?;
            let described = read.describe(line.object)?;
            let profile = read.profile(line.profile_id)?;
            let member = read.member(params.run, params.line)?;
            Ok(LineDetail {
                differences: differences(read, &run, &line, described.as_ref())?,
                source: profile.as_ref().map(source).unwrap_or_default(),
                editable: editable(read, &run, &line, described.as_ref())?,
                line: ledger_line(line, member),
            })
        })
        .await
}

/// What is written, field by field: of an update with what was there before.
fn differences(
    read: &Read<'_>,
    run: &RunRow,
    line: &LineRow,
    described: Option<&TargetDescribe>,
) -> Result<Vec<Difference>, Fault> {
    let difference = |target: &str, kind, before: Option<String>, after: Option<String>| {
        let field = described.and_then(|described| field_of(described, target));
        Difference {
            line: line.line,
            name: line.name.clone(),
            company: line.company.clone(),
            salesforce_id: line.salesforce_id.clone(),
            target: field.map_or(target, |field| field.name.as_str()).to_owned(),
            label: field
                .map(|field| field.label.as_str())
                .filter(|label| !label.is_empty())
                .unwrap_or(target)
                .to_owned(),
            kind,
            before,
            after,
        }
    };
    let mut differences: Vec<Difference> = if line.changes.is_empty() {
        line.cells
            .iter()
            .map(|(target, value)| {
                let after = text_of(value);
                difference(target, DifferenceKind::FillsBlank, None, Some(after))
            })
            .collect()
    } else {
        line.changes
            .iter()
            .map(|change| {
                difference(
                    &change.target,
                    kind_of(change.outcome),
                    change.before.clone(),
                    change.after.clone(),
                )
            })
            .collect()
    };
    // The account is filled in when the run is sent; which one it will be is known before.
    if !differences.iter().any(|known| known.target == ACCOUNT_FIELD)
        && let Some(account) = account(read, run, line)?
    {
        differences.push(difference(
            ACCOUNT_FIELD,
            DifferenceKind::FillsBlank,
            None,
            Some(account),
        ));
    }
    Ok(differences)
}

/// The account that a contact is going to get, in words; `None` for one that gets none, or has one of its own.
fn account(read: &Read<'_>, run: &RunRow, line: &LineRow) -> Result<Option<String>, Fault> {
    if !line.outcome.is_open() {
        return Ok(None);
    }
    let (Some(number), None) = (line.company_number, &line.parent_id) else {
        return Ok(None);
    };
    let company = read.company(run.run_id, number)?;
    Ok(company.and_then(|company| match company.answer {
        Some(CompanyAnswer::Associate { name, .. }) => Some(name),
        Some(CompanyAnswer::Create) => Some(planning::new_account(&company.name)),
        _ => None,
    }))
}

/// The field of a value: by its name, or by the relationship through which a record is looked up.
fn field_of<'d>(described: &'d TargetDescribe, target: &str) -> Option<&'d TargetField> {
    described.field(target).or_else(|| {
        described.fields.iter().find(|field| {
            field
                .relationship
                .as_deref()
                .is_some_and(|relationship| relationship.eq_ignore_ascii_case(target))
        })
    })
}

/// A value as text; of a record that is looked up, what it is looked up by.
fn text_of(value: &Value) -> String {
    match value {
        Value::Object(related) => related
            .iter()
            .find(|(name, _)| *name != "attributes")
            .map(|(_, value)| text_of(value))
            .unwrap_or_default(),
        value => csv_text(value),
    }
}

fn kind_of(outcome: UpdateOutcome) -> DifferenceKind {
    match outcome {
        UpdateOutcome::Filled => DifferenceKind::FillsBlank,
        UpdateOutcome::Overwritten => DifferenceKind::Overwrites,
        UpdateOutcome::Cleared => DifferenceKind::Clears,
        UpdateOutcome::Unchanged
        | UpdateOutcome::Kept
        | UpdateOutcome::Never
        | UpdateOutcome::NotUpdateable
        | UpdateOutcome::Nothing => DifferenceKind::NoChange,
    }
}

/// The values of the profile: ZoomInfo's in their usual order, then the list's other columns.
fn source(profile: &Profile) -> Vec<ShownField> {
    let known = FIELDS.iter().filter_map(|field| {
        Some(ShownField {
            label: field.label.to_owned(),
            value: profile.value(field.id)?.to_owned(),
        })
    });
    let unknown = profile
        .values
        .keys()
        .filter(|id| zoominfo_field::find(id).is_none())
        .filter_map(|id| {
            Some(ShownField {
                label: id.clone(),
                value: profile.value(id)?.to_owned(),
            })
        });
    let extras = profile.extras.keys().filter_map(|column| {
        Some(ShownField {
            label: column.clone(),
            value: profile.extra(column)?.to_owned(),
        })
    });
    known.chain(unknown).chain(extras).collect()
}

/// The fields that the mapping writes, with what is sent as things stand.
fn editable(
    read: &Read<'_>,
    run: &RunRow,
    line: &LineRow,
    described: Option<&TargetDescribe>,
) -> Result<Vec<EditableField>, Fault> {
    if run.kind == RunKind::Undo || line.object != run.object {
        return Ok(Vec::new());
    }
    let (Some(saved), Some(described)) = (read.mapping(line.object)?, described) else {
        return Ok(Vec::new());
    };
    let mapping = CompiledMapping::of_sound_rows(&saved.mapping, described);
    let mut fields: Vec<EditableField> = mapping
        .targets()
        .map(|(target, label)| EditableField {
            target: target.to_owned(),
            label: label.to_owned(),
            value: sent(line, target, described),
            choices: described.field(target).map(choices).unwrap_or_default(),
            at_fault: false,
        })
        .collect();
    if let Some(error) = &line.error {
        mark_at_fault(&mut fields, error);
    }
    Ok(fields)
}

/// What is sent for a field: what was typed, else what is written, else what an update would have given.
fn sent(line: &LineRow, target: &str, described: &TargetDescribe) -> String {
    if let Some(typed) = line.edits.get(target) {
        return typed.clone();
    }
    let relationship = described
        .field(target)
        .and_then(|field| field.relationship.as_deref());
    let written = line
        .cells
        .get(target)
        .or_else(|| line.cells.get(relationship?))
        .map(text_of);
    written
        .or_else(|| {
            let change = line.changes.iter().find(|change| change.target == target)?;
            change.after.clone()
        })
        .unwrap_or_default()
}

/// The values that a picklist takes; nothing where others may be typed.
fn choices(field: &TargetField) -> Vec<String> {
    if !field.restricted_picklist || field.kind != FieldKind::Picklist {
        return Vec::new();
    }
    let active = field.picklist.iter().filter(|entry| entry.active);
    active.map(|entry| entry.value.clone()).collect()
}

/// Marks the fields that an error names: by API name, else by label, else by the value that it complains of.
fn mark_at_fault(fields: &mut [EditableField], error: &str) {
    let ways: [&dyn Fn(&EditableField) -> bool; 3] = [
        &|field| names(error, &field.target),
        &|field| names(error, &field.label),
        &|field| {
            !field.value.is_empty()
                && error
                    .trim_end_matches('.')
                    .ends_with(&format!(": {}", field.value))
        },
    ];
    for way in ways {
        let at_fault: Vec<bool> = fields.iter().map(way).collect();
        if at_fault.contains(&true) {
            for (field, at_fault) in fields.iter_mut().zip(at_fault) {
                field.at_fault = at_fault;
            }
            return;
        }
    }
}

/// Whether a text has a name in it that stands for itself.
fn names(text: &str, name: &str) -> bool {
    let part_of_word = |character: Option<char>| {
        character.is_some_and(|character| character.is_alphanumeric() || character == '_')
    };
    !name.is_empty()
        && text.match_indices(name).any(|(place, _)| {
            !part_of_word(text[..place].chars().next_back())
                && !part_of_word(text[place + name.len()..].chars().next())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_fault(error: &str) -> Vec<String> {
        let field = |target: &str, label: &str, value: &str| EditableField {
            target: target.to_owned(),
            label: label.to_owned(),
            value: value.to_owned(),
            choices: Vec::new(),
            at_fault: false,
        };
        let mut fields = [
            field("LastName", "Last Name", "Marsh"),
            field("Email", "Email", "ada@"),
            field("Industry", "Industry", "Magic"),
            field("Email_2__c", "Second Email", ""),
        ];
        mark_at_fault(&mut fields, error);
        fields
            .into_iter()
            .filter(|field| field.at_fault)
            .map(|field| field.target)
            .collect()
    }

    #[test]
    fn an_error_points_at_its_field() {
        assert_eq!(at_fault("Required fields are missing: [LastName]"), ["LastName"]);
        assert_eq!(
            at_fault("Last Name: data value too large: Marsh (max length=2)"),
            ["LastName"]
        );
        assert_eq!(
            at_fault("bad value for restricted picklist field: Magic"),
            ["Industry"]
        );
        assert_eq!(at_fault("Email_2__c: invalid email address"), ["Email_2__c"]);
        assert_eq!(
            at_fault("unable to obtain exclusive access to this record"),
            Vec::<String>::new()
        );
    }
}
