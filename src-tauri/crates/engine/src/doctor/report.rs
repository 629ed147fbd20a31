//! A report as it is kept, as it is shown, and as text for the Salesforce admin.

use std::collections::BTreeMap;

use model::doctor::{
    self as judge, Check, CheckState, Fact, MappedField, NEEDS, ObjectAccess, ObjectFields, OrgFacts, Seen,
    ShownObject,
};
use model::{OnUpdate, TargetObject};
use salesforce::ObjectDescribe;
use serde::{Deserialize, Serialize};
use store::{DoctorReportRow, OrgRow, Read};

use super::questions::{Answers, Described};
use crate::contract::doctor::{CheckState as ShownState, DoctorCheck, DoctorReport};
use crate::describe::target_describe;
use crate::fault::Fault;

/// What is kept of a report.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StoredReport {
    /// Whom it looked at.
    user_id: String,
    /// Versions of the mappings that it looked at, by object.
    mapping_versions: BTreeMap<String, u32>,
    /// API calls that it took.
    used_calls: u32,
    /// What it found, failed ones first.
    pub checks: Vec<Check>,
}

impl StoredReport {
    /// Judges what the org answered.
    pub(crate) fn of(read: &Read<'_>, org: &OrgRow, answers: &Answers) -> Result<Self, Fault> {
        Ok(Self {
            user_id: org.user_id.clone(),
            mapping_versions: mapping_versions(read)?,
            used_calls: answers.used_calls,
            checks: judge::sorted(checks(read, org, answers)?),
        })
    }

    /// Whether it is of this org's connected user and of the mappings as they are now.
    pub(crate) fn is_of(&self, org: &OrgRow, versions: &BTreeMap<String, u32>) -> bool {
        self.user_id == org.user_id && self.mapping_versions == *versions
    }

    /// Path of the Setup page of a check.
    pub(crate) fn page_of(&self, name: &str) -> Option<String> {
        let check = self.checks.iter().find(|check| check.name == name)?;
        Some(check.setup.as_ref()?.page.clone())
    }
}

/// The newest version of each saved mapping.
pub(crate) fn mapping_versions(read: &Read<'_>) -> Result<BTreeMap<String, u32>, Fault> {
    let mut versions = BTreeMap::new();
    for object in TargetObject::ALL {
        if let Some(saved) = read.mapping(object)? {
            versions.insert(object.api_name().to_owned(), saved.version);
        }
    }
    Ok(versions)
}

fn checks(read: &Read<'_>, org: &OrgRow, answers: &Answers) -> Result<Vec<Check>, Fault> {
    let known = OrgFacts {
        org_id: org.org_id.clone(),
        edition: org.edition.clone(),
    };
    let (door, username) = (answers.door, org.username.as_str());
    let mut checks = vec![
        judge::org_and_edition(&answers.org, &known),
        judge::api_available(door, &answers.newest_version, &org.api_version, &org.edition),
        judge::api_enabled(door, &answers.api_enabled, username),
        judge::view_setup(&answers.view_setup, username),
    ];
    for (need, described) in NEEDS.iter().zip(&answers.objects) {
        let mut check = judge::object_check(need, &seen(described), &answers.marketing_user);
        if let (CheckState::Passed, "User", Ok(active)) = (check.state, need.object, &answers.active_users) {
            check.found = format!("Read, {active} active");
        }
        checks.push(check);
    }
    checks.push(judge::marketing_user(&answers.marketing_user, username));
    let mut objects = Vec::new();
    for object in TargetObject::ALL {
        objects.push(mapped_fields(read, object, answers)?);
    }
    checks.extend(judge::field_checks(&objects));
    checks.extend([
        judge::bulk_api(&answers.bulk, answers.batches),
        judge::duplicate_rules(&answers.duplicate_rules),
        judge::native_app(&answers.native_app),
        judge::api_calls(door, &answers.calls_left),
    ]);
    Ok(checks)
}

fn seen(described: &Fact<Described>) -> Fact<Seen> {
    match described {
        Err(reason) => Err(reason.clone()),
        Ok(Described::Hidden) => Ok(Seen::Hidden),
        Ok(Described::Shown(describe)) => Ok(Seen::Open(access(describe))),
    }
}

fn access(describe: &ObjectDescribe) -> ObjectAccess {
    ObjectAccess {
        reads: describe.queryable,
        creates: describe.createable,
        edits: describe.updateable,
        deletes: describe.deletable,
    }
}

fn mapped_fields(read: &Read<'_>, object: TargetObject, answers: &Answers) -> Result<ObjectFields, Fault> {
    let known = read.describe(object)?;
    let mut mapped: Vec<MappedField> = Vec::new();
    for row in read
        .mapping(object)?
        .map(|saved| saved.mapping.rows)
        .unwrap_or_default()
    {
        let name = row.target.trim();
        // Of several rows with one target the first says what an update does.
        if mapped.iter().any(|field| field.name.eq_ignore_ascii_case(name)) {
            continue;
        }
        let field = known.as_ref().and_then(|known| known.field(name));
        mapped.push(MappedField {
            name: field.map_or_else(|| name.to_owned(), |field| field.name.clone()),
            known_label: field.map(|field| field.label.clone()),
            is_updated: row.on_update != OnUpdate::Never,
        });
    }
    let place = NEEDS.iter().position(|need| need.object == object.api_name());
    let described = place.and_then(|place| answers.objects.get(place));
    let shown = match described {
        Some(Ok(Described::Shown(describe))) => Ok(ShownObject {
            creates: describe.createable,
            edits: describe.updateable,
            fields: target_describe(object, describe.as_ref().clone()).fields,
        }),
        Some(Ok(Described::Hidden)) | None => Err(format!(
            "The connected user cannot see {}.",
            object.plural_label()
        )),
        Some(Err(reason)) => Err(reason.clone()),
    };
    Ok(ObjectFields {
        object,
        mapped,
        shown,
    })
}

/// A report as clients see it.
pub(crate) fn view(kept: &DoctorReportRow<StoredReport>, is_current: bool, org: &OrgRow) -> DoctorReport {
    DoctorReport {
        checked_at: kept.checked_at.clone(),
        is_current,
        used_calls: kept.document.used_calls,
        text: text(kept, org),
        checks: kept.document.checks.iter().map(check_view).collect(),
    }
}

fn check_view(check: &Check) -> DoctorCheck {
    DoctorCheck {
        name: check.name.clone(),
        title: check.title.clone(),
        found: check.found.clone(),
        state: match check.state {
            CheckState::Passed => ShownState::Passed,
            CheckState::Failed => ShownState::Failed,
            CheckState::Unknown => ShownState::Unknown,
        },
        why: check.why.clone(),
        mend: check.mend.clone(),
        setup_path: check
            .setup
            .as_ref()
            .map(|place| place.path.clone())
            .unwrap_or_default(),
        has_setup_page: check.setup.is_some(),
    }
}

fn text(kept: &DoctorReportRow<StoredReport>, org: &OrgRow) -> String {
    let mut text = format!(
        "Landbridge connection doctor\nOrg: {} ({})\nUser: {}\nChecked: {}\n",
        org.name, org.org_id, org.username, kept.checked_at
    );
    let parts = [
        (CheckState::Failed, "To fix"),
        (CheckState::Unknown, "Could not be checked"),
        (CheckState::Passed, "Passed"),
    ];
    for (state, heading) in parts {
        let mut checks = kept
            .document
            .checks
            .iter()
            .filter(|check| check.state == state)
            .peekable();
        if checks.peek().is_none() {
            continue;
        }
        text.push_str(&format!("\n{heading}\n"));
        for check in checks {
            text.push_str(&format!("- {}: {}\n", check.title, check.found));
            if state == CheckState::Passed {
                continue;
            }
            text.push_str(&format!("  Why: {}\n  Fix: {}\n", check.why, check.mend));
            if let Some(place) = &check.setup {
                text.push_str(&format!("  Where: {}\n", place.path.join(" › ")));
            }
        }
    }
    text
}
