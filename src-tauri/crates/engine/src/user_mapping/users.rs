//! The org's standard users, kept for a while: a search as somebody types asks Salesforce once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use model::{OrgUser, OrgUsers};
use salesforce::User;

use crate::Engine;
use crate::connect::{client, note_fault, note_usage, require_org};
use crate::contract::people::{SalesforceUser, SalesforceUsers, UserQuery};
use crate::fault::{Code, Fault};

/// How long users that were read are good enough to search in. What is saved is checked against users who are read anew.
const STALE_AFTER: Duration = Duration::from_secs(300);
/// Users of an answer are never more.
const MOST_SHOWN: usize = 500;

/// Users of an org, as they were.
#[derive(Clone)]
pub(crate) struct KnownUsers {
    org_id: String,
    read_at: Instant,
    pub users: Arc<OrgUsers>,
    /// What a search looks through, of each active user, by name.
    searchable: Arc<Vec<(usize, String)>>,
}

/// `people.users`
pub(crate) async fn users(engine: &Engine, params: UserQuery) -> Result<SalesforceUsers, Fault> {
    let known = recent(engine).await?;
    let search = params.search.to_lowercase();
    let words: Vec<&str> = search.split_whitespace().collect();
    let most = MOST_SHOWN.min(usize::try_from(params.limit).unwrap_or(MOST_SHOWN));
    let mut shown = Vec::new();
    let mut matching_users = 0;
    for (place, text) in known.searchable.iter() {
        if !words.iter().all(|word| text.contains(word)) {
            continue;
        }
        matching_users += 1;
        if shown.len() < most {
            shown.extend(known.users.users().get(*place).map(shown_user));
        }
    }
    Ok(SalesforceUsers {
        users: shown,
        matching_users,
        total_users: u32::try_from(known.searchable.len()).unwrap_or(u32::MAX),
    })
}

/// The org's standard users, as they are now.
pub(super) async fn fresh(engine: &Engine) -> Result<KnownUsers, Fault> {
    let client = client(engine).await?;
    let org = require_org(engine).await?;
    let users = match client.users(true).await {
        Ok(users) => org_users(users),
        Err(error) => return Err(note_fault(engine, error.into()).await),
    };
    note_usage(engine, &client).await?;
    let users = OrgUsers::new(users);
    let mut searchable: Vec<(usize, String)> = users
        .users()
        .iter()
        .enumerate()
        .filter(|(_, user)| user.active)
        .map(|(place, user)| (place, searchable(user)))
        .collect();
    searchable.sort_by(|one, other| one.1.cmp(&other.1));
    let known = KnownUsers {
        org_id: org.org_id,
        read_at: Instant::now(),
        users: Arc::new(users),
        searchable: Arc::new(searchable),
    };
    *engine.known_users()? = Some(known.clone());
    Ok(known)
}

/// Users that were read a moment ago, else as they are now.
async fn recent(engine: &Engine) -> Result<KnownUsers, Fault> {
    let org = require_org(engine).await?;
    let known = engine.known_users()?.clone();
    match known {
        Some(known) if known.org_id == org.org_id && known.read_at.elapsed() < STALE_AFTER => Ok(known),
        _ => fresh(engine).await,
    }
}

/// It begins with the name, so that its order is that of names.
fn searchable(user: &OrgUser) -> String {
    let email = user.email.as_deref().unwrap_or_default();
    format!("{}\n{}\n{email}", user.name, user.username).to_lowercase()
}

/// A user as the contract shows one.
pub(super) fn shown_user(user: &OrgUser) -> SalesforceUser {
    SalesforceUser {
        user_id: user.user_id.clone(),
        name: user.name.clone(),
        username: user.username.clone(),
        email: user.email.clone(),
    }
}

/// Salesforce's users as `model` knows them.
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

/// The active user with an id.
pub(super) fn active_with_id<'u>(
    users: &'u OrgUsers,
    user_id: &str,
    org_name: &str,
) -> Result<&'u OrgUser, Fault> {
    match users.with_id(user_id) {
        Some(user) if user.active => Ok(user),
        Some(user) => Err(not_usable(format!(
            "{} is inactive in {org_name}, so records cannot be theirs. Choose an active user.",
            user.name
        ))),
        None => Err(not_usable(format!(
            "{user_id} is no standard user of {org_name}. Choose one from the list."
        ))),
    }
}

/// The one active user whom somebody named by id, login name or e-mail address.
pub(super) fn active_named<'u>(
    users: &'u OrgUsers,
    named: &str,
    org_name: &str,
) -> Result<&'u OrgUser, Fault> {
    let named = named.trim();
    let is_named = |user: &&OrgUser| {
        is_same_id(&user.user_id, named)
            || user.username.eq_ignore_ascii_case(named)
            || user
                .email
                .as_deref()
                .is_some_and(|email| email.eq_ignore_ascii_case(named))
    };
    let mut fitting = users.active().filter(is_named);
    match (fitting.next(), fitting.next()) {
        (Some(user), None) => Ok(user),
        (Some(_), Some(_)) => Err(not_usable(format!(
            "Several active users of {org_name} have {named}. Name one by login name or id."
        ))),
        (None, _) => Err(not_usable(format!(
            "{named} is no active standard user of {org_name}. Choose one that is."
        ))),
    }
}

fn not_usable(sentence: String) -> Fault {
    Fault::new(Code::Invalid, sentence).at_field("user")
}

/// The last three of an id's 18 characters are a checksum of the first 15.
fn is_same_id(own: &str, typed: &str) -> bool {
    own == typed || (typed.len() == 15 && own.get(..15) == Some(typed))
}
