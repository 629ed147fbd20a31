//! Whether the org has what a row looks records up by.

use super::problem::ProblemCode;
use super::row::MappingRow;
use crate::target::{FieldKind, TargetField};
use crate::text::{excerpt, is_blank};

/// Characters of a name that a sentence quotes.
const NAME_CHARACTERS: usize = 60;

/// Checks a row's lookup, if it has one. What the other object offers is checked only where that is known; Salesforce
/// checks it otherwise.
pub(super) fn check(row: &MappingRow, field: &TargetField) -> Result<(), (ProblemCode, String)> {
    let Some(lookup) = &row.lookup else { return Ok(()) };
    let quoted = |name: &str| excerpt(name.trim(), NAME_CHARACTERS);
    if field.kind != FieldKind::Reference {
        let sentence = format!(
            "{} ({}) does not point at another record, so nothing can be looked up for it. Take the lookup out of the \
             row, or choose a lookup field.",
            field.label, field.name
        );
        return Err((ProblemCode::LookupNotReference, sentence));
    }
    if field.is_record_type() {
        let sentence =
            "A record type is given by its name or its id, without a lookup. Take the lookup out of the row.";
        return Err((ProblemCode::LookupNotReference, sentence.to_owned()));
    }
    let points_there = field
        .refers_to
        .iter()
        .any(|object| object.eq_ignore_ascii_case(&lookup.object));
    if !points_there {
        let sentence = format!(
            "{} ({}) points at {}, not at “{}”. Choose what to look up by again.",
            field.label,
            field.name,
            field.refers_to.join(" or "),
            quoted(&lookup.object)
        );
        return Err((ProblemCode::LookupWrongObject, sentence));
    }
    if is_blank(&lookup.field) {
        let sentence = format!(
            "The row looks up {}, and does not say by which of its fields. Choose one.",
            lookup.object
        );
        return Err((ProblemCode::LookupNotByField, sentence));
    }
    if field.relationship.is_none() {
        let sentence = format!(
            "The org does not say how to get from {} ({}) to the other record. Refresh the fields; if that does not help, \
             map record ids without a lookup.",
            field.label, field.name
        );
        return Err((ProblemCode::LookupNotByField, sentence));
    }
    if let Some(keys) = field.lookup_keys_of(&lookup.object)
        && keys.field(&lookup.field).is_none()
    {
        let sentence = format!(
            "{} records cannot be looked up by “{}”: the connected user sees no such field that is marked as an external \
             id. Choose another one, or mark it in Setup, Object Manager, {}, Fields & Relationships.",
            keys.object,
            quoted(&lookup.field),
            keys.object
        );
        return Err((ProblemCode::LookupNotByField, sentence));
    }
    Ok(())
}
