//! Which user a person is: what an admin said, else what is found now. What was found before tells only whom the person lost.

use model::{MappedBy, OrgUser, OrgUsers, UserMatch};
use salesforce::Client;
use store::{FoundBy, OrgRow, PersonRow, UserMappingRow};

use super::saving::told;
use super::users::org_users;
use crate::Engine;
use crate::audit::{self, Entry};
use crate::connect::note_fault;
use crate::contract::audit::AuditArea;
use crate::fault::Fault;

/// What is known of a person's user now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// An active user.
    User { user: OrgUser, by: FoundBy },
    /// An admin said that the person is nobody of the org.
    Nobody,
    /// The mapped user is inactive, or no longer to be seen.
    Inactive { name: String },
    /// Several active users have the person's address or name.
    Several { users: Vec<OrgUser>, by: MappedBy },
    /// No active user has them.
    Unknown,
}

/// Decides from what was kept and from the org's users.
pub(crate) fn decide(person: &PersonRow, kept: Option<&UserMappingRow>, users: &OrgUsers) -> Found {
    let mut lost = None;
    if let Some(kept) = kept {
        let Some(user_id) = &kept.user_id else {
            return Found::Nobody;
        };
        let user = users.with_id(user_id);
        match user.filter(|user| user.active) {
            Some(user) if kept.found_by == FoundBy::Admin => {
                return Found::User {
                    user: user.clone(),
                    by: FoundBy::Admin,
                };
            }
            // The person's name or address, or the user's, may be another one since.
            Some(_) => {}
            None => {
                let name = user.map_or_else(
                    || kept.user_name.clone().unwrap_or_else(|| user_id.clone()),
                    |user| user.name.clone(),
                );
                if kept.found_by == FoundBy::Admin {
                    return Found::Inactive { name };
                }
                lost = Some(name);
            }
        }
    }
    match users.match_person(&person.name, person.email.as_deref()) {
        UserMatch::One { user, by } => Found::User {
            user: user.clone(),
            by: found_by(by),
        },
        UserMatch::Several { users, by } => Found::Several {
            users: users.into_iter().cloned().collect(),
            by,
        },
        UserMatch::None => match lost {
            Some(name) => Found::Inactive { name },
            None => Found::Unknown,
        },
    }
}

/// Asks the org for a person's user, by one query.
pub(crate) async fn find(
    engine: &Engine,
    client: &Client,
    org: &OrgRow,
    person: &PersonRow,
) -> Result<Found, Fault> {
    let (org_id, person_id) = (org.org_id.clone(), person.person_id);
    let kept = engine
        .read(move |read| Ok(read.user_mapping(&org_id, person_id)?))
        .await?;
    if kept.as_ref().is_some_and(|kept| kept.user_id.is_none()) {
        return Ok(Found::Nobody);
    }
    let visible = |text: &str| model::text::visible(text).map(str::to_owned);
    let email = person.email.as_deref().and_then(visible);
    let name = visible(&person.name);
    let id = kept.as_ref().and_then(|kept| kept.user_id.as_deref());
    match client.users_like(id, email.as_deref(), name.as_deref()).await {
        Ok(users) => Ok(decide(person, kept.as_ref(), &OrgUsers::new(org_users(users)))),
        Err(error) => Err(note_fault(engine, error.into()).await),
    }
}

/// Keeps a user that was found, with how.
pub(crate) async fn keep(
    engine: &Engine,
    org_id: &str,
    person: &PersonRow,
    found: &Found,
) -> Result<(), Fault> {
    let Found::User { user, by } = found else {
        return Ok(());
    };
    let org_id = org_id.to_owned();
    let name = person.name.clone();
    let mapping = UserMappingRow {
        person_id: person.person_id,
        user_id: Some(user.user_id.clone()),
        user_name: Some(user.name.clone()),
        found_by: *by,
    };
    engine
        .write(move |write| {
            let before = write.user_mapping(&org_id, mapping.person_id)?;
            if before.as_ref() != Some(&mapping) {
                write.set_user_mapping(&org_id, &mapping)?;
                let sentence = format!("Found {name}’s Salesforce user at an export.");
                let entry = Entry::new(AuditArea::UserMapping, "user_found", sentence)
                    .before(told(before.as_ref()))
                    .after(told(Some(&mapping)));
                audit::note(write, entry)?;
            }
            Ok(())
        })
        .await
}

fn found_by(by: MappedBy) -> FoundBy {
    match by {
        MappedBy::Email => FoundBy::Email,
        MappedBy::Name => FoundBy::Name,
    }
}
