//! The header of an upload: what each column means for the object.

use crate::{
    fault::RowFault,
    records::{self, Draft, Lookup, Records},
};

/// What a cell of this text means on an update: empty the field.
const EMPTIES: &str = "#N/A";

/// One column.
#[derive(Debug, Clone)]
pub enum Column {
    /// The record's id.
    Id,
    /// A field.
    Field(u16),
    /// A parent, named by the value of one of its fields.
    Parent(Lookup),
}

/// Finds every header cell, in any case; the error is the first that is no field (Bulk API 2.0 guide, prepare files).
/// Fields that the user may not see are none.
pub fn columns(
    records: &Records,
    user: u32,
    object: u16,
    header: &csv::StringRecord,
) -> Result<Vec<Column>, String> {
    header
        .iter()
        .map(|name| {
            let found = column(records, object, name);
            found
                .filter(|column| is_visible(records, user, object, column))
                .ok_or_else(|| name.to_owned())
        })
        .collect()
}

fn is_visible(records: &Records, user: u32, object: u16, column: &Column) -> bool {
    let field = match column {
        Column::Id => return true,
        Column::Field(field) => *field,
        Column::Parent(lookup) => lookup.field,
    };
    let definition = records.schema.object(usize::from(object));
    records
        .access
        .of(user)
        .reads_field(definition, definition.field(field))
}

fn column(records: &Records, object: u16, name: &str) -> Option<Column> {
    if name.eq_ignore_ascii_case("Id") {
        return Some(Column::Id);
    }
    if let Some(field) = records.schema.object(usize::from(object)).find(name) {
        return Some(Column::Field(field));
    }
    let (parent, path) = match name.split_once(':') {
        Some((parent, path)) => (Some(parent), path),
        None => (None, name),
    };
    let (relationship, field) = path.split_once('.')?;
    let lookup = records.lookup(object, parent, relationship, field, String::new())?;
    let is_polymorphic = records.field(object, lookup.field).reference_to.len() > 1;
    (is_polymorphic == parent.is_some()).then_some(Column::Parent(lookup))
}

/// The fields of a row. Empty cells are left out.
pub fn draft(
    records: &Records,
    object: u16,
    columns: &[Column],
    row: &csv::StringRecord,
) -> Result<Draft, RowFault> {
    let mut draft = Draft::default();
    for (column, cell) in columns.iter().zip(row) {
        if cell.is_empty() {
            continue;
        }
        match column {
            Column::Id => {}
            Column::Field(field) if cell == EMPTIES => {
                draft.values.push((*field, crate::value::Value::Null));
            }
            Column::Field(field) => {
                let definition = records.field(object, *field);
                draft
                    .values
                    .push((*field, records::from_cell(definition, cell, &records.ids)?));
            }
            Column::Parent(lookup) if cell == EMPTIES => {
                draft.values.push((lookup.field, crate::value::Value::Null));
            }
            Column::Parent(lookup) => {
                draft.lookups.push(Lookup {
                    text: cell.to_owned(),
                    ..lookup.clone()
                });
            }
        }
    }
    Ok(draft)
}
