//! The login page: opened in the system browser, waited for, given up. What a login is for is checked when it begins and
//! again when it ends, because who uses the window may have changed meanwhile.

use std::time::Duration;

use model::Act;
use salesforce::{DEFAULT_SCOPES, Login, LoginOptions, LoginUrl, PRODUCTION_LOGIN, SANDBOX_LOGIN};
use secrecy::SecretString;
use store::{OrgRow, Read};

use super::change;
use super::new_session::NewSession;
use super::org::refuse_given_connection;
use crate::Engine;
use crate::contract::app::Nothing;
use crate::contract::connection::{
    BeginLogin, DemoLogin, LoginAttempt, LoginFinished, LoginKind, LoginPurpose,
};
use crate::fault::{Code, Fault};
use crate::role;
use crate::token_store::{KeptConnection, TokenStore, Whose};

/// How long a login may take in the browser.
const LOGIN_TIME_OUT: Duration = Duration::from_secs(600);

/// A login that waits for the browser.
pub(crate) struct PendingLogin {
    login: Login,
    purpose: LoginPurpose,
    /// The operator who began it.
    person: i64,
    app: LoginApp,
}

/// Where one signs in, and with which app.
pub(super) struct LoginApp {
    pub login_url: LoginUrl,
    pub client_id: String,
    pub client_secret: Option<SecretString>,
}

/// `connection.begin`
pub(crate) async fn begin(engine: &Engine, params: BeginLogin) -> Result<LoginAttempt, Fault> {
    give_up_waiting(engine).await?;
    let (person, org) = may_begin(engine, params.purpose).await?;
    let (app, demo_login) = match (params.purpose, org) {
        (LoginPurpose::OwnUser, Some(org)) => own_app(engine, org).await?,
        _ => chosen_app(engine, params.kind, &params).await?,
    };
    let purpose = params.purpose;
    let login = Login::begin(LoginOptions {
        login_url: app.login_url.clone(),
        client_id: app.client_id.clone(),
        client_secret: app.client_secret.clone(),
        scopes: DEFAULT_SCOPES.iter().map(ToString::to_string).collect(),
    })
    .await?;
    login.probe().await?;
    let authorize_url = login.authorize_url().to_string();
    let callback_url = login.callback_url().to_owned();
    engine.set_login(PendingLogin {
        login,
        purpose,
        person,
        app,
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

/// Who signs in, and the org that is connected, when a login for this may begin.
pub(super) async fn may_begin(
    engine: &Engine,
    purpose: LoginPurpose,
) -> Result<(i64, Option<OrgRow>), Fault> {
    refuse_given_connection(engine, "connect")?;
    let begun = engine.read(move |read| may_sign_in(read, purpose)).await?;
    if purpose == LoginPurpose::ChangeUser {
        change::refuse_while_sending(engine).await?;
    }
    Ok(begun)
}

/// The same in a snapshot.
fn may_sign_in(read: &Read<'_>, purpose: LoginPurpose) -> Result<(i64, Option<OrgRow>), Fault> {
    let act = match purpose {
        LoginPurpose::Connect => Act::Connect,
        LoginPurpose::ChangeUser => Act::ChangeUser,
        LoginPurpose::OwnUser => Act::ConnectOwnUser,
    };
    role::require_in(read, act)?;
    let operator = role::operator(read)?;
    let org = read.org()?;
    if org.is_none() && purpose != LoginPurpose::Connect {
        return Err(Fault::not_connected());
    }
    if purpose == LoginPurpose::OwnUser && !read.integration()?.user_accounts {
        return Err(Fault::new(
            Code::WrongState,
            "One service account exports for everybody here, so nobody connects a Salesforce user of their own. An admin can \
             choose user accounts in General Settings.",
        ));
    }
    Ok((operator.person_id, org))
}

/// What the parameters name.
async fn chosen_app(
    engine: &Engine,
    kind: LoginKind,
    params: &BeginLogin,
) -> Result<(LoginApp, Option<DemoLogin>), Fault> {
    let typed =
        |login_url: String| Ok::<_, Fault>((login_url, own_client_id(params.client_id.as_deref())?, None));
    let (login_url, client_id, demo_login) = match kind {
        LoginKind::Demo => {
            let demo = engine.host().start_demo_org(None).await?;
            let login = DemoLogin {
                username: demo.username,
                password: demo.password,
            };
            (demo.login_url, demo.client_id, Some(login))
        }
        LoginKind::Production => typed(PRODUCTION_LOGIN.to_owned())?,
        LoginKind::Sandbox => typed(SANDBOX_LOGIN.to_owned())?,
        LoginKind::MyDomain => typed(own_login_url(params.login_url.as_deref())?)?,
    };
    let app = LoginApp {
        login_url: login_address(&login_url)?,
        client_id,
        client_secret: given(params.client_secret.clone()),
    };
    Ok((app, demo_login))
}

/// A person's own user signs in where the admin did, with the same app.
async fn own_app(engine: &Engine, org: OrgRow) -> Result<(LoginApp, Option<DemoLogin>), Fault> {
    let store = TokenStore::new(engine, Whose::Workspace);
    let kept = engine.blocking(move || store.load()).await?;
    let demo_login = if org.kind == "demo" && engine.host().has_demo_org() {
        let demo = engine.host().start_demo_org(Some(&org.login_url)).await?;
        Some(DemoLogin {
            username: demo.username,
            password: demo.password,
        })
    } else {
        None
    };
    let app = LoginApp {
        login_url: login_address(&org.login_url)?,
        client_id: org.client_id,
        client_secret: kept.and_then(|kept| kept.client_secret),
    };
    Ok((app, demo_login))
}

/// A login host as an address that credentials may go to.
pub(super) fn login_address(login_url: &str) -> Result<LoginUrl, Fault> {
    LoginUrl::parse(login_url)
        .map_err(|error| Fault::new(Code::Invalid, error.to_string()).at_field("login_url"))
}

/// A secret that was really given.
pub(super) fn given(secret: Option<String>) -> Option<SecretString> {
    secret
        .filter(|secret| !secret.trim().is_empty())
        .map(SecretString::from)
}

/// The consumer key that was typed.
pub(super) fn own_client_id(typed: Option<&str>) -> Result<String, Fault> {
    let client_id = typed.map(str::trim).unwrap_or_default();
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
pub(super) fn own_login_url(typed: Option<&str>) -> Result<String, Fault> {
    let typed = typed.map(str::trim).unwrap_or_default();
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
        if engine.is_login_cancelled()? {
            return Err(Fault::new(
                Code::Cancelled,
                "The login was cancelled. Nothing changed.",
            ));
        }
        return Err(Fault::new(
            Code::LoginFailed,
            "No login is waiting. Choose Connect again.",
        ));
    };
    let PendingLogin {
        login,
        purpose,
        person,
        app,
    } = pending;
    let tokens = login.finish(cancel, LOGIN_TIME_OUT).await?;
    let connection = KeptConnection {
        login_url: app.login_url,
        client_id: app.client_id,
        client_secret: app.client_secret,
        server_user: None,
        tokens,
    };
    signed_in(engine, purpose, person, connection).await
}

/// Somebody has signed in: looks at the session, and lets it change what it is for.
pub(super) async fn signed_in(
    engine: &Engine,
    purpose: LoginPurpose,
    person: i64,
    connection: KeptConnection,
) -> Result<LoginFinished, Fault> {
    let session = NewSession::look(engine, purpose, person, connection).await?;
    let still = match engine.require_open() {
        Ok(()) => engine.read(move |read| may_sign_in(read, purpose)).await,
        Err(fault) => Err(fault),
    };
    match still {
        Ok((operator, _)) if operator == person => change::take_over(engine, session).await,
        Ok(_) => {
            session.give_up().await;
            Err(Fault::new(
                Code::LoginFailed,
                "Somebody else uses this window since the login began, so it changed nothing. Begin it again.",
            ))
        }
        Err(fault) => {
            session.give_up().await;
            Err(fault)
        }
    }
}

/// `connection.cancel`
pub(crate) async fn cancel(engine: &Engine, _params: Nothing) -> Result<Nothing, Fault> {
    give_up_waiting(engine).await?;
    Ok(Nothing {})
}

/// Ends whatever waits: a login for the browser, a session of another org for a word.
pub(crate) async fn give_up_waiting(engine: &Engine) -> Result<(), Fault> {
    engine.cancel_login()?;
    let waiting = engine.connection().lock().await.other_org.take();
    if let Some(session) = waiting {
        session.give_up().await;
    }
    Ok(())
}
