//! Permissions of the connected user as a whole.

use super::{Check, Door, Fact, SetupPlace};

/// "API Enabled".
#[must_use]
pub fn api_enabled(door: Door, permission: &Fact<bool>, username: &str) -> Check {
    let label = "API Enabled";
    let check = Check::passed(
        "api_enabled",
        label,
        username,
        "Without it Salesforce refuses every call of this user.",
    )
    .at(SetupPlace::system_permission(label));
    let mend = format!("Give {username} the system permission “API Enabled”, by permission set or profile.");
    match permission {
        _ if door == Door::ClosedForUser => Check {
            found: format!("{username} does not have it"),
            ..check.failed(mend)
        },
        Ok(true) => check,
        Ok(false) => Check {
            found: format!("{username} does not have it"),
            ..check.failed(mend)
        },
        Err(reason) => check.unknown(reason),
    }
}

/// "View Setup and Configuration".
#[must_use]
pub fn view_setup(permission: &Fact<bool>, username: &str) -> Check {
    let label = "View Setup and Configuration";
    let check = Check::passed(
        "view_setup",
        label,
        "Reads rules and limits",
        "Landbridge reads duplicate rules, assignment rules and limits with it.",
    )
    .at(SetupPlace::system_permission(label));
    match permission {
        Ok(true) => check,
        Ok(false) => Check {
            found: format!("{username} does not have it"),
            ..check.failed(format!(
                "Give {username} the system permission “View Setup and Configuration”, by permission set or profile."
            ))
        },
        Err(reason) => check.unknown(reason),
    }
}

/// The user's check box "Marketing User".
#[must_use]
pub fn marketing_user(ticked: &Fact<bool>, username: &str) -> Check {
    let check = Check::passed(
        "marketing_user",
        "Marketing User",
        "Ticked",
        "Only marketing users may add exported people to campaigns. Exports without a campaign work.",
    )
    .at(SetupPlace::users());
    match ticked {
        Ok(true) => check,
        Ok(false) => Check {
            found: format!("Not ticked for {username}"),
            ..check.failed(format!(
                "Edit the user {username} and tick “Marketing User”. A permission set cannot give it."
            ))
        },
        Err(reason) => check.unknown(reason),
    }
}
