//! The settings of a row in words, as the Mapping tab and the history call them.

use super::difference::ChangeDetail;
use super::row::{DateOrder, MappingRow, OnUpdate, Overflow, PhoneFormat, Source};
use crate::text::excerpt;

/// The place in a hierarchy, as a setting.
pub(super) const ORDER: &str = "Order";

/// Characters of a value that a history shows.
const SHOWN_CHARACTERS: usize = 80;

/// Every setting that differs between two rows.
pub(super) fn details(
    before: &MappingRow,
    after: &MappingRow,
    target_label: impl Fn(&str) -> String,
) -> Vec<ChangeDetail> {
    let same_target = before.target.trim().eq_ignore_ascii_case(after.target.trim());
    let settings = |row: &MappingRow| {
        [
            ("Source", source(&row.source)),
            ("Salesforce field", target_label(&row.target)),
            ("On update", on_update(row.on_update).to_owned()),
            ("Clear when blank", yes_or_no(row.clear_when_blank)),
            ("Block", row.block.clone().unwrap_or_else(none)),
            ("Too long", overflow(row.overflow).to_owned()),
            ("Value mapping", value_map(row)),
            (
                "Unit",
                row.source_unit
                    .map_or_else(|| "as the field".to_owned(), |unit| unit.label().to_owned()),
            ),
            ("Phone format", phone_format(row.phone_format).to_owned()),
            ("Date order", date_order(row.date_order).to_owned()),
            (
                "Time zone",
                row.time_zone.clone().unwrap_or_else(|| "UTC".to_owned()),
            ),
            (
                "Look up by",
                row.lookup.as_ref().map_or_else(
                    || "record id".to_owned(),
                    |lookup| format!("{}.{}", lookup.object, lookup.field),
                ),
            ),
        ]
    };
    settings(before)
        .into_iter()
        .zip(settings(after))
        .zip(differs(before, after, same_target))
        .filter(|(_, differs)| *differs)
        .map(|(((what, before), (_, after)), _)| ChangeDetail {
            what: what.to_owned(),
            before: excerpt(&before, SHOWN_CHARACTERS),
            after: excerpt(&after, SHOWN_CHARACTERS),
        })
        .collect()
}

/// Which settings differ, in the order in which they are told. It goes by the values, not by their words: two long texts
/// may be told alike.
fn differs(before: &MappingRow, after: &MappingRow, same_target: bool) -> [bool; 12] {
    [
        before.source != after.source,
        !same_target,
        before.on_update != after.on_update,
        before.clear_when_blank != after.clear_when_blank,
        before.block != after.block,
        before.overflow != after.overflow,
        before.value_map != after.value_map,
        before.source_unit != after.source_unit,
        before.phone_format != after.phone_format,
        before.date_order != after.date_order,
        before.time_zone != after.time_zone,
        before.lookup != after.lookup,
    ]
}

/// A setting's name within a phrase: `On update` gives `on update`.
pub(super) fn within(what: &str) -> String {
    match what {
        "Salesforce field" => "target".to_owned(),
        "Too long" => "text length".to_owned(),
        "Look up by" => "lookup".to_owned(),
        other => other.to_lowercase(),
    }
}

/// What an update does, as the menu says it.
pub(super) fn on_update(on_update: OnUpdate) -> &'static str {
    match on_update {
        OnUpdate::FillIfBlank => "Fill if blank",
        OnUpdate::Overwrite => "Overwrite",
        OnUpdate::Never => "Never",
    }
}

fn source(source: &Source) -> String {
    let label = source.label();
    if label.is_empty() { none() } else { label }
}

fn none() -> String {
    "none".to_owned()
}

fn yes_or_no(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

fn overflow(overflow: Overflow) -> &'static str {
    match overflow {
        Overflow::Truncate => "Truncate",
        Overflow::Refuse => "Refuse",
    }
}

fn phone_format(format: PhoneFormat) -> &'static str {
    match format {
        PhoneFormat::AsIs => "As it is",
        PhoneFormat::International => "International",
        PhoneFormat::NorthAmerican => "North American",
    }
}

fn date_order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::MonthFirst => "Month first",
        DateOrder::DayFirst => "Day first",
    }
}

fn value_map(row: &MappingRow) -> String {
    if row.value_map.is_empty() {
        return none();
    }
    let pairs = row.value_map.iter().map(|(from, to)| format!("{from} → {to}"));
    pairs.collect::<Vec<_>>().join(", ")
}
