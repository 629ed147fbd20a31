//! A real Secret Service, on a message bus of its own: what is kept, locked, unlocked, and gone.
//!
//! `cargo xtask test` starts the bus and the keychain, and names the folder of both; nobody's own keychain is touched.

mod secret_service;

use std::sync::Arc;

use engine::contract::app::{AppState, Session, TokenHome, TokenTroubleKind};
use engine::{Code, Engine, Fault, HomeChoice, TokenVault, VaultError};
use host::TokenHomes;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use support::TestApp;
use tokio::sync::Mutex;

use secret_service::{lock, start, stop, unlock};

/// There is one keychain, so one test at a time.
static KEYCHAIN: Mutex<()> = Mutex::const_new(());

async fn ask(engine: &Engine, name: &str, params: Value) -> Result<AppState, Fault> {
    let answer = engine.call(name, params).await?;
    Ok(serde_json::from_value(answer).unwrap())
}

fn homes() -> Arc<TokenHomes> {
    Arc::new(TokenHomes::of_this_machine())
}

/// Forgets what an earlier test chose, as on a new machine.
fn forget_choice() {
    let folder =
        std::env::var_os("XDG_CONFIG_HOME").expect("`cargo xtask test` sets the folders of the tests");
    let folder = std::path::PathBuf::from(folder).join("landbridge");
    if folder.exists() {
        std::fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn a_secret_is_kept_changed_and_forgotten() {
    let _alone = KEYCHAIN.blocking_lock();
    forget_choice();
    let vault = homes();
    assert_eq!(vault.home(), TokenHome::Keychain);
    assert!(vault.load("a test").unwrap().is_none());
    for secret in ["first", "second, with ümlauts and “quotes”"] {
        vault.keep("a test", &SecretString::from(secret)).unwrap();
        let other = homes();
        let kept = other.load("a test").unwrap().unwrap();
        assert_eq!(kept.expose_secret(), secret);
    }
    vault.forget("a test").unwrap();
    vault.forget("a test").unwrap();
    assert!(vault.load("a test").unwrap().is_none());
}

#[tokio::test]
async fn a_connection_outlives_the_app_and_a_locked_keychain_has_its_own_words() {
    let _alone = KEYCHAIN.lock().await;
    forget_choice();
    let app = TestApp::start().await;
    let engine = app.open_on(&app.host.clone().with_vault(homes())).await;
    app.log_in_by(&engine, "connect", &app.org.username())
        .await
        .unwrap();

    lock();
    let engine = app.open_on(&app.host.clone().with_vault(homes())).await;
    let fault = ask(&engine, "connection.check", json!({})).await.unwrap_err();
    assert_eq!(fault.code, Code::TokensClosed, "{fault}");
    assert!(fault.sentence.contains("locked"), "{}", fault.sentence);
    let state = ask(&engine, "app.state", json!({})).await.unwrap();
    assert_eq!(state.token_trouble.unwrap().kind, TokenTroubleKind::Locked);
    assert_eq!(
        state.session,
        Session::Connected,
        "a locked keychain ends no session"
    );

    unlock();
    let state = ask(&engine, "tokens.unlock", json!({ "passphrase": null }))
        .await
        .unwrap();
    assert_eq!(state.token_trouble, None);
    let state = ask(&engine, "connection.check", json!({})).await.unwrap();
    assert_eq!(state.session, Session::Connected);
}

#[tokio::test]
async fn a_keychain_that_is_gone_has_its_own_words_and_loses_nothing() {
    let _alone = KEYCHAIN.lock().await;
    forget_choice();
    let app = TestApp::start().await;
    let engine = app.open_on(&app.host.clone().with_vault(homes())).await;
    app.log_in_by(&engine, "connect", &app.org.username())
        .await
        .unwrap();

    stop();
    let engine = app.open_on(&app.host.clone().with_vault(homes())).await;
    let fault = ask(&engine, "connection.check", json!({})).await.unwrap_err();
    assert_eq!(fault.code, Code::TokensClosed, "{fault}");
    assert!(
        fault
            .sentence
            .starts_with("No keychain answers on this computer."),
        "{}",
        fault.sentence
    );
    let state = ask(&engine, "app.state", json!({})).await.unwrap();
    assert_eq!(
        (state.token_home, state.session),
        (TokenHome::Keychain, Session::Connected),
        "memory does not stand in for it, and no session ends"
    );
    assert_eq!(state.token_trouble.unwrap().kind, TokenTroubleKind::Missing);
    let again = ask(&engine, "tokens.unlock", json!({ "passphrase": null }))
        .await
        .unwrap_err();
    assert_eq!(again.code, Code::TokensClosed, "{again}");

    start();
    let state = ask(&engine, "tokens.unlock", json!({ "passphrase": null }))
        .await
        .unwrap();
    assert_eq!(state.token_trouble, None);
    let state = ask(&engine, "connection.check", json!({})).await.unwrap();
    assert_eq!(state.session, Session::Connected);
}

#[tokio::test]
async fn tokens_move_from_the_keychain_to_the_file_and_back() {
    let _alone = KEYCHAIN.lock().await;
    forget_choice();
    let app = TestApp::start().await;
    let vault = homes();
    let engine = app.open_on(&app.host.clone().with_vault(vault.clone())).await;
    app.log_in_by(&engine, "connect", &app.org.username())
        .await
        .unwrap();
    vault
        .keep("another workspace", &SecretString::from("its secret"))
        .unwrap();

    let to_file = json!({ "home": "passphrase_file", "passphrase": "a long enough passphrase" });
    let state = ask(&engine, "tokens.choose_home", to_file).await.unwrap();
    assert_eq!(state.token_home, TokenHome::PassphraseFile);
    let state = ask(&engine, "connection.check", json!({})).await.unwrap();
    assert_eq!(state.session, Session::Connected);
    // What the keychain still has of others is taken along when it is asked for.
    let kept = vault.load("another workspace").unwrap().unwrap();
    assert_eq!(kept.expose_secret(), "its secret");

    let back = json!({ "home": "keychain", "passphrase": null });
    let state = ask(&engine, "tokens.choose_home", back).await.unwrap();
    assert_eq!(state.token_home, TokenHome::Keychain);
    let engine = app.open_on(&app.host.clone().with_vault(homes())).await;
    let state = ask(&engine, "connection.check", json!({})).await.unwrap();
    assert_eq!(state.session, Session::Connected);
    assert!(homes().load("another workspace").unwrap().is_some());
}

#[test]
fn what_cannot_be_kept_changes_nothing() {
    let _alone = KEYCHAIN.blocking_lock();
    forget_choice();
    let vault = homes();
    vault.keep("a test", &SecretString::from("kept")).unwrap();
    lock();
    let choice = HomeChoice {
        home: TokenHome::PassphraseFile,
        passphrase: Some(SecretString::from("a long enough passphrase")),
        names: vec!["a test".to_owned()],
        leaves_behind: false,
    };
    assert_eq!(vault.move_to(&choice).unwrap_err(), VaultError::Locked);
    assert_eq!(vault.home(), TokenHome::Keychain);
    unlock();
    assert_eq!(vault.load("a test").unwrap().unwrap().expose_secret(), "kept");
}
