//! Conversion of source text to what a Salesforce field takes, by the field's type.
//!
//! Rules that hold for all types: invisible characters at the ends are trimmed; what is blank then gives no value; the
//! text `#N/A` is refused, because Bulk API 2.0 reads it as "set to null". A value either converts exactly, or converts
//! with a [`Mark`] that says what was changed, or is a [`RowFault`]; it is never changed in silence and never dropped.
//!
//! To add a type: a file here, an arm in [`Converter::convert`].

mod address_check;
mod choice;
mod clean;
mod date;
mod decimal;
mod dependent;
mod fault;
mod lookup_path;
mod number;
mod org_rule;
pub(crate) mod phone;
mod place;
mod record_id;
mod record_type;
mod text_value;
mod typed_value;
mod yes_no;
mod zone;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use decimal::Decimal;
pub(crate) use dependent::Controlling;
pub use fault::{FaultRule, Mark, MarkRule, RowFault};
pub use lookup_path::{LookupPath, cell_of_column, cell_of_path};
pub use typed_value::{TypedValue, csv_text};

use crate::mapping::{DateOrder, MappingRow, Overflow, PhoneFormat};
use crate::target::{FieldKind, TargetDescribe, TargetField};
use crate::zoominfo_field::Unit;
use choice::Choices;
pub(crate) use date::{MONTHS, why_no_day, written_day};
pub(crate) use fault::Problem;
use org_rule::OrgRule;
use zone::Zone;

/// Converts the values of one row; made once for a mapping, used for every profile.
#[derive(Debug, Clone)]
pub struct Converter {
    label: String,
    kind: FieldKind,
    length: usize,
    limits: number::Limits,
    overflow: Overflow,
    unit: Option<Unit>,
    value_map: BTreeMap<String, String>,
    choices: Option<Choices>,
    phone_format: PhoneFormat,
    date_order: DateOrder,
    zone: Option<Zone>,
    org_rule: OrgRule,
}

/// What is wrong with the row's own settings, in one sentence: its time zone does not exist.
pub(crate) fn unknown_time_zone(row: &MappingRow) -> Option<String> {
    Zone::of(row).err()
}

/// A converted value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The value.
    pub value: TypedValue,
    /// What was changed on the way, with a sentence each.
    pub marks: Vec<(MarkRule, String)>,
}

impl Converter {
    /// The converter of a row into its target field.
    #[must_use]
    pub fn new(field: &TargetField, row: &MappingRow) -> Self {
        Self {
            label: if field.label.is_empty() {
                field.name.clone()
            } else {
                field.label.clone()
            },
            kind: field.kind,
            length: usize::try_from(field.length).unwrap_or(usize::MAX),
            limits: number::Limits::of(field),
            overflow: row.overflow,
            unit: row.unit(),
            value_map: row
                .value_map
                .iter()
                .map(|(from, to)| (choice::folded(from), to.clone()))
                .collect(),
            choices: Choices::of(field),
            phone_format: row.phone_format,
            date_order: row.date_order,
            // A zone that does not exist is a problem of the mapping, which is not used then.
            zone: Zone::of(row).ok().flatten(),
            org_rule: OrgRule::of_field(field, row),
        }
    }

    /// The converter of a row into a field that stands among the others of its object: it knows the org's lists of
    /// states and countries, and which values depend on which.
    #[must_use]
    pub fn within(describe: &TargetDescribe, field: &TargetField, row: &MappingRow) -> Self {
        Self {
            org_rule: OrgRule::of(field, row, describe),
            ..Self::new(field, row)
        }
    }

    /// API names of the fields that decide which values are valid; the first that has a value counts.
    #[must_use]
    pub fn controllers(&self) -> Vec<String> {
        self.org_rule.controllers()
    }

    /// Column of a Bulk upload that the values go to.
    #[must_use]
    pub fn column(&self, target: &str) -> String {
        match &self.org_rule {
            OrgRule::Lookup(path) => path.column(),
            _ => target.to_owned(),
        }
    }

    /// The same for a text that somebody typed in the field's own terms: neither a unit nor a value map changes it.
    #[must_use]
    pub(crate) fn for_typed_text(&self) -> Self {
        Self {
            unit: None,
            value_map: BTreeMap::new(),
            ..self.clone()
        }
    }

    /// Whether it chooses among values, so that the values of a list are worth knowing.
    #[must_use]
    pub fn chooses(&self) -> bool {
        self.choices.is_some() || !self.value_map.is_empty() || self.org_rule.chooses()
    }

    /// Converts a value; `None` when it is blank.
    pub fn convert(&self, raw: &str) -> Result<Option<Converted>, (FaultRule, String)> {
        self.convert_under(raw, Controlling::Unchecked)
    }

    /// Converts a value of a record whose controlling field has this; `None` when it is blank.
    pub(crate) fn convert_under(
        &self,
        raw: &str,
        controlling: Controlling<'_>,
    ) -> Result<Option<Converted>, (FaultRule, String)> {
        let mut marks = Vec::new();
        let Some(text) = clean::clean(raw, self.kind == FieldKind::Textarea, &mut marks) else {
            return Ok(None);
        };
        let text = text.as_ref();
        for (_, sentence) in &mut marks {
            *sentence = format!("{}: {sentence}", self.label);
        }
        match self.typed(text, controlling, &mut marks) {
            Ok(value) => {
                self.org_rule.check(&value, controlling, &self.label, &mut marks);
                Ok(Some(Converted { value, marks }))
            }
            Err(problem) => Err(self.refuse(text, &problem)),
        }
    }

    /// A problem with a value as a fault of this field.
    pub(crate) fn refuse(&self, value: &str, problem: &Problem) -> (FaultRule, String) {
        (problem.rule, problem.sentence(value, &self.label))
    }

    fn typed(
        &self,
        text: &str,
        controlling: Controlling<'_>,
        marks: &mut Vec<(MarkRule, String)>,
    ) -> Result<TypedValue, Problem> {
        if text.eq_ignore_ascii_case("#N/A") {
            return Err(Problem::new(
                FaultRule::ReservedText,
                "is Salesforce's word for “no value” and cannot be stored",
            ));
        }
        if let Some(converted) = self.org_rule.convert(&self.mapped(text), controlling) {
            return converted;
        }
        match self.kind {
            FieldKind::String if self.phone_format != PhoneFormat::AsIs => {
                self.phone(&self.mapped(text), marks)
            }
            FieldKind::String | FieldKind::Textarea | FieldKind::Encryptedstring | FieldKind::Combobox => {
                text_value::text(&self.mapped(text), self.length, self.overflow, &self.label, marks)
            }
            FieldKind::Phone => self.phone(text, marks),
            FieldKind::Email => address_check::email(text, self.length),
            FieldKind::Url => address_check::url(text, self.length),
            FieldKind::Boolean => yes_no::boolean(text),
            FieldKind::Int
            | FieldKind::Long
            | FieldKind::Double
            | FieldKind::Currency
            | FieldKind::Percent => {
                number::number(text, self.kind, self.unit, &self.limits, &self.label, marks)
            }
            FieldKind::Date => date::date(text, self.date_order, &self.label, marks),
            FieldKind::Datetime => {
                date::datetime(text, self.date_order, self.zone.as_ref(), &self.label, marks)
            }
            FieldKind::Time => date::time(text),
            FieldKind::Picklist | FieldKind::Multipicklist => {
                let Some(choices) = &self.choices else {
                    return text_value::uncut(&self.mapped(text), self.length);
                };
                let several = self.kind == FieldKind::Multipicklist;
                choices.choose(text, several, &self.value_map, &self.label, marks)
            }
            _ => Err(Problem::new(
                FaultRule::UnsupportedType,
                "cannot be written to a field of this type",
            )),
        }
    }

    fn phone(&self, text: &str, marks: &mut Vec<(MarkRule, String)>) -> Result<TypedValue, Problem> {
        phone::phone(text, self.phone_format, self.length, &self.label, marks)
    }

    /// The value that the row's value map has for a text, else the text.
    fn mapped<'a>(&'a self, text: &'a str) -> Cow<'a, str> {
        if self.value_map.is_empty() {
            return Cow::Borrowed(text);
        }
        self.value_map
            .get(&choice::folded(text))
            .map_or(Cow::Borrowed(text), |to| Cow::Borrowed(to.as_str()))
    }
}

#[cfg(test)]
mod tests;
