//! `connect`

use std::fs;
use std::io::{IsTerminal, Read};
use std::path::Path;

use engine::contract::app::AppState;
use engine::contract::connection::{LoginAttempt, LoginFinished, LoginPurpose, OtherOrg};
use engine::{Code, Engine, Fault};
use serde_json::json;

use super::ask;
use crate::exit::Exit;
use crate::options::ConnectOptions;
use crate::output::Output;

/// Signs in, by the login page or as an integration user, and says which org it is.
pub async fn run(engine: &Engine, options: ConnectOptions, output: Output) -> Result<Exit, Fault> {
    let purpose = if options.change_user {
        LoginPurpose::ChangeUser
    } else if options.own_user {
        LoginPurpose::OwnUser
    } else {
        LoginPurpose::Connect
    };
    let finished = if options.jwt {
        sign_in(engine, &options, purpose).await?
    } else {
        log_in(engine, &options, purpose, output).await?
    };
    let finished = match finished.other_org {
        None => finished,
        Some(other) => go_on(engine, &other, options.accept_other_org, output).await?,
    };
    if let Some(unrevoked) = finished.unrevoked {
        output.say(&unrevoked);
    }
    told(finished.state, purpose, output)
}

/// Opens the login page and waits for the browser.
async fn log_in(
    engine: &Engine,
    options: &ConnectOptions,
    purpose: LoginPurpose,
    output: Output,
) -> Result<LoginFinished, Fault> {
    let begin = json!({
        "purpose": purpose,
        "kind": "my_domain",
        "login_url": options.login_url,
        "client_id": options.client_id,
        "client_secret": std::env::var("LANDBRIDGE_CLIENT_SECRET").ok(),
    });
    let attempt: LoginAttempt = ask(engine, "connection.begin", begin).await?;
    output.say(&format!(
        "Sign in here, in a browser on this computer:\n{}",
        attempt.authorize_url
    ));
    if output.tells_progress() {
        output.line(&json!({ "authorize_url": attempt.authorize_url, "callback_url": attempt.callback_url }));
    }
    ask(engine, "connection.finish", json!({})).await
}

/// Signs in without a browser, by a private key.
async fn sign_in(
    engine: &Engine,
    options: &ConnectOptions,
    purpose: LoginPurpose,
) -> Result<LoginFinished, Fault> {
    let params = json!({
        "purpose": purpose,
        "login_url": options.login_url,
        "client_id": options.client_id.clone().unwrap_or_default(),
        "username": options.username.clone().unwrap_or_default(),
        "private_key": private_key(options.key_file.as_deref())?,
    });
    ask(engine, "connection.connect_server", params).await
}

/// The key of the file, else of standard input.
fn private_key(file: Option<&Path>) -> Result<String, Fault> {
    let unreadable = |what: String, error: &std::io::Error| {
        Fault::new(
            Code::FileSystem,
            format!(
                "The private key could not be read from {what}: {error}. It is a text file in PEM form that your account may read."
            ),
        )
    };
    if let Some(file) = file {
        return fs::read_to_string(file).map_err(|error| unreadable(file.display().to_string(), &error));
    }
    if std::io::stdin().is_terminal() {
        return Err(Fault::new(
            Code::Invalid,
            "The private key is missing. Name its file with --key-file, or give it on standard input.",
        ));
    }
    let mut key = String::new();
    std::io::stdin()
        .read_to_string(&mut key)
        .map_err(|error| unreadable("standard input".to_owned(), &error))?;
    Ok(key)
}

/// Goes on with another org only where that was said.
async fn go_on(
    engine: &Engine,
    other: &OtherOrg,
    accepts: bool,
    output: Output,
) -> Result<LoginFinished, Fault> {
    output.say(&format!(
        "This login leads to another org, {}, as {}. Going on means:\n- {}",
        other.name,
        other.username,
        other.consequences.join("\n- ")
    ));
    if accepts {
        return ask(engine, "connection.accept_other_org", json!({})).await;
    }
    ask::<serde_json::Value>(engine, "connection.cancel", json!({})).await?;
    Err(Fault::new(
        Code::Refused,
        "Another org is connected, and nothing has changed. Add --accept-other-org to go on with this one.",
    )
    .with_detail(other.consequences.join(" ")))
}

fn told(state: AppState, purpose: LoginPurpose, output: Output) -> Result<Exit, Fault> {
    let org = state
        .org
        .ok_or_else(|| Fault::new(Code::LoginFailed, "The org did not say who it is. Connect again."))?;
    let username = match (purpose, state.own_connection) {
        (LoginPurpose::OwnUser, Some(own)) => own.username,
        _ => org.username,
    };
    output.say(&state.token_home_sentence);
    if !state.exports_on {
        output.say("Exports are off. Turn them on with “landbridge-cli exports on”.");
    }
    output.result(
        &json!({ "org_id": org.org_id, "org_name": org.name, "kind": org.kind, "username": username }),
        &format!("Connected to {} as {username}.", org.name),
    );
    Ok(Exit::Done)
}
