//! Creates, changes and deletes records, and can take all of it back.

use super::{
    Draft, DuplicateHeader, IndexKey, Lookup, Records, Row, automation, check,
    duplicates::{self, Found},
    geography, matching, record_type,
    transaction::Undo,
    validation,
};
use crate::{
    access::Access,
    fault::RowFault,
    schema::{Field, Kind, Object, Role},
    value::{Key, Value},
};

/// Whether the org's assignment rule may choose the owner of new leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignment {
    /// The active rule runs.
    Active,
    /// This rule runs, active or not.
    Rule(Key),
    /// A rule was asked for that the org does not have.
    Unknown,
    /// No rule runs.
    Off,
}

/// One transaction of one user.
pub struct Writer<'records> {
    records: &'records mut Records,
    user: u32,
    now: i64,
    assignment: Assignment,
    duplicates: DuplicateHeader,
    start: usize,
}

impl<'records> Writer<'records> {
    /// A transaction of a user (by number) at a moment (seconds since 1970).
    pub fn new(records: &'records mut Records, user: u32, now: i64, assignment: Assignment) -> Self {
        let start = records.journal_start();
        Self {
            records,
            user,
            now,
            assignment,
            duplicates: DuplicateHeader::default(),
            start,
        }
    }

    /// The same, with what the client said about duplicates.
    pub fn heeding(mut self, duplicates: DuplicateHeader) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// What is written to.
    pub fn records(&self) -> &Records {
        self.records
    }

    /// Makes a record.
    pub fn insert(&mut self, object: u16, draft: Draft) -> Result<Key, RowFault> {
        if !self.records.schema.object(usize::from(object)).writable {
            let name = self.records.schema.object(usize::from(object)).name;
            let message = format!("entity type {name} does not support create");
            return Err(RowFault::new("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message));
        }
        self.permitted(object, Access::creates, || {
            let name = self.records.schema.object(usize::from(object)).name;
            let message = format!("entity type cannot be inserted: {name}");
            RowFault::new("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message)
        })?;
        self.refuse_locked(object, || format!("{:?} {:?}", draft.values, draft.lookups))?;
        let mut values = self.settle(object, draft, None)?;
        geography::complete(self.records, object, None, &mut values)?;
        let given: Vec<u16> = values.iter().map(|(field, _)| *field).collect();
        let definition = self.records.schema.object(usize::from(object));
        let fields = self.records.field_changes.fields(definition);
        let filled = |index: u16| {
            values
                .iter()
                .any(|(field, value)| *field == index && !value.is_null())
        };
        check::required(check::missing(fields, filled))?;
        self.add_defaults(object, &mut values);
        automation::before_insert(self.records, object, &mut values, self.assignment)?;
        self.records.pull_triggers(object, &mut values);
        let row = self.audited(object, values);
        let found = self.judge(Key { object, number: 0 }, &row, &given)?;
        let key = self.push_row(object, row);
        for (child, values) in automation::after_insert(self.records, key) {
            self.push(child, values);
        }
        self.report(found, key);
        Ok(key)
    }

    fn permitted(
        &self,
        object: u16,
        allows: impl FnOnce(&Access, &Object) -> bool,
        refusal: impl FnOnce() -> RowFault,
    ) -> Result<(), RowFault> {
        let definition = self.records.schema.object(usize::from(object));
        if allows(self.records.access.of(self.user), definition) {
            Ok(())
        } else {
            Err(refusal())
        }
    }

    /// A new record of some values; those of audit fields take the place of what the org would write.
    fn audited(&self, object: u16, mut values: Vec<(u16, Value)>) -> Row {
        let mut given = Vec::new();
        values.retain(|(field, value)| {
            let role = self.records.field(object, *field).role;
            let is_stored = role == Role::Stored;
            if !is_stored {
                given.push((role, value.clone()));
            }
            is_stored
        });
        let mut row = Row::new(self.now, self.user, values);
        for (role, value) in given {
            match (role, value) {
                (Role::CreatedDate, Value::Moment(moment)) => row.created = moment,
                (Role::ModifiedDate, Value::Moment(moment)) => row.modified = moment,
                (Role::CreatedBy, Value::Reference(user)) => row.created_by = user.number,
                (Role::ModifiedBy, Value::Reference(user)) => row.modified_by = user.number,
                _ => {}
            }
        }
        row
    }

    /// What the org's rules say of a record that is about to be stored; `changed` are the fields that the client gave.
    fn judge(&self, key: Key, row: &Row, changed: &[u16]) -> Result<Option<Found>, RowFault> {
        record_type::offers(self.records, key, row, changed)?;
        geography::check(self.records, key, row, changed)?;
        validation::check(self.records, key, row)?;
        let object = self.records.schema.object(usize::from(key.object));
        let Some((rule, _)) = self.records.rules.duplicates(object.name) else {
            return Ok(None);
        };
        let compared = matching::compared_fields(rule);
        let touches = changed
            .iter()
            .any(|field| compared.contains(&object.field(*field).name));
        if !touches {
            return Ok(None);
        }
        duplicates::check(self.records, &self.duplicates, self.user, key, row)
    }

    fn report(&mut self, found: Option<Found>, key: Key) {
        let records = found.and_then(|found| duplicates::report(self.records, &found, key));
        let Some(((sets, mut set), items)) = records else {
            return;
        };
        automation::number(self.records, sets, &mut set);
        let set = self.push(sets, set);
        for (object, mut item) in items {
            automation::number(self.records, object, &mut item);
            let definition = self.records.schema.object(usize::from(object));
            if let Some(field) = definition.find("DuplicateRecordSetId") {
                item.push((field, Value::Reference(set)));
            }
            self.push(object, item);
        }
    }

    /// Changes a record.
    pub fn update(&mut self, key: Key, draft: Draft) -> Result<(), RowFault> {
        let Some(row) = self.records.row(key) else {
            return Err(RowFault::new(
                "INVALID_CROSS_REFERENCE_KEY",
                "invalid cross reference id",
            ));
        };
        if row.deleted {
            return Err(RowFault::new("ENTITY_IS_DELETED", "entity is deleted"));
        }
        let object = self.records.schema.object(usize::from(key.object));
        if !object.writable {
            let message = format!("entity type {} does not support update", object.name);
            return Err(RowFault::new("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message));
        }
        drop(row);
        self.permitted(key.object, Access::edits, || {
            RowFault::new(
                "INSUFFICIENT_ACCESS_OR_READONLY",
                "insufficient access rights on object id",
            )
        })?;
        self.refuse_locked(key.object, || self.records.ids.id(key))?;
        let mut values = self.settle(key.object, draft, Some(key.number))?;
        geography::complete(self.records, key.object, Some(key), &mut values)?;
        let given: Vec<u16> = values.iter().map(|(field, _)| *field).collect();
        let object = self.records.schema.object(usize::from(key.object));
        let emptied = values
            .iter()
            .filter(|(_, value)| value.is_null())
            .map(|(field, _)| self.records.field_changes.field(object, object.field(*field)));
        let demanded = emptied.filter(|field| !field.nillable && field.kind != Kind::Boolean);
        check::required(demanded.map(|field| field.name).collect())?;
        automation::before_update(self.records, key, &mut values);
        let Some(row) = self.records.row(key) else {
            return Ok(());
        };
        let mut fresh = row.with(&values);
        drop(row);
        let found = self.judge(key, &fresh, &given)?;
        fresh.modified = self.now.max(fresh.modified);
        fresh.modified_by = self.user;
        self.replace(key, fresh);
        self.report(found, key);
        Ok(())
    }

    /// Changes the record that a field's value names, or makes one; says which, and whether it was made.
    pub fn upsert(
        &mut self,
        object: u16,
        by: u16,
        text: &str,
        mut draft: Draft,
    ) -> Result<(Key, bool), RowFault> {
        let found = self.matches(object, by, text)?;
        draft.values.retain(|(field, _)| *field != by);
        match found.as_slice() {
            [] => {
                if self.records.field(object, by).role == Role::Stored {
                    draft.values.push((by, Value::text(text)));
                } else {
                    return Err(RowFault::new(
                        "INVALID_CROSS_REFERENCE_KEY",
                        "invalid cross reference id",
                    ));
                }
                Ok((self.insert(object, draft)?, true))
            }
            [number] => {
                let key = Key {
                    object,
                    number: *number,
                };
                self.update(key, draft)?;
                Ok((key, false))
            }
            _ => {
                let name = self.records.field(object, by).name;
                let message = format!("{name}: more than one record found for external id field: {found:?}");
                Err(RowFault::new("DUPLICATE_EXTERNAL_ID", message))
            }
        }
    }

    /// Live records that a lookup field's value names.
    pub fn matches(&self, object: u16, by: u16, text: &str) -> Result<Vec<u32>, RowFault> {
        if self.records.field(object, by).role == Role::Id {
            if !crate::id::is_well_formed(text) {
                let message = format!("id value of incorrect type: {text}");
                return Err(RowFault::new("MALFORMED_ID", message).at("Id"));
            }
            let key = self.records.ids.key(text).filter(|key| key.object == object);
            let live = key.filter(|key| self.records.live(*key).is_some());
            return Ok(live.into_iter().map(|key| key.number).collect());
        }
        Ok(self.records.find_live(object, by, &IndexKey::text(text)))
    }

    /// Puts a record, and those that cannot be without it, into the recycle bin.
    pub fn delete(&mut self, key: Key) -> Result<(), RowFault> {
        self.remove(key, &mut Vec::new())
    }

    /// Deletes a record, and those that cannot be without it, past the recycle bin.
    pub fn delete_for_good(&mut self, key: Key) -> Result<(), RowFault> {
        let mut removed = Vec::new();
        self.remove(key, &mut removed)?;
        for key in removed {
            self.replace(key, Row::gone());
        }
        Ok(())
    }

    fn remove(&mut self, key: Key, removed: &mut Vec<Key>) -> Result<(), RowFault> {
        let object = self.records.schema.object(usize::from(key.object));
        if !object.writable {
            let message = format!("entity type {} does not support delete", object.name);
            return Err(RowFault::new("INSUFFICIENT_ACCESS_OR_READONLY", message));
        }
        self.permitted(key.object, Access::deletes, || {
            RowFault::new(
                "INSUFFICIENT_ACCESS_OR_READONLY",
                "insufficient access rights on object id",
            )
        })?;
        let Some(row) = self.records.row(key) else {
            return Err(RowFault::new(
                "INVALID_CROSS_REFERENCE_KEY",
                "invalid cross reference id",
            ));
        };
        if row.deleted {
            return Err(RowFault::new("ENTITY_IS_DELETED", "entity is deleted"));
        }
        self.refuse_locked(key.object, || self.records.ids.id(key))?;
        self.records.rules.triggers.allow_deletion(object.name)?;
        let mut gone = row.into_owned();
        gone.deleted = true;
        gone.modified = self.now.max(gone.modified);
        gone.modified_by = self.user;
        self.replace(key, gone);
        removed.push(key);
        for child in self.cascade(key) {
            self.remove(child, removed)?;
        }
        Ok(())
    }

    /// A row that trouble locks cannot be written for now. `row` says what it is known by.
    fn refuse_locked(&self, object: u16, row: impl Fn() -> String) -> Result<(), RowFault> {
        let name = self.records.schema.object(usize::from(object)).name;
        if self.records.row_locks.refuse(name, &row) {
            let message = format!(
                "unable to obtain exclusive access to this record or 1 records: {}",
                row()
            );
            return Err(RowFault::new("UNABLE_TO_LOCK_ROW", message));
        }
        Ok(())
    }

    /// Takes back everything that this transaction did.
    pub fn roll_back(self) {
        self.records.undo_to(self.start);
    }

    /// Adds a record without any check, for data that the org itself makes.
    pub fn push(&mut self, object: u16, values: Vec<(u16, Value)>) -> Key {
        self.push_row(object, Row::new(self.now, self.user, values))
    }

    fn push_row(&mut self, object: u16, row: Row) -> Key {
        let number = self.records.table_mut(object).push(row);
        self.records.note(Undo::Created(object));
        Key { object, number }
    }

    fn replace(&mut self, key: Key, row: Row) {
        if let Some(old) = self.records.table_mut(key.object).replace(key.number, row) {
            self.records.note(Undo::Replaced(key, old));
        }
    }

    fn cascade(&self, key: Key) -> Vec<Key> {
        let children = &self.records.schema.object(usize::from(key.object)).children;
        let mut keys = Vec::new();
        for child in children.iter().filter(|child| child.cascade) {
            let (Ok(object), Ok(field)) = (u16::try_from(child.object), u16::try_from(child.field)) else {
                continue;
            };
            let numbers = self.records.find_live(object, field, &IndexKey::Record(key));
            keys.extend(numbers.into_iter().map(|number| Key { object, number }));
        }
        keys
    }

    /// Checks every given value and finds the parents that were named by a value.
    fn settle(&self, object: u16, draft: Draft, own: Option<u32>) -> Result<Vec<(u16, Value)>, RowFault> {
        let definition = self.records.schema.object(usize::from(object));
        let given: Vec<&Field> = draft
            .values
            .iter()
            .map(|(field, _)| *field)
            .chain(draft.lookups.iter().map(|lookup| lookup.field))
            .map(|field| definition.field(field))
            .collect();
        let access = self.records.access.of(self.user);
        check::writable(access, definition, &given, own.is_none())?;
        let mut values = draft.values;
        for lookup in draft.lookups {
            let parent = self.parent(object, &lookup)?;
            values.push((lookup.field, Value::Reference(parent)));
        }
        for (index, value) in &mut values {
            let field = self
                .records
                .field_changes
                .field(definition, definition.field(*index));
            if value.is_null() && field.kind == Kind::Boolean {
                *value = Value::Boolean(false);
            }
            check::value(field, value)?;
            match value {
                Value::Reference(target) => {
                    check::reference(self.records, object, field, *target)?;
                    if field.name == "RecordTypeId" {
                        record_type::chosen(self.records, definition, self.user, *target)?;
                    }
                }
                Value::Text(text) if field.unique => {
                    check::unique(self.records, object, *index, text, own)?;
                }
                _ => {}
            }
        }
        Ok(values)
    }

    fn parent(&self, object: u16, lookup: &Lookup) -> Result<Key, RowFault> {
        let found = self.matches(lookup.object, lookup.by, &lookup.text)?;
        let field = self.records.field(object, lookup.field).name;
        let parent = self.records.schema.object(usize::from(lookup.object));
        let by = parent.field(lookup.by).name;
        match found.as_slice() {
            [number] => Ok(Key {
                object: lookup.object,
                number: *number,
            }),
            [] => {
                let message = format!(
                    "Foreign key external ID: {} not found for field {by} in entity {}",
                    lookup.text.to_lowercase(),
                    parent.name
                );
                Err(RowFault::new("INVALID_FIELD", message))
            }
            _ => {
                let message = format!("{by}: more than one record found for external id field: {field}");
                Err(RowFault::new("DUPLICATE_EXTERNAL_ID", message))
            }
        }
    }

    fn add_defaults(&self, object: u16, values: &mut Vec<(u16, Value)>) {
        let definition = self.records.schema.object(usize::from(object));
        for (index, field) in (0_u16..).zip(&definition.fields) {
            if field.role != Role::Stored || !field.defaulted_on_create {
                continue;
            }
            if values
                .iter()
                .any(|(known, value)| *known == index && !value.is_null())
            {
                continue;
            }
            let default = field.picklist.iter().find(|entry| entry.default);
            if let Some(entry) = default {
                values.push((index, Value::text(entry.value)));
            } else if field.name == "OwnerId"
                && let Some(users) = self.records.object_index("User")
            {
                values.push((
                    index,
                    Value::Reference(Key {
                        object: users,
                        number: self.user,
                    }),
                ));
            }
        }
        if let Some(field) = definition.find("RecordTypeId")
            && values
                .iter()
                .all(|(known, value)| *known != field || value.is_null())
            && let Some(default) = record_type::default(self.records, definition, self.user)
        {
            values.retain(|(known, _)| *known != field);
            values.push((field, Value::Reference(default)));
        }
    }
}
