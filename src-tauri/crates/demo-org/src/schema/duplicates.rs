//! Objects of duplicate management: the rules and what they reported.

use super::{Field, Object};

const OBJECTS: &[&str] = &["Account", "Contact", "Lead"];

/// The DuplicateRule object.
pub fn duplicate_rule() -> Object {
    Object::new(
        "DuplicateRule",
        "Duplicate Rule",
        "Duplicate Rules",
        "0Bm",
        vec![
            Field::text("DeveloperName", "Object Name", 80).required(),
            Field::text("Language", "Master Language", 40),
            Field::text("MasterLabel", "Rule Name", 80).required().naming(),
            Field::text("NamespacePrefix", "Namespace Prefix", 15),
            Field::picklist("SobjectType", "Object", OBJECTS).required(),
            Field::picklist("SobjectSubtype", "Object Subtype", &["None", "PersonAccount"]),
            Field::flag("IsActive", "Active"),
        ],
    )
    .read_only()
}

/// The MatchingRule object.
pub fn matching_rule() -> Object {
    Object::new(
        "MatchingRule",
        "Matching Rule",
        "Matching Rules",
        "0JD",
        vec![
            Field::text("DeveloperName", "Unique Name", 80).required(),
            Field::text("Language", "Master Language", 40),
            Field::text("MasterLabel", "Rule Name", 80).required().naming(),
            Field::text("NamespacePrefix", "Namespace Prefix", 15),
            Field::picklist("SobjectType", "Object", OBJECTS).required(),
            Field::picklist("SobjectSubtype", "Object Subtype", &["None", "PersonAccount"]),
            Field::picklist(
                "MatchEngine",
                "Match Engine",
                &["ExactMatchEngine", "FuzzyMatchEngine"],
            ),
            Field::text("BooleanFilter", "Advanced Logic", 255),
            Field::area("Description", "Description", 255),
            Field::picklist(
                "RuleStatus",
                "Rule Status",
                &[
                    "Inactive",
                    "DeactivationFailed",
                    "Activating",
                    "Deactivating",
                    "Active",
                    "ActivationFailed",
                ],
            ),
        ],
    )
    .read_only()
}

/// The MatchingRuleItem object: one field that a matching rule compares.
pub fn matching_rule_item() -> Object {
    Object::new(
        "MatchingRuleItem",
        "Matching Rule Item",
        "Matching Rule Items",
        "0JE",
        vec![
            Field::reference(
                "MatchingRuleId",
                "Matching Rule ID",
                "MatchingRule",
                &["MatchingRule"],
            )
            .required()
            .children("MatchingRuleItems"),
            Field::text("Field", "Field", 80),
            Field::picklist(
                "MatchingMethod",
                "Matching Method",
                &[
                    "Exact",
                    "FirstName",
                    "LastName",
                    "CompanyName",
                    "Phone",
                    "City",
                    "Street",
                    "Zip",
                    "Title",
                ],
            ),
            Field::picklist(
                "BlankValueBehavior",
                "Blank Value",
                &["MatchBlanks", "NullNotAllowed"],
            ),
            Field::int("SortOrder", "Field Order", 9),
        ],
    )
    .read_only()
}

/// The DuplicateRecordSet object: records that a rule found to be alike.
pub fn duplicate_record_set() -> Object {
    Object::new(
        "DuplicateRecordSet",
        "Duplicate Record Set",
        "Duplicate Record Sets",
        "0GK",
        vec![
            Field::auto_number("Name", "Duplicate Record Set Name", "DRS-").naming(),
            Field::reference(
                "DuplicateRuleId",
                "Duplicate Rule ID",
                "DuplicateRule",
                &["DuplicateRule"],
            )
            .children("DuplicateRecordSets"),
            Field::int("RecordCount", "Record Count", 9).read_only(),
        ],
    )
}

/// The DuplicateRecordItem object: one record of a set.
pub fn duplicate_record_item() -> Object {
    Object::new(
        "DuplicateRecordItem",
        "Duplicate Record Item",
        "Duplicate Record Items",
        "0GL",
        vec![
            Field::auto_number("Name", "Duplicate Record Item Name", "DRI-").naming(),
            Field::reference(
                "DuplicateRecordSetId",
                "Duplicate Record Set ID",
                "DuplicateRecordSet",
                &["DuplicateRecordSet"],
            )
            .required()
            .children("DuplicateRecordItems")
            .cascades(),
            Field::reference("RecordId", "Record ID", "Record", OBJECTS)
                .required()
                .children("DuplicateRecordItems"),
        ],
    )
}
