//! Clients of the connected org: the workspace's own, and those of people who connected a user of their own.

use std::sync::Arc;

use salesforce::{Client, ClientOptions, InstanceUrl, LoginUrl, SessionOnly, Tokens};
use store::{OrgRow, Read};

use super::org::{current_org, read_org, refuse_foreign_tokens, require_org};
use super::own_user;
use crate::Engine;
use crate::api_budget::ApiBudget;
use crate::fault::{Code, Fault};
use crate::token_store::{KeptConnection, TokenStore, Whose};

/// Who writes to Salesforce when somebody exports.
pub(crate) struct Exporter {
    /// Their client.
    pub client: Client,
    /// The org, with the user who writes as its connected user.
    pub org: OrgRow,
    /// Whether that is the person's own user.
    pub is_own: bool,
}

/// Who writes when the operator exports.
pub(crate) async fn exporter(engine: &Engine) -> Result<Exporter, Fault> {
    exporter_for(engine, None).await
}

/// Who writes in the name of a person; `None` is the operator.
pub(crate) async fn exporter_for(engine: &Engine, person: Option<i64>) -> Result<Exporter, Fault> {
    let (user_accounts, operator) = engine
        .read(|read| Ok((read.integration()?.user_accounts, read.operator()?)))
        .await?;
    let person = person.or(operator.map(|operator| operator.person_id));
    match person {
        Some(person) if user_accounts && engine.ready_connection().is_none() => {
            let org = current_org(engine).await?.ok_or_else(Fault::not_connected)?;
            let (client, row) = own_user::client(engine, &org, person).await?;
            let org = OrgRow {
                user_id: row.user_id,
                username: row.username,
                user_name: row.user_name,
                user_email: row.user_email,
                ..org
            };
            Ok(Exporter {
                client,
                org,
                is_own: true,
            })
        }
        _ => Ok(Exporter {
            client: client(engine).await?,
            org: require_org(engine).await?,
            is_own: false,
        }),
    }
}

/// Whether what an exporter may see is what everybody may: a person's own user sees less than the admin's connection, whose
/// field lists the workspace keeps.
pub(crate) fn describes_for_all(engine: &Engine, read: &Read<'_>) -> Result<bool, Fault> {
    Ok(engine.ready_connection().is_some() || !read.integration()?.user_accounts)
}

/// The client of the connected org.
pub(crate) async fn client(engine: &Engine) -> Result<Client, Fault> {
    let mut connection = engine.connection().lock().await;
    if let Some(client) = &connection.client {
        return Ok(client.clone());
    }
    let client = if let Some(ready) = engine.ready_connection() {
        let instance_url = InstanceUrl::parse(&ready.instance_url).map_err(|error| {
            Fault::new(Code::Invalid, error.to_string()).at_field("LANDBRIDGE_INSTANCE_URL")
        })?;
        let client = Client::new(ClientOptions {
            login_url: LoginUrl::parse(instance_url.as_str())
                .map_err(|error| Fault::new(Code::Invalid, error.to_string()))?,
            client_id: String::new(),
            client_secret: None,
            api_version: None,
            tokens: Tokens::access_token_only(ready.access_token.clone(), instance_url),
            keep: Arc::new(SessionOnly),
            pace: engine.pace(),
        })?;
        let budget = ApiBudget::of(engine, &client, None);
        let org = read_org(engine, &client, &ready.instance_url, "").await?;
        budget.know_org(engine, &org.org_id).await?;
        connection.ready_org = Some(org);
        client
    } else {
        stored_client(engine).await?
    };
    connection.client = Some(client.clone());
    Ok(client)
}

async fn stored_client(engine: &Engine) -> Result<Client, Fault> {
    let Some(org) = engine.read(|read| Ok(read.org()?)).await? else {
        return Err(Fault::not_connected());
    };
    let store = TokenStore::new(engine, Whose::Workspace);
    let loading = store.clone();
    let Some(kept) = engine.blocking(move || loading.load()).await? else {
        engine.write(|write| Ok(write.set_signed_out(true)?)).await?;
        engine.emit_state().await;
        return Err(Fault::new(
            Code::SignedOut,
            format!(
                "The tokens for {} are no longer on this computer. Connect again; nothing is lost.",
                org.name
            ),
        ));
    };
    if let Some(client) = client_in_org(engine, &org, store, kept).await? {
        return Ok(client);
    }
    let fault = refuse_foreign_tokens(engine, &org).await;
    engine.emit_state().await;
    Err(fault)
}

/// The client of a connection that is kept; `None` when its tokens belong to another org.
pub(super) async fn client_in_org(
    engine: &Engine,
    org: &OrgRow,
    store: TokenStore,
    kept: KeptConnection,
) -> Result<Option<Client>, Fault> {
    let told = kept.tokens.organization_id().map(str::to_owned);
    let keep = Arc::new(store.bound_to(&kept.tokens));
    let client = kept.client(keep, Some(org.api_version.parse()?), engine.pace())?;
    ApiBudget::of(engine, &client, Some(&org.org_id));
    // Tokens that do not say whose they are have the org asked.
    let owner = match told {
        Some(owner) => owner,
        None => client.userinfo().await?.organization_id,
    };
    Ok((owner == org.org_id).then_some(client))
}

/// Notes what a call to Salesforce told beside its answer: how many API calls are used.
pub(crate) async fn note_usage(engine: &Engine, client: &Client) -> Result<(), Fault> {
    let Some(usage) = client.usage() else {
        return Ok(());
    };
    let (used, max) = (usage.used_calls, usage.max_calls);
    if engine.ready_connection().is_some() {
        if let Some(org) = engine.connection().lock().await.ready_org.as_mut() {
            org.usage = Some((used, max));
        }
        return Ok(());
    }
    engine.write(move |write| Ok(write.set_usage(used, max)?)).await?;
    engine.emit_state().await;
    Ok(())
}

/// Notes that a session is over, when that is what a fault says: the workspace's, or the one of a person whose client ended.
pub(crate) async fn note_fault(engine: &Engine, fault: Fault) -> Fault {
    if fault.code != Code::SignedOut || engine.ready_connection().is_some() {
        return fault;
    }
    let (mut workspace_ended, people) = {
        let mut connection = engine.connection().lock().await;
        let people: Vec<i64> = connection
            .own_clients
            .iter()
            .filter(|(_, client)| client.has_ended())
            .map(|(person, _)| *person)
            .collect();
        for person in &people {
            connection.own_clients.remove(person);
        }
        (connection.client.as_ref().is_some_and(Client::has_ended), people)
    };
    let nobody_ended = !workspace_ended && people.is_empty();
    let noted = engine
        .write(move |write| {
            // With one account for all, whatever was refused was refused to it.
            workspace_ended |= nobody_ended && !write.integration()?.user_accounts;
            if workspace_ended {
                write.set_signed_out(true)?;
            }
            for person in people {
                write.set_person_signed_out(person, true)?;
            }
            Ok(workspace_ended)
        })
        .await;
    match noted {
        Ok(true) => engine.connection().lock().await.client = None,
        Ok(false) => {}
        Err(second) => tracing::error!(%second, "the end of the session could not be noted"),
    }
    engine.emit_state().await;
    fault
}
