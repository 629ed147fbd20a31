//! What an admin says of people's users: one by one, or the whole tab at once.

use model::{OrgUser, OrgUsers};
use store::{FoundBy, OrgRow, PersonRow, UserMappingRow, Write};

use super::users::{active_named, active_with_id, fresh};
use super::{mappings, show};
use crate::Engine;
use crate::audit::{self, Entry};
use crate::connect::require_org;
use crate::contract::app::Nothing;
use crate::contract::audit::AuditArea;
use crate::contract::people::{MapPerson, SaveUserMappings, UserChoice, UserMappings};
use crate::fault::{Code, Fault};
use crate::people::require_person;

/// What becomes of a person's user.
enum Choice {
    User(OrgUser),
    Nobody,
    Automatic,
}

/// `people.map`
pub(crate) async fn set(engine: &Engine, params: MapPerson) -> Result<UserMappings, Fault> {
    let email = params.email.clone();
    let person = engine
        .read(move |read| {
            read.person_by_email(&email)?.ok_or_else(|| {
                Fault::new(
                    Code::NotFound,
                    format!("Nobody here has the e-mail address {email}. Check the address."),
                )
                .at_field("email")
            })
        })
        .await?;
    let choice = match params.user {
        None => Choice::Nobody,
        Some(named) => {
            let users = fresh(engine).await?.users;
            let org = require_org(engine).await?;
            Choice::User(active_named(&users, &named, &org.name)?.clone())
        }
    };
    let org = require_org(engine).await?;
    engine
        .write(move |write| choose(write, &org, &person, &choice))
        .await?;
    show(engine, Nothing {}).await
}

/// `people.save_mapping`
pub(crate) async fn save(engine: &Engine, params: SaveUserMappings) -> Result<UserMappings, Fault> {
    // Checked against the users of now, so that nobody who was deactivated since is chosen.
    let users = fresh(engine).await?.users;
    let org = require_org(engine).await?;
    engine
        .write(move |write| {
            for change in params.changes {
                let person = require_person(write, change.person)?;
                let choice = checked(change.to, &users, &org.name).map_err(|fault| Fault {
                    sentence: format!("{}: {}", person.name, fault.sentence),
                    field: Some(format!("changes.{}", change.person)),
                    ..fault
                })?;
                choose(write, &org, &person, &choice)?;
            }
            mappings(write, &org.org_id, &org.user_name, &users)
        })
        .await
}

fn checked(choice: UserChoice, users: &OrgUsers, org_name: &str) -> Result<Choice, Fault> {
    Ok(match choice {
        UserChoice::User { user_id } => Choice::User(active_with_id(users, &user_id, org_name)?.clone()),
        UserChoice::Named { user } => Choice::User(active_named(users, &user, org_name)?.clone()),
        UserChoice::Nobody => Choice::Nobody,
        UserChoice::Automatic => Choice::Automatic,
    })
}

/// Keeps a choice; one that says what is kept already changes nothing.
fn choose(write: &Write<'_>, org: &OrgRow, person: &PersonRow, choice: &Choice) -> Result<(), Fault> {
    let mapping = |user: Option<&OrgUser>| UserMappingRow {
        person_id: person.person_id,
        user_id: user.map(|user| user.user_id.clone()),
        user_name: user.map(|user| user.name.clone()),
        found_by: FoundBy::Admin,
    };
    let after = match choice {
        Choice::User(user) => Some(mapping(Some(user))),
        Choice::Nobody => Some(mapping(None)),
        Choice::Automatic => None,
    };
    let before = write.user_mapping(&org.org_id, person.person_id)?;
    if before == after {
        return Ok(());
    }
    match &after {
        Some(mapping) => write.set_user_mapping(&org.org_id, mapping)?,
        None => write.forget_user_mapping(&org.org_id, person.person_id)?,
    }
    let sentence = match choice {
        Choice::User(user) => format!("Mapped {} to the Salesforce user {}.", person.name, user.name),
        Choice::Nobody => format!("Said that {} is no user of {}.", person.name, org.name),
        Choice::Automatic => format!("Let {}’s Salesforce user be found automatically.", person.name),
    };
    audit::note(
        write,
        Entry::new(AuditArea::UserMapping, "user_mapped", sentence)
            .in_org(org.org_id.clone(), org.name.clone())
            .before(told(before.as_ref()))
            .after(told(after.as_ref())),
    )
}

/// What the audit log tells of a mapping.
pub(super) fn told(mapping: Option<&UserMappingRow>) -> String {
    let Some(mapping) = mapping else {
        return "automatic".to_owned();
    };
    let how = match mapping.found_by {
        FoundBy::Email => "by e-mail address",
        FoundBy::Name => "by full name",
        FoundBy::Admin => "by an admin",
    };
    match (&mapping.user_name, &mapping.user_id) {
        (Some(name), Some(id)) => format!("{name} ({id}), {how}"),
        (None, Some(id)) => format!("{id}, {how}"),
        (_, None) => format!("nobody, {how}"),
    }
}
