//! Field-level security of every mapped field: one failed line a field, the fine ones folded into one.

use super::{Check, Fact, SetupPlace};
use crate::{TargetField, TargetObject};

/// A field that a mapping writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedField {
    /// API name.
    pub name: String,
    /// Label as it was last known.
    pub known_label: Option<String>,
    /// Whether updates write it.
    pub is_updated: bool,
}

/// The mapped fields of one object, and what describe shows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectFields {
    /// The object.
    pub object: TargetObject,
    /// What its mapping writes.
    pub mapped: Vec<MappedField>,
    /// What the connected user sees.
    pub shown: Fact<ShownObject>,
}

/// The fields that describe shows, and whether the object itself may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownObject {
    /// Fields; those that the user may not read are not among them.
    pub fields: Vec<TargetField>,
    /// Records may be created.
    pub creates: bool,
    /// Records may be changed.
    pub edits: bool,
}

enum Trouble {
    Gone,
    Computed,
    ReadOnly,
    CreateOnly,
    UpdateOnly,
}

const WHY: &str = "Its values would be refused for every record.";

/// The checks of all mapped fields.
#[must_use]
pub fn field_checks(objects: &[ObjectFields]) -> Vec<Check> {
    let mut checks = Vec::new();
    let (mut fine, mut failed) = (0_usize, 0_usize);
    for ObjectFields {
        object,
        mapped,
        shown,
    } in objects
    {
        let shown = match shown {
            Ok(shown) => shown,
            Err(_) if mapped.is_empty() => continue,
            Err(reason) => {
                let name = format!("fields_{}", object.api_name().to_lowercase());
                let title = format!("Mapped fields of {object}");
                checks.push(
                    Check::passed(&name, title, "", WHY)
                        .at(SetupPlace::fields(object.api_name()))
                        .unknown(reason),
                );
                continue;
            }
        };
        for field in mapped {
            match trouble(field, shown) {
                None => fine += 1,
                Some((trouble, label)) => {
                    failed += 1;
                    checks.push(failed_field(*object, field, &trouble, &label));
                }
            }
        }
    }
    if fine > 0 {
        let (title, what) = if failed > 0 {
            ("Other mapped fields", "can be read and edited")
        } else {
            ("Mapped fields", "can be read and edited")
        };
        checks.push(Check::passed("fields", title, format!("{fine} {what}"), WHY));
    }
    checks
}

fn trouble(mapped: &MappedField, shown: &ShownObject) -> Option<(Trouble, String)> {
    let found = shown
        .fields
        .iter()
        .find(|field| field.name.eq_ignore_ascii_case(&mapped.name));
    let Some(field) = found else {
        let label = mapped.known_label.clone().unwrap_or_else(|| mapped.name.clone());
        return Some((Trouble::Gone, label));
    };
    // What the object itself refuses is told by the object's own check.
    let lacks_create = shown.creates && !field.createable;
    let lacks_update = shown.edits && mapped.is_updated && !field.updateable;
    let trouble = match (lacks_create, lacks_update) {
        (false, false) => return None,
        _ if field.calculated || field.auto_number => Trouble::Computed,
        (false, true) => Trouble::CreateOnly,
        // Field-level security takes both at once, so of one alone it is not the cause.
        (true, false) if field.updateable && shown.edits => Trouble::UpdateOnly,
        (true, _) => Trouble::ReadOnly,
    };
    Some((trouble, field.label.clone()))
}

fn failed_field(object: TargetObject, mapped: &MappedField, trouble: &Trouble, label: &str) -> Check {
    let name = format!("field_{}_{}", object.api_name().to_lowercase(), mapped.name);
    let subject = format!("{object} {label} ({})", mapped.name);
    let (title, found, mend) = match trouble {
        Trouble::Gone => (
            format!("{subject} cannot be seen"),
            "Deleted, or hidden from the connected user",
            format!(
                "If the field is there, make {label} visible and editable for the connected user's profile or permission set. \
                 If it was deleted, take its row out of the {object} mapping."
            ),
        ),
        Trouble::Computed => (
            format!("{subject} cannot be written"),
            "Salesforce computes it",
            format!("Map another field, or take the row of {label} out of the {object} mapping."),
        ),
        Trouble::ReadOnly => (
            format!("{subject} can’t be edited"),
            "Read-only for the connected user",
            format!("Make {label} editable for the connected user's profile or permission set."),
        ),
        Trouble::CreateOnly => (
            format!("{subject} can’t be changed once the record is there"),
            "Written at creation only",
            format!("In the {object} mapping, set the row of {label} to “never” for updates."),
        ),
        Trouble::UpdateOnly => (
            format!("{subject} can’t be given to a new record"),
            "Written by updates only",
            format!("Take the row of {label} out of the {object} mapping, or map another field."),
        ),
    };
    Check {
        why: format!("Mapped on {}. {WHY}", object.plural_label()),
        ..Check::passed(&name, title, found, "")
            .failed(mend)
            .at(SetupPlace::field(object.api_name(), label))
    }
}
