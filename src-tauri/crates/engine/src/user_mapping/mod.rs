//! User mapping: which Salesforce user a person is, so that the person owns what they export.
//!
//! A mapping is found by e-mail address, else by full name, each time anew, so that a corrected address counts at once; what an
//! admin said stands until an admin says otherwise. A mapped user who became inactive is not used.

mod decision;
mod saving;
mod sentence;
mod users;

use std::collections::{BTreeMap, HashMap, HashSet};

use model::OrgUsers;
use model::text::grouped;
use store::{FoundBy, PersonRow, Read};

use crate::Engine;
use crate::connect::require_org;
use crate::contract::app::{Nothing, Role};
use crate::contract::people::{MappedBy as MappedByWord, PersonMapping, UserMappings};
use crate::fault::Fault;

pub(crate) use decision::{Found, find, keep};
pub(crate) use saving::{save, set};
pub(crate) use sentence::owner_sentence;
pub(crate) use users::{KnownUsers, org_users, users};

use decision::decide;
use users::{fresh, shown_user};

/// People whom one warning names.
const NAMED_PEOPLE: usize = 5;

/// `people.mapping`
pub(crate) async fn show(engine: &Engine, _params: Nothing) -> Result<UserMappings, Fault> {
    let users = fresh(engine).await?.users;
    let org = require_org(engine).await?;
    engine
        .read(move |read| mappings(read, &org.org_id, &org.user_name, &users))
        .await
}

/// Everybody's mapping: who needs a choice first, then who has no user, then the others, each by name.
fn mappings(read: &Read<'_>, org_id: &str, connected: &str, users: &OrgUsers) -> Result<UserMappings, Fault> {
    let kept: HashMap<i64, _> = read
        .user_mappings(org_id)?
        .into_iter()
        .map(|mapping| (mapping.person_id, mapping))
        .collect();
    let decided: Vec<(PersonRow, Found)> = read
        .people()?
        .into_iter()
        .map(|person| {
            let found = decide(&person, kept.get(&person.person_id), users);
            (person, found)
        })
        .collect();
    let warnings = warnings(&decided);
    let mut people: Vec<(u8, PersonMapping)> = decided
        .into_iter()
        .map(|(person, found)| {
            let warning = warnings.get(&person.person_id).cloned();
            (
                urgency(&found, warning.as_deref()),
                person_mapping(person, &found, connected, warning),
            )
        })
        .collect();
    // The order by name stays among those who are equally urgent.
    people.sort_by_key(|(urgency, _)| *urgency);
    Ok(UserMappings {
        people: people.into_iter().map(|(_, person)| person).collect(),
        active_users: u32::try_from(users.active().count()).unwrap_or(u32::MAX),
        warnings: sentences(&warnings),
    })
}

fn urgency(found: &Found, warning: Option<&str>) -> u8 {
    match found {
        Found::Several { .. } => 0,
        Found::Inactive { .. } | Found::Unknown => 1,
        Found::User { .. } | Found::Nobody if warning.is_some() => 2,
        Found::User { .. } | Found::Nobody => 3,
    }
}

/// What to look at for each person: users whom several people are mapped to, and mapped users who were deactivated since.
fn warnings(decided: &[(PersonRow, Found)]) -> BTreeMap<i64, String> {
    let mut by_user: BTreeMap<&str, (&str, Vec<&PersonRow>)> = BTreeMap::new();
    let mut warnings = BTreeMap::new();
    for (person, found) in decided {
        match found {
            Found::User { user, .. } => by_user
                .entry(&user.user_id)
                .or_insert((&user.name, Vec::new()))
                .1
                .push(person),
            Found::Inactive { name } => {
                let sentence = format!(
                    "{}’s Salesforce user, {name}, was deactivated. Choose another, or let the connected user own what {} exports.",
                    person.name, person.name
                );
                warnings.insert(person.person_id, sentence);
            }
            Found::Nobody | Found::Several { .. } | Found::Unknown => {}
        }
    }
    for (user, people) in by_user.into_values().filter(|(_, people)| people.len() > 1) {
        let sentence = format!(
            "{} are mapped to the same Salesforce user, {user}, who owns what each of them exports.",
            named(&people)
        );
        warnings.extend(people.iter().map(|person| (person.person_id, sentence.clone())));
    }
    warnings
}

fn named(people: &[&PersonRow]) -> String {
    let (shown, more) = people.split_at(people.len().min(NAMED_PEOPLE));
    let names: Vec<&str> = shown.iter().map(|person| person.name.as_str()).collect();
    if more.is_empty() {
        names.join(" and ")
    } else {
        format!(
            "{} and {} more people",
            names.join(", "),
            grouped(more.len() as u64)
        )
    }
}

/// Each warning once, in the order of the people whom it is first about.
fn sentences(warnings: &BTreeMap<i64, String>) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    for sentence in warnings.values() {
        if seen.insert(sentence.as_str()) {
            told.push(sentence.clone());
        }
    }
    told
}

fn person_mapping(
    person: PersonRow,
    found: &Found,
    connected: &str,
    warning: Option<String>,
) -> PersonMapping {
    let (salesforce_user, by, candidates) = match found {
        Found::User { user, by } => (
            Some(shown_user(user)),
            match by {
                FoundBy::Email => MappedByWord::Email,
                FoundBy::Name => MappedByWord::Name,
                FoundBy::Admin => MappedByWord::Admin,
            },
            Vec::new(),
        ),
        Found::Nobody => (None, MappedByWord::Admin, Vec::new()),
        Found::Several { users, .. } => (None, MappedByWord::None, users.iter().map(shown_user).collect()),
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
        warning,
    }
}
