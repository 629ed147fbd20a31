//! Connecting an org by its real login page, in every way it can go.

use engine::contract::app::{AppState, OrgKind, Session};
use engine::contract::connection::{ConnectionGuide, Disconnected, LoginAttempt};
use engine::contract::mapping::preview::MappingPreview;
use engine::contract::mapping::versions::SavedMapping;
use engine::{Code, Engine, Fault};
use serde_json::json;
use support::TestApp;
use support::browser::{Answer, sign_in};

async fn finish(engine: &Engine) -> Result<serde_json::Value, Fault> {
    engine.call("connection.finish", json!({})).await
}

#[tokio::test]
async fn an_org_is_connected_and_everybody_can_see_which() {
    let app = TestApp::start().await;
    let before: AppState = app.call("app.state", json!({})).await;
    assert_eq!((before.session, before.org), (Session::Disconnected, None));

    let state = app.connect().await;

    let org = state.org.unwrap();
    assert_eq!((state.session, org.kind), (Session::Connected, OrgKind::Demo));
    assert_eq!(org.username, app.org.username());
    assert_eq!(org.org_id.len(), 18);
    assert!(!state.exports_on, "exports stay off until an admin turns them on");
    assert_eq!(state.operator.role_label, "Primary admin");
    assert!(state.usage.unwrap().used_calls > 0);
    assert_eq!(app.host.opened_pages().len(), 1);
}

#[tokio::test]
async fn the_service_account_gives_nobody_its_address() {
    let app = TestApp::start().await;
    let state = app.connect().await;
    assert!(!state.org.unwrap().user_email.is_empty());
    assert_eq!(state.operator.email, None);
}

#[tokio::test]
async fn connecting_gives_every_object_a_mapping_that_fits_the_org() {
    let app = TestApp::start().await;
    app.connect().await;
    for object in ["account", "contact", "lead"] {
        let saved: SavedMapping = app.call("mapping.show", json!({ "object": object })).await;
        assert_eq!(saved.version, 1, "{object}");
        let query = json!({ "object": object, "rows": saved.rows, "sample": { "list_id": null, "index": 0 }, "record": null });
        let view: MappingPreview = app.call("mapping.preview", query).await;
        assert!(view.described, "{object}");
        assert_eq!(view.problems, [], "{object}");
        assert!(view.rows.iter().any(|row| row.required), "{object}");
    }
}

#[tokio::test]
async fn the_connection_outlives_the_app_and_secrets_are_not_in_the_workspace() {
    let app = TestApp::start().await;
    app.connect().await;
    let again = app.reopen().await;
    let state: AppState =
        serde_json::from_value(again.call("connection.check", json!({})).await.unwrap()).unwrap();
    assert_eq!(state.session, Session::Connected);

    let token_start = format!("{}!", state.org.unwrap().org_id.get(..15).unwrap());
    for entry in std::fs::read_dir(app.workspace()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes
                .windows(token_start.len())
                .any(|window| window == token_start.as_bytes());
            assert!(!found, "{} holds a token", path.display());
        }
    }
}

#[tokio::test]
async fn an_expired_session_is_renewed_without_a_word() {
    let app = TestApp::start().await;
    app.connect().await;
    app.control().expire_sessions().await.unwrap();
    let state: AppState = app.call("connection.check", json!({})).await;
    assert_eq!(state.session, Session::Connected);
}

#[tokio::test]
async fn lost_tokens_ask_for_a_new_login_and_lose_nothing() {
    let app = TestApp::start().await;
    app.connect().await;
    app.host.empty_vault();
    let again = app.reopen().await;
    let fault = again.call("connection.check", json!({})).await.unwrap_err();
    assert_eq!(fault.code, Code::SignedOut);
    let state: AppState = serde_json::from_value(again.call("app.state", json!({})).await.unwrap()).unwrap();
    assert_eq!(state.session, Session::SignedOut);
    assert!(state.org.is_some());
}

#[tokio::test]
async fn denied_consent_is_told_as_such() {
    let app = TestApp::start().await;
    let attempt: LoginAttempt = app.call("connection.begin", json!({ "kind": "demo" })).await;
    let (username, password) = (app.org.username(), app.org.password());
    let person = sign_in(&attempt.authorize_url, &username, &password, Answer::Deny);
    let (ended, page) = tokio::join!(finish(app.engine()), person);
    let fault = ended.unwrap_err();
    assert_eq!(fault.code, Code::LoginFailed);
    assert!(fault.sentence.contains("denied"), "{}", fault.sentence);
    assert!(page.unwrap().contains("denied"), "the browser says it too");
}

#[tokio::test]
async fn an_answer_with_a_foreign_state_is_refused() {
    let app = TestApp::start().await;
    let attempt: LoginAttempt = app.call("connection.begin", json!({ "kind": "demo" })).await;
    let forged = format!("{}?code=aPrx.stolen&state=forged", attempt.callback_url);
    let (ended, _page) = tokio::join!(finish(app.engine()), reqwest::get(forged));
    let fault = ended.unwrap_err();
    assert_eq!(fault.code, Code::LoginFailed);
    assert!(fault.sentence.contains("does not belong"), "{}", fault.sentence);
    let state: AppState = app.call("app.state", json!({})).await;
    assert_eq!(state.session, Session::Disconnected);
}

#[tokio::test]
async fn a_wrong_consumer_key_is_told_before_the_browser_opens() {
    let app = TestApp::start().await;
    let params = json!({ "kind": "my_domain", "login_url": app.org.login_url(), "client_id": "3MVGnobody" });
    let fault = app.fault("connection.begin", params).await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::LoginFailed, Some("client_id"))
    );
    assert!(app.host.opened_pages().is_empty());
}

#[tokio::test]
async fn missing_and_impossible_addresses_are_named_at_their_field() {
    let app = TestApp::start().await;
    let fault = app
        .fault(
            "connection.begin",
            json!({ "kind": "production", "client_id": " " }),
        )
        .await;
    assert_eq!(
        (fault.code, fault.field.as_deref()),
        (Code::Invalid, Some("client_id"))
    );
    for login_url in ["", "http://acme.example", "ftp://acme.example", "https://"] {
        let params = json!({ "kind": "my_domain", "login_url": login_url, "client_id": "3MVG" });
        let fault = app.fault("connection.begin", params).await;
        assert_eq!(
            (fault.code, fault.field.as_deref()),
            (Code::Invalid, Some("login_url")),
            "{login_url}"
        );
    }
}

#[tokio::test]
async fn nobody_at_the_address_is_told_as_unreachable() {
    let app = TestApp::start().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let params = json!({ "kind": "my_domain", "login_url": address, "client_id": "3MVG" });
    assert_eq!(
        app.fault("connection.begin", params).await.code,
        Code::Unreachable
    );
}

#[tokio::test]
async fn a_login_can_be_cancelled_and_begun_again() {
    let app = TestApp::start().await;
    let _: LoginAttempt = app.call("connection.begin", json!({ "kind": "demo" })).await;
    let cancelling = app.engine().call("connection.cancel", json!({}));
    let (ended, cancelled) = tokio::join!(finish(app.engine()), cancelling);
    cancelled.unwrap();
    assert_eq!(ended.unwrap_err().code, Code::Cancelled);
    assert_eq!(app.connect().await.session, Session::Connected);
}

#[tokio::test]
async fn disconnecting_revokes_and_keeps_settings() {
    let app = TestApp::connected().await;
    app.change_export_settings("lead", json!({ "limit_records": 77 }))
        .await;
    let done: Disconnected = app.call("connection.disconnect", json!({})).await;
    assert!(done.revoked);
    let state: AppState = app.call("app.state", json!({})).await;
    assert_eq!((state.session, state.exports_on), (Session::Disconnected, false));
    let settings: engine::contract::settings::ExportSettings = app.call("settings.export", json!({})).await;
    assert!(settings.objects.iter().any(|object| object.limit_records == 77));
    let guide: ConnectionGuide = app.call("connection.guide", json!({})).await;
    assert_eq!(
        guide.last_client_id.as_deref(),
        Some(app.org.client_id().as_str())
    );
    assert_eq!(
        app.fault("connection.check", json!({})).await.code,
        Code::NotConnected
    );
}
