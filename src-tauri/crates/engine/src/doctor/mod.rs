//! The connection doctor: whether the org and the connected user allow what the app does.
//!
//! `questions` asks the org, `model::doctor` judges, `report` keeps the result and puts it into words, `permission_set`
//! writes what would mend most of it. It always looks at the connection that the admins made, also where everybody has one
//! of their own.

mod permission_set;
mod questions;
mod report;

use std::path::PathBuf;

use model::Act;
use model::doctor::CheckState;
use store::{DoctorReportRow, Read};

use crate::Engine;
use crate::connect;
use crate::contract::app::Nothing;
use crate::contract::doctor::{CheckHandle, DoctorReport};
use crate::contract::lists::SavedFile;
use crate::fault::{Code, Fault};
use crate::role;
use report::StoredReport;

/// `doctor.last`
pub(crate) async fn last(engine: &Engine, _params: Nothing) -> Result<Option<DoctorReport>, Fault> {
    let Some(org) = connect::current_org(engine).await? else {
        return Ok(None);
    };
    engine
        .read(move |read| {
            let Some(kept) = read.doctor_report::<StoredReport>()? else {
                return Ok(None);
            };
            if kept.org_id != org.org_id {
                return Ok(None);
            }
            let is_current = kept.document.is_of(&org, &report::mapping_versions(read)?);
            Ok(Some(report::view(&kept, is_current, &org)))
        })
        .await
}

/// `doctor.run`
pub(crate) async fn run(engine: &Engine, _params: Nothing) -> Result<DoctorReport, Fault> {
    let client = connect::client(engine).await?;
    let org = connect::require_org(engine).await?;
    let answers = match Box::pin(questions::ask(&client, &org)).await {
        Ok(answers) => answers,
        Err(fault) => return Err(connect::note_fault(engine, fault).await),
    };
    connect::note_usage(engine, &client).await?;
    let view = engine
        .write(move |write| {
            let kept = DoctorReportRow {
                org_id: org.org_id.clone(),
                checked_at: store::now(),
                document: StoredReport::of(write, &org, &answers)?,
            };
            write.set_doctor_report(&kept)?;
            Ok(report::view(&kept, true, &org))
        })
        .await?;
    engine.emit_state().await;
    Ok(view)
}

/// `doctor.open_setup`
pub(crate) async fn open_setup(engine: &Engine, params: CheckHandle) -> Result<Nothing, Fault> {
    let org = connect::require_org(engine).await?;
    let kept = engine
        .read(|read| Ok(read.doctor_report::<StoredReport>()?))
        .await?
        .filter(|kept| kept.org_id == org.org_id);
    let page = kept
        .and_then(|kept| kept.document.page_of(&params.check))
        .ok_or_else(|| {
            Fault::new(
                Code::NotFound,
                "This check has no page in Setup. Run the connection doctor again.",
            )
        })?;
    engine
        .host()
        .open_in_browser(&setup_address(&org.instance_url, &page)?)?;
    Ok(Nothing {})
}

/// The page's address, which is never on another origin than the org's own.
fn setup_address(instance_url: &str, page: &str) -> Result<String, Fault> {
    let elsewhere = || Fault::new(Code::Internal, "This Setup page is not on the org's own server.");
    let instance = url::Url::parse(instance_url).map_err(|_| elsewhere())?;
    let address = instance.join(page).map_err(|_| elsewhere())?;
    if address.origin() == instance.origin() {
        Ok(address.to_string())
    } else {
        Err(elsewhere())
    }
}

/// `doctor.save_permission_set`
pub(crate) async fn save_permission_set(
    engine: &Engine,
    _params: Nothing,
) -> Result<Option<SavedFile>, Fault> {
    match engine
        .host()
        .choose_file_to_save(permission_set::FILE_NAME)
        .await?
    {
        Some(path) => save_permission_set_to(engine, path).await.map(Some),
        None => Ok(None),
    }
}

/// Writes the permission set that Landbridge needs to a file.
///
/// # Errors
/// When the operator may not, or the file cannot be written.
pub async fn save_permission_set_to(engine: &Engine, path: PathBuf) -> Result<SavedFile, Fault> {
    role::require(engine, Act::RunDoctor).await?;
    let set = engine.read(permission_set::of_saved_mappings).await?;
    engine
        .blocking(move || permission_set::write_to(&path, &set))
        .await
}

/// How many checks failed in the last report of an org; 0 when there is none.
pub(crate) fn failed_checks(read: &Read<'_>, org_id: &str) -> Result<u32, Fault> {
    let kept = read.doctor_report::<StoredReport>()?;
    let failed = kept.filter(|kept| kept.org_id == org_id).map_or(0, |kept| {
        kept.document
            .checks
            .iter()
            .filter(|check| check.state == CheckState::Failed)
            .count()
    });
    Ok(u32::try_from(failed).unwrap_or(u32::MAX))
}

/// Names of the checks of the last report of an org, and how each ended; none when there is no report.
pub(crate) fn last_states(read: &Read<'_>, org_id: &str) -> Result<Vec<(String, CheckState)>, Fault> {
    let kept = read.doctor_report::<StoredReport>()?;
    Ok(kept
        .filter(|kept| kept.org_id == org_id)
        .map_or_else(Vec::new, |kept| {
            kept.document
                .checks
                .into_iter()
                .map(|check| (check.name, check.state))
                .collect()
        }))
}

#[cfg(test)]
mod tests {
    use super::setup_address;

    #[test]
    fn setup_pages_stay_on_the_orgs_own_server() {
        let org = "https://acme.my.salesforce.com";
        assert_eq!(
            setup_address(org, "/lightning/setup/PermSets/home").unwrap(),
            "https://acme.my.salesforce.com/lightning/setup/PermSets/home"
        );
        assert!(setup_address(org, "//elsewhere.example/x").is_err());
        assert!(setup_address(org, "https://elsewhere.example/x").is_err());
    }
}
