//! User mapping: which Salesforce user a person is, so that the person owns what they export.
//!
//! A mapping is found by e-mail address, else by full name, and kept with how it was found; what an admin said stands
//! until an admin says otherwise. A mapped user who became inactive is not used.

use model::{MappedBy, OrgUser, UserMatch, match_user};
use salesforce::{Client, User};
use store::{FoundBy, OrgRow, PersonRow, UserMappingRow};

use crate::Engine;
use crate::connect::{client, note_fault, note_usage, require_org};
use crate::contract::app::{Nothing, Role};
use crate::contract::people::{
    MapPerson, MappedBy as MappedByWord, PersonMapping, SalesforceUser, SalesforceUsers, SaveUserMappings,
    UserMappings, UserQuery,
};
use crate::fault::{Code, Fault};

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
pub(crate) fn decide(person: &PersonRow, kept: Option<&UserMappingRow>, users: &[OrgUser]) -> Found {
    let mut lost = None;
    if let Some(kept) = kept {
        let Some(user_id) = &kept.user_id else {
            return Found::Nobody;
        };
        let user = users.iter().find(|user| user.user_id == *user_id);
        if let Some(user) = user.filter(|user| user.active) {
            return Found::User {
                user: user.clone(),
                by: kept.found_by,
            };
        }
        let name = user.map_or_else(
            || kept.user_name.clone().unwrap_or_else(|| user_id.clone()),
            |user| user.name.clone(),
        );
        if kept.found_by == FoundBy::Admin {
            return Found::Inactive { name };
        }
        lost = Some(name);
    }
    match match_user(&person.name, person.email.as_deref(), users) {
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
        Ok(users) => Ok(decide(person, kept.as_ref(), &org_users(users))),
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
    let mapping = UserMappingRow {
        person_id: person.person_id,
        user_id: Some(user.user_id.clone()),
        user_name: Some(user.name.clone()),
        found_by: *by,
    };
    engine
        .write(move |write| {
            if write.user_mapping(&org_id, mapping.person_id)?.as_ref() != Some(&mapping) {
                write.set_user_mapping(&org_id, &mapping)?;
            }
            Ok(())
        })
        .await
}

/// `people.mapping`
pub(crate) async fn show(engine: &Engine, _params: Nothing) -> Result<UserMappings, Fault> {
    let client = client(engine).await?;
    let org = require_org(engine).await?;
    let users = all_users(engine, &client).await?;
    let (org_id, connected) = (org.org_id, org.user_name);
    engine
        .read(move |read| {
            let people = read.people()?.into_iter().map(|person| {
                let kept = read.user_mapping(&org_id, person.person_id)?;
                let found = decide(&person, kept.as_ref(), &users);
                Ok(person_mapping(person, &found, &connected))
            });
            Ok(UserMappings {
                people: people.collect::<Result<_, Fault>>()?,
                active_users: u32::try_from(users.iter().filter(|user| user.active).count())
                    .unwrap_or(u32::MAX),
                warnings: Vec::new(),
            })
        })
        .await
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
    let client = client(engine).await?;
    let org = require_org(engine).await?;
    let user = match params.user {
        None => None,
        Some(named) => {
            let users = all_users(engine, &client).await?;
            Some(active_user(users, &named, &org.name)?)
        }
    };
    let mapping = UserMappingRow {
        person_id: person.person_id,
        user_name: user.as_ref().map(|user| user.name.clone()),
        user_id: user.map(|user| user.user_id),
        found_by: FoundBy::Admin,
    };
    engine
        .write(move |write| Ok(write.set_user_mapping(&org.org_id, &mapping)?))
        .await?;
    show(engine, Nothing {}).await
}

/// The one active user whom somebody named by id, login name or e-mail address.
fn active_user(users: Vec<OrgUser>, named: &str, org_name: &str) -> Result<OrgUser, Fault> {
    let named = named.trim();
    let is_named = |user: &OrgUser| {
        is_same_id(&user.user_id, named)
            || user.username.eq_ignore_ascii_case(named)
            || user
                .email
                .as_deref()
                .is_some_and(|email| email.eq_ignore_ascii_case(named))
    };
    let mut fitting = users.into_iter().filter(|user| user.active && is_named(user));
    let fault = |sentence| Err(Fault::new(Code::Invalid, sentence).at_field("user"));
    match (fitting.next(), fitting.next()) {
        (Some(user), None) => Ok(user),
        (Some(_), Some(_)) => fault(format!(
            "Several active users of {org_name} have {named}. Name one by login name or id."
        )),
        (None, _) => fault(format!(
            "{named} is no active standard user of {org_name}. Choose one that is."
        )),
    }
}

async fn all_users(engine: &Engine, client: &Client) -> Result<Vec<OrgUser>, Fault> {
    match client.users(true).await {
        Ok(users) => {
            note_usage(engine, client).await?;
            Ok(org_users(users))
        }
        Err(error) => Err(note_fault(engine, error.into()).await),
    }
}

pub(crate) fn org_users(users: Vec<User>) -> Vec<OrgUser> {
    users
        .into_iter()
        .map(|user| OrgUser {
            user_id: user.id,
            name: user.name,
            username: user.username,
            email: user.email,
            active: user.is_active,
        })
        .collect()
}

/// The last three of an id's 18 characters are a checksum of the first 15.
fn is_same_id(own: &str, typed: &str) -> bool {
    let typed = typed.trim();
    own == typed || (typed.len() == 15 && own.get(..15) == Some(typed))
}

fn found_by(by: MappedBy) -> FoundBy {
    match by {
        MappedBy::Email => FoundBy::Email,
        MappedBy::Name => FoundBy::Name,
    }
}

fn person_mapping(person: PersonRow, found: &Found, connected: &str) -> PersonMapping {
    let shown = |user: &OrgUser| SalesforceUser {
        user_id: user.user_id.clone(),
        name: user.name.clone(),
        username: user.username.clone(),
        email: user.email.clone(),
    };
    let (salesforce_user, by, candidates) = match found {
        Found::User { user, by } => (
            Some(shown(user)),
            match by {
                FoundBy::Email => MappedByWord::Email,
                FoundBy::Name => MappedByWord::Name,
                FoundBy::Admin => MappedByWord::Admin,
            },
            Vec::new(),
        ),
        Found::Nobody => (None, MappedByWord::Admin, Vec::new()),
        Found::Several { users, .. } => (None, MappedByWord::None, users.iter().map(shown).collect()),
        Found::Inactive { .. } | Found::Unknown => (None, MappedByWord::None, Vec::new()),
    };
    PersonMapping {
        person: person.person_id,
        role: if person.is_admin { Role::Admin } else { Role::User },
        sentence: owner_sentence(&person, false, found, connected),
        email: person.email,
        name: person.name,
        salesforce_user,
        by,
        candidates,
    }
}

/// Who owns a person's new records and why. `connected` is the connected user's name.
pub(crate) fn owner_sentence(
    person: &PersonRow,
    is_operator: bool,
    found: &Found,
    connected: &str,
) -> String {
    let (whose, who) = if is_operator {
        ("your".to_owned(), "you are".to_owned())
    } else {
        (format!("{}’s", person.name), format!("{} is", person.name))
    };
    let instead = format!("New records belong to the connected user, {connected}");
    match found {
        Found::User { user, by } => {
            let why = match by {
                FoundBy::Email => format!("the Salesforce user with {whose} e-mail address"),
                FoundBy::Name => format!("the Salesforce user with {whose} full name"),
                FoundBy::Admin => format!("the Salesforce user whom an admin chose as {whose} own"),
            };
            format!("New records belong to {}, {why}.", user.name)
        }
        Found::Nobody => format!("{instead}, because an admin said that {who} no user of this org."),
        Found::Inactive { name } => format!(
            "{instead}, because {whose} Salesforce user, {name}, is inactive. An admin can choose another by user mapping."
        ),
        Found::Several { users, by } => {
            let what = match by {
                MappedBy::Email => "e-mail address",
                MappedBy::Name => "full name",
            };
            let names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
            format!(
                "{instead}, because {} active Salesforce users have {whose} {what}: {}. An admin can choose one by user mapping.",
                users.len(),
                names.join(", ")
            )
        }
        Found::Unknown => format!(
            "{instead}, because no active Salesforce user has {whose} e-mail address or full name. An admin can choose one \
             by user mapping."
        ),
    }
}

/// `people.users`
pub(crate) async fn users(_engine: &Engine, _params: UserQuery) -> Result<SalesforceUsers, Fault> {
    Err(Fault::unanswered())
}

/// `people.save_mapping`
pub(crate) async fn save(_engine: &Engine, _params: SaveUserMappings) -> Result<UserMappings, Fault> {
    Err(Fault::unanswered())
}
