//! Where tokens are kept on this machine: chosen, moved, opened.

use std::sync::Arc;

use secrecy::SecretString;

use crate::audit::{self, Entry};
use crate::contract::app::{AppState, TokenHome};
use crate::contract::audit::AuditArea;
use crate::contract::connection::{ChooseTokenHome, UnlockTokens};
use crate::core::Connection;
use crate::fault::{Code, Fault};
use crate::host::HomeChoice;
use crate::token_store::{TokenStore, Whose};
use crate::{Engine, connect, integration};

/// `tokens.choose_home`
pub(crate) async fn choose(engine: &Engine, params: ChooseTokenHome) -> Result<AppState, Fault> {
    connect::refuse_given_connection(engine, "choose where tokens are kept")?;
    let people = engine.read(|read| Ok(read.person_connections()?)).await?;
    let mut names = TokenStore::new(engine, Whose::Workspace).names();
    for own in people {
        names.extend(TokenStore::new(engine, Whose::Person(own.person_id)).names());
    }
    let choice = HomeChoice {
        home: params.home,
        passphrase: params.passphrase.map(SecretString::from),
        names,
        leaves_behind: params.leaves_behind,
    };
    let host = Arc::clone(engine.host());
    let before = host.token_vault().home();
    engine
        .blocking(move || Ok(host.token_vault().move_to(&choice)?))
        .await?;
    forget_clients(engine).await;
    let is_left_behind = params.leaves_behind && is_without_tokens(engine).await?;
    engine
        .write(move |write| {
            if is_left_behind && write.org()?.is_some() {
                write.set_signed_out(true)?;
            }
            let sentence = format!("Chose where tokens are kept: {}.", words(params.home));
            let entry = Entry::new(AuditArea::Connection, "token_home_chosen", sentence)
                .before(words(before))
                .after(words(params.home));
            audit::note(write, entry)
        })
        .await?;
    let state = integration::app_state(engine).await?;
    engine.emit_state().await;
    Ok(state)
}

/// `tokens.unlock`
pub(crate) async fn unlock(engine: &Engine, params: UnlockTokens) -> Result<AppState, Fault> {
    let passphrase = params.passphrase.map(SecretString::from);
    let host = Arc::clone(engine.host());
    let store = TokenStore::new(engine, Whose::Workspace);
    let opened = engine
        .blocking(move || {
            host.token_vault().unlock(passphrase.as_ref())?;
            // Only what is really asked for makes a locked keychain ask its owner.
            match store.load() {
                Err(fault) if fault.code == Code::SignedOut => Ok(()),
                other => other.map(drop),
            }
        })
        .await;
    engine.emit_state().await;
    opened?;
    engine.resume_runs().await?;
    integration::app_state(engine).await
}

/// Whether the place that was chosen holds nothing for the org, so that somebody has to log in again.
async fn is_without_tokens(engine: &Engine) -> Result<bool, Fault> {
    let store = TokenStore::new(engine, Whose::Workspace);
    engine.blocking(move || Ok(store.load()?.is_none())).await
}

/// Clients that were made from the place before read theirs anew.
async fn forget_clients(engine: &Engine) {
    let mut connection = engine.connection().lock().await;
    *connection = Connection {
        ready_org: connection.ready_org.take(),
        other_org: connection.other_org.take(),
        ..Connection::default()
    };
}

fn words(home: TokenHome) -> &'static str {
    match home {
        TokenHome::Keychain => "the keychain of this computer",
        TokenHome::Session => "memory, for this session only",
        TokenHome::PassphraseFile => "a file that is encrypted with a passphrase",
    }
}
