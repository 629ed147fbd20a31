//! What changed in an org since a mapping was saved, as far as the mapping relies on it.

use serde::{Deserialize, Serialize};

use super::row::{Mapping, MappingRow, OnUpdate, Source};
use crate::TargetObject;
use crate::target::{TargetDescribe, TargetField};
use crate::text::excerpt;

/// Something in the org that a mapping relied on and that is different now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    /// The row, from 1; `None` when it is the whole mapping, as with a newly required field.
    pub row: Option<u32>,
    /// What happened.
    pub kind: DriftKind,
    /// API name of the field.
    pub target: String,
    /// Whether it stops exports.
    pub stops_exports: bool,
    /// What, and how to mend it.
    pub sentence: String,
    /// API name of a field that it was probably renamed to.
    pub renamed_to: Option<String>,
}

/// Kinds of drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DriftKind {
    /// The field is gone, or may no longer be seen.
    FieldGone,
    /// The field's label is another.
    Relabelled,
    /// The field may no longer be written.
    PermissionLost,
    /// The field's type or length is another.
    TypeChanged,
    /// The field became required.
    BecameRequired,
    /// A picklist value that the mapping writes is gone.
    ValueGone,
}

/// What is different for a mapping between the describe at which it was saved and the one of now, in the order of the
/// rows; what concerns the whole mapping comes last. Without an earlier describe only what is wrong now is told.
#[must_use]
pub fn drift(mapping: &Mapping, before: Option<&TargetDescribe>, now: &TargetDescribe) -> Vec<Drift> {
    let mut drifts = Vec::new();
    for (number, row) in (1_u32..).zip(&mapping.rows) {
        let name = row.target.trim();
        if !name.is_empty() {
            let seen = Seen {
                object: mapping.object,
                number,
                row,
                before: before.and_then(|before| before.field(name)),
            };
            match now.field(name) {
                Some(field) => seen.changed(before.is_some(), field, &mut drifts),
                None => drifts.extend(seen.gone(before, now)),
            }
        }
    }
    if let Some(before) = before {
        drifts.extend(newly_required(mapping, before, now));
    }
    drifts
}

/// One row and its field as it was.
struct Seen<'a> {
    object: TargetObject,
    number: u32,
    row: &'a MappingRow,
    before: Option<&'a TargetField>,
}

impl Seen<'_> {
    fn drift(&self, kind: DriftKind, target: &str, stops_exports: bool, sentence: String) -> Drift {
        Drift {
            row: Some(self.number),
            kind,
            target: target.to_owned(),
            stops_exports,
            sentence,
            renamed_to: None,
        }
    }

    /// The field is not there. One that was not there before either has not drifted.
    fn gone(&self, before: Option<&TargetDescribe>, now: &TargetDescribe) -> Option<Drift> {
        if before.is_some() && self.before.is_none() {
            return None;
        }
        let name = self.before.map_or(self.row.target.trim(), |field| &field.name);
        let gone = self.before.map_or_else(|| name.to_owned(), named);
        let renamed = before.and_then(|before| renamed_to(self.before?, before, now));
        let mend = match renamed {
            Some(field) => format!(
                "It was probably renamed to {}; choose that field in this row.",
                named(field)
            ),
            None => format!(
                "Choose another field, delete the row, or ask for access in Setup, Object Manager, {}, Fields & \
                 Relationships.",
                self.object
            ),
        };
        let sentence =
            format!("{gone} was deleted or renamed, or the connected user may no longer see it. {mend}");
        Some(Drift {
            renamed_to: renamed.map(|field| field.name.clone()),
            ..self.drift(DriftKind::FieldGone, name, true, sentence)
        })
    }

    fn changed(&self, was_described: bool, now: &TargetField, drifts: &mut Vec<Drift>) {
        if let Some(before) = self.before {
            drifts.extend(self.relabelled(before, now));
            drifts.extend(self.type_changed(before, now));
        }
        drifts.extend(self.permission_lost(was_described, now));
        if let Some(before) = self.before {
            drifts.extend(self.became_required(before, now));
        }
        drifts.extend(self.values_gone(was_described, now));
    }

    fn relabelled(&self, before: &TargetField, now: &TargetField) -> Option<Drift> {
        (before.label != now.label).then(|| {
            let sentence = format!(
                "{} is called “{}” now; it was “{}”. Check that it still means the same.",
                now.name, now.label, before.label
            );
            self.drift(DriftKind::Relabelled, &now.name, false, sentence)
        })
    }

    fn type_changed(&self, before: &TargetField, now: &TargetField) -> Option<Drift> {
        let (was, is) = (before.type_label(), now.type_label());
        (before.kind != now.kind || was != is).then(|| {
            let writable = now.kind.can_be_mapped();
            let mend = if writable {
                "Check the sample's result and the list's warnings in this row."
            } else {
                "Choose another field, or delete the row."
            };
            let sentence = format!("{} was {was} and is {is} now. {mend}", named(now));
            self.drift(DriftKind::TypeChanged, &now.name, !writable, sentence)
        })
    }

    fn permission_lost(&self, was_described: bool, now: &TargetField) -> Option<Drift> {
        let was = |allowed: fn(&TargetField) -> bool| !was_described || self.before.is_some_and(allowed);
        let where_to = format!("Setup, Object Manager, {}, Fields & Relationships", self.object);
        if !now.createable && was(|field| field.createable) {
            let sentence = format!(
                "The connected user may no longer write {}. Give edit access in {where_to}, or delete the row.",
                named(now)
            );
            return Some(self.drift(DriftKind::PermissionLost, &now.name, true, sentence));
        }
        // Without an earlier describe a field that never could be updated is no drift: the row says so itself.
        let may_not_change = !now.updateable && self.before.is_some_and(|field| field.updateable);
        (may_not_change && self.row.on_update != OnUpdate::Never).then(|| {
            let sentence = format!(
                "The connected user may no longer change {} on existing records; new records still get it. Give edit \
                 access in {where_to}, or set “On update” to “Never”.",
                named(now)
            );
            self.drift(DriftKind::PermissionLost, &now.name, false, sentence)
        })
    }

    fn became_required(&self, before: &TargetField, now: &TargetField) -> Option<Drift> {
        (now.required_on_create() && !before.required_on_create()).then(|| {
            let sentence = format!(
                "{} is required now: a record whose source is blank is refused. Add a row with another source, or a \
                 fixed value below.",
                named(now)
            );
            self.drift(DriftKind::BecameRequired, &now.name, false, sentence)
        })
    }

    fn values_gone<'b>(
        &'b self,
        was_described: bool,
        now: &'b TargetField,
    ) -> impl Iterator<Item = Drift> + 'b {
        let fixed = match &self.row.source {
            Source::Fixed { value } => Some(value),
            _ => None,
        };
        let mapped = self.row.value_map.values().filter(move |_| fixed.is_none());
        let mut values: Vec<&String> = fixed.into_iter().chain(mapped).collect();
        values.sort();
        values.dedup();
        let lists_values = !now.picklist.is_empty();
        let gone = move |value: &&String| {
            let was = if was_described {
                self.before.is_some_and(|field| field.offers(value))
            } else {
                now.restricted_picklist
            };
            lists_values && was && !now.offers(value)
        };
        values.into_iter().filter(gone).map(move |value| {
            let stops = fixed.is_some() && now.restricted_picklist;
            let effect = if now.restricted_picklist {
                "and takes no other values"
            } else {
                "so that it would be added"
            };
            let sentence = format!(
                "{} no longer has the value “{}” {effect}. Choose another value in this row, or add it in Salesforce.",
                named(now),
                excerpt(value, 60)
            );
            self.drift(DriftKind::ValueGone, &now.name, stops, sentence)
        })
    }
}

fn newly_required<'a>(
    mapping: &'a Mapping,
    before: &'a TargetDescribe,
    now: &'a TargetDescribe,
) -> impl Iterator<Item = Drift> + 'a {
    let is_new = |field: &&TargetField| {
        let was_required = before
            .field(&field.name)
            .is_some_and(TargetField::required_on_create);
        !was_required && !mapping.maps(&field.name)
    };
    now.required_on_create().filter(is_new).map(|field| Drift {
        row: None,
        kind: DriftKind::BecameRequired,
        target: field.name.clone(),
        stops_exports: true,
        sentence: format!(
            "{} is required now and not mapped. Add a row for it, or let Salesforce fill it by a default value.",
            named(field)
        ),
        renamed_to: None,
    })
}

/// The field that a vanished one probably became: new, of the same type, and with the same label.
fn renamed_to<'a>(
    gone: &TargetField,
    before: &TargetDescribe,
    now: &'a TargetDescribe,
) -> Option<&'a TargetField> {
    let mut new = now.fields.iter().filter(|field| {
        before.field(&field.name).is_none() && field.kind == gone.kind && field.label == gone.label
    });
    new.next().filter(|_| new.next().is_none())
}

fn named(field: &TargetField) -> String {
    if field.label.is_empty() || field.label == field.name {
        field.name.clone()
    } else {
        format!("{} ({})", field.label, field.name)
    }
}
