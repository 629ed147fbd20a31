//! An integration user who signs in by a private key, without a person.

use demo_org::Options;
use engine::Code;
use engine::contract::app::{AppState, Session};
use engine::contract::connection::LoginFinished;
use serde_json::{Value, json};
use support::TestApp;
use support::tokens::{INTEGRATION_USER, PRIVATE_KEY, PUBLIC_KEY};

async fn app() -> TestApp {
    TestApp::start_with(Options {
        jwt_certificate: Some(PUBLIC_KEY.to_owned()),
        ..Options::default()
    })
    .await
}

fn params(app: &TestApp, username: &str, private_key: &str) -> Value {
    json!({
        "login_url": app.org.login_url(),
        "client_id": app.org.client_id(),
        "username": username,
        "private_key": private_key,
    })
}

#[tokio::test]
async fn the_key_signs_in_and_renews_the_session() {
    let app = app().await;
    let finished: LoginFinished = app
        .call(
            "connection.connect_server",
            params(&app, INTEGRATION_USER, PRIVATE_KEY),
        )
        .await;
    assert_eq!(finished.state.org.unwrap().username, INTEGRATION_USER);
    assert!(app.host.opened_pages().is_empty(), "no browser is needed");
    app.control().expire_sessions().await.unwrap();
    let again = app.reopen().await;
    let state: AppState =
        serde_json::from_value(again.call("connection.check", json!({})).await.unwrap()).unwrap();
    assert_eq!(state.session, Session::Connected);
}

#[tokio::test]
async fn the_key_is_in_the_vault_and_nowhere_in_the_workspace() {
    let app = app().await;
    let _: LoginFinished = app
        .call(
            "connection.connect_server",
            params(&app, INTEGRATION_USER, PRIVATE_KEY),
        )
        .await;
    assert_eq!(app.host.secrets("private key of"), [PRIVATE_KEY]);
    let needle = PRIVATE_KEY.lines().nth(1).unwrap().as_bytes();
    for entry in std::fs::read_dir(app.workspace()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(needle.len()).any(|window| window == needle);
            assert!(!found, "{} holds the key", path.display());
        }
    }
    // The login page takes its place, and the key is forgotten with it.
    app.log_in("change_user", &app.org.username()).await.unwrap();
    assert!(app.host.secrets("private key of").is_empty());
}

#[tokio::test]
async fn wrong_keys_and_users_are_told_apart_and_nothing_is_kept() {
    let app = app().await;
    let fault = app
        .fault(
            "connection.connect_server",
            params(&app, INTEGRATION_USER, "no key"),
        )
        .await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Invalid, Some("private_key"))
    );
    let fault = app
        .fault("connection.connect_server", params(&app, " ", PRIVATE_KEY))
        .await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Invalid, Some("username"))
    );
    let fault = app
        .fault(
            "connection.connect_server",
            params(&app, "nobody@landbridge-demo.example", PRIVATE_KEY),
        )
        .await;
    assert_eq!(fault.code, Code::LoginFailed, "{fault}");
    let state: AppState = app.call("app.state", json!({})).await;
    assert_eq!(state.session, Session::Disconnected);
    assert!(app.host.secrets("").is_empty());
}
