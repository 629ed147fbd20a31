//! `tokens`

use std::io::{BufRead, IsTerminal};

use engine::contract::app::{AppState, TokenHome};
use engine::{Code, Engine, Fault};
use serde_json::json;

use super::ask;
use crate::exit::Exit;
use crate::options::{TokenPlace, TokensCommand};
use crate::output::Output;

/// Variable with the passphrase of the encrypted file.
pub const PASSPHRASE: &str = "LANDBRIDGE_PASSPHRASE";

/// Shows where tokens are kept, or keeps them elsewhere.
pub async fn run(engine: &Engine, command: &TokensCommand, output: Output) -> Result<Exit, Fault> {
    let state: AppState = match command {
        TokensCommand::Show => ask(engine, "app.state", json!({})).await?,
        TokensCommand::Move { to, leave_behind } => {
            let home = match to {
                TokenPlace::Keychain => TokenHome::Keychain,
                TokenPlace::File => TokenHome::PassphraseFile,
            };
            // Tokens leave a closed file, or are encrypted anew, by the one passphrase that is given.
            let opens = !leave_behind && is_closed(engine).await?;
            let needs_passphrase = opens || home == TokenHome::PassphraseFile;
            let passphrase = needs_passphrase.then(passphrase).transpose()?;
            if opens {
                unlock(engine, passphrase.clone()).await?;
            }
            let params = json!({ "home": home, "passphrase": passphrase, "leaves_behind": leave_behind });
            ask(engine, "tokens.choose_home", params).await?
        }
    };
    let trouble = state.token_trouble.map(|trouble| trouble.sentence);
    let text = match &trouble {
        Some(trouble) => format!("{} {trouble}", state.token_home_sentence),
        None => state.token_home_sentence,
    };
    output.result(&json!({ "home": state.token_home, "trouble": trouble }), &text);
    Ok(Exit::Done)
}

/// Opens the encrypted file, where tokens are in one and its passphrase is given.
pub async fn unlock(engine: &Engine, passphrase: Option<String>) -> Result<(), Fault> {
    let Some(passphrase) = passphrase else {
        return Ok(());
    };
    if is_closed(engine).await? {
        ask::<AppState>(engine, "tokens.unlock", json!({ "passphrase": passphrase })).await?;
    }
    Ok(())
}

/// Whether tokens are in the encrypted file and it is not open.
async fn is_closed(engine: &Engine) -> Result<bool, Fault> {
    let state: AppState = ask(engine, "app.state", json!({})).await?;
    Ok(state.token_home == TokenHome::PassphraseFile && state.token_trouble.is_some())
}

/// The passphrase that the environment gives.
pub fn given() -> Option<String> {
    std::env::var(PASSPHRASE)
        .ok()
        .filter(|passphrase| !passphrase.is_empty())
}

/// The passphrase of the environment, else the first line of standard input.
fn passphrase() -> Result<String, Fault> {
    if let Some(passphrase) = given() {
        return Ok(passphrase);
    }
    let missing = || {
        Fault::new(
            Code::Invalid,
            format!("The passphrase is missing. Set {PASSPHRASE}, or give it on standard input."),
        )
        .at_field("passphrase")
    };
    let input = std::io::stdin();
    if input.is_terminal() {
        return Err(missing());
    }
    let mut line = String::new();
    input.lock().read_line(&mut line).map_err(|error| {
        Fault::new(
            Code::FileSystem,
            format!("The passphrase could not be read from standard input: {error}."),
        )
    })?;
    let passphrase = line.trim_end_matches(['\r', '\n']);
    if passphrase.is_empty() {
        return Err(missing());
    }
    Ok(passphrase.to_owned())
}
