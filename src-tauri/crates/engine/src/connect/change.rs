//! What a login of the workspace's connection changes: the first one connects, the same user signs in again, another user
//! makes the operator the primary admin, and another org waits for a word.
//!
//! New tokens are kept before old ones are revoked, so that there is no moment without tokens that work.

use std::sync::Arc;

use model::Act;
use model::text::grouped;
use store::{OrgRow, RunLock, StoreError, Write};

use super::new_session::{NewSession, end_kept};
use super::{other_org, own_user};
use crate::audit::{self, Entry};
use crate::contract::audit::AuditArea;
use crate::contract::connection::{LoginFinished, LoginPurpose};
use crate::fault::{Code, Fault};
use crate::token_store::{KeptConnection, TokenStore, Whose};
use crate::{Engine, describe, exports_switch, integration, mapping, role};

/// Users whom a sentence names one by one.
const NAMED_USERS: usize = 3;

/// What a login changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// The first connection.
    Connected,
    /// The same user once more.
    SignedInAgain,
    /// Another user of the same org.
    ChangedUser,
    /// Another org.
    ChangedOrg,
}

/// Lets a session change what it is for.
pub(super) async fn take_over(engine: &Engine, session: NewSession) -> Result<LoginFinished, Fault> {
    if session.purpose == LoginPurpose::OwnUser {
        return own_user::take_over(engine, session).await;
    }
    let stored = engine.read(|read| Ok(read.org()?)).await?;
    let change = match &stored {
        None => Change::Connected,
        Some(org) if org.org_id != session.org.org_id => Change::ChangedOrg,
        Some(org) if session.purpose == LoginPurpose::Connect && org.user_id == session.org.user_id => {
            Change::SignedInAgain
        }
        Some(_) => Change::ChangedUser,
    };
    let (other_org, unrevoked) = match (change, stored) {
        (Change::ChangedOrg, Some(org)) => (Some(other_org::hold(engine, session, &org).await?), None),
        (change, stored) => (None, make(engine, session, change, stored).await?),
    };
    Ok(LoginFinished {
        state: integration::app_state(engine).await?,
        other_org,
        unrevoked: unrevoked_sentence(unrevoked.as_slice()),
    })
}

/// That the tokens of users are forgotten here, but Salesforce could not be told; `None` when there is no such user.
pub(super) fn unrevoked_sentence(usernames: &[String]) -> Option<String> {
    let (named, more) = usernames.split_at(usernames.len().min(NAMED_USERS));
    let whose = match (named, more) {
        ([], _) => return None,
        ([one], []) => one.clone(),
        ([first @ .., last], []) => format!("{} and {last}", first.join(", ")),
        (named, [_]) => format!("{} and 1 more user", named.join(", ")),
        (named, more) => format!(
            "{} and {} more users",
            named.join(", "),
            grouped(more.len() as u64)
        ),
    };
    let each = if usernames.len() == 1 {
        "that user"
    } else {
        "each of them"
    };
    Some(format!(
        "The tokens of {whose} are forgotten here, but Salesforce could not be told. Revoke the app for {each} in Setup, under \
         Connected Apps OAuth Usage."
    ))
}

/// The right to change who writes to the org, which nobody has while a run is being sent.
pub(super) async fn refuse_while_sending(engine: &Engine) -> Result<RunLock, Fault> {
    let store = Arc::clone(engine.store());
    engine
        .blocking(move || match store.lock_runs() {
            Ok(lock) => Ok(lock),
            Err(StoreError::Busy) => Err(Fault::new(
                Code::WrongState,
                "A run is being sent to this org. Wait for its end or cancel it, then change the connection.",
            )),
            Err(error) => Err(error.into()),
        })
        .await
}

/// Makes a change; whatever stands against it ends the new session and leaves the old one as it was. Returns another user who
/// was connected before, when their tokens were forgotten here, but Salesforce could not be told.
pub(super) async fn make(
    engine: &Engine,
    session: NewSession,
    change: Change,
    before: Option<OrgRow>,
) -> Result<Option<String>, Fault> {
    let store = TokenStore::new(engine, Whose::Workspace);
    let former_user = before.as_ref().map(|org| org.username.clone());
    let connection = session.connection();
    let replaced = match replace(engine, &session, &store, connection.clone(), change, before).await {
        Ok(replaced) => replaced,
        Err(fault) => {
            session.give_up().await;
            return Err(fault);
        }
    };
    let is_same_session = replaced
        .as_ref()
        .is_some_and(|old| old.is_same_session(&connection));
    let version = Some(session.org.api_version.parse()?);
    let keep = Arc::new(store.bound_to(&connection.tokens));
    let client = connection.client(keep, version, engine.pace())?;
    crate::api_budget::ApiBudget::of(engine, &client, Some(&session.org.org_id));
    engine.connection().lock().await.client = Some(client);
    let is_ended = match replaced.filter(|_| !is_same_session) {
        Some(replaced) => end_kept(engine, replaced).await,
        None => true,
    };
    // Before anything else is written: what a test left may belong to the session that ended.
    if let Err(fault) = mapping::recovery::recover(engine).await {
        tracing::warn!(%fault, "what a test left could not be settled");
    }
    engine.resume_runs().await?;
    engine.emit_state().await;
    let is_another = matches!(change, Change::ChangedUser | Change::ChangedOrg);
    Ok(former_user.filter(|_| is_another && !is_ended))
}

/// Empties the local copy of an org's records, and notes it.
pub(super) async fn empty_mirrors(engine: &Engine, org_id: String, org_name: String) -> Result<(), Fault> {
    let store = Arc::clone(engine.store());
    engine.blocking(move || Ok(store.clear_mirrors()?)).await?;
    let sentence = format!("Emptied the local copy of the records of {org_name}.");
    let entry = Entry::new(AuditArea::StoredData, "mirror_emptied", sentence).in_org(org_id, org_name);
    engine.write(move |write| audit::note(write, entry)).await
}

/// Keeps the new connection and writes what goes with it; returns the connection that was there before.
async fn replace(
    engine: &Engine,
    session: &NewSession,
    store: &TokenStore,
    connection: KeptConnection,
    change: Change,
    before: Option<OrgRow>,
) -> Result<Option<KeptConnection>, Fault> {
    // Held until the change is made: no run begins to be sent in between.
    let _lock = match change {
        Change::Connected | Change::SignedInAgain => None,
        Change::ChangedUser | Change::ChangedOrg => Some(refuse_while_sending(engine).await?),
    };
    let (org, describes) = (session.org.clone(), session.describes.clone());
    keep_and_write(engine, store, connection, move |write| {
        save(write, org, &describes, change, before.as_ref())
    })
    .await
}

/// Keeps a connection and writes what goes with it, both or neither; returns the connection that was there before.
pub(super) async fn keep_and_write(
    engine: &Engine,
    store: &TokenStore,
    connection: KeptConnection,
    work: impl FnOnce(&Write<'_>) -> Result<(), Fault> + Send + 'static,
) -> Result<Option<KeptConnection>, Fault> {
    let vault = store.clone();
    let replaced = engine.blocking(move || vault.replace(&connection)).await?;
    if let Err(fault) = engine.write(work).await {
        let vault = store.clone();
        engine.blocking(move || vault.put_back(replaced.as_ref())).await?;
        return Err(fault);
    }
    Ok(replaced)
}

/// Writes the org, its field lists, who is the primary admin, and the default mappings that a new workspace gets.
fn save(
    write: &Write<'_>,
    org: OrgRow,
    describes: &[(model::TargetObject, model::TargetDescribe)],
    change: Change,
    before: Option<&OrgRow>,
) -> Result<(), Fault> {
    let act = match change {
        Change::Connected | Change::SignedInAgain => Act::Connect,
        Change::ChangedUser | Change::ChangedOrg => Act::ChangeUser,
    };
    role::require_in(write, act)?;
    let primary = write.primary_admin()?.map(|person| person.name);
    let org = match before {
        Some(before) if change == Change::SignedInAgain => OrgRow {
            connected_at: before.connected_at.clone(),
            connected_by: before.connected_by.clone(),
            ..org
        },
        _ => org,
    };
    write.set_org(&org)?;
    write.set_last_client_id(&org.client_id)?;
    if change != Change::SignedInAgain {
        write.make_operator_primary()?;
    }
    if change == Change::ChangedOrg {
        exports_switch::turn(write, false, " Another org is connected.")?;
        for own in write.person_connections()? {
            write.remove_person_connection(own.person_id)?;
        }
    }
    describe::save(write, &org.org_id, &org.connected_by, describes)?;
    audit::note(write, entry(&org, change, before, primary))
}

fn entry(org: &OrgRow, change: Change, before: Option<&OrgRow>, primary: Option<String>) -> Entry {
    let (action, sentence) = match change {
        Change::Connected => (
            "connected",
            format!(
                "Connected {} as {}, and became the primary admin.",
                org.name, org.username
            ),
        ),
        Change::SignedInAgain => (
            "signed_in_again",
            format!("Signed in to {} again as {}.", org.name, org.username),
        ),
        Change::ChangedUser => (
            "user_changed",
            format!(
                "Made {} the connected user of {}, and became the primary admin.",
                org.username, org.name
            ),
        ),
        Change::ChangedOrg => (
            "org_changed",
            format!(
                "Connected {} as {} in place of another org, and became the primary admin.",
                org.name, org.username
            ),
        ),
    };
    let mut entry = Entry::new(AuditArea::Connection, action, sentence)
        .after(format!("{} as {}", org.name, org.username));
    if let Some(before) = before {
        let who = primary.map_or_else(
            || "no primary admin".to_owned(),
            |name| format!("primary admin {name}"),
        );
        entry = entry.before(format!("{} as {}, {who}", before.name, before.username));
    }
    entry
}
