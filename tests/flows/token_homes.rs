//! Where tokens are kept: memory and the encrypted file, through the real places. The keychain has tests of its own.

use std::path::Path;
use std::sync::Arc;

use engine::contract::app::{AppState, Session, TokenHome, TokenTroubleKind};
use engine::{Code, Engine, Fault};
use host::TokenHomes;
use serde_json::{Value, json};
use support::TestApp;

const PASSPHRASE: &str = "a long enough passphrase";

async fn ask(engine: &Engine, name: &str, params: Value) -> Result<AppState, Fault> {
    let answer = engine.call(name, params).await?;
    Ok(serde_json::from_value(answer).unwrap())
}

/// The app's workspace opened on a machine without a keychain, as by another start of the app.
async fn start(app: &TestApp, folder: &Path) -> Engine {
    let homes = TokenHomes::without_keychain(folder);
    app.open_on(&app.host.clone().with_vault(Arc::new(homes))).await
}

/// Connected on a machine without a keychain, with tokens moved into the encrypted file.
async fn in_file() -> (TestApp, tempfile::TempDir, Engine) {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let engine = start(&app, folder.path()).await;
    app.log_in_by(&engine, "connect", &app.org.username())
        .await
        .unwrap();
    let params = json!({ "home": "passphrase_file", "passphrase": PASSPHRASE });
    let state = ask(&engine, "tokens.choose_home", params).await.unwrap();
    assert_eq!(
        (state.token_home, state.token_trouble),
        (TokenHome::PassphraseFile, None)
    );
    (app, folder, engine)
}

#[tokio::test]
async fn without_a_keychain_tokens_last_for_the_session_and_that_is_said() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let engine = start(&app, folder.path()).await;
    let state = app
        .log_in_by(&engine, "connect", &app.org.username())
        .await
        .unwrap()
        .state;
    assert_eq!(
        (state.token_home, state.token_trouble),
        (TokenHome::Session, None)
    );
    assert!(state.token_home_sentence.contains("passphrase"));
    let again = start(&app, folder.path()).await;
    let fault = ask(&again, "connection.check", json!({})).await.unwrap_err();
    assert_eq!(fault.code, Code::SignedOut);
}

#[tokio::test]
async fn the_encrypted_file_outlives_the_app_and_asks_for_its_passphrase() {
    let (app, folder, _first) = in_file().await;
    let engine = start(&app, folder.path()).await;
    let state = ask(&engine, "app.state", json!({})).await.unwrap();
    assert_eq!(
        state.session,
        Session::Connected,
        "nothing is lost by being closed"
    );
    assert_eq!(
        state.token_trouble.unwrap().kind,
        TokenTroubleKind::PassphraseNeeded
    );
    let fault = ask(&engine, "connection.check", json!({})).await.unwrap_err();
    assert_eq!(fault.code, Code::TokensClosed);

    let wrong = ask(
        &engine,
        "tokens.unlock",
        json!({ "passphrase": "not this one, surely" }),
    )
    .await
    .unwrap_err();
    assert_eq!(
        (wrong.code, wrong.field.as_deref()),
        (Code::Invalid, Some("passphrase"))
    );
    let state = ask(&engine, "app.state", json!({})).await.unwrap();
    assert!(state.token_trouble.unwrap().sentence.contains("does not open"));

    let state = ask(&engine, "tokens.unlock", json!({ "passphrase": PASSPHRASE }))
        .await
        .unwrap();
    assert_eq!(state.token_trouble, None);
    // A renewed session is kept in the file as well.
    app.control().expire_sessions().await.unwrap();
    let state = ask(&engine, "connection.check", json!({})).await.unwrap();
    assert_eq!(state.session, Session::Connected);
}

#[tokio::test]
async fn the_file_is_its_owners_alone_and_holds_no_token_in_plain_text() {
    let (_app, folder, _engine) = in_file().await;
    let mut files = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            !text.contains("00D") && !text.contains("connection of"),
            "{}",
            path.display()
        );
        #[cfg(unix)]
        if path.ends_with("tokens.sealed") {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        files += 1;
    }
    assert!(files >= 2);
}

#[tokio::test]
async fn a_short_passphrase_is_refused_and_tokens_stay_where_they_were() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let engine = start(&app, folder.path()).await;
    app.log_in_by(&engine, "connect", &app.org.username())
        .await
        .unwrap();
    let params = json!({ "home": "passphrase_file", "passphrase": "short" });
    let fault = ask(&engine, "tokens.choose_home", params).await.unwrap_err();
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Invalid, Some("passphrase"))
    );
    let state = ask(&engine, "connection.check", json!({})).await.unwrap();
    assert_eq!(
        (state.session, state.token_home),
        (Session::Connected, TokenHome::Session)
    );
}

#[tokio::test]
async fn a_keychain_that_is_not_there_cannot_be_chosen() {
    let (_app, _folder, engine) = in_file().await;
    let params = json!({ "home": "keychain", "passphrase": null });
    let fault = ask(&engine, "tokens.choose_home", params).await.unwrap_err();
    assert_eq!(fault.code, Code::TokensClosed);
    assert!(
        fault.sentence.contains("No keychain answers"),
        "{}",
        fault.sentence
    );
    let state = ask(&engine, "connection.check", json!({})).await.unwrap();
    assert_eq!(state.token_home, TokenHome::PassphraseFile);
}

#[tokio::test]
async fn a_forgotten_passphrase_is_left_behind_only_when_that_is_said() {
    let (app, folder, _first) = in_file().await;
    let engine = start(&app, folder.path()).await;
    let move_away = |leaves_behind: bool| json!({ "home": "session", "passphrase": null, "leaves_behind": leaves_behind });
    let fault = ask(&engine, "tokens.choose_home", move_away(false))
        .await
        .unwrap_err();
    assert_eq!(fault.code, Code::TokensClosed);
    let state = ask(&engine, "tokens.choose_home", move_away(true)).await.unwrap();
    assert_eq!(
        (state.token_home, state.session),
        (TokenHome::Session, Session::SignedOut),
        "a login is offered at once"
    );
    let fault = ask(&engine, "connection.check", json!({})).await.unwrap_err();
    assert_eq!(fault.code, Code::SignedOut);
    app.log_in_by(&engine, "connect", &app.org.username())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_damaged_file_has_its_own_words() {
    let (app, folder, _first) = in_file().await;
    std::fs::write(folder.path().join("tokens.sealed"), "{").unwrap();
    let engine = start(&app, folder.path()).await;
    let fault = ask(&engine, "connection.check", json!({})).await.unwrap_err();
    assert_eq!(fault.code, Code::TokensClosed);
    assert!(fault.sentence.contains("damaged"), "{}", fault.sentence);
}
