//! What the org offers besides objects: Bulk API, duplicate rules, the native app.

use crate::text::grouped;

use super::{Check, Fact, SetupPlace};

/// The Bulk API: whether it answers this user, and how many batches are left of the day, where the org told.
#[must_use]
pub fn bulk_api(answers: &Fact<bool>, batches: Option<(u64, u64)>) -> Check {
    let check = Check::passed(
        "bulk_api",
        "Bulk API allowed",
        "Answers this user",
        "Needed for runs of 26 or more records.",
    )
    .at(SetupPlace::bulk_jobs());
    match (answers, batches) {
        (Err(reason), _) => Check {
            mend: "Check again. If it stays unknown, see Setup › Company Settings › Company Information › API Requests, Last 24 Hours."
                .to_owned(),
            ..check.unknown(reason)
        },
        (Ok(false), _) => Check {
            found: "Refused".to_owned(),
            ..check.failed("Ask Salesforce to switch the Bulk API on for this org, or give the connected user “API Enabled”.")
        },
        (Ok(true), Some((0, max))) => Check {
            found: format!("None of {} batches left", grouped(max)),
            ..check.failed("Wait until batches of the last 24 hours are past, or stop other apps' Bulk jobs.")
        },
        (Ok(true), Some((left, max))) => Check {
            found: format!("{} of {} batches left", grouped(left), grouped(max)),
            ..check
        },
        (Ok(true), None) => check,
    }
}

/// The active duplicate rules of the objects that are exported to.
#[must_use]
pub fn duplicate_rules(active: &Fact<usize>) -> Check {
    let check = Check::passed(
        "duplicate_rules",
        "Duplicate rules",
        String::new(),
        "A plan tells beforehand which records the org's own rules would refuse.",
    )
    .at(SetupPlace::duplicate_rules());
    match active {
        Ok(0) => Check {
            found: "None active; Landbridge's own search for duplicates works all the same".to_owned(),
            ..check
        },
        Ok(active) => Check {
            found: format!("{active} active, read"),
            ..check
        },
        Err(reason) => check.unknown(reason),
    }
}

/// The native app as it is installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalledApp {
    /// Major and minor version.
    pub version: Fact<(u32, u32)>,
}

/// From this version on the app has its own objects for scoops and intent.
const WITH_CUSTOM_OBJECTS: (u32, u32) = (1, 22);

/// ZoomInfo's native app. `None`: it is not installed, which is no fault.
#[must_use]
pub fn native_app(installed: &Fact<Option<InstalledApp>>) -> Check {
    let check = Check::passed(
        "native_app",
        "Native app (DOZISF)",
        "Not installed; exports work without it",
        "Where it is installed, exports write its ZoomInfo ids so that it recognises the records.",
    )
    .at(SetupPlace::packages());
    let version = match installed {
        Err(reason) => return check.unknown(reason),
        Ok(None) => return check,
        Ok(Some(app)) => &app.version,
    };
    match version {
        Err(reason) => {
            let unknown = check.unknown(&format!("Installed; its version is not known. {reason}"));
            Check {
                mend: "See its version under Installed Packages: from 1.22 on it has the objects for scoops and intent."
                    .to_owned(),
                ..unknown
            }
        }
        Ok((major, minor)) if (*major, *minor) < WITH_CUSTOM_OBJECTS => Check {
            found: format!("Version {major}.{minor} installed"),
            ..check.failed("Update ZoomInfo's package to version 1.22 or later: older ones have no objects for scoops and intent. Exports work meanwhile.")
        },
        Ok((major, minor)) => Check {
            found: format!("Version {major}.{minor} installed"),
            ..check
        },
    }
}
