//! The org itself: who it is, whether its edition has an API, and how many calls are left.

use super::{Check, Fact, SetupPlace};
use crate::text::grouped;

/// Whether the API lets the connected user in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// It answers.
    Open,
    /// Not this user: the permission "API Enabled" is missing (`API_CURRENTLY_DISABLED`).
    ClosedForUser,
    /// Nobody: the edition has no API (`API_DISABLED_FOR_ORG`).
    ClosedForOrg,
    /// The calls of the last 24 hours are used up (`REQUEST_LIMIT_EXCEEDED`).
    NoCallsLeft,
}

/// What the org says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgFacts {
    /// 18-character id.
    pub org_id: String,
    /// Edition, in the words of `Organization.OrganizationType`.
    pub edition: String,
}

/// Editions that never have the REST API, by `Organization.OrganizationType`. Source: Salesforce Help, "Editions with
/// API access".
const WITHOUT_API: [&str; 4] = [
    "Team Edition",
    "Contact Manager Edition",
    "Personal Edition",
    "Base Edition",
];
/// The one edition whose API is an extra.
const API_AS_EXTRA: &str = "Professional Edition";

/// Who the org is. `known` is what it was when it was connected.
#[must_use]
pub fn org_and_edition(asked: &Fact<OrgFacts>, known: &OrgFacts) -> Check {
    let told = |org: &OrgFacts| format!("{}, {}", edition_words(&org.edition), org.org_id);
    let check = Check::passed(
        "org",
        "Org id and edition",
        told(known),
        "Runs, mappings and people belong to one org; its edition decides which APIs there are.",
    )
    .at(SetupPlace::company());
    match asked {
        Ok(org) if org.org_id.get(..15) != known.org_id.get(..15) => Check {
            found: told(org),
            ..check.failed("The connection leads to another org than before. Connect again under Integration, General Settings.")
        },
        Ok(org) => Check { found: told(org), ..check },
        Err(reason) => check.unknown(&format!("{reason} When it was connected: {}.", told(known))),
    }
}

fn edition_words(edition: &str) -> &str {
    if edition.is_empty() {
        "Unknown edition"
    } else {
        edition
    }
}

/// Whether there is an API, and in which version. Editions without one are told so plainly.
#[must_use]
pub fn api_available(door: Door, newest: &Fact<String>, used: &str, edition: &str) -> Check {
    let check = Check::passed(
        "api_available",
        "API available",
        format!("Version {used}"),
        "Everything that Landbridge does in Salesforce goes through its REST API.",
    )
    .at(SetupPlace::company());
    if door == Door::ClosedForOrg {
        let edition = edition_words(edition);
        let mend = if edition == API_AS_EXTRA {
            "Professional Edition has the API as an extra. Ask Salesforce to add “API access” to the contract, or move to \
             Enterprise Edition."
                .to_owned()
        } else if WITHOUT_API.contains(&edition) {
            format!(
                "{edition} cannot have the API. It comes with Enterprise, Unlimited, Performance and Developer Edition, and \
                 with Professional Edition as an extra: ask Salesforce for one of them."
            )
        } else {
            "The API of this org is switched off. Ask Salesforce to switch it on for this org.".to_owned()
        };
        return Check {
            found: format!("{edition} without the REST API"),
            ..check.failed(mend)
        };
    }
    match newest {
        Ok(newest) if newest == used => check,
        Ok(newest) => Check {
            found: format!("Version {used}; the newest is {newest}"),
            ..check
        },
        Err(reason) => check.unknown(reason),
    }
}

/// How many API calls are left: of and for everybody in the org.
#[must_use]
pub fn api_calls(door: Door, left: &Fact<(u64, u64)>) -> Check {
    let check = Check::passed(
        "api_calls",
        "API calls left",
        String::new(),
        "Every export, sync and test needs API calls, and the org shares them among all its apps.",
    )
    .at(SetupPlace::company());
    let mend = "Wait until calls of the last 24 hours are past, or ask Salesforce for a higher limit.";
    match left {
        _ if door == Door::NoCallsLeft => Check {
            found: "None left of the last 24 hours".to_owned(),
            ..check.failed(mend)
        },
        Ok((left, max)) => {
            let told = Check {
                found: format!("{} of {} left", grouped(*left), grouped(*max)),
                ..check
            };
            // Below one in a hundred no export of any size gets through.
            if left.saturating_mul(100) < *max {
                told.failed(mend)
            } else {
                told
            }
        }
        Err(reason) => check.unknown(reason),
    }
}
