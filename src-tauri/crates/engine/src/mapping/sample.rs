//! The profile that a mapping is shown on.

use model::{Profile, TargetObject};
use store::{ListRow, Read};
use zoominfo::ListReader;

use crate::contract::mapping::preview::{SampleChoice, SampleProfile};
use crate::fault::Fault;

/// Name of the sample that the app carries.
pub(crate) const BUILT_IN_SAMPLE: &str = "Built-in sample";

/// The list that was asked for, else the newest one, if it has profiles that fit the object.
pub(crate) fn fitting_list(
    read: &Read<'_>,
    object: TargetObject,
    list_id: Option<i64>,
) -> Result<Option<ListRow>, Fault> {
    let kind = object.source_kind();
    let fits = |list: &ListRow| list.kind == kind && list.profiles > 0;
    Ok(match list_id {
        Some(list_id) => read.list(list_id)?.filter(fits),
        None => read.lists()?.into_iter().find(fits),
    })
}

/// A sample profile: of the list that was asked for, else of the newest that fits, else built in.
pub(crate) fn sample(
    read: &Read<'_>,
    object: TargetObject,
    choice: &SampleChoice,
) -> Result<Option<(Profile, SampleProfile)>, Fault> {
    let SampleChoice { list_id, index } = *choice;
    if let Some(list) = fitting_list(read, object, list_id)? {
        let index = index.min(list.profiles - 1);
        let profile = read.profile_at(list.list_id, index)?;
        return Ok(profile.map(|profile| {
            let sample = shown(&profile, Some(list.list_id), list.name, index, list.profiles);
            (profile, sample)
        }));
    }
    let built_in = built_in_profiles(object)?;
    let total = u32::try_from(built_in.len()).unwrap_or(u32::MAX);
    let index = index.min(total.saturating_sub(1));
    Ok(built_in.into_iter().nth(index as usize).map(|profile| {
        let sample = shown(&profile, None, BUILT_IN_SAMPLE.to_owned(), index, total);
        (profile, sample)
    }))
}

/// The profiles of the sample that the app carries.
pub(crate) fn built_in_profiles(object: TargetObject) -> Result<Vec<Profile>, Fault> {
    let bytes = match object {
        TargetObject::Account => zoominfo::samples::COMPANIES_60,
        TargetObject::Contact | TargetObject::Lead => zoominfo::samples::CONTACTS_40,
    };
    let reader = ListReader::of_bytes(bytes)?;
    let mut profiles = Vec::new();
    for row in reader {
        if let zoominfo::ListRow::Profile(row) = row? {
            profiles.push(row.profile);
        }
    }
    Ok(profiles)
}

fn shown(
    profile: &Profile,
    list_id: Option<i64>,
    list_name: String,
    index: u32,
    total_profiles: u32,
) -> SampleProfile {
    SampleProfile {
        name: profile.display_name(),
        company: profile.subtitle(),
        list_id,
        list_name,
        index,
        total_profiles,
    }
}
