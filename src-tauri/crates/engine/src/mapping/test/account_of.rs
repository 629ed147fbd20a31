//! What a test and its records come to, in sentences.

use model::text::excerpt;
use salesforce::ApiError;
use store::{TestRecordRow, TestRecordState};

use super::journal::{Cause, Kept, is_left};
use crate::contract::mapping::test::{FieldVerdict, MappingTest, TestState};

/// Longest part of Salesforce's own words in a sentence.
const LONGEST_WORDS: usize = 300;

/// The whole test in one sentence or two.
pub(super) fn whole(test: &MappingTest, kept: &Kept, records: &[TestRecordRow]) -> String {
    let mut sentences = Vec::new();
    match test.state {
        TestState::Running => sentences.push("The mapping is being tested.".to_owned()),
        TestState::Passed | TestState::Differs => {
            sentences.push(compared(test));
            sentences.extend(gone(kept, records));
        }
        TestState::Refused => {
            sentences.push(match &test.error {
                Some(error) => error.sentence.clone(),
                None => "The mapping could not make a record.".to_owned(),
            });
            if records.is_empty() {
                sentences.push("Nothing was sent to Salesforce.".to_owned());
            }
        }
        TestState::Interrupted => {
            sentences.push(interrupted(kept, records));
            if let Cause::Fault { sentence } = &kept.cause {
                sentences.push(sentence.clone());
            }
        }
    }
    if test.state != TestState::Running {
        sentences.extend(records.iter().filter(|record| is_left(record)).map(left));
    }
    sentences.join(" ")
}

fn compared(test: &MappingTest) -> String {
    let of_rows = || test.fields.iter().filter(|field| field.row.is_some());
    let total = of_rows().count();
    let unread = of_rows()
        .filter(|field| field.verdict == FieldVerdict::NotRead)
        .count();
    let mut sentence = if test.changed_fields + test.refused_fields == 0 && unread == 0 {
        format!("Salesforce holds {} as sent.", counted(total))
    } else {
        let mut parts = vec![format!(
            "Salesforce holds {} of {} as sent",
            test.written_fields,
            counted(total)
        )];
        if test.changed_fields > 0 {
            parts.push(format!("the org changed {}", test.changed_fields));
        }
        if test.refused_fields > 0 {
            parts.push(format!("{} could not be written", test.refused_fields));
        }
        if unread > 0 {
            parts.push(format!("{unread} could not be read back"));
        }
        format!("{}.", parts.join(", "))
    };
    if test
        .fields
        .iter()
        .any(|field| field.row.is_none() && field.verdict == FieldVerdict::Refused)
    {
        sentence += " It was tested without an account, as Salesforce refused the test's own.";
    }
    sentence
}

fn counted(fields: usize) -> String {
    if fields == 1 {
        "1 field".to_owned()
    } else {
        format!("{fields} fields")
    }
}

/// That the records are gone, when they are.
fn gone(kept: &Kept, records: &[TestRecordRow]) -> Option<String> {
    let deleted = records
        .iter()
        .filter(|record| record.state == TestRecordState::Deleted)
        .count();
    if deleted == 0 || records.iter().any(is_left) {
        return None;
    }
    let what = if deleted == 1 {
        "The test record is deleted"
    } else {
        "The test records are deleted"
    };
    let when = if kept.settled_later { " since" } else { "" };
    Some(format!("{what}{when}."))
}

fn interrupted(kept: &Kept, records: &[TestRecordRow]) -> String {
    let lead = match kept.cause {
        Cause::AppEnded => "The app ended during this test",
        Cause::Fault { .. } => "This test was interrupted",
    };
    let deleted: Vec<&str> = records
        .iter()
        .filter(|record| record.state == TestRecordState::Deleted)
        .filter_map(|record| record.salesforce_id.as_deref())
        .collect();
    let when = if kept.settled_later {
        " at the next start"
    } else {
        ""
    };
    if !deleted.is_empty() {
        let (record, verb) = if deleted.len() == 1 {
            ("record", "was")
        } else {
            ("records", "were")
        };
        return format!(
            "{lead}; its {record} {} {verb} deleted{when}.",
            deleted.join(" and ")
        );
    }
    if records.is_empty() {
        format!("{lead}; nothing was written.")
    } else if records.iter().any(is_left) {
        format!("{lead}.")
    } else {
        format!("{lead}; its record was never made.")
    }
}

fn left(record: &TestRecordRow) -> String {
    let why = why_left(record);
    match (&record.state, &record.salesforce_id) {
        (TestRecordState::Unclear, _) => {
            format!("{} {}: {why}", record.object, record.candidates.join(", "))
        }
        (_, Some(id)) => format!("{} {id} is still in Salesforce: {why}", record.object),
        (_, None) => format!("{}: {why}", record.object),
    }
}

/// Why a record is not known to be gone, and what to do.
pub(super) fn why_left(record: &TestRecordRow) -> String {
    if !record.sentence.is_empty() {
        return record.sentence.clone();
    }
    match record.state {
        TestRecordState::Intended => {
            "whether it was made is not known. It is looked for, and deleted, as soon as the org is connected."
        }
        _ => "it is deleted as soon as the org is connected.",
    }
    .to_owned()
}

/// The answer was lost, and the record is not there so far.
pub(super) fn not_found_yet(record: &mut TestRecordRow) {
    "Salesforce's answer was lost, and no such record is there so far. It is looked for again at the next start."
        .clone_into(&mut record.sentence);
}

/// Salesforce refused to delete it.
pub(super) fn not_deletable(record: &mut TestRecordRow, errors: &[ApiError]) {
    record.sentence = format!(
        "Salesforce did not delete it: {} Open it in Salesforce and delete it there, or mend what keeps it and try again.",
        words(errors)
    );
}

/// Salesforce did not answer.
pub(super) fn not_deleted_yet(record: &mut TestRecordRow) {
    "It could not be deleted, as Salesforce did not answer. It is deleted after the next login or start, or when you try again."
        .clone_into(&mut record.sentence);
}

/// An account whose contact is still there.
pub(super) fn kept_for_contact(record: &mut TestRecordRow) {
    "It stays until the contact is deleted, which belongs to it.".clone_into(&mut record.sentence);
}

/// One of several records is the test's.
pub(super) fn one_of_several(record: &mut TestRecordRow) {
    if record.candidates.len() == 1 {
        "The answer was lost, and this record has some values of the test but not all, so it was not deleted. Open it in \
         Salesforce, and delete it when nobody needs it."
    } else {
        "The answer was lost, and any of these records may be the test's, so none was deleted. Open them in Salesforce, and \
         delete what nobody needs."
    }
    .clone_into(&mut record.sentence);
}

/// Salesforce's own words with their code, as a sentence.
pub(super) fn words(errors: &[ApiError]) -> String {
    let said: Vec<String> = errors
        .iter()
        .map(|error| {
            let words = excerpt(error.message.trim(), LONGEST_WORDS);
            format!("{} ({})", words.trim_end_matches('.'), error.code)
        })
        .collect();
    format!("{}.", said.join("; "))
}
