//! Who may do what in the demo org: the usual rights, and a user for each way in which rights can be missing.

use crate::access::{Access, FieldRight, ObjectRight, Permission};

const EVERYTHING: &[Permission] = &[
    Permission::ApiEnabled,
    Permission::ViewSetup,
    Permission::ModifyAllData,
    Permission::ViewAllData,
    Permission::CreateAuditFields,
    Permission::MarketingUser,
];
const STEWARD: &[Permission] = &[
    Permission::ApiEnabled,
    Permission::ViewSetup,
    Permission::ModifyAllData,
    Permission::ViewAllData,
    Permission::BulkApiHardDelete,
    Permission::CreateAuditFields,
    Permission::MarketingUser,
];
const USUAL: &[Permission] = &[
    Permission::ApiEnabled,
    Permission::ViewSetup,
    Permission::MarketingUser,
];

/// The rights of a login. `audit_fields` is the org's setting.
pub fn of(login: &str, audit_fields: bool) -> Access {
    let usual = Access {
        permissions: USUAL,
        objects: ObjectRight::Full,
        object_exceptions: &[],
        fields: &[],
        switched_fields: Vec::new(),
        switched_objects: Vec::new(),
        taken_permissions: Vec::new(),
        closed_record_types: &[],
        audit_fields,
    };
    match login {
        "admin" => Access {
            permissions: EVERYTHING,
            ..usual
        },
        "data.steward" => Access {
            permissions: STEWARD,
            ..usual
        },
        "no.api" => Access {
            permissions: &[Permission::ViewSetup],
            ..usual
        },
        "no.setup" => Access {
            permissions: &[Permission::ApiEnabled],
            ..usual
        },
        "read.only" => Access {
            objects: ObjectRight::Read,
            ..usual
        },
        "some.fields" => Access {
            object_exceptions: &[
                ("Opportunity", ObjectRight::Hidden),
                ("Campaign", ObjectRight::Read),
                ("CampaignMember", ObjectRight::Read),
            ],
            fields: &[
                ("Lead", "AnnualRevenue", FieldRight::Hidden),
                ("Lead", "Phone", FieldRight::Hidden),
                ("Account", "Website", FieldRight::Read),
                ("Contact", "Birthdate", FieldRight::Hidden),
            ],
            closed_record_types: &[("Account", "Partner")],
            ..usual
        },
        _ => usual,
    }
}
