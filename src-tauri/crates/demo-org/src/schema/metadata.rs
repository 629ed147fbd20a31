//! Objects that describe the schema itself to queries.

use super::{Field, Object};

/// The EntityDefinition object: one row for each object.
pub fn entity_definition() -> Object {
    Object::new(
        "EntityDefinition",
        "Object Definition",
        "Object Definitions",
        "4ie",
        vec![
            Field::text("DurableId", "Durable ID", 255),
            Field::text("QualifiedApiName", "Qualified API Name", 70)
                .required()
                .naming(),
            Field::text("DeveloperName", "Developer Name", 40),
            Field::text("NamespacePrefix", "Namespace Prefix", 15),
            Field::text("Label", "Label", 80),
            Field::text("PluralLabel", "Plural Label", 80),
            Field::text("KeyPrefix", "Key Prefix", 3),
            Field::flag("IsCustomizable", "Customizable"),
            Field::flag("IsQueryable", "Queryable"),
            Field::flag("IsTriggerable", "Triggerable"),
        ],
    )
    .read_only()
}

/// The FieldDefinition object: one row for each field.
pub fn field_definition() -> Object {
    Object::new(
        "FieldDefinition",
        "Field Definition",
        "Field Definitions",
        "4fe",
        vec![
            Field::reference(
                "EntityDefinitionId",
                "Entity Definition ID",
                "EntityDefinition",
                &["EntityDefinition"],
            )
            .children("Fields"),
            Field::text("DurableId", "Durable ID", 255),
            Field::text("QualifiedApiName", "Qualified API Name", 120)
                .required()
                .naming(),
            Field::text("DeveloperName", "Developer Name", 80),
            Field::text("NamespacePrefix", "Namespace Prefix", 15),
            Field::text("Label", "Label", 80),
            Field::text("DataType", "Data Type", 80),
            Field::int("Length", "Length", 9),
            Field::int("Precision", "Precision", 9),
            Field::int("Scale", "Scale", 9),
            Field::flag("IsNillable", "Nillable"),
            Field::flag("IsCalculated", "Calculated"),
        ],
    )
    .read_only()
}
