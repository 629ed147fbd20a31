//! The connected org: what it says of itself, and whether it is still the one that is stored.

use salesforce::Client;
use store::OrgRow;

use super::clients::{client, note_fault};
use crate::Engine;
use crate::contract::app::{AppState, Nothing};
use crate::fault::{Code, Fault};
use crate::{describe, integration};

/// The demo org tells what it is by its instance name; a real one never has this on loopback.
const DEMO_INSTANCE: &str = "DEMO";

/// What the org says of itself and of the connected user.
pub(super) async fn read_org(
    engine: &Engine,
    client: &Client,
    login_url: &str,
    client_id: &str,
) -> Result<OrgRow, Fault> {
    let organization = client.organization().await?;
    let user = client.current_user().await?;
    let connected_by = engine
        .read(|read| Ok(read.operator()?.map(|operator| operator.name).unwrap_or_default()))
        .await?;
    let demo =
        organization.instance_name.as_deref() == Some(DEMO_INSTANCE) && client.instance_url().is_loopback();
    let kind = match (demo, organization.is_sandbox) {
        (true, _) => "demo",
        (false, true) => "sandbox",
        (false, false) => "production",
    };
    Ok(OrgRow {
        org_id: organization.id,
        name: organization.name,
        kind: kind.to_owned(),
        instance_url: client.instance_url().as_str().to_owned(),
        login_url: login_url.to_owned(),
        client_id: client_id.to_owned(),
        edition: organization.organization_type.unwrap_or_default(),
        api_version: client.api_version().await?.to_string(),
        user_id: user.id,
        username: user.username,
        user_name: user.name,
        user_email: user.email.unwrap_or_default(),
        connected_at: store::now(),
        connected_by,
        signed_out: false,
        usage: client.usage().map(|usage| (usage.used_calls, usage.max_calls)),
    })
}

/// `connection.check`
pub(crate) async fn check(engine: &Engine, _params: Nothing) -> Result<AppState, Fault> {
    let client = client(engine).await?;
    let stored = require_org(engine).await?;
    let read = async {
        let org = read_org(engine, &client, &stored.login_url, &stored.client_id).await?;
        Ok((org, describe::fetch_all(&client).await?))
    };
    let (org, describes) = match read.await {
        Ok(read) => read,
        Err(fault) => return Err(note_fault(engine, fault).await),
    };
    let ready = engine.ready_connection().is_some();
    if !ready && org.org_id != stored.org_id {
        return Err(refuse_foreign_tokens(engine, &stored).await);
    }
    let org = OrgRow {
        connected_at: stored.connected_at,
        connected_by: stored.connected_by,
        ..org
    };
    let checked = org.clone();
    engine
        .write(move |write| {
            if !ready {
                write.set_org(&org)?;
            }
            describe::save(write, &org.org_id, &org.connected_by, &describes)
        })
        .await?;
    if ready {
        engine.connection().lock().await.ready_org = Some(checked);
    }
    let state = integration::app_state(engine).await?;
    engine.emit_state().await;
    Ok(state)
}

/// Tokens of another org were found where this one's belong: they are not used.
pub(super) async fn refuse_foreign_tokens(engine: &Engine, org: &OrgRow) -> Fault {
    if let Err(fault) = engine.write(|write| Ok(write.set_signed_out(true)?)).await {
        return fault;
    }
    Fault::new(
        Code::SignedOut,
        format!(
            "The tokens that are kept for {} belong to another org, so they are not used. Connect {} again; nothing is lost.",
            org.name, org.name
        ),
    )
}

/// `connection.open_org`
pub(crate) async fn open_org(engine: &Engine, _params: Nothing) -> Result<Nothing, Fault> {
    let org = require_org(engine).await?;
    engine.host().open_in_browser(&org.instance_url)?;
    Ok(Nothing {})
}

/// The connected org: the one of the environment, else the stored one.
pub(crate) async fn current_org(engine: &Engine) -> Result<Option<OrgRow>, Fault> {
    if engine.ready_connection().is_some() {
        return Ok(engine.connection().lock().await.ready_org.clone());
    }
    engine.read(|read| Ok(read.org()?)).await
}

/// Refuses to change the stored connection while the environment's stands in for it: it would be the wrong one that is told.
pub(crate) fn refuse_given_connection(engine: &Engine, act: &str) -> Result<(), Fault> {
    if engine.ready_connection().is_none() {
        return Ok(());
    }
    Err(Fault::new(
        Code::WrongState,
        format!(
            "The environment gives a connection by LANDBRIDGE_INSTANCE_URL and LANDBRIDGE_ACCESS_TOKEN, which stands in for the \
             stored one. Unset both variables, then {act}."
        ),
    ))
}

/// The connected org, or the fault that there is none.
pub(crate) async fn require_org(engine: &Engine) -> Result<OrgRow, Fault> {
    if engine.ready_connection().is_some() {
        // The org behind a ready connection is known once the client was made.
        client(engine).await?;
    }
    current_org(engine).await?.ok_or_else(Fault::not_connected)
}
