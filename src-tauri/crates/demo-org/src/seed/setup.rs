//! What an administrator has set up: record types, queues, assignment and duplicate rules, permission sets, packages.

use super::{Garden, flag, number, staff::Staff, text};
use crate::{
    fault::RowFault,
    options::Options,
    records::{
        LeadRule,
        matching::{DUPLICATE_RULES, MATCHING_RULES},
    },
    value::{Key, Value},
};

/// Namespace of the native app.
const NAMESPACE: &str = "DOZISF";

/// Makes all of it.
pub fn plant(garden: &mut Garden, options: &Options, staff: &Staff) -> Result<(), RowFault> {
    let queue = queue(garden)?;
    assignment_rules(garden, staff, queue)?;
    record_types(garden)?;
    permission_sets(garden, staff)?;
    matching_rules(garden)?;
    duplicate_rules(garden)?;
    if options.native_app {
        garden.push(
            "PackageLicense",
            vec![
                ("NamespacePrefix", text(NAMESPACE)),
                ("Status", text("Active")),
                ("AllowedLicenses", Some(Value::Number(-1.0))),
                ("UsedLicenses", number(0)),
                ("IsProvisioned", flag(true)),
            ],
        )?;
    }
    Ok(())
}

/// Switches on what the options ask for. Comes last, so that the made-up data is never refused.
pub fn activate(garden: &mut Garden, options: &Options) {
    for object in ["Account", "Contact", "Lead"] {
        garden.records.switch_duplicates(object, options.duplicate_rules);
    }
    garden
        .records
        .rules
        .switch_validation(None, options.validation_rules);
    garden.records.rules.lists_states = options.state_and_country_lists;
}

fn queue(garden: &mut Garden) -> Result<Key, RowFault> {
    let queue = garden.push(
        "Group",
        vec![
            ("Name", text("Inbound Leads")),
            ("DeveloperName", text("Inbound_Leads")),
            ("Type", text("Queue")),
        ],
    )?;
    for object in ["Lead", "Task", "Project__c"] {
        garden.push(
            "QueueSobject",
            vec![
                ("QueueId", Some(Value::Reference(queue))),
                ("SobjectType", text(object)),
            ],
        )?;
    }
    garden.push(
        "Group",
        vec![
            ("Name", text("All Sellers")),
            ("DeveloperName", text("All_Sellers")),
            ("Type", text("Regular")),
        ],
    )?;
    Ok(queue)
}

fn assignment_rules(garden: &mut Garden, staff: &Staff, queue: Key) -> Result<(), RowFault> {
    let owners = [
        ("Lead routing", staff.users.get(1).copied(), true),
        ("Lead routing to the queue", Some(queue), false),
    ];
    for (name, owner, active) in owners {
        let values = vec![
            ("Name", text(name)),
            ("SobjectType", text("Lead")),
            ("Active", flag(active)),
        ];
        let rule = garden.push("AssignmentRule", values)?;
        if let Some(owner) = owner {
            garden
                .records
                .rules
                .lead_assignments
                .push(LeadRule { rule, owner, active });
        }
    }
    Ok(())
}

fn record_types(garden: &mut Garden) -> Result<(), RowFault> {
    let schema = std::sync::Arc::clone(&garden.records.schema);
    for object in schema.objects() {
        let is_packaged = object.name.starts_with(NAMESPACE);
        for (developer_name, label) in &object.record_types {
            garden.push(
                "RecordType",
                vec![
                    ("Name", text(*label)),
                    ("DeveloperName", text(*developer_name)),
                    ("NamespacePrefix", text(NAMESPACE).filter(|_| is_packaged)),
                    ("SobjectType", text(object.name)),
                    ("IsActive", flag(true)),
                ],
            )?;
        }
    }
    Ok(())
}

fn permission_sets(garden: &mut Garden, staff: &Staff) -> Result<(), RowFault> {
    let set = garden.push(
        "PermissionSet",
        vec![
            ("Name", text("Data_Steward")),
            ("Label", text("Data Steward")),
            ("Description", text("Loads and removes data.")),
            ("IsCustom", flag(true)),
            ("PermissionsBulkApiHardDelete", flag(true)),
            ("PermissionsCreateAuditFields", flag(true)),
        ],
    )?;
    let steward = staff.users.last().copied().map(Value::Reference);
    garden.push(
        "PermissionSetAssignment",
        vec![
            ("PermissionSetId", Some(Value::Reference(set))),
            ("AssigneeId", steward),
        ],
    )?;
    Ok(())
}

fn matching_rules(garden: &mut Garden) -> Result<(), RowFault> {
    for rule in &MATCHING_RULES {
        let key = garden.push(
            "MatchingRule",
            vec![
                ("DeveloperName", text(rule.name)),
                ("Language", text("en_US")),
                ("MasterLabel", text(rule.label)),
                ("SobjectType", text(rule.object)),
                ("SobjectSubtype", text("None")),
                ("MatchEngine", text(rule.engine)),
                ("RuleStatus", text("Active")),
            ],
        )?;
        for (order, (field, method)) in (1_u32..).zip(rule.fields) {
            garden.push(
                "MatchingRuleItem",
                vec![
                    ("MatchingRuleId", Some(Value::Reference(key))),
                    ("Field", text(*field)),
                    ("MatchingMethod", text(*method)),
                    ("BlankValueBehavior", text("NullNotAllowed")),
                    ("SortOrder", number(order)),
                ],
            )?;
        }
    }
    Ok(())
}

fn duplicate_rules(garden: &mut Garden) -> Result<(), RowFault> {
    for rule in &DUPLICATE_RULES {
        garden.push(
            "DuplicateRule",
            vec![
                ("DeveloperName", text(rule.name)),
                ("Language", text("en_US")),
                ("MasterLabel", text(rule.label)),
                ("SobjectType", text(rule.object)),
                ("SobjectSubtype", text("None")),
                ("IsActive", flag(false)),
            ],
        )?;
    }
    Ok(())
}
