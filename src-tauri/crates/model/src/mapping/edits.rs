//! Values that somebody types in place of the mapped ones.

use std::collections::BTreeMap;

use super::compiled::CompiledMapping;
use crate::convert::FaultRule;
use crate::text::is_blank;

/// Why a typed text cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditFault {
    /// API name of the field.
    pub target: String,
    /// The rule that it breaks; `None` when the mapping does not write the field.
    pub rule: Option<FaultRule>,
    /// What, why and how to mend it.
    pub sentence: String,
}

impl CompiledMapping {
    /// The fields that the mapping writes, in the order of upload: API names and labels.
    pub fn targets(&self) -> impl Iterator<Item = (&str, &str)> {
        self.targets
            .iter()
            .map(|target| (&*target.name, target.label.as_str()))
    }

    /// The first typed text that its field does not take; `None` when all fit. What depends on another field's value is
    /// judged with the record, not here.
    #[must_use]
    pub fn edit_fault(&self, edits: &BTreeMap<String, String>) -> Option<EditFault> {
        edits.iter().find_map(|(name, text)| {
            let fault = |rule, sentence| {
                Some(EditFault {
                    target: name.clone(),
                    rule,
                    sentence,
                })
            };
            let Some(target) = self.targets.iter().find(|target| *target.name == **name) else {
                return fault(
                    None,
                    format!("The mapping does not write {name}. Add a row for it on the Mapping tab."),
                );
            };
            if is_blank(text) {
                return target.required.then(|| EditFault {
                    target: name.clone(),
                    rule: Some(FaultRule::MissingRequired),
                    sentence: format!("{}: Salesforce needs a value. Type one.", target.label),
                });
            }
            let converter = target.candidates.first()?.converter.for_typed_text();
            match converter.convert(text) {
                Ok(_) => None,
                Err((rule, sentence)) => fault(Some(rule), sentence),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mapping::{Cell, Mapping, MappingRow, OnUpdate, Source, apply, apply_with_edits, update};
    use crate::target::{FieldKind, TargetDescribe, TargetField};
    use crate::{Profile, ProfileKind, TargetObject, Unit};

    fn field(name: &str, kind: FieldKind, length: u32) -> TargetField {
        TargetField {
            kind,
            name: name.to_owned(),
            label: name.to_owned(),
            length,
            precision: 18,
            digits: 8,
            createable: true,
            updateable: true,
            nillable: name != "Name",
            ..TargetField::default()
        }
    }

    fn compiled() -> CompiledMapping {
        let describe = TargetDescribe {
            object: TargetObject::Account,
            fields: vec![
                field("Name", FieldKind::String, 20),
                field("Website", FieldKind::Url, 255),
                field("AnnualRevenue", FieldKind::Currency, 0),
                field("NumberOfEmployees", FieldKind::Int, 0),
            ],
        };
        let mut rows = vec![
            MappingRow::new(Source::field("company_name"), "Name"),
            MappingRow::new(Source::field("website"), "Website"),
            MappingRow::new(Source::field("employees"), "NumberOfEmployees"),
        ];
        rows.push(MappingRow {
            source_unit: Some(Unit::ThousandsOfUsd),
            on_update: OnUpdate::Overwrite,
            ..MappingRow::new(Source::field("revenue_thousands"), "AnnualRevenue")
        });
        let mapping = Mapping {
            object: TargetObject::Account,
            rows,
        };
        CompiledMapping::compile(&mapping, &describe).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    fn profile(values: &[(&str, &str)]) -> Profile {
        let mut profile = Profile::new(ProfileKind::Company);
        for (field, value) in values {
            profile.values.insert((*field).to_owned(), (*value).to_owned());
        }
        profile
    }

    fn edit(target: &str, text: &str) -> BTreeMap<String, String> {
        BTreeMap::from([(target.to_owned(), text.to_owned())])
    }

    #[test]
    fn typed_numbers_are_in_the_fields_own_unit() {
        let mapping = compiled();
        let profile = profile(&[("company_name", "Works"), ("revenue_thousands", "5")]);
        let revenue =
            |mapped: &crate::Mapped| mapped.cell("AnnualRevenue").map(crate::TypedValue::to_csv_text);
        assert_eq!(revenue(&apply(&mapping, &profile)).as_deref(), Some("5000"));
        let edited = apply_with_edits(&mapping, &profile, None, &edit("AnnualRevenue", "5"));
        assert_eq!(revenue(&edited).as_deref(), Some("5"));
    }

    #[test]
    fn what_does_not_fit_is_told_at_its_field() {
        let mapping = compiled();
        let fault = |target, text| mapping.edit_fault(&edit(target, text));
        let at = |fault: Option<EditFault>| fault.map(|fault| (fault.target, fault.rule));
        assert_eq!(
            at(fault("NumberOfEmployees", "many")),
            Some(("NumberOfEmployees".to_owned(), Some(FaultRule::NotANumber)))
        );
        assert_eq!(
            at(fault("Name", " ")),
            Some(("Name".to_owned(), Some(FaultRule::MissingRequired)))
        );
        assert_eq!(at(fault("Fax", "1")), Some(("Fax".to_owned(), None)));
        assert_eq!(fault("NumberOfEmployees", "1,200"), None);
        assert_eq!(fault("Website", ""), None);
    }

    #[test]
    fn an_update_takes_typed_values_too() {
        let mapping = compiled();
        let profile = profile(&[("company_name", "Works")]);
        let edits = edit("AnnualRevenue", "7");
        let mapped = apply_with_edits(&mapping, &profile, None, &edits);
        let existing = BTreeMap::from([("AnnualRevenue".to_owned(), "9".to_owned())]);
        let updated = update(&mapping, &mapped, &existing);
        assert_eq!(
            updated.to_json().get("AnnualRevenue"),
            Some(&serde_json::json!(7))
        );
    }

    fn values() -> impl Strategy<Value = Profile> {
        ("[a-zA-Z ]{0,24}", "[a-z.]{0,12}", "[0-9x]{0,6}").prop_map(|(name, website, employees)| {
            profile(&[
                ("company_name", &name),
                ("website", &website),
                ("employees", &employees),
            ])
        })
    }

    fn cells_but<'a>(mapped: &'a crate::Mapped, target: &str) -> Vec<&'a Cell> {
        mapped
            .cells
            .iter()
            .filter(|cell| *cell.target != *target)
            .collect()
    }

    proptest! {
        #[test]
        fn nothing_typed_changes_nothing(profile in values()) {
            let mapping = compiled();
            prop_assert_eq!(apply_with_edits(&mapping, &profile, None, &BTreeMap::new()), apply(&mapping, &profile));
        }

        #[test]
        fn a_typed_text_decides_its_field_and_no_other(
            profile in values(),
            target in prop::sample::select(vec!["Name", "Website", "NumberOfEmployees", "AnnualRevenue"]),
            text in ".{0,30}",
        ) {
            let mapping = compiled();
            let edits = edit(target, &text);
            let (plain, edited) = (apply(&mapping, &profile), apply_with_edits(&mapping, &profile, None, &edits));
            prop_assert_eq!(cells_but(&plain, target), cells_but(&edited, target));
            if is_blank(&text) {
                prop_assert_eq!(edited.cell(target), None);
            } else {
                let fits = mapping.edit_fault(&edits).is_none();
                prop_assert_eq!(edited.faults.iter().any(|fault| fault.target == target), !fits);
            }
        }

        #[test]
        fn typing_what_is_written_changes_no_value(profile in values()) {
            let mapping = compiled();
            let plain = apply(&mapping, &profile);
            let edits: BTreeMap<String, String> = plain
                .cells
                .iter()
                .map(|cell| (cell.target.to_string(), cell.value.to_csv_text()))
                .collect();
            prop_assert_eq!(apply_with_edits(&mapping, &profile, None, &edits).cells, plain.cells);
        }
    }
}
