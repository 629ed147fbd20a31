//! What sources and targets there are to choose from.

use std::collections::BTreeMap;

use model::mapping::{is_native_app_field, template_functions};
use model::target::ListedPart;
use model::zoominfo_field::FIELDS;
use model::{FieldKind, PicklistValue, TargetDescribe, TargetField as Described, TargetObject};
use store::{ListRow, Read};

use crate::Engine;
use crate::connect::{client, note_fault, note_usage};
use crate::contract::mapping::ObjectQuery;
use crate::contract::mapping::fields::{
    ExtraColumn, LookupField, LookupFields, LookupQuery, MappingFields, PicklistEntry, SampleList,
    SourceField, SourceGroup, TargetField, TemplateFunction,
};
use crate::describe;
use crate::fault::{Code, Fault};

/// `mapping.fields`
pub(crate) async fn fields(engine: &Engine, params: ObjectQuery) -> Result<MappingFields, Fault> {
    let object = params.object.into();
    engine
        .read(move |read| {
            let described = read.described(object)?;
            let lists = fitting_lists(read, object)?;
            Ok(MappingFields {
                groups: groups(object),
                extra_columns: extra_columns(&lists),
                functions: functions(),
                described_at: described.as_ref().map(|row| row.described_at.clone()),
                targets: described.map(|row| targets(&row.describe)).unwrap_or_default(),
                time_zones: time_zones(),
                lists: lists
                    .into_iter()
                    .map(|list| SampleList {
                        list_id: list.list_id,
                        name: list.name,
                        profiles: list.profiles,
                    })
                    .collect(),
            })
        })
        .await
}

/// `mapping.lookup_fields`
pub(crate) async fn lookup_fields(engine: &Engine, params: LookupQuery) -> Result<LookupFields, Fault> {
    if !salesforce::soql::is_api_name(&params.object) || params.object.contains('.') {
        let sentence = "The object to look up in has no such name. Choose one of the field's objects.";
        return Err(Fault::new(Code::Invalid, sentence).at_field("object"));
    }
    let client = client(engine).await?;
    let described = match client.describe(&params.object).await {
        Ok(described) => described,
        Err(error) if error.is_not_found() => {
            let sentence = format!(
                "The org has no object {} that the connected user may see. Choose another, or ask for access in Setup.",
                params.object
            );
            return Err(Fault::new(Code::NotFound, sentence).at_field("object"));
        }
        Err(error) => return Err(note_fault(engine, error.into()).await),
    };
    note_usage(engine, &client).await?;
    let keys = describe::lookup_keys(&described);
    let kept = keys.clone();
    // From now on the preview knows what the object's records can be looked up by.
    engine
        .write(move |write| describe::keep_lookup_keys(write, &kept))
        .await?;
    Ok(LookupFields {
        object: described.name,
        label: described.label,
        fields: keys
            .fields
            .into_iter()
            .map(|field| LookupField {
                name: field.name,
                label: field.label,
            })
            .collect(),
    })
}

/// The lists whose profiles become an object, newest first.
pub(super) fn fitting_lists(read: &Read<'_>, object: TargetObject) -> Result<Vec<ListRow>, Fault> {
    let mut lists = read.lists()?;
    lists.retain(|list| list.kind == object.source_kind() && list.profiles > 0);
    Ok(lists)
}

/// The columns of lists that are not ZoomInfo's, by name.
pub(super) fn extra_columns(lists: &[ListRow]) -> Vec<ExtraColumn> {
    let mut columns: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for list in lists {
        for column in &list.extra_columns {
            columns.entry(column).or_default().push(list.name.clone());
        }
    }
    columns
        .into_iter()
        .map(|(column, lists)| ExtraColumn {
            column: column.to_owned(),
            lists,
        })
        .collect()
}

fn groups(object: TargetObject) -> Vec<SourceGroup> {
    let mut groups: Vec<SourceGroup> = Vec::new();
    for field in FIELDS.iter().filter(|field| field.fits(object.source_kind())) {
        let label = field.group.label();
        let shown = SourceField {
            id: field.id.to_owned(),
            label: field.label.to_owned(),
            kind_label: field.kind_label().to_owned(),
            unit: field.unit.map_or("", model::Unit::label).to_owned(),
        };
        match groups.iter_mut().find(|group| group.label == label) {
            Some(group) => group.fields.push(shown),
            None => groups.push(SourceGroup {
                label: label.to_owned(),
                fields: vec![shown],
            }),
        }
    }
    groups
}

/// Functions that templates know.
fn functions() -> Vec<TemplateFunction> {
    template_functions()
        .into_iter()
        .map(|function| TemplateFunction {
            name: function.name.to_owned(),
            purpose: function.purpose.to_owned(),
            example: function.example.to_owned(),
        })
        .collect()
}

fn time_zones() -> Vec<String> {
    let zones = jiff::tz::db().available();
    let mut names: Vec<String> = zones.map(|name| name.as_str().to_owned()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn targets(describe: &TargetDescribe) -> Vec<TargetField> {
    let fields = describe.fields.iter();
    fields.map(|field| target(field.clone(), describe)).collect()
}

fn target(field: Described, describe: &TargetDescribe) -> TargetField {
    let (picklist, restricted) = choices(&field, describe);
    let is_record_type = field.is_record_type();
    TargetField {
        closed: closed(&field).map(str::to_owned),
        type_label: field.type_label(),
        required: field.required_on_create(),
        kind: field.kind.api_name().to_owned(),
        name: field.name,
        label: field.label,
        updateable: field.updateable,
        picklist,
        restricted,
        // A record type goes by its name, without a lookup.
        refers_to: if is_record_type {
            Vec::new()
        } else {
            field.refers_to
        },
    }
}

/// What a field takes, and whether it takes nothing else: a picklist's values, record types by the name that is the same
/// in every org, and the labels of listed states and countries.
fn choices(field: &Described, describe: &TargetDescribe) -> (Vec<PicklistEntry>, bool) {
    if field.is_record_type() {
        let choices = field.record_types.iter().map(|choice| PicklistEntry {
            value: choice.developer_name.clone(),
            label: choice.name.clone(),
            active: true,
        });
        return (choices.collect(), !field.record_types.is_empty());
    }
    let entry = |entry: &PicklistValue| PicklistEntry {
        value: entry.value.clone(),
        label: entry.label.clone(),
        active: entry.active,
    };
    let by_label = |codes: &Described| {
        let labelled = codes.picklist.iter().map(|code| PicklistEntry {
            value: code.label.clone(),
            ..entry(code)
        });
        (labelled.collect(), true)
    };
    let address = describe.listed_address(field);
    match address.map(|address| (address.part, address)) {
        Some((ListedPart::Country, address)) => by_label(address.country_code),
        Some((ListedPart::State, address)) => address.state_code.map(by_label).unwrap_or_default(),
        _ => (
            field.picklist.iter().map(entry).collect(),
            field.restricted_picklist,
        ),
    }
}

/// Why a field cannot be chosen as a target.
fn closed(field: &Described) -> Option<&'static str> {
    if is_native_app_field(&field.name) {
        return Some("Set by the ZoomInfo native app.");
    }
    if field.calculated {
        return Some("A formula: Salesforce works it out.");
    }
    if field.auto_number {
        return Some("Numbered by Salesforce.");
    }
    match field.kind {
        FieldKind::Id => return Some("Given by Salesforce."),
        FieldKind::Address | FieldKind::Location => return Some("Made of other fields; map those."),
        kind if !kind.can_be_mapped() => return Some("Fields of this type cannot be written by a mapping."),
        _ => {}
    }
    (!field.createable).then_some("Read-only for the connected user.")
}
