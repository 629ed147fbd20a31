//! What a row says that has no effect, or not the one it seems to have. Nothing here stops an export.

use std::collections::HashMap;

use super::hierarchies::Hierarchies;
use super::row::{Mapping, MappingRow, OnUpdate, Source};
use crate::target::{FieldKind, TargetDescribe};
use crate::text::is_blank;

/// For each row that deserves it a sentence; rows by index.
pub(super) fn advice(
    mapping: &Mapping,
    hierarchies: &Hierarchies,
    describe: &TargetDescribe,
) -> HashMap<usize, String> {
    let mut advice = HashMap::new();
    for rows in hierarchies.groups() {
        overtaken(mapping, rows, &mut advice);
        for row in rows {
            if let Some(sentence) = of_state(&mapping.rows[*row], mapping, describe) {
                advice.entry(*row).or_insert(sentence);
            }
        }
        if let Some(head) = rows.first()
            && let Some(sentence) = of_policy(&mapping.rows[*head], describe)
        {
            advice.entry(*head).or_insert(sentence);
        }
    }
    advice
}

/// Rows that never get their turn. Rows of blocks are left out: there the block decides.
fn overtaken(mapping: &Mapping, rows: &[usize], advice: &mut HashMap<usize, String>) {
    let mut always: Option<usize> = None;
    let mut sources: HashMap<String, usize> = HashMap::new();
    for index in rows {
        let row = &mapping.rows[*index];
        if row.block.as_deref().is_some_and(|name| !is_blank(name)) {
            continue;
        }
        let source = format!("{:?}", row.source);
        if let Some(fixed) = always {
            let sentence = format!(
                "This row never gets its turn, because the fixed value in row {} always has one. Move it above, or \
                 delete it.",
                fixed + 1
            );
            advice.insert(*index, sentence);
        } else if let Some(same) = sources.get(&source) {
            let sentence = format!(
                "This row has no effect: row {} does the same earlier. Choose another source, or delete it.",
                same + 1
            );
            advice.insert(*index, sentence);
        } else {
            sources.insert(source, *index);
        }
        if always.is_none() && matches!(&row.source, Source::Fixed { value } if !is_blank(value)) {
            always = Some(*index);
        }
    }
}

/// A state needs its country in every new record.
fn of_state(row: &MappingRow, mapping: &Mapping, describe: &TargetDescribe) -> Option<String> {
    let field = describe.field(row.target.trim())?;
    let address = describe
        .listed_address(field)
        .filter(|address| address.part.is_state())?;
    let mut countries = [Some(address.country_code), address.country]
        .into_iter()
        .flatten();
    if countries.any(|country| mapping.maps(&country.name)) {
        return None;
    }
    Some(format!(
        "The org takes a state only together with its country. Add a row for {} ({}).",
        address.country_code.label, address.country_code.name
    ))
}

fn of_policy(row: &MappingRow, describe: &TargetDescribe) -> Option<String> {
    let field = describe.field(row.target.trim())?;
    if field.createable && !field.updateable && row.on_update != OnUpdate::Never {
        return Some(format!(
            "{} can be written in new records only. Set “On update” to “Never”, or ask for edit access in Setup.",
            field.label
        ));
    }
    if !row.clear_when_blank {
        return None;
    }
    if !field.nillable || field.kind == FieldKind::Boolean {
        return Some(format!(
            "{} cannot be blank in Salesforce, so it is never cleared. Switch off “Clear when blank”.",
            field.label
        ));
    }
    (row.on_update != OnUpdate::Overwrite).then(|| {
        "“Clear when blank” has an effect only together with “Overwrite”. Set “On update” to it, or switch it off."
            .to_owned()
    })
}
