//! Fields that many objects share: id, audit fields, addresses, names.

use super::{Field, Kind, Role, picklists};

/// The fields before an object's own.
pub fn leading() -> Vec<Field> {
    vec![
        Field::system("Id", "Record ID", Kind::Id, Role::Id)
            .lookup()
            .defaulted(),
        Field::system("IsDeleted", "Deleted", Kind::Boolean, Role::Deleted).defaulted(),
    ]
}

/// The fields behind an object's own.
pub fn audit() -> Vec<Field> {
    let person = |name, label, relationship, role| Field {
        reference_to: &["User"],
        relationship_name: Some(relationship),
        ..Field::system(name, label, Kind::Reference, role).defaulted()
    };
    vec![
        Field::system("CreatedDate", "Created Date", Kind::Moment, Role::CreatedDate).defaulted(),
        person("CreatedById", "Created By ID", "CreatedBy", Role::CreatedBy),
        Field::system(
            "LastModifiedDate",
            "Last Modified Date",
            Kind::Moment,
            Role::ModifiedDate,
        )
        .defaulted(),
        person(
            "LastModifiedById",
            "Last Modified By ID",
            "LastModifiedBy",
            Role::ModifiedBy,
        ),
        Field::system(
            "SystemModstamp",
            "System Modstamp",
            Kind::Moment,
            Role::ModifiedDate,
        )
        .defaulted(),
    ]
}

/// The owner.
pub fn owner(to: &'static [&'static str]) -> Field {
    Field::reference("OwnerId", "Owner ID", "Owner", to).defaulted()
}

/// The record type.
pub fn record_type() -> Field {
    Field::reference("RecordTypeId", "Record Type ID", "RecordType", &["RecordType"])
}

/// Salutation, first, middle and last name, suffix, and the joined name.
pub fn person_name() -> Vec<Field> {
    let name = Field {
        length: 121,
        extra_type: Some("personname"),
        ..Field::system("Name", "Full Name", Kind::Text, Role::PersonName)
    };
    vec![
        Field::text("LastName", "Last Name", 80)
            .required()
            .part_of("Name"),
        Field::text("FirstName", "First Name", 40).part_of("Name"),
        Field::picklist("Salutation", "Salutation", picklists::SALUTATIONS).part_of("Name"),
        Field::text("MiddleName", "Middle Name", 40).part_of("Name"),
        Field::text("Suffix", "Suffix", 40).part_of("Name"),
        name.naming(),
    ]
}

/// The parts of an address and their compound; API names in the order street, city, state, postal code, country,
/// latitude, longitude, accuracy, compound.
pub fn address(names: [&'static str; 9], labels: [&'static str; 9], prefix: &'static str) -> Vec<Field> {
    let compound = names[8];
    let area = Field {
        extra_type: Some("plaintextarea"),
        ..Field::area(names[0], labels[0], 255)
    };
    vec![
        area.part_of(compound),
        Field::text(names[1], labels[1], 40).part_of(compound),
        Field::text(names[2], labels[2], 80).part_of(compound),
        Field::text(names[3], labels[3], 20).part_of(compound),
        Field::text(names[4], labels[4], 80).part_of(compound),
        Field::double(names[5], labels[5], 18, 15).part_of(compound),
        Field::double(names[6], labels[6], 18, 15).part_of(compound),
        Field::picklist(names[7], labels[7], picklists::GEOCODE_ACCURACIES)
            .restrict()
            .part_of(compound),
        Field {
            nillable: true,
            ..Field::system(compound, labels[8], Kind::Address, Role::Address(prefix))
        },
    ]
}
