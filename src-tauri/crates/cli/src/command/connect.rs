//! `connect`

use engine::contract::connection::{LoginAttempt, LoginFinished};
use engine::{Code, Engine, Fault};
use serde_json::json;

use super::ask;
use crate::exit::Exit;
use crate::options::ConnectOptions;
use crate::output::Output;

/// Opens the login page, waits for the browser, and says which org it is.
pub async fn run(engine: &Engine, options: ConnectOptions, output: Output) -> Result<Exit, Fault> {
    let attempt: LoginAttempt = ask(
        engine,
        "connection.begin",
        json!({
            "kind": "my_domain",
            "login_url": options.login_url,
            "client_id": options.client_id,
            "client_secret": std::env::var("LANDBRIDGE_CLIENT_SECRET").ok(),
        }),
    )
    .await?;
    output.say(&format!(
        "Sign in here, in a browser on this computer:\n{}",
        attempt.authorize_url
    ));
    if output.tells_progress() {
        output.line(&json!({ "authorize_url": attempt.authorize_url, "callback_url": attempt.callback_url }));
    }
    let LoginFinished { state, .. } = ask(engine, "connection.finish", json!({})).await?;
    let org = state
        .org
        .ok_or_else(|| Fault::new(Code::LoginFailed, "The org did not say who it is. Connect again."))?;
    output.say(&state.token_home_sentence);
    if !state.exports_on {
        output.say("Exports are off. Turn them on with “landbridge-cli exports on”.");
    }
    output.result(
        &json!({ "org_id": org.org_id, "org_name": org.name, "kind": org.kind, "username": org.username }),
        &format!("Connected to {} as {}.", org.name, org.username),
    );
    Ok(Exit::Done)
}
