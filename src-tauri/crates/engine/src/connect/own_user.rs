//! Salesforce users of people's own, for user-account mode: everybody exports as themselves.

use salesforce::Client;
use store::{OrgRow, PersonConnectionRow, Read, Write};

use super::change;
use super::clients::client_in_org;
use super::new_session::{NewSession, end_kept};
use super::org::refuse_given_connection;
use crate::audit::{self, Entry};
use crate::contract::app::{Nothing, OwnConnection};
use crate::contract::audit::AuditArea;
use crate::contract::connection::{Disconnected, LoginFinished};
use crate::fault::{Code, Fault};
use crate::token_store::{KeptConnection, TokenStore, Whose};
use crate::{Engine, integration, role};

/// What the audit log tells of no connection.
pub(super) const NOT_CONNECTED: &str = "not connected";

/// A person's own user in user-account mode, as the window shows it.
pub(crate) fn own_connection(read: &Read<'_>, person: i64) -> Result<Option<OwnConnection>, Fault> {
    if !read.integration()?.user_accounts {
        return Ok(None);
    }
    let own = read.person_connection(person)?;
    Ok(own.map(|own| OwnConnection {
        username: own.username,
        user_name: own.user_name,
        connected_at: own.connected_at,
        signed_out: own.signed_out,
    }))
}

/// A session of a person's own user: it must be of the connected org.
pub(super) async fn take_over(engine: &Engine, session: NewSession) -> Result<LoginFinished, Fault> {
    let kept = match keep(engine, &session).await {
        Ok(replaced) => replaced,
        Err(fault) => {
            session.give_up().await;
            return Err(fault);
        }
    };
    engine
        .connection()
        .lock()
        .await
        .own_clients
        .remove(&session.person);
    if let Some(replaced) = kept {
        end_kept(engine, replaced).await;
    }
    engine.resume_runs().await?;
    let state = integration::app_state(engine).await?;
    engine.emit_state().await;
    Ok(LoginFinished {
        state,
        other_org: None,
        unrevoked: None,
    })
}

/// Keeps it; returns the connection that was there before.
async fn keep(engine: &Engine, session: &NewSession) -> Result<Option<KeptConnection>, Fault> {
    let connected = engine
        .read(|read| read.org()?.ok_or_else(Fault::not_connected))
        .await?;
    let own = &session.org;
    if own.org_id != connected.org_id {
        return Err(Fault::new(
            Code::LoginFailed,
            format!(
                "You signed in to {} ({}), but {} ({}) is connected here. Sign in with your user of {}.",
                own.name, own.instance_url, connected.name, connected.instance_url, connected.name
            ),
        ));
    }
    let row = PersonConnectionRow {
        person_id: session.person,
        org_id: own.org_id.clone(),
        user_id: own.user_id.clone(),
        username: own.username.clone(),
        user_name: own.user_name.clone(),
        user_email: own.user_email.clone(),
        connected_at: store::now(),
        signed_out: false,
    };
    let store = TokenStore::new(engine, Whose::Person(session.person));
    change::keep_and_write(engine, &store, session.connection(), move |write| {
        let before = write.person_connection(row.person_id)?;
        write.set_person_connection(&row)?;
        adopt_email(write, &row)?;
        let sentence = format!("Connected {} as their own Salesforce user.", row.username);
        let entry = Entry::new(AuditArea::Connection, "own_user_connected", sentence)
            .before(before.map_or_else(|| NOT_CONNECTED.to_owned(), |before| before.username))
            .after(row.username);
        audit::note(write, entry)
    })
    .await
}

/// An operator without an e-mail address gets that of their own Salesforce user, unless somebody else has it.
fn adopt_email(write: &Write<'_>, user: &PersonConnectionRow) -> Result<(), Fault> {
    let operator = role::operator(write)?;
    let email = &user.user_email;
    if operator.email.is_some() || email.is_empty() || write.person_by_email(email)?.is_some() {
        return Ok(());
    }
    write.set_operator_email(email)?;
    let sentence = format!(
        "Gave {} the e-mail address of {}, their own Salesforce user.",
        operator.name, user.username
    );
    let entry = Entry::new(AuditArea::People, "person_changed", sentence)
        .before("e-mail: not known")
        .after(format!("e-mail: {email}"));
    audit::note(write, entry)
}

/// The client of a person's own user.
pub(super) async fn client(
    engine: &Engine,
    org: &OrgRow,
    person: i64,
) -> Result<(Client, PersonConnectionRow), Fault> {
    let (row, name) = engine
        .read(move |read| {
            let operator = read.operator()?;
            let is_operator = operator.is_some_and(|operator| operator.person_id == person);
            let others = read.people()?.into_iter().find(|other| other.person_id == person);
            let name = others.filter(|_| !is_operator).map(|other| other.name);
            Ok((read.person_connection(person)?, name))
        })
        .await?;
    let Some(row) = row.filter(|row| row.org_id == org.org_id) else {
        return Err(Fault::new(
            Code::NotConnected,
            not_connected_sentence(name.as_deref(), &org.name),
        ));
    };
    let mut connection = engine.connection().lock().await;
    if let Some(client) = connection.own_clients.get(&person) {
        return Ok((client.clone(), row));
    }
    let store = TokenStore::new(engine, Whose::Person(person));
    let loading = store.clone();
    let made = match engine.blocking(move || loading.load()).await? {
        Some(kept) => client_in_org(engine, org, store, kept).await?,
        None => None,
    };
    let Some(made) = made else {
        engine
            .write(move |write| Ok(write.set_person_signed_out(person, true)?))
            .await?;
        drop(connection);
        engine.emit_state().await;
        return Err(Fault::new(
            Code::SignedOut,
            signed_out_sentence(name.as_deref(), &row.username),
        ));
    };
    connection.own_clients.insert(person, made.clone());
    Ok((made, row))
}

/// What keeps somebody from exporting before connecting; `name` is `None` for the operator.
fn not_connected_sentence(name: Option<&str>, org: &str) -> String {
    match name {
        None => format!(
            "Everybody exports with a Salesforce user of their own here, and yours is not connected yet. Connect it to {org} in \
             General Settings."
        ),
        Some(name) => format!(
            "Everybody exports with a Salesforce user of their own here, and {name} has not connected one to {org} yet. {name} \
             connects it in General Settings."
        ),
    }
}

fn signed_out_sentence(name: Option<&str>, username: &str) -> String {
    let (whose, who) = match name {
        None => ("your".to_owned(), "Connect it".to_owned()),
        Some(name) => (format!("{name}’s"), format!("{name} connects it")),
    };
    format!(
        "The tokens of {whose} own Salesforce user, {username}, are no longer on this computer. {who} again in General Settings; \
         nothing is lost."
    )
}

/// `connection.disconnect_own`
pub(crate) async fn disconnect_own(engine: &Engine, _params: Nothing) -> Result<Disconnected, Fault> {
    refuse_given_connection(engine, "disconnect")?;
    let (operator, own) = engine
        .read(|read| {
            let operator = role::operator(read)?;
            let own = read.person_connection(operator.person_id)?;
            Ok((operator.person_id, own))
        })
        .await?;
    let Some(own) = own else {
        return Err(Fault::new(
            Code::NotConnected,
            "You have not connected a Salesforce user of your own.",
        ));
    };
    let lock = change::refuse_while_sending(engine).await?;
    let revoked = forget_tokens(engine, operator).await?;
    let username = own.username.clone();
    engine
        .write(move |write| {
            write.remove_person_connection(operator)?;
            let sentence = format!("Disconnected {username}, their own Salesforce user.");
            let entry = Entry::new(AuditArea::Connection, "own_user_disconnected", sentence)
                .before(username)
                .after(NOT_CONNECTED);
            audit::note(write, entry)
        })
        .await?;
    drop(lock);
    engine.emit_state().await;
    let unrevoked = (!revoked).then(|| {
        format!(
            "The tokens of {} are forgotten here, but Salesforce could not be told. Revoke the app in your Salesforce settings, \
             under Advanced User Details, OAuth Apps.",
            own.username
        )
    });
    Ok(Disconnected {
        revoked,
        sentence: format!("{} is disconnected, and its tokens are forgotten.", own.username),
        unrevoked,
    })
}

/// Revokes and forgets a person's tokens; says whether Salesforce confirmed it.
pub(super) async fn forget_tokens(engine: &Engine, person: i64) -> Result<bool, Fault> {
    engine.connection().lock().await.own_clients.remove(&person);
    let store = TokenStore::new(engine, Whose::Person(person));
    let loading = store.clone();
    let kept = match engine.blocking(move || loading.load()).await {
        Err(fault) if fault.code == Code::SignedOut => None,
        other => other?,
    };
    let revoked = match kept {
        Some(kept) => end_kept(engine, kept).await,
        None => false,
    };
    engine.blocking(move || store.forget()).await?;
    Ok(revoked)
}

/// Forgets the own users of people who were removed. Called after a removal, and when the engine opens.
pub(crate) async fn forget_removed_people(engine: &Engine) -> Result<(), Fault> {
    let removed = engine
        .read(|read| Ok(read.removed_people_with_connections()?))
        .await?;
    for person in removed {
        forget_tokens(engine, person).await?;
        engine.write(move |write| forget_removed(write, person)).await?;
    }
    Ok(())
}

fn forget_removed(write: &Write<'_>, person: i64) -> Result<(), Fault> {
    let Some(own) = write.person_connection(person)? else {
        return Ok(());
    };
    write.remove_person_connection(person)?;
    let whose = write.removed_person(person)?.map_or_else(
        || "somebody who was removed".to_owned(),
        |person| format!("{}, who was removed", person.name),
    );
    let sentence = format!(
        "Disconnected {}, the own Salesforce user of {whose}.",
        own.username
    );
    let entry = Entry::new(AuditArea::Connection, "own_user_disconnected", sentence)
        .before(own.username)
        .after(NOT_CONNECTED);
    audit::note(write, entry)
}
