//! Connecting an org, looking at it, and disconnecting.

use std::sync::Arc;
use std::time::Duration;

use model::{TargetDescribe, TargetObject};
use salesforce::{
    CALLBACK_URLS, Client, ClientOptions, DEFAULT_SCOPES, InstanceUrl, Login, LoginOptions, LoginUrl,
    PRODUCTION_LOGIN, SANDBOX_LOGIN, SessionOnly, Tokens,
};
use secrecy::SecretString;
use store::OrgRow;

use crate::Engine;
use crate::api_budget::ApiBudget;
use crate::contract::app::{AppState, Nothing};
use crate::contract::connection::{
    BeginLogin, ChooseAccounts, ConnectionGuide, DemoLogin, Disconnect, Disconnected, LoginAttempt,
    LoginFinished, LoginKind, Scope,
};
use crate::fault::{Code, Fault};
use crate::token_store::TokenStore;
use crate::{describe, exports_switch, integration, mapping};

/// How long a login may take in the browser.
const LOGIN_TIME_OUT: Duration = Duration::from_secs(600);
/// The demo org tells what it is by its instance name; a real one never has this on loopback.
const DEMO_INSTANCE: &str = "DEMO";

/// A login that waits for the browser.
pub(crate) struct PendingLogin {
    login: Login,
    login_url: LoginUrl,
    client_id: String,
    client_secret: Option<SecretString>,
}

/// `connection.guide`
pub(crate) async fn guide(engine: &Engine, _params: Nothing) -> Result<ConnectionGuide, Fault> {
    let last_client_id = engine.read(|read| Ok(read.integration()?.last_client_id)).await?;
    let scope = |name: &str, label: &str| Scope {
        name: name.to_owned(),
        label: label.to_owned(),
    };
    Ok(ConnectionGuide {
        callback_urls: CALLBACK_URLS.iter().map(ToString::to_string).collect(),
        scopes: vec![
            scope("api", "Manage user data via APIs"),
            scope("refresh_token, offline_access", "Perform requests at any time"),
            scope("id, profile, email, address, phone", "Access the identity URL service"),
        ],
        steps: [
            "In Salesforce, open Setup, search for External Client App Manager, and choose New External Client App.",
            "Give it a name such as Landbridge and a contact e-mail address; leave the distribution state on Local.",
            "Under API, enable OAuth, and paste the callback URLs below, one a line.",
            "Select the three OAuth scopes below.",
            "Under Security, require Proof Key for Code Exchange (PKCE), and untick “Require secret” for the web server flow and for the refresh token flow.",
            "Create the app, open its Settings, and copy the Consumer Key. Salesforce needs up to ten minutes before a new app works.",
        ]
        .map(str::to_owned)
        .to_vec(),
        last_client_id,
    })
}

/// `connection.begin`
pub(crate) async fn begin(engine: &Engine, params: BeginLogin) -> Result<LoginAttempt, Fault> {
    engine.cancel_login()?;
    let (login_url, client_id, demo_login) = match params.kind {
        LoginKind::Demo => {
            let demo = engine.host().start_demo_org(None).await?;
            let login = DemoLogin {
                username: demo.username,
                password: demo.password,
            };
            (demo.login_url, demo.client_id, Some(login))
        }
        LoginKind::Production => (PRODUCTION_LOGIN.to_owned(), own_client_id(&params)?, None),
        LoginKind::Sandbox => (SANDBOX_LOGIN.to_owned(), own_client_id(&params)?, None),
        LoginKind::MyDomain => (own_login_url(&params)?, own_client_id(&params)?, None),
    };
    let login_url = LoginUrl::parse(&login_url)
        .map_err(|error| Fault::new(Code::Invalid, error.to_string()).at_field("login_url"))?;
    let client_secret = params
        .client_secret
        .filter(|secret| !secret.trim().is_empty())
        .map(SecretString::from);
    let login = Login::begin(LoginOptions {
        login_url: login_url.clone(),
        client_id: client_id.clone(),
        client_secret: client_secret.clone(),
        scopes: DEFAULT_SCOPES.iter().map(ToString::to_string).collect(),
    })
    .await?;
    login.probe().await?;
    let authorize_url = login.authorize_url().to_string();
    let callback_url = login.callback_url().to_owned();
    engine.set_login(PendingLogin {
        login,
        login_url,
        client_id,
        client_secret,
    })?;
    let browser_opened = match engine.host().open_in_browser(&authorize_url) {
        Ok(()) => true,
        Err(fault) => {
            tracing::warn!(%fault, "the browser did not open");
            false
        }
    };
    Ok(LoginAttempt {
        authorize_url,
        callback_url,
        time_out_seconds: LOGIN_TIME_OUT.as_secs(),
        browser_opened,
        demo_login,
    })
}

fn own_client_id(params: &BeginLogin) -> Result<String, Fault> {
    let client_id = params.client_id.as_deref().map(str::trim).unwrap_or_default();
    if client_id.is_empty() {
        return Err(Fault::new(
            Code::Invalid,
            "The consumer key is missing. Copy it from the External Client App's settings in Salesforce.",
        )
        .at_field("client_id"));
    }
    Ok(client_id.to_owned())
}

/// The address that was typed; a bare host gets its scheme.
fn own_login_url(params: &BeginLogin) -> Result<String, Fault> {
    let typed = params.login_url.as_deref().map(str::trim).unwrap_or_default();
    if typed.is_empty() {
        return Err(Fault::new(
            Code::Invalid,
            "The My Domain address is missing. It looks like https://acme.my.salesforce.com.",
        )
        .at_field("login_url"));
    }
    Ok(if typed.contains("://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    })
}

/// `connection.finish`
pub(crate) async fn finish(engine: &Engine, _params: Nothing) -> Result<LoginFinished, Fault> {
    let Some((pending, cancel)) = engine.take_login()? else {
        return Err(Fault::new(
            Code::LoginFailed,
            "No login is waiting. Choose Connect again.",
        ));
    };
    let PendingLogin {
        login,
        login_url,
        client_id,
        client_secret,
    } = pending;
    let tokens = login.finish(cancel, LOGIN_TIME_OUT).await?;
    let store = TokenStore::new(engine);
    let client = Client::new(ClientOptions {
        login_url: login_url.clone(),
        client_id: client_id.clone(),
        client_secret: client_secret.clone(),
        api_version: None,
        tokens: tokens.clone(),
        keep: Arc::new(store.clone()),
        pace: engine.pace(),
    })?;
    let budget = ApiBudget::of(engine, &client, None);
    let org = read_org(engine, &client, login_url.as_str(), &client_id).await?;
    budget.know_org(engine, &org.org_id).await?;
    let describes = describe::fetch_all(&client).await?;
    let keep = tokens;
    engine
        .blocking(move || {
            store.keep_now(&keep)?;
            store.keep_client_secret(client_secret.as_ref())
        })
        .await?;
    let usage = client.usage().map(|usage| (usage.used_calls, usage.max_calls));
    let org = OrgRow { usage, ..org };
    save_connection(engine, org, describes).await?;
    engine.connection().lock().await.client = Some(client);
    // Before anything else is written: what a test left may belong to the session that ended.
    if let Err(fault) = mapping::recovery::recover(engine).await {
        tracing::warn!(%fault, "what a test left could not be settled");
    }
    engine.resume_runs().await?;
    let state = integration::app_state(engine).await?;
    engine.emit_state().await;
    Ok(LoginFinished {
        state,
        other_org: None,
    })
}

/// `connection.accept_other_org`
pub(crate) async fn accept_other_org(_engine: &Engine, _params: Nothing) -> Result<AppState, Fault> {
    Err(Fault::unanswered())
}

/// `connection.disconnect_own`
pub(crate) async fn disconnect_own(_engine: &Engine, _params: Nothing) -> Result<Disconnected, Fault> {
    Err(Fault::unanswered())
}

/// `connection.choose_accounts`
pub(crate) async fn choose_accounts(_engine: &Engine, _params: ChooseAccounts) -> Result<AppState, Fault> {
    Err(Fault::unanswered())
}

/// Writes the org, its field lists, and the default mappings that a new workspace gets.
async fn save_connection(
    engine: &Engine,
    org: OrgRow,
    describes: Vec<(TargetObject, TargetDescribe)>,
) -> Result<(), Fault> {
    engine
        .write(move |write| {
            write.set_org(&org)?;
            write.set_last_client_id(&org.client_id)?;
            write.make_operator_primary()?;
            if write.operator()?.is_some_and(|operator| operator.email.is_none())
                && !org.user_email.is_empty()
            {
                write.set_operator_email(&org.user_email)?;
            }
            describe::save(write, &org.org_id, &org.connected_by, &describes)
        })
        .await
}

/// What the org says of itself and of the connected user.
async fn read_org(
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

/// `connection.cancel`
pub(crate) async fn cancel(engine: &Engine, _params: Nothing) -> Result<Nothing, Fault> {
    engine.cancel_login()?;
    Ok(Nothing {})
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
    let org = OrgRow {
        connected_at: stored.connected_at,
        connected_by: stored.connected_by,
        ..org
    };
    let ready = engine.ready_connection().is_some();
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

/// `connection.disconnect`
pub(crate) async fn disconnect(engine: &Engine, _params: Disconnect) -> Result<Disconnected, Fault> {
    require_org(engine).await?;
    let open = engine
        .read(|read| {
            Ok(read
                .runs_in(&[model::RunState::Sending, model::RunState::Cancelling])?
                .len())
        })
        .await?;
    if open > 0 {
        return Err(Fault::new(
            Code::WrongState,
            "A run is being sent to this org. Cancel it or wait for it to end, then disconnect.",
        ));
    }
    let revoked = match client(engine).await {
        Ok(client) => match client.revoke().await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "the tokens were not revoked");
                false
            }
        },
        Err(_) => false,
    };
    let tokens = TokenStore::new(engine);
    engine.blocking(move || tokens.forget()).await?;
    engine
        .write(|write| {
            exports_switch::turn(write, false, " Nothing is connected any more.")?;
            Ok(write.remove_org()?)
        })
        .await?;
    *engine.connection().lock().await = crate::core::Connection::default();
    engine.emit_state().await;
    let sentence = if revoked {
        "Disconnected. Salesforce has revoked the tokens; your settings, lists and ledgers stay."
    } else {
        "Disconnected here, but Salesforce could not be told. Revoke the app in Setup, under Connected Apps OAuth Usage."
    };
    Ok(Disconnected {
        revoked,
        sentence: sentence.to_owned(),
    })
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

/// The connected org, or the fault that there is none.
pub(crate) async fn require_org(engine: &Engine) -> Result<OrgRow, Fault> {
    if engine.ready_connection().is_some() {
        // The org behind a ready connection is known once the client was made.
        client(engine).await?;
    }
    current_org(engine).await?.ok_or_else(Fault::not_connected)
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
    let store = TokenStore::new(engine);
    let loading = store.clone();
    let (tokens, client_secret) = engine
        .blocking(move || Ok((loading.load()?, loading.load_client_secret()?)))
        .await?;
    let Some(tokens) = tokens else {
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
    let login_url =
        LoginUrl::parse(&org.login_url).map_err(|error| Fault::new(Code::Workspace, error.to_string()))?;
    let client = Client::new(ClientOptions {
        login_url,
        client_id: org.client_id,
        client_secret,
        api_version: Some(org.api_version.parse()?),
        tokens,
        keep: Arc::new(store),
        pace: engine.pace(),
    })?;
    ApiBudget::of(engine, &client, Some(&org.org_id));
    Ok(client)
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

/// Notes that the session is over, when that is what a fault says.
pub(crate) async fn note_fault(engine: &Engine, fault: Fault) -> Fault {
    if fault.code == Code::SignedOut && engine.ready_connection().is_none() {
        if let Err(second) = engine.write(|write| Ok(write.set_signed_out(true)?)).await {
            tracing::error!(%second, "the end of the session could not be noted");
        }
        engine.connection().lock().await.client = None;
        engine.emit_state().await;
    }
    fault
}
