//! Why no record could be made, put at the rows at fault.

use model::mapping::{Mapping, UsedRow};
use model::{MappingProblem, TargetDescribe};
use salesforce::ApiError;

use super::account_of;
use crate::contract::mapping::test::TestError;

/// What stands in the way of a mapping before anything is sent.
pub(super) fn of_problems(problems: &[MappingProblem], mapping: &Mapping) -> TestError {
    let first = problems.first();
    let sentence = first.map(|problem| problem.sentence.clone()).unwrap_or_default();
    let mut rows: Vec<u32> = problems.iter().filter_map(|problem| problem.row).collect();
    rows.dedup();
    TestError {
        code: first
            .map(|problem| problem.code.code().to_owned())
            .unwrap_or_default(),
        sentence: match problems.len() {
            0 | 1 => sentence,
            several => format!("The mapping has {several} faults. {sentence}"),
        },
        targets: targets_of(&rows, mapping),
        rows,
    }
}

fn targets_of(rows: &[u32], mapping: &Mapping) -> Vec<String> {
    let mut targets: Vec<String> = Vec::new();
    for row in rows {
        let target = mapping.rows.get(*row as usize - 1).map(|row| row.target.trim());
        if let Some(target) = target.filter(|target| !target.is_empty())
            && !targets.iter().any(|known| known == target)
        {
            targets.push(target.to_owned());
        }
    }
    targets
}

/// What Salesforce refused a record for. The fields that it names lead to the rows that gave their values.
pub(super) fn of_salesforce(
    errors: &[ApiError],
    mapping: &Mapping,
    describe: &TargetDescribe,
    used: &[UsedRow],
) -> TestError {
    let mut targets: Vec<String> = Vec::new();
    for error in errors {
        for field in named(error, mapping) {
            let name = describe.field(&field).map_or(field, |found| found.name.clone());
            if !targets.contains(&name) {
                targets.push(name);
            }
        }
    }
    let mut rows: Vec<u32> = targets
        .iter()
        .flat_map(|target| rows_of(target, mapping, describe, used))
        .collect();
    rows.sort_unstable();
    rows.dedup();
    let code = errors.first().map(|error| error.code.clone()).unwrap_or_default();
    TestError {
        sentence: format!(
            "Salesforce refused the record: {} {}",
            account_of::words(errors),
            errors
                .first()
                .filter(|error| is_about_lookup(error))
                .map_or_else(|| mend(&code), |_| LOOKUP_MEND)
        ),
        code,
        targets,
        rows,
    }
}

/// What to do about a lookup that found no record, or several.
const LOOKUP_MEND: &str = "Exactly one record must have this value: mend it in the org or in the list, or look up by another \
                           field.";

/// The fields that an error is about: those that it lists, else those whose API names stand in its words.
fn named(error: &ApiError, mapping: &Mapping) -> Vec<String> {
    if !error.fields.is_empty() {
        return error.fields.clone();
    }
    let words: Vec<&str> = error
        .message
        .split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .collect();
    // A plain word such as “Name” or “Title” may be a word of the sentence, so only names that cannot be one count.
    let mut found: Vec<String> = Vec::new();
    for row in &mapping.rows {
        let target = row.target.trim();
        // What a lookup found none or several of is named by the field that it looks up by.
        let is_looked_up = is_about_lookup(error)
            && row
                .lookup
                .as_ref()
                .is_some_and(|lookup| words.iter().any(|word| word.eq_ignore_ascii_case(&lookup.field)));
        let is_telling =
            target.contains('_') || target.chars().skip(1).any(|letter| letter.is_ascii_uppercase());
        let is_named = is_telling && words.contains(&target);
        if (is_named || is_looked_up) && !found.iter().any(|known| known == target) {
            found.push(target.to_owned());
        }
    }
    found
}

/// Whether no record, or more than one, has the value that was looked up.
fn is_about_lookup(error: &ApiError) -> bool {
    error.code == "DUPLICATE_EXTERNAL_ID" || error.message.to_ascii_lowercase().contains("external id")
}

/// Of a field: the row that gave its value, else every row of it; of a compound field, those of its parts.
fn rows_of(target: &str, mapping: &Mapping, describe: &TargetDescribe, used: &[UsedRow]) -> Vec<u32> {
    if let Some(used) = used.iter().find(|used| used.target.eq_ignore_ascii_case(target)) {
        return vec![used.row];
    }
    let is_of_target = |name: &str| {
        name.eq_ignore_ascii_case(target)
            || describe
                .field(name)
                .and_then(|field| field.compound.as_deref())
                .is_some_and(|compound| compound.eq_ignore_ascii_case(target))
    };
    (1_u32..)
        .zip(&mapping.rows)
        .filter(|(_, row)| is_of_target(row.target.trim()))
        .map(|(number, _)| number)
        .collect()
}

/// What to do about Salesforce's codes (Object Reference and SOAP API Developer Guide, "StatusCode").
fn mend(code: &str) -> &'static str {
    match code {
        "REQUIRED_FIELD_MISSING" => "Add a row for that field, or choose a sample that has a value for it.",
        "STRING_TOO_LONG" => "Let this row cut text that is too long, or choose a longer field.",
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" => "Map the value to one that the picklist has.",
        "FIELD_CUSTOM_VALIDATION_EXCEPTION" => {
            "A validation rule of the org says so: map what it asks for, or have the rule changed."
        }
        "DUPLICATE_VALUE" => {
            "Another record has this value, and the field takes each once. Choose another sample."
        }
        "DUPLICATES_DETECTED" => "A duplicate rule of the org blocks such records. Choose another sample.",
        "FIELD_INTEGRITY_EXCEPTION" => "The value is not in the org's lists. Map it to one that is.",
        "INVALID_CROSS_REFERENCE_KEY" | "MALFORMED_ID" => {
            "The value must name a record that is there and that the connected user may see."
        }
        "INVALID_FIELD" | "INVALID_FIELD_FOR_INSERT_UPDATE" => {
            "Refresh the fields, and choose one that the connected user may write."
        }
        "INVALID_EMAIL_ADDRESS" => "Correct the address in the list, or map another field.",
        "JSON_PARSER_ERROR" | "NUMBER_OUTSIDE_VALID_RANGE" => "Choose a field whose type takes this value.",
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" => {
            "A trigger or flow of the org says so, or the connected user may not create such records. Ask who maintains it."
        }
        "INSUFFICIENT_ACCESS"
        | "INSUFFICIENT_ACCESS_OR_READONLY"
        | "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY" => {
            "Give the connected user the right to do this in Salesforce."
        }
        "UNABLE_TO_LOCK_ROW" => "Somebody else was writing at that moment. Test again.",
        "STORAGE_LIMIT_EXCEEDED" => "Make room in the org, then test again.",
        _ => "Change the row or the sample, then test again.",
    }
}

#[cfg(test)]
mod tests {
    use model::TargetObject;
    use model::mapping::Mapping;
    use serde_json::json;

    use super::*;

    fn mapping(targets: &[&str]) -> Mapping {
        let rows = targets
            .iter()
            .map(|target| json!({ "source": { "kind": "fixed", "value": "x" }, "target": target }));
        serde_json::from_value(json!({ "object": "lead", "rows": rows.collect::<Vec<_>>() })).unwrap()
    }

    fn describe() -> TargetDescribe {
        TargetDescribe {
            object: TargetObject::Lead,
            fields: Vec::new(),
        }
    }

    fn error(message: &str, fields: &[&str]) -> ApiError {
        ApiError {
            code: "STRING_TOO_LONG".into(),
            message: message.into(),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            duplicates: None,
        }
    }

    #[test]
    fn the_row_that_gave_the_value_is_at_fault() {
        let used = [UsedRow {
            target: "Phone".into(),
            row: 3,
        }];
        let found = of_salesforce(
            &[error("too long", &["phone"])],
            &mapping(&["LastName", "Phone", "Phone"]),
            &describe(),
            &used,
        );
        assert_eq!(found.rows, [3]);
    }

    #[test]
    fn a_name_in_the_words_counts_only_when_it_is_no_word() {
        let mapping = mapping(&["Title", "Region__c", "LastName"]);
        let found = of_salesforce(
            &[error("Title: No such column 'Region__c'", &[])],
            &mapping,
            &describe(),
            &[],
        );
        assert_eq!(
            (found.rows, found.targets),
            (vec![2], vec!["Region__c".to_owned()])
        );
        assert!(
            found.sentence.ends_with("or choose a longer field."),
            "{}",
            found.sentence
        );
    }
}
