//! `accounts`

use engine::contract::app::{Accounts, AppState};
use engine::{Engine, Fault};
use serde_json::json;

use super::ask;
use crate::exit::Exit;
use crate::options::AccountsChoice;
use crate::output::Output;

/// Chooses who connects to Salesforce, or shows it.
pub async fn run(engine: &Engine, choice: Option<AccountsChoice>, output: Output) -> Result<Exit, Fault> {
    let state: AppState = match choice {
        None => ask(engine, "app.state", json!({})).await?,
        Some(choice) => {
            let accounts = match choice {
                AccountsChoice::Service => Accounts::Service,
                AccountsChoice::User => Accounts::User,
            };
            ask(
                engine,
                "connection.choose_accounts",
                json!({ "accounts": accounts }),
            )
            .await?
        }
    };
    let text = match state.accounts {
        Accounts::Service => "All exports use the service account.",
        Accounts::User => "Everybody exports with a Salesforce user of their own.",
    };
    output.result(
        &json!({ "accounts": state.accounts, "own_user": state.own_connection.map(|own| own.username) }),
        text,
    );
    Ok(Exit::Done)
}
