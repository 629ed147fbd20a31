//! What the connected user may do with the objects that Landbridge reads and writes.

use super::{Check, Fact, SetupPlace};

/// What is needed of one object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectNeed {
    /// Name of its check.
    pub check: &'static str,
    /// API name.
    pub object: &'static str,
    /// Plural label, as Setup lists it.
    pub plural_label: &'static str,
    /// Records are created.
    pub creates: bool,
    /// Records are changed.
    pub edits: bool,
    /// Why it matters.
    pub why: &'static str,
    /// Whether a user must be a marketing user to write it.
    pub is_of_marketing: bool,
}

/// Everything that is needed, in the order of the report.
pub const NEEDS: [ObjectNeed; 7] = [
    ObjectNeed {
        check: "object_account",
        object: "Account",
        plural_label: "Accounts",
        creates: true,
        edits: true,
        why: "Companies become Accounts, and contacts need one.",
        is_of_marketing: false,
    },
    ObjectNeed {
        check: "object_contact",
        object: "Contact",
        plural_label: "Contacts",
        creates: true,
        edits: true,
        why: "People become Contacts.",
        is_of_marketing: false,
    },
    ObjectNeed {
        check: "object_lead",
        object: "Lead",
        plural_label: "Leads",
        creates: true,
        edits: true,
        why: "People become Leads.",
        is_of_marketing: false,
    },
    ObjectNeed {
        check: "object_campaign",
        object: "Campaign",
        plural_label: "Campaigns",
        creates: false,
        edits: true,
        why: "Exported people can be added to a campaign.",
        is_of_marketing: true,
    },
    ObjectNeed {
        check: "object_campaign_member",
        object: "CampaignMember",
        plural_label: "Campaigns",
        creates: true,
        edits: true,
        why: "A campaign member is what joins a person to a campaign.",
        is_of_marketing: true,
    },
    ObjectNeed {
        check: "object_opportunity",
        object: "Opportunity",
        plural_label: "Opportunities",
        creates: false,
        edits: false,
        why: "Filtering and Deal Story show opportunities. Exports work without them.",
        is_of_marketing: false,
    },
    ObjectNeed {
        check: "object_user",
        object: "User",
        plural_label: "Users",
        creates: false,
        edits: false,
        why: "Exported records get their owner from the org's users.",
        is_of_marketing: false,
    },
];

/// What describe says of an object, for the connected user.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one right that describe tells"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectAccess {
    /// Records may be read.
    pub reads: bool,
    /// Records may be created.
    pub creates: bool,
    /// Records may be changed.
    pub edits: bool,
    /// Records may be deleted.
    pub deletes: bool,
}

/// Whether describe knows the object at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The user may not even see it.
    Hidden,
    /// What may be done with it.
    Open(ObjectAccess),
}

/// The check of one object. `is_marketing_user` is what the user's own check box says: without it the org shows campaigns
/// as read-only, whatever the object's rights are.
#[must_use]
pub fn object_check(need: &ObjectNeed, seen: &Fact<Seen>, is_marketing_user: &Fact<bool>) -> Check {
    let check = Check::passed(need.check, need.object, needed_words(need), need.why)
        .at(SetupPlace::object(need.plural_label));
    let access = match seen {
        Err(reason) => return check.unknown(reason),
        Ok(Seen::Hidden) => {
            return Check {
                title: format!("No access to {}", need.object),
                found: "The connected user cannot see it".to_owned(),
                ..check.failed(mend(need))
            };
        }
        Ok(Seen::Open(access)) => *access,
    };
    let mut missing = Vec::new();
    if !access.reads {
        missing.push("read");
    }
    if need.creates && !access.creates {
        missing.push("create");
    }
    if need.edits && !access.edits {
        missing.push("edit");
    }
    if missing.is_empty() {
        return if need.creates && need.edits && !access.deletes && !need.is_of_marketing {
            Check {
                found: format!(
                    "{}; not delete, so undo and Test Mapping leave records behind",
                    needed_words(need)
                ),
                ..check
            }
        } else {
            check
        };
    }
    if need.is_of_marketing && access.reads && *is_marketing_user == Ok(false) {
        let unknown = check.unknown("Read; the rest shows once the user is a marketing user.");
        return Check {
            mend: "Tick “Marketing User” for the connected user first, then check again.".to_owned(),
            ..unknown
        };
    }
    Check {
        title: format!("No {} access to {}", joined(&missing), need.object),
        found: format!("Missing: {}", missing.join(", ")),
        ..check.failed(mend(need))
    }
}

fn needed_words(need: &ObjectNeed) -> &'static str {
    match (need.creates, need.edits) {
        (true, _) => "Read, create and edit",
        (false, true) => "Read and edit",
        (false, false) => "Read",
    }
}

fn joined(missing: &[&str]) -> String {
    match missing {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn mend(need: &ObjectNeed) -> String {
    let rights = needed_words(need);
    if need.object == "User" {
        return "Give the connected user “View All Users” or a profile that may see the org's users."
            .to_owned();
    }
    format!(
        "Give the connected user {rights} on {}, by permission set or profile.",
        need.plural_label
    )
}
