//! One object: its names, flags and fields.

use std::collections::HashMap;

use super::{Field, standard};

/// A way down from an object to the records that refer to it.
#[derive(Debug, Clone, Copy)]
pub struct ChildRelationship {
    /// Index of the referring object.
    pub object: usize,
    /// Index of its reference field.
    pub field: usize,
    /// Name in SOQL, when it has one.
    pub name: Option<&'static str>,
    /// Deleting the parent deletes the child.
    pub cascade: bool,
}

/// Which values of a restricted picklist a record type offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordTypeLimit {
    /// Developer name of the record type.
    pub record_type: &'static str,
    /// API name of the picklist.
    pub field: &'static str,
    /// The values on offer.
    pub values: &'static [&'static str],
}

/// An object's definition.
#[derive(Debug)]
pub struct Object {
    /// API name.
    pub name: &'static str,
    /// Label.
    pub label: &'static str,
    /// Label of many.
    pub plural: &'static str,
    /// First three characters of its ids.
    pub prefix: &'static str,
    /// Fields in describe's order.
    pub fields: Vec<Field>,
    /// Whether clients may create, change and delete its records.
    pub writable: bool,
    /// Ways down.
    pub children: Vec<ChildRelationship>,
    /// Record types: developer name and label.
    pub record_types: Vec<(&'static str, &'static str)>,
    /// What record types offer less of.
    pub record_type_limits: Vec<RecordTypeLimit>,
    by_name: HashMap<String, u16>,
}

fn names(fields: &[Field]) -> HashMap<String, u16> {
    let numbered = (0_u16..).zip(fields);
    numbered
        .map(|(index, field)| (field.name.to_ascii_lowercase(), index))
        .collect()
}

impl Object {
    /// An object of the given fields between the id and the audit fields that every object has.
    pub fn new(
        name: &'static str,
        label: &'static str,
        plural: &'static str,
        prefix: &'static str,
        own: Vec<Field>,
    ) -> Self {
        let mut fields = standard::leading();
        fields.extend(own);
        fields.extend(standard::audit());
        let by_name = names(&fields);
        Self {
            name,
            label,
            plural,
            prefix,
            fields,
            writable: true,
            children: Vec::new(),
            record_types: Vec::new(),
            record_type_limits: Vec::new(),
            by_name,
        }
    }

    /// With further fields behind its own.
    pub fn with_fields(mut self, fields: Vec<Field>) -> Self {
        self.fields.extend(fields);
        self.by_name = names(&self.fields);
        self
    }

    /// Clients may only read it.
    pub fn read_only(mut self) -> Self {
        self.writable = false;
        self
    }

    /// With record types, given as developer name and label.
    pub fn with_record_types(mut self, record_types: &[(&'static str, &'static str)]) -> Self {
        self.record_types = record_types.to_vec();
        self
    }

    /// With a record type that offers only some values of a restricted picklist.
    pub fn limiting(
        mut self,
        record_type: &'static str,
        field: &'static str,
        values: &'static [&'static str],
    ) -> Self {
        self.record_type_limits.push(RecordTypeLimit {
            record_type,
            field,
            values,
        });
        self
    }

    /// Made by an administrator.
    pub fn is_custom(&self) -> bool {
        self.name.ends_with("__c")
    }

    /// The index of a field by its API name, in any case.
    pub fn find(&self, name: &str) -> Option<u16> {
        self.by_name.get(&name.to_ascii_lowercase()).copied()
    }

    /// The field at an index that came from this object.
    pub fn field(&self, index: u16) -> &Field {
        &self.fields[usize::from(index)]
    }

    /// The field that names a record, if any.
    pub fn name_field(&self) -> Option<u16> {
        let index = self.fields.iter().position(|field| field.names_record)?;
        u16::try_from(index).ok()
    }

    /// Fields whose values are found through an index.
    pub fn indexed_fields(&self) -> impl Iterator<Item = u16> + '_ {
        let fields = self
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| field.is_indexed());
        fields.filter_map(|(index, _)| u16::try_from(index).ok())
    }
}
